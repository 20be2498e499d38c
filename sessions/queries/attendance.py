"""Questions about who comes and who came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from readinggroup.models import Member
from sessions.models import Attendance, Guest, RoleAssignment, Rsvp, Session
from sessions.models.seats import presenters_of

#: Names on the page of a session; its page of people has them all.
NAMES = 12
#: Members whom a search at the door finds.
FOUND = 20
LATELY = timedelta(days=183)


def times_attended(members: Iterable[Any], *, since: date | None = None) -> dict[int, int]:
    """Return {member's pk: how many sessions they were at} for rows or keys of members, in one query.

    Only what was ticked or said on the day counts, not what was promised. `since` narrows it to sessions that start
    from that day on. Members who never came have 0.
    """
    times: dict[int, int] = {getattr(member, "pk", member): 0 for member in members}
    rows = Attendance.objects.attended().filter(member__in=list(times))
    if since:
        rows = rows.filter(session__starts_at__date__gte=since)
    times.update(rows.order_by().values_list("member").annotate(times=Count("pk")))
    return times


@dataclass(frozen=True)
class AttendanceSummary:
    """How often a member came: ever, and in the last half year; how often they said so and were not ticked."""

    times: int
    lately: int
    promised: int
    last: Session | None


def attendance_of(member: Member) -> AttendanceSummary:
    attended = Attendance.objects.filter(member=member).attended()
    last = attended.select_related("session__series").order_by("-session__starts_at").first()
    ticked = Session.objects.filter(pk__in=Attendance.objects.attended().values("session"))
    promised = Attendance.objects.filter(member=member, rsvp=Rsvp.YES, attended=None, session__in=ticked)
    return AttendanceSummary(
        times=attended.count(),
        lately=attended.filter(session__starts_at__gt=timezone.now() - LATELY).count(),
        promised=promised.filter(session__ends_at__lt=timezone.now()).count(),
        last=last.session if last else None,
    )


@dataclass(frozen=True)
class Standing:
    """How full a session is, and where one reader stands; `place` is theirs in line, and 0 for who waits for none."""

    coming: int
    waiting: int
    capacity: int | None
    reply: str = ""
    place: int = 0
    has_part: bool = False
    attended: bool = False

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and (self.coming >= self.capacity or self.waiting > 0)

    @property
    def has_seat(self) -> bool:
        return self.reply == Rsvp.YES or (self.has_part and self.reply != Rsvp.NO)


def standing_of(user: Any, session: Session) -> Standing:
    """Where `user` stands in a session that came from `with_attendance`; visitors learn numbers."""
    waiting = sum(_lines(session)) if session.capacity else 0
    room = {"coming": session.coming_count, "waiting": waiting, "capacity": session.capacity}  # type: ignore[attr-defined]
    if not user.is_authenticated:
        return Standing(**room)
    row = Attendance.objects.filter(session=session, member=user).first()
    return Standing(
        **room,
        reply=row.rsvp if row else "",
        place=place_in_line(row) if row and row.is_waiting else 0,
        has_part=members_with_part(session).filter(pk=user.pk).exists(),
        attended=bool(row and row.attended),
    )


def place_in_line(row: Attendance | Guest) -> int:
    """1 for who is next."""
    earlier = Q(session=row.session_id, waiting_since__lt=row.waiting_since)
    return 1 + sum(rows.in_line().filter(earlier).count() for rows in (Attendance.objects, Guest.objects))


def _lines(session: Session) -> tuple[int, int]:
    return session.attendances.in_line().count(), session.guests.in_line().count()


def members_with_part(session: Session) -> Any:
    """Who presents, plays a role or hosts."""
    presenting = presenters_of(Session).filter(presentation__session=session).values("member")
    playing = RoleAssignment.objects.filter(session=session).exclude(member=None).values("member")
    return Member.objects.filter(Q(pk__in=presenting) | Q(pk__in=playing) | Q(pk=session.host_id))


def members_coming(session: Session) -> Any:
    """Who said yes, or has a part and did not decline."""
    said = Attendance.objects.filter(session=session)
    declined = said.filter(rsvp=Rsvp.NO).values("member")
    with_part = Q(pk__in=members_with_part(session).values("pk")) & ~Q(pk__in=declined)
    return Member.objects.filter(Q(pk__in=said.coming().values("member")) | with_part)


def came_count(session: Session) -> int:
    """How many were there, as far as anybody ticked it."""
    rows = (session.attendances, session.guests)
    return session.unnamed_came + sum(some.attended().count() for some in rows)


@dataclass(frozen=True)
class PeopleShown:
    """Some names for the page of a session, and how many more there are; `came` when they were there."""

    names: list[str]
    count: int
    came: bool

    @property
    def more(self) -> int:
        return self.count - len(self.names)


def people_shown(user: Any, session: Session) -> PeopleShown:
    """Who came to a session from `with_attendance`, or comes; names are for members."""
    came = came_count(session) if session.starts_at <= timezone.now() else 0
    count = came or session.coming_count  # type: ignore[attr-defined]
    names = names_shown(session, came=bool(came)) if user.is_authenticated and count else []
    return PeopleShown(names, count, came=bool(came))


def names_shown(session: Session, *, came: bool) -> list[str]:
    """The first names of who came, or else of who comes."""
    attended = session.attendances.attended().values("member")
    rows = Member.objects.filter(pk__in=attended) if came else members_coming(session)
    return [member.display_name for member in rows.order_by("name", "pk")[:NAMES]]


def people_of(session: Session, *, came: bool) -> Any:
    """Who came, or else who comes, perhaps comes and waits, in this order: members and guests in one list.

    Rows are tuples of the group (1 came, 2 comes, 3 perhaps comes, 4 waits), the name, the slug of a member's page, ""
    for guests, and since when somebody waits.
    """
    if came:
        attended = Member.objects.filter(pk__in=session.attendances.attended().values("member"))
        return _members(attended, 1).union(_guests(session.guests.attended(), 1), all=True).order_by("group", "name")
    said = session.attendances
    maybe = Member.objects.filter(pk__in=said.filter(rsvp=Rsvp.MAYBE).values("member"))
    maybe = maybe.exclude(pk__in=members_with_part(session).values("pk"))
    waiting = said.in_line().order_by().annotate(group=Value(4), name=F("member__name"), slug=F("member__slug"))
    return (
        _members(members_coming(session), 2)
        .union(
            _guests(session.guests.coming(), 2),
            _members(maybe, 3),
            waiting.values_list("group", "name", "slug", "waiting_since"),
            _guests(session.guests.in_line().order_by(), 4),
            all=True,
        )
        .order_by("group", "since", "name")
    )


def _members(rows: Any, group: int) -> Any:
    since = Cast(Value(None), DateTimeField())
    return rows.order_by().annotate(group=Value(group), since=since).values_list("group", "name", "slug", "since")


def _guests(rows: Any, group: int) -> Any:
    rows = rows.order_by().annotate(group=Value(group), slug=Value(""), since=F("waiting_since"))
    return rows.values_list("group", "name", "slug", "since")


def door_members(session: Session) -> Any:
    """Members whom one expects at the door, and who was ticked: who comes first, then who perhaps comes or waits."""
    said = Attendance.objects.filter(session=session)
    expected = Q(pk__in=members_coming(session).values("pk"))
    expected |= Q(pk__in=said.filter(Q(rsvp__in=[Rsvp.MAYBE, Rsvp.WAITING]) | Q(attended=True)).values("member"))
    coming = Case(When(pk__in=members_coming(session).values("pk"), then=0), default=1)
    return _ticked(Member.objects.filter(expected), session).annotate(place=coming).order_by("place", "name", "pk")


def found_members(session: Session, words: str) -> Any:
    """Members by their name, for who did not reply."""
    rows = Member.objects.active()
    for word in words.split()[:5]:
        rows = rows.filter(name__icontains=word)
    return _ticked(rows, session).order_by("name", "pk")[:FOUND]


def door_guests(session: Session) -> Any:
    """Confirmed guests, but those who cancelled and did not come."""
    return session.guests.confirmed().exclude(Q(rsvp=Rsvp.NO) & ~Q(attended=True)).order_by("name", "pk")


def _ticked(members: Any, session: Session) -> Any:
    own = Attendance.objects.filter(session=session, member=OuterRef("pk"))
    return members.annotate(is_here=Exists(own.attended()), reply=Subquery(own.values("rsvp")[:1]))


def own_part_in(member: Member) -> Any:
    """The past sessions where `member` was, spoke or played a role, newest first, each with what they did."""
    presented = presenters_of(Session).filter(member=member, presentation__session=OuterRef("pk"))
    played = RoleAssignment.objects.played().filter(member=member, session=OuterRef("pk"))
    came = Attendance.objects.attended().filter(member=member, session=OuterRef("pk"))
    rows = Session.objects.planned().past().select_related("series")
    rows = rows.annotate(presented=Exists(presented), came=Exists(came), role=Subquery(played.values("role__name")[:1]))
    return rows.filter(Q(presented=True) | Q(came=True) | Q(role__isnull=False))


def own_counts(member: Member) -> dict[str, int]:
    """How often `member` was at a session, presented and played a role."""
    rows = own_part_in(member)
    return {
        "came": rows.filter(came=True).count(),
        "presented": rows.filter(presented=True).count(),
        "played": rows.filter(role__isnull=False).count(),
    }
