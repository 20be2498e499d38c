"""What a member proposed and voted for."""

from readinggroup.belongings import Belonging, Rows, register
from readinggroup.models import Member
from sessions.models import Proposal, Vote


def export_proposals(member: Member) -> Rows:
    proposals = Proposal.objects.filter(proposed_by=member).select_related("paper")
    return [{"paper": one.paper.title, "why": one.why, "proposed_at": one.proposed_at.isoformat()} for one in proposals]


def export_votes(member: Member) -> Rows:
    votes = Vote.objects.filter(member=member).select_related("proposal__paper")
    return [{"paper": one.proposal.paper.title, "would_present": one.would_present, "why": one.why} for one in votes]


def release_votes(member: Member, name: str) -> None:
    """Votes go with the account. What was proposed stays in the queue, without a name."""
    Vote.objects.filter(member=member).delete()


def register_queue() -> None:
    """Make the queue known to the export and the farewell."""
    register(Belonging(key="proposals", export=export_proposals, release=lambda member, name: None))
    register(Belonging(key="votes", export=export_votes, release=release_votes))
