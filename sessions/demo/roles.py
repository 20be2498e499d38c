"""The demo's sessions that are read with roles."""

import tomllib
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from sessions.default_roles import add_default_roles
from sessions.demo.cast import Cast
from sessions.demo.decks import draw_deck
from sessions.models import Role, RoleAssignment, Series, Session
from sessions.models.series import Format
from sessions.services.role_contributions import add_role_slides, contribute_to_role
from sessions.services.roles import RoleChoice, choose_roles
from sessions.services.sessions import add_session

HOST = "Lena"


def load_role_plays(cast: Cast, series: Series) -> None:
    """One that was, with everybody's contribution, and one to come with free roles."""
    add_default_roles(Role)
    for facts in tomllib.loads(files("sessions.demo").joinpath("roles.toml").read_text(encoding="utf-8"))["plays"]:
        _load_role_play(cast, series, facts)


def _load_role_play(cast: Cast, series: Series, facts: dict[str, Any]) -> None:
    session = _session(cast, series, facts)
    roles = {role.slug: role for role in Role.objects.all()}
    choices = [
        RoleChoice(
            role=roles[line["role"]],
            minutes=roles[line["role"]].minutes,
            position=place,
            member=cast.members.get(line.get("member", "")),
        )
        for place, line in enumerate(facts["roles"], start=1)
    ]
    choose_roles(session, choices, paper=cast.papers[facts["paper"]], intro_minutes=5, discussion_minutes=25)
    for rsvp, names in (("yes", facts["coming"]), ("no", facts.get("absent", []))):
        for name in names:
            cast.reply(session, name, rsvp)
    for line in facts["roles"]:
        _contribute(session.role_assignments.get(role=roles[line["role"]]), line)


def _session(cast: Cast, series: Series, facts: dict[str, Any]) -> Session:
    is_past = "weeks_ago" in facts
    weeks = -facts["weeks_ago"] if is_past else facts["weeks_ahead"]
    at = datetime.combine(
        cast.tuesday + timedelta(weeks=weeks), series.starts_at or time(16), tzinfo=ZoneInfo(series.time_zone)
    )
    return add_session(
        starts_at=at,
        ends_at=at + timedelta(minutes=facts["minutes"]),
        slots=0,
        series=series,
        title=facts["theme"],
        notes=facts.get("notes", "").strip(),
        format=Format.ROLE_PLAY,
        host=cast.members[HOST],
        time_zone=series.time_zone,
        place=series.place,
        status=Session.Status.HELD if is_past else Session.Status.PLANNED,
    )


def _contribute(assignment: RoleAssignment, line: dict[str, Any]) -> None:
    if "notes" in line or "code_url" in line:
        contribute_to_role(assignment, notes=line.get("notes", "").strip(), code_url=line.get("code_url", ""))
    if "deck" in line:
        add_role_slides(assignment, file=SimpleUploadedFile(f"{line['deck']}.pdf", draw_deck(line["deck"])))
