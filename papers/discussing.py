"""What of this floor is discussed, and whose it is."""

from typing import Any

from papers.models import Paper, ReadingList, Report
from readinggroup.discussions import Discussed, register_discussed
from readinggroup.forms.comments import CommentForm
from readinggroup.models import Member


def _authors(report: Report) -> list[Member]:
    return list(Member.objects.active().filter(report_credits__report=report))


def _one(member: Any) -> list[Member]:
    return [member] if member else []


def register_all() -> None:
    register_discussed(
        Discussed("paper", Paper, Paper.objects.visible_to, lambda paper: _one(paper.added_by), CommentForm)
    )
    register_discussed(Discussed("report", Report, Report.objects.visible_to, _authors, CommentForm))
    register_discussed(
        Discussed("list", ReadingList, ReadingList.objects.visible_to, lambda kept: _one(kept.owner), CommentForm)
    )
