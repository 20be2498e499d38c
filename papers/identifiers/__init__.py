"""Text to identifier: every spelling of a paper's name that people paste.

Whatever the spelling, one work has one `(scheme, value)`, so two ways to name it meet in one Paper. Nothing here asks
the network or the database.
"""

import re

from papers.identifiers import arxiv, dois, isbn, others, web
from papers.identifiers.parsed import NotAnIdentifier, ParsedIdentifier

__all__ = ["NotAnIdentifier", "ParsedIdentifier", "doi_of_acl", "parse_identifier"]

doi_of_acl = others.doi_of_acl

MAX_TEXT = 2_000
MAX_VALUE = 500

_BRACKETS = {"(": ")", "[": "]", "{": "}"}

_URL_IN_TEXT = re.compile(r"https?://[^\s<>\"]+", re.I)
_LIKE_ADDRESS = re.compile(r"(?:https?:)?//|(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?/", re.I)


def parse_identifier(text: str) -> ParsedIdentifier:
    """Return the identifier that `text` spells; raises NotAnIdentifier, with a sentence for the member who pasted it.

    A sentence around a single web address is allowed, as in a line copied from a chat.
    """
    pasted = _tidy(text)
    if not pasted:
        raise NotAnIdentifier("Paste an arXiv id or link, a DOI, or the address of a paper.")
    if len(pasted) > MAX_TEXT:
        raise NotAnIdentifier("This is too long to be an identifier or an address.")
    found = _parse_bare(pasted) or _parse_address(pasted) or _parse_single_address_within(pasted)
    if found is None:
        raise NotAnIdentifier("This is neither an arXiv id, a DOI, an ISBN nor a web address. Check what you pasted.")
    if len(found.value) > MAX_VALUE:
        raise NotAnIdentifier("This address is too long to keep.")
    return found


def _tidy(text: str) -> str:
    """Without what surrounds an address in running text: blanks, brackets, quotes, a full stop."""
    text = re.sub(r"[\u200b-\u200f\u2060\ufeff\u00ad]", "", text).strip()
    text = text.strip("<>\"'`“”‘’«»").strip()
    while text[:1] in _BRACKETS:
        text = text.removesuffix(_BRACKETS[text[0]])[1:].strip()
    return web.without_trailing_punctuation(text)


def _parse_bare(text: str) -> ParsedIdentifier | None:
    for parse in (arxiv.parse_bare, dois.parse_bare, isbn.parse_bare, others.parse_bare):
        found = parse(text)
        if found:
            return found
    return None


def _parse_address(text: str) -> ParsedIdentifier | None:
    if re.search(r"\s", text) or not _LIKE_ADDRESS.match(text):
        return None
    address = web.split_address(text)
    if address is None:
        return None
    for parse in (arxiv.parse_address, others.parse_address, dois.parse_address, isbn.parse_address):
        found = parse(address)
        if found:
            return found
    return web.canonical(address)


def _parse_single_address_within(text: str) -> ParsedIdentifier | None:
    addresses = {_tidy(found) for found in _URL_IN_TEXT.findall(text)}
    return _parse_address(addresses.pop()) if len(addresses) == 1 else None
