from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class WorkbenchSite(admin.AdminSite):
    """The organisers' workbench. Signing in goes through the site's own door, second factor included."""

    site_title = settings.SITE_NAME
    site_header = f"{settings.SITE_NAME}: workbench"
    index_title = "What would you like to look after?"

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_active and (user.is_staff or getattr(user, "is_organiser", False)))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied("The workbench is for organisers.")
        return redirect_to_login(request.GET.get("next") or request.path)
