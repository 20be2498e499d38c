"""Asking the site's own views, as somebody who is not signed in."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.template.response import SimpleTemplateResponse
from django.test import RequestFactory
from django.urls import Resolver404, ResolverMatch, resolve

from readinggroup.static_site.addresses import Address

#: Pages that mean something only while the site runs, and parts that pages fetch while something changes.
LIVE = {
    "search",
    "livez",
    "healthz",
    "sessions:archive_export",
    "papers:paper_card",
    "papers:paper_compact",
    "sessions:slide_deck_part",
    "sessions:recording_suggestion_part",
}
_LIVE_ROUTES = re.compile(r"(admin|accounts|account)/")
#: An address with one of these is somebody's own.
SECRETS = {"token", "key", "secret"}


class ViewFailed(Exception):
    """A page could not be made; the message names it."""


class NotForVisitors(Exception):
    """Nothing is there for a visitor."""


class NeedsTheServer(Exception):
    """Something is there, but it is of no use without the running site."""


def ask(address: Address) -> tuple[str, HttpResponseBase]:
    """The name of the view behind `address` and what it answers: something found, or a way to it.

    Raises NotForVisitors, NeedsTheServer, or ViewFailed.
    """
    match = _match(address)
    request = RequestFactory().get(address.spelled, secure=settings.SITE_IS_SECURE, SERVER_NAME=settings.SITE_HOST)
    request.user = AnonymousUser()
    request.resolver_match = match
    request.site_is_static = True  # type: ignore[attr-defined]
    try:
        response = match.func(request, *match.args, **match.kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response = response.render()
    except Http404 as error:
        raise NotForVisitors from error
    except PermissionDenied as error:
        raise NeedsTheServer from error
    except Exception as error:
        raise ViewFailed(f"The page {address.path} cannot be made: {error!r}") from error
    _check(response)
    return match.view_name, response


def leads_to(response: HttpResponseBase) -> str:
    """Where a redirect leads, "" for other answers. Raises NeedsTheServer when that is the sign-in page."""
    location = response.headers.get("Location", "") if 300 <= response.status_code < 400 else ""
    if location.startswith(resolve_url(settings.LOGIN_URL)):
        raise NeedsTheServer
    return location


def _match(address: Address) -> ResolverMatch:
    path = unquote(address.path)
    if not address.is_one_of_few or _LIVE_ROUTES.match(path.lstrip("/")):
        raise NeedsTheServer
    try:
        match = resolve(path)
    except Resolver404 as error:
        raise NotForVisitors from error
    if match.view_name in LIVE or SECRETS & set(match.kwargs):
        raise NeedsTheServer
    return match


def _check(response: HttpResponseBase) -> None:
    if response.status_code in (404, 410):
        raise NotForVisitors
    if response.status_code >= 400:
        raise NeedsTheServer
