"""Whether two descriptions may be of one work: by title, authors and year."""

import re
import unicodedata
from collections.abc import Iterable

from papers.citations.names import csl_name, family_of
from papers.models import Paper
from papers.titles import TELLING, title_key

CHUNK = 300


def families(names: Iterable[str]) -> set[str]:
    """The family names in plain small letters."""
    return {plain for name in names if (plain := _plain(family_of(csl_name(name))))}


def agree(
    names: Iterable[str], year: int | None, others: Iterable[str], other_year: int | None, *, years: int = 1
) -> bool:
    """Whether nothing that is known of two works sets them apart: no author in common, or years too far away."""
    ours, theirs = families(names), families(others)
    if ours and theirs and not ours & theirs:
        return False
    return not (year and other_year and abs(year - other_year) > years)


def says_enough(key: str, names: Iterable[str], year: int | None) -> bool:
    """Whether a title is one work's alone, or stands with authors and a year."""
    return len(key) >= TELLING or bool(key and year and families(names))


def papers_titled(titles: Iterable[str]) -> dict[str, list[Paper]]:
    """The papers with these titles, with authors and identifiers, by the titles' keys."""
    keys = sorted({key for title in titles if (key := title_key(title))})
    found: dict[str, list[Paper]] = {}
    for start in range(0, len(keys), CHUNK):
        papers = Paper.objects.filter(title_key__in=keys[start : start + CHUNK]).order_by("pk")
        for paper in papers.with_authors().prefetch_related("identifiers"):
            found.setdefault(paper.title_key, []).append(paper)
    return found


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]+", "", "".join(character for character in apart if not unicodedata.combining(character)))
