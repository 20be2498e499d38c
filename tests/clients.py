"""Test clients that are signed in."""

from django.test import Client

from readinggroup.models import Member


def signed_in_client(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client
