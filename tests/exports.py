"""What the site holds, as plain data without the numbers of rows, to be compared before and after a journey."""

from pathlib import Path
from pprint import pformat
from typing import Any

from papers.models import Identifier, ImportedDocument, ReadingList, Report
from papers.queries.reading_lists import outline_of
from sessions.models import Presentation, Session

ARCHIVES = ("reading-group archive", "schedule table")


def write_folder(folder: Path, files: Any) -> None:
    """Write exported files as the command does."""
    from sessions.services.exporting import pieces_of

    for file in files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(pieces_of(file)))


def snapshot() -> list[str]:
    """All that a reader would notice, line by line."""
    return pformat(_everything(), width=110).split("\n")


def _everything() -> dict[str, Any]:
    return {
        "papers": sorted((i.scheme, i.value, i.version, i.paper.title) for i in Identifier.objects.all()),
        "lists": sorted((_list(one) for one in ReadingList.objects.for_page()), key=str),
        "reports": sorted((_report(one) for one in Report.objects.with_authors()), key=str),
        "sessions": sorted((_session(one) for one in Session.objects.select_related("series")), key=str),
        "presentations": sorted((_talk(one) for one in Presentation.objects.with_presenters()), key=str),
        "pages": [page for page in map(_page, ImportedDocument.objects.filter(shape__in=ARCHIVES)) if len(page) > 1],
    }


def _names(paper: Any) -> list[str]:
    return [str(identifier) for identifier in paper.identifiers.all()] if paper else []


def _entry(row: Any) -> dict[str, Any]:
    links = sorted(row.links.all(), key=lambda link: not link.is_main)
    fields = ("number", "title", "commentary", "year", "people", "organisations")
    return {name: getattr(row, name) for name in fields} | {
        "links": [(link.url, link.label, link.is_main, _names(link.paper)) for link in links]
    }


def _list(row: Any) -> dict[str, Any]:
    outline = outline_of(row)
    fields = ("kind", "number", "title", "dated_on", "keeper_name", "uses_math", "is_public", "intro", "outro")
    return {name: getattr(row, name) for name in fields} | {
        "topics": sorted(topic.name for topic in row.topics.all()),
        "entries": [_entry(entry) for entry in outline.entries],
        "sections": [
            (node.level, node.section.heading, node.section.body, [_entry(entry) for entry in node.entries])
            for node in outline.walk()
        ],
    }


def _report(row: Any) -> dict[str, Any]:
    fields = (
        *("kind", "number", "title", "series_title", "part", "paper_title", "teaser", "body", "epigraph", "code_url"),
        *("canonical_url", "status", "dated_on", "period_ends_on", "cover_display_width", "cover_alt", "author_names"),
    )
    return {name: getattr(row, name) for name in fields} | {
        "paper": _names(row.paper),
        "topics": sorted(topic.name for topic in row.topics.all()),
        "has cover": bool(row.cover),
    }


def _session(row: Any) -> dict[str, Any]:
    fields = ("title", "starts_at", "ends_at", "time_zone", "place", "meeting_url", "format", "status", "notes")
    more = {"series": row.series.name if row.series else "", "visibility": row.visibility}
    return {name: getattr(row, name) for name in fields} | more


def _talk(row: Any) -> dict[str, Any]:
    fields = (
        *("number", "title", "summary", "status", "presented_on", "presenter_names", "slides_condition"),
        *("slides_reason", "slides_url", "recording_condition", "recording_reason", "visibility"),
    )
    return {name: getattr(row, name) for name in fields} | {
        "session": row.session.starts_at if row.session else None,
        "papers": [_names(place.paper) for place in row.paper_places.order_by("position")],
        "recordings": [(r.host, r.video_id, r.url, r.starts_at_seconds, r.title) for r in row.recordings.all()],
        "topics": sorted(topic.name for topic in row.topics.all()),
        "decks": [(deck.original_name, deck.sha256) for deck in row.slide_decks.all()],
    }


def _page(row: Any) -> dict[str, Any]:
    sections = [{**section, "line": 0} for section in row.outline["sections"]]
    epigraphs = [{**epigraph, "line": 0} for epigraph in row.outline["epigraphs"]]
    whole = {"title": row.title, "introduction": row.introduction, "sections": sections, "epigraphs": epigraphs}
    return {name: value for name, value in whole.items() if value}
