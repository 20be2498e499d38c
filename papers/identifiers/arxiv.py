"""arXiv identifiers, old and new (info.arxiv.org/help/arxiv_identifier.html), and the sites that quote them."""

import re

from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address

_NEW = r"\d{4}\.\d{4,5}"
_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{7}"
_ID = rf"(?P<id>{_NEW}|{_OLD})(?P<version>v\d{{1,3}})?"

_BARE = re.compile(rf"(?:arxiv\s*(?:preprint)?\s*[:.]?\s*)?(?:arxiv:)?{_ID}(?:\.pdf)?(?:\s*\[[a-z.-]+\])?", re.I | re.A)
_WITHIN_PATH = re.compile(rf"(?:^|/)(?:arxiv[:.])?{_ID}(?:\.pdf|\.html?)?(?:/|$)", re.I | re.A)
_ARCHIVES = re.compile(
    r"(?:acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|"
    r"dg-ga|eess|econ|funct-an|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|mtrl-th|nlin|nucl-(?:ex|th)|patt-sol|physics|"
    r"plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con)(?:\.[a-z]{2})?/",
    re.I,
)
_HOSTS = re.compile(
    r"(?:(?:www|export|browse|ar5iv|ar5iv\.labs|[a-z]{2})\.)?(?:arxiv\.org)|ar5iv\.(?:org|labs\.arxiv\.org)|xxx\.lanl\.gov|"
    r"(?:www\.)?(?:alphaxiv\.org|arxiv-vanity\.com|scirate\.com|emergentmind\.com|papers\.cool|arxiv-sanity-lite\.com|"
    r"arxiv-sanity\.com|huggingface\.co|hf\.co|paperswithcode\.com|scholar\.archive\.org|arxiv\.gg|catalyzex\.com)",
    re.I,
)


def parse_bare(text: str) -> ParsedIdentifier | None:
    found = _BARE.fullmatch(text)
    return _identifier(found) if found else None


def parse_address(address: Address) -> ParsedIdentifier | None:
    """An address on arXiv or on a site whose addresses quote arXiv ids."""
    if not _HOSTS.fullmatch(address.host):
        return None
    for text in (address.path, *address.values("id", "pid", "id_list", "arxiv_id")):
        for found in _WITHIN_PATH.finditer(text):
            identifier = _identifier(found)
            if identifier:
                return identifier
    return None


def of_doi(suffix: str) -> ParsedIdentifier | None:
    """arXiv registers each of its papers as 10.48550/arXiv.<id>."""
    found = re.fullmatch(rf"arxiv\.{_ID}", suffix, re.I | re.A)
    return _identifier(found) if found else None


def _identifier(found: re.Match[str]) -> ParsedIdentifier | None:
    value = found["id"].lower()
    if "/" in value:
        if not _ARCHIVES.match(value):
            return None
        archive, number = value.split("/")
        value = f"{archive.split('.')[0]}/{number}"
    version = (found["version"] or "").lower()
    return ParsedIdentifier("arxiv", value, version, f"https://arxiv.org/abs/{value}{version}")
