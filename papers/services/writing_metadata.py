"""Writing what sources say about a paper."""

from django.db import IntegrityError, transaction

from papers.abstracts import render_abstract
from papers.metadata import Notice, PaperMetadata
from papers.models import Identifier, Paper, PaperNotice, PossibleDuplicate
from papers.services.authors import set_authors
from papers.services.covers import request_cover
from papers.services.duplicates import find_duplicates, note_duplicate
from readinggroup.slugs import unique_slug

FIELDS = ("kind", "title", "abstract", "venue", "language", "licence")


def write_metadata(paper: Paper, metadata: PaperMetadata) -> None:
    """Write what a source says, except over what a person corrected; what it leaves open stays as it is."""
    with transaction.atomic():
        paper = Paper.objects.select_for_update().get(pk=paper.pk)
        kept = set(paper.edited_fields)
        changed = _take_fields(paper, metadata, kept)
        if metadata.authors and "authors" not in kept:
            set_authors(paper, [(author.name, author.orcid) for author in metadata.authors])
        for link in metadata.links:
            paper.links.get_or_create(url=link.url, defaults={"kind": link.kind, "label": link.label})
        _take_identifiers(paper, metadata)
        for notice in (*metadata.notices, *_newer_version(paper, metadata.version)):
            _take_notice(paper, notice)
        paper.field_sources = {**paper.field_sources, **metadata.sources}
        paper.save(update_fields=[*changed, "field_sources"])
        if "title" in changed:
            _take_slug(paper)
        find_duplicates([paper.pk])
        request_cover(paper)


def _take_fields(paper: Paper, metadata: PaperMetadata, kept: set[str]) -> list[str]:
    changed = []
    for name in FIELDS:
        value = getattr(metadata, name)
        if value and name not in kept and getattr(paper, name) != value:
            setattr(paper, name, value)
            changed.append(name)
    if "abstract" in changed:
        paper.abstract_html = render_abstract(paper.abstract)
        changed.append("abstract_html")
    if metadata.published_on and not kept & {"published_on", "published_precision"}:
        paper.published_on, paper.published_precision = metadata.published_on, metadata.published_precision
        changed += ["published_on", "published_precision"]
    return changed


def _take_identifiers(paper: Paper, metadata: PaperMetadata) -> None:
    """Add the names under which a source knows the paper.

    The same name on another paper stays there: whether the two are one work is for a person to say, who is asked.
    """
    for named in metadata.identifiers:
        row, _ = Identifier.objects.get_or_create(
            scheme=named.scheme, value=named.value, defaults={"paper": paper, "version": named.version}
        )
        note_duplicate(paper.pk, row.paper_id, PossibleDuplicate.Reason.IDENTIFIER, str(row))


def _newer_version(paper: Paper, version: str) -> list[Notice]:
    """Remember the newest version on arXiv; tell of it when the group knows an older one."""
    row = paper.identifiers.filter(scheme=Identifier.Scheme.ARXIV).first() if version else None
    if row is None:
        return []
    known, row.latest_version = row.version or row.latest_version, version
    row.save(update_fields=["latest_version"])
    if not known or _number(version) <= _number(known):
        return []
    return [Notice("version", version, f"https://arxiv.org/abs/{row.value}{version}", "arXiv")]


def _number(version: str) -> int:
    digits = version.removeprefix("v")
    return int(digits) if digits.isdecimal() else 0


def _take_notice(paper: Paper, notice: Notice) -> None:
    """Keep a notice once; of newer versions only the newest matters."""
    if notice.kind == PaperNotice.Kind.VERSION:
        paper.notices.filter(kind=notice.kind, source=notice.source).exclude(url=notice.url).delete()
    paper.notices.update_or_create(
        kind=notice.kind, url=notice.url, defaults={"detail": notice.detail[:500], "source": notice.source}
    )


def _take_slug(paper: Paper) -> None:
    """A readable address. Two papers of one title may want the same at one moment; then the old address stays."""
    try:
        with transaction.atomic():
            paper.slug = unique_slug(Paper, paper.title)
            paper.save(update_fields=["slug"])
    except IntegrityError:
        paper.refresh_from_db(fields=["slug"])
