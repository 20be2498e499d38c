"""OpenReview, the ACL Anthology, PubMed and YouTube."""

import re

from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address

#: aclanthology.org/info/ids: P18-1001 until 2019, 2020.acl-main.1 since.
_ACL = r"(?:[a-z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9]+(?:-[a-z0-9]+)*\.\d+)"
_ACL_PATH = re.compile(
    rf"/(?:anthology/|papers/(?:[a-z]/[a-z]\d\d/)?)?({_ACL})(?:v\d)?(?:\.pdf|\.bib)?(?:/|$)", re.I | re.A
)
_ACL_BARE = re.compile(rf"(?:acl(?:\s+anthology)?\s*:?\s*)({_ACL})", re.I | re.A)
_ACL_DOI_PREFIXES = ("10.18653", "10.3115")
_PMID = re.compile(r"pmid\s*:?\s*(\d{1,9})", re.I | re.A)
_OPENREVIEW = re.compile(r"[\w-]{5,40}", re.A)
_VIDEO = re.compile(r"[\w-]{11}", re.A)
_TIME = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?", re.A)


def parse_bare(text: str) -> ParsedIdentifier | None:
    if found := _PMID.fullmatch(text):
        return _pubmed(found[1])
    if found := _ACL_BARE.fullmatch(text):
        return _acl(found[1])
    return None


def parse_address(address: Address) -> ParsedIdentifier | None:
    host = address.host.removeprefix("www.").removeprefix("m.")
    if host == "openreview.net":
        return _parse_openreview(address)
    if host in ("aclanthology.org", "aclweb.org", "aclanthology.info"):
        found = _ACL_PATH.search(address.path)
        return _acl(found[1]) if found else None
    if host == "pubmed.ncbi.nlm.nih.gov" or (host == "ncbi.nlm.nih.gov" and address.path.startswith("/pubmed/")):
        found = re.search(r"/(\d{1,9})(?:/|$)", address.path, re.A)
        return _pubmed(found[1]) if found else None
    if host in ("youtube.com", "youtu.be", "youtube-nocookie.com", "music.youtube.com"):
        return _parse_youtube(address, host)
    return None


def of_doi(prefix: str, suffix: str) -> ParsedIdentifier | None:
    """The Anthology registers its papers as 10.18653/v1/<id>, older ones as 10.3115/v1/<id>."""
    found = re.fullmatch(rf"v1/({_ACL})", suffix, re.I | re.A) if prefix in _ACL_DOI_PREFIXES else None
    return _acl(found[1]) if found else None


def doi_of_acl(value: str) -> list[str]:
    """Return the DOIs under which an Anthology paper may be registered, the likelier first."""
    return [f"{prefix}/v1/{value.lower()}" for prefix in _ACL_DOI_PREFIXES]


def _acl(text: str) -> ParsedIdentifier:
    value = text.upper() if re.match(r"[a-z]\d\d-", text, re.I) else text.lower()
    return ParsedIdentifier("acl", value, url=f"https://aclanthology.org/{value}/")


def _pubmed(digits: str) -> ParsedIdentifier:
    value = digits.lstrip("0") or "0"
    return ParsedIdentifier("pmid", value, url=f"https://pubmed.ncbi.nlm.nih.gov/{value}/")


def _parse_openreview(address: Address) -> ParsedIdentifier | None:
    if address.path.rstrip("/") not in ("/forum", "/pdf", "/references", "/attachment"):
        return None
    for value in address.values("id"):
        if _OPENREVIEW.fullmatch(value):
            return ParsedIdentifier("openreview", value, url=f"https://openreview.net/forum?id={value}")
    return None


def _parse_youtube(address: Address, host: str) -> ParsedIdentifier | None:
    parts = [part for part in address.path.split("/") if part]
    video = ""
    if host == "youtu.be" and parts:
        video = parts[0]
    elif parts and parts[0] in ("embed", "shorts", "live", "v", "e") and len(parts) > 1:
        video = parts[1]
    elif parts == ["watch"]:
        video = next(iter(address.values("v")), "")
    if not _VIDEO.fullmatch(video):
        return None
    seconds = _seconds(next(iter(address.values("t", "start", "time_continue")), ""))
    at = f"&t={seconds}s" if seconds else ""
    return ParsedIdentifier("youtube", video, url=f"https://www.youtube.com/watch?v={video}{at}")


def _seconds(text: str) -> int:
    found = _TIME.fullmatch(text[:20])
    if not found:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds
