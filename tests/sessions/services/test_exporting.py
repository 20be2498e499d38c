"""Taking everything out as Markdown: what comes back in is what went out."""

import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.models import ImportedDocument, Paper, ReadingList, Report
from sessions.models import Presentation, RolePlay, Session
from sessions.recordings import parse_recording
from sessions.services.exporting import exported_files, zip_pieces
from sessions.services.importing import import_document
from sessions.services.importing_folders import import_folder
from sessions.services.recordings import attach_recording
from sessions.services.role_contributions import add_role_slides, contribute_to_role
from sessions.services.slide_decks import attach_slide_deck, promote
from tests.exports import snapshot, write_folder
from tests.factories import (
    make_member,
    make_paper,
    make_presentation,
    make_reading_list,
    make_report,
    make_role,
    make_session,
)
from tests.pdfs import upload

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).parents[4] / "shared"
REAL = sorted([*SHARED.glob("seeds/*-*.md"), *SHARED.glob("documents/*.md")])


def forget_everything() -> None:
    for model in (Presentation, Session, Report, ReadingList, ImportedDocument, Paper):
        model.objects.all().delete()


def there_and_back(folder: Path, viewer) -> tuple[list[str], list[str]]:
    """What the site holds before it is taken out, and after it came back into an empty one."""
    before = snapshot()
    write_folder(folder, exported_files(viewer, with_slides=True))
    forget_everything()
    import_folder(folder)
    return before, snapshot()


@pytest.mark.skipif(not REAL, reason="The folder ../shared with real documents is not beside the project.")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_document_comes_back_as_it_was(path, tmp_path, alice):
    import_document(path.read_text(encoding="utf-8"), name=path.name)
    before, after = there_and_back(tmp_path, alice)
    assert after == before


@pytest.mark.skipif(not REAL, reason="The folder ../shared with real documents is not beside the project.")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_export_brought_in_where_it_came_from_changes_nothing(path, tmp_path, alice):
    import_document(path.read_text(encoding="utf-8"), name=path.name)
    before = snapshot()
    write_folder(tmp_path, exported_files(alice, with_slides=True))
    run = import_folder(tmp_path)
    assert snapshot() == before
    assert not run.changed
    assert {kind for kind, count in run.added.items() if count} <= {"document"}


WORDS = st.sampled_from(
    [
        *("Attention", "is all - you need", "A* search", "(2019)", "100% of $x_1$", "C++ & co", "Q: why?", "[sic]"),
        *("https://example.org/a_b", "über", "**bold** words", "`code`", "Ada Lovelace", "2017", "—", "1. first"),
    ]
)
LINKS = st.builds(
    "[{}]({})".format,
    st.sampled_from(["A paper", "pdf", "Link", "Deep *nets*", "here", "Two words"]),
    st.sampled_from(
        [
            *("https://arxiv.org/abs/1706.03762v2", "https://arxiv.org/pdf/2010.11929", "https://doi.org/10.1000/x.1"),
            *("https://example.org/post", "../notes/file.md", "https://github.com/octocat/hello"),
        ]
    ),
)
PHRASES = st.lists(WORDS | LINKS, min_size=1, max_size=4).map(" ".join)
ITEMS = st.builds("{}{} {}".format, st.sampled_from(["- ", "* ", "1. ", "- [ ] "]), LINKS, PHRASES)
NESTED = st.builds("{}\n  - {}\n    - {}".format, ITEMS, PHRASES, PHRASES)
HEADINGS = st.builds("{} {}".format, st.sampled_from(["##", "###", "####"]), WORDS)
BLOCKS = st.one_of(ITEMS, NESTED, HEADINGS, PHRASES, st.builds("> {}".format, PHRASES))
TITLES = st.sampled_from(["# Reading list", "# To read", "# Link Collection 4", "# Reading group", "# Thoughts"])
_ROW = "| 2024-03-05 | Ada | [A](https://arxiv.org/abs/1706.03762) |"
TABLES = st.just(f"| Date | Presenter | Paper |\n|---|---|---|\n{_ROW}")
DOCUMENTS = st.builds("{}\n\n{}\n".format, TITLES, st.lists(BLOCKS | TABLES, min_size=1, max_size=8).map("\n\n".join))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=DOCUMENTS)
def test_generated_document_comes_back_as_it_was(text, tmp_path_factory, alice):
    with transaction.atomic():
        import_document(text, name="generated.md")
        before, after = there_and_back(tmp_path_factory.mktemp("export"), alice)
        transaction.set_rollback(True)
    assert after == before


@pytest.fixture
def archive(alice, bob):
    paper = make_paper(title="Attention Is All You Need", arxiv="1706.03762")
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    session = make_session(
        starts_at=noon, title="Attention", place="Room 4", meeting_url="https://meet.example.org/s3cret"
    )
    session.notes = "## What we asked\n\n- Why heads?"
    session.save()
    talk = make_presentation(
        title="Attention: all of it", number=1, status="given", session=session, papers=[paper], presenters=[bob]
    )
    Presentation.objects.filter(pk=talk.pk).update(
        summary="# A heading\n\n- and a list", slides_condition="withheld", slides_reason="Under review; ask *Bob*."
    )
    evening = make_session(starts_at=noon + timedelta(days=1), format="role_play", title="With roles")
    RolePlay.objects.create(session=evening, paper=paper)
    roles = make_role("Sceptic"), make_role("Archivist")
    for position, (role, member) in enumerate(zip(roles, (bob, None), strict=True), start=1):
        place = evening.role_assignments.create(role=role, member=member, minutes=7, position=position)
        contribute_to_role(place, notes="## Verdict\n\n- weak", code_url="https://github.com/octocat/hello")
    add_role_slides(evening.role_assignments.first(), file=upload(name="verdict.pdf"))
    make_presentation(title="Among ourselves", number=2, status="given", visibility="members")
    report = make_report(
        title="On heads", status="published", number=3, body="Some *text*.\n\n---\n\nMore.", paper=paper
    )
    report.credits.create(member=bob)
    report.credits.create(name="Grace Hopper", position=2)
    make_report(title="A draft", status="draft", body="Not yet.")
    kept = make_reading_list(title="Transformers", owner=bob, intro="- a list\n- in the introduction")
    section = kept.sections.create(heading="Models", position=1, anchor="models")
    entry = kept.entries.create(position=1, section=section, title="Attention", commentary="Read *this*.\n\n- twice")
    entry.links.create(position=1, url="https://arxiv.org/abs/1706.03762", label="Attention", paper=paper)
    make_reading_list(title="My own", owner=bob, is_public=False)


def test_what_was_made_on_the_site_comes_back(archive, tmp_path, alice):
    before, after = there_and_back(tmp_path, alice)
    assert after == before


def test_what_was_made_on_the_site_is_known_again(archive, tmp_path, alice):
    before = snapshot()
    write_folder(tmp_path, exported_files(alice, with_slides=True))
    for _ in range(2):
        import_folder(tmp_path)
        assert snapshot() == before


def test_entry_written_into_the_file_is_added(archive, tmp_path, alice):
    write_folder(tmp_path, exported_files(alice, with_slides=True))
    path = tmp_path / "lists" / "transformers.md"
    path.write_text(path.read_text() + "\n- [BERT](https://arxiv.org/abs/1810.04805)\n")
    import_folder(tmp_path)
    assert [entry.title for entry in ReadingList.objects.get(slug="transformers").entries.all()] == [
        "Attention",
        "BERT",
    ]


def test_visitor_takes_out_what_visitors_see(archive, tmp_path):
    write_folder(tmp_path, exported_files(AnonymousUser(), with_slides=False))
    text = "".join(path.read_text() for path in tmp_path.rglob("*.md"))
    assert "Attention: all of it" in text
    for hidden in ("Among ourselves", "A draft", "Not yet", "My own", "s3cret"):
        assert hidden not in text


def test_what_is_withheld_stays_with_its_people(archive, tmp_path, bob):
    talk = Presentation.objects.get(number=1)
    deck = attach_slide_deck(talk, upload(name="secret-slides.pdf"))
    promote(deck)
    attach_recording(talk, parse_recording("https://www.youtube.com/watch?v=dQw4w9WgXcQ"))
    Presentation.objects.filter(pk=talk.pk).update(recording_condition="withheld", recording_reason="No.")

    def names_it(viewer) -> bool:
        files = list(exported_files(viewer, with_slides=True))
        return "secret-slides" in str([file.name for file in files]) + files[0].text or "dQw4" in files[0].text

    assert not names_it(AnonymousUser())
    assert not names_it(make_member())
    assert names_it(bob)


def test_zip_holds_every_file_and_reads_in(archive, alice):
    whole = zipfile.ZipFile(BytesIO(b"".join(zip_pieces(exported_files(alice, with_slides=True)))))
    assert whole.testzip() is None
    assert set(whole.namelist()) == {
        "README.md",
        *("reports/on-heads.md", "reports/a-draft.md", "lists/transformers.md", "lists/my-own.md"),
    }


def test_queries_do_not_grow_with_the_archive(archive, alice, count_queries):
    few = count_queries(lambda: list(exported_files(alice, with_slides=False)))
    for number in range(10, 30):
        make_presentation(title=f"Talk {number}", number=number, status="given", papers=[make_paper()])
    assert count_queries(lambda: list(exported_files(alice, with_slides=False))) == few


def test_paper_that_stands_nowhere_comes_back(alice, tmp_path):
    make_paper(title="Looms for everybody", arxiv="2010.11929")
    before, after = there_and_back(tmp_path, alice)
    assert after == before
    assert Paper.objects.get().title == "Looms for everybody"
    page = (tmp_path / "README.md").read_text()
    assert "- **Paper:** [Looms for everybody](https://arxiv.org/abs/2010.11929)" in page
