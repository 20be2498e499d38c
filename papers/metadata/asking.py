"""Asking a source, with the fetcher's errors told in this room's words."""

import json
from typing import Any

from papers.metadata.answers import MetadataNotFound, MetadataUnavailable, SourceBusy
from readinggroup import fetching


def ask(source: str, url: str, *, accept: str, pace: fetching.Pace, not_found: str) -> bytes:
    """Return the body of the answer. Raises MetadataNotFound with the sentence `not_found`, MetadataUnavailable."""
    return ask_whole(source, url, accept=accept, pace=pace, not_found=not_found).body


def ask_json(source: str, url: str, *, pace: fetching.Pace, not_found: str) -> Any:
    """Like `ask`, for an answer in JSON, which is returned as Python's lists and dictionaries."""
    return read_json(source, ask(source, url, accept="application/json", pace=pace, not_found=not_found))


def read_json(source: str, body: bytes) -> Any:
    """Return what the JSON says. Raises MetadataUnavailable when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise unreadable(source) from error


def unreadable(source: str) -> MetadataUnavailable:
    return MetadataUnavailable(source, f"{source} gave an answer that could not be read")


def ask_whole(source: str, url: str, *, accept: str, pace: fetching.Pace, not_found: str) -> fetching.Answer:
    """Like `ask`, with the headers. An answer that has not changed is not sent again."""
    try:
        return fetching.fetch_remembered(url, accept=accept, pace=pace)
    except fetching.FetchNotFound as error:
        raise MetadataNotFound(not_found) from error
    except fetching.FetchRejected as error:
        if error.answer.status in (400, 422):
            raise MetadataNotFound(not_found) from error
        raise MetadataUnavailable(source, f"{source} refused to answer") from error
    except fetching.HostBusy as error:
        raise SourceBusy(
            source, f"{source} is being asked about other papers", retry_after=error.retry_after
        ) from error
    except fetching.FetchUnavailable as error:
        raise MetadataUnavailable(
            source, f"{source} did not answer", retry_after=error.retry_after, has_answered=error.has_answered
        ) from error
    except fetching.FetchTimeout as error:
        raise MetadataUnavailable(source, f"{source} took too long to answer") from error
    except fetching.FetchError as error:
        raise MetadataUnavailable(source, f"{source} gave an answer that could not be read") from error
