"""Papers that a document names without a link, and titles beside links that only accompany them."""

import pytest

from papers.documents.reading import read_document


def entries(text: str):
    return read_document(f"# Reading list\n\n{text}").entries


def test_names_of_papers_are_papers_but_no_links():
    document = read_document("# Reading list\n\n- A first paper (arXiv:1706.03762)\n- A second, doi:10.1000/xyz123.\n")
    counts = document.counts()
    assert (counts["links"], counts["papers"], counts["arxiv"]) == (0, 2, 1)
    assert [entry.links[0].href for entry in document.entries] == [
        "https://arxiv.org/abs/1706.03762",
        "https://doi.org/10.1000/xyz123",
    ]


@pytest.mark.parametrize("name", ["arXiv:1706.03762v5", "arxiv: 1706.03762", "ARXIV:hep-th/9711200"])
def test_spellings_of_a_name(name):
    assert read_document(f"# Reading list\n\n- A paper, {name}\n").counts()["arxiv"] == 1


@pytest.mark.parametrize("text", ["arXiv:170.03762", "`arXiv:1706.03762`", "arXiv: the archive", "doi: unknown"])
def test_what_only_looks_like_a_name_is_text(text):
    assert read_document(f"# Reading list\n\n- A paper, {text}\n").counts()["papers"] == 0


def test_the_label_of_a_link_is_no_second_paper():
    counts = read_document("# List\n\n- [arXiv:1706.03762](https://arxiv.org/abs/1706.03762)\n").counts()
    assert (counts["links"], counts["papers"]) == (1, 1)


def test_bold_title_with_its_authors_and_year():
    text = "- **Notes on the engine** — Lovelace, Menabrea (1943) · *arXiv:1706.03762* → [`notes`](notes/engine)\n"
    entry, _ = entries(f"{text}- **Another** — Babbage (1837) · *arXiv:1706.03763*\n")
    assert (entry.title, entry.people, entry.year) == ("Notes on the engine", "Lovelace, Menabrea", 1943)
    assert [link.href for link in entry.links] == ["https://arxiv.org/abs/1706.03762", "notes/engine"]


def test_links_in_brackets_behind_a_title_are_no_part_of_it():
    first, second = entries("* Some Title: With More ([Ada](./a.md))\n* Other Title ([LaTeX](b.tex) | [PDF](b.pdf))\n")
    assert (first.title, second.title) == ("Some Title: With More", "Other Title")
    assert [link.text for link in second.links] == ["LaTeX", "PDF"]


def test_the_topic_of_a_row_may_be_a_file():
    text = (
        "# Reading group\n\n| Date | Topic | Presenter |\n|---|---|---|\n"
        "| 10 Feb 2017 | [An old paper](http://www.stats.ac.uk/reading/old.pdf) | Ada |\n"
        "| 17 Feb 2017 | [A new one](https://arxiv.org/abs/1706.03762) | Bob |\n"
    )
    talks = read_document(text).presentations
    assert [[paper.text for paper in talk.papers] for talk in talks] == [["An old paper"], ["A new one"]]


def test_tags_in_brackets_stand_beside_the_title():
    before, behind = entries(
        "* [ICLR 2018] [GAT] [Graph Attention](https://arxiv.org/abs/1710.10903)\n"
        "* A Title of Its Own (ICLR 2017) [[Paper]](https://arxiv.org/abs/1609.02907) [[TF]](https://github.com/a/b)\n"
    )
    assert (before.title, before.commentary) == ("Graph Attention", "[ICLR 2018] [GAT]")
    assert (behind.title, behind.year) == ("A Title of Its Own", 2017)


def test_bold_title_with_its_authors_in_italics():
    text = (
        "1. **A Survey of Engines.** *Ada Lovelace, Charles Babbage.* 2019. [paper](https://arxiv.org/abs/1901.00596)\n"
    )
    first, _ = entries(text + text.replace("1.", "2.", 1))
    assert (first.title, first.people, first.year) == ("A Survey of Engines", "Ada Lovelace, Charles Babbage", 2019)
