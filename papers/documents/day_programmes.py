"""A day of a course or a seminar: what it is about, below it who is in charge, and then what is read."""

import re

from papers.documents.archive import PresentationEntry
from papers.documents.days import Year, find_day
from papers.documents.document import Document
from papers.documents.entry_lines import is_pointer, outgoing
from papers.documents.item_talks import are_names, read_item_talk
from papers.documents.links import TextLink
from papers.documents.nodes import Node
from papers.documents.paper_links import is_paper
from papers.documents.parsing import Inline
from papers.documents.talk_facts import split_names

_DUE = re.compile(r"\W*(?:due|deadlines?|submission|abgabe|fällig|à rendre|entrega|截止)\b", re.IGNORECASE)

LONGEST_INITIALS = 3


def is_programme(below: list[Node]) -> bool:
    """Whether the first item below a day is its topic: names stand alone below it, it is all there is, or it is due."""
    if not below or below[0].head is None:
        return False
    named = any(_names(line) or _is_due(line) for line in _inner(below[0]))
    alone = len(below) == 1 and len(below[0].children) == 1 and bool(_first_name(below[0].head))
    return named or alone or _is_due(below[0])


def read_programme(
    item: Node, below: list[Node], document: Document, section: str, day_first: bool, year: Year | None
) -> tuple[PresentationEntry | None, list[TextLink]]:
    """The presentation of the day; None for a day on which something is due, with a warning."""
    topic, inner = below[0], _inner(below[0])
    if _is_due(topic) or any(map(_is_due, inner)):
        document.warn(item.line, item.source, "what is due on a day; no session, kept in the document")
        return None, []
    kept = [line for line in inner if not _names(line)]
    merged = Node("item", item.line, item.source, children=[*topic.children[:1], *kept, *below[1:]])
    talk, write_ups = read_item_talk(merged, document, section, day_first, year)
    if talk and item.head and topic.head:
        found = find_day(item.head.plain, day_first=day_first, year=year)
        talk.held_on, talk.is_meeting = found.day if found else None, True
        # "INVITED" before a topic is a mark.
        told = [name for name in talk.presenters if not (name.isupper() and len(name) > LONGEST_INITIALS)]
        talk.presenters = [name for line in inner for name in split_names(_names(line))[0]] or told
        talk.title = _first_name(topic.head) or re.sub(r"\s*\(.*$", "", topic.head.plain).strip() or talk.title
        _settle_papers(talk, topic.head)
    return talk, write_ups


def _first_name(head: Inline) -> str:
    """What the first link of a topic is called, unless it only points or stands in brackets behind the topic."""
    links = outgoing(head)
    is_behind = bool(links) and "(" in head.text[: links[0].start]
    return "" if not links or is_behind or is_pointer(links[0].label) else links[0].label


def _settle_papers(talk: PresentationEntry, head: Inline) -> None:
    """Beside a topic stand its slides and the like; what is read stands below."""
    beside = {link.href for link in outgoing(head) if not is_paper(link.href)}
    papers = [paper for paper in talk.papers if paper.href not in beside]
    if len(papers) < len(talk.papers) and head.text not in talk.summary:
        talk.summary = f"{head.text}\n\n{talk.summary}".strip()
    talk.papers = papers


def _inner(topic: Node) -> list[Node]:
    return [line for child in topic.children if child.kind == "list" for line in child.children]


def _names(line: Node) -> str:
    """The names that are all that an item says."""
    plain = line.head.plain if line.head and not line.head.links and len(line.children) == 1 else ""
    return plain if plain and all(are_names(name.strip()) for name in plain.split(",")) else ""


def _is_due(line: Node) -> bool:
    return bool(line.head and _DUE.match(line.head.plain))
