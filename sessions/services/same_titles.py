"""Presentations that only tell a title meet the Paper of that title."""

from papers.services.same_titles import meet_reports_and_entries, papers_called
from sessions.models import Presentation, PresentationPaper


def meet_by_title() -> int:
    """Let all rows that know only a title meet the Paper so called; return how many did."""
    rows = list(Presentation.objects.filter(paper_places=None).exclude(title="").values_list("pk", "title"))
    papers = papers_called(title for _, title in rows)
    places = [PresentationPaper(presentation_id=pk, paper=papers[title]) for pk, title in rows if title in papers]
    PresentationPaper.objects.bulk_create(places, batch_size=500, ignore_conflicts=True)
    return len(places) + meet_reports_and_entries()
