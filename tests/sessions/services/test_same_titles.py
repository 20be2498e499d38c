"""One work is one Paper, also where a document tells only its title."""

import pytest

from papers.models import Paper, ReadingList, Report
from sessions.models import Presentation
from sessions.services.importing import import_document

pytestmark = pytest.mark.django_db

WITH_LINK = "# Reading list\n\n- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n- [B](https://b.org)\n"
ARCHIVE = """# Our group

## Presentations

### Paper Presentation 1: Attention is all you need

Slides are lost.

## Paper Reports

### Paper Report 1: Attention Is All you Need!

A teaser.
"""
TITLES = "# To read\n\n- Attention is All You Need\n- [B](https://b.org)\n"


@pytest.mark.parametrize("link_comes_first", [True, False])
def test_title_without_a_link_meets_the_paper_of_another_document(link_comes_first):
    documents = [("list.md", WITH_LINK), ("README.md", ARCHIVE), ("todo.md", TITLES)]
    for name, text in documents if link_comes_first else reversed(documents):
        import_document(text, name=name)
    paper = Paper.objects.get()
    assert list(Presentation.objects.get().papers.all()) == [paper]
    assert Report.objects.get().paper == paper
    backlog = ReadingList.objects.get(kind="backlog")
    assert backlog.entries.first().links.get().paper == paper


def test_title_of_two_papers_or_of_no_telling_length_meets_nobody():
    for number, title in enumerate(["A title of two different works"] * 2 + ["Introduction"]):
        Paper.objects.create(title=title, slug=f"p{number}")
    import_document(
        "# To read\n\n- A title of two different works\n- Introduction\n- [B](https://b.org)\n", name="a.md"
    )
    assert not ReadingList.objects.get().entries.filter(links__paper__isnull=False).exists()


def test_importing_again_changes_nothing():
    for _ in range(2):
        for name, text in (("list.md", WITH_LINK), ("todo.md", TITLES), ("README.md", ARCHIVE)):
            run = import_document(text, name=name)
    assert not run.changed
    assert not run.warnings
    assert ReadingList.objects.get(kind="backlog").entries.first().links.count() == 1
    assert Presentation.objects.get().papers.count() == 1
