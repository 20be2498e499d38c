"""The demo's queue."""

import tomllib
from datetime import timedelta
from importlib.resources import files
from typing import Any

from django.utils import timezone

from sessions.demo.cast import Cast
from sessions.models import Proposal
from sessions.services.queue import add_vote, propose_paper, put_aside


def load_queue(cast: Cast) -> None:
    """What the cast would read next; a paper that an archive beside the demo has read already is left out."""
    for facts in tomllib.loads(files("sessions.demo").joinpath("queue.toml").read_text(encoding="utf-8"))["proposals"]:
        paper = cast.papers[facts["paper"]]
        if not (paper.presentations.exists() or paper.role_plays.exists()):
            _load_proposal(cast, facts)


def _load_proposal(cast: Cast, facts: dict[str, Any]) -> None:
    proposal, _ = propose_paper(cast.papers[facts["paper"]], proposed_by=cast.members[facts["by"]], why=facts["why"])
    reasons, willing = facts.get("reasons", {}), facts.get("would_present", [])
    for name in dict.fromkeys((*facts["votes"], *willing)):
        add_vote(proposal, member=cast.members[name], would_present=name in willing or None, why=reasons.get(name, ""))
    if "put_aside" in facts:
        put_aside(proposal, because=facts["put_aside"])
    proposed_at = timezone.now() - timedelta(days=facts["days_ago"])
    Proposal.objects.filter(pk=proposal.pk).update(proposed_at=proposed_at)
