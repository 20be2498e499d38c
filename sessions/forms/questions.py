"""Asking and answering."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from papers.models import Paper
from readinggroup.markdown import TextRefused, check_markdown
from sessions.forms.roles import fingerprint
from sessions.models import Question, Session
from sessions.queries.questions import papers_read_in

MOST_LETTERS = 2_000
MOST_ANSWER = 10_000


def clean_markdown(text: str) -> str:
    """What a person wrote, as it is kept. Raises ValidationError with a sentence for the writer."""
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    try:
        check_markdown(text)
    except TextRefused as error:
        raise ValidationError(str(error)) from None
    return text


class QuestionForm(forms.Form):
    """A question, and which of the papers it is about where there is a choice."""

    text = forms.CharField(
        label="Your question",
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Markdown, with $formulas$.",
    )
    paper = forms.ModelChoiceField(Paper.objects.none(), label="About", required=False)
    session = forms.ModelChoiceField(Session.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, papers: Any, sessions: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, auto_id="question_%s", initial=initial)
        fields: dict[str, Any] = self.fields
        fields["paper"].queryset, fields["session"].queryset = papers, sessions
        fields["paper"].label_from_instance = lambda paper: paper.display_title
        fields["paper"].empty_label = "the session, or no single paper"
        if len(papers[:2]) < 2:
            fields["paper"].widget = forms.HiddenInput()

    def clean_text(self) -> str:
        return clean_markdown(self.cleaned_data["text"])


def question_form(data: Any, *, user: Any, session: Session | None = None, paper: Paper | None = None) -> QuestionForm:
    """The form for asking on the page of a session or a paper."""
    papers = papers_read_in(session, user) if session else Paper.objects.none()
    papers |= Paper.objects.filter(pk=paper.pk) if paper else Paper.objects.none()
    sessions = Session.objects.visible_to(user)
    only = paper or (papers[0] if len(papers[:2]) == 1 else None)
    initial = {"paper": only and only.pk, "session": session and session.pk}
    return QuestionForm(data, papers=papers, sessions=sessions, initial=initial)


class QuestionEditForm(forms.Form):
    text = forms.CharField(label="The question", max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 4}))

    def clean_text(self) -> str:
        return clean_markdown(self.cleaned_data["text"])


class AnswerForm(forms.Form):
    """An answer; empty only where a session says it all."""

    answer = forms.CharField(
        label="The answer",
        required=False,
        max_length=MOST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Markdown, with $formulas$. Two sentences are plenty.",
    )
    session = forms.ModelChoiceField(Session.objects.none(), label="Answered in", required=False)
    before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: Question, sessions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["session"].queryset = sessions
        fields["session"].empty_label = "no session, but here"
        self.initial = {"answer": question.answer, "before": fingerprint(question.answer), **self.initial}

    def clean_answer(self) -> str:
        return clean_markdown(self.cleaned_data["answer"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("answer") and not cleaned.get("session"):
            self.add_error("answer", "Write the answer, or choose the session in which it was answered.")
        return cleaned
