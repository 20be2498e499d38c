from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html

from papers.models import PaperMerge, PossibleDuplicate
from papers.services.duplicates import call_distinct, find_duplicates
from papers.services.merging import AlreadyUndone, CannotMerge, undo_merge
from readinggroup.workbench import WorkbenchAdmin, badge


@admin.register(PossibleDuplicate)
class PossibleDuplicateAdmin(WorkbenchAdmin):
    """Pairs that may be one work; the comparison page decides."""

    list_display = ["__str__", "reason", "state", "compare", "found_at", "answered_by"]
    list_filter = ["answer", "reason"]
    list_select_related = ["first", "second", "answered_by"]
    list_prefetch_related = ("first__identifiers", "second__identifiers")
    search_fields = ["first__title", "second__title", "detail"]
    fields = ("first", "second", "reason", "detail", "compare", "found_at", "answer", "answered_by", "answered_at")
    readonly_fields = fields
    actions = ["not_the_same", "look_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="answer", ordering="answer")
    def state(self, pair: PossibleDuplicate) -> str:
        is_open = pair.answer == PossibleDuplicate.Answer.OPEN
        return badge("open", "waiting") if is_open else badge("two works", "good")

    @admin.display(description="side by side")
    def compare(self, pair: PossibleDuplicate) -> str:
        return format_html('<a href="{}">Compare</a>', pair.get_absolute_url())

    @admin.action(description="These are not the same work", permissions=["change"])
    def not_the_same(self, request: HttpRequest, pairs: QuerySet[PossibleDuplicate]) -> None:
        count = 0
        for pair in pairs:
            call_distinct(pair.first, pair.second, answered_by=request.user)  # type: ignore[arg-type]
            count += 1
        self.message_user(request, f"{count} answered; they are not offered again.", messages.SUCCESS)

    @admin.action(description="Look through all papers again", permissions=["change"])
    def look_again(self, request: HttpRequest, pairs: QuerySet[PossibleDuplicate]) -> None:
        self.message_user(request, f"{find_duplicates()} new pairs found.", messages.SUCCESS)


@admin.register(PaperMerge)
class PaperMergeAdmin(WorkbenchAdmin):
    """What was merged, by whom, with all that moved; undone by a button or an action."""

    change_form_template = "admin/papers/papermerge/change_form.html"
    list_display = ["gone_title", "kept", "state", "merged_by", "merged_at", "undone_by"]
    list_filter = [("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["kept", "merged_by", "undone_by"]
    list_prefetch_related = ("kept__identifiers",)
    search_fields = ["gone_title", "kept__title"]
    fields = ("gone_title", "gone_id", "kept", "moved", "filled", "merged_by", "merged_at", "undone_by", "undone_at")
    readonly_fields = fields
    actions = ["undo"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        undo = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", undo, name="papers_papermerge_undo"), *super().get_urls()]

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The button on the page of one merge."""
        merge = self.get_object(request, str(pk))
        if request.method == "POST" and merge is not None and self.has_change_permission(request, merge):
            self._undo(request, merge)
        return redirect(reverse("admin:papers_papermerge_changelist"))

    @admin.display(description="state", ordering="undone_at")
    def state(self, merge: PaperMerge) -> str:
        return badge("undone") if merge.undone_at else badge("merged", "good")

    @admin.display(description="what moved")
    def moved(self, merge: PaperMerge) -> str:
        counts: dict[str, int] = {}
        for label, *_ in merge.record.get("moved", []):
            counts[label] = counts.get(label, 0) + 1
        kept_apart = len(merge.record.get("left", []))
        told = [f"{count} × {label}" for label, count in sorted(counts.items())]
        return "; ".join([*told, *([f"{kept_apart} rows that could not move, kept here"] if kept_apart else [])]) or "—"

    @admin.display(description="what was filled in")
    def filled(self, merge: PaperMerge) -> str:
        return ", ".join(merge.record.get("filled", {})) or "—"

    @admin.action(description="Undo", permissions=["change"])
    def undo(self, request: HttpRequest, merges: QuerySet[PaperMerge]) -> None:
        for merge in merges:
            self._undo(request, merge)

    def _undo(self, request: HttpRequest, merge: PaperMerge) -> None:
        try:
            paper, lost = undo_merge(merge, undone_by=request.user)  # type: ignore[arg-type]
        except (AlreadyUndone, CannotMerge) as error:
            self.message_user(request, f"{merge}: {error}", messages.WARNING)
            return
        rest = f"; {lost} things that changed since stayed where they are" if lost else ""
        self.message_user(request, f"“{paper}” is a paper of its own again{rest}.", messages.SUCCESS)
