from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend


class OrganiserBackend(BaseBackend):
    """Organisers may do everything with the rows of the group's own apps. It signs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return self.has_module_perms(user_obj, perm.partition(".")[0])

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        organises = user_obj.is_active and getattr(user_obj, "is_organiser", False)
        return bool(organises and app_label in settings.ORGANISER_APP_LABELS)
