from contextlib import suppress

from celery import shared_task


@shared_task(name="papers.fetch_metadata", time_limit=85)
def fetch_metadata(*, paper_id: int) -> None:
    """Ask the sources about one paper; a message too many does nothing, since claiming decides who works."""
    from papers.models import Paper
    from papers.services.metadata import fetch_metadata

    paper = Paper.objects.filter(pk=paper_id).first()
    if paper is not None:
        fetch_metadata(paper)


@shared_task(name="papers.watch_papers")
def watch_papers() -> None:
    """Look again at some papers that the group has read."""
    from papers.services.watching import watch_papers

    watch_papers()


@shared_task(name="papers.plan_link_checks")
def plan_link_checks() -> None:
    """Have some links looked at."""
    from papers.services.link_checks import plan_link_checks

    plan_link_checks()


@shared_task(name="papers.collect_links")
def collect_links() -> None:
    """Note which links stand in lists, reports and presentations now."""
    from papers.services.link_checks import collect_links

    collect_links()


@shared_task(name="papers.check_link", time_limit=100)
def check_link(*, link_check_id: int) -> None:
    """Look at one link, unless it is gone from all texts, done or in another worker's hands."""
    from papers.models import LinkCheck
    from papers.services.link_checks import check_link
    from readinggroup.jobs import LeaseLost

    check = LinkCheck.objects.claim(link_check_id)
    if check is None:
        return
    with suppress(LeaseLost):
        check_link(check)


@shared_task(name="papers.draft_collection")
def draft_collection() -> None:
    """Draft the week's link collection, if anybody found anything."""
    from papers.services.saved_links import NothingSaved, draft_collection

    with suppress(NothingSaved):
        draft_collection()


@shared_task(name="papers.draw_cover", time_limit=170)
def draw_cover(*, paper_id: int) -> None:
    """Draw one paper's cover, unless it is gone, done or in another worker's hands."""
    from papers.models import PaperCover
    from papers.services.covers import draw_cover
    from readinggroup.jobs import LeaseLost

    cover = PaperCover.objects.claim(paper_id)
    if cover is None:
        return
    with suppress(LeaseLost):
        draw_cover(cover)
