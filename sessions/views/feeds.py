"""Feeds of presentations, sessions and everything, and the page that names all feeds."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from papers.models import ReadingList
from readinggroup.feeds import EVERYBODY, AtomFeed, FeedEntry, feed_view
from sessions.feeds import all_entries, presentation_entries, session_entries

#: Lists that are named on the page; each list's own page names its feed too.
LISTS = 30


class EverythingFeed(AtomFeed):
    def title(self, about: None) -> str:
        return settings.SITE_NAME

    def key(self, about: None) -> str:
        return "feed/everything"

    def page_path(self, about: None) -> str:
        return reverse("home")

    def entries(self, about: None) -> Iterable[FeedEntry]:
        return all_entries()


class PresentationFeed(AtomFeed):
    def title(self, about: None) -> str:
        return f"{settings.SITE_NAME}: presentations"

    def key(self, about: None) -> str:
        return "feed/presentations"

    def page_path(self, about: None) -> str:
        return reverse("sessions:presentation_list")

    def entries(self, about: None) -> Iterable[FeedEntry]:
        return presentation_entries()


class SessionFeed(AtomFeed):
    def title(self, about: None) -> str:
        return f"{settings.SITE_NAME}: sessions"

    def key(self, about: None) -> str:
        return "feed/sessions"

    def page_path(self, about: None) -> str:
        return reverse("sessions:session_list")

    def entries(self, about: None) -> Iterable[FeedEntry]:
        return session_entries()


feed_everything = feed_view(EverythingFeed)
feed_presentations = feed_view(PresentationFeed)
feed_sessions = feed_view(SessionFeed)


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """What one can subscribe to."""
    lists = ReadingList.objects.visible_to(EVERYBODY).newest_first()
    return render(request, "sessions/feed_list.html", {"reading_lists": lists[:LISTS]})
