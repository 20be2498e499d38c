"""Checkouts of sites that keep a page for each presentation, drafts apart, or pages that only their generator fills."""

import pytest
from django.contrib.auth.models import AnonymousUser

from papers.models import ReadingList, Report
from papers.services.site_address import site_address
from sessions.models import Presentation
from sessions.services.importing_folders import import_folder
from tests.sessions.services.test_importing_folders import folder_of, picture

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


VAULT = {
    "Reading group.md": "# Reading group\n\n- 5 March 2024: [[Cards that weave]]\n"
    "- 12 March 2024: [Looms](notes/looms.md)\n",
    "notes/Cards that weave.md": "[paper](https://arxiv.org/abs/1409.2329)\n\n"
    "By [[Ada Weaver]], as ![[holes.png]] shows.\n",
    "notes/looms.md": "# On looms\n\n[Paper](https://example.org/looms.pdf)\n\n"
    "They weave [[Cards that weave|cards]].\n",
    "people/Ada Weaver.md": "",
    "media/holes.png": picture(),
}


def test_names_in_a_vault_lead_to_its_notes(db, tmp_path):
    run = import_folder(folder_of(tmp_path, VAULT))
    cards, looms = Report.objects.order_by("title")
    assert (run.counts["presentations"], run.counts["sessions"], run.counts["papers"]) == (2, 2, 2)
    assert [cards.title, looms.title] == ["Cards that weave", "Looms"]
    assert looms.body.endswith(f"They weave [cards]({cards.get_absolute_url()}).")
    assert cards.body.endswith(f"By Ada Weaver, as ![]({cards.images.get().get_absolute_url()}) shows.")
    assert not run.warnings


def test_notes_tell_the_paper_of_what_was_presented(db, tmp_path):
    import_folder(folder_of(tmp_path, VAULT))
    for title, of in (("Cards that weave", "arXiv 1409.2329"), ("Looms", "https://example.org/looms.pdf")):
        presentation = Presentation.objects.get(title=title)
        assert [str(paper.identifiers.get()) for paper in presentation.papers.all()] == [of]
        assert Report.objects.get(title=title).paper == presentation.papers.get()
    again = import_folder(tmp_path)
    assert (+again.added, +again.changed) == ({}, {})


def test_files_of_a_post_lie_in_its_own_folder(db, tmp_path):
    pages = {
        "source/_posts/Cards.md": "---\ntitle: Cards\n---\n\n![](holes.png)\n\n{% post_link looms 'on looms' %}\n",
        "source/_posts/Cards/holes.png": picture(),
        "source/_posts/looms.md": "---\ntitle: Paper Report 2: Looms\n---\n\nThey weave.\n",
        "source/_posts/other/holes.png": picture(),
    }
    run = import_folder(folder_of(tmp_path, pages))
    cards, looms = Report.objects.order_by("title")
    assert f"[on looms]({looms.get_absolute_url()})" in cards.body
    assert (cards.images.count(), looms.number) == (1, 2)
    assert all("valid YAML" in warning.reason for warning in run.warnings)


def test_title_of_the_text_behind_an_entry_may_announce_it(db, tmp_path):
    index = "# Blog\n\n## Reports\n\n### Paper Report 2: Looms\n\nA teaser. [read more](looms.md)\n"
    import_folder(
        folder_of(tmp_path, {"README.md": index, "looms.md": '---\ntitle: "Paper Report 2: On looms"\n---\nX\n'})
    )
    report = Report.objects.get()
    assert (report.number, report.title) == (2, "On looms")


@pytest.mark.parametrize(
    ("files", "home", "title"),
    [
        ({"hugo.toml": "title = 'On looms'\n"}, "content/_index.md", "On looms"),
        ({"mkdocs.yml": "site_name: On looms # ours\n"}, "docs/index.md", "On looms"),
        ({}, "index.md", "weaving"),
        ({"hugo.toml": "title = 'On looms'\n"}, "content/yarn/_index.md", "yarn"),
    ],
)
def test_home_page_without_a_title_is_called_as_the_site(db, tmp_path, files, home, title):
    import_folder(folder_of(tmp_path, {**files, home: "Welcome to us, who weave.\n"}), name="weaving")
    assert Report.objects.get().title == title
