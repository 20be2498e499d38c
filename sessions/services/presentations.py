"""Claiming slots, giving presentations, and numbering them into the archive."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from papers.models import Paper
from readinggroup.markdown import render_markdown
from readinggroup.models import Member
from readinggroup.search import index_after_commit
from readinggroup.texts import notice_text
from sessions.models import Presentation, PresentationPaper, Presenter, Session, SlotEvent
from sessions.services.slot_freeing import leave_the_line, open_again
from sessions.services.slot_mails import tell_of_event
from sessions.services.slot_steps import (
    is_presenter,
    lapse_swaps,
    lock_slot,
    record,
    record_people,
    remove_presenter,
    take_for,
    why_not_free,
)
from sessions.services.waiting import offer_free_slots

NUMBERING_TRIES = 200


class SlotTaken(Exception):
    """Somebody was faster, or is next in line; `presentation` says who has the slot now."""

    def __init__(self, presentation: Presentation) -> None:
        self.presentation = presentation
        super().__init__(why_not_free(presentation))


class NotYours(Exception):
    """Only a presenter or an organiser may do this."""


def claim_presentation(
    presentation: Presentation, *, member: Member, paper: Paper | None = None, by: Member | None = None
) -> Presentation:
    """Give the open slot `presentation` to `member`, perhaps with the `paper` to present.

    Of any number of simultaneous claims exactly one succeeds. Raises SlotTaken for all others, and when the slot is
    held for somebody, was moved out of the session that the caller saw, or its session is over. Who has the slot
    already keeps it. With `by`, an organiser assigns it.
    """
    with transaction.atomic():
        slot = lock_slot(presentation.pk)
        # An offer that ended a moment ago goes to the next in line before anybody else gets in.
        offer_free_slots(slot.session)
        won = (
            Presentation.objects.claimable_by(member)
            .filter(pk=slot.pk, session=presentation.session_id)
            .update(
                status=Presentation.Status.CLAIMED,
                claimed_by=member,
                claimed_at=timezone.now(),
                updated_at=timezone.now(),
            )
        )
        if not won:
            now = Presentation.objects.with_presenters().with_offer().select_related("session").get(pk=slot.pk)
            if by or now.status != Presentation.Status.CLAIMED or not is_presenter(now, member):
                raise SlotTaken(now)
        else:
            Presenter.objects.create(presentation=slot, member=member)
            record(slot, SlotEvent.Kind.ASSIGNED if by else SlotEvent.Kind.CLAIMED, member=member, by=by or member)
            presentation.refresh_from_db()
            if paper is not None:
                _set_papers(presentation, [paper])
                _take_title(presentation, paper)
            leave_the_line(slot, member)
    presentation.refresh_from_db()
    return presentation


def release_presentation(presentation: Presentation, *, by: Member, whole: bool = False) -> Presentation:
    """Open a claimed slot again, without what was prepared in it. Raises NotYours for anybody but its people.

    Where others present too, one of them only leaves, unless they give back the `whole` slot as an organiser. A slot
    that is no longer claimed is left as it is, so that doing it twice equals doing it once; and so is what is over, as
    its slides and summary belong into the archive.
    """
    if not may_edit(presentation, by):
        raise NotYours("Only the presenter or an organiser can release this slot.")
    with transaction.atomic():
        slot = lock_slot(presentation.pk)
        if not slot.may_move:
            presentation.refresh_from_db()
            return presentation
        claim = Presentation.objects.slots().filter(
            # The claim that the caller saw, not one that somebody else made since.
            pk=slot.pk,
            claimed_by=presentation.claimed_by_id,
            status=Presentation.Status.CLAIMED,
        )
        people = list(slot.presenters.select_related("member"))
        stays = len(people) > 1 and not (whole and by.is_organiser) and any(one.member == by for one in people)
        if stays:
            remove_presenter(slot, by, by=by)
        elif claim.update(updated_at=timezone.now()):
            open_again(slot, [one.member for one in people if one.member], by)
    presentation.refresh_from_db()
    return presentation


def present_papers(
    papers: Iterable[Paper],
    *,
    title: str = "",
    summary: str = "",
    presenters: Iterable[Member] = (),
    presenter_names: Iterable[str] = (),
    session: Session | None = None,
    presented_on: date | None = None,
    by: Member | None = None,
) -> Presentation:
    """Record a presentation of `papers` (none to many, in order), in a session, on a day, or without either."""
    papers = list(papers)
    with transaction.atomic():
        presentation = Presentation.objects.create(
            title=title or (papers[0].title[:400] if papers else ""),
            summary=summary,
            summary_html=render_markdown(summary),
            session=session,
            presented_on=presented_on,
            claimed_by=by,
            claimed_at=timezone.now() if by else None,
        )
        _set_papers(presentation, papers)
        set_presenters(presentation, members=presenters, names=presenter_names, by=by)
    return presentation


def edit_presentation(
    presentation: Presentation, *, papers: Iterable[Paper] | None = None, by: Member | None = None, **fields: object
) -> Presentation:
    """Change fields of a presentation and, when given, its papers in their new order. A move goes into its history."""
    if "summary" in fields:
        fields["summary_html"] = render_markdown(str(fields["summary"]))
    for name, value in fields.items():
        setattr(presentation, name, value)
    with transaction.atomic():
        if "session" in fields and lock_slot(presentation.pk).session_id != presentation.session_id:
            # Its place in the session where it was means nothing in another.
            presentation.position = fields["position"] = None
            lapse_swaps(presentation)
            record(presentation, SlotEvent.Kind.SWAPPED, member=presentation.claimed_by, by=by)
        presentation.save(update_fields=[*fields, "updated_at"])
        if papers is not None:
            _set_papers(presentation, papers)
        if papers is not None or "visibility" in fields:
            # What is said about it goes with it.
            notice_text(presentation)
    return presentation


def set_presenters(
    presentation: Presentation,
    *,
    members: Iterable[Member] = (),
    names: Iterable[str] = (),
    by: Member | None = None,
) -> None:
    """Make these people the presenters: members first, then people without an account by their plain names.

    An open slot is theirs from then on. When it is said who does it, `by`, who joined and who left a slot goes into its
    history.
    """
    people = [Presenter(member=member) for member in dict.fromkeys(members)]
    people += [Presenter(name=name) for name in dict.fromkeys(name.strip() for name in names) if name]
    with transaction.atomic():
        slot = lock_slot(presentation.pk)
        before = [one.member for one in slot.presenters.select_related("member") if one.member]
        slot.presenters.all().delete()
        for position, person in enumerate(people, start=1):
            person.presentation, person.position = presentation, position
        Presenter.objects.bulk_create(people)
        after = [one.member for one in people if one.member]
        if slot.status == Presentation.Status.OPEN and people:
            take_for(slot, after, by=by)
            for member in after:
                leave_the_line(slot, member)
            presentation.refresh_from_db(fields=["status", "claimed_by", "claimed_at"])
        elif by is not None:
            record_people(slot, before, after, by)


def give_presentation(
    presentation: Presentation, *, presented_on: date | None = None, by: Member | None = None
) -> Presentation:
    """Mark a presentation as given and number it into the archive; a number it already has stays.

    The day defaults to its session's, on the group's clock. The database decides races for a number.
    """
    fields = {
        "status": Presentation.Status.GIVEN,
        "presented_on": presented_on or presentation.day,
        "updated_at": timezone.now(),
    }
    for _ in range(NUMBERING_TRIES):
        try:
            with transaction.atomic():
                is_new = lock_slot(presentation.pk).status != Presentation.Status.GIVEN
                Presentation.objects.filter(pk=presentation.pk).update(**fields)
                Presentation.objects.filter(pk=presentation.pk, number=None).update(number=_next_number())
                if is_new:
                    lapse_swaps(presentation)
                    record(presentation, SlotEvent.Kind.GIVEN, by=by)
            break
        except IntegrityError:
            continue
    presentation.refresh_from_db()
    index_after_commit(presentation)
    return presentation


def cancel_presentation(presentation: Presentation, *, by: Member | None = None) -> Presentation:
    """Call a presentation off; its number, if any, is kept so that references stay true. Twice equals once.

    Its presenters are told, and when its session is still to come, another slot opens in its place.
    """
    with transaction.atomic():
        slot = lock_slot(presentation.pk)
        if slot.status != Presentation.Status.CANCELLED:
            Presentation.objects.filter(pk=slot.pk).update(
                status=Presentation.Status.CANCELLED, updated_at=timezone.now()
            )
            lapse_swaps(slot)
            event = record(slot, SlotEvent.Kind.CANCELLED, by=by)
            people = [one.member for one in slot.presenters.select_related("member") if one.member]
            if slot.is_coming and slot.status == Presentation.Status.CLAIMED:
                tell_of_event(
                    event,
                    people,
                    headline=f"Called off: “{slot.display_title}”",
                    words=["Your talk in this session was called off. Its page stays, and says so."],
                )
                if slot.session and Presentation.objects.slots().filter(pk=slot.pk).exists():
                    open_slot(slot.session)
    presentation.refresh_from_db()
    return presentation


def open_slot(session: Session) -> Presentation:
    """Add an open slot at the end of a session; who is first in line for one has it held for them."""
    for _ in range(NUMBERING_TRIES):
        last = session.presentations.aggregate(last=Max("position"))["last"] or 0
        try:
            with transaction.atomic():
                slot = Presentation.objects.create(session=session, position=last + 1, status=Presentation.Status.OPEN)
                offer_free_slots(session)
            return slot
        except IntegrityError:
            continue
    raise RuntimeError("No place for another slot could be found in this session.")


def may_edit(presentation: Presentation, user: Member | AnonymousUser) -> bool:
    """Presenters, whoever claimed it, and organisers may change a presentation."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_organiser or presentation.claimed_by_id == user.pk:
        return True
    return any(person.member_id == user.pk for person in presentation.presenters.all())


def _next_number() -> int:
    return (Presentation.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _set_papers(presentation: Presentation, papers: Iterable[Paper]) -> None:
    presentation.paper_places.all().delete()
    PresentationPaper.objects.bulk_create(
        PresentationPaper(presentation=presentation, paper=paper, position=position)
        for position, paper in enumerate(dict.fromkeys(papers), start=1)
    )


def _take_title(presentation: Presentation, paper: Paper) -> None:
    if not presentation.title and paper.title:
        presentation.title = paper.title[:400]
        presentation.save(update_fields=["title", "updated_at"])
