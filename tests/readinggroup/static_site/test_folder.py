"""Putting an export in the place of the last one."""

import json

import pytest

from readinggroup.static_site import FolderRefused, replacing
from readinggroup.static_site.folder import MARKER, mark


def write(folder, words: str) -> None:
    with replacing(folder) as fresh:
        (fresh / "index.html").write_text(words)
        mark(fresh, {"site": "https://example.org"})


def left_beside(folder) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir() if path != folder)


def test_new_and_empty_folders_are_filled_and_an_export_is_replaced(tmp_path):
    for folder in (tmp_path / "a" / "new", tmp_path / "empty"):
        if folder.name == "empty":
            folder.mkdir()
        write(folder, "first")
        write(folder, "second")
        assert (folder / "index.html").read_text() == "second"
        assert json.loads((folder / MARKER).read_text())["made_by"] == "readinggroup"
        assert folder.stat().st_mode & 0o777 == 0o755
    assert left_beside(tmp_path / "a" / "new") == []


def test_folder_with_other_things_is_left_alone(tmp_path):
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "chapter.tex").write_text("Years of work")
    with pytest.raises(FolderRefused, match="is not empty and no earlier export"):
        write(folder, "gone")
    assert [path.name for path in folder.iterdir()] == ["chapter.tex"]
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderRefused, match="is no folder"):
        write(tmp_path / "file", "gone")
    assert left_beside(folder) == ["file"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, SystemExit])
def test_interrupted_run_leaves_the_old_export(tmp_path, error):
    folder = tmp_path / "site"
    write(folder, "old")
    with pytest.raises(error), replacing(folder) as fresh:
        (fresh / "index.html").write_text("half")
        raise error
    assert (folder / "index.html").read_text() == "old"
    assert left_beside(folder) == []


def test_run_killed_between_its_last_steps_is_put_right_by_the_next(tmp_path):
    folder, previous = tmp_path / "site", tmp_path / ".site.previous"
    write(folder, "old")
    folder.rename(previous)
    with pytest.raises(KeyboardInterrupt), replacing(folder):
        assert (folder / "index.html").read_text() == "old"
        raise KeyboardInterrupt
    assert (folder / "index.html").read_text() == "old"
    folder.rename(previous)
    write(folder, "new")
    assert (folder / "index.html").read_text() == "new"
    assert left_beside(folder) == []


def test_repository_of_the_published_folder_goes_along(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/pages")
    (folder / "CNAME").write_text("readers.example.org")
    write(folder, "first")
    write(folder, "second")
    assert (folder / ".git" / "HEAD").read_text() == "ref: refs/heads/pages"
    assert (folder / "CNAME").read_text() == "readers.example.org"
    assert (folder / "index.html").read_text() == "second"
