"""What feeds tell of reports and reading lists. Commentary goes with its entry."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from papers.models import Entry, EntryLink, ReadingList, Report
from readinggroup.feeds import (
    EVERYBODY,
    MOST_ENTRIES,
    FeedEntry,
    FeedLink,
    absolute,
    author_of,
    feed_content,
    moment_of,
)

#: Entries of a list that stand in the feed of all lists; the list's own feed and page have the others.
ENTRIES_OF_A_LIST = 60


def report_entries() -> list[FeedEntry]:
    """Reports and public works in progress, newest first, with their whole text."""
    reports = Report.objects.visible_to(EVERYBODY).for_feed().select_related("paper").prefetch_related("topics")
    return [_report_entry(report) for report in reports[:MOST_ENTRIES]]


def reading_list_entries() -> list[FeedEntry]:
    """Public reading lists, newest first, with what their keepers say of each entry."""
    first = Entry.objects.order_by("position").prefetch_related(_links())[: ENTRIES_OF_A_LIST + 1]
    lists = ReadingList.objects.visible_to(EVERYBODY).newest_first().select_related("owner")
    lists = lists.prefetch_related("topics", Prefetch("entries", queryset=first, to_attr="first_entries"))
    return [_reading_list_entry(reading_list) for reading_list in lists[:MOST_ENTRIES]]


def entries_of(reading_list: ReadingList) -> list[FeedEntry]:
    """The entries of one list, those that came last first, and those that came together in the list's order."""
    entries = reading_list.entries.order_by("-created_at", "position").select_related("section")
    entries = entries.prefetch_related(_links())[:MOST_ENTRIES]
    return [_entry_of_list(entry, reading_list) for entry in entries]


def _report_entry(report: Report) -> FeedEntry:
    url = absolute(report.get_absolute_url())
    published = report.published_at or (moment_of(report.dated_on) if report.dated_on else report.created_at)
    unfinished = " (work in progress)" if report.status == Report.Status.WORK_IN_PROGRESS else ""
    return FeedEntry(
        key=f"report/{report.pk}",
        title=f"{report.kicker}: {report.title}{unfinished}",
        url=url,
        published=published,
        updated=report.updated_at,
        content=feed_content("papers/_feed_report.html", {"report": report}, page_url=url),
        authors=tuple(author_of(credit) for credit in report.credits.all()),
        topics=tuple(topic.name for topic in report.topics.all()),
        links=(FeedLink(absolute(report.paper.get_absolute_url())),) if report.paper else (),
    )


def _reading_list_entry(reading_list: Any) -> FeedEntry:
    url = absolute(reading_list.get_absolute_url())
    entries: list[Entry] = reading_list.first_entries
    context = {
        "reading_list": reading_list,
        "entries": entries[:ENTRIES_OF_A_LIST],
        "is_cut": len(entries) > ENTRIES_OF_A_LIST,
    }
    return FeedEntry(
        key=f"list/{reading_list.pk}",
        title=reading_list.title,
        url=url,
        published=moment_of(reading_list.dated_on) if reading_list.dated_on else reading_list.created_at,
        updated=max([reading_list.updated_at, *(entry.updated_at for entry in entries)]),
        content=feed_content("papers/_feed_reading_list.html", context, page_url=url),
        authors=keeper_of(reading_list),
        topics=tuple(topic.name for topic in reading_list.topics.all()),
    )


def _entry_of_list(entry: Entry, reading_list: ReadingList) -> FeedEntry:
    page = absolute(reading_list.get_absolute_url())
    links: Iterable[EntryLink] = entry.links.all()
    return FeedEntry(
        key=f"entry/{entry.pk}",
        title=_title(entry),
        url=f"{page}#entry-{entry.pk}",
        published=entry.created_at,
        updated=entry.updated_at,
        content=feed_content("papers/_feed_entry.html", {"entry": entry}, page_url=page),
        authors=keeper_of(reading_list),
        topics=(entry.section.heading,) if entry.section else (),
        links=tuple(FeedLink(link.url) for link in links if link.url.startswith(("http://", "https://"))),
    )


def keeper_of(reading_list: ReadingList) -> tuple[tuple[str, str], ...]:
    """Who keeps a list, as authors of a feed."""
    owner = reading_list.owner
    if owner is None:
        return ((reading_list.owner_name, ""),) if reading_list.owner_name else ()
    page = absolute(owner.get_absolute_url()) if owner.is_public and owner.is_active else ""
    return ((owner.display_name, page),)


def _title(entry: Entry) -> str:
    """Its title as written, else what it links to, else the beginning of what is said."""
    link = next(iter(entry.links.all()), None)
    named = (link.label or (link.paper.display_title if link.paper else "") or link.url) if link else ""
    return entry.title or named or entry.commentary.strip().split("\n")[0][:100] or "A note"


def _links() -> Prefetch:
    return Prefetch("links", queryset=EntryLink.objects.select_related("paper").order_by("position"))
