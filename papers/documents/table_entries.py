"""Rows of a table become entries of a list."""

from collections.abc import Iterator

from papers.documents.document import Document, DocumentEntry
from papers.documents.entry_lines import as_document_link, is_pointer
from papers.documents.paper_links import is_paper
from papers.documents.parsing import FoundLink, Inline, leads_out
from papers.documents.roles import Role
from papers.documents.tables import Table, is_blank, is_struck, is_template, section_name, text_beside

_NAMING = {Role.PAPER, Role.TITLE, Role.LINK}


def read_entry_table(table: Table, document: Document, *, section: int | None) -> Iterator[DocumentEntry]:
    """One entry per row; a row that is a sub-heading or a template is none, and is warned about."""
    for row in table.rows:
        line, text = row[0].line, " | ".join(cell.text for cell in row)
        if is_blank(row):
            continue
        if section_name(table, row):
            document.warn(line, text, "a row that names a part of the table; kept in the document only")
        elif is_template(row):
            document.warn(line, text, "a row that shows how to fill in the table; no entry")
        else:
            yield _entry(table, row, section)


def _entry(table: Table, row: list[Inline], section: int | None) -> DocumentEntry:
    entry = DocumentEntry("", row[0].line, section, is_cancelled=is_struck(row))
    kept: list[str] = []
    unnamed: tuple[str, str] | None = None
    naming = table.has(*_NAMING)
    for number, (name, role, cell) in enumerate(table.cells(row)):
        links = [link for link in cell.links if leads_out(link.href)]
        is_main = role in _NAMING or (not naming and number == 0) or any(is_paper(link.href) for link in links)
        entry.links += [as_document_link(link, is_main=is_main) for link in links]
        if not cell.text.strip():
            continue
        if role == Role.AUTHORS and not links and len(cell.plain) <= 500:
            entry.people = cell.plain
        elif role == Role.YEAR and cell.plain.isdigit() and 1800 < int(cell.plain) < 2200:
            entry.year = int(cell.plain)
        elif role == Role.NUMBER and cell.plain.strip("#. ").isdigit() and len(cell.plain) < 6:
            entry.number = int(cell.plain.strip("#. ")) or None
        elif not entry.title and _names_entry(cell, role, is_first=not naming and number == 0):
            entry.title = _title(cell, links)
            rest = text_beside(cell, links) if entry.title != cell.plain else ""
            kept += [rest.strip(" ,;:")] if rest else []
        elif text_beside(cell, links) or role not in {Role.LINK, Role.PAPER}:
            kept.append(f"{name}: {cell.text}" if name else cell.text)
            unnamed = unnamed or (None if links or role else (cell.plain, kept[-1]))
    if not entry.title:
        _title_from(row, entry, kept, unnamed)
    entry.commentary = "\n\n".join(kept)
    return entry


def _title_from(row: list[Inline], entry: DocumentEntry, kept: list[str], unnamed: tuple[str, str] | None) -> None:
    """What a row without a title is called: as its link, as the only cell that says something, or as its first one."""
    entry.title = next((link.text for link in entry.links if link.text and not is_pointer(link.text)), "")
    said = [cell.plain for cell in row if cell.plain]
    if not entry.title and not entry.links and len(said) == 1:
        entry.title = said[0][:600]
        kept.clear()
    elif not entry.title and unnamed:
        entry.title = unnamed[0][:600]
        kept.remove(unnamed[1])


def _names_entry(cell: Inline, role: Role | None, *, is_first: bool) -> bool:
    """Whether a cell says what the row is about; an address alone says only where that is."""
    is_address = all(not link.label for link in cell.links) and not text_beside(cell, list(cell.links))
    return (role in {Role.PAPER, Role.TITLE} and not (cell.links and is_address)) or is_first


def _title(cell: Inline, links: list[FoundLink]) -> str:
    """What the link is called, or the whole cell where the link only points."""
    named = [link.label for link in links if link.label and not is_pointer(link.label)]
    return (named[0] if len(named) == 1 else cell.plain)[:600]
