"""A page as the server sends it, made into one that stands alone."""

import base64
from collections.abc import Callable
from typing import Any, Protocol

from selectolax.lexbor import LexborHTMLParser

from readinggroup.static_site.addresses import Address, read_link, relative_link

#: What needs the server, and hints for a browser that a file does not need.
GONE = "form, [data-live], link[rel=preload]"
#: Links that look like controls; without the server they would do nothing.
CONTROLS = {"button", "row-action"}
FILES = (("video", "src"), ("video", "poster"), ("source", "src"), ("audio", "src"))


class Places(Protocol):
    """Where things are in the tree of files: each answer is the name of a file, or "" when there is none."""

    def of_page(self, address: Address) -> str: ...

    def of_script(self, address: Address, *, is_module: bool) -> str: ...

    def is_live(self, address: Address) -> bool:
        """Whether `address`, which has no file, is there on the running site."""

    def read(self, name: str) -> bytes: ...


class PageWriter:
    """Rewrites one page, which is called `name` in the tree."""

    def __init__(self, html: bytes, address: Address, name: str, places: Places) -> None:
        self.tree = LexborHTMLParser(html.decode())
        self.address = address
        self.name = name
        self.places = places
        self.missing: list[str] = []
        self._symbols: dict[str, Any] = {}

    def rewrite(self) -> str:
        for node in self.tree.css(GONE):
            node.decompose()
        for node in self.tree.css("[data-refresh-url]"):
            del node.attrs["data-refresh-url"]
        steps: tuple[tuple[str, Callable[[Any], None]], ...] = (
            ("[data-slide-text]", self._lay_text),
            ("a[href]", self._link),
            ("link[href]", self._head_link),
            ("script[src]", self._script),
            ("img[srcset]", self._pictures),
            ("img[src]", self._picture),
            ("track[src]", self._track),
            ("use[href]", self._symbol),
        )
        for selector, change in steps:
            for node in self.tree.css(selector):
                change(node)
        for tag, attribute in FILES:
            for node in self.tree.css(f"{tag}[{attribute}]"):
                self._file(node, attribute)
        self._add_symbols()
        return f"{self.tree.html}\n"

    def _place(self, link: str) -> str | None:
        """The relative link to what `link` leads to, "" when it has no file, None when it is not of this site."""
        read = read_link(link, self.address)
        if read is None:
            return None
        address, fragment = read
        name = self.places.of_page(address)
        return relative_link(name, self.name, fragment) if name else ""

    def _link(self, node: Any) -> None:
        href = node.attributes["href"] or ""
        if href.startswith("#") or "data-original" in node.attributes:
            return
        place = self._place(href)
        if place is None:
            return
        if place:
            node.attrs["href"] = place
            return
        read = read_link(href, self.address)
        if read is None or not self.places.is_live(read[0]):
            node.unwrap()
        elif CONTROLS & set((node.attributes.get("class") or "").split()):
            node.decompose()
        else:
            node.attrs["href"] = f"{read[0].whole}{read[1]}"

    def _head_link(self, node: Any) -> None:
        place = self._place(node.attributes["href"] or "")
        if place:
            node.attrs["href"] = place
        elif place == "":
            self._note(node, "href")
            node.decompose()

    def _script(self, node: Any) -> None:
        read = read_link(node.attributes["src"] or "", self.address)
        is_module = node.attributes.get("type") == "module"
        name = self.places.of_script(read[0], is_module=is_module) if read else ""
        if not name:
            node.decompose()
            return
        node.attrs["src"] = relative_link(name, self.name)
        if is_module:
            del node.attrs["type"]
            node.attrs["defer"] = ""

    def _picture(self, node: Any) -> None:
        source = node.attributes["src"] or ""
        if source.startswith("data:"):
            return
        place = self._place(source)
        words = node.attributes.get("alt") or ""
        if place:
            node.attrs["src"] = place
        elif place is None:
            # The site's policy loads no pictures from elsewhere; nor does its copy.
            link = LexborHTMLParser("<a></a>").css_first("a")
            assert link is not None
            link.attrs["href"] = source
            link.insert_child(words or "Picture elsewhere")
            node.replace_with(link)
        else:
            self._note(node, "src")
            node.replace_with(words)

    def _pictures(self, node: Any) -> None:
        candidates = []
        for candidate in (node.attributes["srcset"] or "").split(", "):
            source, _, size = candidate.strip().partition(" ")
            if place := self._place(source):
                candidates.append(f"{place} {size}".strip())
        if candidates:
            node.attrs["srcset"] = ", ".join(candidates)
        else:
            del node.attrs["srcset"]

    def _file(self, node: Any, attribute: str) -> None:
        if place := self._place(node.attributes[attribute] or ""):
            node.attrs[attribute] = place
        else:
            self._note(node, attribute)
            del node.attrs[attribute]

    def _track(self, node: Any) -> None:
        """Browsers read no subtitles from files beside a page, so they go into it."""
        read = read_link(node.attributes["src"] or "", self.address)
        name = self.places.of_page(read[0]) if read else ""
        if not name:
            self._note(node, "src")
            node.decompose()
            return
        node.attrs["src"] = f"data:text/vtt;base64,{base64.b64encode(self.places.read(name)).decode()}"

    def _lay_text(self, node: Any) -> None:
        """The words of a slide, which the viewer fetches, lie on it from the beginning."""
        read = read_link(node.attributes["data-slide-text"] or "", self.address)
        del node.attrs["data-slide-text"]
        name = self.places.of_page(read[0]) if read else ""
        layer = LexborHTMLParser(self.places.read(name).decode()).css_first("svg") if name else None
        if layer is not None:
            layer.attrs["class"] = "slide-layer"
            layer.attrs["aria-hidden"] = "true"
            node.insert_child(layer)

    def _symbol(self, node: Any) -> None:
        """Browsers draw no symbol from a file beside a page, so it goes into it."""
        href = node.attributes["href"] or ""
        read = None if href.startswith("#") else read_link(href, self.address)
        if read is None:
            return
        address, fragment = read
        name = self.places.of_page(address)
        key = f"{name.rpartition('/')[2].partition('.')[0]}-{fragment[1:]}"
        if name and key not in self._symbols:
            sheet = LexborHTMLParser(self.places.read(name).decode())
            drawn = {one.attributes["id"]: one for one in sheet.css("[id]")}.get(fragment[1:])
            if drawn is not None:
                drawn.attrs["id"] = key
                self._symbols[key] = drawn
        if key in self._symbols:
            node.attrs["href"] = f"#{key}"
        else:
            self._note(node, "href")
            node.decompose()

    def _add_symbols(self) -> None:
        sheet = LexborHTMLParser('<svg width="0" height="0" hidden aria-hidden="true"></svg>').css_first("svg")
        if self._symbols and sheet is not None and self.tree.body is not None:
            for drawn in self._symbols.values():
                sheet.insert_child(drawn)
            self.tree.body.insert_child(sheet)

    def _note(self, node: Any, attribute: str) -> None:
        self.missing.append(str(node.attributes[attribute]))
