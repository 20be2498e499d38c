"""What a source says about a paper, and what it may say instead."""

from dataclasses import dataclass
from datetime import date

from papers.identifiers import ParsedIdentifier


class MetadataNotFound(Exception):
    """The source knows no such work; the message is a sentence for members."""


class MetadataNotOffered(MetadataNotFound):
    """There is no source for identifiers of this scheme."""


class MetadataUnavailable(Exception):
    """`source` could not be asked or answered nonsense; it asked for `retry_after` seconds of patience, or None."""

    def __init__(self, source: str, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.source, self.retry_after = source, retry_after


class SourceBusy(MetadataUnavailable):
    """It is not our turn yet; the source was not asked."""


@dataclass(frozen=True)
class AuthorName:
    name: str
    orcid: str = ""


@dataclass(frozen=True)
class PaperLink:
    kind: str
    url: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperMetadata:
    """Clean text throughout: no markup, one line where one is meant. The abstract may hold TeX between dollars."""

    source: str
    title: str
    kind: str = "article"
    authors: tuple[AuthorName, ...] = ()
    abstract: str = ""
    published_on: date | None = None
    published_precision: str = "day"
    venue: str = ""
    language: str = ""
    links: tuple[PaperLink, ...] = ()
    identifiers: tuple[ParsedIdentifier, ...] = ()
