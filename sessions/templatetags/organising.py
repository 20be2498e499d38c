"""What the admin's front page says of the term."""

from django import template

from sessions.models import Session

register = template.Library()


@register.simple_tag
def sessions_needing_attention() -> int:
    """How many sessions lack something."""
    count: int = Session.objects.needing_attention().count()
    return count
