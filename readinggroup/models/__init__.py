from .comment import Comment
from .complaint import Complaint
from .digest import Digest
from .fetch_turn import FetchTurn
from .mail import Mail
from .member import Invitation, Member
from .search import SearchEntry
from .worker import WorkerHeartbeat

__all__ = [
    "Comment",
    "Complaint",
    "Digest",
    "FetchTurn",
    "Invitation",
    "Mail",
    "Member",
    "SearchEntry",
    "WorkerHeartbeat",
]
