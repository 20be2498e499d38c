from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from papers.models import Report, ReportAuthor, ReportImage, ReportRevision
from papers.services.reports import assign_number, publish_report, save_report
from readinggroup.models import Member
from readinggroup.workbench import OrderedInline, WorkbenchAdmin, WorkbenchTabularInline, badge, word_filter

TONES = {Report.Status.DRAFT: "quiet", Report.Status.WORK_IN_PROGRESS: "waiting", Report.Status.PUBLISHED: "good"}


class ReportAuthorInline(OrderedInline):
    model = ReportAuthor
    fields = ["position", "member", "name"]
    autocomplete_fields = ["member"]
    related = ["member"]
    verbose_name_plural = "authors, in order"


class ReportRevisionInline(WorkbenchTabularInline):
    model = ReportRevision
    fields = readonly_fields = ("version", "title", "saved_by", "saved_at")
    related = ["saved_by"]
    can_delete = False
    max_num = 0


@admin.register(Report)
class ReportAdmin(WorkbenchAdmin):
    list_display = ["title", "kind", "number", "state", "authors_text", "paper", "dated_on", "updated_at"]
    list_filter = [word_filter("are", "visibility", published="Public", drafts="Drafts"), "kind", "status"]
    list_select_related = ["paper"]
    list_prefetch_related = ("credits__member", "paper__identifiers")
    search_fields = ["title", "series_title", "paper__title", "credits__name", "credits__member__name"]
    search_help_text = "Title, series, paper or author"
    date_hierarchy = "dated_on"
    autocomplete_fields = ["paper", "topics"]
    inlines = [ReportAuthorInline, ReportRevisionInline]
    actions = ["publish", "number"]

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        """As in the editor, one more revision; number and status are what only organisers set by hand."""
        organiser = cast(Member, request.user)
        if not change:
            save_report(obj, saved_by=organiser, authors=[])
            return
        save_report(obj, saved_by=organiser)
        obj.save(update_fields=["number", "status", "updated_at"])

    @admin.display(description="status", ordering="status")
    def state(self, report: Report) -> str:
        return badge(report.get_status_display(), TONES[Report.Status(report.status)])

    @admin.display(description="authors")
    def authors_text(self, report: Report) -> str:
        return ", ".join(report.author_names)

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, reports: QuerySet[Report]) -> None:
        count = 0
        for report in reports.exclude(status=Report.Status.PUBLISHED).order_by("dated_on", "pk"):
            publish_report(report)
            count += 1
        text = f"Published {count} report{'' if count == 1 else 's'}."
        self.message_user(request, text, messages.SUCCESS if count else messages.WARNING)

    @admin.action(description="Assign number", permissions=["change"])
    def number(self, request: HttpRequest, reports: QuerySet[Report]) -> None:
        count = 0
        for report in reports.filter(number=None).order_by("dated_on", "pk"):
            assign_number(report)
            count += 1
        text = f"Numbered {count} report{'' if count == 1 else 's'}."
        self.message_user(request, text, messages.SUCCESS if count else messages.WARNING)


@admin.register(ReportImage)
class ReportImageAdmin(WorkbenchAdmin):
    list_display = ["name", "width", "height", "report", "uploaded_by", "uploaded_at"]
    list_select_related = ["report", "uploaded_by"]
    search_fields = ["name", "report__title"]
    autocomplete_fields = ["report", "uploaded_by"]
    fields = ["picture", "report", "uploaded_by", "uploaded_at"]
    readonly_fields = ["picture", "uploaded_at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Pictures arrive through the editor, which checks and re-encodes them."""
        return False

    @admin.display(description="picture")
    def picture(self, image: ReportImage) -> str:
        address = reverse("papers:report_image", args=[image.name])
        return format_html('<img src="{}" width="{}" height="{}" alt="">', address, image.width, image.height)
