from django import template

from readinggroup.covers import palette_of

register = template.Library()


@register.simple_tag
def title_palette(title: str) -> int:
    """The number of the colour of a cover that is drawn from a title."""
    return palette_of(title)
