"""Keeping reading lists: the list, its sections, its entries and their links.

Sections and entries are ordered by a position that is unique in their list; every change of an order first locks the
list's row, so that two people ordering at once cannot meet.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from papers.documents.links import find_links
from papers.identifiers import NotAnIdentifier, parse_identifier
from papers.models import Entry, EntryLink, Identifier, Paper, ReadingList, Section, Topic
from papers.services.papers import add_paper, find_paper
from readinggroup.markdown import render_markdown
from readinggroup.models import Member
from readinggroup.texts import notice_text

MAX_ANCHOR = 100
Direction = Literal["up", "down"]


class NotALink(ValueError):
    """A line that should name a link names none."""


@dataclass(frozen=True)
class LinkLine:
    """One link of an entry: where it leads, what it is called ("" for its address), and its Paper, if known."""

    url: str
    label: str = ""
    paper: Paper | None = None
    is_main: bool = True


def create_reading_list(*, owner: Member | None, topics: Iterable[Topic] = (), **fields: Any) -> ReadingList:
    """Start a list kept by `owner`."""
    with transaction.atomic():
        reading_list = ReadingList(owner=owner, **fields)
        _render_list(reading_list)
        reading_list.save()
        reading_list.topics.set(topics)
        notice_text(reading_list)
    return reading_list


def edit_reading_list(
    reading_list: ReadingList, *, topics: Iterable[Topic] | None = None, **fields: Any
) -> ReadingList:
    """Change fields of a list; a change of `uses_math` renders every text of it anew."""
    math_changed = "uses_math" in fields and fields["uses_math"] != ReadingList.objects.values_list(
        "uses_math", flat=True
    ).get(pk=reading_list.pk)
    for name, value in fields.items():
        setattr(reading_list, name, value)
    _render_list(reading_list)
    with transaction.atomic():
        reading_list.save(update_fields=[*fields, "intro_html", "outro_html", "updated_at"])
        if topics is not None:
            reading_list.topics.set(topics)
        if math_changed:
            _render_again(reading_list)
        notice_text(reading_list)
    return reading_list


def may_edit_list(reading_list: ReadingList, user: Any) -> bool:
    """The keeper and organisers may change a list."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(user.is_organiser or reading_list.owner_id == user.pk)


def add_section(
    reading_list: ReadingList, *, heading: str, parent: Section | None = None, body: str = "", anchor: str = ""
) -> Section:
    """Add a section at the end of `parent`, or of the list."""
    with transaction.atomic():
        _lock(reading_list)
        section: Section = Section.objects.create(
            reading_list=reading_list,
            parent=parent,
            position=_next_position(reading_list.sections),
            heading=heading.strip(),
            anchor=_free_anchor(reading_list, anchor or heading),
            body=body,
            body_html=_render(reading_list, body),
        )
        notice_text(section)
    return section


def edit_section(section: Section, *, heading: str, body: str) -> Section:
    """Rename a section or change its text; its anchor stays, so that links to it keep working."""
    section.heading, section.body = heading.strip(), body
    section.body_html = _render(section.reading_list, body)
    with transaction.atomic():
        section.save(update_fields=["heading", "body", "body_html"])
        notice_text(section)
    return section


def remove_section(section: Section) -> None:
    """Take a section's heading away; its entries and the sections in it move up to the section around it."""
    with transaction.atomic():
        _lock(section.reading_list)
        section.children.update(parent=section.parent)
        section.entries.update(section=section.parent)
        section.body = ""
        notice_text(section)
        section.delete()


def add_entry(
    reading_list: ReadingList,
    *,
    section: Section | None = None,
    links: Iterable[LinkLine] = (),
    commentary: str = "",
    **fields: Any,
) -> Entry:
    """Add an entry at the end of `section`, or of the part before the first section."""
    with transaction.atomic():
        _lock(reading_list)
        entry = Entry.objects.create(
            reading_list=reading_list,
            section=section,
            position=_next_position(reading_list.entries),
            commentary=commentary,
            commentary_html=_render(reading_list, commentary),
            **fields,
        )
        _set_links(entry, links)
        notice_text(entry)
    return entry


def edit_entry(entry: Entry, *, links: Iterable[LinkLine] | None = None, **fields: Any) -> Entry:
    """Change an entry; `links`, when given, replace the old ones."""
    if "commentary" in fields:
        fields["commentary_html"] = _render(entry.reading_list, fields["commentary"])
    for name, value in fields.items():
        setattr(entry, name, value)
    with transaction.atomic():
        entry.save(update_fields=[*fields, "updated_at"])
        if links is not None:
            _set_links(entry, links)
        notice_text(entry)
    return entry


def remove_entry(entry: Entry) -> None:
    with transaction.atomic():
        entry.commentary = ""
        notice_text(entry)
        entry.delete()


def move_section(section: Section, *, direction: Direction) -> None:
    """Change places with the section before or after it under the same heading; at the end nothing happens."""
    siblings = Section.objects.filter(reading_list=section.reading_list, parent=section.parent)
    _swap(section, siblings, direction)


def move_entry(entry: Entry, *, direction: Direction) -> None:
    """Change places with the entry before or after it in the same section; at the end nothing happens."""
    siblings = Entry.objects.filter(reading_list=entry.reading_list, section=entry.section)
    _swap(entry, siblings, direction)


def read_link_lines(text: str) -> list[LinkLine]:
    """Read one link per line: an address, `name | address`, or a Markdown link. Raises NotALink with the line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [_read_link_line(line) for line in lines]


def with_papers(links: Iterable[LinkLine], *, added_by: Member | None) -> list[LinkLine]:
    """Give each link the Paper it leads to.

    An arXiv id, a DOI and the like are papers, and are added when new. A web page or a video becomes no paper by being
    listed, but meets one that somebody added before.
    """
    found = []
    for link in links:
        try:
            name = parse_identifier(link.url)
        except NotAnIdentifier:
            found.append(link)
            continue
        if name.scheme in {Identifier.Scheme.URL, Identifier.Scheme.YOUTUBE}:
            paper = find_paper(link.url)
        else:
            paper, _ = add_paper(link.url, added_by=added_by)
        found.append(replace(link, paper=paper))
    return found


def write_link_lines(links: Iterable[EntryLink]) -> str:
    """The opposite of `read_link_lines`; what has no address has no line, and stays when the lines are read."""
    return "\n".join(f"{link.label} | {link.url}" if link.label else link.url for link in links if link.url)


def _read_link_line(line: str) -> LinkLine:
    label, bar, address = line.rpartition("|")
    if bar and re.match(r"https?://", address.strip()):
        return LinkLine(address.strip(), label.strip())
    found = find_links(line)
    if len(found) != 1 or not re.match(r"https?://", found[0].href):
        raise NotALink(f"“{line[:80]}” names no web address. Write one link per line, such as: Name | https://…")
    return LinkLine(found[0].href, found[0].text)


def _set_links(entry: Entry, links: Iterable[LinkLine]) -> None:
    here = list(entry.links.select_related("paper"))
    known = {link.url: link.paper for link in here}
    # A paper that goes by no address cannot be written in a line, nor be taken away by leaving one out.
    nameless = [LinkLine("", link.label, link.paper, link.is_main) for link in here if link.paper and not link.url]
    entry.links.all().delete()
    EntryLink.objects.bulk_create(
        EntryLink(
            entry=entry,
            position=position,
            url=link.url[:1000],
            label=link.label[:600],
            is_main=link.is_main,
            paper=link.paper or known.get(link.url),
        )
        for position, link in enumerate([*nameless, *links], start=1)
    )


def _swap(row: Any, siblings: Any, direction: Direction) -> None:
    with transaction.atomic():
        _lock(row.reading_list)
        row.refresh_from_db(fields=["position"])
        if direction == "up":
            other = siblings.filter(position__lt=row.position).order_by("-position").first()
        else:
            other = siblings.filter(position__gt=row.position).order_by("position").first()
        if other is None:
            return
        rows = type(row).objects.filter(reading_list=row.reading_list)
        # Places are unique, so one of the two waits at the end of the list while the other moves.
        rows.filter(pk=row.pk).update(position=_next_position(rows))
        rows.filter(pk=other.pk).update(position=row.position)
        rows.filter(pk=row.pk).update(position=other.position)
        row.position = other.position


def _lock(reading_list: ReadingList) -> None:
    ReadingList.objects.select_for_update().filter(pk=reading_list.pk).first()


def _next_position(rows: Any) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _free_anchor(reading_list: ReadingList, heading: str) -> str:
    """An anchor that no section of this list has; the same heading in another list may have the same anchor."""
    base = slugify(heading)[:MAX_ANCHOR].strip("-") or "section"
    taken = set(reading_list.sections.values_list("anchor", flat=True))
    anchor, count = base, 1
    while anchor in taken:
        count += 1
        anchor = f"{base}-{count}"
    return anchor


def _render(reading_list: ReadingList, text: str) -> str:
    return render_markdown(text, math=reading_list.uses_math, top_heading=3)


def _render_list(reading_list: ReadingList) -> None:
    reading_list.intro_html = _render(reading_list, reading_list.intro)
    reading_list.outro_html = _render(reading_list, reading_list.outro)


def _render_again(reading_list: ReadingList) -> None:
    for section in reading_list.sections.all():
        Section.objects.filter(pk=section.pk).update(body_html=_render(reading_list, section.body))
    for entry in reading_list.entries.all():
        Entry.objects.filter(pk=entry.pk).update(commentary_html=_render(reading_list, entry.commentary))
