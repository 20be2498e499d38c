"""Fetching what a paper is called, who wrote it and when it appeared: the work of `MetadataFetch`."""

import random
from datetime import timedelta

from django.utils import timezone

from papers.identifiers import ParsedIdentifier
from papers.metadata import (
    Known,
    MetadataNotFound,
    MetadataNotOffered,
    MetadataUnavailable,
    SourceBusy,
    arxiv,
    describe,
)
from papers.models import Identifier, MetadataFetch, Paper
from papers.services.writing_metadata import write_metadata
from readinggroup.jobs import LeaseLost

__all__ = ["fetch_metadata", "fetch_metadata_again", "write_metadata"]

#: Seconds until the second, third, ... attempt.
DELAYS = (60, 300, 1800, 7200)


def fetch_metadata(paper: Paper) -> None:
    """Ask the sources about `paper` and write what they say, except over what a person corrected.

    Does nothing when another worker is at it or nothing is to be done. A source that is away is asked again later, a
    limited number of times; whatever happens, the row says in a sentence what did. Other papers that wait for arXiv
    are asked about in the same request and filled in with it.
    """
    job = MetadataFetch.objects.claim(paper.pk)
    if job is None:
        return
    jobs, known = _ask_arxiv([job])
    for each in jobs:
        try:
            _work(each, paper if each is job else each.paper, known)
        except LeaseLost:
            continue


def _ask_arxiv(jobs: list[MetadataFetch]) -> tuple[list[MetadataFetch], Known]:
    """Ask arXiv in one request about the paper of `jobs` and about all others, up to a hundred, that wait for it.

    Returns the jobs that are now this worker's, and what arXiv said. Who waits is asked after arXiv's turn has come:
    papers that were added during the wait are among them.
    """
    ids = _arxiv_ids(jobs)
    if not ids:
        return jobs, {}
    try:
        arxiv.wait_for_turn()
        jobs = [*jobs, *_claim_others(jobs[0])]
        ids = _arxiv_ids(jobs)
        found = arxiv.load_many(list(dict.fromkeys(ids.values())))
    except MetadataUnavailable as error:
        return jobs, {("arxiv", value): error for value in ids.values()}
    return jobs, {("arxiv", value): answer for value, answer in found.items()}


def _arxiv_ids(jobs: list[MetadataFetch]) -> dict[int, str]:
    """The arXiv id of each paper that has one."""
    rows = Identifier.objects.filter(paper__in=[job.pk for job in jobs], scheme="arxiv").order_by("-pk")
    return dict(rows.values_list("paper", "value"))


def _claim_others(job: MetadataFetch) -> list[MetadataFetch]:
    due = MetadataFetch.objects.due().filter(paper__identifiers__scheme="arxiv").exclude(pk=job.pk)
    waiting = due.order_by("pk").values_list("pk", flat=True).distinct()[: arxiv.MOST_IDS - 1]
    claimed = (MetadataFetch.objects.claim(pk) for pk in list(waiting))
    return [other for other in claimed if other is not None]


def fetch_metadata_again(paper: Paper) -> None:
    """Start the fetch of `paper` anew, at a member's or organiser's wish."""
    job, _ = MetadataFetch.objects.get_or_create(paper=paper)
    job.requested_at = timezone.now()
    job.save(update_fields=["requested_at"])
    job.restart()


def _work(job: MetadataFetch, paper: Paper, known: Known) -> None:
    names = [ParsedIdentifier(row.scheme, row.value, row.version) for row in paper.identifiers.all()]
    try:
        metadata = describe(names, known=known)
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
            job.source = ", ".join(dict.fromkeys(metadata.sources.values()))[:40]
            job.save(update_fields=["source"])
            job.finish()


def _delay(attempts: int) -> float:
    base = DELAYS[min(attempts, len(DELAYS)) - 1]
    return base * random.uniform(1, 1.2)  # noqa: S311 -- spreads the load, keeps no secret
