"""What members and organisers fill in about the queue."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from papers.identifiers import NotAnIdentifier
from papers.models import Paper
from papers.services.papers import add_paper, find_paper
from papers.services.same_works import papers_titled
from readinggroup.markdown import check_markdown
from readinggroup.markdown.limits import TextRefused
from readinggroup.models import Member
from sessions.models import Presentation, Proposal
from sessions.queries.queue import open_slots

MOST_GUESSES = 5
WHY_HELP = "A sentence or two, in Markdown: what makes it worth an hour of everybody."


class WhyField(forms.CharField):
    """Why to read a paper, in Markdown that can be rendered."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", WHY_HELP)
        super().__init__(
            label="Why the group should read it",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        try:
            check_markdown(text)
        except TextRefused as error:
            raise ValidationError(str(error)) from error
        return text


class ProposeForm(forms.Form):
    """A paper by a pasted name, or one that is here already; what it names is found before anything is added.

    `found` is the paper that the group has already, None for a new one; `guesses` are papers whose title was typed.
    """

    text = forms.CharField(
        label="arXiv id, DOI or link",
        max_length=2000,
        help_text="For example 1706.03762 or https://arxiv.org/abs/1706.03762; or the title of a paper that is here.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    why = WhyField()
    again = forms.BooleanField(label="Propose it again", required=False)

    def __init__(self, *args: Any, paper: Paper | None = None, asks_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = paper
        self.guesses: list[Paper] = []
        if paper:
            del self.fields["text"]
        if asks_again:
            self.fields["why"].label = "Why once more"
        else:
            self.fields["again"].widget = forms.HiddenInput()

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        try:
            self.found = find_paper(text)
        except NotAnIdentifier as error:
            self.guesses = _called(text)
            if len(self.guesses) == 1 and self.guesses[0].title.casefold() == text.strip().casefold():
                self.found = self.guesses[0]
            elif self.guesses:
                raise ValidationError("This is no link. Is it one of the papers below?") from error
            else:
                raise ValidationError(str(error)) from error
        return text

    def paper(self, *, added_by: Member) -> Paper:
        """The paper, added when nobody has added it yet."""
        return self.found or add_paper(self.cleaned_data["text"], added_by=added_by)[0]


def _called(text: str) -> list[Paper]:
    """Papers with the title `text`, else those in which all its words occur."""
    same = [paper for found in papers_titled([text]).values() for paper in found]
    if same or len(text.strip()) < 4:
        return same
    return list(Paper.objects.search(text[:200]).with_authors().prefetch_related("identifiers")[:MOST_GUESSES])


class ProposalEditForm(forms.Form):
    why = WhyField()


class PutAsideForm(forms.Form):
    because = forms.CharField(
        label="Why it is put aside", max_length=300, help_text="Members read it, such as “too long for one evening”."
    )


class PlanForm(forms.Form):
    """Who presents a paper of the queue, and in which open slot."""

    member = forms.ModelChoiceField(label="Who presents", queryset=Member.objects.none(), empty_label=None)
    slot = forms.ModelChoiceField(label="When", queryset=Presentation.objects.none(), empty_label=None)

    def __init__(self, *args: Any, proposal: Proposal, organiser: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        active = Member.objects.active()
        fields["member"].queryset = active
        willing = {vote.member_id for vote in proposal.votes.all() if vote.would_present}
        named = [(member.pk, member.display_name) for member in active]
        fields["member"].choices = [
            (label, choices)
            for label, choices in (
                ("Would present it", [one for one in named if one[0] in willing]),
                ("Everybody else", [one for one in named if one[0] not in willing]),
            )
            if choices
        ]
        fields["slot"].queryset = open_slots(organiser)
        fields["slot"].choices = [(slot.pk, _slot_label(slot)) for slot in open_slots(organiser)]


def _slot_label(slot: Any) -> str:
    session = slot.session
    return " · ".join(filter(None, (session.day_text, session.time_text, session.title)))
