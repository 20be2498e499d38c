from .attendance import Attendance
from .calendar_key import CalendarKey
from .import_job import ImportJob
from .presentation import Condition, Presentation, PresentationPaper, Presenter
from .proposal import Proposal, Vote
from .recording import Cue, CueSuggestion, Recording
from .role import Role, RoleAssignment, RolePlay
from .session import Series, Session, Visibility
from .slide_deck import Slide, SlideDeck

__all__ = [
    "Attendance",
    "CalendarKey",
    "Condition",
    "Cue",
    "CueSuggestion",
    "ImportJob",
    "Presentation",
    "PresentationPaper",
    "Presenter",
    "Proposal",
    "Recording",
    "Role",
    "RoleAssignment",
    "RolePlay",
    "Series",
    "Session",
    "Slide",
    "SlideDeck",
    "Visibility",
    "Vote",
]
