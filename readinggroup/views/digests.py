from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from readinggroup.services.digests import digest_member, stop_digest


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def digest_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the weekly digest by the link in it: looking asks, a press (or a mail program's single POST) ends it.

    The token stands for the member, so neither a session nor a form's token is needed (RFC 8058, section 3.1).
    """
    member = stop_digest(token) if request.method == "POST" else digest_member(token)
    if member is None:
        raise Http404
    return render(request, "members/digest_stop.html", {"is_over": request.method == "POST"})
