"""What of this floor belongs to a member."""

from readinggroup.belongings import Belonging, Rows, register
from readinggroup.models import Member
from sessions.belongings.attendance import register_attendance
from sessions.belongings.calendar import register_calendar
from sessions.belongings.questions import register_questions
from sessions.belongings.queue import register_queue
from sessions.belongings.roles import register_roles
from sessions.belongings.slots import register_slots, release_slots
from sessions.belongings.telling import register_telling
from sessions.models import Presentation, Presenter


def export_presentations(member: Member) -> Rows:
    return [
        {
            "number": presentation.number,
            "title": presentation.display_title,
            "summary": presentation.summary,
            "status": presentation.status,
            "presented_on": presentation.presented_on.isoformat() if presentation.presented_on else None,
            "slides": [deck.original_name for deck in presentation.slide_decks.all()],
        }
        for presentation in Presentation.objects.filter(presenters__member=member).prefetch_related("slide_decks")
    ]


def release_presentations(member: Member, name: str) -> None:
    """What was given keeps a presenter's name; slots that were only claimed open again."""
    release_slots(member)
    Presenter.objects.filter(member=member).update(name=name, member=None)


def register_all() -> None:
    register(
        Belonging(
            key="presentations",
            export=export_presentations,
            release=release_presentations,
            heading="Presentations",
            template="sessions/_presentation_row.html",
            row_name="presentation",
            shown=lambda member, reader: (
                Presentation.objects.visible_to(reader)
                .filter(presenters__member=member, role_assignment=None)
                .distinct()
                .for_listing()
            ),
        )
    )
    register_attendance()
    register_queue()
    register_roles()
    register_questions()
    register_slots()
    register_calendar()
    register_telling()
