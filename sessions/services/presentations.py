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
from sessions.models import Presentation, PresentationPaper, Presenter, Session

NUMBERING_TRIES = 200


class SlotTaken(Exception):
    """Somebody was faster; `presentation` says who has the slot now."""

    def __init__(self, presentation: Presentation) -> None:
        self.presentation = presentation
        names = ", ".join(presentation.presenter_names) or "somebody else"
        super().__init__(f"This slot went to {names} a moment ago.")


class NotYours(Exception):
    """Only a presenter or an organiser may do this."""


def claim_presentation(presentation: Presentation, *, member: Member, paper: Paper | None = None) -> Presentation:
    """Give the open slot `presentation` to `member`, perhaps with the `paper` to present.

    Of any number of simultaneous claims exactly one succeeds. Raises SlotTaken for all others.
    """
    with transaction.atomic():
        won = (
            Presentation.objects.open()
            .filter(pk=presentation.pk)
            .update(
                status=Presentation.Status.CLAIMED,
                claimed_by=member,
                claimed_at=timezone.now(),
                updated_at=timezone.now(),
            )
        )
        if not won:
            raise SlotTaken(Presentation.objects.with_presenters().get(pk=presentation.pk))
        presentation.refresh_from_db()
        Presenter.objects.create(presentation=presentation, member=member)
        if paper is not None:
            _set_papers(presentation, [paper])
            _take_title(presentation, paper)
    return presentation


def release_presentation(presentation: Presentation, *, by: Member) -> Presentation:
    """Open a claimed slot again, without its papers and presenters. Raises NotYours for anybody but its people.

    A slot that is no longer claimed is left as it is, so that doing it twice equals doing it once.
    """
    if not may_edit(presentation, by):
        raise NotYours("Only the presenter or an organiser can release this slot.")
    with transaction.atomic():
        freed = Presentation.objects.filter(
            # The claim that the caller saw, not one that somebody else made since.
            pk=presentation.pk,
            claimed_by=presentation.claimed_by_id,
            status=Presentation.Status.CLAIMED,
            # What goes with a role never was a slot.
            role_assignment=None,
        ).update(
            status=Presentation.Status.OPEN, claimed_by=None, claimed_at=None, title="", summary="", summary_html=""
        )
        if freed:
            presentation.presenters.all().delete()
            presentation.paper_places.all().delete()
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
        set_presenters(presentation, members=presenters, names=presenter_names)
    return presentation


def edit_presentation(
    presentation: Presentation, *, papers: Iterable[Paper] | None = None, **fields: object
) -> Presentation:
    """Change fields of a presentation and, when given, its papers in their new order."""
    if "summary" in fields:
        fields["summary_html"] = render_markdown(str(fields["summary"]))
    for name, value in fields.items():
        setattr(presentation, name, value)
    with transaction.atomic():
        presentation.save(update_fields=[*fields, "updated_at"])
        if papers is not None:
            _set_papers(presentation, papers)
        if papers is not None or "visibility" in fields:
            # What is said about it goes with it.
            notice_text(presentation)
    return presentation


def set_presenters(presentation: Presentation, *, members: Iterable[Member] = (), names: Iterable[str] = ()) -> None:
    """Make these people the presenters: members first, then people without an account by their plain names."""
    people = [Presenter(member=member) for member in dict.fromkeys(members)]
    people += [Presenter(name=name) for name in dict.fromkeys(name.strip() for name in names) if name]
    with transaction.atomic():
        presentation.presenters.all().delete()
        for position, person in enumerate(people, start=1):
            person.presentation, person.position = presentation, position
        Presenter.objects.bulk_create(people)


def give_presentation(presentation: Presentation, *, presented_on: date | None = None) -> Presentation:
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
                Presentation.objects.filter(pk=presentation.pk).update(**fields)
                Presentation.objects.filter(pk=presentation.pk, number=None).update(number=_next_number())
            break
        except IntegrityError:
            continue
    presentation.refresh_from_db()
    index_after_commit(presentation)
    return presentation


def cancel_presentation(presentation: Presentation) -> Presentation:
    """Call a presentation off; its number, if any, is kept so that references stay true."""
    presentation.status = Presentation.Status.CANCELLED
    presentation.save(update_fields=["status", "updated_at"])
    return presentation


def open_slot(session: Session) -> Presentation:
    """Add an open slot at the end of a session."""
    for _ in range(NUMBERING_TRIES):
        last = session.presentations.aggregate(last=Max("position"))["last"] or 0
        try:
            with transaction.atomic():
                return Presentation.objects.create(session=session, position=last + 1, status=Presentation.Status.OPEN)
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
