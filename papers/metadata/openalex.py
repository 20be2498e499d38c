"""OpenAlex (docs.openalex.org/api-entities/works): what others leave open, above all abstracts."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from papers.licences import licence_of
from papers.metadata.answers import AuthorName, MetadataNotFound, Notice, PaperMetadata
from papers.metadata.asking import ask, read_json, unreadable
from papers.metadata.text import one_line, paragraphs
from papers.metadata.values import authors, dated, language, mapping, mappings, natural_name, orcid
from readinggroup.fetching import Pace

SOURCE = "OpenAlex"
MAX_WORDS = 5_000

_KINDS = {"book": "book", "dissertation": "thesis", "dataset": "other"}


def load(doi: str) -> PaperMetadata:
    """Return what OpenAlex says about the work. Raises MetadataNotFound, MetadataUnavailable."""
    contact = "?" + urlencode({"mailto": settings.FETCH_CONTACT}) if settings.FETCH_CONTACT else ""
    body = ask(
        SOURCE,
        f"{settings.SOURCE_URLS['openalex'].rstrip('/')}/https://doi.org/{quote(doi, safe='/:()')}{contact}",
        accept="application/json",
        pace=Pace("openalex", settings.SOURCE_SECONDS_PER_REQUEST),
        not_found=f"OpenAlex knows no DOI {doi}. Check it, or fill in the title yourself.",
    )
    return read_work(body)


def read_work(body: bytes) -> PaperMetadata:
    """Return the work in OpenAlex's answer."""
    work = read_json(SOURCE, body)
    if not isinstance(work, dict):
        raise unreadable(SOURCE)
    title = one_line(work.get("title"), 600) or one_line(work.get("display_name"), 600)
    if not title:
        raise MetadataNotFound("OpenAlex has no title for this work. Fill in the title yourself.")
    published_on, precision = dated(work.get("publication_date") or work.get("publication_year"))
    place = mapping(mapping(work.get("primary_location")).get("source"))
    kind = work.get("type")
    return PaperMetadata(
        source=SOURCE,
        title=title,
        kind=_KINDS.get(kind, "article") if isinstance(kind, str) else "article",
        authors=authors(_people(work.get("authorships"))),
        abstract=_abstract(work.get("abstract_inverted_index")),
        published_on=published_on,
        published_precision=precision,
        venue=one_line(place.get("display_name"), 300),
        language=language(work.get("language")),
        licence=licence_of(mapping(work.get("primary_location")).get("license")),
        notices=(Notice("retraction", "", "", SOURCE),) if work.get("is_retracted") is True else (),
    )


def _people(value: Any) -> Iterator[AuthorName]:
    for place in mappings(value):
        author = mapping(place.get("author"))
        name = natural_name(place.get("raw_author_name")) or natural_name(author.get("display_name"))
        if name:
            yield AuthorName(name, orcid(author.get("orcid")))


def _abstract(index: Any) -> str:
    """Words by their places, as OpenAlex gives abstracts."""
    places: dict[int, str] = {}
    for word, positions in mapping(index).items():
        for position in positions if isinstance(positions, list) else ():
            if type(position) is int and 0 <= position < MAX_WORDS:
                places[position] = word
    return paragraphs(" ".join(places[position] for position in sorted(places)))
