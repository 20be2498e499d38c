"""How people sign up: allauth's adapter, and who it lets in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from readinggroup.models import Invitation
from readinggroup.services.invitations import accept_invitation

INVITATION_KEY = "invitation"


def may_sign_up(request: HttpRequest) -> bool:
    """Whether the setting SIGNUP lets this visitor in: everybody, those with an open invitation, or nobody."""
    if settings.SIGNUP == "open":
        return True
    return settings.SIGNUP == "invitation" and _invitation(request) is not None


def _invitation(request: HttpRequest) -> Invitation | None:
    key = request.session.get(INVITATION_KEY, "")
    return Invitation.objects.valid().filter(key=key).first() if key else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return may_sign_up(request)

    def clean_email(self, email: str) -> str:
        """By invitation, only the invited address signs up; the link alone is not enough."""
        email = super().clean_email(email)
        request = self.request
        if (
            settings.SIGNUP == "invitation"
            and request
            and not request.user.is_authenticated
            and request.method == "POST"
        ):
            invitation = _invitation(request)
            if self._is_signup(request) and (not invitation or invitation.email.casefold() != email.casefold()):
                raise ValidationError("Sign up with the address that the invitation was sent to.")
        return email

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user = super().save_user(request, user, form, commit)
        key = request.session.pop(INVITATION_KEY, "")
        if key and commit:
            accept_invitation(key, email=user.email)
        return user

    @staticmethod
    def _is_signup(request: HttpRequest) -> bool:
        match = request.resolver_match
        return bool(match and "signup" in (match.url_name or ""))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return may_sign_up(request)
