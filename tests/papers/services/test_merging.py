"""One paper of two, and two of one again."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from papers.models import (
    EntryLink,
    Identifier,
    MetadataFetch,
    Paper,
    PaperMerge,
    PaperNotice,
    PossibleDuplicate,
    ReadingStatus,
)
from papers.services.duplicates import call_distinct, find_duplicates
from papers.services.merging import AlreadyUndone, CannotMerge, merge_papers, undo_merge, what_moves
from papers.services.papers import add_paper
from readinggroup.models import Comment
from readinggroup.services.comments import write_comment
from sessions.models import Proposal, Vote
from tests.factories import make_member, make_paper, make_presentation, make_reading_list, make_report, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    paper = make_paper(
        title="Attention Is All You Need", authors=["Ashish Vaswani", "Noam Shazeer"], arxiv="1706.03762"
    )
    paper.links.create(kind="page", url="https://arxiv.org/abs/1706.03762")
    return paper


@pytest.fixture
def gone():
    paper = make_paper(
        title="Attention is all you need",
        authors=["A. Vaswani", "N. Shazeer", "N. Parmar"],
        abstract="A network.",
        abstract_html="<p>A network.</p>",
        venue="NeurIPS",
        published_on=date(2017, 1, 1),
        published_precision="year",
        field_sources={"venue": "Crossref"},
    )
    paper.identifiers.create(scheme="doi", value="10.5555/3295222")
    paper.links.create(kind="page", url="https://doi.org/10.5555/3295222")
    paper.links.create(kind="page", url="https://arxiv.org/abs/1706.03762", label="the same")
    return paper


def picture() -> dict[str, list[tuple]]:
    """All rows of all tables that say anything of papers, as they are."""
    models = [Paper, Identifier, EntryLink, PaperNotice, ReadingStatus, MetadataFetch, Comment, Proposal, Vote]
    models += [Paper.credits.rel.related_model, Paper.links.rel.related_model, Paper.topics.through]
    return {
        model._meta.label: sorted(model._base_manager.values_list(*(f.attname for f in model._meta.concrete_fields)))
        for model in models
    }


def fill(kept, gone):
    """Something of every kind at the paper that goes, some of it also at the one that stays."""
    bob, eve = make_member(name="Bob"), make_member(name="Eve")
    topic = make_topic("Attention")
    kept.topics.add(topic)
    gone.topics.add(topic, make_topic("Language"))
    both = make_presentation(title="Both", papers=[kept, gone])
    alone = make_presentation(title="Alone", papers=[gone])
    report = make_report(title="About it", paper=gone)
    entry = make_reading_list(title="List").entries.create(position=1)
    EntryLink.objects.create(entry=entry, position=1, url="https://doi.org/10.5555/3295222", paper=gone)
    gone.notices.create(kind="correction", url="https://example.org/c")
    ReadingStatus.objects.create(member=bob, paper=kept, status="to_read", note="Soon.")
    ReadingStatus.objects.create(member=bob, paper=gone, status="read", note="Done.")
    ReadingStatus.objects.create(member=eve, paper=gone, status="reading")
    first, second = Proposal.objects.create(paper=kept, proposed_by=bob), Proposal.objects.create(paper=gone)
    Vote.objects.create(proposal=first, member=bob)
    Vote.objects.create(proposal=second, member=bob, would_present=True)
    Vote.objects.create(proposal=second, member=eve)
    write_comment(gone, written_by=bob, body="Which head?")
    return both, alone, report, bob, eve


def test_kept_paper_takes_over_what_belonged_to_the_other(kept, gone):
    both, alone, report, bob, eve = fill(kept, gone)

    merge_papers(kept, gone, merged_by=bob)

    assert not Paper.objects.filter(pk=gone.pk).exists()
    kept = Paper.objects.get(pk=kept.pk)
    assert set(kept.identifiers.values_list("scheme", flat=True)) == {"arxiv", "doi"}
    assert kept.links.count() == 2
    assert list(both.papers.all()) == [kept]
    assert list(alone.papers.all()) == [kept]
    report.refresh_from_db()
    assert report.paper == kept
    assert EntryLink.objects.get().paper == kept
    assert set(kept.topics.values_list("name", flat=True)) == {"Attention", "Language"}
    assert kept.notices.count() == 1
    assert kept.reading.get(member=bob).status == "read"
    assert kept.reading.get(member=bob).note == "Soon.\n\nDone."
    assert kept.reading.get(member=eve).status == "reading"
    assert set(kept.proposal.votes.values_list("member__name", flat=True)) == {"Bob", "Eve"}
    kind = ContentType.objects.get_for_model(Paper)
    assert Comment.objects.get(subject_type=kind, subject_id=kept.pk).body == "Which head?"


def test_kept_paper_is_filled_in_and_keeps_what_it_says(kept, gone):
    merge_papers(kept, gone, merged_by=None)

    kept = Paper.objects.get(pk=kept.pk)
    assert (kept.title, kept.author_names) == ("Attention Is All You Need", ["Ashish Vaswani", "Noam Shazeer"])
    assert (kept.abstract, kept.abstract_html, kept.venue) == ("A network.", "<p>A network.</p>", "NeurIPS")
    assert kept.date_text == "2017"
    assert kept.field_sources["venue"] == "Crossref"


def test_paper_without_authors_gets_those_of_the_other(gone):
    bare = make_paper(title="Attention")

    merge_papers(bare, gone, merged_by=None)

    assert Paper.objects.get(pk=bare.pk).author_names == ["A. Vaswani", "N. Shazeer", "N. Parmar"]


def test_undone_merge_leaves_everything_as_it_was(kept, gone):
    fill(kept, gone)
    before = picture()
    merge = merge_papers(kept, gone, merged_by=None)
    assert picture() != before

    _, lost = undo_merge(merge, undone_by=None)

    assert lost == 0
    assert picture() == before


def test_what_was_added_since_stays_with_the_kept_paper(kept, gone):
    merge = merge_papers(kept, gone, merged_by=None)
    later = make_presentation(title="Later", papers=[kept])
    kept.links.create(kind="code", url="https://github.com/a/b")

    undo_merge(merge, undone_by=None)

    assert list(later.papers.all()) == [kept]
    assert kept.links.filter(kind="code").exists()


def test_what_somebody_changed_since_is_left_alone(kept, gone):
    report = make_report(title="About it", paper=gone)
    alone = make_presentation(title="Alone", papers=[gone])
    merge = merge_papers(kept, gone, merged_by=None)
    other = make_paper(title="Another")
    report.paper = other
    report.save()
    Paper.objects.filter(pk=kept.pk).update(venue="ICML")
    alone.delete()

    paper, lost = undo_merge(merge, undone_by=None)

    report.refresh_from_db()
    assert report.paper == other
    assert Paper.objects.get(pk=kept.pk).venue == "ICML"
    assert paper.venue == "NeurIPS"
    assert lost == 2


def test_merge_is_undone_once(kept, gone):
    merge = merge_papers(kept, gone, merged_by=None)
    undo_merge(merge, undone_by=None)

    with pytest.raises(AlreadyUndone):
        undo_merge(merge, undone_by=None)


def test_papers_can_be_merged_and_undone_again_and_again(kept, gone):
    before = picture()
    for _ in range(3):
        merge = merge_papers(kept, Paper.objects.get(pk=gone.pk), merged_by=None)
        undo_merge(merge, undone_by=None)
    assert picture() == before


def test_first_of_two_merges_in_a_row_can_be_undone(kept, gone):
    third = make_paper(title="Third")
    first = merge_papers(kept, gone, merged_by=None)
    second = merge_papers(third, kept, merged_by=None)

    undo_merge(first, undone_by=None)

    assert Paper.objects.get(pk=gone.pk).identifiers.get().scheme == "doi"
    assert Paper.objects.get(pk=third.pk).identifiers.get().scheme == "arxiv"
    undo_merge(second, undone_by=None)
    assert Paper.objects.get(pk=kept.pk).identifiers.get().scheme == "arxiv"


def test_paper_cannot_be_merged_with_itself_or_with_one_that_is_gone(kept, gone):
    with pytest.raises(CannotMerge):
        merge_papers(kept, kept, merged_by=None)
    merge_papers(kept, gone, merged_by=None)
    with pytest.raises(CannotMerge):
        merge_papers(kept, gone, merged_by=None)


def test_pasted_name_of_the_merged_paper_leads_to_the_kept_one(kept, gone):
    merge_papers(kept, gone, merged_by=None)

    assert add_paper("https://doi.org/10.5555/3295222", added_by=None) == (kept, False)


@pytest.mark.parametrize("name", ["paper_detail", "paper_card", "paper_cite", "paper_compact"])
def test_old_addresses_lead_to_the_kept_paper(client, kept, gone, name):
    old = reverse(f"papers:{name}", args=[gone.pk, gone.slug])
    merge = merge_papers(kept, gone, merged_by=None)

    response = client.get(old)

    assert (response.status_code, response.url) == (301, reverse(f"papers:{name}", args=[kept.pk, kept.slug]))
    undo_merge(merge, undone_by=None)
    assert client.get(old).status_code == 200


def test_old_address_with_references_leads_on(client, kept, gone):
    merge_papers(kept, gone, merged_by=None)

    response = client.get(reverse("papers:paper_citation", args=[gone.pk, gone.slug, "bib"]), follow=True)

    assert b"Vaswani" in response.content


def test_unknown_number_is_still_not_found(client, kept):
    assert client.get(reverse("papers:paper_by_number", args=[987654])).status_code == 404


def test_same_title_with_agreeing_authors_is_offered_once(kept, gone):
    assert find_duplicates() == 1
    assert find_duplicates() == 0
    assert PossibleDuplicate.objects.get().reason == "3-title"


def test_same_title_by_others_or_long_ago_is_not_offered(kept):
    make_paper(title="Attention is all you need", authors=["Jane Doe"])
    old = make_paper(title="On a very particular matter", authors=["Jane Doe"], published_on=date(1950, 1, 1))
    make_paper(title=old.title, authors=["Jane Doe"], published_on=date(2020, 1, 1))
    make_paper(title="Introduction")
    make_paper(title="Introduction")

    assert find_duplicates() == 0


def test_pair_called_distinct_is_not_offered_again(kept, gone, alice):
    find_duplicates()
    call_distinct(gone, kept, answered_by=alice)

    find_duplicates()

    assert not PossibleDuplicate.objects.open().exists()


def test_answer_about_a_merged_paper_goes_for_the_kept_one(kept, gone, alice):
    third = make_paper(title="Attention is all you need")
    call_distinct(gone, third, answered_by=alice)

    merge_papers(kept, gone, merged_by=alice)
    find_duplicates()

    assert not PossibleDuplicate.objects.open().exists()


def test_published_version_that_is_here_is_offered(kept, gone):
    Paper.objects.filter(pk=gone.pk).update(title="Another title", title_key="another")
    kept.notices.create(kind="publication", url="https://doi.org/10.5555/3295222", detail="NeurIPS")

    find_duplicates([kept.pk])

    assert PossibleDuplicate.objects.get().reason == "2-publication"


def test_organiser_sees_what_would_move(kept, gone):
    fill(kept, gone)
    told = dict(what_moves(gone, kept))
    assert (told["presentations"], told["identifiers"], told["members’ reading marks"]) == (2, 1, 2)


def test_organiser_merges_on_the_page_and_undoes_it(alice_client, kept, gone):
    find_duplicates()
    listed = alice_client.get(reverse("papers:duplicate_list")).content.decode()
    assert "Attention Is All You Need" in listed
    page = reverse("papers:duplicate_compare", args=[kept.pk, gone.pk])
    assert "N. Parmar" in alice_client.get(page).content.decode()

    done = alice_client.post(page, {"choice": kept.pk}, follow=True).content.decode()

    assert "The two papers are one now." in done
    merge = PaperMerge.objects.get()
    back = alice_client.post(reverse("papers:merge_undo", args=[merge.pk]), follow=True).content.decode()
    assert "is a paper of its own again" in back
    assert alice_client.post(reverse("papers:merge_undo", args=[merge.pk]), follow=True).status_code == 200
    assert Paper.objects.filter(pk=gone.pk).exists()


def test_organiser_says_that_two_are_two(alice_client, kept, gone):
    find_duplicates()

    alice_client.post(reverse("papers:duplicate_compare", args=[kept.pk, gone.pk]), {"choice": "distinct"})

    assert PossibleDuplicate.objects.get().answer == "distinct"
    assert Paper.objects.count() == 2


def test_organiser_compares_two_papers_by_their_names(alice_client, kept, gone):
    asked = {"one": "arXiv:1706.03762", "other": gone.get_absolute_url()}
    response = alice_client.get(reverse("papers:duplicate_list"), asked)
    assert response.url == reverse("papers:duplicate_compare", args=[kept.pk, gone.pk])

    wrong = alice_client.get(reverse("papers:duplicate_list"), {"one": "arXiv:1706.03762", "other": "no"})
    assert "is neither an arXiv id" in wrong.content.decode()


def test_admin_undoes_a_merge(alice_client, kept, gone):
    merge = merge_papers(kept, gone, merged_by=None)
    assert "Undo this merge" in alice_client.get(f"/admin/papers/papermerge/{merge.pk}/change/").content.decode()

    alice_client.post(f"/admin/papers/papermerge/{merge.pk}/undo/")

    assert Paper.objects.filter(pk=gone.pk).exists()


def test_admin_compares_two_papers(alice_client, kept, gone):
    chosen = {"action": "compare_two", "_selected_action": [kept.pk, gone.pk]}
    response = alice_client.post("/admin/papers/paper/", chosen)
    assert response.url == reverse("papers:duplicate_compare", args=sorted((kept.pk, gone.pk)))


def test_list_of_duplicates_asks_as_much_for_three_as_for_one(alice_client, kept, gone, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(2):
        find_duplicates()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            alice_client.get(reverse("papers:duplicate_list"))
        counts.append(len(asked))
        for again in range(3):
            title = f"A rather long title of a paper {number} {again}"
            make_paper(title=title, authors=["A"])
            make_paper(title=title, authors=["A"])
    assert counts[0] == counts[1]
