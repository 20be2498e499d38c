"""Answers of the smaller sources, in the form of their documentation, and how several become one."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.identifiers import parse_identifier
from papers.metadata import MetadataNotFound, MetadataNotOffered, MetadataUnavailable, load_metadata
from papers.metadata.answers import AuthorName, PaperMetadata, merge
from papers.metadata.arxiv import read_feed
from papers.metadata.crossref import read_work
from papers.metadata.datacite import read_work as read_datacite
from papers.metadata.openreview import read_notes
from papers.metadata.pubmed import read_articles
from papers.metadata.sources import ASKED, TRUST
from papers.metadata.text import one_line, paragraphs
from papers.metadata.values import dated, natural_name, orcid
from papers.metadata.webpage import read_web_page
from tests.papers.metadata.test_arxiv import feed

pytestmark = pytest.mark.django_db

PUBMED = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2019</Year><Month>Aug</Month></PubDate></JournalIssue>
<Title>The Journal</Title></Journal>
<ArticleTitle>Effect of <i>PTEN</i> on cells.</ArticleTitle>
<Abstract><AbstractText Label="METHODS">We looked.</AbstractText>
<AbstractText Label="RESULTS">We saw.</AbstractText></Abstract>
<AuthorList><Author><LastName>van der Berg</LastName><ForeName>Ada M</ForeName>
<Identifier Source="ORCID">0000-0002-1825-0097</Identifier></Author>
<Author><CollectiveName>The Study Group</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>
</Article><CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J. 2020;1:2</RefSource>
<PMID>32000000</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1234/pm</ArticleId><ArticleId IdType="pmc">PMC6789123</ArticleId>
</ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"""


def test_every_scheme_has_somebody_to_ask_and_every_source_a_rank():
    assert set(ASKED) >= {"arxiv", "doi", "acl", "openreview", "pmid", "pmc", "isbn", "s2", "github", "youtube", "url"}
    assert len(TRUST) == len(set(TRUST))


def test_article_of_pubmed_is_read_with_its_retraction():
    found = read_articles(PUBMED.format(pmid="31452104").encode(), "31452104")
    assert found.title == "Effect of PTEN on cells"
    assert [(a.name, a.orcid) for a in found.authors] == [
        ("Ada M van der Berg", "0000-0002-1825-0097"),
        ("The Study Group", ""),
    ]
    assert found.abstract == "Methods: We looked.\n\nResults: We saw."
    assert (found.published_on, found.published_precision) == (date(2019, 8, 1), "month")
    assert [(i.scheme, i.value) for i in found.identifiers] == [("doi", "10.1234/pm"), ("pmc", "PMC6789123")]
    assert [(n.kind, n.detail, n.url) for n in found.notices] == [
        ("retraction", "J. 2020;1:2", "https://pubmed.ncbi.nlm.nih.gov/32000000/")
    ]


@pytest.mark.parametrize("body", ["<PubmedArticleSet></PubmedArticleSet>", PUBMED.format(pmid="1")])
def test_unknown_number_is_told_from_the_empty_set(body):
    with pytest.raises(MetadataNotFound, match="PubMed knows no article 31452104"):
        read_articles(body.encode(), "31452104")


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><PubmedArticleSet>&b;</PubmedArticleSet>'


@pytest.mark.parametrize("body", [LAUGHS, "", "<html>", "{}"])
def test_hostile_record_is_not_read(body):
    with pytest.raises(MetadataUnavailable):
        read_articles(body.encode(), "1")


@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: {"value": value}], ids=["first", "second"])
def test_submission_is_read_from_either_interface(wrap):
    content = {
        "title": wrap("On $n^2$"),
        "authors": wrap(["Ada", "Bea"]),
        "abstract": wrap("Text."),
        "venue": wrap("ICLR 2023"),
        "pdf": wrap("/pdf/x"),
    }
    body = json.dumps({"notes": [{"id": "reply", "content": {"title": wrap("Review")}},
                                 {"id": "YicbFdNTTy", "pdate": 1674_000_000_000, "content": content}]})  # fmt: skip
    found = read_notes(body.encode(), "YicbFdNTTy")
    assert (found.title, found.venue, found.published_on) == ("On n^2", "ICLR 2023", date(2023, 1, 18))
    assert [author.name for author in found.authors] == ["Ada", "Bea"]
    assert [link.kind for link in found.links] == ["page", "pdf"]


def test_withdrawn_and_anonymous_submission_says_so():
    content = {
        "title": {"value": "T"},
        "authors": {"value": ["Anonymous"]},
        "venue": {"value": "ICLR 2024 Withdrawn Submission"},
    }
    found = read_notes(json.dumps({"notes": [{"id": "abcdef", "content": content}]}).encode(), "abcdef")
    assert found.authors == ()
    assert [notice.kind for notice in found.notices] == ["withdrawal"]


def test_repository_is_read(replay):
    answer = {
        "full_name": "pytorch/pytorch",
        "description": "Tensors",
        "owner": {"login": "pytorch"},
        "created_at": "2016-08-13T05:26:41Z",
        "homepage": "https://pytorch.org",
    }
    replay.override("/repos/pytorch/pytorch", json.dumps(answer))
    found = load_metadata(parse_identifier("https://github.com/PyTorch/pytorch"))
    assert (found.title, found.kind, found.abstract) == ("pytorch/pytorch", "software", "Tensors")
    assert [link.url for link in found.links] == ["https://github.com/pytorch/pytorch", "https://pytorch.org"]


def test_private_video_is_told(replay):
    replay.override("/youtube/oembed", "Unauthorized", status=401)
    with pytest.raises(MetadataNotFound, match="may be private"):
        load_metadata(parse_identifier("https://youtu.be/kCc8FmEb1nY"))


def test_abstract_that_the_registry_lacks_comes_from_elsewhere(replay):
    replay.override("/works/10.1234/half", json.dumps({"message": {"title": ["T"], "author": [{"family": "Ada"}]}}))
    index = {"Deep": [0], "learning": [1, 3], "is": [2]}
    replay.override(
        "/openalex/", json.dumps({"title": "other", "publication_year": 2015, "abstract_inverted_index": index})
    )
    found = load_metadata(parse_identifier("10.1234/half"))
    assert (found.title, found.abstract, found.published_precision) == ("T", "Deep learning is learning", "year")
    assert found.sources == {
        **dict.fromkeys(("kind", "title", "authors"), "Crossref"),
        **dict.fromkeys(("abstract", "published_on"), "OpenAlex"),
    }


def test_doi_of_another_agency_is_asked_there(replay):
    attributes = {"titles": [{"title": "A dataset"}], "creators": [{"name": "Ada, Bea"}], "publicationYear": 2020}
    replay.override("/dois/10.5281/zenodo.1239", json.dumps({"data": {"attributes": attributes}}))
    found = load_metadata(parse_identifier("https://zenodo.org/records/1239"))
    assert (found.title, found.source, found.authors[0].name) == ("A dataset", "DataCite", "Bea Ada")


def test_page_with_a_doi_is_completed_by_the_registry(replay, monkeypatch):
    from papers.metadata import sources

    page = b'<meta name="citation_title" content="T"><meta name="citation_doi" content="10.1234/full">'
    source = sources.Source(lambda url: read_web_page(page, url))
    monkeypatch.setitem(sources.ASKED, "url", (source,))
    work = {"title": ["The title"], "author": [{"family": "Ada"}], "issued": {"date-parts": [[2020]]}, "abstract": "A."}
    replay.override("/works/10.1234/full", json.dumps({"message": work}))
    found = load_metadata(parse_identifier("https://example.org/paper"))
    assert (found.title, found.sources["title"], found.venue) == ("The title", "Crossref", "example.org")
    assert ("doi", "10.1234/full") in [(i.scheme, i.value) for i in found.identifiers]


def test_answers_merge_field_by_field():
    first = PaperMetadata(source="Crossref", title="A", venue="J")
    people, day = (AuthorName("Ada"),), date(2020, 5, 1)
    second = PaperMetadata(source="arXiv", title="B", authors=people, published_on=day, published_precision="month")
    found = merge([first, second])
    assert (found.title, found.authors[0].name, found.published_precision) == ("A", "Ada", "month")
    assert found.sources["venue"] == found.sources["title"] == "Crossref"
    assert found.sources["authors"] == found.sources["published_on"] == "arXiv"


@pytest.mark.parametrize(
    ("kind", "notice"),
    [
        ("retraction", "retraction"),
        ("withdrawal", "withdrawal"),
        ("expression_of_concern", "concern"),
        ("erratum", "correction"),
        ("clarification", None),
        (7, None),
    ],
)
def test_updates_of_a_work_are_noticed(kind, notice):
    update = {"DOI": "10.1234/notice", "type": kind, "label": "Notice"}
    body = json.dumps({"message": {"title": ["T"], "updated-by": [update]}}).encode()
    found = [(n.kind, n.url) for n in read_work(body, "10.1234/x").notices]
    assert found == ([(notice, "https://doi.org/10.1234/notice")] if notice else [])


@pytest.mark.parametrize(
    "title", ["RETRACTED: Cells", "RETRACTED ARTICLE: Cells", "[Retracted] Cells", "Retraction: Cells"]
)
def test_retraction_in_the_title_is_noticed(replay, title):
    replay.override("/works/10.1234/gone", json.dumps({"message": {"title": [title]}}))
    found = load_metadata(parse_identifier("10.1234/gone"))
    assert [notice.kind for notice in found.notices] == ["retraction"]


def test_published_form_of_a_preprint_is_noticed():
    relation = {"is-preprint-of": [{"id-type": "doi", "id": "10.1038/s41586-024-08328-6"}]}
    body = json.dumps({"message": {"title": ["T"], "relation": relation}}).encode()
    assert [(n.kind, n.url) for n in read_work(body, "10.1101/2024.01.01.1").notices] == [
        ("publication", "https://doi.org/10.1038/s41586-024-08328-6")
    ]


@pytest.mark.parametrize(
    ("more", "summary", "kinds"),
    [
        ("<arxiv:doi>10.1103/x</arxiv:doi>", "Text.", ["publication"]),
        ("<arxiv:journal_ref>Phys. Rev. X</arxiv:journal_ref>", "Text.", ["publication"]),
        ("<arxiv:comment>This paper has been withdrawn by the authors</arxiv:comment>", "Text.", ["withdrawal"]),
        ("", "This paper has been withdrawn due to an error.", ["withdrawal"]),
        ("<arxiv:comment>10 pages</arxiv:comment>", "Money was withdrawn from accounts.", []),
    ],
)
def test_what_authors_say_on_arxiv_is_noticed(more, summary, kinds):
    found = read_feed(feed(more=more, summary=summary), "1707.08567")
    assert [notice.kind for notice in found.notices] == kinds
    assert found.version == "v2"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"<title>Just a moment...</title>", "lets only people"),
        (b"<title>Attention Required! | Cloudflare</title>", "lets only people"),
        (b"<title>Before you continue to YouTube</title>", "asks for consent"),
        (b"<title>404 Not Found</title>", "does not say its title"),
        (b"<title>Access denied</title>", "lets only people"),
        (b"", "does not say its title"),
        (b"\x00\xff<<<>>>", "does not say its title"),
        (b"<title></title><h1>x</h1>", "does not say its title"),
    ],
)
def test_gates_are_no_papers(body, sentence):
    with pytest.raises(MetadataNotFound, match=sentence):
        read_web_page(body, "https://www.example.org/x")


def test_page_is_read_in_its_encoding():
    body = "<meta charset=iso-8859-1><title>Über Größen – x</title>".encode("cp1252")
    assert read_web_page(body, "https://example.org/").title == "Über Größen – x"
    assert (
        read_web_page("<title>数学</title>".encode("gbk"), "https://e.org/", "text/html; charset=gbk").title == "数学"
    )


def test_post_is_read_from_its_json():
    thing = {
        "@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Site"}, {
            "@type": ["BlogPosting"], "headline": "A post", "datePublished": "2021-05-03T10:00:00Z",
            "author": [{"@type": "Person", "name": "Ada", "@id": "https://orcid.org/0000-0002-1825-0097"}, "Bea"]}],
    }  # fmt: skip
    body = f'<title>A post | Site</title><script type="application/ld+json">{json.dumps(thing)}</script>'
    found = read_web_page(body.encode(), "https://blog.example.org/a")
    assert (found.title, found.kind, found.published_on) == ("A post", "post", date(2021, 5, 3))
    assert [(a.name, a.orcid) for a in found.authors] == [("Ada", "0000-0002-1825-0097"), ("Bea", "")]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("Beethoven, Ludwig van", "Ludwig van Beethoven"),
        ("van der Maaten, Laurens", "Laurens van der Maaten"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
        ("King Jr., Martin Luther", "Martin Luther King Jr."),
        ("Sammy Davis, Jr.", "Sammy Davis Jr."),
        ("OpenAI, Inc.", "OpenAI, Inc."),
        ("ATLAS Collaboration", "ATLAS Collaboration"),
        ("李, 明", "李明"),
        ("李明", "李明"),
        ("山田, 太郎", "山田太郎"),
        ("Li, Ming", "Ming Li"),
        ("Enos, Ryan (Harvard University)", "Ryan Enos"),
        ("Plato", "Plato"),
        ('M{\\"u}ller, J.', "J. Müller"),
        ("", ""),
        (None, ""),
    ],
)
def test_names_are_as_people_say_them(stated, said):
    assert natural_name(stated) == said


@pytest.mark.parametrize(
    ("stated", "day", "precision"),
    [
        ("2015", date(2015, 1, 1), "year"), (2015, date(2015, 1, 1), "year"),
        ("2015-06", date(2015, 6, 1), "month"), ("2015/6/8", date(2015, 6, 8), "day"),
        ("2015-06-08T10:00:00Z", date(2015, 6, 8), "day"), ("June 8, 2015", date(2015, 6, 8), "day"),
        ("8 June 2015", date(2015, 6, 8), "day"), ("8th of June", None, "day"), ("Jun 2015", date(2015, 6, 1), "month"),
        ("2015 Jun 8", date(2015, 6, 8), "day"), ("2015 Jun-Jul", date(2015, 6, 1), "month"),
        ("2015 Summer", date(2015, 1, 1), "year"), ("c1998.", date(1998, 1, 1), "year"),
        ("2015-00-00", date(2015, 1, 1), "year"), ("2015-13-40", date(2015, 1, 1), "year"),
        ("0000", None, "day"), ("soon", None, "day"), (None, None, "day"), (True, None, "day"), ([2015], None, "day"),
    ],
)  # fmt: skip
def test_dates_are_as_exact_as_they_are_given(stated, day, precision):
    assert dated(stated) == (day, precision)


def test_only_right_orcids_are_believed():
    assert orcid("https://orcid.org/0000-0002-1694-233X") == "0000-0002-1694-233X"
    assert orcid("0000-0002-1694-2331") == ""


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("&lt;i&gt;E. coli&lt;/i&gt; &amp;amp; friends", "E. coli & friends"),
        ("GPT-4 costs $30 and $60", "GPT-4 costs $30 and $60"),
        ("$\\mathcal{O}(n\\log n)$ sorting", "𝒪(n log n) sorting"),
        ("``Quoted'' --- title", "“Quoted” — title"),
        ("10<sup>-3</sup> mol", "10⁻³ mol"),
        ("<mml:math><mml:msub><mml:mi>M</mml:mi><mml:mi>n</mml:mi></mml:msub></mml:math> matrices", "M_n matrices"),
        ("A result \\cite{knuth} of \\emph{others}", "A result of others"),
        ("Erd\\H{o}s--R\\'enyi", "Erdős–Rényi"),
    ],
)
def test_titles_show_as_printed(stated, shown):
    assert one_line(stated) == shown


def test_line_breaks_within_markup_mean_nothing():
    assert paragraphs("<p>One\n\n  formula\n</p><p>Two</p>") == "One formula\n\nTwo"


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("title name value id date".split()), inner)
    ),
    max_leaves=10,
)
DATACITE = "titles creators dates publicationYear publisher container types descriptions relatedIdentifiers language"


@given(st.dictionaries(st.sampled_from(DATACITE.split()), values))
def test_any_answer_of_datacite_ends_in_a_named_error_or_a_paper(fields):
    try:
        found = read_datacite(json.dumps({"data": {"attributes": fields}}).encode(), "10.1234/x")
    except (MetadataNotFound, MetadataUnavailable):
        return
    assert found.title


@given(st.binary(max_size=200) | st.from_regex(rb"<(title|meta name=.{1,9} content=.{1,9})>.{0,40}"))
def test_any_page_ends_in_a_named_error_or_a_paper(body):
    try:
        found = read_web_page(body, "https://example.org/x")
    except (MetadataNotFound, MetadataNotOffered):
        return
    assert found.title
