"""The form in which a report is written."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from markdownx.widgets import MarkdownxWidget

from papers.identifiers import NotAnIdentifier, parse_identifier
from papers.models import Paper, Report, Topic
from papers.services.papers import add_paper
from papers.services.reports import ReportChangedMeanwhile, save_report
from readinggroup.forms.fields import RowsField
from readinggroup.images import AcceptedImage, ImageRefused, accept_image
from readinggroup.markdown import TextRefused, check_markdown
from readinggroup.models import Member


class ReportForm(forms.ModelForm):
    paper = forms.ModelChoiceField(Paper.objects.all(), required=False, widget=forms.HiddenInput)
    paper_text = forms.CharField(
        required=False,
        max_length=2000,
        label="The paper it is about",
        help_text="An arXiv id, a DOI or a link; its title and authors are fetched. Empty: as it is.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    cover_upload = forms.FileField(
        required=False,
        label="Cover figure",
        help_text="JPEG, PNG, WebP or GIF, up to 10 MB.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    authors = RowsField(Member.objects.none(), required=False, label="Written by", widget=forms.CheckboxSelectMultiple)

    field_order = [
        "title", "kind", "paper_text", "body", "teaser", "cover_upload", "cover_alt", "cover_display_width", "authors",
        "dated_on", "period_ends_on", "series_title", "part", "epigraph", "code_url", "canonical_url", "paper_title",
    ]  # fmt: skip

    class Meta:
        model = Report
        field_classes = {"topics": RowsField}
        fields = [
            "kind", "title", "body", "teaser", "paper_title", "epigraph", "series_title", "part", "cover_alt",
            "cover_display_width", "code_url", "canonical_url", "dated_on", "period_ends_on", "topics",
        ]  # fmt: skip
        widgets = {
            "body": MarkdownxWidget(attrs={"rows": 24, "spellcheck": "true"}),
            "teaser": forms.Textarea(attrs={"rows": 3}),
            "epigraph": forms.Textarea(attrs={"rows": 3}),
            "dated_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "period_ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "topics": forms.CheckboxSelectMultiple,
        }
        labels = {
            "body": "Text",
            "paper_title": "Title of the paper, where it has no entry here",
            "series_title": "Part of",
            "part": "Part number",
            "cover_display_width": "Width of the cover in pixels",
            "dated_on": "Date",
            "period_ends_on": "Last day covered",
        }
        help_texts = {"body": "Markdown with $formulas$, footnotes and code. Paste or drop pictures into the text."}

    def __init__(self, *args: Any, writer: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writer = writer
        self.accepted_cover: AcceptedImage | None = None
        field = self.fields["authors"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Member.objects.active().order_by("name", "pk")
        if not Topic.objects.exists():
            del self.fields["topics"]
        if self.instance.pk:
            self.initial["authors"] = [credit.member_id for credit in self.instance.credits.all() if credit.member_id]
            self.initial["version"] = self.instance.version
            self.initial["paper"] = self.instance.paper_id
        else:
            self.initial["authors"] = [writer.pk]

    def _clean_markdown(self, name: str) -> str:
        text: str = self.cleaned_data[name].replace("\x00", "").replace("\r\n", "\n")
        try:
            check_markdown(text)
        except TextRefused as reason:
            raise ValidationError(str(reason)) from reason
        return text

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if self.instance.number and kind != self.initial["kind"]:
            raise ValidationError("A report with a number keeps its kind, because others cite it by both.")
        return kind

    def clean_body(self) -> str:
        return self._clean_markdown("body")

    def clean_teaser(self) -> str:
        return self._clean_markdown("teaser")

    def clean_epigraph(self) -> str:
        return self._clean_markdown("epigraph")

    def clean_cover_upload(self) -> None:
        if upload := self.cleaned_data["cover_upload"]:
            try:
                self.accepted_cover = accept_image(upload)
            except ImageRefused as reason:
                raise ValidationError(str(reason)) from reason

    def clean_paper_text(self) -> str:
        text: str = self.cleaned_data["paper_text"]
        if text:
            try:
                parse_identifier(text)
            except NotAnIdentifier as reason:
                raise ValidationError(str(reason)) from reason
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("series_title")) != (data.get("part") is not None):
            self.add_error("part", "A part needs both the name of the whole and its number.")
        elif data.get("series_title"):
            same = Report.objects.filter(series_title=data["series_title"], part=data["part"]).exclude(
                pk=self.instance.pk
            )
            if same.exists():
                self.add_error("part", "There is a report on this part already.")
        start, end = data.get("dated_on"), data.get("period_ends_on")
        if end and (start is None or end < start):
            self.add_error("period_ends_on", "The last day cannot come before the date.")
        return data

    def store(self) -> Report:
        """Save what was written as one revision. Raises `papers.services.reports.ReportChangedMeanwhile`."""
        report: Report = self.instance
        report.paper = self.cleaned_data["paper"]
        if self.cleaned_data["paper_text"]:
            report.paper, _ = add_paper(self.cleaned_data["paper_text"], added_by=self.writer)
        authors = list(self.cleaned_data["authors"])
        if self.writer not in authors and not self.writer.is_organiser:
            # Nobody writes themselves out of their own report by accident.
            authors.insert(0, self.writer)
        storage, old_cover = report.cover.storage, report.cover.name
        if self.accepted_cover:
            name = self.accepted_cover.new_name()
            report.cover.save(name, ContentFile(self.accepted_cover.content), save=False)
            report.cover_width, report.cover_height = self.accepted_cover.width, self.accepted_cover.height
        try:
            saved = save_report(report, saved_by=self.writer, version=self.cleaned_data["version"], authors=authors)
        except ReportChangedMeanwhile:
            if self.accepted_cover:
                storage.delete(str(report.cover.name))
            raise
        if self.accepted_cover and old_cover:
            transaction.on_commit(lambda: storage.delete(old_cover), robust=True)
        saved.topics.set(self.cleaned_data.get("topics", ()))
        return saved
