from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from readinggroup.workbench import (
    OrderedInline,
    WorkbenchAdmin,
    WorkbenchTabularInline,
    badge,
    job_badge,
    word_filter,
)
from sessions.admin.slots import SlotEventInline
from sessions.models import Condition, Cue, Presentation, PresentationPaper, Presenter, Recording, SlideDeck
from sessions.services.giving import why_not_given
from sessions.services.presentations import give_presentation
from sessions.services.slide_decks import render_slides_again
from sessions.services.slot_steps import record_by_hand

TONES = {
    Presentation.Status.OPEN: "waiting",
    Presentation.Status.CLAIMED: "waiting",
    Presentation.Status.GIVEN: "good",
    Presentation.Status.CANCELLED: "bad",
}
CONDITION_TONES = {
    Condition.AVAILABLE: "good",
    Condition.EXPECTED: "waiting",
    Condition.NONE: "quiet",
    Condition.WITHHELD: "quiet",
}


class PresenterInline(OrderedInline):
    model = Presenter
    fields = ["position", "member", "name"]
    autocomplete_fields = ["member"]
    related = ["member"]
    verbose_name_plural = "presenters, in order"


class PaperInline(OrderedInline):
    model = PresentationPaper
    fields = ["position", "paper"]
    autocomplete_fields = ["paper"]
    related = ["paper"]
    prefetched = ["paper__identifiers"]
    verbose_name = "paper"
    verbose_name_plural = "papers, in order"


class RecordingInline(OrderedInline):
    model = Recording
    fields = ["position", "title", "host", "url", "video_id", "starts_at_seconds", "file"]
    show_change_link = True


class SlideDeckInline(WorkbenchTabularInline):
    model = SlideDeck
    fields = readonly_fields = ("version", "original_name", "rendering", "pages_total", "is_current", "uploaded_at")
    can_delete = False
    max_num = 0
    show_change_link = True

    @admin.display(description="rendering")
    def rendering(self, deck: SlideDeck) -> str:
        return job_badge(deck)


@admin.register(Presentation)
class PresentationAdmin(WorkbenchAdmin):
    markdown_fields = {"summary": "summary_html"}
    list_display = ["display_title", "number", "state", "people", "presented_on", "slides", "rendering", "recording"]
    list_filter = [
        word_filter("are", "state", given="In the archive", open="Open slots"),
        "status",
        "slides_condition",
        "recording_condition",
        "visibility",
    ]
    list_select_related = ["session"]
    list_prefetch_related = ("presenters__member", "slide_decks")
    search_fields = [
        "title",
        "papers__title",
        "papers__authors__name",
        "papers__identifiers__value",
        "presenters__name",
        "presenters__member__name",
    ]
    search_help_text = "Title, presenter, paper, author or arXiv id"
    date_hierarchy = "presented_on"
    autocomplete_fields = ["session", "claimed_by", "topics"]
    inlines = [PresenterInline, PaperInline, SlideDeckInline, RecordingInline, SlotEventInline]
    actions = ["assign_number", "render_again"]

    def save_model(self, request: HttpRequest, obj: Presentation, form: Any, change: bool) -> None:
        before = Presentation.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        if before is not None:
            record_by_hand(before, obj, by=request.user)  # type: ignore[arg-type]

    @admin.display(description="title", ordering="title")
    def display_title(self, presentation: Presentation) -> str:
        return presentation.display_title

    @admin.display(description="status", ordering="status")
    def state(self, presentation: Presentation) -> str:
        return badge(presentation.get_status_display(), TONES[Presentation.Status(presentation.status)])

    @admin.display(description="presenters")
    def people(self, presentation: Presentation) -> str:
        return ", ".join(presentation.presenter_names)

    @admin.display(description="slides", ordering="slides_condition")
    def slides(self, presentation: Presentation) -> str:
        condition = Condition(presentation.slides_condition)
        return badge(condition.label, CONDITION_TONES[condition])

    @admin.display(description="recording", ordering="recording_condition")
    def recording(self, presentation: Presentation) -> str:
        condition = Condition(presentation.recording_condition)
        return badge(condition.label, CONDITION_TONES[condition])

    @admin.display(description="rendering")
    def rendering(self, presentation: Presentation) -> str:
        newest = max(presentation.slide_decks.all(), key=lambda deck: deck.version, default=None)
        return job_badge(newest)

    @admin.action(description="Assign number (mark as given)", permissions=["change"])
    def assign_number(self, request: HttpRequest, presentations: QuerySet[Presentation]) -> None:
        """Oldest first, so that the numbers follow the dates."""
        numberless = presentations.filter(number=None).exclude(
            status__in=[Presentation.Status.OPEN, Presentation.Status.CANCELLED]
        )
        count = 0
        for presentation in numberless.select_related("session").order_by("presented_on", "pk"):
            if not why_not_given(presentation):
                give_presentation(presentation, by=request.user)  # type: ignore[arg-type]
                count += 1
        text = f"Numbered {count} presentation{'' if count == 1 else 's'}."
        if not count:
            text += " Those open, cancelled, still to come and already numbered are left as they are."
        self.message_user(request, text, messages.SUCCESS if count else messages.WARNING)

    @admin.action(description="Render slides again", permissions=["change"])
    def render_again(self, request: HttpRequest, presentations: QuerySet[Presentation]) -> None:
        decks = SlideDeck.objects.filter(presentation__in=presentations).order_by("presentation_id", "-version")
        newest = {deck.presentation_id: deck for deck in reversed(decks)}
        for deck in newest.values():
            render_slides_again(deck)
        text = f"Rendering {len(newest)} deck{'' if len(newest) == 1 else 's'} again."
        self.message_user(request, text, messages.SUCCESS if newest else messages.WARNING)


class CueInline(WorkbenchTabularInline):
    model = Cue


@admin.register(Recording)
class RecordingAdmin(WorkbenchAdmin):
    list_display = ["__str__", "presentation", "host", "duration_seconds"]
    list_filter = ["host"]
    list_select_related = ["presentation"]
    search_fields = ["title", "presentation__title", "video_id", "url"]
    autocomplete_fields = ["presentation"]
    inlines = [CueInline]
