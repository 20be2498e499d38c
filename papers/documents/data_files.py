"""Data files of a site, from which its generator makes pages: a schedule, a list of papers, the names of people."""

import csv
import json
import re
import tomllib
from pathlib import PurePosixPath
from typing import Any

import yaml

from papers.documents.days import find_day
from papers.documents.document import Document, DocumentEntry, DocumentLink, DocumentSection, Shape
from papers.documents.front_matter import FrontMatter, WrittenLoader
from papers.documents.front_schedule import LINE, rows_of, schedule_table, text_of
from papers.documents.html_pieces import convert_html
from papers.documents.paper_links import is_paper
from papers.documents.reading import read_head
from papers.documents.roles import Role, role_of
from papers.documents.source import DocumentRefused, check_limits

ENDINGS = (".yml", ".yaml", ".json", ".csv", ".tsv", ".toml")
#: Words for machines: marks, names of people in a list of their own, addresses on the site.
_MACHINE = re.compile(r"[\w/.:-]*(?:[a-z]_[a-z]|/)[\w/.:-]*|[a-z]+")
#: In the place of what is not for readers.
_UNUSED: list[Any] = []
#: Lists of these hold words for readers.
_NAMING = {Role.TITLE, Role.PAPER, Role.AUTHORS}
_SLUG = re.compile(r"[\w.-]{1,60}")
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+$|(?:arxiv|doi):\S+$", re.IGNORECASE)
_NAMES = ("name", "display_name", "full_name", "fullname")
_KEYS = ("id", "key", "slug", "username", "short_name", "login")


class _LineLoader(WrittenLoader):
    """Each mapping knows its line."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        return {**super().construct_mapping(node, deep=deep), LINE: node.start_mark.line + 1}


def read_values(name: str, text: str) -> Any:
    """What a data file holds, as plain Python. Raises DocumentRefused."""
    check_limits(text)
    ending = PurePosixPath(name.lower()).suffix
    try:
        if ending == ".toml":
            return tomllib.loads(text, parse_float=str)
        if ending in {".csv", ".tsv"}:
            rows = csv.DictReader(text.splitlines(), delimiter="\t" if ending == ".tsv" else ",")
            return [{**row, LINE: rows.line_num} for row in rows if None not in row]
        if ending == ".json":
            return json.loads(text)
        return yaml.load(text, Loader=_LineLoader)  # noqa: S506 -- a SafeLoader that refuses aliases
    except (ValueError, TypeError, RecursionError, yaml.YAMLError, csv.Error) as error:
        raise DocumentRefused(f"It is not valid: {error}") from error


def people_in(value: Any) -> dict[str, str]:
    """The full names of people by the short ones under which other files know them."""
    if isinstance(value, dict):
        parts = [(str(key), part) for key, part in value.items() if isinstance(part, dict)]
    else:
        listed = [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
        parts = [(str(part[key]), part) for part in listed for key in _KEYS if part.get(key)]
    named = [(key, next((part[name] for name in _NAMES if part.get(name)), None)) for key, part in parts]
    return {key: name for key, name in named if isinstance(name, str) and _SLUG.fullmatch(key)}


def read_data(name: str, value: Any, people: dict[str, str]) -> Document | None:
    """The schedule or the papers in a data file called `name`, None where it tells neither."""
    title, stem = _title(name), PurePosixPath(name).stem
    rows = _talk_rows(value, people)
    front = FrontMatter({"title": title, stem: rows}, lines={stem: 1})
    if rows and schedule_table(front):
        document = read_head(front, name=name)
        for key in sorted({key for row in rows for key, part in row.items() if part is _UNUSED}):
            document.warn(1, str(key), "words for machines under this name in the data file; not used")
        return document
    return _papers(title, stem, value)


def _title(name: str) -> str:
    """ "Fall 2026" for `talks/fall2026.yaml`."""
    words = re.sub(r"(?<=[a-z])(?=\d)", " ", re.sub(r"[-_]+", " ", PurePosixPath(name).stem)).strip()
    return words[:1].upper() + words[1:]


def _talk_rows(value: Any, people: dict[str, str]) -> list[dict[str, Any]]:
    """The rows of a schedule, with people by their full names, and without what only machines read.

    There are none where no row tells a day or who presents.
    """
    rows = rows_of(value)
    keys = dict.fromkeys(key for row in rows for key in row if key != LINE)
    roles = {key: role_of(key.replace("_", " ")) for key in keys}
    if not any(_tells_talk(role, row.get(key)) for key, role in roles.items() for row in rows):
        return []
    for key, role in roles.items():
        for row in rows:
            row[key] = _cell(row.get(key), role, people)
    return rows


def _tells_talk(role: Role | None, value: Any) -> bool:
    found = find_day(text_of(value)) if role == Role.DATE else None
    return bool(found and found.day) or (role == Role.PRESENTER and bool(text_of(value)))


def _cell(value: Any, role: Role | None, people: dict[str, str]) -> Any:
    if role == Role.PRESENTER:
        return [people.get(str(part), part) for part in _listed(value)]
    if isinstance(value, list) and role not in _NAMING and all(map(_MACHINE.fullmatch, map(text_of, value))):
        return _UNUSED if value else None
    if role is None and isinstance(value, str) and _MACHINE.fullmatch(value):
        return value.replace("_", " ")
    return " ".join(convert_html(value).text.split()) if isinstance(value, str) and "<" in value else value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _papers(title: str, stem: str, value: Any) -> Document | None:
    """A reading list of the papers in a file; what stands under a name of its own is a section."""
    document = Document(Shape.READING_LIST, title)
    groups = value.items() if isinstance(value, dict) else [("", value)]
    for name, group in groups:
        rows = [row for row in _listed(group) if isinstance(row, dict) and row.get("title")]
        if not rows:
            continue
        if name and len(groups) > 1:
            document.sections.append(DocumentSection(str(name), rows[0].get(LINE, 1)))
        section = len(document.sections) - 1 if document.sections else None
        document.entries.extend(_entry(row, section) for row in rows)
    links = [link for entry in document.entries for link in entry.links]
    document.links.extend(links)
    of_papers = any(is_paper(link.href) for link in links) or (links and role_of(stem) == Role.PAPER)
    return document if of_papers else None


def _entry(row: dict[str, Any], section: int | None) -> DocumentEntry:
    line = row.get(LINE, 1)
    entry = DocumentEntry(str(row["title"]), line, section)
    said = []
    for key, part in row.items():
        role, text = role_of(str(key).replace("_", " ")), text_of(part)
        if key in {"title", LINE} or not text:
            continue
        if _ADDRESS.match(text):
            is_main = is_paper(text) or role in {Role.LINK, Role.PAPER}
            entry.links.append(DocumentLink(text, entry.title if is_main else str(key), line, is_main))
        elif role == Role.AUTHORS:
            entry.people = text[:500]
        elif role == Role.YEAR and re.fullmatch(r"(?:1[89]|20)\d\d", text):
            entry.year = int(text)
        else:
            said.append(text if role == Role.COMMENT else f"{key}: {text}")
    entry.commentary = "\n\n".join(said)
    return entry
