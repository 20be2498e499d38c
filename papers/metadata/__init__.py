"""Title, authors, abstract, date and venue from outside.

One small module per source behind one function; which source is asked follows from the identifier.
"""

from papers.identifiers import ParsedIdentifier, doi_of_acl
from papers.metadata import arxiv, crossref
from papers.metadata.answers import (
    AuthorName,
    MetadataNotFound,
    MetadataNotOffered,
    MetadataUnavailable,
    PaperLink,
    PaperMetadata,
    SourceBusy,
)

__all__ = [
    "AuthorName",
    "MetadataNotFound",
    "MetadataNotOffered",
    "MetadataUnavailable",
    "PaperLink",
    "PaperMetadata",
    "SourceBusy",
    "has_source",
    "load_metadata",
]

_SCHEMES = ("arxiv", "doi", "acl")


def has_source(scheme: str) -> bool:
    """Whether any source knows identifiers of this scheme."""
    return scheme in _SCHEMES


def load_metadata(identifier: ParsedIdentifier) -> PaperMetadata:
    """Ask the source for what `identifier` names.

    Raises MetadataNotFound when the source knows no such work, MetadataNotOffered when there is no source for such
    identifiers, MetadataUnavailable when it is worth asking again later.
    """
    match identifier.scheme:
        case "arxiv":
            return arxiv.load(identifier.value)
        case "doi":
            return crossref.load(identifier.value)
        case "acl":
            return _load_first(doi_of_acl(identifier.value))
    raise MetadataNotOffered("No source we ask describes such addresses. Fill in the title yourself.")


def _load_first(dois: list[str]) -> PaperMetadata:
    for doi in dois[:-1]:
        try:
            return crossref.load(doi)
        except MetadataNotFound:
            continue
    return crossref.load(dois[-1])
