"""What organisers fill in to bring a document in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from papers.documents.document import Shape
from papers.documents.source import MAX_BYTES
from sessions.services.import_jobs import MAX_UPLOAD_MEGABYTES

SUFFIXES = (".md", ".markdown", ".mkd", ".txt", ".zip")


class ImportForm(forms.Form):
    """Cleaned to `name`, `content` (bytes, or the uploaded file) and `shape` ("" to recognise it)."""

    upload = forms.FileField(
        label="A file",
        required=False,
        help_text="Markdown, or a zip file with the folder of a blog: its pages, slides and pictures come along.",
    )
    text = forms.CharField(
        label="Or paste the text", required=False, widget=forms.Textarea(attrs={"rows": 12}), max_length=MAX_BYTES
    )
    shape = forms.ChoiceField(
        label="What it is",
        required=False,
        choices=[("", "Find out"), *((shape.value, shape.value) for shape in Shape)],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload, text = cleaned.get("upload"), cleaned.get("text", "")
        if bool(upload) == bool(text.strip()):
            raise ValidationError("Choose a file or paste a text, one of the two.")
        if not upload:
            return {**cleaned, "name": "pasted.md", "content": text.encode()}
        name = upload.name or ""
        if not name.lower().endswith(SUFFIXES):
            raise ValidationError("This is no Markdown and no zip file. Its name should end in .md or .zip.")
        most = MAX_UPLOAD_MEGABYTES * 1_000_000 if name.lower().endswith(".zip") else MAX_BYTES
        if (upload.size or 0) > most:
            raise ValidationError(f"This file is too large; {most // 1_000_000} MB are possible.")
        return {**cleaned, "name": name, "content": upload}
