"""The site's addresses; the apps are named as strings, so this floor imports none of them."""

from django.contrib import admin
from django.urls import include, path

from readinggroup.views import health
from readinggroup.views.search import search

handler500 = "readinggroup.views.errors.server_error"

urlpatterns = [
    path("", include("sessions.site_urls")),
    path("", include("sessions.urls")),
    path("", include("papers.urls")),
    path("", include("readinggroup.members_urls")),
    path("search/", search, name="search"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("livez", health.livez, name="livez"),
    path("healthz", health.healthz, name="healthz"),
]
