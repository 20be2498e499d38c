"""Who may change what of this floor; who may see it is said by each QuerySet's `visible_to`."""

from typing import Any

from papers.models import Report


def may_edit_report(report: Report, user: Any) -> bool:
    """Its authors and organisers."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(user.is_organiser) or any(credit.member_id == user.pk for credit in report.credits.all())


def may_merge_papers(user: Any) -> bool:
    """Organisers: it changes what belongs to others, and takes a page away."""
    return bool(user.is_authenticated and user.is_active and user.is_organiser)


def may_edit_papers(user: Any) -> bool:
    """Every member may add papers and correct what is known about them."""
    return bool(user.is_authenticated and user.is_active)
