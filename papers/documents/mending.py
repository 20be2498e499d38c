"""Links that a line end or a blank broke, joined again; the number of lines stays."""

import re
from urllib.parse import quote

# `[text]` at the end of a line and `(address)` on the next, and an address that a line end cuts in two.
_BROKEN_AFTER_TEXT = re.compile(r"\][ \t]*\n[ \t]*(\((?:https?://|\.{0,2}/)[^\s()]+\))")
_BROKEN_ADDRESS = re.compile(
    r"(\]\((?:https?://)[^\s()]*(?:[/\-_=&?%.]|(?=[ \t]*\n[ \t]*[/?&#])))[ \t]*\n[ \t]*([^\s()\[\]]+\))"
)
_BROKEN_AUTOLINK = re.compile(r"<https?://[^\s<>]*(?:\n[^\s<>]+){1,3}>")
#: A link whose text is an address in angle brackets, which would be a link of its own.
_LINK_IN_LINK = re.compile(r"\[<(https?://[^\s<>]+)>(\n*)\](?=\()")
_BLANK_IN_ADDRESS = re.compile(r"\]\(((?:https?://|\.{1,2}/)[^\s()<>\"']+(?: [^\s()<>\"']+)+)\)")
_KEPT = "%/:?#[]@!$&'*+,;=~"
#: An address in angle brackets, within which blanks are allowed; as HTML it would be a tag.
_ANGLED_ADDRESS = re.compile(r"\]\(<(?!https?://)([^<>\n]{1,500})>\)")
#: A link in angle brackets, as titles are marked: "<[A title](https://…)> by Ada".
_ANGLED_LINK = re.compile(r"(?<![\w<\\])<(\[[^\[\]\n]{1,400}\]\([^\s()<>]+\))\)?>(?=(\w)?)")
#: A file in a folder beside the document.
_BLANK_IN_PATH = re.compile(r"\]\(([\w.-]+/[^\s()<>\"']*(?: [^\s()<>\"']+)+\.[a-zA-Z]{2,5})\)")
_BLANK_BEFORE = re.compile(
    r"(^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+|(?<![ \w]))\[([^\[\]\n]+)\] \((https?://[^\s()]+)\)", re.MULTILINE
)


def mend_angles(text: str) -> str:
    """Settle what stands in angle brackets before it is taken for HTML: addresses that a line end broke or that hold

    blanks, and links.
    """

    def join(match: re.Match[str]) -> str:
        return match[0].replace("\n", "") + "\n" * match[0].count("\n")

    text = _LINK_IN_LINK.sub(r"[\1\2]", _BROKEN_AUTOLINK.sub(join, text))
    text = _ANGLED_ADDRESS.sub(lambda match: f"]({quote(match[1], safe=_KEPT)})", text)
    return _ANGLED_LINK.sub(lambda match: match[1] + (" " if match[2] else ""), text)


def mend_links(text: str) -> str:
    """Join links that a line end or a blank broke; the number of lines stays."""

    def join(match: re.Match[str]) -> str:
        return f"]{match[1]}\n"

    text = _BROKEN_AFTER_TEXT.sub(join, text)
    text = _BROKEN_ADDRESS.sub(lambda m: f"{m[1]}{m[2]}\n", text)
    for pattern in (_BLANK_IN_ADDRESS, _BLANK_IN_PATH):
        text = pattern.sub(lambda m: "](" + m[1].replace(" ", "%20") + ")", text)
    return _BLANK_BEFORE.sub(r"\1[\2](\3)", text)
