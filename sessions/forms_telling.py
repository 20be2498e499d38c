"""Forms about what people are told."""

from typing import Any, ClassVar

from django import forms

from readinggroup.models import Member
from sessions.models import ReminderChoice


class ReminderForm(forms.Form):
    """When a member is reminded; who has chosen nothing yet is, a day before."""

    TIMES: ClassVar[list[tuple[str, str]]] = [
        (name, ReminderChoice._meta.get_field(name).verbose_name)  # type: ignore[union-attr, misc]
        for name in ReminderChoice.AHEAD
    ]
    times = forms.MultipleChoiceField(label="When", required=False, choices=TIMES, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, member: Member, **kwargs: Any) -> None:
        choice = ReminderChoice.objects.filter(member=member).first() or ReminderChoice(member=member)
        chosen = [name for name in ReminderChoice.AHEAD if getattr(choice, name)]
        super().__init__(data, initial={"times": chosen}, **kwargs)
        self.member = member

    def save(self) -> None:
        chosen = {name: name in self.cleaned_data["times"] for name in ReminderChoice.AHEAD}
        ReminderChoice.objects.update_or_create(member=self.member, defaults=chosen)
