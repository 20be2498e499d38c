"""The archive: a shelf that can be narrowed."""

import pytest

from tests.factories import make_member, make_paper, make_presentation, make_session, make_topic

pytestmark = pytest.mark.django_db
ARCHIVE = "/archive/"


def titles(client, **chosen) -> list[str]:
    return [presentation.title for presentation in client.get(ARCHIVE, chosen).context["page"].object_list]


@pytest.fixture
def shelf():
    vision = make_topic("Vision")
    lena = make_member(name="Lena")
    vit = make_paper(title="An Image is Worth 16x16 Words", authors=["Alexey Dosovitskiy"])
    vit.topics.add(vision)
    make_presentation(title="Pictures", number=1, presented_on="2024-03-01", presenters=[lena], papers=[vit])
    words = make_presentation(title="Words", number=2, presented_on="2025-06-01", presenters=["Jo"])
    words.topics.add(vision)
    make_presentation(title="Undated", number=3)
    return {"lena": lena}


def test_newest_first_and_undated_last(charlie, shelf):
    assert titles(charlie) == ["Words", "Pictures", "Undated"]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"year": "2024"}, ["Pictures"]),
        ({"topic": "vision"}, ["Words", "Pictures"]),
        ({"presenter": "Jo"}, ["Words"]),
        ({"q": "dosovitskiy image"}, ["Pictures"]),
        ({"q": "WORDS"}, ["Words", "Pictures"]),
        ({"topic": "vision", "year": "2025"}, ["Words"]),
        ({"q": "nothing like it"}, []),
    ],
)
def test_filters_narrow_the_shelf(charlie, shelf, chosen, found):
    assert titles(charlie, **chosen) == found


def test_member_is_a_filter_by_slug(charlie, shelf):
    assert titles(charlie, presenter=shelf["lena"].slug) == ["Pictures"]


def test_nothing_found_offers_a_way_on(charlie, shelf):
    page = charlie.get(ARCHIVE, {"q": "nothing like it"}).content.decode()
    assert "Nothing on this shelf" in page
    assert "Show everything" in page


@pytest.mark.parametrize(
    "value", ["-1", "0", "0000", "99999", "2^63", "٢٠٢٤", "<script>", "\x00", "' OR 1=1", "x" * 10_000]
)
@pytest.mark.parametrize("name", ["year", "topic", "presenter", "q", "page"])
def test_hostile_filters_are_answered(charlie, shelf, name, value):
    page = charlie.get(ARCHIVE, {name: value})
    assert page.status_code == 200
    assert b"<script>" not in page.content.replace(b"<script src", b"")


def test_shelf_is_paginated_and_keeps_the_filter(charlie):
    for number in range(1, 15):
        make_presentation(number=number, presented_on="2024-03-01")
    first = charlie.get(ARCHIVE, {"year": "2024"})
    assert len(first.context["page"].object_list) == 12
    assert "year=2024&amp;page=2" in first.content.decode()
    assert len(charlie.get(ARCHIVE, {"year": "2024", "page": "2"}).context["page"].object_list) == 2


def test_what_is_for_members_is_on_their_shelf_only(charlie, bob_client):
    make_presentation(title="Own", visibility="members")
    make_presentation(title="Of a closed session", session=make_session(visibility="members"))
    assert titles(charlie) == []
    assert len(titles(bob_client)) == 2


def test_open_and_claimed_slots_are_not_on_the_shelf(charlie):
    make_presentation(status="open")
    make_presentation(status="claimed")
    assert titles(charlie) == []


@pytest.mark.parametrize("number", [1, 10, 100])
def test_number_of_queries_does_not_grow(charlie, count_queries, number):
    for index in range(number):
        make_presentation(title="", number=index + 1, presenters=["Lena", make_member()], papers=[make_paper()])
    assert count_queries(lambda: charlie.get(ARCHIVE)) <= 14
