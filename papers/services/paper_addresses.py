"""Where a paper is found again."""

from django.conf import settings

from papers.citations.record import address_of
from papers.models import Paper


def paper_address(paper: Paper) -> str:
    """An address by which the paper is known again when it is read back: by the name under which it was added."""
    first = next(iter(paper.identifiers.all()), None)
    if first is None:
        return address_of(paper, {}) or settings.SITE_URL + paper.get_absolute_url()
    version = first.version if first.scheme == first.Scheme.ARXIV else ""
    return address_of(paper, {first.scheme: f"{first.value}{version}"})
