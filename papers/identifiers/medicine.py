"""PubMed, PubMed Central and Europe PMC."""

import re

from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address

_PMID = re.compile(r"(?:pmid|pubmed(?:\s+id)?)\s*[:#]?\s*(\d{1,8})", re.I | re.A)
_PMC = re.compile(r"(?:pmc(?:id)?\s*:?\s*)?pmc\s?(\d{3,9})(?:\.\d{1,2})?", re.I | re.A)
_PMID_IN_PROSE = re.compile(r"\bpmid\s*:?\s*(\d{1,8})\b", re.I | re.A)
_PMC_IN_PROSE = re.compile(r"\bpmcid\s*:?\s*pmc(\d{3,9})\b", re.I | re.A)
_PMID_PATH = re.compile(r"^/(?:m/)?(?:pubmed/|entrez/eutils/.*)?(\d{1,8})(?:/|$)", re.I | re.A)
_PMC_PATH = re.compile(r"/(?:articles?|pmc|render|abstract)/(?:pmc/)?(?:pmc)?(\d{3,9})(?:/|$)", re.I | re.A)
_EUROPE_MED = re.compile(r"/(?:article|abstract)/med/(\d{1,8})(?:/|$)", re.I | re.A)


def parse_bare(text: str) -> ParsedIdentifier | None:
    if found := _PMID.fullmatch(text):
        return _pubmed(found[1])
    if found := _PMC.fullmatch(text):
        return _pmc(found[1])
    return None


def within_prose(text: str) -> list[ParsedIdentifier]:
    """The ids of a citation such as "PMID: 31452104; PMCID: PMC6789"."""
    return [*map(_pubmed, _PMID_IN_PROSE.findall(text)), *map(_pmc, _PMC_IN_PROSE.findall(text))]


def parse_address(address: Address) -> ParsedIdentifier | None:
    host = address.host.removeprefix("www.")
    if host == "europepmc.org":
        if found := _EUROPE_MED.search(address.path):
            return _pubmed(found[1])
        found = _PMC_PATH.search(address.path)
        return _pmc(found[1]) if found else None
    if host == "pmc.ncbi.nlm.nih.gov" or (host == "ncbi.nlm.nih.gov" and address.path.lower().startswith("/pmc/")):
        found = _PMC_PATH.search(address.path)
        return _pmc(found[1]) if found else None
    if host == "pubmed.ncbi.nlm.nih.gov" or (host == "ncbi.nlm.nih.gov" and "/pubmed" in address.path):
        terms = [term for term in address.values("term") if re.fullmatch(r"\d{5,8}", term, re.A)]
        found = _PMID_PATH.match(address.path)
        return _pubmed(found[1]) if found else _pubmed(terms[0]) if terms else None
    return None


def _pubmed(digits: str) -> ParsedIdentifier:
    value = digits.lstrip("0") or "0"
    return ParsedIdentifier("pmid", value, url=f"https://pubmed.ncbi.nlm.nih.gov/{value}/")


def _pmc(digits: str) -> ParsedIdentifier:
    value = f"PMC{digits.lstrip('0') or '0'}"
    return ParsedIdentifier("pmc", value, url=f"https://pmc.ncbi.nlm.nih.gov/articles/{value}/")
