import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.identifiers import NotAnIdentifier, ParsedIdentifier, doi_of_acl, parse_identifier
from tests.papers.pasted import NOTHING, PASTED

ATTENTION = ("arxiv", "1706.03762")
TABPFN = ("doi", "10.1038/s41586-024-08328-6")

SPELLINGS = [
    # arXiv
    ("1706.03762", ATTENTION),
    ("arXiv:1706.03762", ATTENTION),
    ("arxiv: 1706.03762", ATTENTION),
    ("arXiv preprint arXiv:1706.03762", ATTENTION),
    ("arXiv 1706.03762v5", ATTENTION),
    ("arXiv:1706.03762v5 [cs.CL]", ATTENTION),
    ("1706.03762.pdf", ATTENTION),
    ("  1706.03762\n", ATTENTION),
    ("https://arxiv.org/abs/1706.03762", ATTENTION),
    ("http://arxiv.org/abs/1706.03762/", ATTENTION),
    ("arxiv.org/abs/1706.03762", ATTENTION),
    ("//arxiv.org/abs/1706.03762", ATTENTION),
    ("https://www.arxiv.org/abs/1706.03762v1", ATTENTION),
    ("https://arxiv.org/abs/1706.03762?context=cs", ATTENTION),
    ("https://arxiv.org/abs/1706.03762#bib", ATTENTION),
    ("https://arxiv.org/pdf/1706.03762", ATTENTION),
    ("https://arxiv.org/pdf/1706.03762.pdf", ATTENTION),
    ("https://arxiv.org/pdf/1706.03762v7.pdf#page=3", ATTENTION),
    ("https://arxiv.org/html/1706.03762v7", ATTENTION),
    ("https://arxiv.org/format/1706.03762", ATTENTION),
    ("https://arxiv.org/e-print/1706.03762", ATTENTION),
    ("https://export.arxiv.org/abs/1706.03762", ATTENTION),
    ("https://export.arxiv.org/api/query?id_list=1706.03762", ATTENTION),
    ("https://browse.arxiv.org/pdf/1706.03762.pdf", ATTENTION),
    ("https://ar5iv.org/abs/1706.03762", ATTENTION),
    ("https://ar5iv.labs.arxiv.org/html/1706.03762", ATTENTION),
    ("https://www.alphaxiv.org/abs/1706.03762v7", ATTENTION),
    ("https://alphaxiv.org/overview/1706.03762", ATTENTION),
    ("https://huggingface.co/papers/1706.03762", ATTENTION),
    ("https://hf.co/papers/1706.03762", ATTENTION),
    ("https://www.arxiv-vanity.com/papers/1706.03762/", ATTENTION),
    ("https://scirate.com/arxiv/1706.03762", ATTENTION),
    ("https://arxiv-sanity-lite.com/?rank=pid&pid=1706.03762", ATTENTION),
    ("https://doi.org/10.48550/arXiv.1706.03762", ATTENTION),
    ("10.48550/ARXIV.1706.03762", ATTENTION),
    ("<https://arxiv.org/abs/1706.03762>", ATTENTION),
    ("https://arxiv.org/abs/1706.03762).", ATTENTION),
    ("https://arxiv.org/pdf/1706.03762  )", ATTENTION),
    ("Worth reading: https://arxiv.org/abs/1706.03762, says Bob", ATTENTION),
    ("0704.0001", ("arxiv", "0704.0001")),
    ("0000.0000", ("arxiv", "0000.0000")),
    ("hep-th/9901001", ("arxiv", "hep-th/9901001")),
    ("arXiv:hep-th/9901001v3", ("arxiv", "hep-th/9901001")),
    ("math.GT/0309136", ("arxiv", "math/0309136")),
    ("https://arxiv.org/abs/math/0309136", ("arxiv", "math/0309136")),
    ("https://arxiv.org/abs/math.GT/0309136v1", ("arxiv", "math/0309136")),
    ("https://arxiv.org/pdf/quant-ph/0201082v1.pdf", ("arxiv", "quant-ph/0201082")),
    ("https://xxx.lanl.gov/abs/quant-ph/0201082", ("arxiv", "quant-ph/0201082")),
    # DOI
    ("10.1038/s41586-024-08328-6", TABPFN),
    ("doi:10.1038/s41586-024-08328-6", TABPFN),
    ("DOI 10.1038/S41586-024-08328-6.", TABPFN),
    ("https://doi.org/10.1038/s41586-024-08328-6", TABPFN),
    ("http://dx.doi.org/10.1038/s41586-024-08328-6", TABPFN),
    ("doi.org/10.1038/s41586-024-08328-6", TABPFN),
    ("https://doi.org/10.1038%2Fs41586-024-08328-6", TABPFN),
    ("https://www.nature.com/articles/s41586-024-08328-6", TABPFN),
    ("https://www.nature.com/articles/s41586-024-08328-6.pdf", TABPFN),
    ("https://www.nature.com/articles/s41586-024-08328-6#auth-Frank-Hutter-Aff1-Aff2", TABPFN),
    ("https://nature.com/articles/s41586-024-08328-6/figures/1", TABPFN),
    ("https://dl.acm.org/doi/10.1145/3292500.3330701", ("doi", "10.1145/3292500.3330701")),
    ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", ("doi", "10.1145/3292500.3330701")),
    ("https://link.springer.com/article/10.1007/s11263-015-0816-y", ("doi", "10.1007/s11263-015-0816-y")),
    ("https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf", ("doi", "10.1007/s11263-015-0816-y")),
    ("https://www.science.org/doi/full/10.1126/science.169.3946.635", ("doi", "10.1126/science.169.3946.635")),
    ("https://onlinelibrary.wiley.com/doi/10.1002/jor.1100150407/abstract", ("doi", "10.1002/jor.1100150407")),
    (
        "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0033693",
        ("doi", "10.1371/journal.pone.0033693"),
    ),
    ("https://journals.aps.org/prb/abstract/10.1103/PhysRevB.89.140501", ("doi", "10.1103/physrevb.89.140501")),
    ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", ("doi", "10.1101/2020.01.01.123456")),
    ("https://www.frontiersin.org/articles/10.3389/fnins.2013.12345/full", ("doi", "10.3389/fnins.2013.12345")),
    ("https://elifesciences.org/articles/12345", ("doi", "10.7554/elife.12345")),
    ("10.1016/S0140-6736(10)61462-6", ("doi", "10.1016/s0140-6736(10)61462-6")),
    ("(10.1016/S0140-6736(10)61462-6)", ("doi", "10.1016/s0140-6736(10)61462-6")),
    # OpenReview, ACL, PubMed
    ("https://openreview.net/forum?id=YicbFdNTTy", ("openreview", "YicbFdNTTy")),
    ("https://openreview.net/pdf?id=YicbFdNTTy", ("openreview", "YicbFdNTTy")),
    ("https://openreview.net/forum?id=YicbFdNTTy&noteId=x1", ("openreview", "YicbFdNTTy")),
    ("https://aclanthology.org/N18-2074/", ("acl", "N18-2074")),
    ("https://aclanthology.org/N18-2074.pdf", ("acl", "N18-2074")),
    ("https://www.aclweb.org/anthology/N18-2074", ("acl", "N18-2074")),
    ("https://doi.org/10.18653/v1/n18-2074", ("acl", "N18-2074")),
    ("https://aclanthology.org/2020.acl-main.1/", ("acl", "2020.acl-main.1")),
    ("https://aclanthology.org/2020.acl-main.1.pdf", ("acl", "2020.acl-main.1")),
    ("https://pubmed.ncbi.nlm.nih.gov/31452104/", ("pmid", "31452104")),
    ("https://www.ncbi.nlm.nih.gov/pubmed/31452104", ("pmid", "31452104")),
    ("PMID: 31452104", ("pmid", "31452104")),
    # Books
    ("ISBN 0-306-40615-2", ("isbn", "9780306406157")),
    ("0306406152", ("isbn", "9780306406157")),
    ("978-0-306-40615-7", ("isbn", "9780306406157")),
    ("urn:isbn:9780306406157", ("isbn", "9780306406157")),
    ("080442957X", ("isbn", "9780804429573")),
    ("https://openlibrary.org/isbn/9780306406157", ("isbn", "9780306406157")),
    # Video
    ("https://www.youtube.com/watch?v=kCc8FmEb1nY", ("youtube", "kCc8FmEb1nY")),
    ("https://youtu.be/kCc8FmEb1nY?feature=shared", ("youtube", "kCc8FmEb1nY")),
    ("https://www.youtube.com/watch?v=kCc8FmEb1nY&list=PL123&index=2", ("youtube", "kCc8FmEb1nY")),
    ("https://m.youtube.com/watch?app=desktop&v=kCc8FmEb1nY&t=1297s", ("youtube", "kCc8FmEb1nY")),
    ("https://www.youtube-nocookie.com/embed/kCc8FmEb1nY?start=5", ("youtube", "kCc8FmEb1nY")),
    ("https://www.youtube.com/shorts/kCc8FmEb1nY", ("youtube", "kCc8FmEb1nY")),
    # Any other address
    ("https://distill.pub/2021/gnn-intro/", ("url", "https://distill.pub/2021/gnn-intro")),
    ("http://Distill.pub:80/2021/gnn-intro?utm_source=chat#top", ("url", "https://distill.pub/2021/gnn-intro")),
    ("distill.pub/2021/gnn-intro.", ("url", "https://distill.pub/2021/gnn-intro")),
    ("[https://distill.pub/2021/gnn-intro]", ("url", "https://distill.pub/2021/gnn-intro")),
    ("https://example.org/a_(b)", ("url", "https://example.org/a_(b)")),
    ("https://example.org/x?a=1&fbclid=2&b=3", ("url", "https://example.org/x?a=1&b=3")),
    ("https://example.org:8443/x", ("url", "https://example.org:8443/x")),
    ("https://www.youtube.com/playlist?list=PL123", ("url", "https://www.youtube.com/playlist?list=PL123")),
    ("https://bücher.example/lesen", ("url", "https://xn--bcher-kva.example/lesen")),
]

NO_IDENTIFIERS = [
    "", "   ", "\n", "attention is all you need", "12345", "1706.037", "10.1038/", "0-306-40615-3", "9780306406158",
    "mailto:bob@example.org", "javascript:alert(1)", "ftp://example.org/paper.pdf", "file:///etc/passwd",
    "https://", "https://localhost/x", "https://127.0.0.1/x", "https://[::1]/x", "https://user:secret@example.org/",
    "https://example.org\\@127.0.0.1/", "https://example.org:99999/x", "foo/1234567", "arxiv-sanity.org...", "x" * 5000,
    "https://example.org/" + "a" * 600, "https://a.org/1 https://b.org/2", "https://2130706433/", "https://１２７.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPELLINGS + PASTED)
def test_spelling_names_the_work(text, expected):
    found = parse_identifier(text)
    assert (found.scheme, found.value) == expected
    assert found.url.startswith("http")


@pytest.mark.parametrize(("text", "expected"), SPELLINGS + PASTED)
def test_canonical_spellings_are_fixed_points(text, expected):
    found = parse_identifier(text)
    again = parse_identifier(found.url)
    assert (again.scheme, again.value, again.version) == (found.scheme, found.value, found.version)


@pytest.mark.parametrize("text", NO_IDENTIFIERS + NOTHING, ids=lambda text: repr(text[:30]))
def test_other_text_is_refused_with_a_sentence(text):
    with pytest.raises(NotAnIdentifier) as refused:
        parse_identifier(text)
    assert str(refused.value).endswith(".")


def test_enough_spellings_are_known():
    assert len({text for text, _ in SPELLINGS + PASTED}) >= 350


def test_version_is_kept_apart():
    assert parse_identifier("https://arxiv.org/pdf/1706.03762v5.pdf") == ParsedIdentifier(
        "arxiv", "1706.03762", "v5", "https://arxiv.org/abs/1706.03762v5"
    )


def test_time_in_a_video_is_kept_in_its_link():
    assert parse_identifier("https://youtu.be/kCc8FmEb1nY?t=21m37s").url.endswith("v=kCc8FmEb1nY&t=1297s")


def test_citation_with_several_versions_names_one_paper():
    assert parse_identifier("arXiv:1706.03762v5, also arXiv:1706.03762v7").version == "v5"


def test_key_of_an_unlisted_video_is_kept_in_its_link():
    assert parse_identifier("https://player.vimeo.com/video/235352744?h=abcdef1234").url.endswith(
        "/235352744/abcdef1234"
    )


def test_anthology_papers_have_dois():
    assert doi_of_acl("N18-2074") == ["10.18653/v1/n18-2074", "10.3115/v1/n18-2074"]


@given(st.text(max_size=300) | st.from_regex(r"https?://[ -~]{1,60}") | st.from_regex(r"(arxiv|doi|isbn):? ?.{0,30}"))
def test_any_text_is_an_identifier_or_refused(text):
    try:
        found = parse_identifier(text)
    except NotAnIdentifier:
        return
    assert found.value
    assert len(found.value) <= 500
    assert found.url.startswith(("http://", "https://"))
