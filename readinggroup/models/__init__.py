from .comment import Comment
from .fetch_turn import FetchTurn
from .member import Invitation, Member
from .search import SearchEntry
from .worker import WorkerHeartbeat

__all__ = ["Comment", "FetchTurn", "Invitation", "Member", "SearchEntry", "WorkerHeartbeat"]
