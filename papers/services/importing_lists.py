"""Bringing link collections, reading lists and backlogs in.

Rows are written in batches, so that ten thousand entries cost a few hundred queries. An entry is known again by what it
links to or, without a link, by its title; a section by its place and name.
"""

import hashlib
from dataclasses import replace
from itertools import chain
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from papers.documents.document import Document, DocumentEntry, DocumentLink, Shape
from papers.documents.entry_lines import is_pointer
from papers.documents.paper_links import is_paper, work_key
from papers.models import Entry, EntryLink, ReadingList, Section
from papers.services.import_runs import ImportRun
from papers.services.known_names import member_called, topic_called
from papers.services.many_papers import papers_behind
from papers.services.page_links import PageLinks, link_entry
from papers.services.reading_lists import create_reading_list, edit_reading_list
from readinggroup.many_rows import create_rows, insert_rows
from readinggroup.markdown import render_markdown
from readinggroup.slugs import free_slug
from readinggroup.texts import notice_text

BATCH = 500
LINK_COLUMNS = ("entry_id", "position", "url", "label", "is_main", "paper_id")
KINDS = {
    Shape.COLLECTION: ReadingList.Kind.COLLECTION,
    Shape.READING_LIST: ReadingList.Kind.READING_LIST,
    Shape.BACKLOG: ReadingList.Kind.BACKLOG,
}


def import_list(document: Document, *, run: ImportRun) -> ReadingList:
    """Add the list or bring it up to date, with its sections and entries."""
    with transaction.atomic():
        reading_list = _import_head(document, run)
        sections = _import_sections(document, reading_list, run)
        _import_entries(document, reading_list, sections, run)
        notice_text(reading_list)
    return reading_list


def _import_head(document: Document, run: ImportRun) -> ReadingList:
    kind = KINDS[document.shape]
    values: dict[str, Any] = {
        "title": (document.title or "Untitled list")[:300],
        "intro": document.introduction,
        "outro": document.outro,
        "uses_math": document.uses_math,
        "dated_on": document.day,
    }
    known = ReadingList.objects.filter(import_key=run.key).first() or _same_list(document, kind, values)
    if known is not None:
        changed = run.update(known, "list", values, line=1, what=document.title)
        if changed:
            edit_reading_list(known, **changed)
        (run.changed if changed else run.unchanged)["list"] += 1
        return known
    number = document.number if kind == ReadingList.Kind.COLLECTION else None
    if number and ReadingList.objects.filter(kind=kind, number=number).exists():
        run.warn(1, document.title, f"number {number} is taken; the list was added without one")
        number = None
    owner = run.imported_by or member_called(document.author)
    topics = [topic_called(name) for name in dict.fromkeys(name[:80] for name in document.topics[:30])]
    reading_list = create_reading_list(
        owner=owner,
        topics=dict.fromkeys(topics),
        kind=kind,
        number=number,
        owner_name=document.author[:120] if document.author and document.author != (owner and owner.name) else "",
        is_public=not document.is_draft,
        import_key=run.key,
        slug=free_slug(ReadingList, document.slug),
        **values,
    )
    run.remember("list", values)
    run.added["list"] += 1
    return reading_list


def _same_list(document: Document, kind: str, values: dict[str, Any]) -> ReadingList | None:
    """The list that the site itself wrote into this document, whatever it was imported from before."""
    if not document.slug:
        return None
    return ReadingList.objects.filter(slug=document.slug, kind=kind, title=values["title"]).first()


def _import_sections(document: Document, reading_list: ReadingList, run: ImportRun) -> list[Section]:
    known = {(row.parent_id, row.heading): row for row in reading_list.sections.order_by("-position")}
    anchors = {row.anchor for row in known.values()}
    position = max((row.position for row in known.values()), default=0)
    rows: list[Section] = []
    used: set[int] = set()
    for number, entry in enumerate(document.sections):
        parent = rows[entry.parent] if entry.parent is not None else None
        heading, key = entry.heading[:300], f"section {number}: {entry.heading[:60]}"
        row = known.get((parent.pk if parent else None, heading))
        if row is not None and row.pk not in used:
            changed = run.update(row, key, {"body": entry.body}, line=entry.line, what=heading)
            if changed:
                row.body_html = _render(row.body, reading_list)
                row.save(update_fields=["body", "body_html"])
                run.changed["section"] += 1
        else:
            position += 1
            row = Section.objects.create(
                reading_list=reading_list,
                parent=parent,
                position=position,
                heading=heading,
                anchor=_free_anchor(heading, anchors),
                body=entry.body,
                body_html=_render(entry.body, reading_list),
            )
            run.remember(key, {"body": entry.body})
            run.added["section"] += 1
        used.add(row.pk)
        rows.append(row)
    return rows


def _free_anchor(heading: str, taken: set[str]) -> str:
    base = anchor = slugify(heading)[:100].strip("-") or "section"
    count = 1
    while anchor in taken:
        count += 1
        anchor = f"{base}-{count}"
    taken.add(anchor)
    return anchor


def _import_entries(document: Document, reading_list: ReadingList, sections: list[Section], run: ImportRun) -> None:
    of_documents = reading_list.entries.exclude(import_key="").order_by()
    unkeyed = _unkeyed(reading_list) if document.is_exchange else {}
    page_links = PageLinks(run)
    position = reading_list.entries.order_by("-position").values_list("position", flat=True).first() or 0
    keys: set[str] = set()
    for batch in document.entries.batches(BATCH):
        for entry in batch:
            link_entry(entry, page_links, run)
            # What an entry is about comes before what it mentions.
            entry.links.sort(key=lambda link: not link.is_main)
        keyed = [(_entry_key(entry, keys), entry) for entry in batch]
        run.before.recall(key for key, _ in keyed)
        here = of_documents.filter(import_key__in=[key for key, _ in keyed])
        known = {**unkeyed, **dict(here.values_list("import_key", "pk"))}
        named = [_as_named(link, entry) for entry in batch for link in entry.links if not link.work]
        papers = papers_behind(named, run=run)
        fresh = [(key, entry) for key, entry in keyed if key not in known]
        _add_entries(fresh, reading_list, sections, papers, position, run)
        position += len(fresh)
        _update_entries([(key, entry) for key, entry in keyed if key in known], known, reading_list, papers, run)
        run.settle()
        run.advance(len(batch))
    for key in chain(of_documents.values_list("import_key", flat=True).iterator(), unkeyed):
        if key not in keys:
            run.warn(0, key, "an entry that is no longer in the document; it stays here")


def _unkeyed(reading_list: ReadingList) -> dict[str, int]:
    """Entries that were made here, by the key that they would have in a document."""
    taken = set(reading_list.entries.exclude(import_key="").values_list("import_key", flat=True))
    rows = reading_list.entries.filter(import_key="").prefetch_related("links")
    return {_entry_key(entry_of(row), taken): row.pk for row in rows}


def entry_of(row: Entry, section: int | None = None) -> DocumentEntry:
    """An entry as a document would tell it, with its links, those that it is about first."""
    entry = DocumentEntry(row.title, 0, section, row.number, row.commentary)
    entry.year, entry.people, entry.organisations = row.year, row.people, row.organisations
    links = sorted(row.links.all(), key=lambda link: not link.is_main)
    entry.links = [DocumentLink(link.url, link.label, 0, link.is_main) for link in links]
    return entry


def _entry_key(entry: DocumentEntry, taken: set[str]) -> str:
    """What an entry is known by in its list: the works it is about, else its number or its words."""
    about = sorted({link.work or "|".join(work_key(link.href)) for link in entry.links if link.is_main})
    name = str(about or entry.number or entry.title or entry.commentary)
    key = base = hashlib.blake2b(name.encode("utf-8", errors="replace"), digest_size=12).hexdigest()
    count = 1
    while key in taken:
        count += 1
        key = f"{base}-{count}"
    taken.add(key)
    return key


def _as_named(link: DocumentLink, entry: DocumentEntry) -> DocumentLink:
    """The link with what a paper behind it is called: "pdf" and "here" are no titles, but the entry's own is one."""
    if not entry.title or not link.is_main or _papers_of(entry) > 1:
        return replace(link, text="") if is_pointer(link.text) else link
    is_longer = link.text.startswith(entry.title[:20])
    return replace(link, text=entry.title) if is_longer or not link.text or is_pointer(link.text) else link


def _papers_of(entry: DocumentEntry) -> int:
    links = [link for link in entry.links if link.is_main]
    return len({work_key(link.href) for link in links if is_paper(link.href)}) if len(links) > 1 else 1


def _values(entry: DocumentEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "title": entry.title[:600],
        "commentary": entry.commentary,
        "year": entry.year,
        "people": entry.people[:500],
        "organisations": entry.organisations[:300],
    }


def _add_entries(
    fresh: list[tuple[str, DocumentEntry]],
    reading_list: ReadingList,
    sections: list[Section],
    papers: dict[str, int],
    position: int,
    run: ImportRun,
) -> None:
    rows = [
        Entry(
            reading_list=reading_list,
            section=sections[entry.section] if entry.section is not None else None,
            position=position + number,
            import_key=key,
            commentary_html=_render(entry.commentary, reading_list),
            **_values(entry),
        )
        for number, (key, entry) in enumerate(fresh, start=1)
    ]
    create_rows(rows, known_by="position", among=reading_list.entries.order_by())
    links: list[tuple[Any, ...]] = []
    for row, (key, entry) in zip(rows, fresh, strict=True):
        spelled = _spelled(entry.links, run)
        links += _link_rows(row, entry.links, spelled, papers, run)
        run.remember(key, {**_values(entry), "links": spelled})
    insert_rows(EntryLink, LINK_COLUMNS, links)
    run.added["entry"] += len(rows)


def _update_entries(
    keyed: list[tuple[str, DocumentEntry]],
    known: dict[str, int],
    reading_list: ReadingList,
    papers: dict[str, int],
    run: ImportRun,
) -> None:
    rows = Entry.objects.prefetch_related("links").in_bulk([known[key] for key, _ in keyed])
    for key, entry in keyed:
        row = rows[known[key]]
        values = _values(entry)
        changed = run.update(row, key, values, line=entry.line, what=entry.title)
        here = [[link.url, link.label, link.is_main] for link in row.links.all()]
        spelled = _spelled(entry.links, run)
        links = run.changes_of_links(key, spelled, here, line=entry.line, what=entry.title)
        if changed:
            row.commentary_html = _render(row.commentary, reading_list)
            row.save(update_fields=[*changed, "commentary_html", "updated_at"])
        if links:
            row.links.all().delete()
            insert_rows(EntryLink, LINK_COLUMNS, _link_rows(row, entry.links, spelled, papers, run))
        (run.changed if changed or links else run.unchanged)["entry"] += 1


def _spelled(links: list[DocumentLink], run: ImportRun) -> list[list[Any]]:
    return [[(run.address(link.href) or link.href)[:1000], link.text[:600], link.is_main] for link in links]


def _link_rows(
    row: Entry, links: list[DocumentLink], spelled: list[list[Any]], papers: dict[str, int], run: ImportRun
) -> list[tuple[Any, ...]]:
    """The links of an entry, in LINK_COLUMNS."""
    behind = [run.papers.get(link.work) if link.work else papers.get(link.href) for link in links]
    return [
        (row.pk, position, url, label, is_main, paper)
        for position, ((url, label, is_main), paper) in enumerate(zip(spelled, behind, strict=True), start=1)
    ]


def _render(text: str, reading_list: ReadingList) -> str:
    return render_markdown(text, math=reading_list.uses_math, top_heading=3) if text else ""
