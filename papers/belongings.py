"""What of this floor belongs to a member."""

from typing import Any

from papers.models import ReadingList, ReadingStatus, Report, ReportAuthor, SavedLink
from readinggroup.belongings import Belonging, Rows, register
from readinggroup.models import Member


def export_reports(member: Member) -> Rows:
    reports = Report.objects.filter(credits__member=member)
    fields = ("kind", "number", "title", "status", "teaser", "body", "dated_on", "created_at")
    return [{name: _plain(getattr(report, name)) for name in fields} for report in reports]


def release_reports(member: Member, name: str) -> None:
    ReportAuthor.objects.filter(member=member).update(name=name, member=None)


def export_reading_lists(member: Member) -> Rows:
    lists = ReadingList.objects.filter(owner=member).prefetch_related("entries__links")
    return [
        {
            "kind": one.kind,
            "title": one.title,
            "intro": one.intro,
            "outro": one.outro,
            "entries": [
                {
                    "title": entry.title,
                    "commentary": entry.commentary,
                    "links": [{"label": link.label, "url": link.url} for link in entry.links.all()],
                }
                for entry in one.entries.all()
            ],
        }
        for one in lists
    ]


def release_reading_lists(member: Member, name: str) -> None:
    ReadingList.objects.filter(owner=member, is_public=False).delete()
    ReadingList.objects.filter(owner=member).update(owner=None, owner_name=name)


def export_reading(member: Member) -> Rows:
    statuses = ReadingStatus.objects.filter(member=member).select_related("paper")
    return [{"paper": one.paper.title, "status": one.status, "note": one.note} for one in statuses]


def release_reading(member: Member, name: str) -> None:
    ReadingStatus.objects.filter(member=member).delete()


def export_saved_links(member: Member) -> Rows:
    return [{"url": one.url, "title": one.title, "why": one.why} for one in SavedLink.objects.filter(saved_by=member)]


def release_saved_links(member: Member, name: str) -> None:
    """What is in a collection stays there; what still waits goes with its finder."""
    SavedLink.objects.waiting().filter(saved_by=member).delete()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def register_all() -> None:
    register(
        Belonging(
            key="reports",
            export=export_reports,
            release=release_reports,
            heading="Reports",
            template="papers/_report_row.html",
            row_name="report",
            shown=lambda member, reader: (
                Report.objects.visible_to(reader).filter(credits__member=member).distinct().for_listing()
            ),
        )
    )
    register(
        Belonging(
            key="reading_lists",
            export=export_reading_lists,
            release=release_reading_lists,
            heading="Reading lists",
            template="papers/_reading_list_row.html",
            row_name="reading_list",
            shown=lambda member, reader: ReadingList.objects.visible_to(reader).filter(owner=member).for_listing(),
        )
    )
    register(Belonging(key="saved_links", export=export_saved_links, release=release_saved_links))
    register(Belonging(key="reading", export=export_reading, release=release_reading))
