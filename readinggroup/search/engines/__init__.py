from django.db import connection

from .base import Engine, Hit
from .postgresql import PostgreSQLEngine
from .sqlite import SQLiteEngine

__all__ = ["Engine", "Hit", "engine"]

_ENGINES: dict[str, Engine] = {"postgresql": PostgreSQLEngine(), "sqlite": SQLiteEngine()}


def engine() -> Engine:
    """Return the engine of the database that is in use."""
    return _ENGINES[connection.vendor]
