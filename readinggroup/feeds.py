"""Atom feeds (RFC 4287): entries that the floors above fill in, written safely and with absolute addresses."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urljoin
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe
from selectolax.lexbor import LexborHTMLParser

from readinggroup.markdown.sanitising import sanitise

#: A feed is news, not the archive.
MOST_ENTRIES = 50
FIVE_MINUTES = 300
#: Feeds are kept and shared by their readers' services, so they hold what everybody may see, whoever asks.
EVERYBODY = AnonymousUser()

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESSES = ("href", "src")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedLink:
    """A link of an entry beside the one to its page; `relation` is "related" or "enclosure"."""

    url: str
    relation: str = "related"
    media_type: str = ""
    size: int = 0


@dataclass(frozen=True)
class FeedEntry:
    """What a reader of the feed gets. `key` never changes, whatever the title becomes; `content` is HTML."""

    key: str
    title: str
    url: str
    published: datetime
    updated: datetime
    content: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    topics: tuple[str, ...] = ()
    links: tuple[FeedLink, ...] = field(default=())

    @property
    def id(self) -> str:
        return tag_uri(self.key)


def absolute(address: str) -> str:
    """An address of this site in full; one that is whole already stays."""
    return urljoin(f"{settings.SITE_URL}/", address)


def tag_uri(key: str) -> str:
    """A name for a thing of this site (RFC 4151), which says nothing of where its page is or what it is called."""
    return f"tag:{settings.SITE_HOST},2020:{key}"


def moment_of(day: date) -> datetime:
    """A day as a moment: its noon where the group lives, so that it is the same day nearly everywhere."""
    return make_aware(datetime.combine(day, time(12)))


def author_of(credit: Any) -> tuple[str, str]:
    """Name and page of somebody with `display_name` and perhaps a `member`; a hidden page is not linked."""
    member = credit.member
    is_shown = member is not None and member.is_public and member.is_active
    return credit.display_name, absolute(member.get_absolute_url()) if is_shown else ""


def feed_content(template: str, context: dict[str, Any], *, page_url: str) -> str:
    """HTML for an entry: rendered, cut down to what prose may hold, every address made whole from `page_url`."""
    tree = LexborHTMLParser(f"<body>{sanitise(render_to_string(template, context))}</body>")
    for name in _ADDRESSES:
        for node in tree.css(f"[{name}]"):
            node.attrs[name] = urljoin(page_url, node.attributes[name] or "")
    # Two entries on one page of a reader must not share anchors.
    for node in tree.css("[id]"):
        del node.attrs["id"]
    return (tree.body.inner_html or "").strip() if tree.body else ""


class _CleanXML(SimplerXMLGenerator):
    """Leaves out the characters that XML cannot hold, in texts and in attributes."""

    def characters(self, content: str) -> None:
        super().characters(_FORBIDDEN.sub("", content))

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 -- the name is SAX's
        clean = {key: _FORBIDDEN.sub("", str(value)) for key, value in attrs.items()}
        super().startElement(name, AttributesImpl(clean))


class _Atom(Atom1Feed):
    """Atom with HTML content, several authors and links of every relation."""

    def write(self, outfile: Any, encoding: str) -> None:
        handler = _CleanXML(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def latest_post_date(self) -> datetime:
        """When anything in it changed; an empty feed is as old as can be, and the same when asked again."""
        return max((item["updateddate"] for item in self.items), default=_LONG_AGO)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        for name, page in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            if page:
                handler.addQuickElement("uri", page)
            handler.endElement("author")
        for link in item["links"]:
            named = {"rel": link.relation, "href": link.url, "type": link.media_type, "length": str(link.size or "")}
            handler.addQuickElement("link", "", {name: value for name, value in named.items() if value})
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})


class AtomFeed(Feed):
    """A feed of `FeedEntry`s. Subclasses say `title`, `key`, `page_path` and `entries`, each asked with the object.

    An instance answers one request; `feed_view` makes the view.
    """

    feed_type = _Atom
    language = "en"

    def title(self, about: Any) -> str:
        raise NotImplementedError

    def key(self, about: Any) -> str:
        raise NotImplementedError

    def page_path(self, about: Any) -> str:
        """The path of the page with the same things."""
        raise NotImplementedError

    def entries(self, about: Any) -> Iterable[FeedEntry]:
        raise NotImplementedError

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.feed_url = absolute(request.path)
        response = super().__call__(request, *args, **kwargs)
        response.headers["Cache-Control"] = f"public, max-age={FIVE_MINUTES}"
        return response

    def link(self, about: Any) -> str:
        return absolute(self.page_path(about))

    def author_name(self) -> str:
        return settings.SITE_NAME

    def feed_guid(self, about: Any) -> str:
        return tag_uri(self.key(about))

    def items(self, about: Any) -> list[FeedEntry]:
        return list(self.entries(about))[:MOST_ENTRIES]

    def item_title(self, item: FeedEntry) -> str:
        return item.title

    def item_description(self, item: FeedEntry) -> str:
        return ""

    def item_link(self, item: FeedEntry) -> str:
        return item.url

    def item_guid(self, item: FeedEntry) -> str:
        return item.id

    def item_pubdate(self, item: FeedEntry) -> datetime:
        return item.published

    def item_updateddate(self, item: FeedEntry) -> datetime:
        return max(item.published, item.updated)

    def item_categories(self, item: FeedEntry) -> tuple[str, ...]:
        return item.topics

    def item_extra_kwargs(self, item: FeedEntry) -> dict[str, Any]:
        return {"content": item.content, "authors": item.authors, "links": item.links}


def feed_view(feed: type[AtomFeed]) -> Callable[..., HttpResponse]:
    """The view of a feed: read only, and answered in a word to readers who have it already."""

    @require_safe
    @conditional_page
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return feed()(request, *args, **kwargs)

    return view
