"""Reading a site of files as a browser would: every link, picture, style and script must lead to a file."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from defusedxml import ElementTree
from selectolax.lexbor import LexborHTMLParser

ATOM = "{http://www.w3.org/2005/Atom}"
ATTRIBUTES = ("href", "src", "poster", "action", "data")


def links_of_page(html: str) -> Iterator[str]:
    tree = LexborHTMLParser(html)
    for attribute in ATTRIBUTES:
        for node in tree.css(f"[{attribute}]"):
            yield node.attributes[attribute] or ""
    for node in tree.css("[srcset]"):
        for candidate in (node.attributes["srcset"] or "").split(", "):
            yield candidate.strip().split(" ")[0]


def links_of_feed(xml: bytes, public_url: str) -> Iterator[str]:
    """Those that lead into the copy, as paths from its root."""
    root = ElementTree.fromstring(xml)
    found = [link.get("href", "") for link in root.iter(f"{ATOM}link")]
    found += [uri.text or "" for uri in root.iter(f"{ATOM}uri")]
    for words in root.iter(f"{ATOM}content"):
        found += links_of_page(words.text or "")
    yield from (link.removeprefix(f"{public_url}/") for link in found if link.startswith(f"{public_url}/"))


def broken_links(root: Path, public_url: str) -> list[str]:
    """Every link within the tree that leads to no file or no place in a page, as "page: link"."""
    broken = []
    for page in root.rglob("*"):
        if page.suffix == ".html":
            links = [(link, page.parent) for link in links_of_page(page.read_text())]
        elif page.suffix == ".css":
            links = [(link, page.parent) for link in re.findall(r"url\(\"?([^\")]+)\"?\)", page.read_text())]
        elif page.suffix == ".atom":
            links = [(link, root) for link in links_of_feed(page.read_bytes(), public_url)]
        else:
            continue
        broken += [f"{page.relative_to(root)}: {link}" for link, base in links if not leads_somewhere(link, base, page)]
    return broken


def leads_somewhere(link: str, base: Path, page: Path) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return parts.scheme in ("http", "https", "mailto", "data")
    if link.startswith("/"):
        return False
    target = base / unquote(parts.path) if parts.path else page
    if page.suffix == ".atom" and target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return False
    # Places that scripts make of numbers: a slide, a second.
    if not parts.fragment or target.suffix != ".html" or re.match(r"(slide|t)=\d", parts.fragment):
        return True
    ids = {node.attributes["id"] for node in LexborHTMLParser(target.read_text()).css("[id]")}
    return unquote(parts.fragment) in ids
