"""Definition lists as kramdown and Pandoc write them, a term with lines that begin with a colon, as nested lists."""

import re

_DEFINED = re.compile(r"(?P<indent> {0,6}):(?P<gap>[ \t]+)(?=\S)(?P<item>(?:\d{1,3}[.)]|[-*+])[ \t])?")
_TERM = re.compile(r"(?![-*+>|#:]|\d{1,3}[.)]\s|```|~~~)\S")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
#: An address that nobody has filled in.
_EMPTY = re.compile(r"\[([^\[\]\n]+)\]\(\)")


def as_nested_lists(text: str) -> str:
    """Make each term an item and its definitions the items below it; the number of lines stays."""
    if not re.search(r"^:[ \t]+\S", text, re.MULTILINE):
        return text
    lines, is_code, is_open = text.split("\n"), False, False
    for number, line in enumerate(lines):
        if _FENCE.match(line):
            is_code = not is_code
        elif is_code:
            continue
        elif _is_term(lines, number):
            lines[number], is_open = f"- {line.strip()}", True
        elif is_open and (match := _DEFINED.match(line)):
            lines[number] = _EMPTY.sub(r"\1", _below_term(line, match))
        elif line.strip() and not line.startswith(" "):
            is_open = False
    return "\n".join(lines)


def _is_term(lines: list[str], number: int) -> bool:
    """Whether a line of its own stands right above a definition."""
    above = lines[number - 1] if number else ""
    below = lines[number + 1] if number + 1 < len(lines) else ""
    return bool(not above.strip() and _TERM.match(lines[number]) and re.match(r":[ \t]+\S", below))


def _below_term(line: str, match: re.Match[str]) -> str:
    """A definition as an item; one that opens a list is the first item of it."""
    rest = line[match.end() :]
    if match["item"]:
        return f"{match['indent']}  {match['item']}{rest}"
    return f"{match['indent']}  - {rest}"
