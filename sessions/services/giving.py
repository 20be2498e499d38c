"""After a session: what took place goes into the archive, and its presenters are asked for what is missing."""

from django.db import transaction
from django.utils import timezone

from readinggroup.models import Member
from readinggroup.search import index_after_commit
from readinggroup.services.mailing import send_once
from sessions.checklist import lacking
from sessions.models import Presentation, Session, SlotEvent
from sessions.services.presentations import give_presentation
from sessions.services.slot_steps import record

Status = Presentation.Status


class NotGiven(Exception):
    """It cannot have taken place; the sentence says why."""


def why_session_not_held(session: Session) -> str:
    """Why a session cannot have taken place yet, as a sentence; "" when it can."""
    if session.is_cancelled:
        return "This session was called off."
    if session.starts_at > timezone.now():
        return f"This session is still to come: it starts on {session.day_text}, {session.time_text}."
    return ""


def why_not_given(presentation: Presentation) -> str:
    """Why a presentation cannot have been given yet, as a sentence; "" when it can."""
    if presentation.status == Status.OPEN:
        return "Nobody took this slot, so nothing was presented in it."
    if presentation.status == Status.CANCELLED:
        return "This presentation was called off."
    if hasattr(presentation, "role_assignment"):
        return "These slides go with a role, and stand on the page of its session."
    if presentation.session:
        return why_session_not_held(presentation.session)
    if presentation.presented_on and presentation.presented_on > timezone.localdate():
        return "Its day is still to come."
    return ""


def mark_as_given(presentation: Presentation, *, by: Member | None = None) -> Presentation:
    """Number a presentation into the archive, and ask its presenters for exactly what is missing.

    Doing it twice equals doing it once: it keeps its number, and everybody is asked once. Raises NotGiven.
    """
    if reason := why_not_given(presentation):
        raise NotGiven(reason)
    with transaction.atomic():
        given = give_presentation(presentation, by=by)
        ask_for_missing(given)
        if given.session:
            _hold_if_over(given.session)
    return given


def ask_for_missing(presentation: Presentation) -> int:
    """Mail the presenters what their presentation still lacks, with the way to each; return how many were told."""
    todo = lacking(presentation)
    if not todo:
        return 0
    told = 0
    presenters = Member.objects.active().filter(presenter_places__presentation=presentation).distinct()
    for member in presenters:
        mail = send_once(
            to=member,
            event=f"presentation-{presentation.pk}-given",
            kind="presenting",
            template="sessions/mail/afterwards",
            context={"presentation": presentation, "todo": todo, "path": presentation.get_absolute_url()},
        )
        told += mail is not None
    return told


def hold_session(session: Session, *, by: Member | None = None) -> list[Presentation]:
    """Note that all of a session took place: it was held, and every claimed talk was given. Raises NotGiven."""
    if reason := why_session_not_held(session):
        raise NotGiven(reason)
    talks = Presentation.objects.filter(session=session, status=Status.CLAIMED, role_assignment=None)
    given = [mark_as_given(talk, by=by) for talk in talks.select_related("session").order_by("position", "pk")]
    _hold(session)
    return given


def undo_given(presentation: Presentation, *, by: Member | None = None) -> Presentation:
    """It was not given after all: it is planned again, and keeps its number, so that old references never mean another.

    A presentation that is not given is left as it is.
    """
    undone = Presentation.objects.filter(pk=presentation.pk, status=Status.GIVEN)
    fields = {"status": Status.CLAIMED, "updated_at": timezone.now()}
    if presentation.session_id:
        # The day is the session's again, wherever that moves.
        fields["presented_on"] = None
    with transaction.atomic():
        if undone.update(**fields):
            record(presentation, SlotEvent.Kind.UNDONE, by=by)
            index_after_commit(presentation)
    presentation.refresh_from_db()
    return presentation


def _hold_if_over(session: Session) -> None:
    waiting = Presentation.objects.filter(session=session, status=Status.CLAIMED, role_assignment=None)
    if session.is_over and not waiting.exists():
        _hold(session)


def _hold(session: Session) -> None:
    """Calendars tell no difference between planned and held, so its sequence number stays."""
    Session.objects.filter(pk=session.pk, status=Session.Status.PLANNED).update(
        status=Session.Status.HELD, updated_at=timezone.now()
    )
    session.refresh_from_db(fields=["status"])
