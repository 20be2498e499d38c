"""Feeds of reports and reading lists."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from papers.feeds import entries_of, reading_list_entries, report_entries
from papers.models import ReadingList
from readinggroup.feeds import EVERYBODY, AtomFeed, FeedEntry, feed_view


class ReportFeed(AtomFeed):
    def title(self, about: None) -> str:
        return f"{settings.SITE_NAME}: reports"

    def key(self, about: None) -> str:
        return "feed/reports"

    def page_path(self, about: None) -> str:
        return reverse("papers:report_list")

    def entries(self, about: None) -> Iterable[FeedEntry]:
        return report_entries()


class ReadingListsFeed(AtomFeed):
    """An entry for each list."""

    def title(self, about: None) -> str:
        return f"{settings.SITE_NAME}: reading lists"

    def key(self, about: None) -> str:
        return "feed/lists"

    def page_path(self, about: None) -> str:
        return reverse("papers:reading_list_list")

    def entries(self, about: None) -> Iterable[FeedEntry]:
        return reading_list_entries()


class ReadingListFeed(AtomFeed):
    """One list, an entry for each of its entries."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> ReadingList:
        lists = ReadingList.objects.visible_to(EVERYBODY).select_related("owner")
        reading_list: ReadingList = get_object_or_404(lists, slug=kwargs["slug"])
        return reading_list

    def title(self, about: ReadingList) -> str:
        return f"{settings.SITE_NAME}: {about.title}"

    def key(self, about: ReadingList) -> str:
        return f"feed/list/{about.pk}"

    def page_path(self, about: ReadingList) -> str:
        return about.get_absolute_url()

    def entries(self, about: ReadingList) -> Iterable[FeedEntry]:
        return entries_of(about)


feed_reports = feed_view(ReportFeed)
feed_reading_lists = feed_view(ReadingListsFeed)
feed_reading_list = feed_view(ReadingListFeed)
