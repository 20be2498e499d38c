"""Forms of the reading lists' pages; what they change is changed by `papers.services.reading_lists`."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from papers.models import Entry, ReadingList, Section
from papers.queries.reading_lists import outline_of
from papers.services.reading_lists import (
    LinkLine,
    NotALink,
    add_entry,
    add_section,
    create_reading_list,
    edit_entry,
    edit_reading_list,
    edit_section,
    read_link_lines,
    with_papers,
    write_link_lines,
)
from readinggroup.forms.fields import RowsField
from readinggroup.markdown import TextRefused, check_markdown
from readinggroup.models import Member


def _checked_markdown(text: str) -> str:
    try:
        check_markdown(text)
    except TextRefused as reason:
        raise ValidationError(str(reason)) from reason
    return text


class ReadingListForm(forms.ModelForm):
    class Meta:
        model = ReadingList
        field_classes = {"topics": RowsField}
        fields = ["title", "kind", "number", "dated_on", "topics", "intro", "outro", "uses_math", "is_public"]
        widgets = {
            "dated_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "intro": forms.Textarea(attrs={"rows": 4}),
            "outro": forms.Textarea(attrs={"rows": 3}),
            "topics": forms.CheckboxSelectMultiple,
        }
        labels = {
            "number": "Number (of a link collection)",
            "dated_on": "Date",
            "intro": "What stands before the entries",
            "outro": "What stands after them",
            "uses_math": "Formulas between dollar signs",
            "is_public": "Everybody may read it",
        }

    def clean_intro(self) -> str:
        return _checked_markdown(self.cleaned_data["intro"])

    def clean_outro(self) -> str:
        return _checked_markdown(self.cleaned_data["outro"])

    def save_for(self, member: Member) -> ReadingList:
        """Create the list, kept by `member`, or save what was changed."""
        fields = {name: value for name, value in self.cleaned_data.items() if name != "topics"}
        topics = self.cleaned_data["topics"]
        if self.instance.pk is None:
            return create_reading_list(owner=member, topics=topics, **fields)
        return edit_reading_list(self.instance, topics=topics, **fields)


class _InList(forms.Form):
    """A form about one part of `reading_list`; offers the list's own sections only."""

    def __init__(self, reading_list: ReadingList, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading_list = reading_list

    def offer_sections(self, name: str, *, empty: str) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = self.reading_list.sections.all()
            nodes = outline_of(self.reading_list).walk()
            field.choices = [("", empty), *((n.section.pk, "– " * (n.level - 2) + n.section.heading) for n in nodes)]


class SectionForm(_InList):
    heading = forms.CharField(max_length=300)
    parent = forms.ModelChoiceField(Section.objects.none(), required=False, label="Inside")
    body = forms.CharField(required=False, label="Text below the heading", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, reading_list: ReadingList, *args: Any, section: Section | None = None, **kwargs: Any) -> None:
        if section is not None:
            kwargs["initial"] = {"heading": section.heading, "body": section.body}
        super().__init__(reading_list, *args, **kwargs)
        self.section = section
        if section is None:
            self.offer_sections("parent", empty="The list itself")
        else:
            del self.fields["parent"]

    def clean_body(self) -> str:
        return _checked_markdown(self.cleaned_data["body"])

    def save(self) -> Section:
        if self.section is not None:
            return edit_section(self.section, **self.cleaned_data)
        return add_section(self.reading_list, **self.cleaned_data)


class EntryForm(_InList):
    links = forms.CharField(
        required=False,
        label="Links",
        help_text="One per line: an address, or a name, a bar and an address. Papers are recognised.",
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": "Attention Is All You Need | https://arxiv.org/abs/1706.03762"}
        ),
    )
    title = forms.CharField(
        required=False, max_length=600, help_text="Only where it differs from the first link's name."
    )
    section = forms.ModelChoiceField(Section.objects.none(), required=False)
    commentary = forms.CharField(
        required=False, label="What you say about it", widget=forms.Textarea(attrs={"rows": 4})
    )
    year = forms.IntegerField(required=False, min_value=1, max_value=3000)
    people = forms.CharField(required=False, max_length=500)
    organisations = forms.CharField(required=False, max_length=300)

    def __init__(self, reading_list: ReadingList, *args: Any, entry: Entry | None = None, **kwargs: Any) -> None:
        if entry is not None:
            kwargs["initial"] = {
                name: getattr(entry, name)
                for name in ("title", "section", "commentary", "year", "people", "organisations")
            } | {"links": write_link_lines(entry.links.all())}
        super().__init__(reading_list, *args, **kwargs)
        self.entry = entry
        self.offer_sections("section", empty="Before the first section")

    def clean_links(self) -> list[LinkLine]:
        try:
            return read_link_lines(self.cleaned_data["links"])
        except NotALink as error:
            raise ValidationError(str(error)) from error

    def clean_commentary(self) -> str:
        return _checked_markdown(self.cleaned_data["commentary"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data["links"] or data["title"] or data["commentary"]):
            raise ValidationError("An entry needs a link, a title or a few words.")
        return data

    def save(self, *, by: Member) -> Entry:
        fields = {**self.cleaned_data, "links": with_papers(self.cleaned_data["links"], added_by=by)}
        if self.entry is not None:
            return edit_entry(self.entry, **fields)
        return add_entry(self.reading_list, **fields)
