"""A BibTeX file that is taken apart in pieces is read as if it were taken apart in one."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.references import bibtex_blocks
from papers.references.bibtex import read_bibtex

LINES = st.sampled_from(
    [
        "@article{one, title={A {B} c}, year=2019}", "@book(two, title={Cards)}, note={x} )", "@misc{three,",
        "  title = {Over", "  two lines},", "}", "@string{press = {Our press}}", "  publisher = press,", "@",
        'title = "half', "@article{one, title={A title again}}", "text between", "@comment{jabref-meta: x}",
        "  @misc{four, title={Set in}} @misc{five, title={On one line}}", "@article", "@misc{six, title={Yarn}, @}", "",
    ]
)  # fmt: skip


def read(text, piece):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bibtex_blocks, "PIECE", piece)
        file = read_bibtex(text)
    return list(file.references), file.broken, file.warnings, file.unused


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25), st.integers(1, 60))
def test_pieces_are_read_like_the_whole(lines, piece):
    text = "\n".join(lines)
    assert read(text, piece) == read(text, len(text) + 1)


def test_memory_of_reading_hardly_grows_with_the_references():
    def entries(count):
        abstract = "Some words about cards and yarn. " * 30
        return "".join(f"@article{{k{n}, title={{Paper {n}}}, abstract={{{abstract}}}}}\n" for n in range(count))

    def needed(text):
        tracemalloc.start()
        file = read_bibtex(text)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(file.references) == text.count("@article")
        return peak

    few, many = entries(500), entries(2_500)
    needed(few)
    # The text itself has been there before; each of its entries has a thousand characters.
    assert (needed(many) - needed(few)) / 2_000 < 300
