"""OpenReview's notes (docs.openreview.net/reference/api-v2); the second interface wraps each value."""

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from papers.metadata.answers import AuthorName, MetadataNotFound, Notice, PaperLink, PaperMetadata
from papers.metadata.asking import ask, read_json, unreadable
from papers.metadata.text import one_line, paragraphs
from papers.metadata.values import authors, items, mapping, mappings, natural_name
from readinggroup.fetching import Pace

SOURCE = "OpenReview"


def load(forum: str) -> PaperMetadata:
    """Return what OpenReview says about a submission. Raises MetadataNotFound, MetadataUnavailable."""
    url = settings.SOURCE_URLS["openreview"]
    older = url.replace("//api2.", "//api.")
    try:
        return read_notes(_ask(url, forum), forum)
    except MetadataNotFound:
        # Venues before 2023 are known to the first interface only.
        if older == url:
            raise
        return read_notes(_ask(older, forum), forum)


def _ask(base: str, forum: str) -> bytes:
    return ask(
        SOURCE,
        f"{base}?{urlencode({'id': forum})}",
        accept="application/json",
        pace=Pace("openreview", settings.SOURCE_SECONDS_PER_REQUEST),
        not_found=not_found(forum),
    )


def not_found(forum: str) -> str:
    return f"OpenReview shows no submission {forum}. Check the link, or fill in the title yourself."


def read_notes(body: bytes, forum: str) -> PaperMetadata:
    """Return the submission among the notes of an answer."""
    answer = read_json(SOURCE, body)
    if not isinstance(answer, dict):
        raise unreadable(SOURCE)
    for note in mappings(answer.get("notes")):
        content = mapping(note.get("content"))
        title = one_line(_value(content.get("title")), 600)
        if title and note.get("id", forum) == forum:
            return _read(note, content, title, forum)
    raise MetadataNotFound(not_found(forum))


def _read(note: dict[str, Any], content: dict[str, Any], title: str, forum: str) -> PaperMetadata:
    people = [AuthorName(natural_name(name)) for name in items(_value(content.get("authors")))]
    venue = one_line(_value(content.get("venue")), 300)
    withdrawn = "withdrawn" in venue.lower() or bool(_value(content.get("withdrawal_confirmation")))
    return PaperMetadata(
        source=SOURCE,
        title=title,
        authors=authors(person for person in people if person.name.lower() not in ("anonymous", "anonymous authors")),
        abstract=paragraphs(_value(content.get("abstract"))),
        published_on=_day(note.get("pdate") or note.get("odate") or note.get("cdate") or note.get("tcdate")),
        venue=venue or "OpenReview",
        links=_links(forum, has_pdf=bool(_value(content.get("pdf")))),
        notices=(Notice("withdrawal", venue, "", SOURCE),) if withdrawn else (),
    )


def _links(forum: str, *, has_pdf: bool) -> tuple[PaperLink, ...]:
    page = PaperLink("page", f"https://openreview.net/forum?id={forum}", "OpenReview")
    return (
        (page, PaperLink("pdf", f"https://openreview.net/pdf?id={forum}", "PDF at OpenReview")) if has_pdf else (page,)
    )


def _value(stated: Any) -> Any:
    return stated.get("value") if isinstance(stated, dict) else stated


def _day(milliseconds: Any) -> date | None:
    if not isinstance(milliseconds, int | float) or not 0 < milliseconds < 7_000_000_000_000:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date()
