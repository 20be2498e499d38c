"""Old addresses of papers that were merged into others."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from papers.models import Paper
from papers.services.merging import kept_instead_of

View = Callable[..., HttpResponseBase]
#: A merge may be undone; until then the new address may be remembered for so many seconds.
REMEMBERED = 300


def follows_merges(view: View) -> View:
    """A view of one paper, which leads on to the paper that took its place when there is none of this number."""

    @wraps(view)
    def following(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, pk, *args, **kwargs)
        except (Http404, Paper.DoesNotExist):
            kept = kept_instead_of(pk)
            match = request.resolver_match
            if kept is None or match is None:
                raise Http404 from None
            filled = {**match.kwargs, "pk": kept.pk, **({"slug": kept.slug} if "slug" in match.kwargs else {})}
            # What somebody was about to send goes to the page of the other paper, not into it.
            target = match.view_name if request.method in {"GET", "HEAD"} else "papers:paper_detail"
            if target == "papers:paper_detail":
                filled = {"pk": kept.pk, "slug": kept.slug}
            response = redirect(target, permanent=request.method in {"GET", "HEAD"}, **filled)
            response.headers["Cache-Control"] = f"max-age={REMEMBERED}"
            return response

    return following
