"""ISBN-10 and ISBN-13, kept as ISBN-13 without hyphens (ISBN Users' Manual, 7th edition)."""

import re

from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address

_MARK = r"(?:isbn(?:[-\s]?1[03])?\s*[:=]?\s*[{\"]?\s*|urn:isbn:)"
_DIGITS = r"(?:97[89][\s‐–-]?)?\d(?:[\s‐–-]?\d){8}[\s‐–-]?[\dx]"
_BARE = re.compile(rf"({_MARK})?({_DIGITS})", re.I | re.A)
_IN_PROSE = re.compile(rf"{_MARK}({_DIGITS})(?![\d-])", re.I | re.A)
_SHOPS = re.compile(
    r"(?:www\.|smile\.|search\.|play\.)?(?:openlibrary\.org|amazon\.[a-z.]{2,6}|worldcat\.org|isbnsearch\.org|"
    r"bookshop\.org|goodreads\.com|mitpress\.mit\.edu|springer\.com|oreilly\.com|learning\.oreilly\.com|"
    r"cambridge\.org|global\.oup\.com|barnesandnoble\.com|thalia\.de|hugendubel\.de|abebooks\.[a-z.]{2,6}|"
    r"books\.google\.[a-z.]{2,6}|google\.[a-z.]{2,6}|routledge\.com|crcpress\.com|wiley\.com|elsevier\.com|"
    r"shop\.elsevier\.com|penguinrandomhouse\.com|press\.princeton\.edu|librarything\.com|isbndb\.com|manning\.com|"
    r"nostarch\.com|link\.springer\.com|taylorfrancis\.com|bookfinder\.com|isbn\.de|buchhandel\.de|lehmanns\.de)"
)
_IN_PATH = re.compile(
    r"/(?:isbn|dp|gp/product|gp/aw/d|book|books?/isbn|product|exec/obidos/asin)/(\d{9}[\dx])(?:/|$)", re.I | re.A
)
_ANYWHERE = re.compile(r"(?<!\d)(97[89](?:-?\d){10})(?!\d)", re.A)
#: How a printed ISBN is grouped: none of the marks, after the prefix only, or between all parts.
_GROUPS = {10: (0, 3), 13: (0, 1, 4)}


def parse_bare(text: str) -> ParsedIdentifier | None:
    """An ISBN with a right check digit. Numbers grouped in another way, such as those of telephones, are none."""
    found = _BARE.fullmatch(text)
    if not found:
        return None
    separators = re.findall(r"[\s‐–-]", found[2])
    size = len(re.sub(r"[^\dxX]", "", found[2]))
    if not found[1] and (len(separators) not in _GROUPS.get(size, ()) or len(set(separators)) > 1):
        return None
    return _identifier(found[2])


def within_prose(text: str) -> list[ParsedIdentifier]:
    """The ISBNs in a sentence that say so."""
    return [known for known in map(_identifier, _IN_PROSE.findall(text)) if known]


def parse_address(address: Address) -> ParsedIdentifier | None:
    if not _SHOPS.fullmatch(address.host):
        return None
    found = _IN_PATH.search(address.path) or _ANYWHERE.search(address.path)
    if found and (known := _identifier(found[1])):
        return known
    for value in address.values("isbn", "ean", "vid", "isbn13"):
        if known := _identifier(value.upper().removeprefix("ISBN")):
            return known
    return None


def _identifier(text: str) -> ParsedIdentifier | None:
    digits = re.sub(r"[^\dX]", "", text.upper(), flags=re.A)
    if len(digits) == 10 and _is_isbn10(digits):
        digits = _as_isbn13(digits)
    if len(digits) != 13 or not _is_isbn13(digits):
        return None
    return ParsedIdentifier("isbn", digits, url=f"https://openlibrary.org/isbn/{digits}")


def _is_isbn10(digits: str) -> bool:
    if not re.fullmatch(r"\d{9}[\dX]", digits, re.A) or len(set(digits)) == 1:
        return False
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11 == 0


def _is_isbn13(digits: str) -> bool:
    return (
        digits.isdecimal()
        and digits[:3] in ("978", "979")
        and sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    )


def _as_isbn13(isbn10: str) -> str:
    body = "978" + isbn10[:9]
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)
