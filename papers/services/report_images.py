"""Pictures that members paste into a text."""

from typing import IO

from django.core.files.base import ContentFile

from papers.models import Report, ReportImage
from readinggroup.images import accept_image
from readinggroup.models import Member


def add_report_image(upload: IO[bytes], *, uploaded_by: Member | None, report: Report | None = None) -> ReportImage:
    """Check, encode anew and keep a picture. Raises `readinggroup.images.ImageRefused`.

    Until it is used in a saved report only its uploader and organisers can see it.
    """
    accepted = accept_image(upload)
    name = accepted.new_name()
    image = ReportImage(name=name, uploaded_by=uploaded_by, report=report)
    image.file.save(name, ContentFile(accepted.content), save=False)
    # Django reads the size from the file's first kilobyte, which is not enough for every WebP.
    image.width, image.height = accepted.width, accepted.height
    image.save()
    return image
