"""Addresses of calendars, where a page offers them."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def calendar_address(name: str, *args: object) -> dict[str, str]:
    """The address of the calendar view `name`, and the same in the scheme that calendar programs open."""
    address = settings.SITE_URL + reverse(f"sessions:{name}", args=args)
    return {"address": address, "webcal": f"webcal://{address.partition('://')[2]}"}
