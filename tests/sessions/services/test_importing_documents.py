"""Real documents of every shape: what they hold is found, written once, and followed when they change."""

from datetime import date

import pytest

from papers.models import Entry, Paper, ReadingList, Report
from sessions.models import Presentation, Session
from sessions.services.importing import import_document
from tests.factories import make_member
from tests.snapshots import snapshot

#: Counted in the files themselves, not by the importer.
FIGURES = {
    "seeds/link-collection.md": ("link collection", {"entries": 7, "links": 10, "papers": 6, "arxiv": 6, "lists": 1}),
    "seeds/reading-list.md": ("reading list", {"sections": 5, "entries": 14, "links": 16, "papers": 3, "arxiv": 3}),
    "seeds/reading-group-archive.md": (
        "reading-group archive",
        {"sections": 4, "presentations": 3, "slides": 2, "recordings": 1, "reports": 17, "papers": 3},
    ),
    "seeds/research-backlog.md": ("backlog", {"sections": 6, "entries": 8, "links": 12, "papers": 6, "arxiv": 6}),
    "documents/01-hf-reading-group.md": (
        "reading-group archive",
        {"presentations": 28, "papers": 77, "recordings": 16, "slides": 11, "reports": 13, "links": 128},
    ),
    "documents/05-pwl-seattle-chain-replication.md": (
        "reading-group archive",
        {"presentations": 1, "papers": 1, "slides": 1, "recordings": 1, "links": 5},
    ),
    "documents/08-ucsd-seelab-tables.md": ("reading-group archive", {"papers": 105, "reports": 106, "links": 261}),
    "documents/13-weak-links-vii.md": ("link collection", {"sections": 1, "entries": 5, "links": 11, "papers": 1}),
    "documents/20-ceu-schedule-ragged.md": ("schedule table", {"sessions": 20, "presentations": 20, "papers": 13}),
    "documents/27-cj-mills-weekly-recap.md": ("link collection", {"sections": 9, "entries": 12, "links": 14}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FIGURES)
def test_real_document_arrives_completely_and_only_once(shared_dir, name):
    path = shared_dir / name
    shape, figures = FIGURES[name]

    run = import_document(path.read_text(), name=path.name)

    assert run.shape == shape
    assert {key: run.counts[key] for key in figures} == figures
    assert Presentation.objects.count() == run.counts["presentations"]
    assert Report.objects.count() == run.counts["reports"]
    assert Entry.objects.count() == run.counts["entries"]
    assert Session.objects.count() == run.counts["sessions"]
    before = snapshot()
    again = import_document(path.read_text(), name=path.name)
    assert snapshot() == before
    assert (sum(again.added.values()), sum(again.changed.values())) == (0, 0)


@pytest.mark.django_db
def test_link_collection_keeps_number_day_author_math_and_order(shared_dir):
    member = make_member(name="Jefferson Hernández")

    import_document((shared_dir / "seeds/link-collection.md").read_text(), name="link-collection.md")

    collection = ReadingList.objects.get()
    assert (collection.kind, collection.number, collection.dated_on) == ("collection", 1, date(2023, 12, 31))
    assert (collection.owner, collection.uses_math) == (member, True)
    assert sorted(topic.name for topic in collection.topics.all()) == ["collection", "links", "ml"]
    assert "disqus" not in collection.intro + collection.outro
    entries = list(collection.entries.all())
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5, 6, 7]
    assert entries[0].title == "Perspectives on the State and Future of Deep Learning - 2023"
    assert [(link.label, link.is_main) for link in entries[5].links.all()] == [
        ("The Essense of Global Convolution Models", True),
        ("Mamba model", False),
    ]
    labels = [link.label for link in entries[6].links.all()]
    assert labels[1] == "Quantifying & Modeling Multimodal Interactions: An Information Decomposition Framework"
    assert entries[6].title == ""


@pytest.mark.django_db
def test_reading_list_keeps_sections_and_joined_links(shared_dir):
    import_document((shared_dir / "seeds/reading-list.md").read_text(), name="reading-list.md")

    reading = ReadingList.objects.get()
    assert (reading.dated_on, reading.uses_math) == (date(2024, 6, 7), False)
    assert [(section.heading, section.anchor) for section in reading.sections.all()] == [
        ("Transformer Models", "transformer-models"),
        ("Embedding Models", "embedding-models"),
        ("ML Engineering Tools", "ml-engineering-tools"),
        ("Misc", "misc"),
        ("Random Andrej Karpathy Stuff", "random-andrej-karpathy-stuff"),
    ]
    both = reading.entries.get(title="Pytorch and Tensorflow")
    assert [link.is_main for link in both.links.all()] == [True, True]
    quantization = reading.entries.get(title="Quantization")
    assert [link.label for link in quantization.links.all()] == ["Quantization", "4 bit(!?) floats"]
    assert "<code>float32</code>" in quantization.commentary_html


@pytest.mark.django_db
def test_backlog_keeps_nesting_years_people_and_questions(shared_dir):
    import_document((shared_dir / "seeds/research-backlog.md").read_text(), name="research-backlog.md")

    backlog = ReadingList.objects.get()
    assert backlog.dated_on == date(2021, 5, 25)
    assert [(s.heading, s.parent and s.parent.heading) for s in backlog.sections.all()] == [
        ("To Review", None),
        ("Architecture/theory", "To Review"),
        ("Misc", "Architecture/theory"),
        ("Model Compression / Compressed learning", "Architecture/theory"),
        ("Transformers", "Architecture/theory"),
        ("Causal Inference", "To Review"),
    ]
    first, *_, fnet, _ = backlog.entries.all()
    assert (first.title, first.year, first.people) == (
        "More Data Can Hurt for Linear Regression: Sample-wise Double Descent",
        2019,
        "Preetum Nakkiran",
    )
    assert (fnet.year, fnet.organisations) == (2021, "Google Research")
    assert "Q: Could this be used" in fnet.commentary
    assert fnet.links.first().url == "https://arxiv.org/abs/2105.03824"
    assert "&t=1297s" in fnet.links.last().url


@pytest.mark.django_db
def test_papers_of_several_documents_meet(shared_dir):
    for name in ("link-collection", "reading-list", "research-backlog"):
        import_document((shared_dir / f"seeds/{name}.md").read_text(), name=f"{name}.md")
    count = Paper.objects.count()

    import_document(
        "# More\n\n- [Vit](https://arxiv.org/abs/2010.11929v2)\n- [Bert](arxiv.org/abs/1810.04805)\n", name="a.md"
    )

    assert count == 15
    assert Paper.objects.filter(identifiers__value="2010.11929").count() == 1


LIST = """# Reading list

- [One](https://arxiv.org/abs/2101.00001) - first thought
- [Two](https://arxiv.org/abs/2101.00002) - second thought
"""


@pytest.mark.django_db
def test_changed_document_updates_its_own_entries_and_leaves_what_was_edited_here():
    import_document(LIST, name="list.md")
    Entry.objects.filter(title="Two").update(commentary="Edited here.")

    changed = LIST.replace("first thought", "better thought").replace("second", "third") + "- [New](https://a.org/b)\n"
    run = import_document(changed, name="list.md")

    assert list(Entry.objects.values_list("title", "commentary")) == [
        ("One", "better thought"),
        ("Two", "Edited here."),
        ("New", ""),
    ]
    assert "better thought" in Entry.objects.get(title="One").commentary_html
    assert (run.added["entry"], run.changed["entry"], run.unchanged["entry"]) == (1, 1, 1)
    assert [warning.line for warning in run.warnings] == [4]
    before = snapshot()
    import_document(changed, name="list.md")
    assert snapshot() == before


TALKS = """# Reading group

| Date | Presenter | Paper | Slides | Video |
|---|---|---|---|---|
| 2023-01-10 | Ada | [One](https://arxiv.org/abs/2101.00001) + [Two](https://arxiv.org/abs/2101.00002) | [s](a.pdf) | |
| 2023-01-17 | | No meeting (holiday) | | |
| 2023-01-24 | ~~Bob~~ | ~~[Three](https://arxiv.org/abs/2101.00003)~~ | | |
| YYYY-MM-DD | Your name | [Title](link) | | |
"""


@pytest.mark.django_db
def test_schedule_knows_holidays_templates_and_what_was_called_off():
    run = import_document(TALKS, name="schedule.md")

    given = Presentation.objects.given().get()
    assert (given.presented_on, given.presenter_names, given.papers.count()) == (date(2023, 1, 10), ["Ada"], 2)
    assert given.session.local_start.date() == date(2023, 1, 10)
    assert Presentation.objects.filter(status="cancelled").count() == 1
    assert (run.counts["presentations"], run.counts["sessions"]) == (1, 1)
    assert sorted({warning.line for warning in run.warnings}) == [5, 6, 7, 8]


@pytest.mark.django_db
def test_changed_schedule_follows_the_document_but_not_over_an_edit():
    import_document(TALKS, name="schedule.md")
    Presentation.objects.given().update(title="A title of ours")

    run = import_document(TALKS.replace("| Ada ", "| Ada, Eve "), name="schedule.md")

    given = Presentation.objects.given().get()
    assert (given.title, given.presenter_names) == ("A title of ours", ["Ada", "Eve"])
    assert run.changed["presentation"] == 1


OPEN = """# Reading group

| Date | Presenter | Paper |
|---|---|---|
| 2023-01-10 | Ada | [One](https://arxiv.org/abs/2101.00001) |
| 2023-01-17 | TBD | TBD |
| 2093-01-24 | TBD | TBD |
"""


@pytest.mark.django_db
def test_open_date_is_a_session_and_a_slot_while_it_is_ahead():
    run = import_document(OPEN, name="schedule.md")

    assert (run.counts["presentations"], run.counts["sessions"], Session.objects.count()) == (1, 3, 3)
    slot = Presentation.objects.open().get()
    assert (slot.presented_on, Presentation.objects.count()) == (date(2093, 1, 24), 2)
    before = snapshot()
    again = import_document(OPEN, name="schedule.md")
    assert snapshot() == before
    assert (sum(again.added.values()), sum(again.changed.values())) == (0, 0)


@pytest.mark.django_db
def test_open_date_that_the_document_fills_later_keeps_its_session_and_slot():
    import_document(OPEN, name="schedule.md")
    slot = Presentation.objects.open().get()

    filled = OPEN.replace("-17 | TBD | TBD", "-17 | Eve | Clocks").replace("-24 | TBD | TBD", "-24 | Bob | Engines")
    run = import_document(filled + "| 2023-01-10 | Eve | Further |\n", name="schedule.md")

    slot.refresh_from_db()
    assert (slot.title, slot.presenter_names, slot.status) == ("Engines", ["Bob"], Presentation.Status.CLAIMED)
    assert Presentation.objects.get(title="Clocks").session.local_start.date() == date(2023, 1, 17)
    assert (Session.objects.count(), Presentation.objects.count()) == (3, 4)
    assert run.added["session"] == 0
    before = snapshot()
    import_document(filled + "| 2023-01-10 | Eve | Further |\n", name="schedule.md")
    assert snapshot() == before


@pytest.mark.django_db
def test_days_without_year_are_told_once():
    rows = "| March 5 | Ada | Engines |\n| March 12 | Bob | Clocks |\n"
    run = import_document(f"# Group\n\n| Date | Presenter | Paper |\n|---|---|---|\n{rows}", name="a.md")
    assert [(warning.line, warning.reason) for warning in run.warnings] == [
        (5, "no whole day is written; 2 presentations were added without a session")
    ]
    assert run.counts["sessions"] == Session.objects.count() == 0
    assert [talk.summary for talk in Presentation.objects.order_by("title")] == ["Date: March 12", "Date: March 5"]


@pytest.mark.django_db
def test_days_without_year_for_which_nobody_is_decided_are_no_presentations():
    run = import_document("# Journal club\n\n- March 5:\n- March 12: Bob, Clocks\n- March 19:\n", name="a.md")
    assert [(warning.line, warning.reason) for warning in run.warnings] == [
        (3, "no whole day is written; 2 sessions for which nobody is decided yet stayed out"),
        (4, "no whole day is written; the presentation was added without a session"),
    ]


@pytest.mark.django_db
def test_papers_in_the_text_around_presentations_are_papers_here():
    text = "# Study\n\n| Week | Presenter | Topic |\n|---|---|---|\n| 1 | Ada | Engines |\n\n## All papers\n\n"
    run = import_document(text + "| Paper |\n|---|\n| [On Parity](https://arxiv.org/abs/2101.00009) |\n", name="a.md")
    assert (run.counts["papers"], [paper.title for paper in Paper.objects.all()]) == (1, ["On Parity"])


@pytest.mark.django_db
def test_file_that_was_read_stays_a_link_of_its_presentation():
    text = (
        "# Loom group\n\n| Date | Topic | Readings | Presenter |\n|--|--|--|--|\n"
        "| 2018-04-06 | Basics | [Getting started](week1/README.md) | Ada |\n"
    )
    run = import_document(text, name="group.md")
    presentation = Presentation.objects.get()
    assert (presentation.summary, presentation.papers.count()) == ("[Getting started](week1/README.md)", 0)
    assert [(warning.line, warning.kept) for warning in run.warnings] == [(5, "week1/README.md")]
    again = import_document(text, name="group.md")
    assert (+again.added, +again.changed) == ({}, {})
