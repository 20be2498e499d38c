from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from readinggroup.workbench import WorkbenchAdmin, WorkbenchTabularInline, badge
from sessions.models import SlotEvent, SlotSwap, SlotWaiter

SWAP_TONES = {
    SlotSwap.Status.ASKED: "waiting",
    SlotSwap.Status.AGREED: "good",
    SlotSwap.Status.DECLINED: "quiet",
    SlotSwap.Status.WITHDRAWN: "quiet",
    SlotSwap.Status.LAPSED: "bad",
}


class OnlyToRead:
    """What happened is there to be read; only the site itself writes it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SlotEventInline(OnlyToRead, WorkbenchTabularInline):
    model = SlotEvent
    fields = ("at", "kind", "member", "by", "session", "note")
    readonly_fields = fields
    related = ["member", "by", "session__series"]
    verbose_name_plural = "what happened to the slot"


@admin.register(SlotEvent)
class SlotEventAdmin(OnlyToRead, WorkbenchAdmin):
    list_display = ["at", "presentation", "kind", "member", "by"]
    list_filter = ["kind"]
    list_select_related = ["presentation", "member", "by"]
    list_prefetch_related = ("presentation__paper_places__paper__identifiers",)
    search_fields = ["presentation__title", "member__name", "by__name"]
    date_hierarchy = "at"


@admin.register(SlotWaiter)
class SlotWaiterAdmin(WorkbenchAdmin):
    list_display = ["session", "member", "since", "offered_slot", "offer_ends_at"]
    list_select_related = ["session__series", "member", "offered_slot"]
    list_prefetch_related = ("offered_slot__paper_places__paper__identifiers",)
    search_fields = ["member__name", "session__title"]
    autocomplete_fields = ["session", "member", "offered_slot"]


@admin.register(SlotSwap)
class SlotSwapAdmin(OnlyToRead, WorkbenchAdmin):
    list_display = ["asked_at", "asked_by", "given", "wanted", "state"]
    list_filter = ["status"]
    list_select_related = ["asked_by", "given", "wanted"]
    list_prefetch_related = (
        "given__paper_places__paper__identifiers",
        "wanted__paper_places__paper__identifiers",
    )
    search_fields = ["asked_by__name", "given__title", "wanted__title"]

    @admin.display(description="status", ordering="status")
    def state(self, swap: SlotSwap) -> str:
        return badge(swap.get_status_display(), SWAP_TONES[SlotSwap.Status(swap.status)])
