"""Rows that only tell a title meet the Paper of that title, whichever of the two came first."""

from collections.abc import Iterable

from papers.models import Entry, EntryLink, Paper, Report
from papers.services.paper_addresses import paper_address
from papers.services.same_works import papers_titled
from papers.titles import TELLING, title_key

BATCH = 500


def papers_called(titles: Iterable[str]) -> dict[str, Paper]:
    """The Paper that each title names, by the title: the only one so called, and a title that tells enough."""
    telling = {title: key for title in titles if len(key := title_key(title)) >= TELLING}
    found = papers_titled(telling)
    return {title: found[key][0] for title, key in telling.items() if len(found.get(key, [])) == 1}


def meet_reports_and_entries() -> int:
    """Give reports that know only the title of their paper, and entries without a link, the Paper so called."""
    return _meet_reports() + _meet_entries()


def _meet_reports() -> int:
    lonely = Report.objects.filter(paper=None, kind__in=(Report.Kind.PAPER, Report.Kind.RECENT))
    rows = list(lonely.exclude(paper_title="").values_list("pk", "paper_title"))
    papers = papers_called(title for _, title in rows)
    met = [(pk, papers[title]) for pk, title in rows if title in papers]
    for pk, paper in met:
        Report.objects.filter(pk=pk, paper=None).update(paper=paper)
    return len(met)


def _meet_entries() -> int:
    rows = list(Entry.objects.filter(links=None).exclude(title="").values_list("pk", "title"))
    papers = papers_called(title for _, title in rows)
    links = [
        EntryLink(
            entry_id=pk, position=1, url=paper_address(papers[title])[:1000], label=title[:600], paper=papers[title]
        )
        for pk, title in rows
        if title in papers
    ]
    EntryLink.objects.bulk_create(links, batch_size=BATCH)
    return len(links)
