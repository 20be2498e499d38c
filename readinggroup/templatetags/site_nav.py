"""The header: the site's name in two colours, and links that know where they are."""

from django import template
from django.conf import settings
from django.template import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def site_name_words() -> tuple[str, str]:
    """The site's name, its last word apart: that one takes the accent colour."""
    first, _, last = settings.SITE_NAME.rpartition(" ")
    return (first, last) if first else (last, "")


@register.simple_tag(takes_context=True)
def nav_link(context: RequestContext, label: str, name: str) -> SafeString:
    """A list item that links to the page `name` and is marked while the reader is below it."""
    url = reverse(name)
    request = context.get("request")
    here = bool(request and request.path.startswith(url))
    current = format_html(' aria-current="{}"', "page" if request and request.path == url else "true") if here else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, current, label)
