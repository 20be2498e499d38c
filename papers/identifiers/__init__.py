"""Text to identifier: every spelling of a paper's name that people paste.

Whatever the spelling, one work has one `(scheme, value)`, so two ways to name it meet in one Paper. Nothing here asks
the network or the database.
"""

import re
import unicodedata

from papers.identifiers import anthology, arxiv, dois, isbn, medicine, others, proceedings, redirects, videos, web
from papers.identifiers.parsed import NotAnIdentifier, ParsedIdentifier

__all__ = ["NotAnIdentifier", "ParsedIdentifier", "doi_of_acl", "parse_identifier"]

doi_of_acl = anthology.doi_of_acl

MAX_TEXT = 2_000
MAX_VALUE = 500

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))

_URL_IN_TEXT = re.compile(r"https?://[^\s<>\"{}|^`]+", re.I)
_LIKE_ADDRESS = re.compile(r"(?:https?:)?//|(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?/", re.I)
#: In prose a name that says what it is counts for more than an address, and the earlier for more than the later.
_TRUST_IN_PROSE = (
    "arxiv",
    "doi",
    "acl",
    "openreview",
    "pmid",
    "pmc",
    "isbn",
    "s2",
    "youtube",
    "vimeo",
    "github",
    "url",
)


def parse_identifier(text: str) -> ParsedIdentifier:
    """Return the identifier that `text` spells; raises NotAnIdentifier, with a sentence for the member who pasted it.

    Words around it are allowed, as in a line copied from a chat or a bibliography, as long as they name one work.
    """
    pasted = _tidy(text)
    if not pasted:
        raise NotAnIdentifier("Paste an arXiv id or link, a DOI, or the address of a paper.")
    if len(pasted) > MAX_TEXT:
        raise NotAnIdentifier("This is too long to be an identifier or an address.")
    found = _parse_bare(_plain(pasted)) or _parse_address(pasted) or _parse_prose(text)
    if found is None:
        raise NotAnIdentifier("This is neither an arXiv id, a DOI, an ISBN nor a web address. Check what you pasted.")
    if len(found.value) > MAX_VALUE:
        raise NotAnIdentifier("This address is too long to keep.")
    return found


def _tidy(text: str) -> str:
    """Without what surrounds an address in running text: blanks, brackets, quotes, a full stop."""
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]", "", text).strip()
    text = text.strip("<>\"'`“”‘’«»„").strip()
    while text[:1] in _BRACKETS and (text.endswith(_BRACKETS[text[0]]) or _BRACKETS[text[0]] not in text):
        text = text.removesuffix(_BRACKETS[text[0]])[1:].strip()
    return web.without_trailing_punctuation(text)


def _plain(text: str) -> str:
    """Full-width letters and typographic dashes, as PDF readers copy them, in ASCII."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def _parse_bare(text: str) -> ParsedIdentifier | None:
    for parse in (arxiv, dois, isbn, anthology, medicine, others):
        found = parse.parse_bare(text)
        if found:
            return found
    return None


def _parse_address(text: str, *, is_inner: bool = False) -> ParsedIdentifier | None:
    if re.search(r"\s", text) or not _LIKE_ADDRESS.match(text):
        return None
    address = web.split_address(text)
    if address is None:
        return None
    if not is_inner and (target := redirects.target_of(address)):
        return _parse_address(_tidy(target), is_inner=True)
    for parse in (arxiv, proceedings, others, anthology, medicine, videos, dois, isbn):
        found = parse.parse_address(address)
        if found:
            return found
    return web.canonical(address)


def _parse_prose(text: str) -> ParsedIdentifier | None:
    """The one work that a sentence, a citation or a bibliography's entry names.

    The same work may go by several names at once. Two names of one kind are two works: then nothing is guessed.
    """
    text = text[:MAX_TEXT]
    named = [_parse_address(_tidy(found)) for found in _URL_IN_TEXT.findall(text)]
    rest = _plain(_URL_IN_TEXT.sub(" ", text))
    for parse in (arxiv, dois, medicine, isbn):
        named += parse.within_prose(rest)
    found: dict[str, ParsedIdentifier] = {}
    values: dict[str, set[str]] = {}
    for identifier in filter(None, named):
        found.setdefault(identifier.scheme, identifier)
        values.setdefault(identifier.scheme, set()).add(identifier.value)
    best = next((scheme for scheme in _TRUST_IN_PROSE if scheme in found), "")
    return found[best] if best and len(values[best]) == 1 else None
