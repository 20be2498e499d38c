from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from readinggroup.workbench import WorkbenchAdmin, WorkbenchTabularInline, badge, word_filter
from sessions.models import Proposal, Vote
from sessions.services.queue import bring_back, put_aside


class VoteInline(WorkbenchTabularInline):
    model = Vote
    fields = ["member", "would_present"]
    autocomplete_fields = ["member"]
    related = ["member", "proposal__paper"]
    prefetched = ["proposal__paper__identifiers"]


@admin.register(Proposal)
class ProposalAdmin(WorkbenchAdmin):
    markdown_fields = {"why": "why_html"}
    list_display = ["paper", "state", "proposed_by", "vote_count", "volunteer_count", "proposed_at"]
    list_filter = [
        word_filter(
            "are",
            "place",
            in_queue="In the queue",
            put_aside="Put aside",
            scheduled="Planned or read",
            nobody_would_present="Nobody would present",
        )
    ]
    list_select_related = ["paper", "proposed_by"]
    list_prefetch_related = ("paper__identifiers",)
    search_fields = ["paper__title", "paper__authors__name", "paper__identifiers__value", "why"]
    autocomplete_fields = ["paper", "proposed_by"]
    readonly_fields = ["put_aside_at"]
    inlines = [VoteInline]
    actions = ["put_aside", "bring_back"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        proposals: Any = super().get_queryset(request)
        annotated: QuerySet[Any] = proposals.with_state().with_votes()
        return annotated

    @admin.display(description="place")
    def state(self, proposal: Any) -> str:
        if proposal.is_scheduled:
            return badge("planned or read", "good")
        return badge("put aside") if proposal.put_aside_at else badge("in the queue", "waiting")

    @admin.display(description="votes", ordering="vote_count")
    def vote_count(self, proposal: Any) -> int:
        count: int = proposal.vote_count
        return count

    @admin.display(description="would present", ordering="volunteer_count")
    def volunteer_count(self, proposal: Any) -> int:
        count: int = proposal.volunteer_count
        return count

    @admin.action(description="Put aside", permissions=["change"])
    def put_aside(self, request: HttpRequest, proposals: QuerySet[Proposal]) -> None:
        """Without a reason; a reason that was given before stays in the field below."""
        count = sum(put_aside(proposal, because=proposal.put_aside_because) for proposal in proposals)
        self.message_user(request, f"Put {count} proposal{'' if count == 1 else 's'} aside.", messages.SUCCESS)

    @admin.action(description="Bring back into the queue", permissions=["change"])
    def bring_back(self, request: HttpRequest, proposals: QuerySet[Proposal]) -> None:
        count = sum(bring_back(proposal) for proposal in proposals)
        self.message_user(request, f"Brought {count} proposal{'' if count == 1 else 's'} back.", messages.SUCCESS)
