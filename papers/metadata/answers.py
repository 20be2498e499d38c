"""What a source says about a paper, and what it may say instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from papers.identifiers import ParsedIdentifier


class MetadataNotFound(Exception):
    """The source knows no such work; the message is a sentence for members."""


class MetadataNotOffered(MetadataNotFound):
    """There is no source for identifiers of this scheme, or nothing to be told about such an address."""


class MetadataUnavailable(Exception):
    """`source` could not be asked or answered nonsense; it asked for `retry_after` seconds of patience, or None."""

    def __init__(
        self, source: str, message: str, *, retry_after: float | None = None, has_answered: bool = True
    ) -> None:
        super().__init__(message)
        self.source, self.retry_after, self.has_answered = source, retry_after, has_answered


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


@dataclass(frozen=True)
class Notice:
    """Something that happened to the paper after it appeared; `kind` as in `PaperNotice.Kind`."""

    kind: str
    detail: str = ""
    url: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperMetadata:
    """Clean text throughout: no markup, one line where one is meant. The abstract may hold TeX between dollars.

    `version` is the newest of a preprint. `sources` says which source each field came from; a field that it leaves
    out came from `source`.
    """

    source: str
    title: str = ""
    kind: str = "article"
    authors: tuple[AuthorName, ...] = ()
    abstract: str = ""
    published_on: date | None = None
    published_precision: str = "day"
    venue: str = ""
    language: str = ""
    licence: str = ""
    links: tuple[PaperLink, ...] = ()
    identifiers: tuple[ParsedIdentifier, ...] = ()
    notices: tuple[Notice, ...] = ()
    version: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether a card needs nothing more: no other source is bothered then."""
        return bool(self.title and self.authors and self.published_on and self.abstract)

    def source_of(self, name: str) -> str:
        return self.sources.get(name, self.source)


#: Fields that are taken whole from the most trusted source that knows them.
MERGED = ("title", "authors", "abstract", "published_on", "venue", "language", "licence")
_NO_FIELDS = ("version",)


def merge(answers: Iterable[PaperMetadata]) -> PaperMetadata:
    """Return one answer out of several, the most trusted first: each field from the first that knows it."""
    first, *others = answers
    sources = {name: first.source_of(name) for name in ("kind", *MERGED) if getattr(first, name)}
    merged = first
    for other in others:
        for name in (*MERGED, *_NO_FIELDS):
            if not getattr(merged, name) and getattr(other, name):
                merged = replace(merged, **{name: getattr(other, name)})
                if name in MERGED:
                    sources[name] = other.source_of(name)
                if name == "published_on":
                    merged = replace(merged, published_precision=other.published_precision)
        merged = replace(
            merged,
            links=_without_repeats((*merged.links, *other.links), lambda link: link.url),
            identifiers=_without_repeats((*merged.identifiers, *other.identifiers), lambda i: (i.scheme, i.value)),
            notices=_without_repeats((*merged.notices, *other.notices), lambda n: (n.kind, n.url)),
        )
    return replace(merged, sources=sources)


def _without_repeats(items: Iterable, key) -> tuple:  # type: ignore[no-untyped-def]
    found: dict[object, object] = {}
    for item in items:
        found.setdefault(key(item), item)
    return tuple(found.values())
