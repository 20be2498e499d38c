"""Taking the whole archive away."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from sessions.services.exporting import exported_files, zip_pieces


@require_safe
def archive_export(request: HttpRequest) -> StreamingHttpResponse:
    """The archive as a zip file of Markdown and pictures, written while it is sent; for members with the slides."""
    files = exported_files(request.user, with_slides=request.user.is_authenticated)
    response = StreamingHttpResponse(zip_pieces(files), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="archive.zip"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
