"""No text may make a page run something, wherever it came from."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from readinggroup.markdown import render_markdown, summarise, table_of_contents
from readinggroup.markdown.sanitising import ATTRIBUTES, MATH_TAGS, PROSE_TAGS, sanitise
from tests.readinggroup.markdown.payloads import PAYLOADS

ALLOWED_TAGS = PROSE_TAGS | MATH_TAGS | {"html", "head", "body", "-text"}
# As browsers read it: what does not begin like this is an address relative to the page.
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")


def assert_harmless(html: str) -> None:
    for node in HTMLParser(f"<body>{html}</body>").css("*"):
        assert node.tag in ALLOWED_TAGS, node.html
        for name, value in node.attributes.items():
            assert name == "class" or name in ATTRIBUTES.get(node.tag, set()) | {"type"}, node.html
            assert not name.startswith("on"), node.html
            assert name != "style", node.html
            if name in {"href", "src"}:
                plain = "".join(sign for sign in value or "" if sign > " ").lower()
                scheme = SCHEME.match(plain)
                assert scheme is None or scheme.group(1) in {"http", "https", "mailto"}, node.html
            if name == "id":
                assert value.startswith(("section-", "note-", "math-")), node.html


def test_the_corpus_is_large():
    assert len(set(PAYLOADS)) > 200


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_does_nothing(payload):
    for text in (
        payload,
        f"before {payload} after",
        f"> - {payload}",
        f"| a |\n|---|\n| {payload} |",
        f"**{payload}**",
        f"[{payload}](x)",
    ):
        html = render_markdown(text)
        assert_harmless(html)
        for heading in table_of_contents(html, deepest=6):
            assert_harmless(heading.title)
        assert_harmless(sanitise(f"<p>{summarise(text)}</p>".replace("<", "&lt;")))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_sanitiser_alone_stops_every_payload(payload):
    """Were the parser to let raw HTML through one day, the last step would still hold."""
    html = sanitise(payload)
    for node in HTMLParser(f"<body>{html}</body>").css("*"):
        assert node.tag in ALLOWED_TAGS
        assert not any(name.startswith("on") or name == "style" for name in node.attributes)
        assert not (node.attributes.get("href") or "").lower().strip().startswith(("javascript:", "data:", "vbscript:"))


def test_headings_cannot_take_the_place_of_parts_of_the_page():
    assert 'id="section-main"' in render_markdown("# main")


def test_template_tags_are_text():
    assert (
        render_markdown("{{ settings.SECRET_KEY }} {% load x %}") == "<p>{{ settings.SECRET_KEY }} {% load x %}</p>\n"
    )


def test_what_a_database_cannot_store_is_replaced():
    html = render_markdown("a\x00b\ud800c")
    html.encode()
    assert "\x00" not in html
