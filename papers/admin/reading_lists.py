from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from papers.models import Entry, EntryLink, LinkCheck, ReadingList, SavedLink, Section
from papers.services.link_checks import check_again
from readinggroup.workbench import OrderedInline, WorkbenchAdmin, badge, job_badge, word_filter


@admin.register(ReadingList)
class ReadingListAdmin(WorkbenchAdmin):
    markdown_fields = {"intro": "intro_html", "outro": "outro_html"}
    list_display = ["title", "kind", "number", "owner", "entry_count", "state", "dated_on"]
    list_filter = ["kind", "is_public"]
    list_select_related = ["owner"]
    search_fields = ["title", "owner__name", "owner_name", "intro"]
    date_hierarchy = "dated_on"
    autocomplete_fields = ["owner", "topics"]
    readonly_fields = ["contents"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(held=Count("entries"))

    @admin.display(description="entries", ordering="held")
    def entry_count(self, reading_list: Any) -> int:
        return reading_list.held

    @admin.display(description="visible to", ordering="is_public")
    def state(self, reading_list: ReadingList) -> str:
        return badge("everybody", "good") if reading_list.is_public else badge("its keeper")

    @admin.display(description="contents")
    def contents(self, reading_list: ReadingList) -> str:
        """A list may hold thousands of entries, too many for one form."""
        query = f"?reading_list__id__exact={reading_list.pk}"
        return format_html(
            '<a href="{}">Entries</a>, <a href="{}">sections</a>',
            reverse("admin:papers_entry_changelist") + query,
            reverse("admin:papers_section_changelist") + query,
        )


@admin.register(Section)
class SectionAdmin(WorkbenchAdmin):
    markdown_fields = {"body": "body_html"}
    list_display = ["heading", "reading_list", "position", "parent"]
    list_select_related = ["reading_list", "parent"]
    search_fields = ["heading", "reading_list__title"]
    autocomplete_fields = ["reading_list", "parent"]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "reading_list__id__exact" or super().lookup_allowed(lookup, value, request)


class EntryLinkInline(OrderedInline):
    model = EntryLink
    fields = ["position", "label", "url", "is_main", "paper"]
    autocomplete_fields = ["paper"]
    related = ["paper"]
    prefetched = ["paper__identifiers"]


@admin.register(Entry)
class EntryAdmin(WorkbenchAdmin):
    markdown_fields = {"commentary": "commentary_html"}
    list_display = ["__str__", "reading_list", "section", "position", "year", "people"]
    list_select_related = ["reading_list", "section"]
    search_fields = ["title", "people", "commentary", "reading_list__title"]
    autocomplete_fields = ["reading_list", "section"]
    inlines = [EntryLinkInline]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "reading_list__id__exact" or super().lookup_allowed(lookup, value, request)


@admin.register(SavedLink)
class SavedLinkAdmin(WorkbenchAdmin):
    list_display = ["__str__", "saved_by", "saved_at", "state"]
    list_select_related = ["saved_by", "paper"]
    list_filter = [word_filter("is", "state", waiting="Waiting")]
    search_fields = ["title", "url", "why", "saved_by__name"]
    autocomplete_fields = ["paper", "saved_by"]

    @admin.display(description="state", ordering="entry")
    def state(self, link: SavedLink) -> str:
        return badge("in a collection", "good") if link.entry_id else badge("waiting", "waiting")


@admin.register(LinkCheck)
class LinkCheckAdmin(WorkbenchAdmin):
    list_display = ["__str__", "health", "reason", "failures", "checked_at", "due_at", "work"]
    list_filter = ["health", "status", "reason", "is_left_alone"]
    search_fields = ["url"]
    readonly_fields = ["url", "health", "reason", "failures", "failed_on", "moved_to", "checked_at"]
    fields = [*readonly_fields, "archived_url", "due_at", "is_left_alone"]
    actions = ["look_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="work", ordering="status")
    def work(self, check: LinkCheck) -> str:
        return job_badge(check)

    @admin.action(description="Look again", permissions=["change"])
    def look_again(self, request: HttpRequest, checks: QuerySet[LinkCheck]) -> None:
        count = 0
        for check in checks:
            check_again(check)
            count += 1
        self.message_user(request, f"Looking at {count} link{'' if count == 1 else 's'} again.", messages.SUCCESS)
