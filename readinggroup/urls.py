"""The site's addresses; the apps are named as strings, so this floor imports none of them."""

from django.contrib import admin
from django.urls import include, path

from readinggroup.views import discussion, health
from readinggroup.views.search import search

handler500 = "readinggroup.views.errors.server_error"

urlpatterns = [
    path("", include("sessions.site_urls")),
    path("", include("sessions.urls")),
    path("", include("papers.urls")),
    path("", include("readinggroup.members_urls")),
    path("search/", search, name="search"),
    path("comments/reported/", discussion.complaint_list, name="complaint_list"),
    path("comments/<int:pk>/", discussion.comment_detail, name="comment_detail"),
    path("comments/<int:pk>/edit/", discussion.comment_edit, name="comment_edit"),
    path("comments/<int:pk>/delete/", discussion.comment_delete, name="comment_delete"),
    path("comments/<int:pk>/report/", discussion.comment_complain, name="comment_complain"),
    path("comments/<int:pk>/settle/", discussion.complaint_settle, name="complaint_settle"),
    path("comments/on/<slug:kind>/<int:pk>/", discussion.comment_add, name="comment_add"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("livez", health.livez, name="livez"),
    path("healthz", health.healthz, name="healthz"),
]
