from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from readinggroup.models import Comment, Complaint, Invitation, Mail, Member, SearchEntry, WorkerHeartbeat
from readinggroup.services.comments import delete_comment
from readinggroup.services.moderation import restore_comment
from readinggroup.workbench import WorkbenchAdmin, badge, word_filter

admin.site.unregister(Group)

#: What would let an organiser become more than one.
FOR_SUPERUSERS = ("email", "is_staff", "is_superuser", "user_permissions")


class MemberCreationForm(AdminUserCreationForm):
    class Meta:
        model = Member
        fields = ("email", "name")


@admin.register(Member)
class MemberAdmin(WorkbenchAdmin, UserAdmin):
    add_form = MemberCreationForm
    markdown_fields = {"about": "about_html"}
    list_display = ["name", "email", "role", "is_active", "is_public", "report_count", "session_count", "date_joined"]
    list_filter = [word_filter("are", "standing", organisers="Organisers", listed="With public profile"), "is_active"]
    search_fields = ["name", "email", "affiliation"]
    ordering = ["name", "pk"]
    filter_horizontal = ["user_permissions"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        ("Profile", {"fields": ["name", "about", "affiliation", "website", "time_zone", "is_public", "wants_digest"]}),
        ("Rights", {"fields": ["is_active", "is_organiser", "is_staff", "is_superuser", "user_permissions"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["email", "name", "usable_password", "password1", "password2"]})
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                written=Count("report_credits", distinct=True),
                came=Count("attendances", filter=Q(attendances__attended=True), distinct=True),
            )
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = list(super().get_readonly_fields(request, obj))
        return fixed if request.user.is_superuser or obj is None else [*fixed, *FOR_SUPERUSERS]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        if not request.user.is_superuser:
            raise PermissionDenied("Only superusers set other people's passwords.")
        return super().user_change_password(request, id, form_url)

    @admin.display(description="role", ordering="is_organiser")
    def role(self, member: Member) -> str:
        if member.is_superuser:
            return badge("superuser", "waiting")
        return badge("organiser", "good") if member.is_organiser else badge("member")

    @admin.display(description="reports", ordering="written")
    def report_count(self, member: Any) -> int:
        return member.written

    @admin.display(description="sessions", ordering="came")
    def session_count(self, member: Any) -> int:
        return member.came


def _may_touch(request: HttpRequest, member: Member | None) -> bool:
    return member is None or not member.is_superuser or request.user.is_superuser


@admin.register(Invitation)
class InvitationAdmin(WorkbenchAdmin):
    list_display = ["email", "state", "invited_by", "created_at", "expires_at"]
    list_filter = [word_filter("are", "state", valid="Open")]
    list_select_related = ["invited_by"]
    search_fields = ["email"]
    autocomplete_fields = ["invited_by"]
    readonly_fields = ["created_at", "accepted_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Invitations are sent from the members' pages, which also write the letter."""
        return False

    @admin.display(description="state")
    def state(self, invitation: Invitation) -> str:
        if invitation.accepted_at:
            return badge("accepted", "good")
        return badge("open", "waiting") if invitation.expires_at > timezone.now() else badge("expired")


@admin.register(Comment)
class CommentAdmin(WorkbenchAdmin):
    markdown_fields = {"body": "body_html"}
    list_display = ["__str__", "about", "written_by", "created_at", "state"]
    list_select_related = ["written_by", "subject_type"]
    search_fields = ["body", "author_name", "written_by__name"]
    date_hierarchy = "created_at"
    autocomplete_fields = ["written_by", "reply_to"]
    readonly_fields = ["subject_type", "subject_id", "created_at", "edited_at"]
    actions = ["hide", "show_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="about")
    def about(self, comment: Comment) -> str:
        kind = comment.subject_type
        address = reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[comment.subject_id])
        return format_html('<a href="{}">{} {}</a>', address, kind.name, comment.subject_id)

    @admin.display(description="state", ordering="deleted_at")
    def state(self, comment: Comment) -> str:
        return badge("hidden", "bad") if comment.deleted_at else badge("shown", "good")

    @admin.action(description="Hide", permissions=["change"])
    def hide(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        shown = list(comments.filter(deleted_at=None))
        for comment in shown:
            delete_comment(comment)
        count = len(shown)
        self.message_user(request, f"Hid {count} comment{'' if count == 1 else 's'}.", messages.SUCCESS)

    @admin.action(description="Show again", permissions=["change"])
    def show_again(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        hidden = list(comments.exclude(deleted_at=None))
        for comment in hidden:
            restore_comment(comment)
        count = len(hidden)
        self.message_user(request, f"Showing {count} comment{'' if count == 1 else 's'} again.", messages.SUCCESS)


class ReadOnlyAdmin(WorkbenchAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(WorkerHeartbeat)
class WorkerHeartbeatAdmin(ReadOnlyAdmin):
    list_display = ["name", "seen_at"]
    list_filter = [word_filter("are", "state", alive="Alive")]


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "visibility", "indexed_at"]
    list_filter = ["kind", "visibility"]
    search_fields = ["title"]


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ["subject", "address", "kind", "created_at", "handed_over_at", "status", "error"]
    list_filter = ["status", "kind"]
    search_fields = ["subject", "address", "event"]
    date_hierarchy = "created_at"


@admin.register(Complaint)
class ComplaintAdmin(WorkbenchAdmin):
    list_display = ["__str__", "comment", "made_by", "made_at", "settled_at"]
    list_select_related = ["comment", "made_by"]
    list_filter = [word_filter("are", "state", open="Open")]
    search_fields = ["reason", "comment__body", "made_by__name"]
    readonly_fields = ["comment", "made_by", "made_at", "reason"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
