"""Going through the site from link to link, and writing what is found."""

import mimetypes
from collections import Counter, deque
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from django.http.response import HttpResponseBase

from readinggroup.files import CONTENT_TYPES
from readinggroup.static_site import assets
from readinggroup.static_site.addresses import Address, file_name, page_name, read_link
from readinggroup.static_site.feeds import rewrite_feed
from readinggroup.static_site.pages import PageWriter
from readinggroup.static_site.visitor import NeedsTheServer, NotForVisitors, ask, leads_to

HTML, ATOM = "text/html", "application/atom+xml"
START = Address("/")
_EXTENSIONS = {content_type: extension for extension, content_type in reversed(CONTENT_TYPES.items())}


class StaticSite:
    """The site as files in `root`; `public_url` is where they will be found, which their feeds must know.

    An address is asked once, when a link to it is met: what comes is written as it is, so memory holds one page at a
    time, and pages and feeds wait for their turn to be rewritten.
    """

    def __init__(self, root: Path, *, public_url: str) -> None:
        self.root = root
        self.public_url = public_url.rstrip("/")
        #: Written answers by the name of their view, and the files of styles and scripts.
        self.counts: Counter[str] = Counter()
        #: Pictures and files that pages name and that are not there, with the page.
        self.missing: list[tuple[str, str]] = []
        self._names: dict[Address, str] = {}
        self._live: set[Address] = set()
        self._assets: dict[tuple[str, bool], str] = {}
        self._waiting: deque[tuple[Address, str, str]] = deque()

    def write(self, paths: Iterable[str]) -> None:
        """Write the pages at these paths, and whatever can be reached from them. Raises ViewFailed."""
        for path in paths:
            found = read_link(path, START)
            if found:
                self.of_page(found[0])
            while self._waiting:
                self._rewrite(*self._waiting.popleft())

    @property
    def size(self) -> int:
        return sum(path.stat().st_size for path in self.root.rglob("*") if path.is_file())

    def of_page(self, address: Address) -> str:
        """The name of the file with what is at `address`, "" when a visitor finds nothing there."""
        if name := assets.static_name(address.path):
            return self._asset(name, is_module=False)
        if address not in self._names:
            # Said first, so that a circle of redirects ends.
            self._names[address] = ""
            self._names[address] = self._fetch(address)
        return self._names[address]

    def of_script(self, address: Address, *, is_module: bool) -> str:
        name = assets.static_name(address.path)
        return self._asset(name, is_module=is_module) if name else ""

    def is_live(self, address: Address) -> bool:
        return address in self._live

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def _fetch(self, address: Address) -> str:
        try:
            view_name, response = ask(address)
            location = leads_to(response)
            if location:
                target = read_link(location, address)
                return self.of_page(target[0]) if target else ""
        except NotForVisitors:
            return ""
        except NeedsTheServer:
            self._live.add(address)
            return ""
        try:
            return self._keep(address, view_name, response)
        finally:
            # The answer's own close() ends a request, and with it the connection to the database.
            file = getattr(response, "file_to_stream", None)
            if file is not None:
                file.close()

    def _keep(self, address: Address, view_name: str, response: HttpResponseBase) -> str:
        content_type = response.headers.get("Content-Type", "").partition(";")[0]
        try:
            name = page_name(address) if content_type == HTML else file_name(address, _extension(content_type))
        except ValueError:
            return ""
        path = self._path(name)
        with path.open("wb") as file:
            for chunk in response:
                file.write(chunk)
        self.counts[view_name] += 1
        if content_type in (HTML, ATOM):
            self._waiting.append((address, name, content_type))
        return name

    def _rewrite(self, address: Address, name: str, content_type: str) -> None:
        path = self.root / name
        if content_type == ATOM:
            path.write_bytes(rewrite_feed(path.read_bytes(), self._public_link))
            return
        writer = PageWriter(path.read_bytes(), address, name, self)
        path.write_text(writer.rewrite(), encoding="utf-8")
        self.missing += [(name, link) for link in writer.missing]

    def _public_link(self, link: str) -> str:
        """Where the copy has what an address of the site leads to; a page is called by its folder."""
        found = read_link(link, START)
        name = self.of_page(found[0]) if found else ""
        if found is None or not name:
            return link
        shown = name.removesuffix("index.html") if name.rpartition("/")[2] == "index.html" else name
        return f"{self.public_url}/{quote(shown)}{found[1]}"

    def _asset(self, name: str, *, is_module: bool) -> str:
        key = (name, is_module)
        if key not in self._assets:
            self._assets[key] = ""
            self._assets[key] = self._keep_asset(name, is_module=is_module)
        return self._assets[key]

    def _keep_asset(self, name: str, *, is_module: bool) -> str:
        content = assets.read_asset(name)
        if content is not None and is_module:
            content = assets.as_classic_script(content)
        if content is None:
            return ""
        if name.endswith(".css"):
            for linked in assets.linked_assets(name, content):
                self._asset(linked, is_module=False)
        place = f"static/{name}"
        self._path(place).write_bytes(content)
        self.counts["static"] += 1
        return place

    def _path(self, name: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def _extension(content_type: str) -> str:
    return _EXTENSIONS.get(content_type) or mimetypes.guess_extension(content_type) or ""
