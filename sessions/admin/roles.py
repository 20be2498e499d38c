from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from readinggroup.workbench import WorkbenchAdmin
from sessions.models import Role, RoleAssignment, RolePlay


@admin.register(Role)
class RoleAdmin(WorkbenchAdmin):
    list_display = ["name", "tagline", "position", "minutes", "is_active", "times_played"]
    list_editable = ["position", "minutes", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "tagline"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(times=Count("assignments__member"))

    @admin.display(description="times played", ordering="times")
    def times_played(self, role: Any) -> int:
        played: int = role.times
        return played


@admin.register(RolePlay)
class RolePlayAdmin(WorkbenchAdmin):
    list_display = ["session", "paper", "intro_minutes", "discussion_minutes"]
    list_select_related = ["session__series", "paper"]
    list_prefetch_related = ("paper__identifiers",)
    search_fields = ["session__title", "paper__title"]
    autocomplete_fields = ["session", "paper"]


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(WorkbenchAdmin):
    """What was contributed, and by whom; roles are chosen and given on the session's page."""

    markdown_fields = {"contribution": "contribution_html"}
    list_display = ["role", "session", "player_name", "minutes", "filled", "has_notes"]
    list_select_related = ["role", "session__series", "member"]
    list_filter = ["role", "filled"]
    search_fields = ["role__name", "member__name", "name", "session__title", "contribution"]
    autocomplete_fields = ["session", "role", "member", "presentation"]
    ordering = ("-session__starts_at", "position")

    @admin.display(description="notes", boolean=True)
    def has_notes(self, assignment: RoleAssignment) -> bool:
        return bool(assignment.contribution)
