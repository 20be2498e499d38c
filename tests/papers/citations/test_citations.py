"""References in every format."""

import html
import json
import shutil
import subprocess
from datetime import date

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from papers.citations import STYLES, as_bibtex, as_ris, csl_item, formatted, with_keys
from papers.citations.lists import list_items
from papers.citations.names import csl_name
from papers.models import EntryLink, Paper
from tests.factories import make_paper, make_reading_list

HOSTILE = [
    r"100 % of $x^2$ & more_than {that} # ~ \input{/etc/passwd}",
    "Über Gödel, naïveté und 中文 📚",
    'Quotes " and " unbalanced { braces }} {',
    "@article{evil, title={gotcha}}",
    "Back\\slash \\write18{rm -rf /} ^caret_",
]


def transformer(**fields) -> Paper:
    return make_paper(
        title="Attention Is All You Need",
        authors=["Ashish Vaswani", "Laurens van der Maaten", "The ATLAS Collaboration"],
        arxiv="1706.03762",
        venue="NeurIPS",
        published_on=date(2017, 6, 12),
        abstract="A new simple network.",
        **fields,
    )


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ashish Vaswani", {"given": "Ashish", "family": "Vaswani"}),
        ("Laurens van der Maaten", {"given": "Laurens", "non-dropping-particle": "van der", "family": "Maaten"}),
        ("Vaswani, Ashish", {"given": "Ashish", "family": "Vaswani"}),
        ("Martin Luther King Jr.", {"given": "Martin Luther", "family": "King", "suffix": "Jr."}),
        ("The ATLAS Collaboration", {"literal": "The ATLAS Collaboration"}),
        ("OpenAI", {"literal": "OpenAI"}),
        ("山田太郎", {"literal": "山田太郎"}),
        ("Plato", {"literal": "Plato"}),
    ],
)
def test_names_are_taken_apart_as_formats_want_them(name, parts):
    assert csl_name(name) == parts


def test_record_holds_what_is_known_and_nothing_else(db):
    item = csl_item(Paper.objects.for_card().get(pk=transformer().pk))
    assert item["type"] == "paper-conference"
    assert item["container-title"] == "NeurIPS"
    assert item["issued"] == {"date-parts": [[2017, 6, 12]]}
    assert item["URL"] == "https://arxiv.org/abs/1706.03762"
    assert "DOI" not in item
    bare = csl_item(make_paper(title="Bare"))
    assert set(bare) == {"id", "type", "title"}


def test_date_known_to_the_year_stays_a_year(db):
    paper = make_paper(title="Old", published_on=date(1936, 1, 1), published_precision="year")
    assert csl_item(paper)["issued"] == {"date-parts": [[1936]]}


def test_keys_are_readable_unique_and_stay(db):
    papers = [
        make_paper(title=title, authors=["Jörg Ødegård"], published_on=date(2020, 1, 1)) for title in ("The Way",) * 3
    ]
    items = [csl_item(paper) for paper in papers]
    keys = {item["id"]: item["citation-key"] for item in with_keys(items)}
    assert sorted(keys.values()) == ["odegard2020way", "odegard2020wayb", "odegard2020wayc"]
    assert {item["id"]: item["citation-key"] for item in with_keys(reversed(items))} == keys
    assert with_keys(items[:2])[0]["citation-key"] == keys[items[0]["id"]]


def test_bibtex_is_read_by_a_library_as_it_was_written(db):
    library = bibtexparser.parse_string(as_bibtex([csl_item(transformer(), note="Read twice.")]))
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("inproceedings", "vaswani2017attention")
    assert fields["author"] == "Vaswani, Ashish and van der Maaten, Laurens and {The ATLAS Collaboration}"
    assert fields["eprint"] == "1706.03762"
    assert (fields["year"], fields["annote"]) == ("2017", "Read twice.")


def test_accents_are_one_letter_to_bibtex():
    item = {"id": "1", "type": "article", "title": "Über", "author": [csl_name("Émile Dollár")]}
    assert r"author = {Doll{\'a}r, {\'E}mile}" in as_bibtex([item])


def test_ris_is_read_by_a_library_as_it_was_written(db):
    (entry,) = rispy.loads(as_ris([csl_item(transformer(), note="Read\ntwice.")]))
    assert entry["type_of_reference"] == "CPAPER"
    assert entry["title"] == "Attention Is All You Need"
    assert entry["authors"] == ["Vaswani, Ashish", "van der Maaten, Laurens", "The ATLAS Collaboration"]
    assert entry["notes"] == ["Read twice."]
    assert (entry["year"], entry["date"]) == ("2017", "2017/06/12")


@pytest.mark.parametrize("style", STYLES)
def test_every_style_names_author_title_and_year(db, style):
    (reference,) = formatted([csl_item(transformer())], style)
    assert "Vaswani" in reference
    assert "attention is all you need" in reference.lower()
    assert "2017" in reference
    assert not reference.startswith(("[1]", "1."))


def test_styles_that_spell_given_names_out_do_so(db):
    item = csl_item(transformer())
    assert formatted([item], "chicago-author-date")[0].startswith(
        "Vaswani, Ashish, Laurens van der Maaten, and The ATLAS"
    )
    assert formatted([item], "modern-language-association")[0].startswith("Vaswani, Ashish")
    assert formatted([item], "apa")[0].startswith("Vaswani, A.")


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "a < b && c > d", "<b>bold"])
@pytest.mark.parametrize("style", STYLES)
def test_markup_in_a_title_is_shown_and_not_obeyed(style, title):
    (reference,) = formatted([{"id": "1", "type": "article", "title": title}], style)
    assert "<script" not in reference
    assert "<b>" not in reference


@given(
    st.text(max_size=80),
    st.lists(st.text(max_size=30), max_size=3),
    st.one_of(st.none(), st.integers(1, 9999)),
)
def test_any_record_can_be_written_in_every_format(title, names, year):
    item = {
        "id": "7",
        "type": "article-journal",
        "title": title,
        "author": [csl_name(name) for name in names if name.strip()],
        "issued": {"date-parts": [[year]]} if year else {},
        "container-title": title,
        "URL": f"https://example.org/{title}",
        "note": title,
    }
    library = bibtexparser.parse_string(as_bibtex([item]))
    assert len(library.entries) == 1
    assert not library.failed_blocks
    assert len(rispy.loads(as_ris([item]))) == 1
    assert json.loads(json.dumps(with_keys([item])))


def test_list_carries_what_its_keeper_said(db):
    reading_list = make_reading_list(title="Favourites")
    paper = transformer()
    entry = reading_list.entries.create(position=1, title="The one", commentary="Begin *here*.")
    EntryLink.objects.create(entry=entry, position=1, url="https://arxiv.org/abs/1706.03762", paper=paper)
    tool = reading_list.entries.create(position=2, title="A tool", commentary="Handy.", year=2020, people="Ada")
    EntryLink.objects.create(entry=tool, position=1, url="https://example.org/tool")
    again = reading_list.entries.create(position=3, title="Again", commentary="Still good.")
    EntryLink.objects.create(entry=again, position=1, url="https://arxiv.org/pdf/1706.03762", paper=paper)
    first, second = list_items(reading_list)
    assert (first["id"], first["note"]) == (str(paper.pk), "Begin *here*.\n\nStill good.")
    assert (second["title"], second["URL"], second["note"]) == ("A tool", "https://example.org/tool", "Handy.")


COMMENTARY = "Begin *here*: 90 % of it is {clear} & short.\n\nQ: why does $x_i$ scale?\n\n- a note\n- ]]> </b>"


@pytest.fixture
def commented_list(db):
    reading_list = make_reading_list(title="Favourites")
    entry = reading_list.entries.create(position=1, title="The one", commentary=COMMENTARY)
    EntryLink.objects.create(entry=entry, position=1, url="https://arxiv.org/abs/1706.03762", paper=transformer())
    tools = reading_list.entries.create(position=2, title="Two tools", commentary="Both handy.")
    EntryLink.objects.create(entry=tools, position=1, label="Pytorch", url="https://example.org/pytorch")
    EntryLink.objects.create(entry=tools, position=2, label="Tensorflow", url="https://example.org/tensorflow")
    EntryLink.objects.create(entry=tools, position=3, url="https://example.org/mentioned", is_main=False)
    reading_list.entries.create(position=3, commentary="A note without any link.")
    return reading_list


def test_commentary_arrives_in_bibtex(client, commented_list):
    library = bibtexparser.parse_string(client.get(f"/reading-lists/{commented_list.slug}.bib").content.decode())
    assert not library.failed_blocks
    fields = [{field.key: field.value for field in entry.fields} for entry in library.entries]
    assert [one.get("url") for one in fields] == [
        "https://arxiv.org/abs/1706.03762",
        "https://example.org/pytorch",
        "https://example.org/tensorflow",
        None,
    ]
    first = fields[0]["annote"].split("\n\n")
    assert first[0] == r"Begin *here*: 90 {\%} of it is {{\textbraceleft}}clear{{\textbraceright}} {\&} short."
    assert len(first) == 3
    assert [one["annote"] for one in fields[1:]] == ["Both handy.", "Both handy.", "A note without any link."]


def test_commentary_arrives_in_ris(client, commented_list):
    entries = rispy.loads(client.get(f"/reading-lists/{commented_list.slug}.ris").content.decode())
    assert entries[0]["notes"] == [
        "Begin *here*: 90 % of it is {clear} & short.",
        "Q: why does $x_i$ scale?",
        "- a note - ]]> </b>",
    ]
    assert [entry["notes"] for entry in entries[1:]] == [["Both handy."], ["Both handy."], ["A note without any link."]]


def test_commentary_arrives_in_csl_json(client, commented_list):
    items = json.loads(client.get(f"/reading-lists/{commented_list.slug}.json").content)
    assert [item["note"] for item in items] == [COMMENTARY, "Both handy.", "Both handy.", "A note without any link."]
    assert [item["title"] for item in items[1:3]] == ["Two tools", "Tensorflow"]
    assert len({item["id"] for item in items}) == 4


def test_commentary_is_on_the_page_in_both_feeds_and_in_the_keepers_data(client, alice):
    from papers.services.reading_lists import add_entry, create_reading_list
    from tests.clients import signed_in_client

    reading_list = create_reading_list(owner=alice, title="Ours")
    add_entry(reading_list, commentary="Read it *twice*.", title="A thing")
    feed = f"{reading_list.get_absolute_url()}entries.atom"
    for path in (reading_list.get_absolute_url(), feed, "/feeds/reading-lists.atom", "/feeds/everything.atom"):
        assert "Read it <em>twice</em>." in html.unescape(client.get(path).content.decode()), path
    exported = signed_in_client(alice).post("/account/export/")
    assert "Read it *twice*." in exported.content.decode()


@pytest.mark.parametrize("style", ["plain", "alpha", "abbrv"])
def test_bibtex_itself_compiles_hostile_titles(tmp_path, style):
    if not shutil.which("bibtex") or not shutil.which("latex"):
        pytest.skip("No BibTeX on this machine: install Debian's packages `texlive-binaries` and `texlive-latex-base`.")
    items = [
        {
            "id": str(number),
            "type": kind,
            "title": title,
            "author": [csl_name("Jörg van der Müller"), csl_name("ACME & Sons Team"), csl_name("X, Y, and Z")],
            "issued": {"date-parts": [[2020 + number, 5]]},
            "container-title": title,
            "DOI": "10.1000/a_b%c<d>{e}",
            "URL": "https://example.org/a_b%20c#d&e=1",
            "note": title,
        }
        for number, title in enumerate(HOSTILE)
        for kind in ("article-journal",)
    ]
    (tmp_path / "refs.bib").write_text(as_bibtex(items))
    document = (
        r"\documentclass{article}\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{textcomp}"
        r"\usepackage{amssymb}\usepackage{url}\begin{document}\nocite{*}"
        rf"\bibliographystyle{{{style}}}\bibliography{{refs}}\end{{document}}"
    )
    (tmp_path / "paper.tex").write_text(document)

    def run(*command):
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)

    run("latex", "-interaction=nonstopmode", "paper.tex")
    compiled = run("bibtex", "paper")
    assert compiled.returncode == 0, compiled.stdout
    assert "error" not in compiled.stdout.lower()
    assert (tmp_path / "paper.bbl").read_text(errors="replace").count("\\bibitem") == len(HOSTILE)
    said = run("latex", "-interaction=nonstopmode", "paper.tex").stdout
    # Letters of other scripts need another engine; everything else is read.
    errors = [line for line in said.splitlines() if line.startswith("!") and "Unicode character" not in line]
    assert errors == [], said[-3000:]
    assert "root:" not in (tmp_path / "paper.bbl").read_text(errors="replace")
