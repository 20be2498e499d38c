"""A day of a log with presentations below it, one a line: "**2024-03-05**", "- Ada: Title ([slides](…))"."""

import re
from collections.abc import Sequence

from papers.documents.archive import PresentationEntry
from papers.documents.day_programmes import is_programme, read_programme
from papers.documents.days import Year, find_day, is_day
from papers.documents.document import Document, Shape
from papers.documents.entry_lines import outgoing
from papers.documents.fact_lines import read_fact
from papers.documents.item_talks import read_item_talk
from papers.documents.line_cutting import cut_lines
from papers.documents.links import TextLink
from papers.documents.nodes import Node
from papers.documents.paper_links import is_event
from papers.documents.parsing import Inline
from papers.documents.roles import HOSTS, Role, role_of
from papers.documents.talk_facts import own_role

#: What stands before a colon and is nobody's name, besides the labels of facts.
_NO_NAME = re.compile(
    r"topics?|themes?|agenda|next|chair|hosts?|snacks|food|location|place|room|time|venue|zoom|where|when|what|why|how|"
    r"todo|update|reminder|warning|important|background|discussion|questions?|conclusions?|attend\w*|present|"
    r"ort|raum|zeit|uhrzeit|thema|themen|lieu|salle|heure|sujet|lugar|sala|hora|tema|luogo|ora|horaire|link|stream|"
    r"moderat\w*|modera(?:dora?|tore|trice)?|modéra\w*|\w*leitung|animat\w*|présiden\w*|presid\w*|"
    r"facilitat\w*|chaired by|организатор|место|время|地点|时间|主持人?|場所|時間|司会|장소|시간|사회",
    re.IGNORECASE,
)
#: When or where, without a label: "16:00, Room 12", "Raum 5", "Online".
_WHEN_OR_WHERE = re.compile(
    r"\W*(?:\d{1,2}(?:[:.h]\d{2}|\s?(?:[ap]\.?m\b|uhr|h\b))|(?:in )?(?:room|raum|salle|sala|aula|online|zoom)\b)",
    re.IGNORECASE,
)
_LONGEST_FACT = 60
FoundTalk = tuple[PresentationEntry | None, list[TextLink]]


def read_day(item: Node, document: Document, section: str, day_first: bool, year: Year | None) -> list[FoundTalk]:
    """The presentations of one item: those below a day that stands alone, or the one that the item is."""
    day = _day_alone(item)
    lines = lines_of(item.children, item.head) if day else []
    if is_programme(lines):
        return [read_programme(item, lines, document, section, day_first, year)]
    if not are_talks(lines):
        return [read_item_talk(item, document, section, day_first, year)]
    facts, below = without_facts(lines)
    found = find_day(day, day_first=day_first, year=year)
    talks: list[FoundTalk] = []
    for line in below:
        talk, write_ups = read_item_talk(line, document, section, day_first, year)
        if talk:
            talk.held_on, talk.is_meeting, talk.is_open = found.day if found else None, True, False
        talks.append((talk, write_ups))
    if facts and (first := next((talk for talk, _ in talks if talk), None)):
        first.summary = "\n\n".join(filter(None, ("\n".join(line.source for line in facts), first.summary)))
    return talks


def are_talks(lines: list[Node]) -> bool:
    """Whether all lines below a day are presentations, when and where and who opens the meeting apart, and one links

    to its paper, its slides or a recording.
    """
    _, talks = without_facts(lines)
    is_linked = any(_roles(line) & {Role.PAPER, Role.SLIDES, Role.RECORDING} for line in talks)
    return is_linked and all(map(_is_line_of_talk, talks))


def without_facts(lines: list[Node]) -> tuple[list[Node], list[Node]]:
    """The lines that say something of the whole meeting ("Room: 12", "Chair: Ada"), and the others."""
    facts: list[Node] = []
    others: list[Node] = []
    for line in lines:
        (facts if _is_of_meeting(line) else others).append(line)
    return facts, others


def _is_of_meeting(line: Node) -> bool:
    head = line.head
    if head is None or _roles(line) & {Role.PAPER, Role.SLIDES, Role.RECORDING}:
        return False
    label, colon, _ = re.sub(r"[*_]", "", head.plain).partition(":")
    if colon and (_NO_NAME.fullmatch(label.strip()) or label.strip().lower() in HOSTS):
        return True
    is_event_only = bool(outgoing(head)) and all(is_event(link.href) for link in outgoing(head))
    return len(head.plain) <= _LONGEST_FACT and (is_event_only or bool(_WHEN_OR_WHERE.match(head.plain)))


def _day_alone(item: Node) -> str:
    """The day that an item opens with, when nothing else stands on its line."""
    first = cut_lines(item.head)[:1] if item.head else []
    return first[0].plain if first and not first[0].links and is_day(first[0].plain) else ""


def lines_of(blocks: Sequence[Node], head: Inline | None = None) -> list[Node]:
    """The lines of paragraphs and the items of lists, as items; of the paragraph `head` those below its first line."""
    found: list[Node] = []
    for child in blocks:
        if child.kind == "list":
            found += child.children
        elif child.kind == "paragraph" and child.inline:
            lines = cut_lines(child.inline)[1 if child.inline is head else 0 :]
            found += [
                Node("item", line.line, line.text, children=[Node("paragraph", line.line, line.text, inline=line)])
                for line in lines
            ]
        else:
            return []
    return found


def _is_line_of_talk(line: Node) -> bool:
    """Whether a line says who presents what, or has slides or a recording; a label with its value is a fact."""
    if line.head is None:
        return False
    first = cut_lines(line.head)[0]
    fact = read_fact(first.text, 0, first.line, first.links, first.images)
    label = re.sub(r"[*_]", "", first.plain).partition(":")[0].strip()
    if fact.label or fact.is_only_links or role_of(label) or _NO_NAME.fullmatch(label) or is_day(first.plain):
        return False
    talk, _ = read_item_talk(line, Document(Shape.SCHEDULE), "", False, None)
    return bool(talk and talk.title and (talk.presenters or _is_shown(line)))


def _is_shown(line: Node) -> bool:
    return bool(_roles(line) & {Role.SLIDES, Role.RECORDING})


def _roles(line: Node) -> set[Role | None]:
    return {own_role(link) for link in outgoing(line.head)} if line.head else set()
