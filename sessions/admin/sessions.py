from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from readinggroup.workbench import WorkbenchAdmin, WorkbenchTabularInline, badge, word_filter
from sessions.attention import lacks_of, tone_of
from sessions.models import Attendance, Presentation, RoleAssignment, Session
from sessions.queries.term import with_attention
from sessions.services.seats import fill_seats
from sessions.services.sessions import IN_CALENDARS, count_change
from sessions.services.slot_steps import record_by_hand

TONES = {Session.Status.PLANNED: "waiting", Session.Status.HELD: "good", Session.Status.CANCELLED: "bad"}


class SlotInline(WorkbenchTabularInline):
    model = Presentation
    fields = ["position", "status", "title", "claimed_by"]
    autocomplete_fields = ["claimed_by"]
    related = ["claimed_by"]
    show_change_link = True
    verbose_name = "slot"
    ordering = ("position",)


class RoleAssignmentInline(WorkbenchTabularInline):
    model = RoleAssignment
    fields = ["position", "role", "minutes", "member", "name", "filled"]
    autocomplete_fields = ["role", "member"]
    related = ["role", "member", "session"]


class AttendanceInline(WorkbenchTabularInline):
    model = Attendance
    fields = ["member", "rsvp", "attended"]
    autocomplete_fields = ["member"]
    related = ["member"]


@admin.register(Session)
class SessionAdmin(WorkbenchAdmin):
    markdown_fields = {"notes": "notes_html"}
    list_display = ["display_title", "starts_at", "series", "host", "format", "slots", "missing", "state", "visibility"]
    list_filter = [
        word_filter("are", "time", upcoming="Upcoming", past="Past"),
        word_filter("is", "attention", needing_attention="Needs attention"),
        "status",
        "format",
        "visibility",
    ]
    list_select_related = ["series", "host"]
    search_fields = ["title", "series__name", "host__name", "place"]
    date_hierarchy = "starts_at"
    autocomplete_fields = ["series", "host"]
    inlines = [SlotInline, RoleAssignmentInline, AttendanceInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        sessions: Any = super().get_queryset(request)
        return with_attention(sessions.with_presentations().with_roles())

    @admin.display(description="missing")
    def missing(self, session: Session) -> str:
        lacks = lacks_of(session)
        if not lacks:
            return ""
        more = f", and {len(lacks) - 1} more" if len(lacks) > 1 else ""
        return badge(f"{lacks[0].text}{more}", "bad" if tone_of(session) == "bad" else "waiting")

    def save_model(self, request: HttpRequest, obj: Session, form: Any, change: bool) -> None:
        if change:
            if "series" in form.changed_data:
                obj.occurs_on = None
            # All of them: the form saves the whole row, so it may also undo what another has just changed.
            count_change(obj, {name: getattr(obj, name) for name in IN_CALENDARS})
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        slots = [one.instance for one in formset.initial_forms if formset.model is Presentation and one.has_changed()]
        before = Presentation.objects.in_bulk([slot.pk for slot in slots])
        super().save_formset(request, form, formset, change)
        for slot in Presentation.objects.filter(pk__in=before).order_by("pk"):
            record_by_hand(before[slot.pk], slot, by=request.user)  # type: ignore[arg-type]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        fill_seats(form.instance)

    @admin.display(description="session", ordering="starts_at")
    def display_title(self, session: Session) -> str:
        return session.display_title

    @admin.display(description="status", ordering="status")
    def state(self, session: Session) -> str:
        return badge(session.get_status_display(), TONES[Session.Status(session.status)])

    @admin.display(description="slots")
    def slots(self, session: Session) -> str:
        slots = list(session.presentations.all())
        free = sum(slot.status == Presentation.Status.OPEN for slot in slots)
        return f"{len(slots)}, {free} open" if free else str(len(slots))
