"""What was told, to read; chats, to keep."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from readinggroup.workbench import WorkbenchAdmin, badge, job_badge
from sessions.forms.telling import ChatForm
from sessions.models import Mailing, ReminderChoice, Webhook, WebhookPost
from sessions.services.chats import use_again
from sessions.services.telling import send_again


class ToldAdmin(WorkbenchAdmin):
    """Rows that only the site writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Mailing)
class MailingAdmin(ToldAdmin):
    list_display = ["session", "kind", "created_at", "written", "requested_by", "state"]
    list_filter = ["kind", "status"]
    list_select_related = ["session__series", "requested_by"]
    search_fields = ["session__title", "session__series__name", "event"]
    date_hierarchy = "created_at"
    actions = ["send_failed_again"]

    @admin.display(description="state", ordering="status")
    def state(self, mailing: Mailing) -> str:
        return job_badge(mailing)

    @admin.action(description="Send again what failed")
    def send_failed_again(self, request: HttpRequest, mailings: QuerySet[Mailing]) -> None:
        count = sum(send_again(mailing) for mailing in mailings)
        self.message_user(request, f"{count} mail{'' if count == 1 else 's'} will be tried again.", messages.SUCCESS)


@admin.register(ReminderChoice)
class ReminderChoiceAdmin(WorkbenchAdmin):
    list_display = ["member", "week", "day", "hour"]
    list_select_related = ["member"]
    search_fields = ["member__name"]
    autocomplete_fields = ["member"]


@admin.register(Webhook)
class WebhookAdmin(WorkbenchAdmin):
    """The address is a secret: it is typed, and shown to nobody again."""

    form = ChatForm
    list_display = ["name", "format", "masked_url", "tells_sessions", "tells_archive", "state"]
    list_filter = ["is_active"]
    search_fields = ["name"]
    actions = ["use_again"]

    @admin.display(description="state", ordering="is_active")
    def state(self, chat: Webhook) -> str:
        if chat.is_active:
            return badge("in use", "good")
        return badge("paused", "bad") if chat.paused_because else badge("not in use")

    @admin.action(description="Use again", permissions=["change"])
    def use_again(self, request: HttpRequest, chats: QuerySet[Webhook]) -> None:
        for chat in chats:
            use_again(chat)
        self.message_user(request, "The site posts there again.", messages.SUCCESS)


@admin.register(WebhookPost)
class WebhookPostAdmin(ToldAdmin):
    list_display = ["text", "webhook", "created_at", "handed_over_at", "state"]
    list_filter = ["status"]
    list_select_related = ["webhook"]
    search_fields = ["text", "event"]
    date_hierarchy = "created_at"

    @admin.display(description="state", ordering="status")
    def state(self, post: WebhookPost) -> str:
        return job_badge(post)
