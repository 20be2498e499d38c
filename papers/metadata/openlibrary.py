"""Books by ISBN from Open Library (openlibrary.org/dev/docs/api/books)."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from papers.metadata.answers import AuthorName, MetadataNotFound, PaperLink, PaperMetadata
from papers.metadata.asking import ask, read_json, unreadable
from papers.metadata.text import one_line, paragraphs
from papers.metadata.values import authors, dated, first_line, items, mapping, mappings, natural_name
from readinggroup.fetching import Pace

SOURCE = "Open Library"


def load(isbn: str) -> PaperMetadata:
    """Return what Open Library says about the book. Raises MetadataNotFound, MetadataUnavailable."""
    query = {"bibkeys": f"ISBN:{isbn}", "format": "json", "jscmd": "data"}
    body = ask(
        SOURCE,
        f"{settings.SOURCE_URLS['open_library']}?{urlencode(query)}",
        accept="application/json",
        pace=Pace("openlibrary", settings.SOURCE_SECONDS_PER_REQUEST),
        not_found=not_found(isbn),
    )
    return read_books(body, isbn)


def not_found(isbn: str) -> str:
    return f"Open Library knows no book with the ISBN {isbn}. Check it, or fill in the title yourself."


def read_books(body: bytes, isbn: str) -> PaperMetadata:
    """Return the book in an answer; an unknown ISBN is answered with status 200 and nothing in it."""
    answer = read_json(SOURCE, body)
    if not isinstance(answer, dict):
        raise unreadable(SOURCE)
    # /isbn/<number>.json answers with the edition itself.
    book = answer if "publishers" in answer and "title" in answer else mapping(answer.get(f"ISBN:{isbn}"))
    title, subtitle = one_line(book.get("title"), 500), one_line(book.get("subtitle"), 200)
    if not title:
        raise MetadataNotFound(not_found(isbn))
    published_on, precision = dated(book.get("publish_date"))
    return PaperMetadata(
        source=SOURCE,
        title=f"{title}: {subtitle}"[:600] if subtitle and subtitle.casefold() not in title.casefold() else title,
        kind="book",
        authors=authors(_people(book)),
        abstract=paragraphs(_text(book.get("description"))),
        published_on=published_on,
        published_precision=precision,
        venue=first_line([_text(publisher) for publisher in items(book.get("publishers"))]),
        links=(PaperLink("page", f"https://openlibrary.org/isbn/{isbn}", "Open Library"),),
    )


def _people(book: dict[str, Any]) -> list[AuthorName]:
    people = [AuthorName(natural_name(person.get("name"))) for person in mappings(book.get("authors"))]
    stated = one_line(book.get("by_statement"), 300).removeprefix("by ").rstrip(".")
    return people or ([AuthorName(stated)] if stated else [])


def _text(value: Any) -> Any:
    """A text, or the text in an object that says of which type it is."""
    return value.get("value") or value.get("name") if isinstance(value, dict) else value
