"""DOIs, bare and in links, and publishers' pages from whose address the DOI can be told.

A DOI is case-insensitive (DOI Handbook, 3.4), so its value is kept in lower case.
"""

import re
from urllib.parse import quote

from papers.identifiers import arxiv, others
from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address, without_trailing_punctuation

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", re.A)
_BARE = re.compile(r"(?:doi\s*[:=]?\s*|info:doi/|urn:doi:)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.I | re.A)
_RESOLVERS = ("doi.org", "dx.doi.org", "www.doi.org", "doi.acm.org", "doi.ieeecomputersociety.org")
#: What publishers put behind a DOI in the path of a page.
_TAIL = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|epub|html|meta|summary|figures|references|full-text|fulltext|bibtex|"
    r"article-info|citation)(?:/.*)?|\.full(?:\.pdf)?|\.abstract|\.pdf|\.html?)$",
    re.I,
)
_PREPRINT_VERSION = re.compile(r"^(10\.1101/.*?)v\d+(?:\..*)?$", re.I)
_PATTERNS = (
    (
        re.compile(r"(?:www\.)?nature\.com"),
        re.compile(r"^/articles/([a-z0-9.-]+?)(?:\.pdf)?(?:/|$)", re.I),
        "10.1038/{}",
    ),
    (
        re.compile(r"(?:www\.)?elifesciences\.org"),
        re.compile(r"^/(?:articles|reviewed-preprints)/(\d+)"),
        "10.7554/elife.{}",
    ),
)


def doi_url(value: str) -> str:
    """Return the address that resolves the DOI `value`."""
    return f"https://doi.org/{quote(value, safe='/:;()._-+')}"


def parse_bare(text: str) -> ParsedIdentifier | None:
    found = _BARE.fullmatch(text)
    return _identifier(found[1]) if found else None


def parse_address(address: Address) -> ParsedIdentifier | None:
    """A resolver's link, a page with the DOI in its path or query, or a page whose path gives the DOI."""
    if address.host in _RESOLVERS:
        found = _DOI.search(address.path)
        return _identifier(found[0]) if found else None
    for host, path, form in _PATTERNS:
        if host.fullmatch(address.host) and (match := path.match(address.path)):
            return _identifier(form.format(match[1]))
    for text in (address.path, *address.values("id", "doi")):
        found = _DOI.search(text)
        if found:
            return _identifier(_without_tail(found[0]))
    return None


def _without_tail(doi: str) -> str:
    doi = _TAIL.sub("", doi.rstrip("/"))
    preprint = _PREPRINT_VERSION.match(doi)
    return preprint[1] if preprint else doi


def _identifier(doi: str) -> ParsedIdentifier | None:
    value = without_trailing_punctuation(doi).rstrip("/").lower()
    if not _DOI.fullmatch(value):
        return None
    prefix, suffix = value.split("/", 1)
    known = arxiv.of_doi(suffix) if prefix == "10.48550" else others.of_doi(prefix, suffix)
    return known or ParsedIdentifier("doi", value, url=doi_url(value))
