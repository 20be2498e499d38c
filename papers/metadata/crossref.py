"""Crossref's REST API (github.com/CrossRef/rest-api-doc, api_format.md)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from papers.identifiers import NotAnIdentifier, ParsedIdentifier, parse_identifier
from papers.identifiers.dois import doi_url
from papers.licences import licence_of
from papers.metadata.answers import AuthorName, MetadataNotFound, Notice, PaperLink, PaperMetadata
from papers.metadata.asking import ask, read_json, unreadable
from papers.metadata.text import one_line, paragraphs
from papers.metadata.values import (
    MAX_AUTHORS,
    authors,
    exact,
    first_line,
    full_name,
    items,
    language,
    mapping,
    mappings,
    orcid,
)
from readinggroup.fetching import Pace

SOURCE = "Crossref"

_BOOKS = {"book", "monograph", "edited-book", "reference-book", "book-set", "book-series"}
_DATES = ("issued", "published", "published-print", "published-online")
#: Crossref's kinds of update (crossref.org/documentation/crossmark), as far as readers should know of them.
_UPDATES = {
    "retraction": "retraction", "partial_retraction": "retraction", "removal": "retraction", "withdrawal": "withdrawal",
    "expression_of_concern": "concern", "correction": "correction", "corrigendum": "correction",
    "erratum": "correction", "addendum": "correction", "new_version": "version", "new_edition": "version",
}  # fmt: skip


def load(doi: str) -> PaperMetadata:
    """Return what Crossref says about the work. Raises MetadataNotFound, MetadataUnavailable."""
    contact = "?" + urlencode({"mailto": settings.FETCH_CONTACT}) if settings.FETCH_CONTACT else ""
    body = ask(
        SOURCE,
        f"{settings.CROSSREF_API_URL.rstrip('/')}/{quote(doi, safe='/:()')}{contact}",
        accept="application/json",
        pace=Pace("crossref", settings.CROSSREF_SECONDS_PER_REQUEST),
        not_found=not_found(doi),
    )
    return read_work(body, doi)


def not_found(doi: str) -> str:
    return f"Crossref knows no DOI {doi}. Check it, or fill in the title yourself."


def read_work(body: bytes, doi: str) -> PaperMetadata:
    """Return the work in Crossref's answer; every field of it may be missing, null or of another type."""
    answer = read_json(SOURCE, body)
    # Asked for CSL-JSON, Crossref answers with the work itself.
    work = answer.get("message", answer if "DOI" in answer else None) if isinstance(answer, dict) else None
    if not isinstance(work, dict):
        raise unreadable(SOURCE)
    title = _title(work)
    if not title:
        raise MetadataNotFound(f"Crossref has no title for the DOI {doi}. Fill in the title yourself.")
    published_on, precision = _date(work)
    return PaperMetadata(
        source=SOURCE,
        title=title,
        kind=_kind(work.get("type")),
        authors=authors(_people(work.get("author"))) or authors(_people(work.get("editor"))),
        abstract=paragraphs(work.get("abstract")),
        published_on=published_on,
        published_precision=precision,
        venue=_venue(work),
        language=language(work.get("language")),
        licence=next(filter(None, (licence_of(item.get("URL")) for item in mappings(work.get("license")))), ""),
        links=(PaperLink("page", doi_url(doi), "Publisher"),),
        identifiers=tuple(_identifiers(work)),
        notices=tuple(_notices(work)),
    )


def _title(work: dict[str, Any]) -> str:
    title, subtitle = first_line(work.get("title"), 600), first_line(work.get("subtitle"), 300)
    if subtitle and subtitle.casefold() not in title.casefold():
        separator = " " if title.endswith((":", "?", "!")) else ": "
        title = f"{title}{separator}{subtitle}" if title else subtitle
    return title[:600]


def _people(value: Any) -> Iterator[AuthorName]:
    for person in list(mappings(value))[:MAX_AUTHORS]:
        name = full_name(person.get("given"), person.get("family"), person.get("suffix")) or one_line(
            person.get("name"), 300
        )
        if name:
            yield AuthorName(name, orcid(person.get("ORCID")))


def _date(work: dict[str, Any]) -> tuple[date | None, str]:
    """The first date that is one, as exact as it is given; an unknown date is `[[null]]`."""
    for name in _DATES:
        parts = items(mapping(work.get(name)).get("date-parts"))
        numbers = [part for part in items(parts[0] if parts else None) if type(part) is int]
        day, precision = exact(numbers)
        if day:
            return day, precision
    return None, "day"


def _venue(work: dict[str, Any]) -> str:
    candidates = (
        work.get("container-title"),
        mapping(work.get("event")).get("name"),
        [item.get("name") for item in mappings(work.get("institution"))],
        work.get("publisher"),
    )
    return next((line for line in map(first_line, candidates) if line), "")


def _kind(kind: Any) -> str:
    if isinstance(kind, str) and kind in _BOOKS:
        return "book"
    return "thesis" if kind == "dissertation" else "article"


def _identifiers(work: dict[str, Any]) -> Iterator[ParsedIdentifier]:
    """The preprint of which this is the published form."""
    for item in items(mapping(work.get("relation")).get("has-preprint"))[:5]:
        name = item.get("id") if isinstance(item, dict) else None
        found = _parsed(name)
        if found and found.scheme == "arxiv":
            yield found


def _notices(work: dict[str, Any]) -> Iterator[Notice]:
    """What was published about this work later: retractions, corrections, the article of a preprint."""
    for update in list(mappings(work.get("updated-by")))[:20]:
        kind = update.get("type")
        notice = _UPDATES.get(kind.lower().replace("-", "_")) if isinstance(kind, str) else None
        found = _parsed(update.get("DOI"))
        if notice:
            yield Notice(notice, first_line(update.get("label"), 200), found.url if found else "", SOURCE)
    for item in list(mappings(mapping(work.get("relation")).get("is-preprint-of")))[:5]:
        found = _parsed(item.get("id"))
        if found:
            yield Notice("publication", "", found.url, SOURCE)


def _parsed(name: Any) -> ParsedIdentifier | None:
    try:
        return parse_identifier(name) if isinstance(name, str) else None
    except NotAnIdentifier:
        return None
