"""What pages hold that are programs too (MDX, Quarto, R Markdown): imports, components and chunks of code."""

import re
from functools import lru_cache

from papers.documents.site_tags import shown_of, values_of

#: Lines of MDX that bring components in or make them, and its comments, in which no other one begins.
PROGRAM = (
    r"(?P<program>^import[ \t]+(?:[\w*, \t]{0,100}(?:\{[^{}]{0,500}\})?[ \t]*from[ \t]*)?(?P<quote>[\"'])[^\"'\n]+"
    r"(?P=quote);?[ \t]*$|^export[ \t]+(?:const|let|var|function|default|class)\b[^\n]*[={(](?:[^\n]|\n(?![ \t]*\n))*"
    r"|\{/\*(?:[^*{]|\*(?!/\})|\{(?!/\*))*+\*/\})"
)
PROGRAM_REASON = "a program's line in the page; left out"
COMPONENT_REASON = "a component of the page; only its words and its links are kept"
_CHUNK = re.compile(
    r"^(?P<fence>[ >]{0,9}(?:```+|~~~+))[ \t]*\{[ \t]*\.?(?P<language>[A-Za-z][\w+-]*)[^{}\n]*\}[ \t]*$", re.MULTILINE
)
_VALUE = re.compile(r"=\{\s*(?:require\()?([\"'`])([^\"'`{}]*)\1\)?(?:\.default)?\s*\}")
_LABELS = ("label", "title", "value", "text", "name", "caption", "description")


def with_plain_chunks(text: str) -> str:
    """Chunks of code such as ```` ```{r, echo=FALSE} ```` as blocks in their language."""
    return _CHUNK.sub(lambda match: f"{match['fence']}{match['language']}", text) if "{" in text else text


def is_component(match: re.Match[str]) -> bool:
    """Whether a tag is a component's: its name is a capitalised one, and it has attributes or a tag that closes it."""
    name = match["name"]
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*", name):
        return False
    attrs = (match["attrs"] or "").rstrip()
    return match[0].startswith("</") or "=" in attrs or attrs.endswith("/") or name in _closed_in(match.string)


@lru_cache(maxsize=2)
def _closed_in(text: str) -> frozenset[str]:
    """The names of all components that a tag closes somewhere, asked for each tag of the text."""
    return frozenset(re.findall(r"</([A-Z][A-Za-z0-9]*)>", text))


def with_plain_values(attrs: str) -> str:
    """Attributes whose values are texts of a program, `src={require("./a.png").default}`, as those of HTML."""
    return _VALUE.sub(r'="\2"', attrs) if "={" in attrs else attrs


def component_as_markdown(match: re.Match[str]) -> str:
    """What a component shows: a picture, a player, a link, or else its label above what is in it."""
    if match[0].startswith("</"):
        return "\n\n" if _is_alone(match) else ""
    attrs = with_plain_values(match["attrs"] or "").rstrip("/ \n")
    values = values_of(attrs)
    shown = shown_of(match["name"].lower(), values, attrs)
    if shown is None:
        label = next((values[key] for key in _LABELS if re.search(r"\w", values.get(key, ""))), "")
        shown = f"**{label}**" if label else ""
    return f"\n\n{shown}\n\n" if _is_alone(match) else shown


def _is_alone(match: re.Match[str]) -> bool:
    start, end = match.string.rfind("\n", 0, match.start()) + 1, match.string.find("\n", match.end())
    around = match.string[start : match.start()] + match.string[match.end() : end if end >= 0 else None]
    return not around.strip()
