"""Tags of site generators that show something, as Markdown: pictures, videos, code."""

import re
from bisect import bisect

_PAIR = re.compile(r"([\w-]+)\s*[:=]\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|((?:[^\s\"'>%}]|%(?!\}))+))", re.S)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
_NAME = re.compile(
    r"^\{[{%]-?[<%]?\s*(?P<include>include(?:_relative|_cached)?\s+)?(?P<name>[\w./-]+)\s*(?P<rest>.*?)\s*/?[>%]?-?[}%]\}$",
    re.DOTALL,
)
_SOURCES = ("src", "path", "url", "image_path", "image", "img", "file", "filename", "link")
#: Where one gets by a picture.
_LEADS = ("link", "href", "url")
_WEB = re.compile(r"https?://[^\s()]+$")
_QUOTES = "\"'"
_OPENING = re.compile(
    r"^[ \t]*\{[{%]-?<?\s*(?P<name>highlight|codeblock|code-block)\b\s*(?P<language>[\w+#-]*)[^{}]*[}%]\}\s*$"
)
_CLOSING = re.compile(r"^[ \t]*\{[{%]-?<?\s*(?:end|/\s*)(?P<name>highlight|codeblock|code-block)\b[^{}]*[}%]\}\s*$")
#: Where what an id names is shown.
_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://x.com/{}",
    "x": "https://x.com/{}",
    "github": "https://github.com/{}",
    "gitlab": "https://gitlab.com/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
}
#: Two tags with an address in the first, and a few words between them: a button.
_AROUND = re.compile(
    r"(?P<open>\{\{[<%]\s*(?P<name>[\w-]+)\s+(?P<rest>[^{}]*?)\s*[>%]\}\})"
    r"(?P<words>(?:[^{}\[\]\n]|\n(?!\s*\n)){1,200})\{\{[<%]\s*/\s*(?P=name)\s*[>%]\}\}"
)
_ADDRESSES = ("href", "link", "url", "to", "src")
_LABELS = ("title", "label", "message", "text", "name", "content")
_ADDRESS = re.compile(r"(?:https?://|\.{0,2}/)[^\s()]+$|[^\s()/:]+(?:/[^\s()]*)+$")
MOST_LANGUAGE = 20


def fenced(text: str) -> str:
    """Blocks of code between two tags as blocks between fences; the number of lines stays."""
    if "highlight" not in text and "code" not in text:
        return text
    lines = text.split("\n")
    ends = {
        number: found["name"] for number, line in enumerate(lines) if "{" in line and (found := _CLOSING.match(line))
    }
    closings, free = sorted(ends), 0
    for number, line in enumerate(lines):
        opened = _OPENING.match(line) if ends and number >= free and "{" in line else None
        place = bisect(closings, number) if opened else 0
        if opened is None or place == len(closings) or ends[closings[place]] != opened["name"]:
            continue
        end = closings[place]
        mark = "````" if any("```" in inside for inside in lines[number:end]) else "```"
        lines[number], lines[end], free = f"{mark}{opened['language'][:MOST_LANGUAGE]}", mark, end + 1
    return "\n".join(lines)


def with_links_around(text: str) -> str:
    """What tags such as `{{< button href="a.pdf" >}}Paper{{< /button >}}` link, as links; the number of lines stays."""

    def link(match: re.Match[str]) -> str:
        address = _address_in(values_of(match["rest"]))
        is_link = address and re.search(r"\w", match["words"]) and "](" not in match["words"]
        return f"[{match['words'].strip()}]({address})" + "\n" * match[0].count("\n") if is_link else match[0]

    return _AROUND.sub(link, text) if "{{" in text else text


def _link_of(values: dict[str, str]) -> str | None:
    """The link that the values of a tag make, by an address and the words for it; None when they make none."""
    address, words = _address_in(values), [values[key] for key in _LABELS if values.get(key)]
    return f"[{': '.join(words[:2]) or address}]({address})" if address else None


def _address_in(values: dict[str, str]) -> str:
    return next((values[key] for key in _ADDRESSES if _ADDRESS.match(values.get(key, ""))), "")


def values_of(text: str) -> dict[str, str]:
    """The values of a tag by their names."""
    return {key.lower(): _unescaped(next(filter(None, value), "")) for key, *value in _PAIR.findall(text)}


def tag_text(tag: str) -> str | None:
    """The Markdown of a tag such as `{{< figure src="a.png" >}}`, None for one that shows nothing that is known."""
    found = _NAME.match(tag.strip())
    if found is None:
        return None
    name = found["name"].lower().rpartition("/")[2]
    if name == "post_link" and (words := found["rest"].split(maxsplit=1)):
        return f"[{words[-1].strip(_QUOTES)}]({words[0].strip(_QUOTES)})"
    return shown_of(name, values_of(found["rest"]), found["rest"])


def shown_of(name: str, values: dict[str, str], rest: str) -> str | None:
    """The picture, player or link that a tag of this name shows; `rest` is what stands in it behind the name."""
    if source := _picture(name, values, rest):
        return _figure(source, values)
    return _player(re.sub(r"\.(?:html|liquid)$", "", name), values, rest) or _link_of(values)


def _unescaped(value: str) -> str:
    return " ".join(re.sub(r"\\(?=[\"'])", "", value).split())


def _picture(name: str, values: dict[str, str], rest: str) -> str:
    for key in _SOURCES:
        address = values.get(key, "")
        if address and (_PICTURE.search(address.split("?")[0]) or (name.startswith("figure") and key == "src")):
            return address
    if name in {"img", "image", "asset_img"}:
        return next((word.strip("\"'") for word in rest.split() if _PICTURE.search(word.strip("\"'"))), "")
    return ""


def _figure(source: str, values: dict[str, str]) -> str:
    heading, caption = values.get("title", ""), values.get("caption", "") or values.get("description", "")
    alt = re.sub(r"[\[\]\n*_`]", "", values.get("alt", "") or caption or heading)
    width = re.match(r"\d+(?!\d*\s*%)", values.get("width", "") or values.get("max-width", ""))
    address = f"<{source}>" if re.search(r"[\s()]", source) else source
    picture = f"![{alt}]({address})" + (f'{{width="{width[0]}"}}' if width else "")
    lead = next((values[key] for key in _LEADS if _WEB.match(values.get(key, "")) and values[key] != source), "")
    if lead and heading:
        heading = f"[{heading}]({lead})"
    elif lead:
        picture = f"[{picture}]({lead})"
    credit, of = values.get("attr", ""), values.get("attrlink", "")
    credit = f"[{credit or of}]({of})" if _WEB.match(of) else credit
    said = " ".join(filter(None, (f"**{heading}**" if heading else "", caption, credit)))
    return f"\n\n{picture}\n\n{said}\n\n" if said else f"\n\n{picture}\n\n"


def _player(name: str, values: dict[str, str], rest: str) -> str | None:
    host = next((known for known in _PLAYERS if name == known or (len(known) > 1 and name.startswith(known))), "")
    words = [word.strip("\"'") for word in rest.split() if "=" not in word and ":" not in word]
    if host in {"tweet", "x"}:
        words = [f"{values['user']}/status/{values['id']}"] if {"user", "id"} <= set(values) else []
    elif host == "gist":
        words = ["/".join(words[:2])] if words else []
    else:
        words = [values[key] for key in ("id", "video", "videoid", "video_id", "repo") if values.get(key)] or words
    if not host or not words or not re.fullmatch(r"[\w./-]+", words[0]):
        return None
    return f"<{_PLAYERS[host].format(words[0])}>"
