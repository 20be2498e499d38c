from django.urls import reverse

from papers.models import ReadingList
from tests.factories import make_reading_list

URL = "/reading-lists/"


def test_visitor_sees_public_lists_only(charlie, bob):
    make_reading_list(title="Open to all")
    make_reading_list(title="Just mine", owner=bob, is_public=False)

    page = charlie.get(URL).content.decode()

    assert "Open to all" in page
    assert "Just mine" not in page


def test_keeper_sees_the_private_list_marked(bob_client, bob):
    make_reading_list(title="Just mine", owner=bob, is_public=False)

    page = bob_client.get(URL).content.decode()

    assert "Just mine" in page
    assert "only for you and organisers" in page


def test_kind_narrows_the_shelf_and_nonsense_does_not_break_it(charlie, db):
    make_reading_list(title="Twelfth week", kind=ReadingList.Kind.COLLECTION)
    make_reading_list(title="Later", kind=ReadingList.Kind.BACKLOG)

    assert "Later" not in charlie.get(URL, {"kind": "collection"}).content.decode()
    assert "Later" in charlie.get(URL, {"kind": "nonsense", "page": "x"}).content.decode()


def test_empty_shelf_says_what_to_do(charlie, bob_client):
    assert "Sign in to start one" in charlie.get(URL).content.decode()
    assert reverse("papers:reading_list_create") in bob_client.get(URL).content.decode()


def test_long_shelf_has_pages(charlie, db):
    for number in range(1, 22):
        make_reading_list(title=f"List number {number}")

    assert "Page 1 of 2" in charlie.get(URL).content.decode()


def test_number_of_queries_does_not_grow(charlie, db, count_queries):
    counts = []
    for wanted in (1, 10, 100):
        while ReadingList.objects.count() < wanted:
            reading_list = make_reading_list()
            section = reading_list.sections.create(position=1, heading="A", anchor="a")
            reading_list.entries.create(position=1, section=section, title="B")
        counts.append(count_queries(lambda: charlie.get(URL)))

    assert len(set(counts)) == 1
