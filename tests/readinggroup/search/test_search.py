"""What can be found by whom, on whichever database the tests run on."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction

from papers.models import Report
from readinggroup.models import SearchEntry
from readinggroup.search import rebuild, search
from sessions.models import Presentation
from tests.factories import (
    make_member,
    make_paper,
    make_presentation,
    make_reading_list,
    make_report,
    make_session,
)

VISITOR = AnonymousUser()

HOSTILE = [
    '"',
    '""',
    "'",
    "\\",
    "AND",
    "NEAR(a, b)",
    "title: x",
    "a* OR b*",
    "^attention",
    "-attention",
    "attention)",
    "(",
    "a:*",
    "a & | ! b",
    "<->",
    "\x00",
    "at\x00tention",
    "x" * 10_000,
    "x " * 5_000,
    "'; DROP TABLE readinggroup_searchentry; --",
    "%s %d",
    "☃ 𝕏 ﷺ",
    "<script>alert(1)</script>",
    " ",
    "_",
    "*",
]


@pytest.fixture
def index_follows(db, django_capture_on_commit_callbacks):
    """What is written inside is committed, as far as the index is concerned."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def found(text, viewer=VISITOR, **options):
    return [hit.url for hit in search(text, viewer=viewer, **options)]


def test_paper_is_found_by_title_author_and_arxiv_id(index_follows):
    with index_follows():
        paper = make_paper(title="Attention Is All You Need", authors=["Ashish Vaswani"], arxiv="1706.03762")
    url = paper.get_absolute_url()
    assert found("attention need") == [url]
    assert found("vaswani") == [url]
    assert found("1706.03762") == [url]


def test_every_word_must_occur(index_follows):
    with index_follows():
        make_paper(title="Attention Is All You Need")
    assert found("attention diffusion") == []


def test_last_word_may_be_a_beginning(index_follows):
    with index_follows():
        paper = make_paper(title="Variational autoencoders")
    assert found("variational autoenc") == [paper.get_absolute_url()]


def test_other_forms_of_a_word_are_found(index_follows):
    with index_follows():
        paper = make_paper(title="Learning representations")
    assert found("learned representation") == [paper.get_absolute_url()]


def test_title_weighs_more_than_body(index_follows):
    with index_follows():
        body = make_paper(title="Another matter", abstract="A remark on transformers.")
        title = make_paper(title="Transformers")
    assert found("transformers") == [title.get_absolute_url(), body.get_absolute_url()]


def test_changed_title_is_found_and_the_old_one_is_not(index_follows):
    with index_follows():
        paper = make_paper(title="Preliminary")
    with index_follows():
        paper.title = "Definitive"
        paper.save()
    assert found("definitive") == [paper.get_absolute_url()]
    assert found("preliminary") == []


def test_deleted_presentation_is_not_found(index_follows):
    with index_follows():
        presentation = make_presentation(title="Ephemeral", presenters=["Dora"])
    with index_follows():
        presentation.delete()
    assert found("ephemeral") == []
    assert not SearchEntry.objects.exists()


def test_presentation_is_found_by_presenter_and_paper(index_follows):
    with index_follows():
        paper = make_paper(title="Deep residual learning")
        presentation = make_presentation(title="An evening of shortcuts", presenters=["Dora"], papers=[paper])
    assert found("dora") == [presentation.get_absolute_url()]
    assert presentation.get_absolute_url() in found("residual")


def test_presentation_follows_the_title_of_its_paper(index_follows):
    with index_follows():
        paper = make_paper(title="")
        presentation = make_presentation(title="An evening", papers=[paper])
    with index_follows():
        paper.title = "Batch normalisation"
        paper.save(update_fields=["title"])
    assert presentation.get_absolute_url() in found("normalisation")


def test_nobody_finds_drafts(index_follows, alice, bob):
    with index_follows():
        make_report(title="Secretive draft", status=Report.Status.DRAFT, written_by=bob)
        make_reading_list(title="Secretive list", is_public=False, owner=bob)
    for viewer in (VISITOR, bob, alice):
        assert found("secretive", viewer) == []


def test_withdrawn_report_is_no_longer_found(index_follows):
    with index_follows():
        report = make_report(title="Premature")
    with index_follows():
        report.status = Report.Status.DRAFT
        report.save()
    assert found("premature") == []


def test_only_members_find_what_is_for_members(index_follows, bob):
    with index_follows():
        presentation = make_presentation(title="Behind the curtain", visibility="members")
        session = make_session(title="Curtain call", visibility="members")
    assert found("curtain") == []
    assert set(found("curtain", bob)) == {presentation.get_absolute_url(), session.get_absolute_url()}


def test_visitor_does_not_find_a_presentation_of_a_members_session(index_follows, bob):
    with index_follows():
        session = make_session(title="Open evening")
        presentation = make_presentation(title="Lanterns", session=session, position=1)
    assert found("lanterns") == [presentation.get_absolute_url()]
    with index_follows():
        session.visibility = "members"
        session.save()
    assert found("lanterns") == []
    assert found("lanterns", bob) == [presentation.get_absolute_url()]


def test_open_slots_and_meeting_links_are_not_found(index_follows, bob):
    with index_follows():
        make_session(title="Evening", slots=2, meeting_url="https://meet.example.org/lighthouse")
        make_presentation(title="Cancelled lighthouse", status=Presentation.Status.CANCELLED)
    assert found("lighthouse", bob) == []


def test_private_profile_is_not_found(index_follows):
    with index_follows():
        make_member(name="Fridolin", is_public=False)
        make_member(name="Frederike", affiliation="Lighthouse Institute")
    assert found("fridolin") == []
    assert len(found("frederike")) == 1
    assert len(found("lighthouse institute")) == 1


def test_hits_are_marked_and_text_is_escaped(index_follows):
    with index_follows():
        make_paper(title="Bandits <b>& friends</b>", abstract="Many bandits <script>alert(1)</script> have one arm.")
    hit = search("bandits", viewer=VISITOR)[0]
    assert hit.title == "<mark>Bandits</mark> &lt;b&gt;&amp; friends&lt;/b&gt;"
    assert hit.snippet.startswith("Many <mark>bandits</mark>")
    assert "<script" not in hit.snippet


def test_marks_in_a_text_are_not_taken_for_hits(index_follows):
    with index_follows():
        make_paper(title="Odd \x02characters\x03 here")
    assert search("odd", viewer=VISITOR)[0].title == "<mark>Odd</mark> characters here"


def test_accents_need_not_be_typed(index_follows):
    with index_follows():
        paper = make_paper(title="Schölkopf on kernels", authors=["Bernhard Schölkopf"])
    assert found("scholkopf") == [paper.get_absolute_url()]


def test_kinds_are_counted_and_choose(index_follows):
    with index_follows():
        paper = make_paper(title="Kernels")
        make_report(title="On kernels")
        make_report(title="More kernels")
    results = search("kernels", viewer=VISITOR, kinds=["paper"])
    assert results.counts == {"paper": 1, "report": 2}
    assert [hit.url for hit in results] == [paper.get_absolute_url()]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_a_query(index_follows, text):
    with index_follows():
        make_paper(title="Attention Is All You Need")
    results = search(text, viewer=VISITOR)
    assert len(list(results)) == len(results)


def test_rolled_back_change_is_not_indexed(transactional_db):
    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        make_paper(title="Undone")
        raise Undone
    make_paper(title="Done")
    assert found("undone") == []
    assert len(found("done")) == 1


def test_rebuilding_brings_back_everything(db, capsys):
    paper = make_paper(title="Forgotten")
    make_report(title="Forgotten too")
    make_report(title="Forgotten draft", status=Report.Status.DRAFT)
    assert found("forgotten") == []
    call_command("rebuild_search")
    assert len(found("forgotten")) == 2
    assert "Papers: 1\nReports: 1\n" in capsys.readouterr().out
    rebuild()
    assert found("forgotten", kinds=["paper"]) == [paper.get_absolute_url()]


def test_search_needs_three_queries_however_much_it_finds(db, count_queries):
    def seek():
        results = search("kernel", viewer=VISITOR)
        return len(results), results[0:20]

    needed = set()
    for papers in (1, 9, 90):
        for _ in range(papers):
            make_paper(title="Kernel methods")
        rebuild()
        needed.add(count_queries(seek))
    assert needed == {3}
