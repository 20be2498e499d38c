"""What a presentation still lacks, where a page shows it."""

from django import template

from sessions.checklist import ChecklistItem, checklist, lacking
from sessions.models import Presentation

register = template.Library()


@register.filter
def checklist_of(presentation: Presentation) -> list[ChecklistItem]:
    """All that it should have, done or not."""
    return checklist(presentation)


@register.filter
def lacks(presentation: Presentation) -> list[ChecklistItem]:
    """What is still to do."""
    return lacking(presentation)
