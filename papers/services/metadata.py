"""Fetching what a paper is called, who wrote it and when it appeared: the work of `MetadataFetch`."""

import random
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from papers.abstracts import render_abstract
from papers.identifiers import ParsedIdentifier
from papers.metadata import (
    MetadataNotFound,
    MetadataNotOffered,
    MetadataUnavailable,
    PaperMetadata,
    SourceBusy,
    load_metadata,
)
from papers.models import MetadataFetch, Paper
from papers.services.authors import set_authors
from readinggroup.jobs import LeaseLost
from readinggroup.slugs import unique_slug

#: Seconds until the second, third, ... attempt.
DELAYS = (60, 300, 1800, 7200)
#: The order in which a paper's identifiers are tried.
TRUST = ("arxiv", "doi", "acl")
FIELDS = ("kind", "title", "abstract", "venue", "language")


def fetch_metadata(paper: Paper) -> None:
    """Ask the sources about `paper` and write what they say, except over what a person corrected.

    Does nothing when another worker is at it or nothing is to be done. A source that is away is asked again later, a
    limited number of times; whatever happens, the row says in a sentence what did.
    """
    job = MetadataFetch.objects.claim(paper.pk)
    if job is None:
        return
    try:
        _work(job, paper)
    except LeaseLost:
        return


def fetch_metadata_again(paper: Paper) -> None:
    """Start the fetch of `paper` anew, at a member's or organiser's wish."""
    job, _ = MetadataFetch.objects.get_or_create(paper=paper)
    job.requested_at = timezone.now()
    job.save(update_fields=["requested_at"])
    job.restart()


def _work(job: MetadataFetch, paper: Paper) -> None:
    try:
        metadata = _ask_in_order(paper)
    except SourceBusy as busy:
        job.put_off("busy", f"{busy}.", until=timezone.now() + timedelta(seconds=busy.retry_after or 10))
    except MetadataUnavailable as away:
        seconds = max(_delay(job.attempts), away.retry_after or 0)
        job.postpone("unavailable", f"{away}.", until=timezone.now() + timedelta(seconds=seconds))
    except MetadataNotOffered as error:
        job.fail("no_source", str(error))
    except MetadataNotFound as error:
        job.fail("not_found", str(error))
    else:
        with job.holding_lease():
            write_metadata(paper, metadata)
            job.source = metadata.source
            job.save(update_fields=["source"])
            job.finish()


def _delay(attempts: int) -> float:
    base = DELAYS[min(attempts, len(DELAYS)) - 1]
    return base * random.uniform(1, 1.2)  # noqa: S311 -- spreads the load, keeps no secret


def _ask_in_order(paper: Paper) -> PaperMetadata:
    """Return the first answer. An absent source is remembered rather than an ignorant one: it may know the paper."""
    absent: MetadataUnavailable | None = None
    ignorant: MetadataNotFound = MetadataNotOffered("Titles of such addresses are not fetched. Fill it in yourself.")
    rows = [row for row in paper.identifiers.all() if row.scheme in TRUST]
    for row in sorted(rows, key=lambda row: TRUST.index(row.scheme)):
        try:
            return load_metadata(ParsedIdentifier(row.scheme, row.value, row.version))
        except MetadataUnavailable as error:
            absent = absent or error
        except MetadataNotFound as error:
            ignorant = error
    raise absent or ignorant


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
        for named in metadata.identifiers:
            # The same name on another paper stays there: whether the two are one work is for a person to say.
            paper.identifiers.model.objects.get_or_create(
                scheme=named.scheme, value=named.value, defaults={"paper": paper, "version": named.version}
            )
        paper.save(update_fields=changed or ["kind"])
        if "title" in changed:
            _take_slug(paper)


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


def _take_slug(paper: Paper) -> None:
    """A readable address. Two papers of one title may want the same at one moment; then the old address stays."""
    try:
        with transaction.atomic():
            paper.slug = unique_slug(Paper, paper.title)
            paper.save(update_fields=["slug"])
    except IntegrityError:
        paper.refresh_from_db(fields=["slug"])
