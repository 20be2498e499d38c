"""What organisers fill in to bring a document in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from papers.documents.document import TEXT_SHAPES, Shape
from papers.documents.source import MAX_BYTES
from papers.references import SUFFIXES as REFERENCES
from papers.references import is_reference_file
from papers.references.reading import MAX_BYTES as MOST_REFERENCE_BYTES
from sessions.services.import_jobs import MAX_UPLOAD_MEGABYTES

SUFFIXES = (".md", ".markdown", ".mkd", ".txt", ".zip", *REFERENCES)


class ImportForm(forms.Form):
    """Cleaned to `name`, `content` (bytes, or the uploaded file) and `shape` ("" to recognise it)."""

    upload = forms.FileField(
        label="A file",
        required=False,
        help_text="Markdown; BibTeX, RIS or CSL-JSON from Zotero or another reference manager; or a zip file: of a "
        "blog’s folder, whose slides and pictures come along, or of exported collections, which become sections.",
    )
    text = forms.CharField(
        label="Or paste the text", required=False, widget=forms.Textarea(attrs={"rows": 12}), max_length=MAX_BYTES
    )
    shape = forms.ChoiceField(
        label="What it is",
        required=False,
        choices=[
            ("", "Find out"),
            *((shape.value, shape.value) for shape in TEXT_SHAPES),
            (Shape.PAPERS.value, "only papers, no list (from a reference manager)"),
        ],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload, text = cleaned.get("upload"), cleaned.get("text", "")
        if bool(upload) == bool(text.strip()):
            raise ValidationError("Choose a file or paste a text, one of the two.")
        if not upload:
            return {**cleaned, "name": _name_of_pasted(text), "content": text.encode()}
        name = upload.name or ""
        if not name.lower().endswith(SUFFIXES):
            raise ValidationError(
                "This is no Markdown and no zip file, and no file of references either. "
                "Its name should end in .md, .bib, .ris, .json or .zip."
            )
        most = _most_bytes(name.lower())
        if (upload.size or 0) > most:
            raise ValidationError(f"This file is too large; {most // 1_000_000} MB are possible.")
        return {**cleaned, "name": name, "content": upload}


def _name_of_pasted(text: str) -> str:
    """References are known by their name, which pasted ones have not."""
    name = "Pasted references.txt"
    return name if is_reference_file(name, text) else "pasted.md"


def _most_bytes(name: str) -> int:
    if name.endswith(".zip"):
        return MAX_UPLOAD_MEGABYTES * 1_000_000
    return MOST_REFERENCE_BYTES if name.endswith(REFERENCES) else MAX_BYTES
