"""Any page on the web that says what it is."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from papers.metadata.answers import (
    MetadataNotFound,
    MetadataNotOffered,
    MetadataUnavailable,
    PaperMetadata,
    SourceBusy,
)
from papers.metadata.asking import ask_whole
from papers.metadata.webpage_reading import read_page
from readinggroup.fetching import Answer, Pace

SOURCE = "the page itself"

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w-]{2,40})", re.I
)
#: Titles of pages that stand before the page.
_GATES = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|access (?:to this page )?(?:has been )?denied|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|security check|captcha|ddos.guard|one more step|robot check|"
    r"bot (?:check|verification)|request (?:rejected|blocked)|please wait|checking your browser|client challenge|"
    r"pardon our interruption|validate user|radware|enable javascript and cookies",
    re.I,
)
_CONSENT = re.compile(
    r"before you continue|bevor sie|avant d.accéder|cookie consent|consent\b|cookies? (?:settings|policy)$", re.I
)
_ERRORS = re.compile(
    r"(?:[345]\d\d|(?:page )?not found|error|forbidden|bad gateway|log ?in|sign in|"
    r"(?:handle )?redirect(?:ing)?|loading|untitled|home)"
    r"\W*(?:[345]\d\d|error|forbidden|(?:page )?not found|moved \w+|found|bad \w+|internal server error|"
    r"too many requests|service unavailable|gateway time-?out|unauthorized|gone)?\W*",
    re.I,
)


def load(url: str) -> PaperMetadata:
    """Return what the page at `url` says about itself. Raises MetadataNotFound, MetadataUnavailable."""
    answer = _ask(url)
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/pdf" or answer.body[:5] == b"%PDF-":
        raise MetadataNotOffered("This address leads to a PDF, whose title we do not guess. Fill it in yourself.")
    if kind and not (kind.startswith("text/") or kind.endswith("xml")):
        raise MetadataNotOffered("This address leads to no page that could be read. Fill in the title yourself.")
    return read_web_page(answer.body, answer.url, answer.headers.get("content-type", ""))


def _ask(url: str) -> Answer:
    """The page; where nobody answers by https, by http, since the address is kept without the difference."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    try:
        return ask_whole(
            host,
            url,
            accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
            pace=Pace(urlsplit(url).netloc.lower()[:250], settings.SOURCE_SECONDS_PER_REQUEST),
            not_found=f"There is no page at this address of {host}. Check it, or fill in the title yourself.",
        )
    except SourceBusy:
        raise
    except MetadataUnavailable as error:
        if "refused" in str(error):
            raise MetadataNotOffered(f"{host} refuses to be read by programs. Fill in the title yourself.") from error
        if not error.has_answered and url.startswith("https://"):
            return _ask("http://" + url.removeprefix("https://"))
        raise


def read_web_page(body: bytes, url: str, content_type: str = "") -> PaperMetadata:
    """Return what a page says; pages that ask whether we are human, or for consent, say nothing about a paper."""
    host = (urlsplit(url).hostname or "this site").removeprefix("www.")
    found = read_page(decoded(body, content_type), url)
    title = found.title
    scholarly = bool(found.authors and found.published_on)
    if _GATES.search(title) and not scholarly:
        raise MetadataNotOffered(f"{host} lets only people read its pages. Fill in the title yourself.")
    if (_CONSENT.search(title) or host.startswith("consent.")) and not scholarly:
        raise MetadataNotOffered(f"{host} asks for consent instead of showing the page. Fill in the title yourself.")
    if not title or (_ERRORS.fullmatch(title) and not scholarly):
        raise MetadataNotFound(f"The page at {host} does not say its title. Fill in the title yourself.")
    return found


def decoded(body: bytes, content_type: str) -> str:
    """The text of a page in the encoding that it names, else UTF-8."""
    stated = re.search(r"charset=[\"']?([\w-]{2,40})", content_type, re.I)
    within = _CHARSET.search(body[:4096])
    names = [stated[1] if stated else "", (within[1] or within[2]).decode() if within else "", "utf-8"]
    for name in filter(None, names):
        try:
            return body.decode("windows-1252" if name.lower() in ("iso-8859-1", "latin-1", "ascii") else name)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("utf-8", errors="replace")
