"""What organisers and players fill in about roles."""

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from papers.identifiers import NotAnIdentifier, parse_identifier
from readinggroup.forms.fields import RowsField
from readinggroup.markdown import MAX_CHARACTERS, TextRefused, check_markdown
from readinggroup.models import Member
from sessions.models import Role, RoleAssignment, RolePlay, Session
from sessions.models.role import DISCUSSION_MINUTES, INTRO_MINUTES, MOST_MINUTES
from sessions.queries.roles import regulars, role_plays, roles_in_use
from sessions.services.roles import RoleChoice

#: Sessions that are planned together, and people whom they are planned for: enough for a year of a large group.
MOST_SESSIONS = 26
MOST_MEMBERS = 120
#: A term.
COUNTED_DAYS = 180


def fitting_roles(session: Session, roles: Iterable[Role]) -> set[int]:
    """The first roles that fit into a session beside a welcome and a discussion."""
    left = (session.ends_at - session.starts_at) // timedelta(minutes=1) - INTRO_MINUTES - DISCUSSION_MINUTES
    fitting = set()
    for role in roles:
        if role.minutes <= left:
            fitting.add(role.pk)
            left -= role.minutes
    return fitting


class RoleLineForm(forms.Form):
    """One role of a session: whether it is played, when, for how long, by whom."""

    is_on = forms.BooleanField(required=False)
    position = forms.IntegerField(min_value=1, max_value=99)
    minutes = forms.IntegerField(min_value=1, max_value=MOST_MINUTES)
    member = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, role: Role, people: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role
        fields: dict[str, Any] = self.fields
        fields["member"].choices = people
        for name, label in (
            ("is_on", "Play"),
            ("position", "Place of"),
            ("minutes", "Minutes of"),
            ("member", "Player of"),
        ):
            fields[name].label = f"{label} {role.name}"
            fields[name].widget.attrs["aria-label"] = fields[name].label


class RolePlayForm(forms.ModelForm):
    """The paper of a session, and the time around its roles; `lines` holds a form for each role."""

    paper_text = forms.CharField(
        label="The paper",
        required=False,
        max_length=500,
        help_text="An arXiv id, a DOI or an address. Empty: the paper that is presented in the session.",
        widget=forms.TextInput(attrs={"placeholder": "1706.03762", "autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = RolePlay
        fields = ["paper_text", "intro_minutes", "discussion_minutes"]

    def __init__(self, data: Any = None, *, session: Session, instance: RolePlay | None, paper_text: str) -> None:
        super().__init__(data, instance=instance, initial={"paper_text": paper_text})
        self.session = session
        self.known_text = paper_text
        taken = {one.role_id: one for one in session.role_assignments.select_related("member")}
        roles = list(Role.objects.filter(pk__in=taken) | roles_in_use())
        proposed = set(taken) if instance else fitting_roles(session, roles)
        present = {one.member_id: one.player_name for one in taken.values() if one.member}
        active = dict(Member.objects.active().order_by("name", "pk").values_list("pk", "name"))
        self.people: dict[Any, str] = active | {pk: name for pk, name in present.items() if pk not in active}
        choices = [("", "nobody yet"), *self.people.items()]
        self.lines = [
            RoleLineForm(
                data,
                prefix=f"role-{role.pk}",
                role=role,
                people=choices,
                initial=self._initial(role, taken.get(role.pk), role.pk in proposed),
            )
            for role in roles
        ]
        self.lines.sort(key=lambda line: (not line.initial["is_on"], line.initial["position"], line.role.pk))

    @staticmethod
    def _initial(role: Role, assignment: RoleAssignment | None, is_on: bool) -> dict[str, Any]:
        source = assignment or role
        member = assignment.member_id if assignment else None
        return {
            "is_on": is_on,
            "position": source.position,
            "minutes": source.minutes,
            "member": member,
            "seen": member,
        }

    def clean_paper_text(self) -> str:
        text: str = self.cleaned_data["paper_text"].strip()
        if text and text != self.known_text:
            try:
                parse_identifier(text)
            except NotAnIdentifier:
                raise ValidationError("This names no paper. Paste an arXiv id, a DOI or an address.") from None
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not all([line.is_valid() for line in self.lines]):  # noqa: C419 - every line says what is wrong with it
            raise ValidationError("Look at the roles below: a place, minutes or a player is not right.")
        players: dict[int, Role] = {}
        for line in self.lines:
            player = line.cleaned_data["member"]
            if not line.cleaned_data["is_on"] or player is None:
                continue
            if player in players:
                raise ValidationError(
                    f"{self.people[player]} cannot be {players[player]} and {line.role} in the same session."
                )
            players[player] = line.role
        return data

    def choices(self) -> list[RoleChoice]:
        """What the organiser wants, for `sessions.services.roles.choose_roles`."""
        members = Member.objects.in_bulk(
            [line.cleaned_data["member"] for line in self.lines if line.cleaned_data["member"]]
        )
        return [
            RoleChoice(
                role=line.role,
                minutes=line.cleaned_data["minutes"],
                position=line.cleaned_data["position"],
                member=members.get(line.cleaned_data["member"]),
                seen=line.cleaned_data["seen"],
            )
            for line in self.lines
            if line.cleaned_data["is_on"]
        ]


class ContributionForm(forms.Form):
    """What a player brings to the session."""

    notes = forms.CharField(
        label="Notes",
        required=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Markdown, with $formulas$ and code. They stay with the session.",
    )
    code_url = forms.URLField(
        label="Link to code",
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text="A repository or a notebook.",
    )
    file = forms.FileField(label="Slides as a file", required=False)
    address = forms.CharField(
        label="Or the address of your slides",
        required=False,
        max_length=1000,
        help_text="Google Slides, GitHub, Speaker Deck, or wherever the PDF is. A copy is kept here.",
    )
    is_without_slides = forms.BooleanField(label="Take the slides away", required=False)
    before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, assignment: RoleAssignment, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "notes": assignment.contribution,
            "code_url": assignment.code_url,
            "before": fingerprint(assignment.contribution),
        }
        super().__init__(*args, **kwargs)
        if not assignment.presentation_id:
            del self.fields["is_without_slides"]

    def clean_notes(self) -> str:
        text: str = self.cleaned_data["notes"].replace("\r\n", "\n").strip()
        try:
            check_markdown(text)
        except TextRefused as error:
            raise ValidationError(str(error)) from None
        return text


def fingerprint(text: str) -> str:
    """What tells whether a text is still the one that a form was opened with."""
    return sha256(text.encode()).hexdigest()


class RotationForm(forms.Form):
    """Which sessions to plan, with whom, and from which day on roles count."""

    sessions = RowsField(Session.objects.none(), widget=forms.CheckboxSelectMultiple)
    members = RowsField(Member.objects.none(), label="Who takes part", widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(
        label="Count roles played since",
        help_text="Usually the first day of the term.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    anew = forms.BooleanField(
        label="Plan anew what a rotation assigned before",
        required=False,
        help_text="What people claimed, or were given by hand, stays in any case.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        coming = role_plays().upcoming().exclude(role_assignments=None).select_related("series").distinct()
        fields["sessions"].queryset = coming[:MOST_SESSIONS] if data is None else coming
        fields["sessions"].label_from_instance = lambda one: f"{one.day_text}: {one.display_title}"
        fields["members"].queryset = Member.objects.active().order_by("name", "pk")
        fields["members"].label_from_instance = lambda one: one.display_name
        if data is None:
            usual = list(regulars().values_list("pk", flat=True)[:MOST_MEMBERS])
            self.initial = {
                "sessions": [one.pk for one in fields["sessions"].queryset],
                "members": usual or [one.pk for one in fields["members"].queryset[:MOST_MEMBERS]],
                "since": default_since(),
            }

    def clean_sessions(self) -> Any:
        chosen = self.cleaned_data["sessions"]
        if len(chosen) > MOST_SESSIONS:
            raise ValidationError(f"These are {len(chosen)} sessions; plan up to {MOST_SESSIONS} at once.")
        return chosen

    def clean_members(self) -> Any:
        chosen = self.cleaned_data["members"]
        if len(chosen) > MOST_MEMBERS:
            raise ValidationError(f"These are {len(chosen)} people; plan for up to {MOST_MEMBERS} at once.")
        return chosen


def default_since() -> date:
    """Half a year before today."""
    return timezone.localdate() - timedelta(days=COUNTED_DAYS)
