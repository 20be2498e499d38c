"""Checkouts of sites that keep a page for each presentation, drafts apart, or pages that only their generator fills."""

import pytest
from django.contrib.auth.models import AnonymousUser

from papers.models import ReadingList, Report
from papers.services.site_address import site_address
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


SITE = {
    "_config.yml": 'title: Looms\nbaseurl: "/weaving" # its folder\nurl: "https://looms.example.org"\n',
    "index.md": "---\ntitle: Looms\n---\n\n"
    "Read [cards](https://www.looms.example.org/weaving/2024/01/07/cards.html#holes), "
    "[home](https://looms.example.org/weaving/), [more](https://example.org/weaving/cards.html) or "
    "[theirs](https://looms.example.org/cards.html).\n",
    "blog.md": "---\ntitle: Blog\n---\n\n<ul>{% for post in site.posts %}<li>{{ post.title }}</li>{% endfor %}</ul>\n",
    "empty.md": "---\ntitle: Not yet\n---\n",
    "_posts/2024-01-07-cards.md": "---\ntitle: Cards\n---\n\nCards have holes.\n",
    "_drafts/yarn.md": "---\ntitle: Yarn\n---\n\nYarn has none.\n",
    "_drafts/talk.md": "---\ntitle: Dyes\npresenter: Cleo Dyer\ndate: 2024-03-05\n---\n",
    "_drafts/links.md": "---\ntitle: Links of the week\n---\n\n"
    "- [a](https://a.org) is new\n- [b](https://b.org) is old\n",
}


def test_links_to_the_own_site_lead_to_pages_here(db, tmp_path):
    import_folder(folder_of(tmp_path, SITE))
    cards = Report.objects.get(title="Cards").get_absolute_url()
    assert Report.objects.get(title="Looms").body == (
        f"Read [cards]({cards}#holes), [home](https://looms.example.org/weaving/), "
        "[more](https://example.org/weaving/cards.html) or [theirs](https://looms.example.org/cards.html)."
    )


def test_drafts_are_kept_from_visitors(db, tmp_path):
    import_folder(folder_of(tmp_path, SITE))
    visitor = AnonymousUser()
    assert Report.objects.get(title="Yarn").status == Report.Status.DRAFT
    assert not ReadingList.objects.get().is_public
    assert Presentation.objects.get().title == "Dyes"
    assert not Presentation.objects.visible_to(visitor).exists()


def test_page_that_its_generator_fills_is_told_and_no_report(db, tmp_path):
    run = import_folder(folder_of(tmp_path, SITE))
    assert set(Report.objects.values_list("title", flat=True)) == {"Looms", "Not yet", "Cards", "Yarn"}
    assert [warning.kept for warning in run.warnings if "generator fills" in warning.reason] == ["blog.md"]


@pytest.mark.parametrize(
    ("name", "text", "address"),
    [
        ("hugo.toml", 'baseURL = "https://a.org/"\n[params]\nurl = "https://b.org"', "https://a.org"),
        ("mkdocs.yml", "site_name: A\nsite_url: https://a.org/notes/\n", "https://a.org/notes"),
        ("_quarto.yml", "website:\n  site-url: https://a.org\n", "https://a.org"),
        ("CNAME", "a.org\n", "https://a.org"),
        ("_config.yml", "url:\n", ""),
    ],
)
def test_settings_tell_where_a_site_is(tmp_path, name, text, address):
    assert site_address(folder_of(tmp_path, {name: text})) == address
