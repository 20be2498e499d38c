"""Questions about the queue: where a paper was read or is planned, and what is called the same."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from papers.models import Paper
from papers.services.same_works import papers_titled
from papers.titles import TELLING
from sessions.models import Presentation, Proposal, RolePlay, Session
from sessions.models.proposal import takes_place

GIVEN = Presentation.Status.GIVEN


@dataclass
class Places:
    """Where a paper was read, or is planned."""

    presentations: list[Presentation] = field(default_factory=list)
    role_plays: list[RolePlay] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.presentations or self.role_plays)

    @property
    def are_to_come(self) -> bool:
        """Whether one of them is still planned."""
        sessions = [play.session for play in self.role_plays]
        sessions += [talk.session for talk in self.presentations if talk.session and talk.status != GIVEN]
        loose = any(talk.session is None and talk.status != GIVEN for talk in self.presentations)
        return loose or any(not session.is_over for session in sessions)


def presentations_of_papers(user: Any) -> QuerySet[Presentation]:
    """What was given or is planned and `user` may see, newest first; what goes with a role stands with the role."""
    seen: QuerySet[Presentation] = (
        Presentation.objects.visible_to(user)
        .filter(takes_place(), role_assignment=None)
        .newest_first()
        .select_related("session__series")
        .with_presenters()
    )
    return seen


def role_plays_of_papers(user: Any) -> QuerySet[RolePlay]:
    plays: QuerySet[RolePlay] = RolePlay.objects.visible_to(user).for_listing()
    return plays


def places_of(paper: Paper, user: Any) -> Places:
    """Where `paper` was read or is planned, as far as `user` may see."""
    return Places(
        list(presentations_of_papers(user).filter(papers=paper)), list(role_plays_of_papers(user).filter(paper=paper))
    )


def with_places(proposals: Any, user: Any) -> Any:
    """Proposals whose places `user` may see, with those as `paper.places` and `paper.plays`."""
    talks, plays = presentations_of_papers(user), role_plays_of_papers(user)
    papers = (
        Paper.objects.with_authors()
        .prefetch_related("identifiers")
        .prefetch_related(
            Prefetch("presentations", queryset=talks, to_attr="places"),
            Prefetch("role_plays", queryset=plays, to_attr="plays"),
        )
    )
    shown = Exists(talks.order_by().filter(papers=OuterRef("paper"))) | Exists(
        plays.order_by().filter(paper=OuterRef("paper"))
    )
    return proposals.filter(shown).select_related("proposed_by").prefetch_related(Prefetch("paper", queryset=papers))


def read_under_another_name(papers: Iterable[Paper], user: Any) -> dict[int, list[Presentation]]:
    """By the keys of `papers`: presentations of other papers of the same title, such as a preprint's article; each
    tells the key of that paper as `twin_pk`.

    In a constant number of queries. A title of a word or two names nothing.
    """
    telling = [paper for paper in papers if len(paper.title_key) >= TELLING]
    twins = papers_titled(paper.title for paper in telling)
    others = {twin.pk: key for key, found in twins.items() if len(found) > 1 for twin in found}
    if not others:
        return {}
    talks: Iterable[Any] = (
        presentations_of_papers(user).filter(papers__in=others).distinct().prefetch_related("paper_places")
    )
    read: dict[int, list[Presentation]] = {}
    for talk in talks:
        named = {place.paper_id for place in talk.paper_places.all()}
        keys = {others[pk] for pk in named if pk in others}
        for paper in telling:
            if paper.title_key in keys and paper.pk not in named:
                talk.twin_pk = next(pk for pk in named if others.get(pk) == paper.title_key)
                read.setdefault(paper.pk, []).append(talk)
    return read


def open_slots(user: Any) -> QuerySet[Presentation]:
    """Slots of the sessions to come that nobody has and none is held for, soonest first."""
    sessions = Session.objects.visible_to(user).planned().upcoming()
    slots: QuerySet[Presentation] = Presentation.objects.claimable_by(user).filter(session__in=sessions.values("pk"))
    return slots.select_related("session__series").order_by("session__starts_at", "position")


def wanted_proposals() -> QuerySet[Proposal]:
    """The queue, most wanted first."""
    queue: QuerySet[Proposal] = Proposal.objects.in_queue().most_wanted().for_listing()
    return queue
