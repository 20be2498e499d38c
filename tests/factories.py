"""Rows for tests, with quiet defaults."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from papers.models import Author, MetadataFetch, Paper, PaperAuthor, ReadingList, Report, Topic
from readinggroup.models import Member
from sessions.models import Presentation, Role, RolePlay, Session

_numbers = count(1)


def make_member(**fields: Any) -> Member:
    """A member with a verified e-mail address, who signs in with the password "correct horse battery"."""
    from allauth.account.models import EmailAddress

    number = next(_numbers)
    fields.setdefault("name", f"Member {number}")
    fields.setdefault("email", f"member{number}@example.org")
    fields.setdefault("password", "correct horse battery")
    member = Member.objects.create_user(**fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def make_topic(name: str = "", **fields: Any) -> Topic:
    name = name or f"Topic {next(_numbers)}"
    return Topic.objects.create(name=name, slug=slugify(name), **fields)


def make_paper(*, authors: list[str] | None = None, arxiv: str = "", **fields: Any) -> Paper:
    """A paper whose metadata are there already; `authors` are names, `arxiv` an id."""
    fields.setdefault("title", f"Paper {next(_numbers)}")
    paper = Paper.objects.create(**fields)
    MetadataFetch.objects.create(paper=paper, status=MetadataFetch.Status.DONE)
    for position, name in enumerate(authors or [], start=1):
        PaperAuthor.objects.create(paper=paper, author=Author.objects.create(name=name), position=position)
    if arxiv:
        paper.identifiers.create(scheme="arxiv", value=arxiv)
    return paper


def make_report(*, written_by: Member | None = None, **fields: Any) -> Report:
    """A published paper report."""
    fields.setdefault("title", f"Report {next(_numbers)}")
    fields.setdefault("status", Report.Status.PUBLISHED)
    report = Report.objects.create(**fields)
    if written_by:
        report.credits.create(member=written_by)
    return report


def make_reading_list(**fields: Any) -> ReadingList:
    fields.setdefault("title", f"List {next(_numbers)}")
    return ReadingList.objects.create(**fields)


def make_session(*, slots: int = 0, **fields: Any) -> Session:
    """A session of an hour, in a week unless `starts_at` says otherwise, with a number of open slots."""
    fields.setdefault("starts_at", timezone.now() + timedelta(days=7))
    if isinstance(fields["starts_at"], datetime):
        fields.setdefault("ends_at", fields["starts_at"] + timedelta(hours=1))
    session = Session.objects.create(**fields)
    session.refresh_from_db()
    for position in range(1, slots + 1):
        session.presentations.create(position=position, status=Presentation.Status.OPEN)
    return session


def make_presentation(*, presenters: list[Member | str] | None = None, papers: Any = (), **fields: Any) -> Presentation:
    """A presentation in the archive, given unless `status` says otherwise; presenters are members or names."""
    fields.setdefault("title", f"Presentation {next(_numbers)}")
    fields.setdefault("status", Presentation.Status.GIVEN)
    presentation = Presentation.objects.create(**fields)
    for position, person in enumerate(presenters or [], start=1):
        who = {"name": person} if isinstance(person, str) else {"member": person}
        presentation.presenters.create(position=position, **who)
    for position, paper in enumerate(papers, start=1):
        presentation.paper_places.create(paper=paper, position=position)
    return presentation


def make_role(name: str = "", **fields: Any) -> Role:
    name = name or f"Role {next(_numbers)}"
    return Role.objects.create(name=name, slug=slugify(name), **fields)


def make_role_play(*, roles: int | list[str] = 3, paper: Paper | None = None, **fields: Any) -> Session:
    """A session with free roles of five minutes each, either so many or with these names."""
    names = [""] * roles if isinstance(roles, int) else roles
    session = make_session(format="role_play", **fields)
    RolePlay.objects.create(session=session, paper=paper)
    for position, name in enumerate(names, start=1):
        known = Role.objects.filter(name=name).first()
        session.role_assignments.create(role=known or make_role(name, questions="Why?"), position=position)
    return session
