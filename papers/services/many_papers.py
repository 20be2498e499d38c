"""Finding and adding the papers behind many links at once, in a few queries instead of ten for each."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from papers.documents.document import DocumentLink
from papers.documents.paper_links import is_paper, parsed
from papers.identifiers import ParsedIdentifier
from papers.models import Identifier
from papers.services.import_runs import ImportRun
from papers.services.papers import add_paper, add_papers

CHUNK = 300


def papers_behind(links: Iterable[DocumentLink], *, run: ImportRun) -> dict[str, int]:
    """The number of the Paper behind each address that names one, by address.

    Addresses of papers are added when new, under the fullest title that the links give them, in whatever order. A web
    page or a video becomes no paper by being listed, but meets one that somebody added before.
    """
    named: dict[str, tuple[ParsedIdentifier, str]] = {}
    for link in links:
        if before := named.get(link.href):
            named[link.href] = (before[0], _fuller(before[1], link.text))
        elif found := parsed(link.href):
            named[link.href] = (found, link.text)
    known = papers_known_as({found.value for found, _ in named.values()})
    fresh: dict[tuple[str, str], tuple[ParsedIdentifier, str]] = {}
    for href, (found, text) in named.items():
        key = (found.scheme, found.value)
        if key not in known and is_paper(href):
            first, title = fresh.get(key, (found, text))
            fresh[key] = (first, _fuller(title, text))
    known |= _added(fresh, run)
    papers = {href: known.get((found.scheme, found.value)) for href, (found, _) in named.items()}
    return {href: paper for href, paper in papers.items() if paper}


def _fuller(one: str, other: str) -> str:
    return max(one, other, key=lambda title: (len(title), title))


def _added(fresh: dict[tuple[str, str], tuple[ParsedIdentifier, str]], run: ImportRun) -> dict[tuple[str, str], int]:
    """New papers, in one go or, when somebody adds one of them at the same moment, one by one."""
    if not fresh:
        return {}
    try:
        with transaction.atomic():
            papers = add_papers(dict(fresh.values()), added_by=run.imported_by)
    except IntegrityError:
        papers = [add_paper(found.url, added_by=run.imported_by)[0] for found, _ in fresh.values()]
    run.added["paper"] += len(papers)
    return dict(zip(fresh, (paper.pk for paper in papers), strict=True))


def papers_known_as(values: set[str]) -> dict[tuple[str, str], int]:
    """The number of the paper behind each identifier with one of these values, by scheme and value."""
    found: dict[tuple[str, str], int] = {}
    ordered = sorted(values)
    for start in range(0, len(ordered), CHUNK):
        rows = Identifier.objects.filter(value__in=ordered[start : start + CHUNK])
        found |= {(scheme, value): paper for scheme, value, paper in rows.values_list("scheme", "value", "paper_id")}
    return found
