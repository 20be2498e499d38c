"""The front door."""

from django.urls import path

from sessions.views.home import home

urlpatterns = [path("", home, name="home")]
