"""Checkouts of sites whose schedule or papers lie in data files, from which their generator makes the pages."""

import pytest

from papers.models import Paper, ReadingList, Report
from sessions.models import Presentation, Session
from sessions.services.importing_folders import import_folder
from tests.sessions.services.test_importing_folders import folder_of, picture

TALKS = """# The talks of a term.
- date: '2019-09-01'
  speakers:
  - ada_w
  - Guest Spinner
  title: Cards that weave
  abstract: >-
    They have holes. <p>See https://arxiv.org/abs/1409.2329 </p>
  paper_url: https://arxiv.org/abs/1506.03134
  sources: [sheet, old_page]
- date: '2019-09-08'
  kind: no_meeting
  label: Harvest
- date: '2019-09-15'
  speakers: [ben_s]
  title: Title TBD
  legacy_urls:
  - /blog/2019/09/15/ben.html
"""
SITE = {
    "README.md": "# Loom reading group\n\nWe meet on Tuesdays and weave.\n",
    "_config.yml": "title: Looms\n",
    "_data/talks/fall2019.yaml": TALKS,
    "_data/people.yml": "ada_w:\n  name: Ada Weaver\n  url: https://ada.example.org\nben_s:\n  name: Ben Spinner\n",
    "_data/navigation.yml": "main:\n- title: Home\n  url: /\n",
    "_posts/2019-10-01-yarn.md": "---\ntitle: Yarn\nauthor: ada_w\n---\n\nIt is soft.\n",
}


def test_schedule_in_a_data_file_becomes_presentations(db, tmp_path):
    run = import_folder(folder_of(tmp_path, SITE))

    told = {name: run.counts[name] for name in ("presentations", "sessions", "papers", "links", "reports")}
    assert told == {"presentations": 2, "sessions": 2, "papers": 2, "links": 2, "reports": 2}
    cards, later = Presentation.objects.order_by("presented_on")
    assert (cards.title, cards.presenter_names) == ("Cards that weave", ["Ada Weaver", "Guest Spinner"])
    assert cards.summary == "abstract: They have holes. See https://arxiv.org/abs/1409.2329"
    assert (later.title, later.presenter_names) == ("", ["Ben Spinner"])
    assert (Session.objects.count(), Paper.objects.count()) == (2, 2)
    assert run.title == "Loom reading group"


def test_what_data_files_hold_beside_it_is_told(db, tmp_path):
    run = import_folder(folder_of(tmp_path, SITE))
    assert [(warning.line, warning.kept) for warning in run.warnings] == [
        (0, "_data/navigation.yml"),
        (1, "legacy_urls"),
        (1, "sources"),
        (11, "2019-09-08 |  |  |  |  |  | no meeting | Harvest | "),
    ]


def test_short_names_of_authors_become_their_full_ones(db, tmp_path):
    import_folder(folder_of(tmp_path, SITE))
    assert Report.objects.get(title="Yarn").author_names == ["Ada Weaver"]


def test_data_files_are_imported_only_once(db, tmp_path):
    first = import_folder(folder_of(tmp_path, SITE))
    again = import_folder(tmp_path)
    assert (again.added, again.changed, again.counts) == ({}, {}, first.counts)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_data/papers.yml", "- title: Cards\n  authors: Ada, Ben\n  year: 1843\n  url: https://arxiv.org/abs/1506.03134\n"),
        ("_data/papers.json", '[{"title": "Cards", "authors": "Ada, Ben", "year": 1843, "pdf": "https://arxiv.org/pdf/1506.03134"}]'),
        ("data/papers.csv", "title,authors,year,link\nCards,\"Ada, Ben\",1843,https://arxiv.org/abs/1506.03134\n"),
        ("data/papers.toml", '[[papers]]\ntitle = "Cards"\nauthors = ["Ada", "Ben"]\nyear = 1843\ndoi = "https://doi.org/10.1000/xyz"\n'),
    ],
)  # fmt: skip
def test_papers_in_a_data_file_become_a_reading_list(db, tmp_path, name, text):
    import_folder(folder_of(tmp_path, {"index.md": SITE["README.md"], "hugo.toml": "title = 'A'\n", name: text}))
    entry = ReadingList.objects.get(title="Papers").entries.get()
    assert (entry.title, entry.people, entry.year, entry.links.get().is_main) == ("Cards", "Ada, Ben", 1843, True)
    assert Paper.objects.count() == 1


def test_sections_of_papers_keep_their_names(db, tmp_path):
    text = (
        "looms:\n- title: Cards\n  url: https://arxiv.org/abs/1506.03134\n"
        "yarn:\n- title: Silk\n  url: https://example.org/silk\n"
    )
    run = import_folder(folder_of(tmp_path, {"index.md": SITE["README.md"], "_data/reading.yml": text}))
    entries = ReadingList.objects.get().entries.order_by("position")
    assert [(entry.section.heading, entry.title) for entry in entries] == [("looms", "Cards"), ("yarn", "Silk")]
    assert (run.counts["entries"], run.counts["links"], run.counts["papers"]) == (2, 2, 1)


def test_broken_data_file_is_told_and_data_of_programs_left_alone(db, tmp_path):
    pages = {"index.md": SITE["README.md"], "_data/a.yml": "a: [\n", "data/talks.csv": "date,speaker\n2019-01-01,Ada\n"}
    run = import_folder(folder_of(tmp_path, pages))
    assert [warning.kept for warning in run.warnings] == ["_data/a.yml"]
    assert not Presentation.objects.exists()


def test_cover_is_found_by_its_name(db, tmp_path):
    post = "---\ntitle: Yarn\nimage:\n  feature: loom.png\n---\n\nIt is soft.\n"
    import_folder(folder_of(tmp_path, {"_posts/2019-10-01-yarn.md": post, "images/loom.png": picture()}))
    assert Report.objects.get().cover


def test_parts_of_a_series_follow_each_other(db, tmp_path):
    pages = {
        "_posts/2019-10-01-a.md": "---\ntitle: Yarn\nseries: On wool\nseries_part: 1\n---\n\nIt is soft.\n",
        "_posts/2019-10-08-b.md": "---\ntitle: Dye\nseries: [On wool]\nseries_order: 2\n---\n\nIt is blue.\n",
        "_posts/2019-10-15-c.md": "---\ntitle: Loom\nseries: Tools\n---\n\nIt is large.\n",
    }
    import_folder(folder_of(tmp_path, pages))
    parts = Report.objects.filter(series_title="On wool").order_by("part")
    assert [(report.title, report.part) for report in parts] == [("Yarn", 1), ("Dye", 2)]
    loom = Report.objects.get(title="Loom")
    assert (loom.series_title, [topic.name for topic in loom.topics.all()]) == ("", ["Tools"])
