"""DOIs, bare and in links, and publishers' pages from whose address the DOI can be told.

A DOI is case-insensitive (DOI Handbook, 3.4), so its value is kept in lower case.
"""

import re
from urllib.parse import quote, unquote

from papers.identifiers import anthology, arxiv
from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.publishers import doi_of_page
from papers.identifiers.web import Address, without_trailing_punctuation

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", re.A)
#: Wiley's oldest DOIs are SICIs, with angle brackets (ANSI/NISO Z39.56).
_SICI = re.compile(r"10\.\d{4,9}/\(sici\)[^\s\"]+?;2-[\w#]", re.I | re.A)
_BARE = re.compile(
    r"(?:(?:doi|doi\.org)\s*[:=/]?\s*[{\"]?\s*|info:doi/|urn:doi:|hdl:)*(10\.\d{4,9}(?:\.\d+)*(?:/|%2f)\S+)",
    re.I | re.A,
)
_IN_PROSE = re.compile(r"(?<![\w.])10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", re.A)
_RESOLVERS = re.compile(
    r"(?:www\.|dx\.|doi\.)?doi\.org|doi\.(?:acm\.org|ieeecomputersociety\.org|pangaea\.de|wiley\.com)|hdl\.handle\.net|"
    r"link\.aps\.org|api\.crossref\.org|api\.datacite\.org"
)
#: What publishers put behind a DOI in the path of a page.
_TAIL = re.compile(
    r"(?:;jsessionid.*|/(?:full|abstract|abs|pdf|pdf-vor|epdf|ampdf|epub|html|xml|meta|summary|figures?|tables?|"
    r"references|full-text|fulltext(?:\.html)?|bibtex|article-info|citation|suppl|suppl_file|supplements?|"
    r"supplementary-material|metrics|transform|-|page-\d+|download|viewer|cite|similar|reader)(?:/.*)?|"
    r"\.(?:full|short|long|extract|abstract|article-info|supplementary-material|full-text)(?:\.pdf)?(?:\+html)?|"
    r"\.pdf(?:\+html)?|\.html?|\.svg|\.bib|\.ris)$",
    re.I,
)
_PREPRINT_VERSION = re.compile(r"^(10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?\d+)v\d+(?:\..*)?$", re.I | re.A)


def doi_url(value: str) -> str:
    """Return the address that resolves the DOI `value`."""
    return f"https://doi.org/{quote(value, safe='/:;()._-+')}"


def parse_bare(text: str) -> ParsedIdentifier | None:
    found = _BARE.fullmatch(text)
    if not found:
        return None
    return _identifier(unquote(found[1]) if "%2f" in found[1].lower() else found[1])


def within_prose(text: str) -> list[ParsedIdentifier]:
    """The DOIs that stand in a sentence or a bibliography's entry."""
    return [known for known in (_identifier(found) for found in _IN_PROSE.findall(text)) if known]


def parse_address(address: Address) -> ParsedIdentifier | None:
    """A resolver's link, a page with the DOI in its path or query, or a page whose path gives the DOI."""
    if _RESOLVERS.fullmatch(address.host):
        found = _SICI.search(address.path) or _DOI.search(address.path)
        if not found:
            return None
        is_api = address.host.startswith("api.")
        return _identifier(_without_tail(found[0]) if is_api else found[0])
    if doi := doi_of_page(address):
        return _identifier(doi)
    for text in (address.path, *address.values("id", "doi", "DOI", "doid", "persistentId", "articleDoi", "doi_id")):
        found = _SICI.search(text) or _DOI.search(text)
        if found:
            return _identifier(_without_tail(found[0]))
    return None


def _without_tail(doi: str) -> str:
    return _TAIL.sub("", doi.rstrip("/"))


def _identifier(doi: str) -> ParsedIdentifier | None:
    value = without_trailing_punctuation(doi).rstrip("/").lower()
    if not _DOI.fullmatch(value) and not _SICI.fullmatch(value):
        return None
    preprint = _PREPRINT_VERSION.match(value)
    value = preprint[1] if preprint else value
    prefix, suffix = value.split("/", 1)
    known = arxiv.of_doi(suffix) if prefix == "10.48550" else anthology.of_doi(prefix, suffix)
    return known or ParsedIdentifier("doi", value, url=doi_url(value))
