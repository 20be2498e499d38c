"""Put the demo into the database, once.

Everything goes in one transaction together with a marker row, so an interrupted load leaves nothing behind, a second
load changes nothing, and what an organiser deletes does not come back. Decks take the ordinary way through
`attach_slide_deck` and a worker; papers bring their metadata along, so no request leaves the machine.
"""

import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from papers.abstracts import render_abstract
from papers.identifiers import parse_identifier
from papers.models import Author, ImportedDocument, MetadataFetch, Paper, PaperAuthor
from readinggroup.markdown import render_markdown
from readinggroup.models import Member
from sessions.demo.cast import Cast
from sessions.demo.decks import draw_deck
from sessions.demo.questions import load_questions
from sessions.demo.queue import load_queue
from sessions.demo.recordings import add_demo_recording
from sessions.demo.roles import load_role_plays
from sessions.demo.writings import load_lists, load_reports
from sessions.models import Presentation, Recording, Series, Session
from sessions.recordings import parse_recording
from sessions.services.presentations import (
    claim_presentation,
    edit_presentation,
    give_presentation,
    present_papers,
    set_presenters,
)
from sessions.services.recordings import attach_recording
from sessions.services.series import make_sessions
from sessions.services.sessions import add_session, edit_session
from sessions.services.slide_decks import attach_slide_deck

MARKER = "demo"


def load_demo(today: date | None = None) -> bool:
    """Load the demo content unless it was loaded before; return whether it was loaded now."""
    with transaction.atomic():
        _, is_new = ImportedDocument.objects.get_or_create(
            key=MARKER, defaults={"shape": "demo", "title": "Demo content"}
        )
        if not is_new:
            return False
        cast = Cast(today or timezone.localdate())
        _load_members(cast)
        _load_papers(cast)
        # What is given a slot below leaves the queue by itself.
        load_queue(cast)
        _load_sessions(cast)
        load_questions(cast)
        load_reports(cast)
        load_lists(cast)
    return True


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("sessions.demo").joinpath(name).read_text(encoding="utf-8"))


def _load_members(cast: Cast) -> None:
    """Members without a password: nobody can sign in as one of them."""
    for person in read_toml("people.toml")["members"]:
        email = f"{person['name'].lower()}@demo.example"
        member = Member.objects.create_user(
            email,
            name=person["name"],
            affiliation=person["affiliation"],
            about=person["about"],
            about_html=render_markdown(person["about"]),
        )
        EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
        cast.members[person["name"]] = member


def _load_papers(cast: Cast) -> None:
    for key, facts in read_toml("papers.toml").items():
        text = facts.get("doi") or facts.get("isbn") or f"arXiv:{facts['arxiv']}"
        name = parse_identifier(text)
        paper = Paper.objects.filter(identifiers__scheme=name.scheme, identifiers__value=name.value).first()
        if paper is None:
            paper = _create_paper(facts)
            paper.identifiers.create(scheme=name.scheme, value=name.value, version=facts.get("version", ""))
        cast.papers[key] = paper
        paper.topics.add(*cast.topics_named(facts["topics"]))


def _create_paper(facts: dict[str, Any]) -> Paper:
    paper = Paper.objects.create(
        kind=facts.get("kind", Paper.Kind.ARTICLE),
        title=facts["title"],
        abstract=facts["abstract"],
        abstract_html=render_abstract(facts["abstract"]),
        published_on=facts["published_on"],
        published_precision=facts.get("precision", "day"),
        venue=facts.get("venue", ""),
        language="en",
    )
    done = MetadataFetch.Status.DONE
    MetadataFetch.objects.create(paper=paper, status=done, source="demo", finished_at=timezone.now())
    for position, name in enumerate(facts["authors"], start=1):
        author = Author.objects.filter(name=name).first() or Author.objects.create(name=name)
        PaperAuthor.objects.create(paper=paper, author=author, position=position)
    if "arxiv" in facts:
        paper.links.create(kind="pdf", url=f"https://arxiv.org/pdf/{facts['arxiv']}")
    if "page" in facts:
        paper.links.create(kind="page", url=facts["page"])
    if "code" in facts:
        paper.links.create(kind="code", url=facts["code"])
    return paper


def _load_sessions(cast: Cast) -> None:
    data = read_toml("presentations.toml")
    facts = data["series"]
    series = Series.objects.create(
        **{**facts, "starts_at": time.fromisoformat(facts["starts_at"])}, starts_on=cast.tuesday - timedelta(weeks=62)
    )
    for place, talk in enumerate(data["given"]):
        _load_given(cast, series, talk, number=data["first_number"] + place)
    for meeting in data["coming"]:
        _load_coming(cast, series, meeting)
    load_role_plays(cast, series)
    series.pauses.create(starts_on=date(2020, 8, 1), ends_on=date(2020, 8, 15), is_yearly=True, reason="Holidays")
    make_sessions(series, today=cast.tuesday)


def _load_given(cast: Cast, series: Series, talk: dict[str, Any], *, number: int) -> None:
    session = None
    if "weeks_ago" in talk:
        session = _session(series, cast.tuesday - timedelta(weeks=talk["weeks_ago"]), status=Session.Status.HELD)
        for name in talk.get("came", []):
            cast.reply(session, name, "yes")
    presentation = present_papers(
        [cast.papers[key] for key in talk["papers"]],
        title=talk["title"],
        summary=talk["summary"].strip(),
        presenters=[cast.members[name] for name in talk["presenters"] if name in cast.members],
        presenter_names=[name for name in talk["presenters"] if name not in cast.members],
        session=session,
    )
    recording = talk["recording"]
    is_recorded = recording.startswith("http")
    conditions = {
        "slides_condition": talk.get("slides", "available"),
        "slides_reason": talk.get("slides_reason", ""),
        "recording_condition": "available" if is_recorded or recording == "drawn" else recording,
        "recording_reason": talk.get("recording_reason", ""),
        "import_key": f"{MARKER}#{slugify(talk['title'])}",
    }
    if not Presentation.objects.filter(number=number).exists():
        conditions["number"] = number
    edit_presentation(presentation, **conditions)
    give_presentation(presentation)
    if is_recorded:
        hosted = attach_recording(presentation, parse_recording(recording), title=talk.get("recording_title", ""))
        # What there is to know is known: a demo asks nobody.
        Recording.objects.filter(pk=hosted.pk).update(status=Recording.Status.DONE, finished_at=timezone.now())
    if "deck" in talk:
        deck = draw_deck(talk["deck"])
        attach_slide_deck(presentation, SimpleUploadedFile(f"{talk['deck']}.pdf", deck))
        if recording == "drawn":
            add_demo_recording(presentation, deck)


def _load_coming(cast: Cast, series: Series, meeting: dict[str, Any]) -> None:
    claimed = meeting.get("claimed")
    day = cast.tuesday + timedelta(weeks=meeting["weeks_ahead"])
    session = _session(series, day, slots=meeting.get("slots", 1), title=meeting.get("theme", ""))
    edit_session(session, capacity=meeting.get("seats"), welcomes_guests=meeting.get("guests", False))
    if claimed:
        presenters = [cast.members[name] for name in claimed["presenters"]]
        slot = session.presentations.get(position=1)
        claim_presentation(slot, member=presenters[0], paper=cast.papers[claimed["papers"][0]])
        edit_presentation(slot, title=claimed["title"], summary=claimed["summary"])
        set_presenters(slot, members=presenters)
    for name in meeting.get("coming", []):
        cast.reply(session, name, "yes")


def _session(series: Series, day: date, *, slots: int = 0, **fields: Any) -> Session:
    starts_at = datetime.combine(day, series.starts_at or time(16), tzinfo=ZoneInfo(series.time_zone))
    return add_session(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=series.duration_minutes),
        slots=slots,
        series=series,
        time_zone=series.time_zone,
        place=series.place,
        **fields,
    )
