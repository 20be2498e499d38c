"""arXiv's Atom feed (info.arxiv.org/help/api/user-manual.html)."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree
from django.conf import settings

from papers.identifiers import NotAnIdentifier, ParsedIdentifier, parse_identifier
from papers.metadata.answers import AuthorName, MetadataNotFound, MetadataUnavailable, PaperLink, PaperMetadata
from papers.metadata.asking import ask
from papers.metadata.text import one_line, paragraphs
from readinggroup.fetching import Pace

SOURCE = "arXiv"
MAX_AUTHORS = 3_000

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"


def load(arxiv_id: str) -> PaperMetadata:
    """Return what arXiv says about the paper, the newest version. Raises MetadataNotFound, MetadataUnavailable."""
    query = {
        "search_query": "",
        "id_list": arxiv_id,
        "sortBy": "relevance",
        "sortOrder": "descending",
        "start": 0,
        "max_results": 100,
    }
    body = ask(
        SOURCE,
        f"{settings.ARXIV_API_URL}?{urlencode(query)}",
        accept="application/atom+xml",
        pace=Pace("arxiv", settings.ARXIV_SECONDS_PER_REQUEST),
        not_found=not_found(arxiv_id),
    )
    return read_feed(body, arxiv_id)


def not_found(arxiv_id: str) -> str:
    return f"arXiv knows no paper {arxiv_id}. Check the id, or fill in the title yourself."


def read_feed(body: bytes, arxiv_id: str) -> PaperMetadata:
    """Return the entry of `arxiv_id` in an Atom feed.

    An unknown id is answered with status 200: by a feed without entries, by an entry whose id lies below /api/errors,
    or by one without a title. So neither the status nor the title "Error" decides.
    """
    try:
        feed = SafeTree.fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise MetadataUnavailable(SOURCE, "arXiv gave an answer that could not be read") from error
    if feed.tag != f"{_ATOM}feed":
        raise MetadataUnavailable(SOURCE, "arXiv gave an answer that could not be read")
    for entry in feed.iterfind(f"{_ATOM}entry"):
        if _id_of(entry) == arxiv_id and one_line(entry.findtext(f"{_ATOM}title")):
            return _read_entry(entry, arxiv_id)
    raise MetadataNotFound(not_found(arxiv_id))


def _id_of(entry: Element) -> str:
    address = entry.findtext(f"{_ATOM}id") or ""
    if "/abs/" not in address:
        return ""
    try:
        return parse_identifier(address).value
    except NotAnIdentifier:
        return ""


def _read_entry(entry: Element, arxiv_id: str) -> PaperMetadata:
    return PaperMetadata(
        source=SOURCE,
        title=one_line(entry.findtext(f"{_ATOM}title"), 600),
        authors=tuple(_authors(entry)),
        abstract=paragraphs(entry.findtext(f"{_ATOM}summary")),
        published_on=_day(entry.findtext(f"{_ATOM}published")),
        venue=one_line(entry.findtext(f"{_ARXIV}journal_ref"), 300) or "arXiv",
        links=(
            PaperLink("page", f"https://arxiv.org/abs/{arxiv_id}", "arXiv"),
            PaperLink("pdf", f"https://arxiv.org/pdf/{arxiv_id}", "PDF at arXiv"),
        ),
        identifiers=tuple(_dois(entry)),
    )


def _authors(entry: Element) -> Iterator[AuthorName]:
    for author in list(entry.iterfind(f"{_ATOM}author"))[:MAX_AUTHORS]:
        name = one_line(author.findtext(f"{_ATOM}name"), 300)
        # Collaborations are followed by an "author" that is only a colon.
        if any(character.isalpha() for character in name):
            yield AuthorName(name)


def _dois(entry: Element) -> Iterator[ParsedIdentifier]:
    for text in (entry.findtext(f"{_ARXIV}doi") or "").split():
        try:
            found = parse_identifier(text)
        except NotAnIdentifier:
            continue
        if found.scheme in ("doi", "acl"):
            yield found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None
