"""Checkouts of sites that keep a page for each presentation, drafts apart, or pages that only their generator fills."""

from papers.models import Report
from sessions.models import Presentation
from sessions.services.importing_folders import import_folder
from tests.sessions.services.test_importing_folders import folder_of

SCHEDULE = """---
title: Loom reading group
---

| Date | Presenter | Title | Paper |
|---|---|---|---|
| 2024-03-05 | Ada Weaver | Cards | [pdf](https://arxiv.org/abs/1409.2329) |
| 2024-03-12 | Ben Spinner | Looms | |
| 2024-03-19 | Cleo Dyer | Colours | [notes](_sessions/2024-03-19-colours.md) |
"""


def test_page_of_a_presentation_adds_to_what_the_schedule_tells(db, tmp_path):
    pages = {
        "index.md": SCHEDULE,
        "_sessions/2024-03-05-cards.md": "---\ntitle: Cards\npresenter: A. Weaver\n---\n",
        "_sessions/2024-03-12-looms.md": "---\ntitle: All about looms\nspeaker: Ben Spinner\n"
        "paper: https://arxiv.org/abs/1506.02640\n---\n",
        "_sessions/2024-03-19-colours.md": "---\ntitle: Dyes\npaper_url: https://arxiv.org/abs/1612.00222\n---\nWords.\n",
        "_sessions/2024-03-26-yarn.md": "---\ntitle: Yarn\npresenter: Eve\n---\nAs [before](2024-03-12-looms.md).\n",
    }
    run = import_folder(folder_of(tmp_path, pages))

    looms, yarn = Presentation.objects.get(title="Looms"), Presentation.objects.get(title="Yarn")
    assert (run.counts["presentations"], run.counts["sessions"], run.counts["papers"]) == (4, 4, 3)
    assert Presentation.objects.count() == 4
    assert [str(paper.identifiers.get()) for paper in looms.papers.all()] == ["arXiv 1506.02640"]
    assert yarn.summary == f"As [before]({looms.get_absolute_url()})."
    assert Report.objects.get().paper.identifiers.get().value == "1612.00222"
    again = import_folder(tmp_path)
    assert (again.added, again.changed, again.counts) == ({}, {}, run.counts)
