"""A checkout of a blog, as a folder or zip file: pages are followed, files are stored, hostile archives are refused."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from PIL import Image

from papers.documents.source import DocumentRefused
from papers.models import ReadingList, Report, ReportImage
from sessions.demo.decks import draw_deck
from sessions.models import Presentation, SlideDeck
from sessions.services.importing_folders import import_folder
from sessions.services.unpacking import unpacked
from tests.snapshots import snapshot

INDEX = """# Our blog

## Talks

### Paper Presentation 1: Masked autoencoders

**Paper**: https://arxiv.org/abs/2111.06377

**Slides**:
<a href="slides/one.pdf"><img src="images/cover.png" width="500"></a>

## Reports

### Paper Report 1: Segment Anything
<img src="images/cover.png" width="600"/>
A teaser.
[read more](reports/one.md)

### Paper Report 2: Another
[read more](reports/two.md)
"""


def picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def blog(tmp_path):
    files = {
        "README.md": INDEX.encode(),
        "LICENSE.md": b"# MIT\n\nPermission is granted.\n",
        "slides/one.pdf": draw_deck("masked-autoencoders"),
        "images/cover.png": picture(),
        "reports/one.md": b"# Segment Anything\n\nSee [the other](two.md#end).\n\n![A figure](../images/cover.png)\n",
        "reports/two.md": b"---\ntitle: Another\n---\nBack to [one](one.md), on to [none](none.md).\n",
        "_posts/2024-01-07-link-collection-1.md": b"---\ntitle: Link Collection 1\n---\n"
        b"**1:** [A](https://a.org)\n\n**2:** [B](https://arxiv.org/abs/2101.00001)\n",
        ".git/notes.md": b"# Hidden",
    }
    folder = tmp_path / "blog"
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.mark.django_db
def test_whole_blog_arrives_with_its_files(blog):
    run = import_folder(blog)

    assert (run.title, run.shape) == ("Our blog", "reading-group archive")
    assert run.documents == ["README.md", "_posts/2024-01-07-link-collection-1.md"]
    counts = {"lists": 1, "entries": 2, "presentations": 1, "slides": 1, "reports": 2, "papers": 2}
    assert {key: run.counts[key] for key in counts} == counts
    assert SlideDeck.objects.get().original_name == "one.pdf"
    one, two = Report.objects.get(number=1), Report.objects.get(number=2)
    assert one.cover_width == 40
    assert one.body.startswith(f"See [the other]({two.get_absolute_url()}#end).")
    assert f"![A figure]({ReportImage.objects.get().get_absolute_url()})" in one.body
    assert two.body == f"Back to [one]({one.get_absolute_url()}), on to [none](none.md)."
    assert [w.kept for w in run.warnings if "relative link" in w.reason] == ["none.md"]
    assert ReadingList.objects.get().number == 1


@pytest.mark.django_db
def test_blog_imported_again_changes_nothing_until_a_page_changes(blog):
    import_folder(blog)
    before = snapshot()
    again = import_folder(blog)
    assert snapshot() == before
    assert (sum(again.added.values()), sum(again.changed.values())) == (0, 0)

    Report.objects.filter(number=1).update(body="Edited here.")
    (blog / "reports/one.md").write_text("New text of one.")
    (blog / "reports/two.md").write_text("New text of two.")
    import_folder(blog)

    assert Report.objects.get(number=1).body == "Edited here."
    assert Report.objects.get(number=2).body == "New text of two."


@pytest.mark.django_db
def test_dry_run_of_a_folder_writes_nothing(blog):
    before = snapshot()

    planned = import_folder(blog, dry_run=True)

    assert snapshot() == before
    assert planned.counts == import_folder(blog).counts


@pytest.mark.django_db
def test_file_that_cannot_be_read_is_named_and_the_rest_arrives(blog):
    (blog / "old.md").write_bytes("# 論文の会".encode("shift_jis"))
    (blog / "out.md").symlink_to("/etc/hostname")

    run = import_folder(blog)

    assert [w.kept for w in run.warnings if "not taken" in w.reason] == ["old.md"]
    assert "out.md" not in run.documents


@pytest.mark.django_db
def test_folder_without_a_page_is_refused(tmp_path):
    with pytest.raises(DocumentRefused, match="no Markdown file"):
        import_folder(tmp_path)


def make_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.mark.django_db
def test_zip_of_a_checkout_is_the_same_as_its_folder(blog, tmp_path):
    names = {f"blog-main/{p.relative_to(blog)}": p.read_bytes() for p in blog.rglob("*") if p.is_file()}

    with unpacked(make_zip(tmp_path / "blog.zip", names)) as folder:
        run = import_folder(folder)

    assert (run.title, run.counts["reports"]) == ("Our blog", 2)
    assert not folder.exists()


@pytest.mark.parametrize("name", ["../evil.md", "/etc/evil.md", "a/../../evil.md", "..\\evil.md", "C:evil.md"])
def test_zip_that_leads_out_of_its_folder_is_refused(tmp_path, name):
    path = make_zip(tmp_path / "evil.zip", {"README.md": "# Fine", name: "evil"})

    with pytest.raises(DocumentRefused, match="outside its folder"), unpacked(path):
        pass
    assert not list(tmp_path.parent.glob("evil.md"))


def test_zip_with_a_symbolic_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("README.md")
    link.external_attr = 0o120777 << 16
    path = make_zip(tmp_path / "link.zip", {link: "/etc/passwd"})

    with pytest.raises(DocumentRefused, match="link to another place"), unpacked(path):
        pass


def test_zip_bomb_is_refused_before_it_fills_the_disk(tmp_path):
    path = make_zip(tmp_path / "bomb.zip", {"README.md": b"\0" * 50_000_000})

    with pytest.raises(DocumentRefused, match="unfolds to far more"), unpacked(path):
        pass


def test_broken_zip_is_one_clear_sentence(tmp_path):
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\x03\x04 not a zip file")

    with pytest.raises(DocumentRefused, match="cannot be unpacked"), unpacked(path):
        pass


@pytest.mark.django_db
def test_posts_link_to_each_other_by_the_addresses_of_their_site(tmp_path):
    files = {
        "README.md": b"# Notes\n\n- [One](https://a.org/one)\n- [Two](https://a.org/two)\n",
        "site/_posts/2024-01-07-One paper.md": b"---\ntitle: One paper\ntags: [vision]\n---\nOn to "
        b"[two]({% post_url 2024-02-07-two-papers %}), or [so](/two-papers/).\n\n![A figure](/assets/fig.png)\n",
        "site/_posts/2024-02-07-two-papers.md": b"---\ntitle: Two papers\n---\n"
        b"Back to [one](/2024/01/07/one-paper.html).\n",
        "site/assets/fig.png": picture(),
    }
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    import_folder(tmp_path)

    one, two = Report.objects.get(title="One paper"), Report.objects.get(title="Two papers")
    assert one.body.startswith(f"On to [two]({two.get_absolute_url()}), or [so]({two.get_absolute_url()}).")
    assert ReportImage.objects.get().get_absolute_url() in one.body
    assert two.body == f"Back to [one]({one.get_absolute_url()})."
    assert [topic.name for topic in one.topics.all()] == ["vision"]

    before = snapshot()
    again = import_folder(tmp_path)
    assert not +again.added
    assert not +again.changed
    assert snapshot() == before


def folder_of(tmp_path, files):
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return tmp_path


NOTES_INDEX = (
    "### 2015\n\n"
    "- [Looms (2015-12)](notes/looms.md) [[arXiv](http://arxiv.org/abs/1512.00103)]\n"
    "- Cards [[link](http://arxiv.org/abs/1506.03340)] [[notes](notes/cards)]\n"
    "- [Missing](notes/missing.md)\n- [More](lists/more.md)\n\n### 2014\n"
)
NOTES = {
    "README.md": NOTES_INDEX,
    "notes/looms.md": "# Looms\n\nA loom weaves. See [cards](cards.md).\n",
    "notes/cards.md": "# On cards\n\nA card has holes.\n",
    "lists/more.md": "# More papers\n\n- [On cards](../notes/cards.md)\n- [x](https://x.org)\n- [y](https://y.org)\n",
}


def test_entries_of_an_index_lead_to_the_notes_that_came_with_it(db, tmp_path):
    run = import_folder(folder_of(tmp_path / "Weaving", NOTES))
    looms, cards = Report.objects.get(title="Looms"), Report.objects.get(title="On cards")
    index = ReadingList.objects.get(title="Weaving")
    urls = [[link.url for link in entry.links.all()] for entry in index.entries.order_by("position")]
    assert urls == [
        [looms.get_absolute_url(), "http://arxiv.org/abs/1512.00103"],
        ["http://arxiv.org/abs/1506.03340", cards.get_absolute_url()],
        ["notes/missing.md"],
        [ReadingList.objects.get(title="More papers").get_absolute_url()],
    ]
    assert f"({cards.get_absolute_url()})" in index.entries.order_by("position")[1].commentary
    assert [(warning.line, warning.kept) for warning in run.warnings] == [(5, "notes/missing.md")]


def test_notes_are_reports_on_the_papers_that_the_index_says(db, tmp_path):
    import_folder(folder_of(tmp_path, NOTES))
    report = Report.objects.get(title="On cards")
    assert (report.kind, report.paper.title, report.paper_title) == (Report.Kind.PAPER, "Cards", "Cards")


def test_notes_and_their_index_stay_the_same_when_imported_again(db, tmp_path):
    import_folder(folder_of(tmp_path, NOTES))
    before = snapshot()
    run = import_folder(tmp_path)
    assert snapshot() == before
    assert (run.added.total(), run.changed.total()) == (0, 0)


def test_papers_are_called_as_their_entries_and_not_link(db, tmp_path):
    import_folder(folder_of(tmp_path, NOTES))
    assert set(Report.objects.values_list("paper__title", flat=True)) == {"Looms", "Cards"}


def test_arxiv_papers_of_all_pages_count_once(db, tmp_path):
    pages = {f"{n}.md": f"# Page {n}\n\nSee [it](https://arxiv.org/abs/1512.00103) today.\n" for n in range(3)}
    assert import_folder(folder_of(tmp_path, pages)).counts["arxiv"] == 1


def test_page_that_only_names_the_repository_makes_no_report(db, tmp_path):
    run = import_folder(
        folder_of(tmp_path, {"README.md": "# weaving.github.io\n", "_posts/a.md": "---\ntitle: A\n---\nB.\n"})
    )
    assert (run.title, list(Report.objects.values_list("title", flat=True))) == ("weaving.github.io", ["A"])


def test_picture_that_was_not_taken_is_not_counted(db, tmp_path):
    run = import_folder(folder_of(tmp_path, {"a.md": "# A\n\n![x](x.png)\n", "x.png": b"no picture"}))
    assert not run.added["picture"]
    assert "was not taken" in run.warnings[0].reason


def test_giant_picture_is_refused_before_it_is_decoded(db, tmp_path):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    giant = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )
    run = import_folder(folder_of(tmp_path, {"a.md": "# A\n\n![x](x.png)\n", "x.png": giant}))
    assert "far too many pixels" in run.warnings[0].reason
    assert not ReportImage.objects.exists()


@pytest.mark.django_db
def test_notebook_is_no_text_of_a_report(tmp_path):
    (tmp_path / "README.md").write_text(
        "# Group\n\n| Date | Presenter | Paper | Notes |\n|---|---|---|---|\n"
        "| 2023-01-10 | Ada | Engines | [Summary](a.ipynb) |\n"
    )
    (tmp_path / "a.ipynb").write_text('{"cells": []}')

    run = import_folder(tmp_path)

    assert Report.objects.get().body == ""
    assert [warning.kept for warning in run.warnings] == ["a.ipynb"]


INDEX_OF_REPORTS = (
    "# Our blog\n\n## Reports\n\n### Paper Report 1: Looms\n[read more](reports/looms.md)\n\n"
    "### Paper Report 2: Cards\n[read more](reports/cards.md)\n"
)
OWN_HEADS = {
    "README.md": INDEX_OF_REPORTS,
    "reports/looms.md": "---\ntitle: Weaving by rule\ndate: 2023-04-05\nauthors: [Ada, Bob]\ntags: [looms, rules]\n"
    "---\n# Looms\n\nA loom weaves.\n",
    "reports/cards.md": "---\ndraft: true\n---\nA card has holes.\n",
}


def test_report_behind_a_link_is_what_its_own_front_matter_says(db, tmp_path, bob):
    import_folder(folder_of(tmp_path, OWN_HEADS), imported_by=bob)

    report = Report.objects.get(number=1)
    assert (report.title, report.paper_title, report.body) == ("Weaving by rule", "Looms", "A loom weaves.")
    assert (str(report.dated_on), report.status, report.author_names) == ("2023-04-05", "published", ["Ada", "Bob"])
    assert sorted(topic.name for topic in report.topics.all()) == ["looms", "rules"]


@pytest.mark.parametrize("said", ["draft: true", "published: false"])
def test_draft_behind_a_link_stays_a_draft(db, tmp_path, said):
    files = {**OWN_HEADS, "reports/cards.md": f"---\n{said}\n---\nA card has holes.\n"}
    import_folder(folder_of(tmp_path, files))

    report = Report.objects.get(number=2)
    assert (report.title, report.status, report.body) == ("Cards", "draft", "A card has holes.")
    assert list(Report.objects.visible_to(AnonymousUser()).values_list("number", flat=True)) == [1]


def test_reports_with_heads_of_their_own_are_known_again(db, tmp_path):
    import_folder(folder_of(tmp_path, OWN_HEADS))
    before = snapshot()
    again = import_folder(tmp_path)
    assert (+again.added, +again.changed) == ({}, {})
    assert snapshot() == before


LOG = "# Reading group\n\n## Log\n\n- 2024-03-05: Ada: Looms ([slides](one.pdf)), more in [{0}]({1}) and [code](c.md)\n"
LOG += "- 2024-03-12: Bob: Cards ([slides](two.pdf))\n"


def test_links_in_summaries_lead_to_what_came_in(db, tmp_path):
    page = "---\ntitle: On weaving\n---\nA loom weaves, and what it weaves is cloth of every colour.\n"
    files = {"README.md": LOG.format("a note", "posts/weaving.md"), "posts/weaving.md": page}
    files["one.pdf"] = draw_deck("masked-autoencoders")
    run = import_folder(folder_of(tmp_path, files))

    report, talk = Report.objects.get(), Presentation.objects.get(title="Looms")
    assert f"[a note]({report.get_absolute_url()})" in talk.summary
    assert f'href="{report.get_absolute_url()}"' in talk.summary_html
    assert f"[slides]({talk.get_absolute_url()})" in talk.summary
    assert [warning.kept for warning in run.warnings if "in a summary" in warning.reason] == ["c.md"]

    before = snapshot()
    again = import_folder(tmp_path)
    assert (+again.added, +again.changed) == ({}, {})
    assert snapshot() == before

    (tmp_path / "README.md").write_text(LOG.format("the note", "posts/weaving.md"))
    assert import_folder(tmp_path).changed["presentation"] == 1
    talk.refresh_from_db()
    assert f"[the note]({report.get_absolute_url()})" in talk.summary
