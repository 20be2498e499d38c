"""The demo's reports and reading lists."""

import re
import tomllib
from datetime import timedelta
from importlib.resources import files
from io import BytesIO
from typing import Any

import pypdfium2
from django.core.files.base import ContentFile
from django.utils import timezone

from papers.models import Report, Section
from papers.services.reading_lists import LinkLine, add_entry, add_section, create_reading_list
from papers.services.report_images import add_report_image
from papers.services.reports import mark_work_in_progress, publish_report, save_report
from readinggroup.images import accept_image
from readinggroup.models import Member
from sessions.demo.cast import Cast
from sessions.demo.decks import draw_deck

FIRST_PAPER_REPORT = 11


def load_reports(cast: Cast) -> None:
    """One file per report, oldest first, so that numbers follow the days."""
    entries = sorted(files("sessions.demo").joinpath("reports").iterdir(), key=lambda entry: entry.name)
    reports = [_read(entry.read_text(encoding="utf-8")) for entry in entries if entry.name.endswith(".md")]
    number = FIRST_PAPER_REPORT
    for facts, teaser, body in sorted(reports, key=lambda report: -report[0]["days_ago"]):
        is_numbered = facts["kind"] == Report.Kind.PAPER
        _load_report(cast, facts, teaser, body, number=number if is_numbered else None)
        number += is_numbered


def load_lists(cast: Cast) -> None:
    for facts in tomllib.loads(files("sessions.demo").joinpath("lists.toml").read_text(encoding="utf-8"))["lists"]:
        reading_list = create_reading_list(
            owner=cast.members[facts["owner"]],
            topics=cast.topics_named(facts["topics"]),
            kind=facts["kind"],
            number=facts.get("number"),
            title=facts["title"],
            intro=facts["intro"],
            dated_on=cast.today - timedelta(days=facts["days_ago"]),
            import_key=f"demo#{facts['title']}",
        )
        for entry in facts.get("entries", []):
            _load_entry(cast, reading_list, None, entry)
        sections: dict[str, Section] = {}
        for part in facts.get("sections", []):
            parent = sections.get(part.get("inside", ""))
            section = add_section(reading_list, heading=part["heading"], parent=parent)
            sections[part["heading"]] = section
            for entry in part.get("entries", []):
                _load_entry(cast, reading_list, section, entry)


def _read(text: str) -> tuple[dict[str, Any], str, str]:
    """Cut a report's file into its head, its teaser and its body."""
    _, head, rest = text.split("+++\n", 2)
    teaser, _, body = rest.partition("\n---\n")
    return tomllib.loads(head), teaser.strip(), body.strip()


def _load_report(cast: Cast, facts: dict[str, Any], teaser: str, body: str, *, number: int | None) -> None:
    paper = cast.papers.get(facts.get("paper", ""))
    authors = [cast.members[name] for name in facts["authors"]]
    report = Report(
        kind=facts["kind"],
        title=facts["title"],
        series_title=facts.get("series", ""),
        part=facts.get("part"),
        paper=paper,
        paper_title=paper.title if paper else "",
        epigraph=facts.get("epigraph", ""),
        teaser=teaser,
        body=_with_figures(body, authors[0]),
        cover_alt=facts.get("cover_alt", ""),
        cover_display_width=facts.get("cover_width"),
        code_url=facts.get("code", ""),
        dated_on=cast.today - timedelta(days=facts["days_ago"]),
        import_key=f"demo#{facts['title']}",
    )
    if "cover" in facts:
        content = _page_as_image(facts["cover"], facts["cover_page"])
        report.cover.save(f"demo-{facts['cover']}.webp", ContentFile(content), save=False)
    save_report(report, saved_by=authors[0], authors=authors)
    report.topics.set(cast.topics_named(facts["topics"]))
    if facts.get("status") == "wip":
        mark_work_in_progress(report)
    else:
        is_free = number and not Report.objects.filter(kind=report.kind, number=number).exists()
        publish_report(report, number=number if is_free else None)
    published_at = timezone.now() - timedelta(days=facts["days_ago"])
    Report.objects.filter(pk=report.pk).update(published_at=published_at)


def _with_figures(body: str, author: Member) -> str:
    """Turn `](deck:name/page)` into the address of that page, kept as a picture of the report."""

    def store(match: re.Match[str]) -> str:
        image = add_report_image(BytesIO(_page_as_image(match["deck"], int(match["page"]))), uploaded_by=author)
        return f"]({image.get_absolute_url()}"

    return re.sub(r"\]\(deck:(?P<deck>[\w-]+)/(?P<page>\d+)", store, body)


def _page_as_image(deck: str, page: int) -> bytes:
    """One page of a demo deck as a picture."""
    with pypdfium2.PdfDocument(draw_deck(deck)) as pdf:
        buffer = BytesIO()
        pdf[page - 1].render(scale=1.25).to_pil().save(buffer, "PNG")
    buffer.seek(0)
    return accept_image(buffer).content


def _load_entry(cast: Cast, reading_list: Any, section: Section | None, facts: dict[str, Any]) -> None:
    links = []
    for label, target in facts["links"]:
        paper = cast.papers.get(target)
        url = _address(paper) if paper else target
        links.append(LinkLine(url, label, paper))
    add_entry(
        reading_list,
        section=section,
        links=links,
        number=facts.get("number"),
        title=facts.get("title", ""),
        commentary=facts.get("commentary", "").strip(),
        year=facts.get("year"),
        people=facts.get("people", ""),
        organisations=facts.get("organisations", ""),
    )


def _address(paper: Any) -> str:
    name = paper.identifiers.first()
    return (
        f"https://doi.org/{name.value}" if name.scheme == "doi" else f"https://arxiv.org/abs/{name.value}{name.version}"
    )
