"""Real PostgreSQL and Redis on loopback, or named by the environment; where there are none, tests say so."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import psycopg
import pytest
from psycopg import sql
from redis import Redis
from redis.exceptions import RedisError

HOW_TO_GET_POSTGRES = (
    "No PostgreSQL answers on 127.0.0.1:5432: install Debian's package `postgresql`, "
    "or name a server in TEST_POSTGRES_URL (a role that may create databases)."
)
HOW_TO_GET_REDIS = (
    "No Redis answers on 127.0.0.1:6379: install Debian's package `redis-server`, or name one in TEST_REDIS_URL."
)


def postgres_url() -> str:
    """The server's address, with a database that one may connect to."""
    return os.environ.get("TEST_POSTGRES_URL") or "postgres://postgres@127.0.0.1:5432/postgres"


def redis_url(number: int) -> str:
    return f"{os.environ.get('TEST_REDIS_URL') or 'redis://127.0.0.1:6379'}/{number}"


@cache
def postgres_answers() -> bool:
    try:
        psycopg.connect(postgres_url(), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@cache
def redis_answers() -> bool:
    try:
        with Redis.from_url(redis_url(0), socket_connect_timeout=2, socket_timeout=2) as client:
            return bool(client.ping())
    except (RedisError, OSError):
        return False


def needs_postgres() -> None:
    if not postgres_answers():
        pytest.skip(HOW_TO_GET_POSTGRES)


def needs_redis() -> None:
    if not redis_answers():
        pytest.skip(HOW_TO_GET_REDIS)


@contextmanager
def new_database() -> Iterator[str]:
    """A database for one test, dropped afterwards; yields its address."""
    name = f"readinggroup_{secrets.token_hex(4)}"
    with psycopg.connect(postgres_url(), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield postgres_url().rsplit("/", 1)[0] + f"/{name}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
