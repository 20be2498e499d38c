"""Files of references as people, Zotero and other reference managers write them."""

import json
import re
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.documents.source import DocumentRefused
from papers.references import is_reference_file, read_references

BIBTEX = r"""% Encoding: UTF-8
@string{neurips = "Advances in Neural Information Processing Systems"}

@inproceedings{vaswani2017,
  title = {Attention Is All You {N}eed},
  author = {Vaswani, Ashish and van der Maaten, Laurens and {The {ATLAS} Collaboration} and M{\"u}ller, Jr., J{\'o}zef
            and others},
  booktitle = neurips # { 30},
  year = 2017, month = jun,
  eprint = {1706.03762v5}, archiveprefix = {arXiv},
  annote = {Read twice.}, annote = {<p>Then <b>again</b>.</p>},
}
@article{knuth,
  title = "$\alpha$-divergence \& friends: a {LaTeX} story",
  author = {Donald E. Knuth and Gr{\o}nb{\ae}k, Kaj},
  date = {2019-05-03}, doi = {https://doi.org/10.1000/XYZ\_1}, journaltitle = {Annals of \TeX},
  abstract = {We show $x^2 < y$ and \emph{more}, at 5\% cost.},
}
@book(clrs, title = {Introduction to Algorithms}, author = {Cormen, Thomas H.}, isbn = {978-0-262-03384-8 (hardcover)},
  publisher = {MIT Press}, year = {2009})
"""


def read(text: str | bytes, name: str = "refs.bib"):
    return read_references(text.encode() if isinstance(text, str) else text, name=name)


def test_bibtex_becomes_clean_text():
    attention, knuth, clrs = read(BIBTEX).references

    assert attention.title == "Attention Is All You Need"
    assert attention.authors == (
        "Ashish Vaswani",
        "Laurens van der Maaten",
        "The ATLAS Collaboration",
        "Józef Müller Jr.",
    )
    assert attention.venue == "Advances in Neural Information Processing Systems 30"
    assert (attention.published_on, attention.published_precision) == (date(2017, 6, 1), "month")
    assert [(name.scheme, name.value, name.version) for name in attention.identifiers] == [
        ("arxiv", "1706.03762", "v5")
    ]
    assert attention.note == "Read twice.\n\nThen again."
    assert (knuth.title, knuth.venue) == ("α-divergence & friends: a LaTeX story", "Annals of TeX")
    assert knuth.authors == ("Donald E. Knuth", "Kaj Grønbæk")
    assert knuth.abstract == "We show $x^2 < y$ and more, at 5% cost."
    assert (knuth.published_on, knuth.published_precision) == (date(2019, 5, 3), "day")
    assert knuth.identifiers[0].value == "10.1000/xyz_1"
    assert (clrs.kind, clrs.identifiers[0].value, clrs.venue) == ("book", "9780262033848", "MIT Press")


@pytest.mark.parametrize(
    ("fields", "scheme", "value"),
    [
        ("journal = {arXiv preprint arXiv:1412.6980}", "arxiv", "1412.6980"),
        ("journal = {CoRR}, volume = {abs/1412.6980}", "arxiv", "1412.6980"),
        ("note = {arXiv:1412.6980 [cs]}", "arxiv", "1412.6980"),
        ("eprint = {hep-th/9901001}, eprinttype = {arxiv}", "arxiv", "hep-th/9901001"),
        ("url = {https://arxiv.org/pdf/1412.6980.pdf}", "arxiv", "1412.6980"),
        (r"howpublished = {\url{https://openreview.net/forum?id=abcDEF123}}", "openreview", "abcDEF123"),
        ("note = {PMID: 12345678}", "pmid", "12345678"),
        ("pmid = {12345678}", "pmid", "12345678"),
        ("doi = {10.1145/3292500.3330701}, url = {https://dl.acm.org/doi/10.1145/x}", "doi", "10.1145/3292500.3330701"),
    ],
)
def test_work_is_known_by_whatever_field_names_it(fields, scheme, value):
    (reference,) = read(f"@misc{{a, title = {{A}}, {fields}}}").references

    assert (reference.identifiers[0].scheme, reference.identifiers[0].value) == (scheme, value)
    assert "arXiv" not in reference.note + reference.venue


def test_isbn_of_proceedings_names_no_article_in_them():
    (reference,) = read("@inproceedings{a, title={A}, isbn={978-0-262-03384-8}}").references
    assert reference.identifiers == []


def test_what_is_broken_is_kept_and_told_with_its_line():
    file = read("@article{a, title={A}}\n\n@article{b, title={Never closed\n@article{c, title={C}}\n@article{d, }\n")

    assert [reference.title for reference in file.references] == ["A", "C"]
    assert [(broken.line, broken.text) for broken in file.broken] == [
        (3, "@article{b, title={Never closed"),
        (5, "@article{d, }"),
    ]


def test_key_used_twice_loses_neither_entry():
    file = read("@misc{a, title={One}}\n@misc{a, title={Two}}\n")

    assert [reference.title for reference in file.references] == ["One", "Two"]
    assert [(w.line, w.kept) for w in file.warnings] == [(2, "a")]


def test_fields_without_a_place_are_told_once():
    file = read("@article{a, title={A}, volume={1}}\n@article{b, title={B}, volume={2}, pages={1--2}}")

    assert [(w.line, w.kept) for w in file.warnings] == [(1, "volume"), (2, "pages")]
    assert "2 times" in file.warnings[0].reason


GROUPED_3 = r"""@book{c, title={C}}
@article{b, title={B}}
@article{v, title={V}}
@comment{jabref-meta: groupsversion:3;}
@comment{jabref-meta: groupstree:
0 AllEntriesGroup:;
1 ExplicitGroup:Books\\\; and more\;0\;c\;;
1 ExplicitGroup:Deep\;0\;b\;v\;;
2 ExplicitGroup:A name that is so long that a line ends in the mid
dle of it\;0\;v\;;
;
}
"""
GROUPED_5 = r"""@book{c, title={C}, groups={Books}}
@article{v, title={V}, groups={Transformers, Deep}, keywords = {nice; read}}
@comment{jabref-meta: databaseType:bibtex;}
@comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Books\;0\;1\;0x8a8a8aff\;\;\;;
1 StaticGroup:Deep\;2\;1\;\;\;\;;
2 StaticGroup:Transformers\;0\;1\;\;\;\;;
1 KeywordGroup:Read\;0\;keywords\;read\;0\;0\;1\;\;\;\;;
}
"""
BIBDESK = """@book{c, title={C}}
@comment{BibDesk Static Groups{
<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><array><dict><key>group name</key><string>Books</string><key>keys</key><string>c</string></dict>
</array></plist>
}}
"""


def places(file) -> dict[str, list[tuple[str, ...]]]:
    return {reference.title: reference.collections for reference in file.references}


def test_collections_of_better_bibtex_and_older_jabref():
    long_name = "A name that is so long that a line ends in the middle of it"
    file = read(GROUPED_3)

    assert file.collections == [("Books; and more",), ("Deep",), ("Deep", long_name)]
    assert places(file) == {"C": [("Books; and more",)], "B": [("Deep",)], "V": [("Deep",), ("Deep", long_name)]}
    assert file.warnings == []


def test_groups_of_newer_jabref():
    assert places(read(GROUPED_5)) == {"C": [("Books",)], "V": [("Deep", "Transformers"), ("Deep",), ("Read",)]}


def test_groups_without_a_tree_and_of_mendeley():
    text = "@misc{a, title={A}, groups={One, Two}}\n@misc{b, title={B}, mendeley-groups={Thesis/Related,One}}"
    assert places(read(text)) == {"A": [("One",), ("Two",)], "B": [("Thesis", "Related"), ("One",)]}


def test_static_groups_of_bibdesk():
    assert places(read(BIBDESK)) == {"C": [("Books",)]}


ZOTERO = {
    "config": {"id": "36a3b0b5-bad0-4a04-b79b-441c7cef77db", "label": "BetterBibTeX JSON"},
    "collections": {
        "AAAA": {"key": "AAAA", "parent": False, "name": "Deep", "collections": ["BBBB"], "items": [1]},
        "BBBB": {"key": "BBBB", "parent": "AAAA", "name": "Deeper", "collections": [], "items": [1, 2]},
        "CCCC": {"key": "CCCC", "parent": "DDDD", "name": "A circle", "collections": [], "items": []},
        "DDDD": {"key": "DDDD", "parent": "CCCC", "name": "Another", "collections": [], "items": []},
    },
    "items": [
        {
            "itemID": 1,
            "itemType": "conferencePaper",
            "title": "Attention Is All <i>You</i> Need",
            "creators": [
                {"creatorType": "author", "firstName": "Ashish", "lastName": "Vaswani"},
                {"creatorType": "author", "name": "A Group"},
                {"creatorType": "editor", "firstName": "E.", "lastName": "Ditor"},
            ],
            "date": "June 2017",
            "proceedingsTitle": "NeurIPS",
            "extra": "Citation Key: vaswani\narXiv: 1706.03762",
            "notes": [{"note": "<p>Read <em>twice</em>.</p>"}],
        },
        {"itemID": 2, "itemType": "book", "title": "A Book", "ISBN": "9780262033848", "creators": []},
        {"itemID": 3, "itemType": "attachment", "title": "PDF"},
        {"itemID": 4, "itemType": "note", "note": "<p>Alone</p>"},
    ],
}


def test_zotero_library_keeps_its_tree_of_collections_and_notes():
    file = read(json.dumps(ZOTERO), "library.json")
    attention, book = file.references

    assert file.collections == [("Deep",), ("Deep", "Deeper")]
    assert attention.collections == [("Deep",), ("Deep", "Deeper")]
    assert (attention.title, attention.venue) == ("Attention Is All You Need", "NeurIPS")
    assert attention.authors == ("Ashish Vaswani", "A Group")
    assert attention.identifiers[0].value == "1706.03762"
    assert attention.note == "Read twice."
    assert (book.kind, book.collections) == ("book", [("Deep", "Deeper")])
    assert file.broken[0].text == "Alone"


RIS = """TY  - JOUR
TI  - A title
AU  - King, Martin Luther, Jr.
AU  - de la Cruz, Eva
AU  - The ATLAS Collaboration
PY  - 2017///
T2  - Journal of Things
DO  - https://doi.org/10.1000/ABC
UR  - https://example.org/a
L1  - https://example.org/a.pdf
AB  - One line
and another
N1  - <p>Read</p>
N1  - it
KW  - network
ER  -

TY - BOOK
T1 - Second
SN - 978-0-262-03384-8
ER -
Text that belongs nowhere
TY  - CPAPER
TI  - Third, without an end
TY  - THES
TI  - Fourth
ER  - """


def test_ris_in_the_spellings_of_several_programs():
    file = read(RIS.replace("\n", "\r\n"), "export.ris")
    first, second, third, fourth = file.references

    assert first.authors == ("Martin Luther King Jr.", "Eva de la Cruz", "The ATLAS Collaboration")
    assert (first.published_on, first.published_precision) == (date(2017, 1, 1), "year")
    assert (first.identifiers[0].value, first.venue) == ("10.1000/abc", "Journal of Things")
    assert (first.abstract, first.note) == ("One line and another", "Read\n\nit")
    assert first.pdf == "https://example.org/a.pdf"
    assert (second.kind, second.identifiers[0].scheme) == ("book", "isbn")
    assert (third.title, fourth.kind) == ("Third, without an end", "thesis")
    assert [(broken.line, broken.text) for broken in file.broken] == [(22, "Text that belongs nowhere")]


def test_csl_json_tells_the_line_of_what_is_no_item():
    items = [
        {
            "id": "http://zotero.org/users/1/items/A",
            "type": "article-journal",
            "title": "On <i>E. coli</i> &amp; more",
            "author": [
                {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
                {"literal": "A Group"},
            ],
            "issued": {"date-parts": [["2017", 6]]},
            "DOI": "10.1000/abc",
            "note": "PMID: 12345678\nRead it.",
        },
        {"id": "b", "type": "book"},
        "nothing",
    ]
    file = read("[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]", "items.json")
    (reference,) = file.references

    assert reference.title == "On E. coli & more"
    assert reference.authors == ("Ludwig van Beethoven", "A Group")
    assert (reference.published_on, reference.published_precision) == (date(2017, 6, 1), "month")
    assert [name.scheme for name in reference.identifiers] == ["doi", "pmid"]
    assert reference.note == "Read it."
    assert [broken.line for broken in file.broken] == [3, 4]


@pytest.mark.parametrize(
    "encoded",
    [
        "@misc{a, title={Über Gödel}}\r\n".encode(),
        b"\xef\xbb\xbf" + "@misc{a, title={Über Gödel}}".encode(),
        "@misc{a, title={Über Gödel}}".encode("latin-1"),
        "@misc{a, title={Über Gödel}}".encode("utf-16"),
        "% Encoding: ISO8859_1\n@misc{a, title={Über Gödel}}".encode("latin-1"),
        "% Encoding: MacRoman\n@misc{a, title={Über Gödel}}".encode("mac_roman"),
        b'@misc{a, title={{\\"U}ber G\\"{o}del}}',
    ],
)
def test_any_common_encoding_is_read(encoded):
    assert read(encoded).references[0].title == "Über Gödel"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.bib", "", True),
        ("a.ris", "", True),
        ("a.json", '[{"id": "x", "type": "book", "title": "T"}]', True),
        ("a.json", '{"name": "package", "items": [], "version": 1}', False),
        ("package.json", '{"dependencies": {}}', False),
        ("notes.txt", "% mine\n\n@article{a, title={A}}", True),
        ("notes.txt", "Cite it:\n\n@article{a, title={A}}", False),
        ("README.md", "@article{a, title={A}}", False),
    ],
)
def test_files_of_references_are_recognised(name, text, expected):
    assert is_reference_file(name, text.encode()) is expected


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("Only words.", "a.bib", "neither BibTeX, RIS nor CSL-JSON"),
        ("", "a.ris", "neither BibTeX, RIS nor CSL-JSON"),
        ('[{"title": "A"', "a.json", "no valid JSON at line 1"),
        ("[" * 100_000, "a.json", "nested too deep"),
        ('[{"a": ' + "[" * 100_000, "a.json", "nested too deep"),
        ("% nothing\n@comment{x}\n", "a.bib", "no reference in it"),
        ("\n@a{" * 20_000, "a.bib", "broken"),
        # Beginnings without an end, one inside the other.
        ("@a{" * 20_000, "a.bib", "20,000 of its entries are broken"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(text, name, sentence):
    with pytest.raises(DocumentRefused, match=re.escape(sentence)):
        read(text, name)


def test_strings_that_multiply_each_other_are_left_out():
    bomb = '@string{a0 = "' + "x" * 1000 + '"}\n'
    bomb += "".join(f"@string{{a{n} = {' # '.join([f'a{n - 1}'] * 10)}}}\n" for n in range(1, 12))
    file = read(bomb + "@misc{b, title={B}, note=a11}")

    assert file.references[0].title == "B"
    assert any("endless" in warning.reason for warning in file.warnings)


@pytest.mark.parametrize(
    "value",
    ["{" * 5000 + "x" + "}" * 5000, "{" + "a" * 300_000 + "}", "{" + r"\frac{" * 3000 + "}" * 3000 + "}", "{$" * 999],
)
def test_hostile_values_leave_the_rest_alone(value):
    file = read(f"@misc{{a, title={{A}}, abstract={value}}}\n@misc{{b, title={{B}}}}")

    assert [reference.title for reference in file.references][-1] == "B"


@given(st.text(max_size=300), st.sampled_from(["a.bib", "a.ris", "a.json"]))
def test_no_text_makes_the_reader_fail(text, name):
    for beginning in ("", "@article{a, ", "TY  - JOUR\n", '[{"title": ', '{"items": [], "collections": '):
        with suppress(DocumentRefused):
            read((beginning + text).encode("utf-8", errors="replace"), name)
