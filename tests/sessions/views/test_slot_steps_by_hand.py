"""Slots that are changed in forms for all of a presentation: their history tells of it as well."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions.models import Presentation, SlotEvent, SlotSwap
from tests.factories import make_member, make_presentation, make_session

pytestmark = pytest.mark.django_db
ADMIN = "admin:group_sessions_{}_change"


@pytest.fixture
def later():
    """A session a week after the usual one."""
    first = make_session()
    week = timedelta(days=7)
    return make_session(starts_at=first.starts_at + week, ends_at=first.ends_at + week)


@pytest.fixture
def talk(bob):
    return make_presentation(
        title="A talk", session=make_session(), position=1, presenters=[bob], status="claimed", claimed_by=bob
    )


def steps(talk) -> list[tuple[str, str]]:
    return list(SlotEvent.objects.filter(presentation=talk).values_list("kind", "by__name"))


def filled_in(client, path) -> dict:
    """What a browser sends from a form of the admin that nobody has touched."""
    context = client.get(path).context
    form = context["adminform"].form
    data = {form.add_prefix(name): form[name].value() for name in form.fields}
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        data |= {f"{formset.prefix}-{name}": value for name, value in formset.management_form.initial.items()}
        for line in formset.initial_forms:
            data |= {line.add_prefix(name): line[name].value() for name in line.fields}
    if "starts_at" in data:
        for name in ("starts_at", "ends_at"):
            moment = data.pop(name)
            data |= {f"{name}_0": f"{moment:%Y-%m-%d}", f"{name}_1": f"{moment:%H:%M:%S}"}
    return {name: value for name, value in data.items() if value is not None}


def test_move_in_the_form_of_a_presentation(bob, bob_client, talk, later):
    fields = {"title": "A talk", "members": [bob.pk], "session": later.pk, "visibility": "public"}
    bob_client.post(reverse("sessions:presentation_edit", args=[talk.pk]), fields)
    assert steps(talk) == [("swapped", "Bob")]
    bob_client.post(reverse("sessions:presentation_edit", args=[talk.pk]), fields | {"title": "Another title"})
    assert steps(talk) == [("swapped", "Bob")]
    page = bob_client.get(talk.get_absolute_url(), follow=True).content.decode()
    assert f"Bob moved it, {later.day_text}." in page


def test_move_and_call_off_in_the_admin(alice, alice_client, bob, talk, later):
    other = make_presentation(session=later, position=1, presenters=[make_member()], status="claimed")
    swap = SlotSwap.objects.create(given=talk, wanted=other, asked_by=bob)
    path = reverse(ADMIN.format("presentation"), args=[talk.pk])
    answer = alice_client.post(path, filled_in(alice_client, path) | {"session": later.pk, "position": 2})
    assert answer.status_code == 302
    alice_client.post(path, filled_in(alice_client, path) | {"status": "cancelled"})
    assert steps(talk) == [("swapped", "Alice"), ("cancelled", "Alice")]
    swap.refresh_from_db()
    assert swap.status == "lapsed"


@pytest.mark.parametrize(
    ("was", "status", "kind"),
    [
        ("claimed", "open", "released"),
        ("open", "claimed", "assigned"),
        ("claimed", "given", "given"),
        ("given", "claimed", "undone"),
    ],
)
def test_status_in_the_line_of_a_session_in_the_admin(alice_client, talk, was, status, kind):
    Presentation.objects.update(status=was)
    path = reverse(ADMIN.format("session"), args=[talk.session_id])
    data = filled_in(alice_client, path)
    assert alice_client.post(path, data).status_code == 302
    assert steps(talk) == []
    assert alice_client.post(path, data | {"presentations-0-status": status}).status_code == 302
    assert steps(talk) == [(kind, "Alice")]
