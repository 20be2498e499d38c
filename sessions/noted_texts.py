"""Where questions are noted: which texts a row has, what they are about, and who may read them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType

from papers.models import Entry, Paper, ReadingList, Report, Section
from readinggroup.markdown import find_questions
from readinggroup.models import Comment, Member
from sessions.models import Presentation, Question, RoleAssignment, Session, Visibility
from sessions.queries.roles import paper_of, talks_told

Source = Question.Source
BATCH = 500


@dataclass(frozen=True)
class NotedText:
    """One text; `key` names it for ever. One that is hidden, such as a draft, has no words and no path: its questions
    go, and those that stay lead nowhere."""

    key: str
    source: str
    text: str
    path: str
    paper: Paper | None = None
    session: Session | None = None
    writer: Member | None = None
    writer_name: str = ""
    visibility: str = Visibility.PUBLIC


def noted_texts(row: Any) -> Iterator[NotedText]:
    """All texts of `row` in which questions may be noted; none for rows of other kinds."""
    for model, find in _FINDERS.items():
        if isinstance(row, model):
            yield from find(row)


def _of_session(session: Session) -> Iterator[NotedText]:
    yield NotedText(
        key=f"notes:{session.pk}",
        source=Source.NOTES,
        text=session.notes,
        path=f"{session.get_absolute_url()}#notes",
        paper=_only_paper_of(session),
        session=session,
        visibility=session.visibility,
    )


def _only_paper_of(session: Session) -> Paper | None:
    """The paper that a session is about, unless it is about several, as far as its readers may know."""
    papers = set(talks_told(session).values_list("paper_places__paper", flat=True)) - {None}
    return paper_of(session) if len(papers) < 2 else None


def _of_role(assignment: RoleAssignment) -> Iterator[NotedText]:
    yield NotedText(
        key=f"role:{assignment.pk}",
        source=Source.ROLE,
        text=assignment.contribution,
        path=assignment.get_absolute_url(),
        paper=paper_of(assignment.session),
        session=assignment.session,
        writer=assignment.member,
        writer_name=assignment.name,
        visibility=assignment.session.visibility,
    )


def _of_report(report: Report) -> Iterator[NotedText]:
    credit = report.credits.select_related("member").first()
    yield NotedText(
        key=f"report:{report.pk}",
        source=Source.REPORT,
        text=f"{report.teaser}\n\n{report.body}" if report.is_public else "",
        path=report.get_absolute_url() if report.is_public else "",
        paper=report.paper,
        writer=credit.member if credit else None,
        writer_name=credit.name if credit and not credit.member else "",
    )


def _of_list(reading_list: ReadingList) -> Iterator[NotedText]:
    path = reading_list.get_absolute_url()
    yield from _list_part(reading_list, "list", reading_list.pk, f"{reading_list.intro}\n\n{reading_list.outro}")
    for section in reading_list.sections.all():
        yield from _list_part(reading_list, "section", section.pk, section.body, f"#{section.anchor}")
    # In parts, and whole rows only where something is asked: a list may have ten thousand entries.
    texts = reading_list.entries.values_list("pk", "commentary").iterator(chunk_size=BATCH)
    while part := list(islice(texts, BATCH)):
        asking = [pk for pk, text in part if find_questions(text)]
        rows = reading_list.entries.prefetch_related("links__paper").in_bulk(asking)
        for pk, text in part:
            if pk in rows:
                yield from _of_entry(rows[pk], reading_list)
            else:
                yield from _list_part(reading_list, "entry", pk, text, path=path)


def _of_section(section: Section) -> Iterator[NotedText]:
    yield from _list_part(section.reading_list, "section", section.pk, section.body, f"#{section.anchor}")


def _of_entry(entry: Entry, reading_list: ReadingList | None = None) -> Iterator[NotedText]:
    reading_list = reading_list or entry.reading_list
    paper = next((link.paper for link in entry.links.all() if link.is_main and link.paper), None)
    yield from _list_part(reading_list, "entry", entry.pk, entry.commentary, paper=paper)


def _list_part(
    reading_list: ReadingList,
    kind: str,
    pk: int,
    text: str,
    anchor: str = "",
    paper: Paper | None = None,
    path: str = "",
) -> Iterator[NotedText]:
    yield NotedText(
        key=f"{kind}:{pk}",
        source=Source.LIST,
        text=text if reading_list.is_public else "",
        path=(path or reading_list.get_absolute_url()) + anchor if reading_list.is_public else "",
        paper=paper,
        writer=reading_list.owner,
        writer_name="" if reading_list.owner else reading_list.owner_name,
    )


def _of_comment(comment: Comment) -> Iterator[NotedText]:
    subject: Any = comment.subject
    if subject is None:
        return
    paper, session, visibility = _place_of(subject)
    is_draft = isinstance(subject, Report | ReadingList) and not subject.is_public
    is_hidden = bool(comment.deleted_at or is_draft)
    yield NotedText(
        key=f"comment:{comment.pk}",
        source=Source.COMMENT,
        text="" if is_hidden else comment.body,
        path="" if is_hidden else f"{subject.get_absolute_url()}#comment-{comment.pk}",
        paper=paper,
        session=session,
        writer=comment.written_by,
        writer_name="" if comment.written_by else comment.author_name,
        visibility=visibility,
    )


def _place_of(subject: Any) -> tuple[Paper | None, Session | None, str]:
    """What a comment under `subject` is about, and who may read it."""
    if isinstance(subject, Presentation):
        place = subject.paper_places.select_related("paper").first()
        visibility = Visibility.MEMBERS if subject.is_for_members else Visibility.PUBLIC
        return place.paper if place else None, subject.session, visibility
    if isinstance(subject, Report):
        return subject.paper, None, Visibility.PUBLIC
    return (subject if isinstance(subject, Paper) else None), None, Visibility.PUBLIC


def _under(subject: Any) -> Iterator[NotedText]:
    kind = ContentType.objects.get_for_model(type(subject))
    for comment in Comment.objects.filter(subject_type=kind, subject_id=subject.pk).select_related("written_by"):
        yield from _of_comment(comment)


def _with_comments(find: Callable[[Any], Iterable[NotedText]]) -> Callable[[Any], Iterator[NotedText]]:
    """What is said under a row is hidden and shown with it."""

    def both(row: Any) -> Iterator[NotedText]:
        yield from find(row)
        yield from _under(row)

    return both


_FINDERS: dict[type, Callable[[Any], Iterable[NotedText]]] = {
    Session: _of_session,
    RoleAssignment: _of_role,
    Report: _with_comments(_of_report),
    ReadingList: _with_comments(_of_list),
    Section: _of_section,
    Entry: _of_entry,
    Presentation: _under,
    Comment: _of_comment,
}
#: Those whose pages go with them. Sections and entries go by services, and the page of their list stays.
TEXTS_WITH_A_PAGE = (Session, RoleAssignment, Report, ReadingList, Presentation, Comment)
