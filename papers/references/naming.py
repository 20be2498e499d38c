"""Under which names a file knows a work: identifiers in their canonical spelling, the most lasting first."""

import re

from papers.identifiers import NotAnIdentifier, ParsedIdentifier, parse_identifier
from papers.references.reference import Reference, ReferenceFile

#: A work goes by the first of its names in this order.
_ORDER = ("doi", "arxiv", "acl", "openreview", "pmid", "pmc", "isbn", "s2", "github", "youtube", "vimeo", "url")
_CALLED = {"doi": "DOI", "arxiv": "arXiv id", "isbn": "ISBN", "pmid": "PubMed id", "pmc": "PubMed Central id"}
_PREFIX = {"doi": "doi:", "arxiv": "arXiv:", "isbn": "ISBN ", "pmid": "pmid:", "pmc": ""}
#: What the notes of reference managers say of identifiers: "arXiv:1706.03762 [cs]", "DOI: 10.1/x".
_SAID = re.compile(
    r"^(?:\[?(?P<name>doi|pmid|pmcid|isbn|arxiv(?:\s+id)?|eprint)\]?\s*:\s*)(?P<value>\S+)(?:\s*\[[\w.,\s-]+\])?\s*$",
    re.I,
)
_OF_MANAGERS = re.compile(
    r"^(?:citation key|publisher|type|version|original-date|ADS Bibcode|_eprint|zscc|Read_Status|tex\.\w+)\s*:.*$", re.I
)
_ARXIV = re.compile(
    r"\barxiv(?:\s+preprint)?(?:\s+arxiv)?\s*:?\s*((?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)", re.I
)
_CORR = re.compile(r"\babs/((?:[a-z-]+/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)", re.I)


def name_work(reference: Reference, file: ReferenceFile, names: dict[str, str]) -> None:
    """Read the identifiers in `names` (by scheme, and `url`); what is none is told and left out."""
    found: list[ParsedIdentifier] = []
    for scheme, prefix in _PREFIX.items():
        for value in _values(scheme, names.get(scheme, "")):
            named = _parsed(
                value if value.lower().startswith(("http", prefix.strip().lower() or "http")) else prefix + value
            )
            if named is None or named.scheme in {"url", "github"}:
                file.warn(reference.line, value, f"this is no {_CALLED[scheme]}; it was left out")
            else:
                found.append(named)
    url = _parsed(names.get("url", "")) if names.get("url", "").lower().startswith(("http://", "https://")) else None
    if url is not None:
        reference.address = reference.address or names["url"].strip()
        if url.scheme == "isbn" and reference.kind != "book":
            url = None
        elif (url.scheme == "url" and found) or url.scheme in {named.scheme for named in found}:
            # The page of a work that has a better name is only a place to read it.
            url = None
    elif names.get("url", "").strip():
        file.warn(reference.line, names["url"], "this is no web address; it was left out")
    found += [url] if url else []
    unique: dict[tuple[str, str], ParsedIdentifier] = {}
    for named in found:
        unique.setdefault((named.scheme, named.value), named)
    reference.identifiers = sorted(unique.values(), key=lambda named: _ORDER.index(named.scheme))


def _values(scheme: str, text: str) -> list[str]:
    """The single names in a field: several ISBNs stand in one."""
    text = text.strip()
    if not text:
        return []
    if scheme == "isbn":
        return [part for part in re.split(r"[,;/]|\s{1,3}(?=97[89]|\d{9,})|\(.*?\)", text) if part and part.strip()][
            :10
        ]
    return [re.sub(r"\s+", "", text) if scheme == "doi" else text.split()[0]]


def _parsed(text: str) -> ParsedIdentifier | None:
    try:
        return parse_identifier(text[:2_000])
    except NotAnIdentifier:
        return None


def arxiv_in(*texts: str) -> str:
    """The arXiv id that a journal, volume or note names, as in "arXiv preprint arXiv:1706.03762"."""
    for text in texts:
        found = _ARXIV.search(text) or (_CORR.search(text) if "abs/" in text else None)
        if found:
            return found[1]
    return ""


def is_arxiv_venue(venue: str) -> bool:
    """Whether a venue only says that the work is a preprint there."""
    return bool(re.match(r"^(?:arxiv|corr\b|computing research repository)", venue.strip(), re.I))


def take_said(note: str, names: dict[str, str]) -> str:
    """Move the identifiers that stand in lines of a note to `names`, and return what is left of it."""
    kept = []
    for line in note.split("\n"):
        said = _SAID.match(line.strip())
        if said:
            scheme = {"pmcid": "pmc", "eprint": "arxiv"}.get(said["name"].lower(), said["name"].lower().split()[0])
            names[scheme] = names.get(scheme) or said["value"].removeprefix("arXiv:")
        elif not _OF_MANAGERS.match(line.strip()):
            kept.append(line)
    return "\n".join(kept).strip()
