"""A new site gets its tables in one go, an older one step by step; both must end with the same."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site_process import PROJECT_DIR, clean_environment


def manage(data_dir: Path, *command: str, project: Path = PROJECT_DIR) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=project, env=clean_environment(DATA_DIR=str(data_dir)),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


def tables(data_dir: Path) -> dict[str, object]:
    """Columns, indexes and constraints of each table, without their order, and the roles that are there."""
    with sqlite3.connect(data_dir / "readinggroup.sqlite3") as database:
        found: dict[str, object] = {"roles": database.execute("SELECT slug, name FROM group_sessions_role").fetchall()}
        for kind, name, table, text in database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
            if kind == "table":
                columns = database.execute(f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{name}')")
                found[name] = sorted(columns.fetchall()), text.count("CHECK"), text.count("REFERENCES")
            else:
                found[f"{kind} {name}"] = table, text
    return found


def remember_an_import(data_dir: Path, told: dict[str, object]) -> None:
    """A document that was imported before its memory had rows of its own."""
    with sqlite3.connect(data_dir / "readinggroup.sqlite3") as database:
        names = "key, shape, title, source, introduction, introduction_html, outline, imported_at, written"
        row = ("list/list", "reading list", "", "", "", "", "{}", "2026-01-01 00:00:00", json.dumps(told))
        database.execute(f"INSERT INTO papers_importeddocument ({names}) VALUES ({', '.join('?' * len(row))})", row)


def remembered(data_dir: Path) -> dict[str, object]:
    with sqlite3.connect(data_dir / "readinggroup.sqlite3") as database:
        rows = database.execute("SELECT key, fields FROM papers_importdigest").fetchall()
    return {key: json.loads(fields) for key, fields in rows}


@pytest.fixture
def older_project(tmp_path) -> Path:
    """The project as it was before there were migrations that replace others."""
    folder = tmp_path / "project"
    for package in ("readinggroup", "papers", "sessions"):
        shutil.copytree(PROJECT_DIR / package, folder / package, ignore=shutil.ignore_patterns("*_squashed_*"))
    shutil.copy(PROJECT_DIR / "manage.py", folder)
    return folder


def test_older_sites_end_with_the_tables_of_new_ones(tmp_path, older_project):
    new, old = tmp_path / "new", tmp_path / "old"
    new.mkdir()
    old.mkdir()
    manage(new, "migrate", "-v", "0")
    manage(old, "migrate", "group_sessions", "0009", "-v", "0", project=older_project)
    manage(old, "migrate", "papers", "0012", "-v", "0", project=older_project)
    told = {"list": {"title": "a1"}, "entry": {"title": "b2", "links": "c3"}}
    remember_an_import(old, told)
    manage(old, "migrate", "-v", "0")
    manage(old, "migrate", "--check", "-v", "0")
    assert tables(old) == tables(new)
    assert remembered(old) == told
