"""The demo's questions: open, wanted, answered in a session, and noted in its notes."""

import tomllib
from datetime import timedelta
from importlib.resources import files
from typing import Any

from sessions.demo.cast import Cast
from sessions.models import Question, Session
from sessions.services.notes import save_notes
from sessions.services.questions import answer_question, ask_question, want


def load_questions(cast: Cast) -> None:
    """Write the notes of a session that was, and ask what the members want to know."""
    data = tomllib.loads(files("sessions.demo").joinpath("questions.toml").read_text(encoding="utf-8"))
    for notes in data["notes"]:
        session = _session(cast, notes)
        if session:
            save_notes(session, text=notes["text"].strip(), version=0, saved_by=cast.members[notes["by"]])
            session.notes_revisions.update(saved_at=session.ends_at)
    for facts in data["questions"]:
        _load_question(cast, facts)


def _load_question(cast: Cast, facts: dict[str, Any]) -> None:
    session = _session(cast, facts)
    question = ask_question(
        facts["text"], asked_by=cast.members[facts["by"]], session=session, paper=cast.papers[facts["paper"]]
    )
    for name in facts["wanted_by"]:
        want(question, member=cast.members[name])
    if "answer" in facts and session:
        answerer = cast.members[facts["answered_by"]]
        answer_question(question, answer=facts["answer"], by=answerer, seen="", session=session)
        asked_at = session.starts_at - timedelta(days=1)
        Question.objects.filter(pk=question.pk).update(asked_at=asked_at, answered_at=session.ends_at)


def _session(cast: Cast, facts: dict[str, Any]) -> Session | None:
    if "weeks" not in facts:
        return None
    day = cast.tuesday + timedelta(weeks=facts["weeks"])
    session: Session | None = Session.objects.filter(starts_at__date=day).order_by("starts_at").first()
    return session
