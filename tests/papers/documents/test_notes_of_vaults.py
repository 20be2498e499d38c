"""Notes of a vault or wiki: links by name, embedded pictures, boxes, and titles that only the file's name tells."""

from datetime import date

import pytest

from papers.documents.document import Shape
from papers.documents.page_titles import title_of_name
from papers.documents.reading import read_document
from papers.documents.site_markup import as_markdown
from papers.documents.wiki_links import names_of, with_wiki_links

NAMES = names_of(["Looms.md", "people/Ada Weaver.md", "old/notes/Ada Weaver.md", "media/a card.png", "media/looms.pdf"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[[Looms]]", "[Looms](../Looms.md)"),
        ("[[ada weaver|Ada]]", "[Ada](../people/Ada%20Weaver.md)"),
        ("[[old/notes/Ada Weaver]]", "[old/notes/Ada Weaver](../old/notes/Ada%20Weaver.md)"),
        ("[[Looms#How they weave|how]]", "[how](../Looms.md#how-they-weave)"),
        ("[[Looms#^a1b2]]", "[Looms](../Looms.md)"),
        ("[[#Part two]]", "[Part two](#part-two)"),
        ("![[a card.png|300]]", '![](../media/a%20card.png){width="300"}'),
        ("![[a card.png|A card]]", "![A card](../media/a%20card.png)"),
        ("![[looms.pdf]]", "[looms.pdf](../media/looms.pdf)"),
        ("[[Nobody yet|them]]", "them"),
        ("![[Nobody yet.png]]", "![[Nobody yet.png]]"),
        ("`[[Looms]]`", "`[[Looms]]`"),
        ("```\n[[Looms]]\n```", "```\n[[Looms]]\n```"),
        ("[[Looms]](https://example.org)", "[[Looms]](https://example.org)"),
        ("x[[Looms]] [[1]]", "x[[Looms]] [[1]]"),
    ],
)
def test_link_by_name(written, read):
    assert with_wiki_links(f"[[Looms]]\n{written}", NAMES, "notes") == f"[Looms](../Looms.md)\n{read}"


def test_names_in_front_matter_are_words():
    text = '---\ntitle: A\nauthor: "[[Ada Weaver]]"\n---\n[[Looms]]\n'
    assert with_wiki_links(text, NAMES) == '---\ntitle: A\nauthor: "Ada Weaver"\n---\n[Looms](Looms.md)\n'


def test_double_brackets_without_any_known_name_stay():
    assert with_wiki_links("A matrix [[rows]] and [[columns]]", NAMES) == "A matrix [[rows]] and [[columns]]"


def test_box_is_a_quotation():
    text = as_markdown(
        "> [!note]- Remember\n> the card\n\n> [!see-also]\n\n> [!info|wide] **A**\n>\n> text\n\nA [!b] c\n"
    )
    assert text == "> **Remember**\\\n> the card\n\n> **See also**\n\n> **A**\n>\n> text\n\nA [!b] c\n"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Cards that weave.md", "Cards that weave"),
        ("2024-03-05-cards-that_weave.markdown", "Cards that weave"),
        ("README.md", "README"),
        ("2024-03-05.md", "2024 03 05"),
    ],
)
def test_name_of_a_file_is_a_title(name, title):
    assert title_of_name(name) == title


def test_note_with_several_parts_is_called_as_its_file():
    text = "# Theory\n\nCards have holes.\n\n# Practice\n\nLooms weave.\n"
    assert read_document(text, name="Cards that weave.md").title == "Cards that weave"
    assert read_document(text, name="cards.md").title == "Theory"


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("[Cards that weave](https://arxiv.org/abs/1409.2329) by\nAda Weaver", "Cards that weave"),
        ("*Cards, and looms*\n\nAda Weaver\n\n[Paper](https://example.org/cards.pdf)", "Cards, and looms"),
        ("On [cards](https://example.org/cards) and looms.", "Notes one"),
    ],
)
def test_notes_below_a_label_are_called_as_their_paper(top, title):
    text = f"# Reading\n{top}\n\n# Questions\n\nHow do they weave?\n"
    assert read_document(text, name="notes-one.md").reports[0].title == title


def test_notes_with_a_few_headed_links_are_no_list():
    parts = "".join(f"## [Part {n}](https://example.org/{n})\n\n- It weaves {n}.\n\n" for n in range(3))
    text = "# Reading\n\n*Cards*\n\n# Questions\n\n- How?\n- Why?\n\n# Answers\n\n- So.\n\n# Notes\n\n"
    text += f"{parts}# Doubts\n\n- None.\n"
    assert read_document(text).shape == Shape.ARTICLE
    assert read_document(f"# Links\n\n{parts}").shape == Shape.COLLECTION


def test_one_link_among_things_to_do_is_no_backlog():
    prose = "A loom repeats what a card tells it. " * 10
    text = f"## Looms\n\n{prose}\n\n## To-Do\n\n- [ ] Move [this](a.md)\n- [x] Colour it\n"
    assert read_document(text).shape == Shape.ARTICLE


def test_lines_of_properties_tell_day_and_topics():
    text = "# Looms\n\nAuthor: Ada\nCreated: January 5, 2024 3:21 PM\nTags: Cards, Yarn\n\nThey weave.\n"
    document = read_document(text)
    assert (document.day, document.topics) == (date(2024, 1, 5), ["Cards", "Yarn"])
    assert "Author: Ada" in document.reports[0].body
    assert document.reports[0].topics == ["Cards", "Yarn"]


def test_hashtags_on_a_line_of_their_own_are_topics():
    text = "# Looms\n\nThey weave.\n\nKeywords: #keywords/cards #keywords/yarn\nTags: #tags/favorite \n"
    assert read_document(text).topics == ["cards", "yarn", "favorite"]


def test_lines_of_a_text_are_no_properties():
    document = read_document("# Looms\n\nSome: words, and then\nTags: cards or\nyarn.\n\nTags: are #good\n")
    assert (document.day, document.topics) == (None, [])
