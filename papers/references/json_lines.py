"""JSON with the line on which each item of its list begins, and limits that JSON itself has not."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from papers.documents.source import DocumentRefused

MAX_DEPTH = 60
_SPACE = re.compile(r"[\s,]*")


@dataclass(frozen=True)
class Located:
    """One item, the line on which it begins, and how it is written."""

    value: Any
    line: int
    text: str


def load_json(text: str) -> Any:
    """The whole file. Raises DocumentRefused with the place where it breaks off."""
    _refuse_depth(text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentRefused(_why(error)) from error


def load_items(text: str) -> Iterator[Located]:
    """The items of a list. Raises DocumentRefused when the file is no list; what follows a broken item is refused."""
    _refuse_depth(text)
    decoder, place, line = json.JSONDecoder(), text.find("[") + 1, 1
    line += text.count("\n", 0, place)
    while True:
        end = _SPACE.match(text, place).end()  # type: ignore[union-attr]
        line, place = line + text.count("\n", place, end), end
        if place >= len(text) or text[place] == "]":
            return
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise DocumentRefused(_why(error)) from error
        yield Located(value, line, text[place : min(end, place + 2_000)])
        line, place = line + text.count("\n", place, end), end


def _why(error: Exception) -> str:
    place = f" at line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
    return f"It is no valid JSON{place}."


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{\]}]', text):
        sign = found[0]
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise DocumentRefused("Its lists are nested too deep to be references.")
        elif sign in "]}":
            depth -= 1
