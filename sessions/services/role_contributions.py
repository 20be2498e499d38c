"""What players bring: notes, slides, code."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from readinggroup.markdown import render_markdown
from readinggroup.models import Member
from readinggroup.search import index_after_commit
from readinggroup.texts import notice_text
from sessions.models import Condition, Presentation, RoleAssignment
from sessions.queries.roles import paper_of
from sessions.services.presentations import edit_presentation, present_papers
from sessions.services.slide_decks import attach_linked_slide_deck, attach_slide_deck, delete_slide_deck


class ContributionChangedMeanwhile(Exception):
    """Somebody else saved other notes since the writer opened theirs; `assignment` holds what is there now."""

    def __init__(self, assignment: RoleAssignment) -> None:
        self.assignment = assignment
        super().__init__("These notes were changed meanwhile.")


def contribute_to_role(
    assignment: RoleAssignment, *, notes: str, code_url: str = "", before: str | None = None
) -> RoleAssignment:
    """Keep the notes (Markdown) and the link to the code of a role.

    `before` are the notes that the writer started from. Raises ContributionChangedMeanwhile when there are others now.
    """
    # Anchors of footnotes and headings must differ between all roles of a page.
    html = render_markdown(notes, top_heading=4, id_prefix=f"r{assignment.pk}-")
    rows = RoleAssignment.objects.filter(pk=assignment.pk)
    if before is not None:
        rows = rows.filter(contribution=before)
    if not rows.update(contribution=notes, contribution_html=html, code_url=code_url):
        raise ContributionChangedMeanwhile(RoleAssignment.objects.get(pk=assignment.pk))
    index_after_commit(assignment.session)
    assignment.refresh_from_db()
    notice_text(assignment)
    return assignment


def add_role_slides(
    assignment: RoleAssignment,
    *,
    file: UploadedFile | None = None,
    address: str = "",
    uploaded_by: Member | None = None,
) -> Presentation:
    """Have the slides of a role drawn, from a file or from an address; a newer version replaces the old when ready.

    They are the deck of a small presentation within the session, so that they have a viewer, a discussion and a place
    in the search. Raises `sessions.services.slide_decks.DeckRefused`, and leaves nothing behind then.
    """
    with transaction.atomic():
        presentation = _presentation_of(assignment)
        if file:
            attach_slide_deck(presentation, file, uploaded_by=uploaded_by)
        else:
            attach_linked_slide_deck(presentation, address, uploaded_by=uploaded_by)
    return presentation


def remove_role_slides(assignment: RoleAssignment) -> None:
    """Take the slides of a role away, with the presentation that held them."""
    presentation = assignment.presentation
    if presentation is None:
        return
    with transaction.atomic():
        for deck in presentation.slide_decks.all():
            delete_slide_deck(deck)
        presentation.delete()
    assignment.refresh_from_db()


def _presentation_of(assignment: RoleAssignment) -> Presentation:
    if assignment.presentation:
        return assignment.presentation
    paper = paper_of(assignment.session)
    subject = paper.display_title if paper else assignment.session.display_title
    member = assignment.member
    presentation = present_papers(
        [paper] if paper else [],
        title=f"{assignment.role.name}: {subject}"[:400],
        presenters=[member] if member else [],
        presenter_names=[] if member else [assignment.name],
        session=assignment.session,
    )
    edit_presentation(presentation, recording_condition=Condition.NONE)
    if RoleAssignment.objects.filter(pk=assignment.pk, presentation=None).update(presentation=presentation):
        assignment.presentation = presentation
        return presentation
    presentation.delete()
    assignment.refresh_from_db()
    assert assignment.presentation
    return assignment.presentation
