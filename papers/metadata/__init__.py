"""Title, authors, abstract, date and venue from outside.

One small module per source behind one function; `sources` says who is asked about what and who is believed.
"""

from papers.identifiers import ParsedIdentifier
from papers.metadata import arxiv
from papers.metadata.answers import (
    AuthorName,
    MetadataNotFound,
    MetadataNotOffered,
    MetadataUnavailable,
    Notice,
    PaperLink,
    PaperMetadata,
    SourceBusy,
)
from papers.metadata.sources import ASKED, Known, describe

__all__ = [
    "AuthorName",
    "Known",
    "MetadataNotFound",
    "MetadataNotOffered",
    "MetadataUnavailable",
    "Notice",
    "PaperLink",
    "PaperMetadata",
    "SourceBusy",
    "arxiv",
    "describe",
    "has_source",
    "load_metadata",
]


def has_source(scheme: str) -> bool:
    """Whether any source knows identifiers of this scheme."""
    return scheme in ASKED


def load_metadata(identifier: ParsedIdentifier) -> PaperMetadata:
    """Ask the sources for what `identifier` names.

    Raises MetadataNotFound when none knows such a work, MetadataNotOffered when there is no source for such
    identifiers, MetadataUnavailable when it is worth asking again later.
    """
    return describe([identifier])
