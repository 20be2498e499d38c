"""OpenReview, Semantic Scholar and GitHub."""

import re
from urllib.parse import quote

from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address

_OPENREVIEW = re.compile(r"[\w-]{5,40}", re.A)
_OPENREVIEW_BARE = re.compile(r"openreview(?:\.net)?\s*:\s*([\w-]{5,40})", re.I | re.A)
_OPENREVIEW_PATHS = ("/forum", "/pdf", "/references", "/references/pdf", "/attachment", "/revisions", "/notes")
_S2_PAPER = re.compile(r"(?:^|/)([0-9a-f]{40})(?:/|$)", re.I)
_S2_CORPUS = re.compile(r"(?:s2\s*)?corpus\s?id\s*:?\s*(\d{1,12})", re.I | re.A)
_S2_HOSTS = ("semanticscholar.org", "api.semanticscholar.org", "pdfs.semanticscholar.org", "connectedpapers.com")
_OWNER = r"[a-z0-9](?:[a-z0-9-]{0,38})"
_REPO = r"[\w.-]{1,100}"
_GIT = re.compile(rf"(?:git\+)?(?:ssh://)?git@github\.com[:/]({_OWNER})/({_REPO}?)(?:\.git)?/?", re.I | re.A)
_GITHUB = re.compile(rf"^/({_OWNER})/({_REPO}?)(?:\.git)?(?:/(.*))?$", re.I | re.A)
#: First parts of GitHub's own pages, which are no owners.
_NO_OWNERS = set(
    "about apps collections customer-stories enterprise events explore features issues login marketplace new "
    "notifications orgs pricing pulls readme search security settings signup site sponsors stars team topics "
    "trending users".split()
)
_OF_THE_REPOSITORY = {"", "tree", "blob", "wiki", "releases", "tags", "branches", "archive", "zipball", "raw"}


def parse_bare(text: str) -> ParsedIdentifier | None:
    if found := _S2_CORPUS.fullmatch(text):
        return _corpus(found[1])
    if found := _GIT.fullmatch(text):
        return _github(found[1], found[2])
    found = _OPENREVIEW_BARE.fullmatch(text)
    return _openreview(found[1]) if found else None


def parse_address(address: Address) -> ParsedIdentifier | None:
    host = address.host.removeprefix("www.")
    if host in ("openreview.net", "api.openreview.net", "api2.openreview.net"):
        return _parse_openreview(address)
    if host in _S2_HOSTS:
        return _parse_semantic_scholar(address)
    if host == "github.com":
        return _parse_github(address)
    if host in ("raw.githubusercontent.com", "raw.github.com"):
        return _parse_raw(address)
    return None


def _parse_openreview(address: Address) -> ParsedIdentifier | None:
    if address.path.rstrip("/") not in _OPENREVIEW_PATHS:
        return None
    for value in address.values("id", "forum"):
        value = value.strip().removesuffix(".pdf")
        if _OPENREVIEW.fullmatch(value):
            return _openreview(value)
    return None


def _openreview(value: str) -> ParsedIdentifier:
    return ParsedIdentifier("openreview", value, url=f"https://openreview.net/forum?id={value}")


def _parse_semantic_scholar(address: Address) -> ParsedIdentifier | None:
    if found := _S2_CORPUS.search(address.path):
        return _corpus(found[1])
    found = _S2_PAPER.search(address.path)
    if not found:
        return None
    value = found[1].lower()
    return ParsedIdentifier("s2", value, url=f"https://www.semanticscholar.org/paper/{value}")


def _corpus(digits: str) -> ParsedIdentifier:
    value = f"CorpusId:{digits}"
    return ParsedIdentifier("s2", value, url=f"https://api.semanticscholar.org/{value}")


def _parse_github(address: Address) -> ParsedIdentifier | None:
    """A repository; a PDF in one is a document of its own, an issue a page of its own."""
    found = _GITHUB.match(address.path)
    if not found or found[1].lower() in _NO_OWNERS:
        return None
    kind, _, rest = (found[3] or "").partition("/")
    if rest.lower().endswith(".pdf") and kind in ("blob", "raw"):
        return _github_file(found[1], found[2], rest)
    return _github(found[1], found[2]) if kind in _OF_THE_REPOSITORY else None


def _parse_raw(address: Address) -> ParsedIdentifier | None:
    found = _GITHUB.match(address.path)
    if not found or not found[3]:
        return None
    rest = found[3].removeprefix("refs/heads/")
    if rest.lower().endswith(".pdf"):
        return _github_file(found[1], found[2], rest)
    return _github(found[1], found[2])


def _github(owner: str, repo: str) -> ParsedIdentifier | None:
    if repo in (".", "..", ""):
        return None
    return ParsedIdentifier("github", f"{owner}/{repo}".lower(), url=f"https://github.com/{owner}/{repo}")


def _github_file(owner: str, repo: str, path: str) -> ParsedIdentifier:
    url = f"https://github.com/{owner}/{repo}/blob/{quote(path, safe='/')}"
    return ParsedIdentifier("url", url, url=url)
