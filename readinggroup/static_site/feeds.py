"""Feeds of the copy: their links lead to where the copy is."""

import xml.etree.ElementTree as ET
from collections.abc import Callable

from defusedxml import ElementTree
from selectolax.lexbor import LexborHTMLParser

ATOM = "http://www.w3.org/2005/Atom"
ET.register_namespace("", ATOM)


def rewrite_feed(content: bytes, moved: Callable[[str], str]) -> bytes:
    """The feed with every link as `moved` returns it; ids stay, so that readers of both meet no entry twice."""
    root = ElementTree.fromstring(content)
    for link in root.iter(f"{{{ATOM}}}link"):
        link.set("href", moved(link.get("href", "")))
    for uri in root.iter(f"{{{ATOM}}}uri"):
        uri.text = moved(uri.text or "")
    for words in root.iter(f"{{{ATOM}}}content"):
        words.text = _rewrite_html(words.text or "", moved)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _rewrite_html(html: str, moved: Callable[[str], str]) -> str:
    tree = LexborHTMLParser(f"<body>{html}</body>")
    for attribute in ("href", "src"):
        for node in tree.css(f"[{attribute}]"):
            node.attrs[attribute] = moved(node.attributes[attribute] or "")
    return (tree.body.inner_html or "") if tree.body else ""
