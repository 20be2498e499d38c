from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from readinggroup.workbench import WorkbenchAdmin, badge, word_filter
from sessions.models import Attendance, Guest, Rsvp, Session
from sessions.services.guests import cancel_guest
from sessions.services.seats import fill_seats

TONES = {Rsvp.YES: "good", Rsvp.MAYBE: "waiting", Rsvp.WAITING: "waiting", Rsvp.NO: "quiet"}


class ReplyAdmin(WorkbenchAdmin):
    """Rows that hold a seat: when one is changed or deleted here too, the next in line gets it."""

    date_hierarchy = "session__starts_at"
    list_select_related = ["session__series"]
    autocomplete_fields = ["session"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        fill_seats(obj.session)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        fill_seats(obj.session)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        sessions = list(Session.objects.filter(pk__in=queryset.values("session")))
        super().delete_queryset(request, queryset)
        for session in sessions:
            fill_seats(session)

    @admin.display(description="reply", ordering="rsvp")
    def answer(self, row: Any) -> str:
        return badge(row.get_rsvp_display(), TONES[Rsvp(row.rsvp)]) if row.rsvp else badge("none")


@admin.register(Attendance)
class AttendanceAdmin(ReplyAdmin):
    list_display = ["member", "session", "answer", "attended", "checked_in_at"]
    list_filter = [word_filter("are", "standing", coming="Coming", in_line="In line", attended="Came"), "rsvp"]
    list_select_related = ["member", "session__series"]
    search_fields = ["member__name", "session__title", "session__series__name"]
    autocomplete_fields = ["member", "session"]
    readonly_fields = ["waiting_since", "checked_in_at", "answered_at"]


@admin.register(Guest)
class GuestAdmin(ReplyAdmin):
    """Guests have proven their address, so nobody adds one by hand."""

    list_display = ["__str__", "email", "session", "state", "attended", "asked_at"]
    list_filter = [word_filter("are", "standing", coming="Coming", in_line="In line", attended="Came")]
    search_fields = ["name", "email", "session__title"]
    readonly_fields = ["session", "email", "rsvp", "waiting_since", "asked_at", "confirmed_at", "checked_in_at"]
    autocomplete_fields = []
    fields = ["name", "attended", *readonly_fields]
    actions = ["cancel"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="state", ordering="confirmed_at")
    def state(self, guest: Guest) -> str:
        return self.answer(guest) if guest.confirmed_at else badge("not confirmed", "waiting")

    @admin.action(description="Give up their seats", permissions=["change"])
    def cancel(self, request: HttpRequest, guests: Any) -> None:
        for guest in guests:
            cancel_guest(guest)
        self.message_user(request, f"{len(guests)} will not come.")
