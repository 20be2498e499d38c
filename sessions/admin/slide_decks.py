from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html

from readinggroup.workbench import WorkbenchAdmin, WorkbenchTabularInline, badge, job_badge, word_filter
from sessions.models import Slide, SlideDeck
from sessions.services.slide_decks import render_slides_again


class SlideInline(WorkbenchTabularInline):
    model = Slide
    fields = readonly_fields = ("number", "thumbnail_image", "text")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Slides are drawn by the renderer."""
        return False

    @admin.display(description="slide")
    def thumbnail_image(self, slide: Slide) -> str:
        return format_html(
            '<a href="{}"><img src="{}" width="{}" height="{}" alt="Slide {}" loading="lazy"></a>',
            reverse("sessions:slide_large", args=[slide.slide_deck_id, slide.number]),
            reverse("sessions:slide_small", args=[slide.slide_deck_id, slide.number]),
            slide.thumbnail_width,
            slide.thumbnail_height,
            slide.number,
        )


@admin.register(SlideDeck)
class SlideDeckAdmin(WorkbenchAdmin):
    list_display = ["__str__", "presentation", "rendering", "pages", "size_text", "shown", "uploaded_by", "uploaded_at"]
    list_filter = [
        word_filter("are", "state", waiting="Waiting", ready="Ready", failed="Failed", current="Shown"),
        "error_code",
    ]
    list_select_related = ["presentation", "uploaded_by"]
    search_fields = ["original_name", "presentation__title", "presentation__papers__identifiers__value"]
    date_hierarchy = "uploaded_at"
    fields = readonly_fields = (
        "presentation",
        "version",
        "shown",
        "rendering",
        "attempts",
        "pages",
        "original_file",
        "size_text",
        "sha256",
        "uploaded_by",
        "uploaded_at",
        "claimed_at",
        "finished_at",
    )
    inlines = [SlideInline]
    actions = ["render_again"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Decks arrive through the presentation's page."""
        return False

    @admin.display(description="original")
    def original_file(self, deck: SlideDeck) -> str:
        address = reverse("sessions:slide_deck_original", args=[deck.pk])
        return format_html('<a href="{}">{}</a>', address, deck.original_name)

    @admin.display(description="rendering", ordering="status")
    def rendering(self, deck: SlideDeck) -> str:
        return job_badge(deck)

    @admin.display(description="pages", ordering="pages_total")
    def pages(self, deck: SlideDeck) -> str:
        return f"{deck.pages_done} of {deck.pages_total}" if deck.pages_total else "not counted yet"

    @admin.display(description="size", ordering="size")
    def size_text(self, deck: SlideDeck) -> str:
        return filesizeformat(deck.size)

    @admin.display(description="shown", ordering="is_current")
    def shown(self, deck: SlideDeck) -> str:
        return badge("shown", "good") if deck.is_current else badge("not shown")

    @admin.action(description="Render slides again", permissions=["change"])
    def render_again(self, request: HttpRequest, decks: QuerySet[SlideDeck]) -> None:
        count = 0
        for deck in decks:
            render_slides_again(deck)
            count += 1
        self.message_user(request, f"Rendering {count} deck{'' if count == 1 else 's'} again.", messages.SUCCESS)
