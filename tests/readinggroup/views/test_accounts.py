"""Signing up, signing in, one's account, and leaving."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import URLPattern, get_resolver, reverse

from readinggroup.models import Invitation, Member
from readinggroup.services.invitations import AlreadyMember, invitation_url, invite
from tests.clients import signed_in_client
from tests.factories import make_member, make_presentation

pytestmark = pytest.mark.django_db
PASSWORD = "a passphrase of some length"
FORM = {"email": "noor@example.org", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def no_rate_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def link_in_mail(pattern: str) -> str:
    found = re.search(rf"https?://[^/\s]+({pattern}\S*)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]


def test_signing_up_takes_a_confirmed_address(client):
    assert client.post(reverse("account_signup"), FORM).url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    confirm = link_in_mail("/accounts/confirm-email/")
    client.get(confirm)
    assert not EmailAddress.objects.get().verified
    client.post(confirm)
    assert EmailAddress.objects.get().verified
    assert client.post(reverse("account_login"), {"login": FORM["email"], "password": PASSWORD}).url == "/"
    assert "Sign out" in client.get("/").content.decode()


def test_known_address_is_not_given_away(client, bob):
    answer = client.post(reverse("account_signup"), FORM | {"email": bob.email})
    assert answer.url == reverse("account_email_verification_sent")
    assert Member.objects.filter(email=bob.email).count() == 1


def test_forgotten_password_is_set_anew_once(client, bob):
    client.post(reverse("account_reset_password"), {"email": bob.email})
    link = link_in_mail("/accounts/password/reset/key/")
    form = client.get(link).url
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
    assert "bad" in client.get(link).content.decode().lower()


def test_closed_sign_up_lets_nobody_in(client, settings):
    settings.SIGNUP = "closed"
    client.post(reverse("account_signup"), FORM)
    assert not Member.objects.exists()
    assert client.get(reverse("account_signup")).status_code == 200


class TestInvitations:
    @pytest.fixture(autouse=True)
    def by_invitation(self, settings):
        settings.SIGNUP = "invitation"

    @pytest.fixture
    def invitation(self, alice, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            return invite(FORM["email"], by=alice)

    def follow(self, client, invitation):
        return client.get(reverse("members:invitation_accept", args=[invitation.key]))

    def test_invited_person_signs_up_with_the_mailed_link(self, client, invitation):
        assert invitation_url(invitation) in mail.outbox[0].body
        assert self.follow(client, invitation).url == reverse("account_signup")
        client.post(reverse("account_signup"), FORM)
        assert Member.objects.filter(email=FORM["email"]).exists()

    def test_opening_the_link_uses_nothing_up(self, client, invitation):
        for _ in range(3):
            assert self.follow(client, invitation).status_code == 302
        invitation.refresh_from_db()
        assert invitation.accepted_at is None

    def test_link_is_good_once(self, client, invitation):
        self.follow(client, invitation)
        client.post(reverse("account_signup"), FORM)
        assert self.follow(client, invitation).status_code == 404

    def test_another_address_is_refused(self, client, invitation):
        self.follow(client, invitation)
        page = client.post(reverse("account_signup"), FORM | {"email": "somebody@example.org"})
        assert "address that the invitation was sent to" in page.content.decode()
        assert not Member.objects.filter(email="somebody@example.org").exists()

    def test_without_an_invitation_nobody_signs_up(self, client):
        client.post(reverse("account_signup"), FORM)
        assert not Member.objects.exists()

    def test_old_invitation_is_over(self, client, invitation):
        Invitation.objects.update(expires_at="2026-01-01T00:00:00Z")
        assert "used up or over" in self.follow(client, invitation).content.decode()

    def test_members_are_not_invited_again(self, alice, bob):
        with pytest.raises(AlreadyMember):
            invite(bob.email.upper(), by=alice)

    def test_only_organisers_invite(self, alice_client, bob_client):
        page = reverse("members:invitation_list")
        assert bob_client.get(page).status_code == 404
        assert bob_client.post(page, {"email": "x@example.org"}).status_code == 404
        alice_client.post(page, {"email": "x@example.org"})
        assert Invitation.objects.get().email == "x@example.org"


def account_pages() -> list[str]:
    """Every address of the accounts that needs no argument."""
    pages = []
    for resolver in get_resolver().url_patterns:
        if str(resolver.pattern) != "accounts/":
            continue
        stack = [(one, "accounts/") for one in resolver.url_patterns]
        while stack:
            pattern, before = stack.pop()
            path = before + str(pattern.pattern)
            if not isinstance(pattern, URLPattern):
                stack += [(one, path) for one in pattern.url_patterns]
            elif not re.search(r"[<(^]", path):
                pages.append("/" + path)
    return sorted(set(pages))


@pytest.mark.parametrize("path", account_pages())
def test_account_page_wears_the_sites_design_and_keeps_its_policy(client, bob, path):
    inline = re.compile(r'\sstyle="|<style|<script(?![^>]*\b(?:src=|type="application/json"))|\son\w+="')
    for reader in (client, signed_in_client(bob)):
        answer = reader.get(path)
        assert answer.status_code in (200, 301, 302, 401, 403, 404, 405), path
        if answer.status_code in (200, 401) and "html" in answer.headers["Content-Type"]:
            page = answer.content.decode()
            assert 'class="site-header"' in page, path
            assert not inline.search(page), path


@pytest.mark.parametrize("provider", ["github", "google", "orcid"])
def test_provider_that_is_not_configured_is_absent(client, provider):
    assert client.get(f"/accounts/{provider}/login/").status_code == 404
    assert provider not in client.get(reverse("account_login")).content.decode().lower()


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(client, bob, where):
    answer = client.post(
        reverse("account_login"), {"login": bob.email, "password": "correct horse battery", "next": where}
    )
    assert "evil" not in answer.headers.get("Location", "")
    assert "javascript" not in answer.headers.get("Location", "")


def test_deactivated_member_is_out_on_the_next_request(bob, bob_client):
    assert bob_client.get(reverse("members:account")).status_code == 200
    Member.objects.filter(pk=bob.pk).update(is_active=False)
    assert bob_client.get(reverse("members:account")).status_code == 302
    assert bob_client.get("/", follow=True).context["user"].is_anonymous


def test_profile_is_edited_and_rendered(bob, bob_client):
    data = {"name": "Robert", "about": "I *read*. <script>alert(1)</script>", "time_zone": "Asia/Kathmandu"}
    assert bob_client.post(reverse("members:member_edit"), data).url == bob.get_absolute_url()
    page = bob_client.get(bob.get_absolute_url()).content.decode()
    assert "<em>read</em>" in page
    assert "<script>alert" not in page
    bob.refresh_from_db()
    assert (bob.name, bob.is_public, bob.time_zone) == ("Robert", False, "Asia/Kathmandu")


def test_extra_fields_change_nothing(bob, bob_client):
    data = {"name": "Bob", "is_organiser": "on", "is_superuser": "on", "email": "x@example.org"}
    bob_client.post(reverse("members:member_edit"), data)
    bob.refresh_from_db()
    assert (bob.is_organiser, bob.is_superuser, bob.email) == (False, False, "bob@example.org")


def test_data_come_as_one_file_and_only_by_post(bob, bob_client):
    make_presentation(title="My talk", presenters=[bob])
    assert bob_client.get(reverse("members:member_export")).status_code == 405
    answer = bob_client.post(reverse("members:member_export"))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.json()["presentations"][0]["title"] == "My talk"


def test_leaving_asks_for_the_password_and_the_address(client):
    leaver = make_member(name="Lee", email="lee@example.org")
    make_presentation(title="Lee's talk", presenters=[leaver])
    client.post(reverse("account_login"), {"login": leaver.email, "password": "correct horse battery"})
    page = reverse("members:member_delete")
    renew = client.get(page).url
    assert renew.startswith(reverse("account_reauthenticate"))
    client.post(renew, {"password": "correct horse battery"})
    wrong = client.post(page, {"keep_name": "yes", "confirm": "other@example.org"})
    assert "not the e-mail address of your account" in wrong.content.decode()
    assert client.post(page, {"keep_name": "no", "confirm": "Lee@Example.org"}).url == "/"
    assert not Member.objects.filter(pk=leaver.pk).exists()
    assert client.get(reverse("members:account")).status_code == 302
