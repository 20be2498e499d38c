"""Crossref's REST API (github.com/CrossRef/rest-api-doc, api_format.md)."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from papers.identifiers import NotAnIdentifier, ParsedIdentifier, parse_identifier
from papers.identifiers.dois import doi_url
from papers.metadata.answers import AuthorName, MetadataNotFound, MetadataUnavailable, PaperLink, PaperMetadata
from papers.metadata.asking import ask
from papers.metadata.text import one_line, paragraphs
from readinggroup.fetching import Pace

SOURCE = "Crossref"
MAX_AUTHORS = 3_000

_BOOKS = {"book", "monograph", "edited-book", "reference-book", "book-set", "book-series"}
_DATES = ("issued", "published", "published-print", "published-online")


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
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MetadataUnavailable(SOURCE, "Crossref gave an answer that could not be read") from error
    work = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(work, dict):
        raise MetadataUnavailable(SOURCE, "Crossref gave an answer that could not be read")
    title = _title(work)
    if not title:
        raise MetadataNotFound(f"Crossref has no title for the DOI {doi}. Fill in the title yourself.")
    published_on, precision = _date(work)
    return PaperMetadata(
        source=SOURCE,
        title=title,
        kind=_kind(work.get("type")),
        authors=tuple(_people(work.get("author"))) or tuple(_people(work.get("editor"))),
        abstract=paragraphs(work.get("abstract")),
        published_on=published_on,
        published_precision=precision,
        venue=_venue(work),
        language=_language(work.get("language")),
        links=(PaperLink("page", doi_url(doi), "Publisher"),),
        identifiers=tuple(_identifiers(work)),
    )


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _first_line(value: Any, limit: int = 300) -> str:
    return next((line for line in (one_line(item, limit) for item in _items(value)) if line), "")


def _title(work: dict[str, Any]) -> str:
    title, subtitle = _first_line(work.get("title"), 600), _first_line(work.get("subtitle"), 300)
    if subtitle and subtitle.casefold() not in title.casefold():
        separator = " " if title.endswith((":", "?", "!")) else ": "
        title = f"{title}{separator}{subtitle}" if title else subtitle
    return title[:600]


def _people(value: Any) -> Iterator[AuthorName]:
    for person in _items(value)[:MAX_AUTHORS]:
        if not isinstance(person, dict):
            continue
        parts = (person.get("given"), person.get("family"), person.get("suffix"))
        name = " ".join(filter(None, map(one_line, parts))) or one_line(person.get("name"))
        if name:
            yield AuthorName(name[:300], _orcid(person.get("ORCID")))


def _orcid(value: Any) -> str:
    found = re.search(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]$", value, re.A) if isinstance(value, str) else None
    return found[0] if found else ""


def _date(work: dict[str, Any]) -> tuple[date | None, str]:
    """The first date that is one, as exact as it is given; an unknown date is `[[null]]`."""
    for name in _DATES:
        stated = work.get(name)
        parts = _items(stated.get("date-parts")) if isinstance(stated, dict) else []
        numbers = [part for part in _items(parts[0] if parts else None) if type(part) is int]
        if numbers and 1000 <= numbers[0] <= 2200:
            return _as_exact_as_given(numbers)
    return None, "day"


def _as_exact_as_given(numbers: list[int]) -> tuple[date, str]:
    for length, precision in ((3, "day"), (2, "month")):
        if len(numbers) >= length:
            try:
                return date(*(numbers[:length] + [1] * (3 - length))), precision
            except (ValueError, OverflowError):
                continue
    return date(numbers[0], 1, 1), "year"


def _venue(work: dict[str, Any]) -> str:
    event = work.get("event")
    institutions = [item.get("name") for item in _items(work.get("institution")) if isinstance(item, dict)]
    candidates = (
        work.get("container-title"),
        event.get("name") if isinstance(event, dict) else None,
        institutions,
        work.get("publisher"),
    )
    return next((line for line in map(_first_line, candidates) if line), "")


def _kind(kind: Any) -> str:
    if isinstance(kind, str) and kind in _BOOKS:
        return "book"
    return "thesis" if kind == "dissertation" else "article"


def _language(value: Any) -> str:
    return value.lower() if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?", value) else ""


def _identifiers(work: dict[str, Any]) -> Iterator[ParsedIdentifier]:
    """The preprint of which this is the published form."""
    relation = work.get("relation")
    related = _items(relation.get("has-preprint")) if isinstance(relation, dict) else []
    for item in related[:5]:
        name = item.get("id") if isinstance(item, dict) else None
        try:
            found = parse_identifier(name) if isinstance(name, str) else None
        except NotAnIdentifier:
            continue
        if found and found.scheme == "arxiv":
            yield found
