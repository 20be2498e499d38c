"""What a presentation still lacks: the one place that says so, for its page, the organisers' view and mails.

It reads what is loaded and asks nothing of the network; `Presentation.objects.with_checklist()` loads it for many rows.
"""

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from sessions.models import Condition, Presentation

Key = Literal["paper", "summary", "slides", "recording"]
Due = Literal["before", "after"]


@dataclass(frozen=True)
class ChecklistItem:
    """One thing that a presentation should have; that there will be none, once somebody said so, is an answer.

    `text` tells what there is, or what is still to do; `action` names the step at `path`. With `may_be_none`, “there
    will be none” is one of the answers.
    """

    key: Key
    due: Due
    is_done: bool
    text: str
    action: str
    path: str
    may_be_none: bool = False

    @property
    def label(self) -> str:
        return self.key.capitalize()


def checklist(presentation: Presentation) -> list[ChecklistItem]:
    """All that a presentation should have, done or not, in the order in which it is done."""
    return [find(presentation) for find in (_paper, _slides, _summary, _recording)]


def lacking(presentation: Presentation, due: Due | None = None) -> list[ChecklistItem]:
    """What is still to do, all of it or what is `due` before or after the presentation."""
    return [item for item in checklist(presentation) if not item.is_done and due in (None, item.due)]


def _paper(presentation: Presentation) -> ChecklistItem:
    papers = [place.paper for place in presentation.paper_places.all()]
    if papers:
        text = papers[0].display_title if len(papers) == 1 else f"{len(papers)} papers"
    elif presentation.title:
        text = "No paper; the title says what it is about."
    else:
        text = "Say which paper it is about, or give it a title if it is about none."
    is_done = bool(papers or presentation.title)
    return ChecklistItem("paper", "before", is_done, text, "Fix the paper", _edit_path(presentation, "papers"))


def _summary(presentation: Presentation) -> ChecklistItem:
    text = "Written." if presentation.summary else "Two sentences for those who were not there."
    path = _edit_path(presentation, "summary")
    return ChecklistItem("summary", "after", bool(presentation.summary), text, "Write it", path)


def _slides(presentation: Presentation) -> ChecklistItem:
    missing = presentation.slides_are_missing
    if missing:
        text = presentation.slides_reason or "A file or an address, or say that there will be none."
    elif presentation.slide_decks.all():
        text = "Here."
    else:
        text = _said(presentation.slides_condition, presentation.slides_reason, "They are elsewhere.")
    path = reverse("sessions:slide_deck_upload", args=[presentation.pk])
    return ChecklistItem("slides", "before", not missing, text, "Add slides", path, missing)


def _recording(presentation: Presentation) -> ChecklistItem:
    missing = presentation.recording_is_missing
    if missing:
        text = "A link or a file, or say that there will be none."
    else:
        text = _said(presentation.recording_condition, presentation.recording_reason, "Here.")
    path = reverse("sessions:recording_edit", args=[presentation.pk])
    return ChecklistItem("recording", "after", not missing, text, "Add the recording", path, missing)


def _said(condition: str, reason: str, here: str) -> str:
    """What was said instead of a file."""
    if condition == Condition.NONE:
        return reason or "There will be none."
    return f"Withheld. {reason}" if condition == Condition.WITHHELD else here


def _edit_path(presentation: Presentation, field: str) -> str:
    return f"{reverse('sessions:presentation_edit', args=[presentation.pk])}#id_{field}"
