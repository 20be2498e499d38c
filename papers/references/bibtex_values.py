"""Values of BibTeX: braces, quotes, numbers, and names of strings joined by "#"."""

import re

#: Names of strings that every style knows.
MONTHS = {name: name for name in "jan feb mar apr may jun jul aug sep oct nov dec".split()}
MAX_VALUE = 200_000
MAX_STRINGS = 5_000
MAX_DEPTH = 200


class ValueRefused(ValueError):
    """A value is too long or too deep to be one; the message ends the sentence "… was left out: "."""


def read_value(text: str, strings: dict[str, str]) -> tuple[str, list[str]]:
    """The value that `text` spells, and the names of strings in it that nobody has defined. Raises ValueRefused."""
    if len(text) > MAX_VALUE:
        raise ValueRefused(f"it has {len(text):,} characters")
    # Most values are one piece in braces.
    inner = text[1:-1]
    if text[:1] == "{" and text[-1:] == "}" and "{" not in inner and "}" not in inner:
        return inner, []
    pieces, unknown, length = [], [], 0
    for piece in _pieces(text):
        value = piece[1:-1]
        if piece[:1] not in '{"':
            value = piece if piece.isdigit() else strings.get(piece.lower(), MONTHS.get(piece.lower(), ""))
            if not value and piece.lower() not in strings:
                unknown.append(piece)
                value = piece
        length += len(value)
        if length > MAX_VALUE:
            raise ValueRefused("the strings in it make it endless")
        pieces.append(value)
    return "".join(pieces), unknown


def _pieces(text: str) -> list[str]:
    """The parts that "#" joins, with their braces or quotes."""
    pieces, start, depth, quoted = [], 0, 0, False
    for found in re.finditer(r'(?<!\\)[{}]|(?<!\\)"|#', text):
        sign = found[0]
        if sign == "{":
            depth += 1
            if depth > MAX_DEPTH:
                raise ValueRefused("its braces are nested too deep")
        elif sign == "}":
            depth = max(0, depth - 1)
        elif sign == '"':
            quoted = not quoted if depth == 0 else quoted
        elif depth == 0 and not quoted:
            pieces.append(text[start : found.start()].strip())
            start = found.end()
    return [piece for piece in [*pieces, text[start:].strip()] if piece]
