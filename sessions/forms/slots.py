"""What members and organisers fill in about slots."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from papers.identifiers import NotAnIdentifier, parse_identifier
from papers.models import Paper
from papers.services.papers import find_paper
from readinggroup.models import Member
from sessions.queries.queue import Places, places_of
from sessions.queries.slots import papers_called, wanted_papers

LATER, TEXT = "later", "text"
#: Larger keys than any row has.
MOST = 2**31 - 1


@dataclass(frozen=True)
class Option:
    """A paper to choose, and what to say of it."""

    paper: Paper
    notes: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        return str(self.paper.pk)


class ClaimForm(forms.Form):
    """Taking a slot: with a paper of the queue, one of the archive, a pasted one, or one to be said later.

    When it is valid, `chosen` is a known paper or None, and `named` the text that names a new one. Words that name no
    paper find those of the archive, in `found`; `places` tells where a chosen paper was read or is planned.
    """

    choice = forms.CharField(required=False, max_length=20)
    paper = forms.CharField(
        label="Another paper",
        required=False,
        max_length=500,
        help_text="An arXiv id, a DOI, an address, or words of the title of one that is here.",
        widget=forms.TextInput(attrs={"placeholder": "2010.11929", "autocomplete": "off", "spellcheck": "false"}),
    )
    anyway = forms.BooleanField(label="Present it anyway", required=False)
    session = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=MOST)

    def __init__(self, data: Any = None, *, member: Member, suggested: Paper | None = None) -> None:
        super().__init__(data)
        self.member = member
        self.suggested = suggested
        self.found: list[Paper] = []
        self.places = Places()
        self.chosen: Paper | None = None
        self.named = ""

    def clean_paper(self) -> str:
        return str(self.cleaned_data["paper"]).replace("\x00", "").strip()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        choice, text = data.get("choice", ""), data.get("paper", "")
        if choice.isascii() and choice.isdigit():
            self._choose(int(choice), text)
        elif text:
            self._read(text)
        elif choice == TEXT and "paper" not in self.errors:
            self.add_error("paper", "Paste an arXiv id, a DOI or an address, or write words of the title.")
        if self.chosen and not data.get("anyway"):
            self.places = places_of(self.chosen, self.member)
            if self.places:
                raise ValidationError("The group has this paper already. Tick the box below to present it anyway.")
        return data

    def _choose(self, pk: int, text: str) -> None:
        self.chosen = Paper.objects.filter(pk=pk).first() if pk <= MOST else None
        if self.chosen is None:
            raise ValidationError("This paper is not here any more. Choose another one.")
        try:
            other = find_paper(text) if text else self.chosen
        except NotAnIdentifier:
            return
        if other != self.chosen:
            self.add_error("paper", "You chose one paper and named another. Empty this, or choose “Another paper”.")

    def _read(self, text: str) -> None:
        try:
            parse_identifier(text)
        except NotAnIdentifier:
            self.found = papers_called(text)
            wish = "Choose one of those found" if self.found else "Paste an arXiv id, a DOI or an address"
            self.add_error("paper", f"This names no paper. {wish}.")
            return
        self.named, self.chosen = text, find_paper(text)

    @property
    def picked(self) -> str:
        """The choice that is marked: what was chosen last, the paper that one came with, or later."""
        if self.is_bound:
            return self.data.get("choice") or (TEXT if self.data.get("paper") else LATER)
        return str(self.suggested.pk) if self.suggested else LATER

    def options(self) -> list[Option]:
        """The papers to choose from: those found, the one that one came with, the queue's."""
        options = [Option(paper, ("found here",)) for paper in self.found]
        known = [self.suggested] if self.suggested else []
        if self.chosen and self.picked == str(self.chosen.pk):
            known.append(self.chosen)
        wanted = wanted_papers(self.member)
        queued = {one.paper_id for one in wanted}
        options += [Option(paper, ("your choice",)) for paper in dict.fromkeys(known) if paper.pk not in queued]
        for proposal in wanted:
            votes = f"{proposal.vote_count} vote{'' if proposal.vote_count == 1 else 's'}"
            said = ("you said you would present this",) if proposal.is_mine else ()
            options.append(Option(proposal.paper, (*said, votes, "in the queue")))
        return list({option.value: option for option in reversed(options)}.values())[::-1]


class MemberForm(forms.Form):
    """One member of the group, without those in `but`; `also` may name some who left it."""

    member = forms.ModelChoiceField(label="Member", queryset=Member.objects.none(), empty_label="Choose a member")

    def __init__(self, *args: Any, but: Any = (), also: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.active() | Member.objects.filter(pk__in=also)
        fields: dict[str, Any] = self.fields
        fields["member"].queryset = members.exclude(pk__in=but).order_by("name", "pk")


class AssignForm(MemberForm):
    """Who shall have a slot; `seen` is the key of the member whom the organiser saw in it."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=MOST)


class SwapForm(forms.Form):
    """With whom to change places, and a word to them."""

    wanted = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)
    session = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=MOST)
    message = forms.CharField(
        label="A word to them",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="They see it in the mail and on the page of the request.",
    )
