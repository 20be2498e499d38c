"""The queue: proposing papers, voting for them, and what organisers do with proposals."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.models import Paper
from readinggroup.markdown import render_markdown
from readinggroup.models import Member
from sessions.models import Presentation, Proposal, RolePlay, Session, Vote


class AlreadyPlanned(Exception):
    """The paper has its place in a session to come."""


class AlreadyRead(Exception):
    """The group has read the paper, and nobody said that it should do so again."""


class NotInQueue(Exception):
    """The paper is planned or was read by now, so there is nothing to vote for."""


def propose_paper(paper: Paper, *, proposed_by: Member, why: str = "", again: bool = False) -> tuple[Proposal, bool]:
    """Put `paper` into the queue with a vote of `proposed_by`; return the proposal and whether it is new.

    A paper has one proposal, however many members propose it at once: the others' proposals become votes, and each
    keeps its own `why`. What was put aside stays aside and gets the vote. With `again` a paper that was read enters
    anew, with new votes. Raises AlreadyPlanned and AlreadyRead.
    """
    with transaction.atomic():
        words = {"why": why.strip(), "why_html": render_markdown(why.strip(), top_heading=4)}
        proposal, is_new = Proposal.objects.get_or_create(paper=paper, defaults={**words, "proposed_by": proposed_by})
        state: Any = Proposal.objects.with_state().get(pk=proposal.pk)
        if state.is_scheduled:
            _allow_again(paper, again)
            is_new = _begin_anew(state, proposed_by=proposed_by, **words) or is_new
        add_vote(proposal, member=proposed_by, why="" if is_new else why)
    return state, is_new


def _allow_again(paper: Paper, again: bool) -> None:
    claimed = Presentation.objects.filter(papers=paper, status=Presentation.Status.CLAIMED)
    to_come = claimed.exclude(session__status=Session.Status.CANCELLED).exclude(session__ends_at__lte=timezone.now())
    sessions = Session.objects.planned().upcoming().values("pk")
    if to_come.exists() or RolePlay.objects.filter(paper=paper, session__in=sessions).exists():
        raise AlreadyPlanned("This paper is planned already.")
    if not again:
        raise AlreadyRead("The group has read this paper.")


def _begin_anew(proposal: Any, *, proposed_by: Member, why: str, why_html: str) -> bool:
    """Let a paper that was read enter the queue once more; False when somebody else has just done it."""
    now = timezone.now()
    begun = Proposal.objects.filter(pk=proposal.pk, read_before=proposal.read_before).update(
        read_before=proposal.times_scheduled,
        proposed_by=proposed_by,
        proposed_at=now,
        why=why,
        why_html=why_html,
        put_aside_at=None,
        put_aside_because="",
    )
    if begun:
        # They were for reading it the time before.
        Vote.objects.filter(proposal=proposal, voted_at__lt=now).delete()
        proposal.refresh_from_db()
    return bool(begun)


def vote_for(proposal: Proposal, *, member: Member, would_present: bool | None = None) -> Vote:
    """Count `member` among those who want to read it, and note whether they would present it; None leaves that as it
    is. Twice equals once. Raises NotInQueue when its time has come meanwhile."""
    if Proposal.objects.scheduled().filter(pk=proposal.pk).exists():
        raise NotInQueue("This paper is planned or was read by now.")
    return add_vote(proposal, member=member, would_present=would_present)


def add_vote(proposal: Proposal, *, member: Member, would_present: bool | None = None, why: str = "") -> Vote:
    """The vote of `member`, made if there is none, with what is said now; the rest stays as it is."""
    said: dict[str, object] = {} if would_present is None else {"would_present": would_present}
    if why.strip():
        said |= {"why": why.strip(), "why_html": render_markdown(why.strip(), top_heading=4)}
    vote, is_new = Vote.objects.get_or_create(proposal=proposal, member=member, defaults=said)
    if said and not is_new:
        Vote.objects.filter(pk=vote.pk).update(**said)
        for name, value in said.items():
            setattr(vote, name, value)
    return vote


def take_back_vote(proposal: Proposal, *, member: Member) -> None:
    """Without a vote one would not present it either."""
    Vote.objects.filter(proposal=proposal, member=member).delete()


def edit_proposal(proposal: Proposal, *, why: str) -> Proposal:
    """Change why the group should read it."""
    proposal.why, proposal.why_html = why.strip(), render_markdown(why.strip(), top_heading=4)
    proposal.save(update_fields=["why", "why_html"])
    return proposal


def put_aside(proposal: Proposal, *, because: str) -> bool:
    """Take a proposal out of the queue without losing its votes; False when it was aside already."""
    return bool(
        Proposal.objects.filter(pk=proposal.pk, put_aside_at=None).update(
            put_aside_at=timezone.now(), put_aside_because=because.strip()[:300]
        )
    )


def bring_back(proposal: Proposal) -> bool:
    """Put what was set aside into the queue again; False when it is there already."""
    aside = Proposal.objects.filter(pk=proposal.pk).exclude(put_aside_at=None)
    return bool(aside.update(put_aside_at=None, put_aside_because=""))


def may_edit_proposal(proposal: Proposal, member: Member) -> bool:
    """Who proposed it, and organisers."""
    return bool(member.is_organiser or proposal.proposed_by_id == member.pk)
