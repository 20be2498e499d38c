"""Adding many papers that somebody has described already, in a few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.abstracts import render_abstract
from papers.metadata import has_source
from papers.models import Author, Identifier, Link, MetadataFetch, Paper, PaperAuthor
from papers.references import Reference
from papers.services.papers import kind_of, links_of
from papers.titles import title_key
from readinggroup.many_rows import create_rows, insert_rows
from readinggroup.models import Member
from readinggroup.search import index_many_after_commit
from readinggroup.slugs import unique_slugs

BATCH = 500


@dataclass(frozen=True)
class NewPaper:
    """`sources` says which field the description gave, and `source` what it is called."""

    reference: Reference
    sources: dict[str, str]
    source: str


def add_described_papers(new: Sequence[NewPaper], *, added_by: Member | None) -> list[Paper]:
    """Add papers that nobody has added yet, in the order of `new`.

    Those with a name that a source knows are asked about at the next sweep. Raises IntegrityError when somebody else
    adds one of them at the same moment.
    """
    papers = _papers(new, added_by)
    with transaction.atomic():
        create_rows(papers, known_by="slug")
        pairs = list(zip(papers, new, strict=True))
        _add_names(pairs)
        _add_authors(pairs)
        MetadataFetch.objects.bulk_create((_fetch(paper, one) for paper, one in pairs), batch_size=BATCH)
        index_many_after_commit(papers)
    return papers


def _papers(new: Sequence[NewPaper], added_by: Member | None) -> list[Paper]:
    slugs = unique_slugs(Paper, [one.reference.title for one in new])
    return [
        Paper(
            kind=_kind(told),
            title=told.title,
            title_key=title_key(told.title),
            slug=slug,
            abstract=told.abstract,
            abstract_html=render_abstract(told.abstract) if told.abstract else "",
            published_on=told.published_on,
            published_precision=told.published_precision,
            venue=told.venue,
            language=told.language,
            field_sources=one.sources,
            added_by=added_by,
        )
        for one, slug in zip(new, slugs, strict=True)
        for told in [one.reference]
    ]


def _kind(told: Reference) -> str:
    """As the file says, unless it says nothing in particular and the name says more."""
    if told.kind == Paper.Kind.ARTICLE and told.identifiers and told.identifiers[0].scheme != "url":
        return kind_of(told.identifiers[0])
    return told.kind


def _add_names(pairs: list[tuple[Paper, NewPaper]]) -> None:
    taken: set[tuple[str, str]] = set()
    names: list[tuple[Any, ...]] = []
    links: list[tuple[Any, ...]] = []
    for paper, one in pairs:
        places: dict[str, tuple[str, str]] = {}
        for named in one.reference.identifiers:
            if (named.scheme, named.value) not in taken:
                taken.add((named.scheme, named.value))
                names.append((paper.pk, named.scheme, named.value, named.version))
            for kind, url, label in links_of(named):
                places.setdefault(url, (kind, label))
        for kind, url in (("pdf", one.reference.pdf), (_link_kind(one.reference.address), one.reference.address)):
            if url and len(url) <= 1000 and url not in places:
                places[url] = (kind, "")
        links += [(paper.pk, kind, url, label) for url, (kind, label) in places.items()]
    insert_rows(Identifier, ("paper_id", "scheme", "value", "version"), names)
    insert_rows(Link, ("paper_id", "kind", "url", "label"), links)


def _link_kind(url: str) -> str:
    return "pdf" if url.lower().endswith(".pdf") else "page"


def _add_authors(pairs: list[tuple[Paper, NewPaper]]) -> None:
    authors = [(paper, position, Author(name=name)) for paper, one in pairs for position, name in _numbered(one)]
    Author.objects.bulk_create((author for _, _, author in authors), batch_size=BATCH)
    places = ((paper.pk, author.pk, position) for paper, position, author in authors)
    insert_rows(PaperAuthor, ("paper_id", "author_id", "position"), places)


def _numbered(one: NewPaper) -> list[tuple[int, str]]:
    return list(enumerate(one.reference.authors, start=1))


def _fetch(paper: Paper, one: NewPaper) -> MetadataFetch:
    """The job of asking for more, done from the start where only a page could be asked."""
    job = MetadataFetch(paper=paper, source=one.source)
    if not any(named.scheme != "url" and has_source(named.scheme) for named in one.reference.identifiers):
        job.status, job.finished_at = MetadataFetch.Status.DONE, timezone.now()
    return job
