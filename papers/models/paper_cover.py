from typing import ClassVar

from django.db import models

from papers.models.paper import Paper
from readinggroup.jobs import Job


class PaperCover(Job):
    """The first page of a paper's PDF as a picture, where its licence allows that; the job is to draw it."""

    task_name: ClassVar[str] = "papers.draw_cover"
    task_argument: ClassVar[str] = "paper_id"

    paper = models.OneToOneField(Paper, models.CASCADE, primary_key=True, related_name="cover")
    pdf_url = models.URLField("address of the PDF", max_length=1000)
    image = models.FileField(upload_to="covers/", max_length=200, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"cover of paper {self.pk}"
