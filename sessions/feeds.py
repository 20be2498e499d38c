"""What feeds tell of presentations and sessions, and of everything together."""

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from papers.feeds import reading_list_entries, report_entries
from papers.models import Paper
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
from readinggroup.files import CONTENT_TYPES
from sessions.models import Condition, Presentation, Session

#: A series fills the calendar months ahead; a session becomes news this long before it begins.
ANNOUNCED_BEFORE = timedelta(days=28)


def presentation_entries() -> list[FeedEntry]:
    """What was given, newest first, with its summary, papers, slides and recording."""
    papers = Prefetch(
        "papers", Paper.objects.for_card().order_by("presentation_places__position"), to_attr="its_papers"
    )
    rows = Presentation.objects.visible_to(EVERYBODY).given().newest_first().select_related("session")
    rows = rows.with_presenters().with_cover().prefetch_related("recordings", "topics", papers, "paper_places__paper")
    return [_presentation_entry(presentation) for presentation in rows[:MOST_ENTRIES]]


def session_entries() -> list[FeedEntry]:
    """Sessions of the coming weeks and those that were, newest first; what was called off says so."""
    rows = Session.objects.visible_to(EVERYBODY).filter(starts_at__lt=timezone.now() + ANNOUNCED_BEFORE)
    rows = rows.select_related("series", "host").with_presentations(EVERYBODY).order_by("-starts_at", "-pk")
    return [_session_entry(session) for session in rows[:MOST_ENTRIES]]


def all_entries() -> list[FeedEntry]:
    """Everything in one, newest first."""
    entries = [*presentation_entries(), *session_entries(), *report_entries(), *reading_list_entries()]
    return sorted(entries, key=lambda entry: (entry.published, entry.key), reverse=True)[:MOST_ENTRIES]


def _presentation_entry(presentation: Any) -> FeedEntry:
    url = absolute(presentation.get_absolute_url())
    deck = presentation.current_deck if presentation.slides_condition != Condition.WITHHELD else None
    films = [] if presentation.recording_condition == Condition.WITHHELD else list(presentation.recordings.all())
    context = {
        "presentation": presentation,
        "slide": presentation.cover_slide if deck else None,
        "deck": deck,
        "papers": presentation.its_papers,
        "films": films,
    }
    enclosures = [_film_link(film) for film in films if film.file]
    if deck and deck.is_pdf:
        pdf = absolute(reverse("sessions:slide_deck_pdf", args=[deck.pk]))
        enclosures.append(FeedLink(pdf, "enclosure", CONTENT_TYPES[".pdf"], deck.size))
    return FeedEntry(
        key=f"presentation/{presentation.pk}",
        title=presentation.display_title,
        url=url,
        published=_given_at(presentation),
        updated=presentation.updated_at,
        content=feed_content("sessions/_feed_presentation.html", context, page_url=url),
        authors=tuple(author_of(person) for person in presentation.presenters.all()),
        topics=tuple(topic.name for topic in presentation.topics.all()),
        links=(*(FeedLink(absolute(paper.get_absolute_url())) for paper in presentation.its_papers), *enclosures),
    )


def _given_at(presentation: Presentation) -> Any:
    if presentation.presented_on:
        return moment_of(presentation.presented_on)
    return presentation.session.starts_at if presentation.session else presentation.created_at


def _film_link(film: Any) -> FeedLink:
    url = absolute(reverse("sessions:recording_video", args=[film.pk]))
    return FeedLink(url, "enclosure", CONTENT_TYPES.get(f".{film.extension}", ""), film.size)


def _session_entry(session: Session) -> FeedEntry:
    url = absolute(session.get_absolute_url())
    talks: list[Presentation] = session.talks
    published = max(session.created_at, session.starts_at - ANNOUNCED_BEFORE)
    context = {"session": session, "talks": talks, "open_count": len(session.open_slots)}
    name = session.title or (talks[0].display_title if talks else session.display_title)
    return FeedEntry(
        key=f"session/{session.pk}",
        title=f"{'Cancelled: ' if session.is_cancelled else ''}{session.day_text}: {name}",
        url=url,
        published=published,
        updated=max([session.updated_at, *(talk.updated_at for talk in talks)]),
        content=feed_content("sessions/_feed_session.html", context, page_url=url),
        authors=((session.host.display_name, ""),) if session.host else (),
    )
