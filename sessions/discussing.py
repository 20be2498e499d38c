"""Presentations are discussed, down to a slide or a second."""

from readinggroup.discussions import Discussed, register_discussed
from readinggroup.models import Member
from sessions.forms.comments import PinnedCommentForm
from sessions.models import Presentation


def _presenters(presentation: Presentation) -> list[Member]:
    return list(Member.objects.active().filter(presenter_places__presentation=presentation))


def register_all() -> None:
    register_discussed(
        Discussed("presentation", Presentation, Presentation.objects.visible_to, _presenters, PinnedCommentForm)
    )
