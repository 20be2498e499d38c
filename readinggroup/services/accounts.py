"""Accounts that are made by an operator."""

import secrets

from allauth.account.models import EmailAddress
from django.db import transaction

from readinggroup.models import Member


def has_admin() -> bool:
    return Member.objects.filter(is_superuser=True, is_active=True).exists()


def is_empty_site() -> bool:
    """Whether nobody has signed up here yet: only such a site gets demo content."""
    return not Member.objects.exists()


def create_admin(email: str, *, name: str = "Admin") -> str:
    """Create an administrator who is an organiser too, with a verified address; return the password, kept nowhere."""
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        admin = Member.objects.create_superuser(email, password, name=name, is_public=False)
        EmailAddress.objects.create(user=admin, email=email, verified=True, primary=True)
    return password
