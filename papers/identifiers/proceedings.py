"""Proceedings and journals without DOIs in their addresses: a paper's page, PDF and supplement are one address.

The value stays a web address, the one of the paper's page.
"""

import re
from collections.abc import Callable

from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address


def _neurips(found: re.Match[str]) -> str:
    track = re.sub(r"\.\w+$", "", found[3] or "")
    return f"https://proceedings.neurips.cc/paper_files/paper/{found[1]}/hash/{found[2].lower()}-Abstract{track}.html"


#: Host, path and query, and the address of the paper's page.
_RULES: tuple[tuple[str, str, str | Callable[[re.Match[str]], str]], ...] = (
    (
        r"proceedings\.mlr\.press",
        r"/(v\d+|r\d+)/([\w-]+?)(?:/\2(?:-supp)?\.pdf|\.html|\.pdf)?(?:/|\?|$)",
        "https://proceedings.mlr.press/{}/{}.html",
    ),
    (
        r"raw\.githubusercontent\.com",
        r"/mlresearch/(v\d+)/[\w/]+/assets/([\w-]+)/",
        "https://proceedings.mlr.press/{}/{}.html",
    ),
    (
        r"(?:www\.)?jmlr\.(?:org|csail\.mit\.edu)",
        r"/papers/(?:v|volume)(\d+)/([\w-]+?)(?:/\2\.pdf|\.html|\.pdf|\.bib)?(?:/|\?|$)",
        "https://jmlr.org/papers/v{}/{}.html",
    ),
    (
        r"(?:papers|proceedings)\.(?:nips|neurips)\.cc",
        (
            r"/(?:paper_files/)?paper/(\d{4})/(?:hash|file)/([0-9a-f]{32})-(?:Abstract|Paper|Supplemental|Bibtex|Metadata|"
            r"Reviews?|MetaReview|AuthorFeedback)((?:-[\w-]+)?(?:\.\w+)?)"
        ),
        _neurips,
    ),
    (
        r"(?:papers|proceedings)\.(?:nips|neurips)\.cc",
        r"/paper/(\d{1,5}-[\w-]+)(?:\.pdf)?(?:/|\?|$)",
        "https://papers.nips.cc/paper/{}",
    ),
    (
        r"openaccess\.thecvf\.com",
        r"/(content[\w/]*?)/(?:html|papers|supplemental)/((?:[\w-]+/)*[\w.\-']+?_(?:paper|supplemental))\.(?:html|pdf)",
        lambda found: (
            f"https://openaccess.thecvf.com/{found[1]}/html/{found[2].replace('_supplemental', '_paper')}.html"
        ),
    ),
    (
        r"(?:www\.)?ecva\.net",
        r"/(papers/eccv_\d{4}/papers_ECCV)/(?:html|papers)/([\w-]+?)\.(?:php|pdf)",
        "https://www.ecva.net/{}/html/{}.php",
    ),
    (
        r"((?:ojs\.)?(?:www\.)?aaai\.org)",
        r"/index\.php/([\w-]+)/article/(?:view|download)/(\d+)",
        lambda found: f"https://ojs.aaai.org/index.php/{found[1]}/article/view/{found[2]}",
    ),
    (
        r"(?:www\.)?aaai\.org",
        r"/ocs/index\.php/([\w-]+)/([\w-]+)/paper/(?:view|viewPaper|viewFile|download)/(\d+)",
        "https://www.aaai.org/ocs/index.php/{}/{}/paper/view/{}",
    ),
    (
        r"(?:www\.)?ieeexplore\.ieee\.org",
        r"/(?:abstract/)?document/0*(\d{4,9})(?:/|\?|$)",
        "https://ieeexplore.ieee.org/document/{}",
    ),
    (
        r"(?:www\.)?ieeexplore\.ieee\.org",
        r"/(?:\S*?[?&]arnumber=|ielx?\d/.*/)0*(\d{4,9})(?:\.pdf|&|\?|/|$)",
        "https://ieeexplore.ieee.org/document/{}",
    ),
    (
        r"(?:www\.)?sciencedirect\.com|(?:linkinghub|reader)\.elsevier\.com",
        r"/(?:.*/)?pii/([SB]?[\dX()-]{16,24})(?:/|\?|$)",
        lambda found: "https://www.sciencedirect.com/science/article/pii/" + re.sub(r"[^0-9A-Z]", "", found[1].upper()),
    ),
    (
        r"(?:www\.)?jstor\.org",
        r"/(?:stable|pdf)/(?:pdf/)?([\w.-]+?)(?:\.pdf)?(?:/|\?|$)",
        "https://www.jstor.org/stable/{}",
    ),
    (
        r"(?:[\w-]+\.)?(hal\.science|archives-ouvertes\.fr)",
        r"/((?:hal|tel|inria|cea|inserm|jpa|halshs|cel|hceres|in2p3|pastel)-\d{8})(?:v\d+)?(?:/|\?|$)",
        lambda found: f"https://hal.science/{found[1].lower()}",
    ),
)
_COMPILED = tuple((re.compile(host), re.compile(path, re.I | re.A), form) for host, path, form in _RULES)


def parse_address(address: Address) -> ParsedIdentifier | None:
    """The address of the page of the paper, whichever of its files was named."""
    text = address.path + ("?" + "&".join(f"{name}={value}" for name, value in address.query) if address.query else "")
    for host, path, form in _COMPILED:
        found = path.match(text[:1500]) if host.fullmatch(address.host) else None
        if found:
            url = form.format(*found.groups()) if isinstance(form, str) else form(found)
            return ParsedIdentifier("url", url, url=url)
    return None
