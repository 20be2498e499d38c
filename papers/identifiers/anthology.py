"""The ACL Anthology (aclanthology.org/info/ids): P18-1001 until 2019, 2020.acl-main.1 since."""

import re

from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address

_ACL = r"(?:[a-z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9]+(?:-[a-z0-9]+)*\.\d+)"
_ACL_PATH = re.compile(
    rf"/(?:anthology/|papers/)?(?:[a-z]/[a-z]\d\d/)?({_ACL})(?:v\d)?(?:\.pdf|\.bib|\.xml|\.endf)?(?:/|$)", re.I | re.A
)
_ACL_BARE = re.compile(rf"acl(?:\s+anthology)?(?:\s+id)?\s*:?\s*({_ACL})", re.I | re.A)
#: Without a word before it only what looks like nothing else: the Anthology's own capitals, or a venue by its name.
_ACL_ALONE = re.compile(r"[A-Z]\d{2}-\d{4}|20[2-9]\d\.[a-z][a-z0-9]*(?:-[a-z0-9]+)+\.\d+", re.A)
_HOSTS = (
    "aclanthology.org",
    "aclweb.org",
    "aclanthology.info",
    "aclanthology.coli.uni-saarland.de",
    "preview.aclanthology.org",
)
_DOI_PREFIXES = ("10.18653", "10.3115")


def parse_bare(text: str) -> ParsedIdentifier | None:
    if found := _ACL_BARE.fullmatch(text):
        return _acl(found[1])
    return _acl(text) if _ACL_ALONE.fullmatch(text) else None


def parse_address(address: Address) -> ParsedIdentifier | None:
    found = _ACL_PATH.search(address.path) if address.host.removeprefix("www.") in _HOSTS else None
    return _acl(found[1]) if found else None


def of_doi(prefix: str, suffix: str) -> ParsedIdentifier | None:
    """The Anthology registers its papers as 10.18653/v1/<id>, older ones as 10.3115/v1/<id>."""
    found = re.fullmatch(rf"v1/({_ACL})", suffix, re.I | re.A) if prefix in _DOI_PREFIXES else None
    return _acl(found[1]) if found else None


def doi_of_acl(value: str) -> list[str]:
    """Return the DOIs under which an Anthology paper may be registered, the likelier first."""
    return [f"{prefix}/v1/{value.lower()}" for prefix in _DOI_PREFIXES]


def _acl(text: str) -> ParsedIdentifier:
    value = text.upper() if re.match(r"[a-z]\d\d-", text, re.I) else text.lower()
    return ParsedIdentifier("acl", value, url=f"https://aclanthology.org/{value}/")
