"""Recorded answers, damaged as on a bad day: a named error or partial data, never a crash.

DAMAGED_ANSWERS sets how many are tried with each source; the plan of attack asks for 5,000.
"""

import json
import os
import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.metadata import MetadataNotFound, MetadataUnavailable
from tests.papers.test_recorded_answers import READERS

EXAMPLES = int(os.environ.get("DAMAGED_ANSWERS", "150"))
FOLDERS = ["arxiv", "crossref", "datacite", "openalex", "semanticscholar", "arxiv", "arxiv", "arxiv",
           "openlibrary-isbn", "oembed", "landing-html"]  # fmt: skip
PIECES = [
    b"\x00", b"\xff\xfe", b"null", b"1e999", b'""', b"[]", b"{}", b"[[[[", b"]", b'"', b"\\ud800", b"&a;", b"<",
    b"<![CDATA[",
    b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>', b"<html>", b"-1", b"true", b"9" * 400, b"\\u0000",
    "ı̇".encode(), "\u202e".encode(), b"title" * 50, b"x" * 3000,
]  # fmt: skip


@cache
def bodies(folder: Path) -> list[bytes]:
    """The smaller answers of a folder; damage to them is likelier to hit."""
    found = (path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())
    return [body for body in found if 0 < len(body) < 60_000] or [b"{}"]


def damaged(body: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    text = bytearray(body)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                del text[place:]
            case 1:
                del text[place : place + chance.randrange(200)]
            case 2:
                text[place : place + chance.randrange(30)] = chance.choice(PIECES)
            case _:
                text[place:place] = text[place : place + chance.randrange(300)]
    return bytes(text)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", range(len(READERS)))
def test_damaged_answer_ends_in_a_named_error_or_partial_data(shared_dir, number):
    known = bodies(shared_dir / "api" / FOLDERS[number])

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, 10**6), st.integers(0, 10**9))
    def read(which, seed):
        try:
            found = READERS[number](damaged(known[which % len(known)], seed))
        except (MetadataNotFound, MetadataUnavailable):
            return
        assert found.title
        assert len(found.title) <= 600
        (found.title + found.abstract + found.venue + "".join(a.name for a in found.authors)).encode()
        assert "\x00" not in found.title + found.abstract + found.venue

    read()


@pytest.mark.parametrize("read", READERS)
@pytest.mark.timeout(60)
def test_huge_answer_is_cut_to_what_is_kept(read):
    """A title of ten megabytes, ten thousand authors, a number beyond all numbers."""
    work = {
        "title": ["word " * 2_000_000],
        "author": [{"given": "A", "family": f"B{number}"} for number in range(10_000)],
        "issued": {"date-parts": [[1e999]]},
    }
    for body in (json.dumps({"message": work, **work}), json.dumps({"title": "word " * 2_000_000, "year": 10**400})):
        try:
            found = read(body.encode())
        except (MetadataNotFound, MetadataUnavailable):
            continue
        assert len(found.title) <= 600
        assert len(found.authors) <= 3_000
