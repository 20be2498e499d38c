from dataclasses import dataclass


class NotAnIdentifier(ValueError):
    """The text names no paper in any spelling we know; its message is a sentence for the member."""


@dataclass(frozen=True)
class ParsedIdentifier:
    """`scheme` and `value` are what is unique; `version` is kept apart; `url` is where a person finds the work."""

    scheme: str
    value: str
    version: str = ""
    url: str = ""
