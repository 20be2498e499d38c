from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class WorkbenchConfig(admin_apps.AdminConfig):
    """Django's admin under this site's name and rules."""

    default = False
    default_site = "readinggroup.admin_site.WorkbenchSite"


class ReadingGroupConfig(AppConfig):
    name = "readinggroup"
    verbose_name = "Site and members"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from readinggroup.mail_kinds import MailKind, register_mail_kind
        from readinggroup.search import indexing, members

        register_mail_kind(MailKind("discussion", "discussion", "Answers to you, and comments where you take part."))
        members.register_all()
        post_save.connect(indexing.follow_row, dispatch_uid="search")
        post_delete.connect(indexing.follow_row, dispatch_uid="search")
