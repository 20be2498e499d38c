"""Which of some links are gone."""

from collections.abc import Iterable

from papers.models import EntryLink, LinkCheck

MOST = 5_000


def mark_gone(links: Iterable[EntryLink]) -> None:
    """Write `is_gone` and `archived_url` to each link, with one query."""
    gone = dict(LinkCheck.objects.gone().values_list("url", "archived_url")[:MOST])
    for link in links:
        link.is_gone, link.archived_url = link.url in gone, gone.get(link.url, "")
