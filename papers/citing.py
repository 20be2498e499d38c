"""References as answers: by the end of an address (.bib), or by what a client says it accepts.

The media types are those of content negotiation for DOIs (https://citation.doi.org/docs.html).
"""

import html
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import register_converter
from django.utils.cache import patch_vary_headers
from django.utils.html import strip_tags

from papers.citations import as_bibtex, as_ris, formatted, with_keys
from papers.citations.record import Item

MEDIA_TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
    "txt": "text/x-bibliography",
}
STYLE_OF_TEXT = "apa"


class CitationFormatConverter:
    """The end of an address that asks for references: bib, ris, json (CSL) or txt (APA)."""

    regex = "bib|ris|json|txt"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CitationFormatConverter, "references")


def _as_json(items: Iterable[Item]) -> str:
    return json.dumps(with_keys(items), ensure_ascii=False, indent=1) + "\n"


def _as_text(items: Iterable[Item]) -> str:
    return "".join(f"{html.unescape(strip_tags(line))}\n" for line in formatted(items, STYLE_OF_TEXT))


WRITERS: dict[str, Callable[[Iterable[Item]], str]] = {
    "bib": as_bibtex,
    "ris": as_ris,
    "json": _as_json,
    "txt": _as_text,
}


def citation_response(items: Iterable[Item], extension: str, *, name: str, public: bool = True) -> HttpResponse:
    """The items in the format of `extension`, a key of MEDIA_TYPES, as a file called `name`."""
    response = HttpResponse(WRITERS[extension](items), content_type=f"{MEDIA_TYPES[extension]}; charset=utf-8")
    safe = re.sub(r"[^\w-]+", "-", name, flags=re.ASCII).strip("-")[:80] or "references"
    response.headers["Content-Disposition"] = f'inline; filename="{safe}.{extension}"'
    response.headers["Cache-Control"] = "public, max-age=300" if public else "private, no-cache"
    patch_vary_headers(response, ["Accept"])
    return response


def asked_format(request: HttpRequest) -> str:
    """The format that the client prefers to a page, or "": a browser, which takes anything, gets the page."""
    preferred = request.get_preferred_type(["text/html", *MEDIA_TYPES.values()])
    return next((extension for extension, media_type in MEDIA_TYPES.items() if media_type == preferred), "")


def vary_on_accept(response: Any) -> Any:
    """Say to caches that another client may get another answer at this address."""
    patch_vary_headers(response, ["Accept"])
    return response
