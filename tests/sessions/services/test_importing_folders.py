"""A checkout of a blog, as a folder or zip file: pages are followed, files are stored, hostile archives are refused."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from papers.documents.source import DocumentRefused
from papers.models import ReadingList, Report, ReportImage
from sessions.demo.decks import draw_deck
from sessions.models import SlideDeck
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
