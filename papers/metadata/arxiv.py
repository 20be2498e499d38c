"""arXiv's Atom feed (info.arxiv.org/help/api/user-manual.html)."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree
from django.conf import settings

from papers.identifiers import NotAnIdentifier, ParsedIdentifier, parse_identifier
from papers.metadata.answers import AuthorName, MetadataNotFound, Notice, PaperLink, PaperMetadata, SourceBusy
from papers.metadata.asking import ask, unreadable
from papers.metadata.text import one_line, paragraphs
from readinggroup import fetching
from readinggroup.fetching import Pace

SOURCE = "arXiv"
MAX_AUTHORS = 3_000
#: So many ids go in one request; arXiv's own limit on answers is far higher, that on addresses is not.
MOST_IDS = 100

_WITHDRAWN = re.compile(
    r"(?:this|the|our) (?:paper|article|submission|manuscript|preprint|work|version) (?:has been|is|was) withdrawn|"
    r"^withdrawn|\bwithdrawn by|has been withdrawn|\(withdrawn\)",
    re.I,
)
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"


def load(arxiv_id: str) -> PaperMetadata:
    """Return what arXiv says about the paper, the newest version. Raises MetadataNotFound, MetadataUnavailable."""
    wait_for_turn()
    found = load_many([arxiv_id])[arxiv_id]
    if isinstance(found, MetadataNotFound):
        raise found
    return found


def wait_for_turn() -> None:
    """Wait until arXiv may be asked, so that all who joined meanwhile go in one request. Raises SourceBusy."""
    try:
        fetching.wait_for_turn(Pace("arxiv", settings.ARXIV_SECONDS_PER_REQUEST))
    except fetching.HostBusy as busy:
        raise SourceBusy(SOURCE, "arXiv is being asked about other papers", retry_after=busy.retry_after) from busy


def load_many(arxiv_ids: list[str]) -> dict[str, PaperMetadata | MetadataNotFound]:
    """Return what arXiv says about up to a hundred papers, asked in one request, or that it knows none.

    The caller has waited for the turn. One id that arXiv cannot read spoils its answer to all: then each half is asked
    by itself. Raises MetadataUnavailable.
    """
    try:
        feed = _ask(arxiv_ids)
    except MetadataNotFound:
        if len(arxiv_ids) == 1:
            return {arxiv_ids[0]: MetadataNotFound(not_found(arxiv_ids[0]))}
        middle = len(arxiv_ids) // 2
        wait_for_turn()
        first = load_many(arxiv_ids[:middle])
        wait_for_turn()
        return {**first, **load_many(arxiv_ids[middle:])}
    return _entries(feed, arxiv_ids)


def _ask(arxiv_ids: list[str]) -> Element:
    query = {
        "search_query": "",
        "id_list": ",".join(arxiv_ids),
        "sortBy": "relevance",
        "sortOrder": "descending",
        "start": 0,
        "max_results": MOST_IDS,
    }
    body = ask(
        SOURCE,
        f"{settings.ARXIV_API_URL}?{urlencode(query)}",
        accept="application/atom+xml",
        pace=Pace("arxiv", seconds=0),
        not_found=not_found(arxiv_ids[0]),
    )
    return _feed(body)


def not_found(arxiv_id: str) -> str:
    return f"arXiv knows no paper {arxiv_id}. Check the id, or fill in the title yourself."


def read_feed(body: bytes, arxiv_id: str) -> PaperMetadata:
    """Return the entry of `arxiv_id` in an Atom feed. Raises MetadataNotFound, MetadataUnavailable."""
    found = _entries(_feed(body), [arxiv_id])[arxiv_id]
    if isinstance(found, MetadataNotFound):
        raise found
    return found


def _feed(body: bytes) -> Element:
    try:
        feed: Element = SafeTree.fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise unreadable(SOURCE) from error
    if feed.tag != f"{_ATOM}feed":
        raise unreadable(SOURCE)
    return feed


def _entries(feed: Element, arxiv_ids: list[str]) -> dict[str, PaperMetadata | MetadataNotFound]:
    """The entry of each id.

    An unknown id is answered with status 200: by a feed without entries, by an entry whose id lies below /api/errors,
    or by one without a title. So neither the status nor the title "Error" decides.
    """
    wanted = set(arxiv_ids)
    found: dict[str, PaperMetadata] = {}
    for entry in feed.iterfind(f"{_ATOM}entry"):
        named = _named(entry)
        if named and named.value in wanted and one_line(entry.findtext(f"{_ATOM}title")):
            wanted.remove(named.value)
            found[named.value] = _read_entry(entry, named.value, named.version)
    return {arxiv_id: found.get(arxiv_id) or MetadataNotFound(not_found(arxiv_id)) for arxiv_id in arxiv_ids}


def _named(entry: Element) -> ParsedIdentifier | None:
    address = entry.findtext(f"{_ATOM}id") or ""
    if "/abs/" not in address:
        return None
    try:
        return parse_identifier(address)
    except NotAnIdentifier:
        return None


def _read_entry(entry: Element, arxiv_id: str, version: str) -> PaperMetadata:
    identifiers = tuple(_dois(entry))
    journal = one_line(entry.findtext(f"{_ARXIV}journal_ref"), 300)
    return PaperMetadata(
        source=SOURCE,
        title=one_line(entry.findtext(f"{_ATOM}title"), 600),
        authors=tuple(_authors(entry)),
        abstract=paragraphs(entry.findtext(f"{_ATOM}summary")),
        published_on=_day(entry.findtext(f"{_ATOM}published")),
        venue=journal or "arXiv",
        links=(
            PaperLink("page", f"https://arxiv.org/abs/{arxiv_id}", "arXiv"),
            PaperLink("pdf", f"https://arxiv.org/pdf/{arxiv_id}", "PDF at arXiv"),
        ),
        identifiers=identifiers,
        version=version,
        notices=tuple(_notices(entry, arxiv_id, journal, identifiers)),
    )


def _notices(
    entry: Element, arxiv_id: str, journal: str, identifiers: tuple[ParsedIdentifier, ...]
) -> Iterator[Notice]:
    """The published form, and what authors write in place of a paper that they take back."""
    comment = one_line(entry.findtext(f"{_ARXIV}comment"), 400)
    summary = one_line(entry.findtext(f"{_ATOM}summary"), 400)
    if _WITHDRAWN.search(comment) or _WITHDRAWN.match(summary):
        yield Notice("withdrawal", comment, f"https://arxiv.org/abs/{arxiv_id}", SOURCE)
    if identifiers or journal:
        yield Notice("publication", journal, identifiers[0].url if identifiers else "", SOURCE)


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
