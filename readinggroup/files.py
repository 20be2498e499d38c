"""Stored files as answers: only known types leave the site, under headers that let nothing in them act."""

from pathlib import PurePosixPath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

CONTENT_TYPES = {
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".ppt": "application/vnd.ms-powerpoint",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
#: What was public may be withdrawn; a day is as long as copies may outlive that.
DAY = 24 * 60 * 60


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
    response.headers["Cache-Control"] = f"public, max-age={max_age}" if public else "private, no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
