from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from papers.models import ImportedDocument, Paper, Report
from sessions.demo.decks import draw_deck
from sessions.models import Presentation, SlideDeck
from sessions.services.importing import import_document
from tests.factories import make_presentation, make_report
from tests.snapshots import snapshot

ARCHIVE = """# Our archive

Who we are.

> Read slowly.
>
> — a member

## Talks

### Paper Presentation 2: Masked autoencoders
What it was about.

**Paper**: [Masked Autoencoders](https://arxiv.org/abs/2111.06377)

**Presenters**: Bob, Kofi

**Slides**:
<a href="slides/two.pdf"><img src="covers/two.png" width="500" alt=""></a>

**Recording**: https://www.youtube.com/watch?v=caP30Kq-_ME

### Paper Presentation 1: An evening without a paper

No slides or recording available

## Paper Reports

### Paper Report 1: Segment Anything
<img src="covers/report.png" width="600"/>
A teaser with *emphasis*.
[read more](report.md)

### Book Report: A Book - Part 2, The end
[read more](book.md)

## Very Recent Papers

### Mamba
[read more](6_10_24.md)

## Miscellaneous

### Beans
Boil them.
"""


def bring_in(text=ARCHIVE, **options):
    return import_document(text, name="README.md", **options)


@pytest.fixture
def seed(shared_dir):
    return (shared_dir / "seeds" / "reading-group-archive.md").read_text()


@pytest.fixture
def folder(tmp_path):
    """The files that ARCHIVE names, beside it."""
    for name in ("slides", "covers"):
        (tmp_path / name).mkdir()
    (tmp_path / "slides" / "two.pdf").write_bytes(draw_deck("masked-autoencoders"))
    picture = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(picture, "PNG")
    (tmp_path / "covers" / "report.png").write_bytes(picture.getvalue())
    (tmp_path / "report.md").write_text("## Method\n\nIt **segments**.\n")
    (tmp_path / "book.md").write_text("")
    return tmp_path


@pytest.mark.django_db
def test_seed_arrives_completely(seed):
    run = import_document(seed, name="reading-group-archive.md")

    talks = Presentation.objects.order_by("number")
    assert [(t.number, t.slides_condition, t.recording_condition) for t in talks] == [
        (1, "available", "none"),
        (2, "none", "none"),
        (3, "available", "available"),
    ]
    assert [t.status for t in talks] == ["given"] * 3
    assert "slides/presentation_1.pdf" in talks[0].slides_reason
    assert [i.value for t in talks for p in t.papers.all() for i in p.identifiers.all()] == [
        "10.1038/s41586-024-08328-6",
        "2310.01852",
        "2306.05670",
    ]
    assert talks[2].recordings.get().video_id == "caP30Kq-_ME"
    reports = Report.objects.all()
    assert sorted(reports.filter(kind="paper").values_list("number", flat=True)) == list(range(1, 11))
    assert sorted(reports.filter(kind="book").values_list("series_title", "part")) == [
        ("The Principles of Deep Learning Theory", 1),
        ("The Principles of Deep Learning Theory", 2),
    ]
    assert sorted(reports.filter(kind="recent").values_list("dated_on", flat=True)) == [
        date(2024, 10, 6),
        date(2024, 10, 13),
        date(2024, 10, 20),
    ]
    assert reports.filter(kind="article").count() == 2
    assert reports.published().count() == 17
    siamese = reports.get(kind="paper", number=9)
    assert siamese.code_url == "https://github.com/QuantumSpinozist/One-Shot-Image-Recognition"
    assert (siamese.paper, siamese.paper_title) == (None, "Siamese Neural Networks for One-shot Image Recognition")
    assert siamese.cover_display_width == 1000
    assert run.added["presentation"] == 3


@pytest.mark.django_db
def test_second_import_of_the_seed_changes_nothing(seed):
    import_document(seed, name="reading-group-archive.md")
    before = snapshot()

    run = import_document(seed, name="reading-group-archive.md")

    assert snapshot() == before
    assert sum(run.added.values()) == 0


@pytest.mark.django_db
def test_seed_keeps_its_introduction_epigraphs_and_alias(seed):
    import_document(seed, name="reading-group-archive.md")

    document = ImportedDocument.objects.get()
    assert document.title == "My Blog"
    assert "secondary archive" in document.introduction_html
    assert [epigraph["section"] for epigraph in document.outline["epigraphs"]] == ["", "paper-reports"]
    assert ["paper-of-the-week"] in [section["aliases"] for section in document.outline["sections"]]


def test_files_beside_the_document_are_stored(folder, bob):
    run = bring_in(folder=folder, imported_by=bob)

    deck = SlideDeck.objects.get()
    assert (deck.presentation.number, deck.original_name, deck.status) == (2, "two.pdf", "pending")
    assert deck.presentation.slides_reason == ""
    report = Report.objects.get(kind="paper")
    assert "<strong>segments</strong>" in report.body_html
    assert (report.cover_width, report.cover_display_width, report.status) == (40, 600, "published")
    assert report.cover_alt == "Figure for “Segment Anything”"
    assert report.author_names == ["Bob"]
    assert [w.kept for w in run.warnings] == ["6_10_24.md"]


def test_files_that_turn_up_later_are_added_and_nothing_else_changes(folder, bob):
    bring_in()
    Report.objects.filter(kind="paper").update(teaser="Edited here.")

    run = bring_in(folder=folder)

    report = Report.objects.get(kind="paper")
    assert (report.teaser, bool(report.body), bool(report.cover)) == ("Edited here.", True, True)
    assert dict(+run.added) == {"slide deck": 1, "report text": 1, "cover": 1}
    assert sum(bring_in(folder=folder).added.values()) == 0


@pytest.mark.django_db
def test_published_stub_stays_a_work_in_progress(folder):
    bring_in(folder=folder)

    book = Report.objects.get(kind="book")
    assert (book.title, book.part, book.status, book.body) == ("A Book: The end", 2, "wip", "")


def test_presenters_are_members_by_name_and_plain_names_otherwise(bob):
    bring_in()

    people = Presentation.objects.get(number=2).presenters.all()
    assert [(person.member, person.name) for person in people] == [(bob, ""), (None, "Kofi")]


@pytest.mark.django_db
def test_paper_is_named_by_its_link_until_a_source_answers():
    bring_in()

    assert [paper.title for paper in Paper.objects.all()] == ["Masked Autoencoders"]


@pytest.mark.django_db
def test_dry_run_writes_nothing_and_says_the_same(folder):
    before = snapshot()

    planned = bring_in(folder=folder, dry_run=True)

    assert snapshot() == before
    assert planned.added == bring_in(folder=folder).added


@pytest.mark.django_db
def test_taken_numbers_are_left_to_their_owners():
    talk = make_presentation(number=2, title="Something else")
    report = make_report(number=1, title="Another report")

    run = bring_in()

    talk.refresh_from_db()
    report.refresh_from_db()
    assert (talk.title, report.title) == ("Something else", "Another report")
    assert Presentation.objects.get(title="Masked autoencoders").number is None
    assert Report.objects.get(title="Segment Anything").number is None
    assert {"Presentation 2", "paper report 1"} <= {warning.kept for warning in run.warnings}
    before = snapshot()
    bring_in()
    assert snapshot() == before


@pytest.mark.django_db
def test_same_talk_typed_in_before_is_not_doubled():
    talk = make_presentation(number=2, title="Masked Autoencoders")

    run = bring_in()

    assert Presentation.objects.get(number=2) == talk
    assert run.unchanged["presentation"] == 1


@pytest.mark.django_db
def test_address_of_the_document_completes_relative_links():
    bring_in(base_url="https://example.org/archive/README.md")

    assert Presentation.objects.get(number=2).slides_url == "https://example.org/archive/slides/two.pdf"
    assert Report.objects.get(kind="paper").canonical_url == "https://example.org/archive/report.md"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["../secret.md", "/etc/hostname", "%2e%2e/secret.md"])
def test_files_outside_the_folder_are_never_read(tmp_path, path):
    (tmp_path / "secret.md").write_text("secret")
    inside = tmp_path / "inside"
    inside.mkdir()

    bring_in(f"### Paper Report 1: A\n[read more]({path})\n", folder=inside)

    assert Report.objects.get().body == ""


@pytest.mark.django_db
def test_file_that_is_no_picture_becomes_a_warning(tmp_path):
    (tmp_path / "a.png").write_text("<svg onload=alert(1)>")

    run = bring_in('### Paper Report 1: A\n<img src="a.png">\n', folder=tmp_path)

    assert not Report.objects.get().cover
    assert [warning.kept for warning in run.warnings] == ["a.png"]


@pytest.mark.django_db
def test_what_an_article_lacks_is_told_with_its_line():
    run = bring_in(
        "---\ntags: [looms]\n---\n# On looms\n\nWords.\n\n![A loom](loom.png)\n\nMore, see [this](old.md).\n"
    )

    assert [(warning.line, warning.kept) for warning in run.warnings] == [(8, "loom.png"), (10, "old.md")]


@pytest.mark.django_db
def test_link_that_names_no_paper_becomes_a_warning():
    run = bring_in("### Paper Presentation 1: A\n\n**Paper**: [the book](mailto:a@example.org)\n")

    assert not Presentation.objects.get().papers.exists()
    assert [warning.kept for warning in run.warnings] == ["mailto:a@example.org"]


@pytest.mark.django_db
def test_two_entries_with_one_number_are_both_kept():
    text = "### Paper Report 3: B\n\n### Paper Report 3: A\n\n### Presentation 0: Zero\n\n## Misc\n\n### C\n\n### C\n"

    run = bring_in(text)

    assert sorted(Report.objects.values_list("title", "number")) == [("A", 3), ("B", None), ("C", None), ("C", None)]
    assert [warning.kept for warning in run.warnings] == ["paper report 3"]
    assert Presentation.objects.get().title == "Presentation 0: Zero"
    before = snapshot()
    bring_in(text)
    assert snapshot() == before


@pytest.mark.django_db
def test_text_too_long_or_too_odd_for_its_place_does_not_stop_an_import(folder):
    long = "x" * 3000
    bring_in(
        f"# {long}\n\n### Paper Presentation 1: {long}\x00\n\n**Presenters**: {long}\n\n**Slides**: [a](https://a.org/{long})"
        f"\n\n### Paper Presentation 99999999999: Far\n\n## Reports\n\n### Book Report: {long} - Part 2, {long}\n"
        f"[read more]({long}.md)\n\n### Paper Report 7: {long}\n[read more](a%00b.md)\n\n**Paper**: [a](https://a.org/{long})\n",
        folder=folder,
    )

    assert Presentation.objects.count() == 2
    assert Report.objects.count() == 2


@pytest.mark.django_db
def test_text_without_lists_or_presentations_becomes_an_article():
    bring_in("# Beans\n\nJust text.\n")

    article = Report.objects.get()
    assert (article.kind, article.title, article.body, article.status) == (
        "article",
        "Beans",
        "Just text.",
        "published",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("names", [("Looms", "Looms for everybody"), ("Looms for everybody", "Looms")])
def test_new_paper_gets_the_fullest_of_its_titles_in_whatever_order(names):
    bring_in(
        "# Reading list\n\n" + "".join(f"- [{name}](https://arxiv.org/abs/2010.11929), {name}\n" for name in names)
    )

    assert Paper.objects.get().title == "Looms for everybody"
