"""Requests as views know them behind `login_required`."""

from django.http import HttpRequest

from readinggroup.models import Member


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Member
