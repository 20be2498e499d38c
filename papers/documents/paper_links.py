"""Which links lead to papers, judged by their address alone."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from papers.identifiers import NotAnIdentifier, ParsedIdentifier, parse_identifier

_SCHEMES = {"arxiv", "doi", "openreview", "pmid", "acl"}
# Sites whose pages of this form are papers; identifiers within the address are read by `parse_identifier` first.
_PAPER_PAGES = re.compile(
    r"^(?:www\.)?(?:"
    r"(?:papers|proceedings)\.(?:nips|neurips)\.cc/.*(?:paper|hash|file)|papers\.nips\.cc/|"
    r"proceedings\.mlr\.press/v\d+/|jmlr\.(?:org|csail\.mit\.edu)/papers|jmlr\.org/beta/papers|"
    r"openaccess\.thecvf\.com/.*paper|openaccess\.thecvf\.com/content|ecva\.net/papers|"
    r"ieeexplore\.ieee\.org/(?:document|abstract|stamp|iel)|computer\.org/csdl/|"
    r"ijcai\.org/proceedings/|ijcai\.org/Proceedings/|"
    r"(?:ojs\.)?aaai\.org/+(?:index\.php/|ojs/|papers|AAAI\d+Papers|Papers)|"
    r"semanticscholar\.org/paper/|pdfs\.semanticscholar\.org/|"
    r"ncbi\.nlm\.nih\.gov/(?:pmc/articles|pubmed)/|pmc\.ncbi\.nlm\.nih\.gov/articles/|europepmc\.org/(?:article|"
    r"abstract)|"
    r"(?:ui\.)?adsabs\.harvard\.edu/(?:abs|full)/|academic\.oup\.com/.*(?:article|doi)|sciencedirect\.com/science/article|linkinghub\.elsevier\.com/|"
    r"(?:bio|med)rxiv\.org/content|science(?:mag)?\.(?:org|sciencemag\.org)/(?:content|doi)|"
    r"science\.sciencemag\.org/content|"
    r"(?:advances|stm|robotics)\.sciencemag\.org/content|"
    r"pnas\.org/(?:content|doi)|cell\.com/.*(?:fulltext|pdf|abstract)|"
    r"jstor\.org/stable|papers\.ssrn\.com/|hal\.(?:science|archives-ouvertes\.fr)/|[\w-]+\.hal\.science/|"
    r"projecteuclid\.org/|royalsocietypublishing\.org/|journals\.aps\.org/.*abstract|emboj\.embopress\.org/content|"
    r"embopress\.org/doi|elifesciences\.org/articles|journals\.plos\.org/.*article|direct\.mit\.edu/.*article|"
    r"mitpressjournals\.org/|usenix\.org/(?:system/files|legacy/.*\.(?:pdf|html)|conference/.*/presentation)|"
    r"vldb\.org/pvldb/|cidrdb\.org/.*\.pdf|mdpi\.com/\d|isca-(?:speech|archive)\.org/|"
    r"eprint\.iacr\.org/\d|distill\.pub/\d|transformer-circuits\.pub/\d|alphaxiv\.org/abs|paperswithcode\.com/paper/|"
    r"aclweb\.org/anthology/|roboticsproceedings\.org/|dl\.acm\.org/(?:doi|citation|ft_gateway)|"
    r"portal\.acm\.org/citation|"
    r"link\.springer\.com/(?:article|chapter|content|book)|onlinelibrary\.wiley\.com/doi|tandfonline\.com/doi|"
    r"nature\.com/articles|citeseerx?\.ist\.psu\.edu/|cognitivesciencesociety\.org/.*\.pdf|"
    r"deepmind\.com/documents|cdn\.openai\.com/.*\.pdf|queue\.acm\.org/detail"
    r")",
    re.IGNORECASE,
)


# Each link of a document is asked about a dozen times.
@lru_cache(maxsize=2_000)
def parsed(href: str) -> ParsedIdentifier | None:
    """The identifier behind an address, None where there is none (a relative address, a mail address)."""
    try:
        return parse_identifier(href) if re.match(r"(?:https?:)?//|doi:|arxiv:", href, re.IGNORECASE) else None
    except NotAnIdentifier:
        return None


def is_paper(href: str) -> bool:
    """Whether the address itself says that a paper is behind it."""
    found = parsed(href)
    if found is None:
        return False
    if found.scheme in _SCHEMES:
        return True
    parts = urlsplit(href)
    return bool(found.scheme == "url" and _PAPER_PAGES.match(f"{parts.netloc}{parts.path}"))


def is_pdf(href: str) -> bool:
    """Whether a PDF file somewhere on the web is behind an address."""
    parts = urlsplit(href)
    return bool(parts.netloc) and parts.path.lower().endswith(".pdf")


def work_key(href: str) -> tuple[str, str]:
    """The same for all addresses of one work, as far as they show it."""
    found = parsed(href)
    return (found.scheme, found.value) if found else ("address", href)


_VIDEO_HOSTS = re.compile(
    r"^(?:www\.|m\.|player\.)?(?:youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|twitch\.tv|loom\.com|"
    r"bilibili\.com|"
    r"b23\.tv|media\.ccc\.de|slideslive\.com|videolectures\.net|crowdcast\.io|(?:[\w-]+\.)*panopto\.[a-z.]+|[\w.-]+\.zoom\.us|"
    r"zoom\.us)$",
    re.IGNORECASE,
)
_SLIDE_HOSTS = re.compile(
    r"^(?:www\.)?(?:slideshare\.net|speakerdeck\.com|slides\.com|docs\.google\.com/presentation|canva\.com/design|"
    r"prezi\.com|"
    r"link\.excalidraw\.com|pitch\.com)",
    re.IGNORECASE,
)
_EVENT_HOSTS = re.compile(
    r"^(?:www\.)?(?:meetup\.com|eventbrite\.[a-z.]+|lu\.ma|luma\.com|facebook\.com|calendar\.google\.com|twitter\.com|"
    r"x\.com|linkedin\.com|discord\.(?:com|gg)|[\w.-]+\.slack\.com|connpass\.com|[\w.-]+\.connpass\.com|"
    r"indico\.[\w.]+)$",
    re.IGNORECASE,
)
#: Where people meet without a room; what was recorded there is a recording.
_ROOMS = re.compile(
    r"(?:^|\.)(?:zoom\.us|teams\.(?:microsoft|live)\.com|meet\.google\.com|meet\.jit\.si|webex\.com|whereby\.com|"
    r"gather\.town)$",
    re.IGNORECASE,
)
_FORM_HOSTS = re.compile(
    r"^(?:www\.)?(?:forms\.gle/|docs\.google\.com/forms/|forms\.office\.com/|[\w-]+\.typeform\.com/|surveymonkey\.com/|"
    r"doodle\.com/|[\w.-]+\.qualtrics\.com/)",
    re.IGNORECASE,
)
_CODE_HOSTS = re.compile(
    r"^(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)/[^/]+/[^/]+", re.IGNORECASE
)


def is_video(href: str) -> bool:
    """Whether the host keeps videos; a channel or a playlist there is no single video."""
    parts = urlsplit(href)
    if "playlist" in parts.path or re.match(r"/(?:@|c/|channel/|user/)", parts.path):
        return False
    return bool(_VIDEO_HOSTS.match(parts.netloc)) and ("zoom.us" not in parts.netloc or "/rec" in parts.path)


def is_event(href: str) -> bool:
    """Whether the address is that of a meeting or a person on a network, and no work."""
    parts = urlsplit(href)
    is_room = bool(_ROOMS.search(parts.netloc)) and "/rec" not in parts.path
    return is_room or bool(_EVENT_HOSTS.match(parts.netloc))


def is_form(href: str) -> bool:
    """Whether people fill something in at the address."""
    parts = urlsplit(href)
    return bool(_FORM_HOSTS.match(f"{parts.netloc}{parts.path}"))


def is_slides(href: str) -> bool:
    parts = urlsplit(href)
    return bool(_SLIDE_HOSTS.match(f"{parts.netloc}{parts.path}"))


def is_code(href: str) -> bool:
    parts = urlsplit(href)
    is_program = "/blob/" not in parts.path or parts.path.endswith((".ipynb", ".py", ".r", ".R", ".jl"))
    return bool(_CODE_HOSTS.match(f"{parts.netloc}{parts.path}")) and is_program


def is_page(href: str) -> bool:
    """Whether a page of text beside the document is behind an address: what somebody wrote about a paper."""
    parts = urlsplit(href)
    is_text = parts.path.lower().endswith((".md", ".markdown", ".mdx", ".qmd"))
    return is_text and not parts.scheme and not parts.netloc
