"""The two addresses behind the editor's widget, and the pictures it leaves behind.

The widget's script looks at no status: it paints whatever a preview answers and reads every upload's answer as JSON. So
each failure, a missing token and a too large body included, is answered in kind, never by a redirect or an error page.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from papers.models import Report, ReportImage
from papers.services.report_images import add_report_image
from readinggroup.files import stored_file_response
from readinggroup.images import OWN_NAME, ImageRefused
from readinggroup.markdown import MAX_CHARACTERS, render_markdown
from readinggroup.models import Member
from readinggroup.throttling import is_too_often

PREVIEWS_PER_MINUTE = 90
UPLOADS_PER_MINUTE = 20
# UTF-8 takes up to four bytes a character, and a form's encoding three for each of them.
MAX_PREVIEW_BYTES = 2_400_000


class Refused(Exception):
    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.message, self.status = message, status


Answer = Callable[[str, int], HttpResponse]
View = Callable[[HttpRequest], HttpResponse]


def _fragment(message: str, status: int) -> HttpResponse:
    return HttpResponse(format_html('<p class="notice notice-bad" role="alert">{}</p>', message), status=status)


def _image_error(message: str, status: int) -> HttpResponse:
    return JsonResponse({"image": [message]}, status=status)


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check, which hands back the reason in place of an error page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def _check_request(request: HttpRequest, *, what: str, per_minute: int, max_bytes: int) -> None:
    if request.method != "POST":
        raise Refused("This address answers the editor only.", 405)
    # Asked before the body is read, so that a huge one is never taken in.
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > max_bytes:
        raise Refused(f"This is too large; {max_bytes // 1_000_000} MB are possible.", 413)
    if not request.user.is_authenticated:
        raise Refused("You are signed out. Sign in again in another tab; your text stays here.", 403)
    check = _TokenCheck(lambda _: HttpResponse())
    check.process_request(request)
    if check.process_view(request, None, (), {}):  # type: ignore[arg-type]
        raise Refused("This page is too old to be trusted. Copy your text, reload the page and paste it.", 403)
    if is_too_often(what, request.user.pk, limit=per_minute, seconds=60):
        raise Refused("That was a lot at once. Wait a minute, then go on.", 429)


def _in_kind(answer: Answer, *, what: str, per_minute: int, max_bytes: Callable[[], int]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            try:
                _check_request(request, what=what, per_minute=per_minute, max_bytes=max_bytes())
                return view(request)
            except Refused as refused:
                return answer(refused.message, refused.status)
            except RequestDataTooBig:
                return answer("This is too large to be taken.", 413)
            except (SuspiciousOperation, MultiPartParserError, UnreadablePostError, UnicodeError):
                return answer("This did not arrive whole. Try again.", 400)

        return guarded

    return decorate


@_in_kind(_fragment, what="preview", per_minute=PREVIEWS_PER_MINUTE, max_bytes=lambda: MAX_PREVIEW_BYTES)
def preview(request: HttpRequest) -> HttpResponse:
    """The text as its page will show it: the same function makes both."""
    text = request.POST.get("content")
    if text is None:
        raise Refused("There is no text to show.", 400)
    if len(text) > MAX_CHARACTERS * 2:
        raise Refused(f"This text is too long; {MAX_CHARACTERS:,} characters are possible.", 413)
    return HttpResponse(render_markdown(text.replace("\r\n", "\n")))


@_in_kind(
    _image_error,
    what="upload",
    per_minute=UPLOADS_PER_MINUTE,
    max_bytes=lambda: settings.IMAGE_MAX_MEGABYTES * 1_048_576 + 100_000,
)
def image_upload(request: HttpRequest) -> HttpResponse:
    """Keep a pasted or dropped picture and answer with the Markdown that shows it."""
    upload = request.FILES.get("image")
    if upload is None:
        raise Refused("There is no picture in this upload.", 400)
    assert isinstance(request.user, Member)
    try:
        image = add_report_image(upload, uploaded_by=request.user)
    except ImageRefused as reason:
        raise Refused(str(reason), 400) from reason
    return JsonResponse({"image_code": f"![What this picture shows]({image.get_absolute_url()})"})


@require_safe
def report_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture of a report, for whoever may see the report; before it is used, for its uploader and organisers."""
    if not OWN_NAME.fullmatch(name):
        raise Http404
    image = get_object_or_404(ReportImage.objects.select_related("report"), name=name)
    public = image.report is not None and image.report.is_public
    if not public and not _may_see(request, image):
        raise Http404
    return stored_file_response(image.file, public=public)


def _may_see(request: HttpRequest, image: ReportImage) -> bool:
    user = request.user
    if not isinstance(user, Member) or not user.is_active:
        return False
    if user.is_organiser or image.uploaded_by_id == user.pk:
        return True
    return image.report_id is not None and Report.objects.visible_to(user).filter(pk=image.report_id).exists()


@require_safe
def report_cover(request: HttpRequest, slug: str) -> HttpResponseBase:
    report = get_object_or_404(Report.objects.visible_to(request.user), slug=slug)
    if not report.cover:
        raise Http404
    return stored_file_response(report.cover, public=report.is_public)
