"""Links between documents that came in together: what one calls by its file has an address here."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.text import slugify

from papers.documents.document import Document, DocumentEntry, is_relative
from papers.services.import_runs import ImportRun
from papers.services.site_address import within_site

LINK = re.compile(r"((?<!!)\[[^\]\n]*\]\()<?([^)\s>]+)>?((?:\s+\"[^\"]*\")?\))")

#: What people leave out when they link to a page.
LEFT_OUT = (".md", "/README.md", "/index.md")


class PageLinks:
    """Finds the page here behind a relative link: by the file it names, or by the address that a site gave it."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.pages = _pages_by_slug(run)

    def address(self, href: str, place: str = "") -> str:
        """The address here, "" for a link to what came in as no page. `place` is the folder of the linking text."""
        if not is_relative(href):
            href, place = within_site(href, self.run.site), ""
        if not href:
            return ""
        files = self.run.files
        target = files.get(self.run.file_name(place + href)) or files.get(self.run.file_name(href))
        target = target or self._with_ending(place + href) or self.pages.get(page_slug(href))
        if target is None:
            return ""
        fragment = urlsplit(href).fragment
        return target.get_absolute_url() + (f"#{fragment}" if fragment else "")

    def _with_ending(self, href: str) -> Any:
        """A page that is called without its ending, or by its folder."""
        name = self.run.file_name(href)
        return next(filter(None, (self.run.files.get(f"{name}{ending}") for ending in LEFT_OUT)), None)

    def follow(self, text: str, place: str = "", *, lost: Callable[[str], None] | None = None) -> str:
        """`text` with its links to pages that are here pointing at them.

        With `lost`, others are completed by the document's address on the web, and it is called for those that lead
        nowhere.
        """

        def lead(match: re.Match[str]) -> str:
            href = match[2]
            address = self.address(href, place)
            if not address and lost and is_relative(href):
                address = self.run.address(place + href)
                if not address:
                    lost(href)
            return f"{match[1]}{address}{match[3]}" if address else match[0]

        return LINK.sub(lead, text) if "](" in text else text


def link_texts(document: Document, *, run: ImportRun) -> None:
    """Point the links in a list's texts, its entries apart, at the pages that came in before it."""
    links = PageLinks(run)
    document.introduction, document.outro = links.follow(document.introduction), links.follow(document.outro)
    for section in document.sections:
        section.body = links.follow(section.body)


def link_entry(entry: DocumentEntry, links: PageLinks, run: ImportRun) -> None:
    """Point the links of an entry at the pages that came in before it, and say which lead nowhere."""
    entry.commentary = links.follow(entry.commentary)
    for place, link in enumerate(entry.links):
        if address := links.address(link.href):
            entry.links[place] = replace(link, href=address)
        elif is_relative(link.href) and not run.address(link.href) and not link.href.startswith("/"):
            run.warn(link.line, link.href, "a relative link; kept as it is")


def _pages_by_slug(run: ImportRun) -> dict[str, Any]:
    """The pages that came in together by the end of the address that a site gives them, where only one has it."""
    pages: dict[str, Any] = {}
    for name, row in run.files.items():
        slug = page_slug(name)
        pages[slug] = row if pages.get(slug, row) is row else None
    return pages


def page_slug(address: str) -> str:
    """ "the-title" for `_posts/2024-01-07-The title.md`, `/2024/01/07/the-title.html` and `../the-title/`."""
    path = PurePosixPath(unquote(urlsplit(address).path).rstrip("/"))
    name = path.parent.name if path.stem.lower() in {"index", "_index", "readme"} else path.name
    name = re.sub(r"\.(?:md|markdown|mdx?|qmd|rmd|html?)$", "", name, flags=re.IGNORECASE)
    return slugify(re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-", "", name))
