"""Publishers' pages from whose address the DOI follows, one line each."""

import re
from collections.abc import Callable

from papers.identifiers.web import Address

_Rule = tuple[str, str, str | Callable[[re.Match[str]], str]]

#: MDPI's addresses name a journal by its ISSN, its DOIs by an abbreviation.
_MDPI = {
    "1099-4300": "e", "1422-0067": "ijms", "1424-8220": "s", "1660-4601": "ijerph", "1996-1073": "en", "1999-4893": "a",
    "2072-4292": "rs", "2072-6694": "cancers", "2073-8994": "sym", "2076-3417": "app", "2077-0383": "jcm",
    "2078-2489": "info", "2079-9292": "electronics", "2220-9964": "ijgi", "2227-7390": "math", "2306-5729": "data",
    "2313-433x": "jimaging", "2504-4990": "make", "2571-9394": "forecast",
}  # fmt: skip
_OSF = {
    "psyarxiv": "10.31234",
    "socarxiv": "10.31235",
    "osf": "10.31219",
    "edarxiv": "10.35542",
    "metaarxiv": "10.31222",
}


def _mdpi(found: re.Match[str]) -> str:
    journal = _MDPI.get(found[1].lower())
    return f"10.3390/{journal}{int(found[2])}{int(found[3]):02}{int(found[4]):04}" if journal else ""


def _ijcai(found: re.Match[str]) -> str:
    """IJCAI registers DOIs since 2017."""
    return f"10.24963/ijcai.{found[1]}/{int(found[2])}" if int(found[1]) >= 2017 else ""


def _peerj(found: re.Match[str]) -> str:
    return f"10.7717/peerj-{found[1]}.{found[2]}" if found[1] else f"10.7717/peerj.{found[2]}"


def _osf(found: re.Match[str]) -> str:
    prefix = _OSF.get(found[1].lower())
    return f"{prefix}/osf.io/{found[2]}" if prefix else ""


#: Host, path and query, and the DOI that follows ("" when it does not).
_RULES: tuple[_Rule, ...] = (
    (r"(?:www\.)?nature\.com", r"/articles/([a-z0-9.-]+?)(?:\.pdf|\.epdf|_reference\.pdf)?(?:[/?]|$)", "10.1038/{}"),
    (r"(?:www\.)?nature\.com", r"/\w+/journal/.+/(?:full|abs|pdf)/([a-z0-9.-]+?)\.(?:html|pdf)", "10.1038/{}"),
    (r"(?:www\.)?elifesciences\.org", r"/(?:articles|reviewed-preprints)/(\d+)", "10.7554/elife.{}"),
    (r"(?:www\.|papers\.)?ssrn\.com", r"/.*?(?:abstract_?id|abstract)=(\d{3,9})(?:\D|$)", "10.2139/ssrn.{}"),
    (r"(?:www\.)?zenodo\.org", r"/(?:records?|deposit)/(\d{2,12})(?:[/?]|$)", "10.5281/zenodo.{}"),
    (r"(?:www\.)?figshare\.com", r"/articles/(?:[^/]+/){0,2}(\d{5,12})(?:[/?]|$)", "10.6084/m9.figshare.{}"),
    (r"(?:www\.)?(?:bio|med)rxiv\.org", r"/content/.*early/\d{4}/\d\d/\d\d/([\d.]+\d)(?:v\d|[./?]|$)", "10.1101/{}"),
    (r"(?:www\.)?thelancet\.com", r"/.*(S\d{4}-\d{3}[\dX]\(\d\d\)\d{5}-[\dX])", "10.1016/{}"),
    (r"(?:www\.)?(?:dl|portal)\.acm\.org", r"/(?:citation|ft_gateway)\.cfm\?.*?\bid=(\d{4,8}\.\d{4,8})", "10.1145/{}"),
    (r"(?:www\.)?mdpi\.com", r"/(\d{4}-\d{3}[\dx])/(\d+)/(\d+)/(\d+)(?:[/?]|$)", _mdpi),
    (r"(?:www\.)?ijcai\.org", r"/proceedings/(\d{4})/(\d{1,4})(?:\.pdf)?/?(?:\?|$)", _ijcai),
    (r"(?:www\.)?peerj\.com", r"/articles/(?:([a-z]+)-)?(\d+)(?:\.pdf|\.html)?(?:[/?]|$)", _peerj),
    (r"(?:www\.)?osf\.io", r"/preprints/([a-z]+)/([a-z0-9]{5})(?:_v\d+)?(?:[/?]|$)", _osf),
    (r"(?:www\.)?psyarxiv\.com", r"/([a-z0-9]{5})(?:[/?]|$)", "10.31234/osf.io/{}"),
    (r"(?:www\.)?researchsquare\.com", r"/article/(rs-\d+/v\d+)", "10.21203/rs.3.{}"),
    (r"(?:www\.)?preprints\.org", r"/(?:frontend/)?manuscript/(\d{6}\.\d{4})/(v\d+)", "10.20944/preprints{}.{}"),
    (r"([a-z]{2,6})\.copernicus\.org", r"/articles/(\d+)/(\d+)/(\d{4})(?:[/?]|$)", "10.5194/{}-{}-{}-{}"),
    (r"pubs\.rsc\.org", r"/(?:en/)?content/article\w+/\d{4}/\w+/([a-z]\d[a-z]{2}\d{5}[a-z])", "10.1039/{}"),
    (r"(?:www\.)?hindawi\.com", r"/journals/\w+/(\d{4})/(\d{5,8})(?:[/?]|$)", "10.1155/{}/{}"),
    (r"(?:www\.)?bmj\.com", r"/content/\d+/(bmj\.[a-z]?\d+|bmj-\d{4}-\d+)", "10.1136/{}"),
    (
        r"academic\.oup\.com",
        r"/.*?/doi/(10\.1093/[a-z0-9]+/[a-z0-9_.-]+?)(?:/\d+)?(?:/[\w-]*\.pdf)?(?:[/?]|$)",
        "{}",
    ),
)  # fmt: skip
_COMPILED = tuple((re.compile(host), re.compile(path, re.I | re.A), form) for host, path, form in _RULES)


def doi_of_page(address: Address) -> str:
    """Return the DOI that follows from the address of a publisher's page, or ""."""
    text = address.path + ("?" + "&".join(f"{name}={value}" for name, value in address.query) if address.query else "")
    for host, path, form in _COMPILED:
        at, found = host.fullmatch(address.host), path.match(text[:1000])
        if at and found:
            doi = form.format(*at.groups(), *found.groups()) if isinstance(form, str) else form(found)
            if doi:
                return doi
    return ""
