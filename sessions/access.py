"""Who may see what of this floor: those who may not know get a 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from sessions.models import Condition, Presentation, Recording, Session, SlideDeck
from sessions.models.presentation import PresentationQuerySet
from sessions.services.presentations import may_edit


def organisers_only(user: Any) -> None:
    """Raise Http404 for everybody but organisers."""
    if not getattr(user, "is_organiser", False):
        raise Http404


def visible_presentation_or_404(user: Any, pk: int, rows: Any = None) -> Presentation:
    rows = Presentation.objects.all() if rows is None else rows
    return get_object_or_404(rows.visible_to(user), pk=pk)


def editable_presentation_or_404(user: Any, pk: int) -> Presentation:
    """A presentation that `user` may change; members who may only see it, and all others, get a 404."""
    presentation = visible_presentation_or_404(
        user, pk, Presentation.objects.with_presenters().select_related("session")
    )
    if not may_edit(presentation, user):
        raise Http404
    return presentation


def visible_slot_or_404(user: Any, pk: int) -> Presentation:
    """A place in a session that `user` may see, with its people and for whom it is held."""
    rows = Presentation.objects.slots().with_offer().with_presenters().select_related("session__series")
    return visible_presentation_or_404(user, pk, rows)


def editable_slot_or_404(user: Any, pk: int) -> Presentation:
    """A slot that `user` presents in or organises; all others get a 404."""
    slot = visible_slot_or_404(user, pk)
    if not may_edit(slot, user):
        raise Http404
    return slot


def visible_session_or_404(user: Any, pk: int, rows: Any = None) -> Session:
    rows = Session.objects.all() if rows is None else rows
    return get_object_or_404(rows.visible_to(user), pk=pk)


def gone_is_404(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a slot that may go in this very moment, as when its series changes and with it the session."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except Presentation.DoesNotExist as error:
            raise Http404 from error

    return answer


def may_see_deck(deck: SlideDeck, user: Any) -> bool:
    """The current deck of what one may see; its people and organisers see every version, and withheld slides."""
    presentation = deck.presentation
    if may_edit(presentation, user):
        return True
    return deck.is_current and presentation.slides_condition != "withheld"


def visible_deck_or_404(user: Any, pk: int) -> SlideDeck:
    """A deck that `user` may see, with its presentation and session."""
    seen: PresentationQuerySet = Presentation.objects.visible_to(user)
    decks = SlideDeck.objects.select_related("presentation__session").filter(presentation__in=seen)
    deck = get_object_or_404(decks, pk=pk)
    if not may_see_deck(deck, user):
        raise Http404
    return deck


def visible_recording_or_404(user: Any, pk: int) -> Recording:
    """A recording that `user` may see, with its presentation and session; a withheld one is for its people."""
    seen: PresentationQuerySet = Presentation.objects.visible_to(user)
    recordings = Recording.objects.select_related("presentation__session").filter(presentation__in=seen)
    recording = get_object_or_404(recordings, pk=pk)
    if recording.presentation.recording_condition == Condition.WITHHELD and not may_edit(recording.presentation, user):
        raise Http404
    return recording
