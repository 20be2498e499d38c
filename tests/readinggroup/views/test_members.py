"""Members as others see them."""

import pytest

from tests.factories import make_member, make_presentation, make_report

pytestmark = pytest.mark.django_db


def test_page_shows_what_a_member_presented_and_wrote(charlie, bob):
    make_presentation(title="A talk", presenters=[bob], number=3)
    make_report(title="A report", written_by=bob)
    page = charlie.get(bob.get_absolute_url()).content.decode()
    for text in ("Bob", "3. A talk", "A report"):
        assert text in page
    assert bob.email not in page


def test_page_hides_what_the_reader_may_not_see(charlie, bob):
    make_presentation(title="Among ourselves", presenters=[bob], visibility="members")
    make_report(title="A draft", written_by=bob, status="draft")
    page = charlie.get(bob.get_absolute_url()).content.decode()
    assert "Among ourselves" not in page
    assert "A draft" not in page


def test_hidden_profile_is_for_members(charlie, bob_client):
    shy = make_member(name="Shy", is_public=False)
    assert charlie.get(shy.get_absolute_url()).status_code == 404
    assert "Shy" not in charlie.get("/members/").content.decode()
    assert bob_client.get(shy.get_absolute_url()).status_code == 200


def test_deactivated_member_has_no_page(charlie, bob):
    bob.is_active = False
    bob.save()
    assert charlie.get(bob.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", [1, 10, 100])
def test_list_asks_equally_often(charlie, count_queries, number):
    for _ in range(number):
        make_member()
    assert count_queries(lambda: charlie.get("/members/")) <= 3


@pytest.mark.parametrize("number", [1, 10, 100])
def test_page_asks_equally_often(charlie, count_queries, bob, number):
    for index in range(number):
        make_presentation(title="", number=index + 1, presenters=[bob, make_member()])
        make_report(written_by=bob)
    assert count_queries(lambda: charlie.get(bob.get_absolute_url())) <= 13
