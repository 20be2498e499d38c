"""Which shape a document has."""

import re

from papers.documents.block_links import entries_in
from papers.documents.document import Shape
from papers.documents.entry_lines import NUMBERED, find_lead, is_named, only_points, outgoing, starts_with_link
from papers.documents.heading_kinds import HeadingKinds
from papers.documents.item_talks import shows_talks, tells_talks
from papers.documents.nodes import Node
from papers.documents.paper_links import is_event, is_paper
from papers.documents.parsing import Inline
from papers.documents.tables import read_table
from papers.documents.talk_parts import cut_parts, talk_parts

_MEETING = re.compile(
    r"reading[ -]?(?:group|club|circle|seminar|session)|journal[ -]club|paper[ -](?:club|reading|group|"
    r"discussion)|papers we love|"
    r"\bseminars?\b|\bschedule\b|\bmeetings?\b|\bsessions?\b|\bpresentations?\b|\bpresenters?\b|\btalks\b|"
    r"\bmeetup\b|book club|"
    r"lesegruppe|lesekreis|seminar|séminaire|groupe de lecture|club de lecture|grupo de lectura|"
    r"club de lectura|gruppo di lettura|grupo de leitura|"
    r"读书会|讨论班|论文分享|组会|論文読み|輪読|勉強会|семинар",
    re.IGNORECASE,
)
#: What a heading says above days to come, and a sentence about other things too.
_PLAN = re.compile(
    r"\bcalendar\b|\btimetable\b|\bsyllabus\b|\bprogramme?\b$|terminplan|zeitplan|calendrier|calendario|horario",
    re.IGNORECASE,
)
_COLLECTION = re.compile(
    r"\blinks?\b|\bcollections?\b|\bweekly\b|round-?up|\brecap\b|newsletter|\bdigest\b|reading this week|"
    r"interesting (?:papers|reads)|"
    r"\bbookmarks?\b|what i(?:'ve| have)? (?:read|been reading)|links of the|link dump|linkdump",
    re.IGNORECASE,
)
_BACKLOG = re.compile(
    r"backlog|\bto[- ]?(?:read|review|watch|do)\b|\btbr\b|\bqueue\b|\bunread\b|\binbox\b|want to read|"
    r"leseliste offen",
    re.I,
)

_PAPER_LIST = re.compile(
    r"\b(?:papers?|readings?|books?|publications?)[ _-]?lists?\b|\bawesome\b|bibliograph|\breferences\b|论文列表",
    re.IGNORECASE,
)
#: The year behind a title, with what else stands in the brackets.
_DATED_ITEM = re.compile(r"[(（][^()（）]{0,60}\b(?:19|20)\d\d\b[^()（）]{0,30}[)）]")
#: A longer heading is a sentence and names no kind of document.
LONGEST_NAME = 4
FEWEST_NAMED = 5
FEWEST_PARAGRAPHS = 3
_EDITION = re.compile(r"\b(?:edition|issue|newsletter|vol(?:ume|\.)|no\.|№)\s*(?:#?\d|$)|#\s?\d+\b", re.IGNORECASE)


def is_meeting_like(blocks: list[Node], title: str) -> bool:
    """Whether the title, a heading or the first paragraphs speak of a group that meets."""
    said = [title]
    said += [block.inline.plain for block in blocks if block.kind == "heading" and block.inline]
    if any(_PLAN.search(text) for text in said):
        return True
    said += [block.inline.plain for block in blocks[:8] if block.kind == "paragraph" and block.inline]
    return any(_MEETING.search(text) for text in said)


def recognise(blocks: list[Node], title: str, *, has_title: bool, is_post: bool = False) -> Shape:
    """The shape of a document that is no archive of numbered reports (see `archive_parser.looks_like_archive`).

    `is_post` when it is a page of a site: such a page may end in links without being a list of them.
    """
    blocks = [block.beginning() for block in blocks]
    meeting_like = is_meeting_like(blocks, title)
    tables = [read_table(block) for block in blocks if block.kind == "table" and block.rows]
    meetings = [table for table in tables if table.tells_talks(is_meeting_like=meeting_like)]
    if any(table.is_dated for table in meetings):
        return Shape.SCHEDULE
    parts = cut_parts(blocks)
    if meetings or talk_parts(parts, is_meeting_like=meeting_like):
        return Shape.ARCHIVE
    if meeting_like and any(part.lists_talks for part in parts):
        return Shape.ARCHIVE
    if _has_talk_lists(blocks, title, meeting_like):
        return Shape.ARCHIVE
    return _list_shape(blocks, title, has_title=has_title, is_post=is_post)


def _has_talk_lists(blocks: list[Node], title: str, meeting_like: bool) -> bool:
    """Whether lists are presentations: by what they tell, or as a good part of all, by the recordings they show."""
    lists = [block for block in blocks if block.kind == "list"]
    if any(tells_talks(block, is_meeting_like=meeting_like) for block in lists):
        return True
    if not meeting_like or _PAPER_LIST.search(title):
        return False
    shown = sum(len(block.children) for block in lists if shows_talks(block))
    return bool(shown) and shown * 3 >= sum(_entries_of(block) for block in lists)


def _entries_of(block: Node) -> int:
    return sum(bool(item.lead and outgoing(item.lead)) for item in block.children)


def _list_shape(blocks: list[Node], title: str, *, has_title: bool, is_post: bool) -> Shape:
    kinds = HeadingKinds(blocks, has_title=has_title)
    headings = [block.inline.plain for block in blocks if block.kind == "heading" and block.inline]
    named = [kinds.kind(number) for number, block in enumerate(blocks) if block.kind == "heading"]
    entries = named.count("entry") + entries_in(blocks)
    prose = sum(_words(block) for block in blocks if block.kind in {"paragraph", "quote"} and not _opens_entry(block))
    numbered = _numbered(blocks)
    is_listing = not is_post or _is_listing(blocks)
    boxes = sum(item.source[:12].count("[ ]") for block in blocks if block.kind == "list" for item in block.children)
    short = [heading for heading in headings if is_listing and len(heading.split()) <= LONGEST_NAME]
    told = _BACKLOG.search(" ".join([title, *short])) or (boxes and boxes * 3 >= entries)
    # One link in a list of things to do below a text is no backlog of papers.
    if told and (entries > 1 or (entries and (_BACKLOG.search(title) or _is_listing(blocks)))):
        return Shape.BACKLOG
    linked = is_listing and any(re.search(r"\blinks\b", h, re.I) for h in headings)
    is_collection = bool(_COLLECTION.search(title)) or linked
    if _is_newsletter(blocks, title):
        return Shape.COLLECTION
    headed = named.count("entry") if named.count("entry") > _headings_of_text(blocks, kinds) else 0
    if (is_collection and entries >= 2) or numbered >= 2 or headed >= 3:
        return Shape.COLLECTION if is_collection or numbered >= 2 else Shape.READING_LIST
    if is_listing and entries >= 2 and entries * 40 >= prose:
        is_called_so = bool(_PAPER_LIST.search(title)) and _has_papers_in_tables(blocks)
        if is_called_so or _is_mostly_links(blocks, named.count("entry")):
            return Shape.READING_LIST
    return Shape.READING_LIST if _is_bibliography(blocks, title, prose) else Shape.ARTICLE


def _headings_of_text(blocks: list[Node], kinds: HeadingKinds) -> int:
    """Below how many headings stands a text without a link, and no heading."""
    places = [number for number, block in enumerate(blocks) if block.kind == "heading"]
    count = 0
    for place, end in zip(places, [*places[1:], len(blocks)], strict=False):
        inside = blocks[place + 1 : end]
        leaf = end == len(blocks) or blocks[end].level <= blocks[place].level
        linked = any(outgoing(inline) for block in inside for inline in block.inlines())
        count += bool(leaf and inside and not linked and kinds.kind(place) != "entry")
    return count


def _is_newsletter(blocks: list[Node], title: str) -> bool:
    """Whether an edition of something consists of paragraphs that begin with their name and link to something."""
    texts = [block.inline for block in blocks if block.kind == "paragraph" and block.inline]
    named = sum(is_named(inline) for inline in texts)
    is_edition = bool(_COLLECTION.search(title) or _EDITION.search(title))
    return is_edition and named >= FEWEST_PARAGRAPHS and named * 2 >= len(texts)


def _numbered(blocks: list[Node]) -> int:
    """How many paragraphs begin with a number in bold; without links in them they are steps of a text."""
    found = [b.inline for b in blocks if b.kind == "paragraph" and b.inline and NUMBERED.match(b.inline.text)]
    return len(found) if sum(bool(outgoing(inline)) for inline in found) * 2 >= len(found) else 0


def _is_listing(blocks: list[Node]) -> bool:
    """Whether what begins like entries has more words than all else, headings apart."""
    listed = other = 0
    for block in blocks:
        if block.kind == "list":
            for item in block.children:
                is_entry = bool(item.lead and outgoing(item.lead))
                listed, other = listed + is_entry * _words(item), other + (not is_entry) * _words(item)
        elif block.kind == "table":
            listed += _words(block) if any(cell.links for row in block.rows for cell in row) else 0
        elif block.kind != "heading":
            is_entry = _opens_entry(block) or bool(block.inline and NUMBERED.match(block.inline.text))
            listed, other = listed + is_entry * _words(block), other + (not is_entry) * _words(block)
    return listed >= other


def _is_bibliography(blocks: list[Node], title: str, prose: int) -> bool:
    """Items that name papers without linking to them, most with a year, or in a document called a list of papers."""
    items = [item.lead for block in blocks if block.kind == "list" for item in block.children if item.lead]
    if len(items) < FEWEST_NAMED or sum(len(item.plain.split()) for item in items) < prose:
        return False
    dated = sum(bool(_DATED_ITEM.search(item.plain)) for item in items)
    return dated * 2 >= len(items) or (dated * 4 >= len(items) and bool(_PAPER_LIST.search(title)))


def _is_mostly_links(blocks: list[Node], entries: int) -> bool:
    """Whether links are what the items are about: notes in bullets, with a link here and there, are an article."""
    items = [item.lead for block in blocks if block.kind == "list" for item in block.children if item.lead]
    linked = [item for item in items if outgoing(item) and not only_points(item) and not _is_contact(item)]
    if len(linked) * 3 < len(items):
        return False
    is_elsewhere = sum(bool(outgoing(item)) for item in items) < entries_in(blocks)
    if entries or is_elsewhere or any(is_paper(link.href) for item in linked for link in item.links):
        return True
    # "Follow us on [Mastodon](…)" is a sentence, and no entry.
    return sum(starts_with_link(item) or not _goes_on(item) for item in linked) * 2 >= len(linked)


def _has_papers_in_tables(blocks: list[Node]) -> bool:
    rows = [row for block in blocks if block.kind == "table" for row in block.rows]
    return sum(any(is_paper(link.href) for cell in row for link in cell.links) for row in rows) > 1


def _is_contact(item: Inline) -> bool:
    """An item that tells where to meet people, on networks, in chats or by mail."""
    hrefs = [link.href for link in outgoing(item)]
    return sum(is_event(href) or href.startswith("mailto:") for href in hrefs) * 2 >= len(hrefs)


def _goes_on(item: Inline) -> bool:
    """Whether words stand before the links and behind them."""
    links = outgoing(item)
    return bool(re.search(r"\w", item.text[: links[0].start]) and re.search(r"\w{2}", item.text[links[-1].end :]))


def _opens_entry(block: Node) -> bool:
    if not block.inline:
        return False
    lead = find_lead(block.inline, anywhere=False)
    return starts_with_link(block.inline) and bool(lead.links)


def _words(block: Node) -> int:
    return sum(len(inline.plain.split()) for inline in block.inlines())
