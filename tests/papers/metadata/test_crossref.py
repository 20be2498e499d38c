import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.identifiers import ParsedIdentifier, parse_identifier
from papers.metadata import MetadataNotFound, MetadataNotOffered, MetadataUnavailable, load_metadata
from papers.metadata.crossref import read_work

pytestmark = pytest.mark.django_db


def work(**fields):
    return json.dumps({"status": "ok", "message": {"title": ["A title"], **fields}}).encode()


def read(**fields):
    return read_work(work(**fields), "10.1234/x")


def test_article_is_read(replay):
    found = load_metadata(parse_identifier("https://doi.org/10.1073/pnas.1414271111"))
    assert found.title.startswith("Developing functional musculoskeletal tissues")
    assert found.authors[0].name == "Eleftherios A. Makris"
    assert (found.published_on, found.published_precision) == (date(2014, 10, 27), "day")
    assert found.venue == "Proceedings of the National Academy of Sciences"
    assert found.abstract.startswith("Significance\n\nThe inadequate mechanical properties")
    assert "<" not in found.abstract
    assert found.source == "Crossref"


def test_article_without_authors_is_read_with_its_subtitle(replay):
    found = load_metadata(parse_identifier("10.1007/s40278-023-41815-2"))
    assert found.authors == ()
    assert found.title == (
        "Convalescent-anti-sars-cov-2-plasma/immune-globulin: "
        "Fever and mild decrease in baseline oxygen saturation following off-label use: 3 case reports"
    )


@pytest.mark.parametrize(
    ("doi", "venue", "day", "precision"),
    [
        (
            "10.1016/j.bbcan.2023.188947",
            "Biochimica et Biophysica Acta (BBA) - Reviews on Cancer",
            date(2023, 9, 1),
            "month",
        ),
        ("10.1016/j.semcdb.2016.08.024", "Seminars in Cell & Developmental Biology", date(2017, 4, 1), "month"),
        ("10.1186/1471-2148-11-4", "BMC Evolutionary Biology", date(2011, 1, 5), "day"),
        ("10.1371/journal.pone.0033693", "PLoS ONE", date(2012, 3, 21), "day"),
    ],
)
def test_recorded_work_is_read(replay, doi, venue, day, precision):
    found = load_metadata(parse_identifier(doi))
    assert (found.venue, found.published_on, found.published_precision) == (venue, day, precision)
    assert found.authors


def test_every_recorded_work_is_read(shared_dir):
    read_works = 0
    for path in sorted((shared_dir / "api" / "crossref").glob("*.json")):
        answer = json.loads(path.read_bytes())
        message = answer.get("message") if isinstance(answer, dict) else None
        for item in message.get("items", [message]) if isinstance(message, dict) else []:
            try:
                found = read_work(json.dumps({"message": item}).encode(), "10.1234/x")
            except MetadataNotFound:
                continue
            read_works += 1
            assert "\n" not in found.title + found.venue
            assert "</" not in found.title + found.venue + found.abstract
            assert "&amp;" not in found.title + found.venue + found.abstract
    assert read_works > 15


def test_unknown_doi_is_told_from_the_plain_answer(replay):
    with pytest.raises(MetadataNotFound, match=r"Crossref knows no DOI 10\.1126/foo"):
        load_metadata(parse_identifier("10.1126/foo"))


def test_anthology_papers_are_asked_by_their_doi(replay):
    replay.override("/works/10.3115/v1/d14-1162", work(title=["GloVe"]))
    assert load_metadata(parse_identifier("https://aclanthology.org/D14-1162/")).title == "GloVe"
    assert [url.split("?")[0] for url in replay.asked] == ["/works/10.18653/v1/d14-1162", "/works/10.3115/v1/d14-1162"]


def test_identifiers_without_a_source_are_named():
    with pytest.raises(MetadataNotOffered, match="Fill in the title yourself"):
        load_metadata(ParsedIdentifier("shelfmark", "A 4"))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"issued": {"date-parts": [[None]]}}, (None, "day")),
        (
            {"issued": {"date-parts": [[None]]}, "published-print": {"date-parts": [[2015, 6]]}},
            (date(2015, 6, 1), "month"),
        ),
        ({"issued": {"date-parts": [[2015]]}}, (date(2015, 1, 1), "year")),
        ({"issued": {"date-parts": [[2015, 2, 30]]}}, (date(2015, 2, 1), "month")),
        ({"issued": {"date-parts": [[2015, 13]]}}, (date(2015, 1, 1), "year")),
        ({"issued": {"date-parts": []}}, (None, "day")),
        ({"issued": {"date-parts": None}}, (None, "day")),
        ({"issued": None}, (None, "day")),
        ({"issued": {"date-parts": [["2015"]]}}, (None, "day")),
        ({"issued": {"date-parts": [[10**30, 1, 1]]}}, (None, "day")),
        ({}, (None, "day")),
    ],
)
def test_date_is_as_exact_as_it_is_given(stated, expected):
    found = read(**stated)
    assert (found.published_on, found.published_precision) == expected


def test_markup_and_line_breaks_go():
    found = read(
        title=["Role of <i>PTEN</i> in H<sub>2</sub>O\n      &amp; $\\alpha$-helices"],
        **{"container-title": ["Proc.\n   of the AI &amp;amp; ML"]},
        abstract=(
            "<jats:title>Abstract</jats:title><jats:p>First <jats:italic>one</jats:italic>.</jats:p>\n"
            "<jats:p>With <jats:inline-formula><jats:alternatives><jats:tex-math>\\documentclass{x}\\begin{document}"
            "$$x_i &lt; y$$\\end{document}</jats:tex-math><mml:math><mml:mi>x</mml:mi></mml:math></jats:alternatives>"
            "</jats:inline-formula>.</jats:p>"
        ),
    )
    assert found.title == "Role of PTEN in H2O & α-helices"
    assert found.venue == "Proc. of the AI & ML"
    assert found.abstract == "First one.\n\nWith $x_i < y$."


def test_authors_may_be_organisations_or_nonsense():
    found = read(
        author=[
            {"name": "The Group"},
            {"family": "Müller"},
            {"given": "Jos{\\'e}", "family": "Ada", "ORCID": "https://orcid.org/0000-0002-1825-0097"},
            {},
            None,
            "Ada",
            {"given": 7, "family": ["x"]},
        ]
    )
    assert [(a.name, a.orcid) for a in found.authors] == [
        ("The Group", ""),
        ("Müller", ""),
        ("José Ada", "0000-0002-1825-0097"),
    ]


def test_editors_stand_in_for_missing_authors():
    assert read(type="edited-book", author=[], editor=[{"family": "Ada"}]).authors[0].name == "Ada"


def test_preprint_of_a_published_paper_is_named():
    found = read(relation={"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.1706.03762"}, {"id": None}]})
    assert [(i.scheme, i.value) for i in found.identifiers] == [("arxiv", "1706.03762")]


@pytest.mark.parametrize("title", [[], [""], None, ["<i></i>"], [None], 7])
def test_work_without_title_is_left_to_members(title):
    with pytest.raises(MetadataNotFound):
        read(title=title)


def test_title_may_be_a_zero():
    assert read(title=["0"]).title == "0"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"null", b'{"message": []}', b'{"message": "x"}', b"\xff\xfe", b"[" * 100_000]
)
def test_unreadable_answer_is_worth_another_try(body):
    with pytest.raises(MetadataUnavailable):
        read_work(body, "10.1234/x")


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date-parts", "given", "family", "name", "ORCID", "id", "has-preprint"]), inner
        )
    ),
    max_leaves=12,
)
FIELDS = (
    "title subtitle author editor issued published container-title event institution abstract type relation language"
)


@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(FIELDS.split()), values))
def test_any_answer_ends_in_a_named_error_or_a_paper(fields):
    try:
        found = read_work(json.dumps({"message": fields}).encode(), "10.1234/x")
    except (MetadataNotFound, MetadataUnavailable):
        return
    assert found.title
    (found.title + found.abstract + found.venue).encode()
