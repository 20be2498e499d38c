"""Writing the whole public archive as a site of files."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from papers.models import Paper, ReadingList, Report, Topic
from readinggroup.feeds import EVERYBODY
from readinggroup.models import Member
from readinggroup.static_site import StaticSite, replacing
from readinggroup.static_site.folder import mark
from sessions.models import Presentation, Session

FRONT_PAGES = (
    "home",
    "sessions:presentation_list",
    "sessions:session_list",
    "papers:report_list",
    "papers:reading_list_list",
    "papers:paper_list",
    "papers:topic_list",
    "members:member_list",
    "sessions:feed_list",
)
#: What a view writes, in words; views that are not named here count as other pages and files.
KINDS = {
    "sessions:presentation_detail": "presentations",
    "sessions:session_detail": "sessions",
    "papers:report_detail": "reports",
    "papers:reading_list_detail": "reading lists",
    "papers:paper_detail": "papers",
    "papers:topic_detail": "topics",
    "members:member_detail": "members",
    "sessions:slide_large": "slides",
    "sessions:slide_deck_original": "slide decks",
    "sessions:recording_video": "recordings",
    "papers:report_image": "pictures",
    "papers:report_cover": "covers",
    "papers:paper_cover": "covers",
}


@dataclass
class ExportReport:
    """How many of what are in the export, its bytes, and (page, link) of files that pages name and that are missing."""

    counts: Counter[str] = field(default_factory=Counter)
    size: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)


def export_site(folder: Path, *, public_url: str = "") -> ExportReport:
    """Write everything that everybody may see into `folder`, in place of an earlier export.

    `public_url` is where the files will be published, this site's own address unless given. Raises FolderRefused when
    the folder is something else, and ViewFailed when a page cannot be made; then the folder is as it was.
    """
    with replacing(folder) as fresh:
        site = StaticSite(fresh, public_url=public_url or settings.SITE_URL)
        site.write(public_paths())
        report = ExportReport(_in_words(site.counts), site.size, site.missing)
        mark(fresh, {"site": settings.SITE_URL, "made_at": timezone.now().isoformat(), "counts": report.counts})
    return report


def public_paths() -> Iterator[str]:
    """The pages from which everything public can be reached."""
    yield from map(reverse, FRONT_PAGES)
    rows: tuple[Any, ...] = (
        Presentation.objects.visible_to(EVERYBODY).exclude(status=Presentation.Status.OPEN).only("pk", "slug"),
        Session.objects.visible_to(EVERYBODY).only("pk"),
        Report.objects.visible_to(EVERYBODY).only("pk", "slug"),
        ReadingList.objects.visible_to(EVERYBODY).only("pk", "slug"),
        Paper.objects.visible_to(EVERYBODY).only("pk", "slug"),
        Topic.objects.only("pk", "slug"),
        Member.objects.listed().only("pk", "slug"),
    )
    for found in rows:
        for row in found.order_by("pk").iterator():
            yield row.get_absolute_url()


def _in_words(counts: Counter[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for view_name, number in counts.items():
        words[_kind(view_name)] += number
    return words


def _kind(view_name: str) -> str:
    name = view_name.rpartition(":")[2]
    if name.startswith("feed_") and name != "feed_list":
        return "feeds"
    if name.endswith("_citation"):
        return "reference files"
    if name.endswith(("_markdown", "_export")):
        return "Markdown documents"
    return KINDS.get(view_name, "other pages and files")
