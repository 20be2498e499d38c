"""arXiv identifiers, old and new (info.arxiv.org/help/arxiv_identifier.html), and the sites that quote them."""

import re

from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address

_NEW = r"\d{4}\.\d{4,5}"
_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{7}"
_ID = rf"(?P<id>{_NEW}|{_OLD})(?P<version>v\d{{1,3}})?"
_CATEGORY = r"(?:\s*[\[(][a-z.-]+[\])])?"
#: The stamp that arXiv prints on the margin: "arXiv:1706.03762v5  [cs.CL]  6 Dec 2017".
_STAMP_DATE = r"(?:\s+\d{1,2}\s+[a-z]{3,9}\s+\d{4})?"

_BARE = re.compile(
    rf"(?:(?:arxiv|corr)\s*(?:e-?print|preprint)?\s*[:.,]?\s*(?:id\s*:?\s*)?|e-?print\s*[:=]\s*\{{?)?"
    rf"(?:arxiv:\s*)?(?:abs/|pdf/)?{_ID}(?:\.pdf)?{_CATEGORY}{_STAMP_DATE}",
    re.I | re.A,
)
#: A browser's tab says "[1706.03762] Attention Is All You Need".
_TAB = re.compile(rf"\[{_ID}\]\s+\S.*", re.I | re.A | re.S)
_MONTH = r"\d\d(?:0[1-9]|1[0-2])"
_IN_PROSE = re.compile(
    rf"(?:arxiv\s*(?:preprint|e-?print)?\s*[:.,]?\s*(?:arxiv:\s*)?|\babs/|e-?print\s*=\s*[{{\"]\s*)"
    rf"(?P<id>{_MONTH}\.\d{{4,5}}|{_OLD})(?P<version>v\d{{1,3}})?(?![\d.]*\d)",
    re.I | re.A,
)
_WITHIN_PATH = re.compile(rf"(?:^|/)(?:arxiv[:.])?{_ID}(?:\.pdf|\.ps(?:\.gz)?|\.html?)?(?=/|$)", re.I | re.A)
#: /PS_cache/hep-th/pdf/9901/9901001v1.pdf and /ftp/hep-th/papers/9901/9901001.pdf
_CACHED = re.compile(
    r"/(?:ps_cache|ftp)/(?P<archive>[a-z-]+)/(?:pdf|ps|papers)/\d{4}/(?P<number>\d{7})(?P<version>v\d{1,3})?\.", re.I
)
_ARCHIVES = re.compile(
    r"(?:acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|"
    r"dg-ga|eess|econ|funct-an|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|mtrl-th|nlin|nucl-(?:ex|th)|patt-sol|physics|"
    r"plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con)(?:\.[a-z]{2})?/",
    re.I,
)
_HOSTS = re.compile(
    r"(?:[a-z0-9-]+\.)?arxiv\.org|ar5iv\.(?:org|labs\.arxiv\.org)|xxx\.lanl\.gov|xxx\.[a-z.]{2,20}|"
    r"(?:www\.)?(?:alphaxiv\.org|arxiv-vanity\.com|scirate\.com|emergentmind\.com|papers\.cool|arxiv-sanity-lite\.com|"
    r"arxiv-sanity\.com|huggingface\.co|hf\.co|paperswithcode\.com|scholar\.archive\.org|arxiv\.gg|catalyzex\.com|"
    r"arxivlens\.com|moonlight\.io|themoonlight\.io|deeplearn\.org|takara\.ai|tldr\.takara\.ai|bohrium\.com|"
    r"semanticscholar\.org|inspirehep\.net|ui\.adsabs\.harvard\.edu|adsabs\.harvard\.edu|researchtrend\.ai|"
    r"paperreading\.club|summarizepaper\.com|arxivtldr\.com|talk2arxiv\.org|arxiver\.org|arxiv\.wiki|scholar\.ai|"
    r"connectedpapers\.com|litmaps\.com|api\.semanticscholar\.org|chatpaper\.com|paperdigest\.org|txyz\.ai)",
    re.I,
)
#: The Astrophysics Data System's 2017arXiv170603762V and dblp's journals/corr/abs-1706-03762.
_ADS = re.compile(r"/\d{4}arxiv(\d{4})\.?(\d{4,5})[a-z.]?(?:/|$)", re.I | re.A)
_DBLP = re.compile(r"/corr/abs-(\d{4})-(\d{4,5})(?:\.html)?(?:/|$)", re.I | re.A)


def parse_bare(text: str) -> ParsedIdentifier | None:
    found = _BARE.fullmatch(text) or _TAB.fullmatch(text)
    return _identifier(found) if found else None


def within_prose(text: str) -> list[ParsedIdentifier]:
    """The ids that stand in a sentence and say that they are arXiv's."""
    return [known for known in map(_identifier, _IN_PROSE.finditer(text)) if known]


def parse_address(address: Address) -> ParsedIdentifier | None:
    """An address on arXiv or on a site whose addresses quote arXiv ids."""
    if quoted := _ADS.search(address.path) or (_DBLP.search(address.path) if "dblp" in address.host else None):
        return _named(f"{quoted[1]}.{quoted[2]}")
    if not _HOSTS.fullmatch(address.host):
        return None
    if cached := _CACHED.search(address.path):
        return _named(f"{cached['archive']}/{cached['number']}".lower(), (cached["version"] or "").lower())
    for text in (address.path, *address.values("id", "pid", "id_list", "arxiv_id", "arxiv", "paper", "arxivId")):
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
    return _named(found["id"].lower(), (found["version"] or "").lower())


def _named(value: str, version: str = "") -> ParsedIdentifier | None:
    if "/" in value:
        if not _ARCHIVES.match(value):
            return None
        archive, number = value.split("/")
        value = f"{archive.split('.')[0]}/{number}"
    return ParsedIdentifier("arxiv", value, version, f"https://arxiv.org/abs/{value}{version}")
