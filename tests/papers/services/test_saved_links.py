"""Links saved during the week become the draft of the next collection, once."""

import pytest

from papers.models import ReadingList, SavedLink
from papers.services.saved_links import NothingSaved, draft_collection, drop_link, save_link
from papers.tasks import draft_collection as draft_collection_task
from tests.factories import make_reading_list
from tests.racing import race

pytestmark = pytest.mark.django_db

POST = "https://example.org/post"


def test_draft_is_the_next_number_for_the_keeper_of_the_last(alice, bob):
    make_reading_list(kind="collection", number=12, title="Link Collection 12", owner=bob)
    save_link(POST, saved_by=alice, title="A post", why="Worth *it*.")
    save_link("https://arxiv.org/abs/1706.03762", saved_by=bob)
    draft = draft_collection()
    assert (draft.number, draft.owner, draft.is_public) == (13, bob, False)
    first, second = draft.entries.all()
    assert (first.number, first.commentary) == (1, "Worth *it*.\n\n*Found by Alice.*")
    assert (first.links.get().label, first.links.get().url) == ("A post", POST)
    assert second.links.get().paper.identifiers.get().value == "1706.03762"
    assert second.commentary == ""


def test_empty_week_makes_no_draft(alice):
    with pytest.raises(NothingSaved):
        draft_collection()
    draft_collection_task()
    assert not ReadingList.objects.exists()


def test_each_find_is_taken_once_and_an_open_draft_takes_what_comes_later(alice):
    save_link(POST, saved_by=alice)
    draft = draft_collection()
    with pytest.raises(NothingSaved):
        draft_collection()
    save_link("https://example.org/other", saved_by=alice)
    assert draft_collection() == draft
    assert draft.entries.count() == 2
    ReadingList.objects.filter(pk=draft.pk).update(is_public=True)
    save_link("https://example.org/third", saved_by=alice)
    assert draft_collection().number == draft.number + 1


def test_entry_that_its_curator_removes_waits_again(alice):
    link, _ = save_link(POST, saved_by=alice)
    draft = draft_collection()
    draft.entries.get().delete()
    assert list(SavedLink.objects.waiting()) == [link]


def test_saving_again_changes_what_is_said(alice, bob):
    save_link(POST, saved_by=alice, why="First.")
    link, is_new = save_link(POST, saved_by=alice, why="Second.")
    assert not is_new
    assert link.why == "Second."
    assert save_link(POST, saved_by=bob)[1]


def test_find_in_a_collection_cannot_be_taken_back(alice):
    link, _ = save_link(POST, saved_by=alice)
    draft_collection()
    drop_link(link)
    assert SavedLink.objects.filter(pk=link.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_drafting_at_once_make_one_draft(alice):
    for number in range(5):
        save_link(f"https://example.org/{number}", saved_by=alice)

    def draft(_: int) -> str:
        try:
            return draft_collection().slug
        except NothingSaved:
            return "nothing"

    answers = race(draft, range(8))
    assert len(set(answers) - {"nothing"}) == 1
    (draft_list,) = ReadingList.objects.all()
    assert sorted(link.url for entry in draft_list.entries.all() for link in entry.links.all()) == [
        f"https://example.org/{number}" for number in range(5)
    ]


def test_member_saves_and_takes_back_on_the_page(bob_client, alice):
    answer = bob_client.post("/links/", {"url": POST, "title": "A post", "why": "It is short."}, follow=True)
    page = answer.content.decode()
    assert "Saved for the next collection." in page
    assert "It is short." in page
    theirs, _ = save_link("https://example.org/hers", saved_by=alice)
    assert bob_client.post(f"/links/{theirs.pk}/drop/").status_code == 404
    mine = SavedLink.objects.get(url=POST)
    bob_client.post(f"/links/{mine.pk}/drop/")
    assert not SavedLink.objects.filter(pk=mine.pk).exists()


def test_address_fills_the_form(bob_client):
    page = bob_client.get("/links/", {"url": POST, "title": "A <post>"}).content.decode()
    assert f'value="{POST}"' in page
    assert "A &lt;post&gt;" in page


def test_what_is_no_address_is_refused(bob_client):
    for text in ("javascript:alert(1)", "not an address", ""):
        assert bob_client.post("/links/", {"url": text}).status_code == 200
    assert not SavedLink.objects.exists()


def test_organiser_drafts_now(alice_client, bob_client, alice):
    save_link(POST, saved_by=alice)
    assert bob_client.post("/links/draft/").status_code == 404
    answer = alice_client.post("/links/draft/", follow=True)
    assert "This is the draft" in answer.content.decode()


def test_queries_do_not_grow_with_the_finds(bob_client, alice, count_queries):
    save_link("https://arxiv.org/abs/1706.03762", saved_by=alice)
    few = count_queries(lambda: bob_client.get("/links/"))
    for number in range(10):
        save_link(f"https://arxiv.org/abs/1706.0{number:04}", saved_by=alice)
    assert count_queries(lambda: bob_client.get("/links/")) == few
