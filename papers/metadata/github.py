"""Repositories on GitHub (docs.github.com/rest/repos)."""

from datetime import date
from urllib.parse import quote

from django.conf import settings

from papers.metadata.answers import AuthorName, MetadataNotFound, PaperLink, PaperMetadata
from papers.metadata.asking import ask, read_json, unreadable
from papers.metadata.text import one_line
from papers.metadata.values import dated, mapping
from readinggroup.fetching import Pace

SOURCE = "GitHub"


def load(repository: str) -> PaperMetadata:
    """Return what GitHub says about "owner/name". Raises MetadataNotFound, MetadataUnavailable."""
    body = ask(
        SOURCE,
        f"{settings.SOURCE_URLS['github'].rstrip('/')}/{quote(repository)}",
        accept="application/vnd.github+json",
        pace=Pace("github", settings.SOURCE_SECONDS_PER_REQUEST),
        not_found=not_found(repository),
    )
    return read_repository(body, repository)


def not_found(repository: str) -> str:
    return f"GitHub shows no public repository {repository}. Check the link, or fill in the title yourself."


def read_repository(body: bytes, repository: str) -> PaperMetadata:
    """Return the repository in GitHub's answer; its name is its title, its description its abstract."""
    answer = read_json(SOURCE, body)
    if not isinstance(answer, dict):
        raise unreadable(SOURCE)
    name = one_line(answer.get("full_name"), 300)
    if not name:
        raise MetadataNotFound(not_found(repository))
    owner = one_line(mapping(answer.get("owner")).get("login"), 100)
    created: tuple[date | None, str] = dated(answer.get("created_at"))
    home = answer.get("homepage")
    page = home if isinstance(home, str) and home.startswith("https://") and len(home) < 500 else ""
    return PaperMetadata(
        source=SOURCE,
        title=name,
        kind="software",
        authors=(AuthorName(owner),) if owner else (),
        abstract=one_line(answer.get("description"), 1000),
        published_on=created[0],
        published_precision=created[1],
        venue="GitHub",
        links=(
            PaperLink("code", f"https://github.com/{name}", "GitHub"),
            *((PaperLink("page", page, "Home page"),) if page else ()),
        ),
    )
