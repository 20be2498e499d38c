"""What we write as BibTeX, RIS and CSL-JSON comes back as it was."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.citations import csl_item
from papers.citing import WRITERS
from papers.models import Paper
from papers.references import read_references
from papers.services.importing_references import import_references
from tests.factories import make_paper, make_reading_list

#: Letters of many scripts, and all the signs that mean something to TeX, RIS, JSON or HTML.
LETTERS = "aAbBzZéÖßøłñçğ中文한Ж0123456789"
SIGNS = "{}$%&#_^~\\\"'`-–—:;,.?!()[]<>=+*/|@"
words = st.text(LETTERS + SIGNS, min_size=1, max_size=12).filter(str.strip)
lines = st.lists(words, min_size=1, max_size=8).map(" ".join).filter(lambda line: any(c.isalnum() for c in line))
given_names = st.sampled_from(["Ada", "Jean-Luc", "J. R. R.", "Élodie", "Łukasz", "Martin Luther"])
family_names = st.sampled_from(["Lovelace", "van der Maaten", "de la Cruz", "Ødegård", "O'Neil", "King Jr.", "Müller"])
people = st.one_of(
    st.builds(lambda one, other: f"{one} {other}", given_names, family_names),
    st.sampled_from(["The ATLAS Collaboration", "OpenAI", "山田太郎", "Research and Development Group"]),
)
days = st.one_of(
    st.tuples(st.just(None), st.just("day")),
    st.tuples(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.just("day")),
    st.tuples(st.integers(1900, 2030).map(lambda year: date(year, 1, 1)), st.just("year")),
    st.tuples(st.builds(date, st.integers(1900, 2030), st.integers(1, 12), st.just(1)), st.just("month")),
)
papers = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(Paper.Kind.values),
        "title": lines,
        "authors": st.lists(people, max_size=4, unique=True),
        "day": days,
        "venue": st.sampled_from(["", "NeurIPS", "Journal of Things & Signs", "Größe: 100%"]),
        "abstract": st.one_of(st.just(""), lines, st.just("We show $x_1^2 < y$ and $\\alpha$, for $5 or 7%.")),
        "note": st.one_of(st.just(""), lines),
        "doi": st.sampled_from(["", "10.1000/xyz_1", "10.1002/(sici)1097<1::aid-1>3.0.co;2-#"]),
        "arxiv": st.sampled_from(["", "1706.03762", "hep-th/9901001"]),
    }
)


def _typeset(text: str) -> str:
    return re.sub("[“”]|``|''", '"', text)


def made(facts) -> Paper:
    day, precision = facts["day"]
    paper = make_paper(
        kind=facts["kind"],
        title=facts["title"],
        authors=facts["authors"],
        published_on=day,
        published_precision=precision,
        venue=facts["venue"],
        abstract=facts["abstract"],
    )
    for scheme in ("doi", "arxiv"):
        if facts[scheme]:
            paper.identifiers.create(scheme=scheme, value=f"{facts[scheme]}")
    return paper


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ["bib", "ris", "json"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=papers)
def test_any_paper_comes_back_as_it_was(extension, facts):
    Paper.objects.all().delete()
    item = csl_item(Paper.objects.for_card().get(pk=made(facts).pk), note=facts["note"])

    file = read_references(WRITERS[extension]([item]).encode(), name=f"a.{extension}")

    assert (file.broken, file.warnings) == ([], [])
    (back,) = file.references
    # TeX has no straight quotation marks in text.
    told = _typeset if extension == "bib" else str
    assert told(back.title) == told(facts["title"])
    assert list(back.authors) == facts["authors"]
    assert (back.published_on, back.published_on and back.published_precision) == (
        facts["day"][0],
        facts["day"][0] and facts["day"][1],
    )
    assert back.venue == facts["venue"]
    assert told(back.abstract) == told(facts["abstract"])
    assert told(back.note) == told(facts["note"])
    assert {(name.scheme, name.value) for name in back.identifiers} == {
        (scheme, facts[scheme]) for scheme in ("doi", "arxiv") if facts[scheme]
    }
    if not (extension == "bib" and facts["venue"] == "" and facts["kind"] in {"book", "thesis"}):
        assert back.kind == facts["kind"]


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ["bib", "ris", "json"])
def test_list_that_goes_out_meets_its_own_papers_when_it_comes_in(client, extension):
    reading_list = make_reading_list(title="First steps")
    for position, title in enumerate(["Attention Is All You Need", "A title that stands alone without a name"], 1):
        paper = make_paper(title=title, authors=["Ashish Vaswani"], arxiv="1706.03762" if position == 1 else "")
        entry = reading_list.entries.create(position=position, commentary="Read *twice*.")
        entry.links.create(position=1, url="", paper=paper)

    content = client.get(f"/reading-lists/{reading_list.slug}.{extension}").content
    run = import_references([(f"again.{extension}", content)])

    assert (run.added["paper"], Paper.objects.count()) == (0, 2)
    again = run.files["list"]
    assert [entry.commentary for entry in again.entries.all()] == ["Read *twice*."] * 2
    assert [entry.links.get().paper for entry in again.entries.all()] == list(Paper.objects.order_by("pk"))
