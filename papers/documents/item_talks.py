"""Items of a dated list become presentations: "- 2024-03-05: Ada – [Paper](…), [slides](…)"."""

import re
from dataclasses import replace

from papers.documents.archive import PresentationEntry, Stated
from papers.documents.days import Year, find_day, is_day
from papers.documents.document import Document
from papers.documents.entry_lines import is_pointer, outgoing
from papers.documents.fact_lines import fact_lines, read_fact
from papers.documents.item_days import closing_day, cut_day, day_behind, opening_day, without_steps
from papers.documents.line_cutting import cut_lines
from papers.documents.links import TextLink
from papers.documents.nodes import Node
from papers.documents.paper_links import is_form, is_page
from papers.documents.parsing import Inline
from papers.documents.roles import Role, role_of
from papers.documents.tables import is_no_meeting, is_template, text_beside
from papers.documents.talk_facts import NOBODY, add_paper_link, fill_talk, own_role, split_names

_NAME = re.compile(r"^[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,3}$")
#: What stands in small letters within a name.
_PARTICLES = {"von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin"}
_SAYS = re.compile(
    r"\s+(?:presents?|presented|presenting|will present|leads?|led|discuss(?:es|ed)?|talks? about|talking about|"
    r"präsentiert|présente|presenta|apresenta)$",
    re.IGNORECASE,
)
_WHO_ON_WHAT = re.compile(r"^(?P<who>[^\"“„«]{2,60}?)\s+(?:on|about|über|sur|sobre)\s+(?=[\"“„«])")
#: Brackets around nothing but marks of links and their labels: "(paper: …, video: …)".
_POINTERS = re.compile(r"\(\s*(?:[^\W\d]{2,12}:\s*)?\0(?:\s*[,;/|]?\s*(?:[^\W\d]{2,12}:\s*)?\0)*\s*\)")
#: "(Lovelace et al., 1843)" behind a title.
_CITED = re.compile(r"\([^()]*\b(?:18|19|20)\d\d\b[^()]*\)$")
#: So many items show whether a list tells of presentations.
ENOUGH_ITEMS = 200
_DASH = re.compile(r"\s+(?:[-–—|]|--|---)\s+")
_ALL_BOLD = re.compile(r"^(\*\*|__)(?:(?!\1).)+\1$", re.DOTALL)
_SEPARATOR = re.compile(r"\s*(?:\s(?:[-–—|]|--|---)\s|[:：]\s+|\s*\|\s*|,\s+|\s[-–—]$|:$)\s*(?![^()\n]{0,200}\))")


def is_talk_list(block: Node, *, is_meeting_like: bool) -> bool:
    """Whether at least half of the items open with a day, or name a presenter, or more show slides or recordings."""
    return tells_talks(block, is_meeting_like=is_meeting_like) or (is_meeting_like and shows_talks(block))


def tells_talks(block: Node, *, is_meeting_like: bool) -> bool:
    """Whether at least half of the items of a list open with a day, or name a presenter."""
    items = _first_items(block)
    if not items:
        return False
    may_be_dated = [item.head for item in without_steps(items) if item.head] if is_meeting_like else []
    dated = sum(opening_day(head) is not None for head in may_be_dated)
    if len(items) == 1:
        is_only_day = bool(items[0].head and is_day(items[0].head.plain)) and len(items[0].children) == 1
        return is_meeting_like and dated == 1 and not is_only_day
    closed = sum(closing_day(head) is not None for head in may_be_dated)
    presented = sum(_is_presented(item) for item in items)
    return (is_meeting_like and max(dated, closed) * 2 >= len(items)) or presented * 2 >= len(items)


def shows_talks(block: Node) -> bool:
    """Whether most items of a list lead to slides or a recording; so do items of a list of things to watch."""
    items = _first_items(block)
    return len(items) > 1 and sum(_is_shown(item) for item in items) * 2 > len(items)


def _first_items(block: Node) -> list[Node]:
    return [item for item in block.children[:ENOUGH_ITEMS] if item.head]


def _is_presented(item: Node) -> bool:
    """Whether an item holds several facts, a presenter among them; an item may also be one fact of many."""
    if len(item.children) == 1 and (inline := item.children[0].inline) and "\n" not in inline.text:
        # One line is one fact, and long lists are made of such items.
        return False
    facts = list(fact_lines(item.children))
    return len(facts) > 1 and any(fact.role == Role.PRESENTER and fact.label for fact in facts)


def _is_shown(item: Node) -> bool:
    """Whether an item names something besides its links to slides or a recording of it."""
    links = [link for inline in item.inlines() for link in outgoing(inline)]
    if not any(own_role(link) in {Role.SLIDES, Role.RECORDING} for link in links):
        return False
    return bool(item.head and (re.search(r"\w{3}", text_beside(item.head, outgoing(item.head))) or len(links) > 1))


def with_dated_paragraphs(blocks: list[Node]) -> list[Node]:
    """The blocks with paragraphs that open with a day as items of a list, each with what stands below it.

    A single one dates something else, and so does a day in a sentence.
    """
    dated = [id(block) for block in blocks if _is_dated_paragraph(block)]
    if len(dated) < 2:
        return blocks
    found: list[Node] = []
    for block in blocks:
        last = found[-1] if found else None
        is_log = last is not None and last.kind == "list" and bool(last.children) and id(last.children[0]) in dated
        if id(block) in dated:
            item = Node("item", block.line, block.source, children=[block])
            dated.append(id(item))
            if is_log and last is not None:
                last.children.append(item)
                last.source = f"{last.source}\n\n{block.source}"
            else:
                found.append(Node("list", block.line, block.source, children=[item]))
        elif is_log and last is not None and block.kind in {"paragraph", "list", "quote"}:
            last.children[-1].children.append(block)
            last.children[-1].source += f"\n\n{block.source}"
            last.source = f"{last.source}\n\n{block.source}"
        else:
            found.append(block)
    return found


def _is_dated_paragraph(block: Node) -> bool:
    if block.kind != "paragraph" or block.inline is None:
        return False
    found = find_day(block.inline.plain[:40])
    is_marked = block.inline.text.startswith(("**", "__")) or bool(outgoing(block.inline))
    return bool(found and found.day and found.start <= 1 and is_marked)


def read_item_talk(
    item: Node, document: Document, section: str, day_first: bool, year: Year | None
) -> tuple[PresentationEntry | None, list[TextLink]]:
    """One item; None for a holiday or a template, with a warning."""
    head = item.head
    if head is None:
        document.warn(item.line, item.source, "an item without words; no presentation")
        return None, []
    head, lines = _cut_head(head)
    links = any(outgoing(inline) for inline in item.inlines())
    if is_template([head]) or (not links and any(is_no_meeting([inline]) for inline in item.inlines())):
        document.warn(item.line, item.source, "the group does not meet on this day; no session, kept in the document")
        return None, []
    struck = [link.is_struck for link in outgoing(head)]
    talk = PresentationEntry("", item.line, section, is_cancelled=head.is_struck or (bool(struck) and all(struck)))
    if talk.is_cancelled:
        document.warn(item.line, head.text, "crossed out in the document; added as cancelled")
    found, words, is_closing = cut_day(head, day_first, year)
    talk.held_on = found.day if found else None
    talk.is_meeting = found is not None
    write_ups = _read_head(talk, head, words, is_dated=found is not None, is_closing=is_closing)
    below = [*lines, *(child for child in item.children if child.inline is not item.head)]
    write_ups += fill_talk(talk, fact_lines(below), day_first=day_first, year=year)
    talk.held_on = talk.held_on or day_behind(below, day_first, year)
    pages = [link for link in outgoing(head) if is_page(link.href)]
    if not talk.title and not talk.papers and len(pages) == 1 and talk.summary == head.text:
        # The notes stand for what was presented.
        talk.title, talk.summary = pages[0].label, ""
        write_ups.append(TextLink(pages[0].href, pages[0].label))
    if not talk.title:
        talk.title = talk.papers[0].text if talk.papers else ""
    if found and not found.day and not talk.names_nothing:
        talk.summary = talk.summary or head.text
    talk.is_open = talk.is_meeting and talk.names_nothing and not (talk.summary or write_ups or talk.is_cancelled)
    return talk, write_ups


def _cut_head(head: Inline) -> tuple[Inline, list[Node]]:
    """The first line, and the lines below it when each of these is a fact of its own and not the rest of a sentence."""
    first, *rest = cut_lines(head)
    facts = [read_fact(line.text, 0, line.line, line.links, line.images) for line in rest]
    if not any(fact.role or fact.is_only_links or is_day(fact.text) for fact in facts):
        return head, []
    return first, [Node("paragraph", line.line, line.text, inline=line) for line in rest]


def are_names(text: str) -> bool:
    if _CITED.search(text):
        return False
    names, _ = split_names(text)
    return bool(names) and len(text) < 80 and all(_is_name(name) for name in names)


def _is_name(text: str) -> bool:
    """Whether a few words can be somebody's name: of several each begins with a capital, where there are such."""
    words = text.split()
    small = [word for word in words if word[0].islower() and word not in _PARTICLES]
    return bool(_NAME.match(text)) and (len(words) == 1 or not small)


def _is_emphasised(text: str, source: str) -> bool:
    """Whether the words stand in italics or quotes, as titles do."""
    return bool(re.search(rf"(?:(?<!\*)\*|(?<!_)_|[\"“”]){re.escape(text)}(?:\*|_|[\"“”])", source))


def is_nickname(talk: PresentationEntry) -> bool:
    """Whether a presentation is called by one word, and its paper by none: "Yarn ([arXiv](…))"."""
    is_called = len(talk.title.split()) == 1 and not talk.presenters
    return is_called and bool(talk.papers) and not any(paper.text for paper in talk.papers)


def _read_links(talk: PresentationEntry, head: Inline, rest: str) -> tuple[str, list[TextLink], bool]:
    """Take the links of a line; return its words with a mark for each, links to write-ups, and whether one is left."""
    write_ups: list[TextLink] = []
    unread = False
    for link in outgoing(head):
        role = own_role(link)
        if role == Role.SLIDES and not talk.slides_href:
            talk.slides, talk.slides_href = Stated.AVAILABLE, link.href
        elif role == Role.RECORDING and not talk.recording_href:
            talk.recording, talk.recording_href = Stated.AVAILABLE, link.href
        elif role == Role.NOTES:
            write_ups.append(TextLink(link.href, link.label))
        elif role == Role.CODE or is_page(link.href) or is_form(link.href):
            unread = True
        else:
            add_paper_link(talk, link)
        rest = rest.replace(link.label or link.href, "\0", 1)
    return rest, write_ups, unread


def _cut_at_on(words: list[str]) -> list[str]:
    """The parts with 'Ada on "Engines"' as two."""
    cut: list[str] = []
    for part in words:
        match = _WHO_ON_WHAT.match(part)
        cut += [match["who"], part[match.end() :].strip(' "“”„«»')] if match else [part]
    return cut


def _name_first(said: list[str]) -> list[str]:
    """The parts of "Engines – Ada Lovelace", with the name before what she presents."""
    names = [len(part.split()) > 1 and are_names(part) for part in said]
    return [said[-1], *said[:-1]] if names and names[-1] and not names[0] else said


def _without_pointers(head: Inline, words: str) -> str:
    """The words without the links that only say where slides, code and the like are."""
    for link in outgoing(head):
        if own_role(link) or is_pointer(link.label):
            words = words.replace(link.label or link.href, "", 1)
    return re.sub(r"[(\[][\s|,;/]*[)\]]", "", words).strip(" :,;|-–—")


def _read_head(
    talk: PresentationEntry, head: Inline, words: str, *, is_dated: bool, is_closing: bool
) -> list[TextLink]:
    """The first line: who and what, before and between its links; `words` are those without the day.

    Words with a day behind them are a title, whatever signs are in it, unless dashes cut it.
    """
    rest, write_ups, unread = _read_links(talk, head, words)
    rest = _POINTERS.sub(" \0", rest)
    if not is_dated and _ALL_BOLD.match(head.text.strip()):
        talk.title = head.plain[:400]
        return write_ups
    separator = _DASH if is_closing else _SEPARATOR
    if is_closing and not _DASH.search(rest):
        talk.title = _without_pointers(head, words)[:400]
        talk.summary = head.text if unread else ""
        return write_ups
    parts = [part.strip(" \0*_()[]:,.;-–—~") for part in separator.split(rest.lstrip(" :-–—,)").rstrip(" :-–—,"))]
    parts = [f"{part})" if part.count("(") > part.count(")") else part for part in parts]
    said = [part for part in parts if re.search(r"\w{2,}", part) and not NOBODY.match(part)]
    first_link, is_labelled = rest.find("\0"), False
    is_labelled_paper = any(own_role(link) == Role.PAPER and is_pointer(link.label) for link in outgoing(head))
    is_nickname_alone = len(said) == 1 and is_labelled_paper and is_nickname(replace(talk, title=said[0]))
    for part in _cut_at_on(_name_first(said) if is_closing else said):
        if len(part.split()) == 1 and role_of(part) == Role.PRESENTER:
            is_labelled = True
            continue
        if is_labelled and not talk.presenters:
            name, _, part = part.partition(". ")
            talk.presenters, is_labelled = split_names(name)[0], False
            if not part.strip():
                continue
        part = _SAYS.sub("", part)
        is_behind = any(paper.text for paper in talk.papers) and rest.find(part) > first_link >= 0
        part = re.sub(r"^(?:presenter|speaker|presented by|by)\s*:?\s*", "", part, flags=re.IGNORECASE)
        # Words in italics are a title, unless a link says already what the title is.
        is_titled = any(paper.text for paper in talk.papers)
        is_title = is_nickname_alone or (not is_titled and _is_emphasised(part, head.text))
        if not talk.presenters and are_names(part) and not is_title:
            talk.presenters = split_names(part)[0]
        elif not talk.title and "\0" not in part and not is_behind:
            talk.title = part[:400]
        else:
            unread = True
    if unread or len(said) > 2:
        talk.summary = head.text
    return write_ups
