from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.identifiers import parse_identifier
from papers.metadata import MetadataNotFound, MetadataUnavailable, load_metadata
from papers.metadata.arxiv import read_feed

pytestmark = pytest.mark.django_db

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>
<id>http://arxiv.org/abs/{id}v2</id><title>{title}</title><summary>{summary}</summary>
<published>{published}</published>{more}</entry></feed>"""


def feed(id="1707.08567", title="A title", summary="", published="2017-07-27T08:18:33Z", more=""):  # noqa: A002
    return FEED.format(id=id, title=title, summary=summary, published=published, more=more).encode()


def test_paper_is_read(replay):
    found = load_metadata(parse_identifier("1707.08567v1"))
    assert found.title == "Proceedings of Workshop AEW10: Concepts in Information Theory and Communications"
    assert len(found.authors) == 34
    assert [author.name for author in found.authors][-2:] == ["Dirk Wübben", "Hirosuke Yamamoto"]
    assert found.published_on == date(2017, 7, 27)
    assert found.abstract.startswith("The 10th Asia-Europe workshop")
    assert [link.url for link in found.links] == [
        "https://arxiv.org/abs/1707.08567",
        "https://arxiv.org/pdf/1707.08567",
    ]
    assert (found.source, found.venue) == ("arXiv", "arXiv")


def test_old_id_is_read(replay):
    replay.override("id_list=quant-ph/0201082", _recorded(replay, "quant-ph_0201082v1"))
    found = load_metadata(parse_identifier("quant-ph/0201082"))
    assert found.title.startswith("Quantum Computers and Quantum Computer Languages")
    assert found.abstract.startswith("We show a representation")


def test_unknown_id_is_told_from_the_empty_feed(replay):
    with pytest.raises(MetadataNotFound, match=r"arXiv knows no paper 0000\.0000"):
        load_metadata(parse_identifier("0000.0000"))


def test_entry_about_an_error_is_no_paper(replay):
    body = _recorded(replay, "id_abc")
    for status in (200, 400):
        replay.override("id_list=1234.5678", body, status=status)
        with pytest.raises(MetadataNotFound):
            load_metadata(parse_identifier("1234.5678"))


@pytest.mark.parametrize("title", ["Error", "0", "None"])
def test_paper_may_have_an_odd_title(title):
    assert read_feed(feed(title=title), "1707.08567").title == title


def test_endless_title_is_cut_to_what_is_kept():
    assert len(read_feed(feed(title="word " * 10_000), "1707.08567").title) <= 600


def test_entry_of_another_paper_is_not_taken():
    with pytest.raises(MetadataNotFound):
        read_feed(feed(id="1707.99999"), "1707.08567")


def test_line_breaks_and_tex_accents_go():
    found = read_feed(
        feed(
            title="Schr\\&quot;odinger's\n  cat: 100% of $O(n^2)$ {BERT} &amp; co",
            summary="We show $a_{i} &lt; b$.\n  Na\\&quot;ive \\emph{text}, 5% better.",
            more="<author><name>Bernhard Sch\\&quot;olkopf</name></author><author><name>:</name></author>",
        ),
        "1707.08567",
    )
    assert found.title == "Schrödinger's cat: 100% of O(n^2) BERT & co"
    assert found.abstract == "We show $a_{i} < b$. Naïve text, 5% better."
    assert [author.name for author in found.authors] == ["Bernhard Schölkopf"]


def test_doi_and_journal_are_taken():
    more = (
        "<arxiv:doi>10.1103/PhysRevX.1.1 not-a-doi</arxiv:doi>"
        "<arxiv:journal_ref>Phys. Rev. X 1, 1 (2017)</arxiv:journal_ref>"
    )
    found = read_feed(feed(more=more), "1707.08567")
    assert found.venue == "Phys. Rev. X 1, 1 (2017)"
    assert [(i.scheme, i.value) for i in found.identifiers] == [("doi", "10.1103/physrevx.1.1")]


def test_date_may_be_missing_or_nonsense():
    assert read_feed(feed(published=""), "1707.08567").published_on is None
    assert read_feed(feed(published="2017-13-77T"), "1707.08567").published_on is None


@pytest.mark.parametrize("name", ["arxiv-vanity-query-0.xml", "q_testing_s0_m100_cfe7536492ca.xml"])
def test_every_recorded_entry_is_read(shared_dir, name):
    body = (shared_dir / "api" / "arxiv" / name).read_bytes()
    ids = [
        line.split("/abs/")[1].split("<")[0]
        for line in body.decode().splitlines()
        if "<id>http" in line and "/abs/" in line
    ]
    assert len(ids) > 90
    for text in ids:
        found = read_feed(body, parse_identifier(text).value)
        assert found.title
        assert "\n" not in found.title
        assert found.authors
        assert found.abstract
        assert found.published_on


LAUGHS = b"""<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><feed>&b;</feed>"""
OUTSIDE = b"""<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed>&a;</feed>"""


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"{}", b"<feed", LAUGHS, OUTSIDE, feed()[:200], b"\xff\xfe\x00"]
)
def test_unreadable_answer_is_worth_another_try(body):
    with pytest.raises(MetadataUnavailable, match="could not be read"):
        read_feed(body, "1707.08567")


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_unwilling_source_is_worth_another_try(replay, status):
    replay.override("/api/query", "go away", status=status, **{"Retry-After": "120"})
    with pytest.raises(MetadataUnavailable) as unavailable:
        load_metadata(parse_identifier("1707.08567"))
    assert unavailable.value.source == "arXiv"
    assert unavailable.value.retry_after == (120 if status != 403 else None)


@given(st.data())
def test_damaged_answers_end_in_a_named_error_or_a_paper(data):
    body = bytearray(feed(summary="text " * 20, more="<author><name>Ada</name></author>"))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    try:
        found = read_feed(bytes(body), "1707.08567")
    except (MetadataNotFound, MetadataUnavailable):
        return
    found.title.encode()


def _recorded(replay, part):
    path = next(path for path, _ in replay.answers.values() if part in path.name)
    return path.read_bytes()
