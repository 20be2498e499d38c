"""Adding papers and correcting what is known about them."""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from papers.abstracts import render_abstract
from papers.identifiers import NotAnIdentifier, ParsedIdentifier, parse_identifier
from papers.metadata import has_source
from papers.models import Identifier, Link, MetadataFetch, Paper
from papers.services.authors import set_authors
from papers.services.duplicates import find_duplicates
from papers.services.known_names import topic_called
from papers.services.metadata import fetch_metadata, fetch_metadata_again
from papers.titles import title_key
from readinggroup.many_rows import create_rows, insert_rows
from readinggroup.models import Member
from readinggroup.search import index_after_commit, index_many_after_commit
from readinggroup.slugs import unique_slug, unique_slugs

__all__ = [
    "NotAnIdentifier",
    "NothingToEdit",
    "add_paper",
    "add_papers",
    "edit_paper",
    "fetch_metadata",
    "fetch_metadata_again",
    "find_paper",
    "set_topics",
]

log = logging.getLogger(__name__)

BATCH = 500
NO_SOURCE = "No source we ask describes such papers. Fill in the title yourself."
EDITABLE = {"kind", "title", "abstract", "published_on", "published_precision", "venue", "language", "authors"}


_KINDS = {
    "isbn": Paper.Kind.BOOK,
    "youtube": Paper.Kind.VIDEO,
    "vimeo": Paper.Kind.VIDEO,
    "github": Paper.Kind.SOFTWARE,
}
_LABELS = {
    "doi": "Publisher",
    "openreview": "OpenReview",
    "isbn": "Open Library",
    "pmid": "PubMed",
    "pmc": "PubMed Central",
    "s2": "Semantic Scholar",
}


class NothingToEdit(ValueError):
    """A field was named that a person cannot edit."""


def find_paper(text: str) -> Paper | None:
    """Return the paper that `text` names, or None. Raises NotAnIdentifier."""
    return _paper_named(parse_identifier(text))


def add_paper(text: str, *, added_by: Member | None) -> tuple[Paper, bool]:
    """Return the paper that `text` names and whether it is new; a new one's metadata are fetched in the background.

    Whatever the spelling, and however many people add it at once, one work is one Paper: the unique constraint on its
    identifier decides. Raises NotAnIdentifier with a sentence for the member.
    """
    named = parse_identifier(text)
    known = _paper_named(named)
    if known:
        return known, False
    try:
        with transaction.atomic():
            return _create_paper(named, added_by), True
    except IntegrityError:
        known = _paper_named(named)
        if known is None:
            raise
        return known, False


def add_papers(named: dict[ParsedIdentifier, str], *, added_by: Member | None) -> list[Paper]:
    """Add many papers that nobody has added yet, under the titles given, in a few queries; `named` is in their order.

    As `add_paper` does, with two differences for the sake of speed: metadata are asked for at the next sweep, and rows
    are made in batches. Raises IntegrityError when somebody else adds one of them at the same moment.
    """
    titles = [title[:600] for title in named.values()]
    papers = [
        Paper(kind=kind_of(name), title=title, title_key=title_key(title), slug=slug, added_by=added_by)
        for name, title, slug in zip(named, titles, unique_slugs(Paper, titles), strict=True)
    ]
    with transaction.atomic():
        create_rows(papers, known_by="slug")
        pairs = list(zip(papers, named, strict=True))
        identifiers = ((p.pk, n.scheme, n.value, n.version) for p, n in pairs)
        insert_rows(Identifier, ("paper_id", "scheme", "value", "version"), identifiers)
        links = ((p.pk, *link) for p, n in pairs for link in links_of(n))
        insert_rows(Link, ("paper_id", "kind", "url", "label"), links)
        asked = [paper for paper, name in pairs if has_source(name.scheme)]
        insert_rows(MetadataFetch, ("paper_id",), ((paper.pk,) for paper in asked))
        hopeless = (first_fetch(paper, name) for paper, name in pairs if not has_source(name.scheme))
        MetadataFetch.objects.bulk_create(hopeless, batch_size=BATCH)
        index_many_after_commit(papers)
    return papers


def edit_paper(paper: Paper, *, edited_by: Member | None, **fields: Any) -> Paper:
    """Write what a person corrected, and remember it so that no fetch overwrites it.

    `fields` are named as on the model; `authors` are names in order. Fields that stay as they are do not count as
    corrected. Raises NothingToEdit for other names.
    """
    if unknown := set(fields) - EDITABLE:
        raise NothingToEdit(", ".join(sorted(unknown)))
    with transaction.atomic():
        paper = Paper.objects.select_for_update().get(pk=paper.pk)
        names = fields.pop("authors", None)
        changed = {name for name, value in fields.items() if getattr(paper, name) != value}
        for name in changed:
            setattr(paper, name, fields[name])
        if names is not None and list(names) != paper.author_names:
            set_authors(paper, [(name, "") for name in names])
            changed.add("authors")
        if changed:
            paper.edited_fields = sorted({*paper.edited_fields, *changed})
            _save(paper, changed)
            find_duplicates([paper.pk])
            log.info(
                "Paper %s: %s corrected by member %s", paper.pk, ", ".join(sorted(changed)), edited_by and edited_by.pk
            )
    return paper


def set_topics(paper: Paper, names: Iterable[str]) -> None:
    """Make `names` the topics of `paper`; new topics are made, capitals do not make two of one."""
    with transaction.atomic():
        paper.topics.set([topic_called(name) for name in dict.fromkeys(names)])
        index_after_commit(paper)


def _paper_named(named: ParsedIdentifier) -> Paper | None:
    found = Identifier.objects.select_related("paper").filter(scheme=named.scheme, value=named.value).first()
    return found.paper if found else None


def _create_paper(named: ParsedIdentifier, added_by: Member | None) -> Paper:
    paper = Paper.objects.create(kind=kind_of(named), added_by=added_by)
    paper.identifiers.create(scheme=named.scheme, value=named.value, version=named.version)
    for kind, url, label in links_of(named):
        paper.links.create(kind=kind, url=url, label=label)
    job = first_fetch(paper, named)
    job.save()
    if job.is_waiting:
        job.enqueue()
    return paper


def first_fetch(paper: Paper, named: ParsedIdentifier) -> MetadataFetch:
    """The job of asking for a new paper's metadata; where there is nobody to ask it has failed from the start."""
    job = MetadataFetch(paper=paper)
    if not has_source(named.scheme):
        job.status, job.error_code, job.error = MetadataFetch.Status.FAILED, "no_source", NO_SOURCE
        job.finished_at = timezone.now()
    return job


def kind_of(named: ParsedIdentifier) -> str:
    """What kind of work such a name usually has, until a source says more."""
    if named.scheme == "url":
        return Paper.Kind.ARTICLE if named.value.lower().endswith(".pdf") else Paper.Kind.POST
    return _KINDS.get(named.scheme, Paper.Kind.ARTICLE)


def links_of(named: ParsedIdentifier) -> list[tuple[str, str, str]]:
    """Kind, address and label of what can be linked before any source has answered."""
    match named.scheme:
        case "arxiv":
            page, pdf = f"https://arxiv.org/abs/{named.value}", f"https://arxiv.org/pdf/{named.value}"
            return [("page", page, "arXiv"), ("pdf", pdf, "PDF at arXiv")]
        case "acl":
            return [
                ("page", named.url, "ACL Anthology"),
                ("pdf", named.url.rstrip("/") + ".pdf", "PDF at ACL Anthology"),
            ]
        case "youtube" | "vimeo":
            return [("video", named.url, "YouTube" if named.scheme == "youtube" else "Vimeo")]
        case "github":
            return [("code", named.url, "GitHub")]
        case "url":
            return [("pdf" if named.value.lower().endswith(".pdf") else "page", named.url, "")]
    return [("page", named.url, _LABELS.get(named.scheme, ""))]


def _save(paper: Paper, changed: set[str]) -> None:
    columns = {*changed - {"authors"}, "edited_fields"}
    if "abstract" in changed:
        paper.abstract_html = render_abstract(paper.abstract)
        columns.add("abstract_html")
    if "title" in changed and paper.title:
        paper.slug = unique_slug(Paper, paper.title)
        columns.add("slug")
    paper.save(update_fields=columns)
