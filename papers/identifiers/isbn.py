"""ISBN-10 and ISBN-13, kept as ISBN-13 without hyphens (ISBN Users' Manual, 7th edition)."""

import re

from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address

_BARE = re.compile(
    r"(?:isbn(?:-1[03])?\s*:?\s*|urn:isbn:)?((?:97[89][\s‐–-]?)?\d(?:[\s‐–-]?\d){8}[\s‐–-]?[\dx])", re.I | re.A
)
_SHOPS = re.compile(r"(?:www\.)?(?:openlibrary\.org|amazon\.[a-z.]{2,6}|worldcat\.org|isbnsearch\.org|bookshop\.org)")
_IN_PATH = re.compile(r"/(?:isbn|dp|gp/product|book|books?/isbn)/(97[89]\d{10}|\d{9}[\dx])(?:/|$)", re.I | re.A)


def parse_bare(text: str) -> ParsedIdentifier | None:
    found = _BARE.fullmatch(text)
    return _identifier(found[1]) if found else None


def parse_address(address: Address) -> ParsedIdentifier | None:
    found = _IN_PATH.search(address.path) if _SHOPS.fullmatch(address.host) else None
    return _identifier(found[1]) if found else None


def _identifier(text: str) -> ParsedIdentifier | None:
    digits = re.sub(r"[^\dX]", "", text.upper())
    if len(digits) == 10 and _is_isbn10(digits):
        digits = _as_isbn13(digits)
    if len(digits) != 13 or not _is_isbn13(digits):
        return None
    return ParsedIdentifier("isbn", digits, url=f"https://openlibrary.org/isbn/{digits}")


def _is_isbn10(digits: str) -> bool:
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11 == 0


def _is_isbn13(digits: str) -> bool:
    return (
        digits.isdecimal() and sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    )


def _as_isbn13(isbn10: str) -> str:
    body = "978" + isbn10[:9]
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)
