"""What stands in the weekly digest, as the apps announce it when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from readinggroup.models import Member


@dataclass(frozen=True)
class DigestLine:
    """One piece of news: words, the site's path where there is more, and a few words beside it."""

    text: str
    path: str
    detail: str = ""


@dataclass(frozen=True)
class DigestSection:
    """A heading and its lines; without `is_news`, they are worth reading but not worth a mail."""

    heading: str
    lines: list[DigestLine]
    is_news: bool = True


#: What is new for `member` since a moment; None or no lines when nothing is.
Reporter = Callable[[Member, datetime], DigestSection | None]

_reporters: list[Reporter] = []


def register_digest(reporter: Reporter) -> None:
    """Let `reporter` add its section to every digest, after those that came before."""
    if reporter not in _reporters:
        _reporters.append(reporter)


def digest_sections(member: Member, since: datetime) -> list[DigestSection]:
    """All sections with something to say, or none when there is no news."""
    sections = [section for reporter in _reporters if (section := reporter(member, since)) and section.lines]
    return sections if any(section.is_news for section in sections) else []
