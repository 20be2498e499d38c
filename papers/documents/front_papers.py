"""Which papers the front matter of a text names: one, under a name of its own, or several in a list."""

from collections.abc import Iterator
from typing import Any

from papers.documents.front_matter import FrontMatter
from papers.documents.front_schedule import text_of
from papers.documents.links import TextLink, find_links
from papers.documents.paper_links import is_paper, work_key

#: Names under which often only a number stands.
_NAMED = {"arxiv": "arxiv:", "arxiv_id": "arxiv:", "arxivid": "arxiv:", "eprint": "arxiv:", "doi": "doi:"}
_KEYS = ("paper", "papers", "paper_url", "paper_urls", "paperurl", "paper_link", "paper_links", *_NAMED)
_KEYS += ("arxiv_url", "doi_url", "pdf", "url_pdf", "pdf_url", "publication", "publications", "link", "source")
_CITED = ("cite", "citation", "reference")


def told_papers(front: FrontMatter) -> list[TextLink]:
    """The papers that the front matter gives, those that it only names by arXiv's number or DOI too.

    Several addresses under names of their own (`arxiv`, `doi`, `pdf`) are one work, unless two of them are of one kind.
    """
    found: dict[tuple[str, str], TextLink] = {}
    for name, value in _told(front):
        for link in filter(None, (_paper_in(part, name) for part in _parts(value))):
            scheme, number = work_key(link.href)
            front.used.add(name)
            if isinstance(value, list) or not found or any(known == scheme for known, _ in found):
                found.setdefault((scheme, number), link)
    return list(found.values())


def paper_title_in(front: FrontMatter) -> str:
    """What the front matter says the paper is called, where that is not the title of the report."""
    for name, value in _told(front):
        part = _parts(value)[0] if _parts(value) else None
        if isinstance(part, dict) and isinstance(part.get("title"), str):
            front.used.add(name)
            return " ".join(part["title"].split())
    return front.text("paper_title", "papertitle")


def with_listed_papers(text: str, front: FrontMatter, own: list[TextLink]) -> str:
    """`text` with the papers of a list in the front matter below it that it does not link to or name itself.

    `own` are those that its reader sees beside it.
    """
    shown = {work_key(link.href) for link in own}
    items = []
    for name, value in _told(front):
        if name not in front.used or not isinstance(value, list):
            continue
        for part in value:
            link = _paper_in(part, name)
            said = link.href if link else text_of(part)
            if said and said not in text and not (link and work_key(link.href) in shown):
                items.append(f"- {_as_item(part, link)}")
    return "\n\n".join(filter(None, (text, "\n".join(items))))


def _told(front: FrontMatter) -> Iterator[tuple[str, Any]]:
    names = {name.replace("-", "_"): name for name in front.values}
    for key in (*_KEYS, *_CITED):
        if (name := names.get(key)) and front.values[name]:
            yield name, front.values[name]


def _parts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _paper_in(part: Any, name: str) -> TextLink | None:
    """The paper that a value names, a mapping by its first address."""
    if isinstance(part, dict):
        found = (_paper_in(value, str(key)) for key, value in part.items() if isinstance(value, str | int | float))
        link = next(filter(None, found), None)
        title = part.get("title") or part.get("name")
        return TextLink(link.href, str(title)) if link and title else link
    if not isinstance(part, str | int | float) or isinstance(part, bool) or not str(part).strip():
        return None
    written, kind = str(part).strip(), _NAMED.get(name.lower().replace("-", "_"))
    links = [link for link in find_links(written) if is_paper(link.href)]
    spellings = (written, f"{kind}{written}") if kind else (written,)
    return next(iter(links), None) or next((TextLink(href) for href in spellings if is_paper(href)), None)


def _as_item(part: Any, link: TextLink | None) -> str:
    """A paper of a list with what else the list says of it."""
    if not isinstance(part, dict):
        return f"<{link.href}>" if link and link.href == str(part).strip() else text_of(part)
    title = link.text if link and link.text else str(part.get("title") or part.get("name") or "")
    head = f"[{title or link.href}]({link.href})" if link else title
    rest = [text_of(value) for key, value in part.items() if key not in {"title", "name"}]
    return ", ".join(filter(None, (head, *(text for text in rest if text and (not link or text not in link.href)))))
