from datetime import date

import pytest

from papers.models import Author, Identifier, MetadataFetch, Paper
from papers.services.papers import NotAnIdentifier, NothingToEdit, add_paper, edit_paper, find_paper
from tests.factories import make_member, make_paper
from tests.racing import race

EIGHT_SPELLINGS = [
    "1706.03762",
    "arXiv:1706.03762v5",
    "https://arxiv.org/abs/1706.03762",
    "http://arxiv.org/pdf/1706.03762v7.pdf",
    "https://www.alphaxiv.org/abs/1706.03762",
    "https://huggingface.co/papers/1706.03762",
    "https://ar5iv.org/html/1706.03762",
    "https://doi.org/10.48550/arXiv.1706.03762",
]


def test_new_paper_waits_for_its_metadata(bob, django_capture_on_commit_callbacks, monkeypatch):
    woken = []
    monkeypatch.setattr("readinggroup.jobs.wake_worker", lambda *call: woken.append(call))
    with django_capture_on_commit_callbacks(execute=True):
        paper, created = add_paper("https://arxiv.org/pdf/1706.03762v5.pdf", added_by=bob)
    assert created
    assert paper.added_by == bob
    assert paper.display_title == "arXiv 1706.03762"
    assert [(i.scheme, i.value, i.version) for i in paper.identifiers.all()] == [("arxiv", "1706.03762", "v5")]
    assert {link.url for link in paper.links.all()} == {
        "https://arxiv.org/abs/1706.03762",
        "https://arxiv.org/pdf/1706.03762",
    }
    assert paper.metadata_fetch.status == MetadataFetch.Status.PENDING
    assert woken == [("papers.fetch_metadata", "paper_id", paper.pk)]


def test_every_spelling_names_the_same_paper(bob):
    papers = {add_paper(text, added_by=bob)[0].pk for text in EIGHT_SPELLINGS}
    assert len(papers) == 1
    assert find_paper("1706.03762").pk in papers


@pytest.mark.django_db(transaction=True)
def test_fifty_members_adding_one_paper_at_once_get_one_paper():
    members = [make_member() for _ in range(5)]
    calls = [(EIGHT_SPELLINGS[number % 8], members[number % 5]) for number in range(50)]
    answers = race(lambda call: add_paper(call[0], added_by=call[1]), calls)
    assert len({paper.pk for paper, _ in answers}) == 1
    assert [created for _, created in answers].count(True) == 1
    assert (Paper.objects.count(), Identifier.objects.count(), MetadataFetch.objects.count()) == (1, 1, 1)


def test_page_is_asked_about_like_any_paper(bob):
    paper, _ = add_paper("https://distill.pub/2021/gnn-intro/", added_by=bob)
    assert paper.metadata_fetch.status == MetadataFetch.Status.PENDING
    assert [link.url for link in paper.links.all()] == ["https://distill.pub/2021/gnn-intro/"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ISBN 9780306406157", "book"),
        ("https://youtu.be/kCc8FmEb1nY", "video"),
        ("https://distill.pub/2021/gnn-intro/", "post"),
        ("https://example.org/paper.pdf", "article"),
        ("10.1038/s41586-024-08328-6", "article"),
    ],
)
def test_identifier_tells_the_kind(bob, text, kind):
    assert add_paper(text, added_by=bob)[0].kind == kind


def test_nonsense_adds_nothing(bob):
    with pytest.raises(NotAnIdentifier):
        add_paper("attention is all you need", added_by=bob)
    assert not Paper.objects.exists()


def test_corrections_are_remembered(bob):
    paper = make_paper(title="Wrong", venue="arXiv", authors=["Ada", "Bea"])
    edit_paper(
        paper, edited_by=bob, title="Right", venue="arXiv", authors=["Bea", "Cleo"], published_on=date(2017, 6, 12)
    )
    paper = Paper.objects.with_authors().get()
    assert paper.edited_fields == ["authors", "published_on", "title"]
    assert (paper.title, paper.slug, paper.author_names) == ("Right", "right", ["Bea", "Cleo"])
    assert sorted(Author.objects.values_list("name", flat=True)) == ["Bea", "Cleo"]


def test_abstract_is_rendered_when_it_is_corrected(bob):
    paper = edit_paper(make_paper(), edited_by=bob, abstract="Order $n^2$.")
    assert "<math" in paper.abstract_html


def test_saving_without_a_change_corrects_nothing(bob):
    paper = edit_paper(make_paper(title="Same"), edited_by=bob, title="Same")
    assert paper.edited_fields == []


def test_other_fields_cannot_be_edited(bob):
    with pytest.raises(NothingToEdit):
        edit_paper(make_paper(), edited_by=bob, added_by=bob)
