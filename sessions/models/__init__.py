from .attendance import Attendance, Guest, Rsvp
from .calendar_key import CalendarKey
from .import_job import ImportJob
from .notes_revision import NotesRevision
from .presentation import Condition, Presentation
from .presenting import PresentationPaper, Presenter
from .proposal import Proposal, Vote
from .question import Question, QuestionVote
from .recording import Cue, CueSuggestion, Recording
from .role import Role, RoleAssignment, RolePlay
from .series import Format, Series, SeriesPause, Visibility
from .session import Session
from .slide_deck import Slide, SlideDeck
from .slot import SlotEvent, SlotSwap, SlotWaiter
from .telling import Mailing, ReminderChoice, Webhook, WebhookPost

__all__ = [
    "Attendance",
    "CalendarKey",
    "Condition",
    "Cue",
    "CueSuggestion",
    "Format",
    "Guest",
    "ImportJob",
    "Mailing",
    "NotesRevision",
    "Presentation",
    "PresentationPaper",
    "Presenter",
    "Proposal",
    "Question",
    "QuestionVote",
    "Recording",
    "ReminderChoice",
    "Role",
    "RoleAssignment",
    "RolePlay",
    "Rsvp",
    "Series",
    "SeriesPause",
    "Session",
    "Slide",
    "SlideDeck",
    "SlotEvent",
    "SlotSwap",
    "SlotWaiter",
    "Visibility",
    "Vote",
    "Webhook",
    "WebhookPost",
]
