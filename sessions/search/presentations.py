"""What of this floor can be found, and by which words."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from papers.models import Paper, PaperAuthor
from readinggroup.models import Member, SearchEntry
from readinggroup.search import Document, Passage, register
from readinggroup.search.dates import midday
from sessions.models import (
    Condition,
    Presentation,
    PresentationPaper,
    Presenter,
    Recording,
    RoleAssignment,
    RolePlay,
    Session,
    Slide,
    SlideDeck,
    Visibility,
)
from sessions.recordings.clock import clock
from sessions.recordings.transcripts import Line, read_webvtt
from sessions.search.roles import role_passages, role_play_title, role_words

#: Captions are joined until they have as many letters.
LEAST_LETTERS = 60


def visibility_of(for_members: bool) -> str:
    return SearchEntry.Visibility.MEMBERS if for_members else SearchEntry.Visibility.PUBLIC


def presentation_document(presentation: Presentation) -> Document | None:
    """A presentation with the text of its slides; an empty slot cannot be found."""
    if presentation.status in (Presentation.Status.OPEN, Presentation.Status.CANCELLED):
        return None
    papers = [place.paper for place in presentation.paper_places.all()]
    return Document(
        title=presentation.display_title,
        body="\n".join(
            [
                ", ".join(presentation.presenter_names),
                presentation.summary,
                *(f"{paper.title} {', '.join(paper.author_names)}" for paper in papers),
                *(topic.name for topic in presentation.topics.all()),
                *_slide_texts(presentation),
                *_transcripts(presentation),
            ]
        ),
        url=presentation.get_absolute_url(),
        visibility=visibility_of(presentation.is_for_members),
        dated_at=midday(presentation.day),
    )


def _slide_texts(presentation: Any) -> list[str]:
    if presentation.slides_condition != Condition.AVAILABLE:
        return []
    return [slide.text for deck in presentation.current_decks for slide in deck.slides.all()]


def _transcripts(presentation: Any) -> list[str]:
    if presentation.recording_condition == Condition.WITHHELD:
        return []
    return [line.text for recording in presentation.recordings.all() for line in read_webvtt(recording.transcript)]


def presentation_passages(keys: Sequence[Any]) -> dict[Any, list[Passage]]:
    """The slides of these presentations and what was said in their recordings, each by itself."""
    found = _slides(keys)
    for key, passages in _sayings(keys).items():
        found.setdefault(key, []).extend(passages)
    return found


def _sayings(keys: Sequence[Any]) -> dict[Any, list[Passage]]:
    found: dict[Any, list[Passage]] = {}
    heard = Recording.objects.filter(presentation__in=keys, position=1).exclude(transcript="")
    unread = ("presentation__summary", "presentation__summary_html")
    for recording in (
        heard.exclude(presentation__recording_condition=Condition.WITHHELD)
        .select_related("presentation")
        .defer(*unread)
    ):
        address = recording.presentation.get_absolute_url()
        found[recording.presentation_id] = [
            Passage(label=f"Said at {clock(start)}", url=f"{address}#t={int(start)}", text=text)
            for start, text in _moments(read_webvtt(recording.transcript))
        ]
    return found


def _moments(lines: list[Line]) -> list[tuple[float, str]]:
    """Beginnings and words of what was said, in pieces that one can search: captions may be three words long."""
    moments: list[tuple[float, str]] = []
    for line in lines:
        if moments and len(moments[-1][1]) < LEAST_LETTERS:
            moments[-1] = (moments[-1][0], f"{moments[-1][1]} {line.text}")
        else:
            moments.append((line.start, line.text))
    return moments


def _slides(keys: Sequence[Any]) -> dict[Any, list[Passage]]:
    found: dict[Any, list[Passage]] = {}
    shown = Slide.objects.filter(
        slide_deck__is_current=True,
        slide_deck__presentation__in=keys,
        slide_deck__presentation__slides_condition=Condition.AVAILABLE,
    ).exclude(text="")
    unread = ("pieces", "slide_deck__presentation__summary", "slide_deck__presentation__summary_html")
    slides = shown.select_related("slide_deck__presentation").defer(*unread).order_by("slide_deck", "number")
    for slide in slides:
        presentation = slide.slide_deck.presentation
        passage = Passage(
            label=f"Slide {slide.number}",
            url=f"{presentation.get_absolute_url()}#slide={slide.number}",
            text=slide.text,
            image_url=reverse("sessions:slide_small", args=[slide.slide_deck_id, slide.number]),
        )
        found.setdefault(presentation.pk, []).append(passage)
    return found


def session_document(session: Session) -> Document | None:
    """A session by its theme or its roles; one without either is found by what is presented there."""
    title = session.title or role_play_title(session)
    if not title or session.is_cancelled:
        return None
    return Document(
        title=title,
        body="\n".join([session.series.name if session.series else "", session.place, *role_words(session)]),
        url=session.get_absolute_url(),
        visibility=visibility_of(session.visibility == Visibility.MEMBERS),
        dated_at=session.starts_at,
    )


def _presentations() -> Any:
    decks = SlideDeck.objects.current().prefetch_related("slides")
    credits = PaperAuthor.objects.select_related("author").order_by("position")
    places = PresentationPaper.objects.select_related("paper").prefetch_related(
        Prefetch("paper__credits", queryset=credits)
    )
    return (
        Presentation.objects.select_related("session")
        .with_presenters()
        .prefetch_related(
            "topics",
            "recordings",
            Prefetch("paper_places", queryset=places),
            Prefetch("slide_decks", queryset=decks, to_attr="current_decks"),
        )
    )


def _sessions() -> Any:
    credits = PaperAuthor.objects.select_related("author").order_by("position")
    return Session.objects.select_related("series", "role_play__paper").prefetch_related(
        Prefetch("role_play__paper__credits", queryset=credits),
        Prefetch("role_assignments", queryset=RoleAssignment.objects.select_related("role", "member").in_order()),
    )


def register_all() -> None:
    register(
        Presentation,
        kind="presentation",
        label="Presentations",
        queryset=_presentations,
        document=presentation_document,
        passages=presentation_passages,
        depends_on={
            Presenter: lambda presenter: [presenter.presentation_id],
            PresentationPaper: lambda place: [place.presentation_id],
            SlideDeck: lambda deck: [deck.presentation_id],
            Recording: lambda recording: [recording.presentation_id],
            Session: lambda session: session.presentations.values_list("pk", flat=True),
            Paper: lambda paper: paper.presentations.values_list("pk", flat=True),
            Member: lambda member: member.presentations.values_list("pk", flat=True),
        },
    )
    register(
        Session,
        kind="session",
        label="Sessions",
        queryset=_sessions,
        document=session_document,
        passages=role_passages,
        depends_on={
            RolePlay: lambda role_play: [role_play.session_id],
            RoleAssignment: lambda assignment: [assignment.session_id],
            Paper: lambda paper: paper.role_plays.values_list("session_id", flat=True),
            Member: lambda member: member.role_assignments.values_list("session_id", flat=True),
        },
    )
