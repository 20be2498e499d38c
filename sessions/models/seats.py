"""How many seats of a session are taken, as an expression of SQL, so that a list of sessions asks once."""

from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from readinggroup.relations import rows_behind

#: Replies that say whether a seat is needed, whatever part one has.
DECIDED = ("yes", "no")


def seats_taken(model: Any) -> Any:
    """For rows of `model`, which is Session: how many come.

    Members and confirmed guests who said yes, and whoever presents, plays a role or hosts and has not declined: they
    have a seat in any case.
    """
    replies, guests = rows_behind(model, "attendances"), rows_behind(model, "guests")
    presenting, playing = presenters_of(model), rows_behind(model, "role_assignments").exclude(member=None)
    also_presents = presenting.filter(presentation__session=OuterRef("session"), member=OuterRef("member"))
    presents = Exists(presenting.filter(presentation__session=OuterRef("pk"), member=OuterRef("host")))
    plays = Exists(playing.filter(session=OuterRef("pk"), member=OuterRef("host")))
    decided = Exists(replies.filter(session=OuterRef("pk"), member=OuterRef("host"), rsvp__in=DECIDED))
    undecided_playing = playing.exclude(_decided(model, "session")).exclude(Exists(also_presents))
    undecided_presenting = presenting.exclude(_decided(model, "presentation__session"))
    return (
        _count(replies.coming(), "session")
        + _count(guests.coming(), "session")
        + _count(undecided_presenting, "presentation__session", "member")
        + _count(undecided_playing, "session", "member")
        + Case(When(Q(host=None) | presents | plays | decided, then=0), default=1)
    )


def presenters_of(model: Any) -> Any:
    """Members who present what was not called off."""
    presenters = rows_behind(rows_behind(model, "presentations").model, "presenters")
    return presenters.exclude(member=None).exclude(presentation__status="cancelled")


def _decided(model: Any, session: str) -> Exists:
    said = rows_behind(model, "attendances").filter(member=OuterRef("member"), rsvp__in=DECIDED)
    return Exists(said.filter(session=OuterRef(session)))


def _count(rows: Any, session: str, of: str = "pk") -> Any:
    counted = rows.filter(**{session: OuterRef("pk")}).order_by().values(of_session=F(session))
    return Coalesce(Subquery(counted.annotate(count=Count(of, distinct=True)).values("count")), Value(0))
