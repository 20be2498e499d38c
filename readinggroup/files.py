"""Stored files as answers: only known types leave the site, under headers that let nothing in them act."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase

CONTENT_TYPES = {
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".ppt": "application/vnd.ms-powerpoint",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
#: What was public may be withdrawn; a day is as long as copies may outlive that.
DAY = 24 * 60 * 60
BLOCK = 256 * 1024


def stored_file_response(file: FieldFile, *, public: bool, max_age: int = 600, download_name: str = "") -> FileResponse:
    """Send a stored file of a known type, as a download when `download_name` is given.

    A public one may be kept by caches for `max_age` seconds; any other is for its reader alone and asked for anew each
    time. Raises Http404 for a file that is missing or of another type.
    """
    content_type = CONTENT_TYPES.get(PurePosixPath(file.name or "").suffix.lower())
    if content_type is None:
        raise Http404
    try:
        stored = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        stored, content_type=content_type, as_attachment=bool(download_name), filename=download_name
    )
    _guard(response, public=public, max_age=max_age)
    return response


def ranged_file_response(request: HttpRequest, file: FieldFile, *, public: bool) -> HttpResponseBase:
    """Send a stored file, or the part of it that a `Range` header names, so that a player can seek.

    A file in a bucket does not pass through this process: the answer leads to its signed address, which ends after an
    hour, unless the site is being copied. Raises Http404 as `stored_file_response` does.
    """
    is_copied = getattr(request, "site_is_static", False)
    if file and not isinstance(file.storage, FileSystemStorage) and not is_copied:
        return HttpResponseRedirect(file.url)
    response = stored_file_response(file, public=public)
    size = file.size
    response.headers["Accept-Ranges"] = "bytes"
    named = request.headers.get("Range", "")
    if not named:
        return response
    span = _span(named, size)
    if span is None:
        return response
    first, last = span
    if first > last:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response.close()
    part = StreamingHttpResponse(
        _part(file.storage.open(str(file.name)), first, last), status=206, content_type=response.headers["Content-Type"]
    )
    part.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    part.headers["Content-Length"] = str(last - first + 1)
    part.headers["Accept-Ranges"] = "bytes"
    _guard(part, public=public, max_age=600)
    return part


def _span(named: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a single range; None for what may be ignored: several ranges, or another unit."""
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", named.strip(), re.ASCII)
    if not match or not any(match.groups()):
        return None
    if not match[1]:
        return max(0, size - int(match[2])), size - 1
    return int(match[1]), min(int(match[2]), size - 1) if match[2] else size - 1


def _part(file: File, first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(BLOCK, left))):
            left -= len(chunk)
            yield chunk


def _guard(response: HttpResponseBase, *, public: bool, max_age: int) -> None:
    response.headers["Cache-Control"] = f"public, max-age={max_age}" if public else "private, no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
