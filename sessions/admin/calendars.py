from django.contrib import admin
from django.http import HttpRequest

from readinggroup.workbench import WorkbenchAdmin
from sessions.models import CalendarKey


@admin.register(CalendarKey)
class CalendarKeyAdmin(WorkbenchAdmin):
    """Who has an address of their own. The secret itself is shown to nobody; deleting the row closes the address."""

    list_display = ["member"]
    list_select_related = ["member"]
    search_fields = ["member__name"]
    fields = ["member"]
    readonly_fields = ["member"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
