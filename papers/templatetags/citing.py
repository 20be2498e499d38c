"""What reference managers read in a page: Highwire's citation_* tags, JSON-LD and COinS."""

import json
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from papers.citations import csl_item
from papers.citations.names import family_of
from papers.citations.record import Item
from papers.models import Identifier, Paper

register = template.Library()

SCHEMA_TYPES = {"book": "Book", "thesis": "Thesis", "software": "SoftwareSourceCode", "motion_picture": "VideoObject"}
#: As json_script escapes: nothing in the data can end the element.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def cite_base(row: Any) -> str:
    """The address of a row's page without its last slash: .bib and others are put behind it."""
    return str(row.get_absolute_url()).rstrip("/")


@register.simple_tag
def citation_tags(paper: Paper) -> SafeString:
    """The tags of https://scholar.google.com/intl/en/scholar/inclusion.html for one paper."""
    item = csl_item(paper)
    tags = [("citation_title", item["title"])]
    tags += [("citation_author", _full(name)) for name in item.get("author", [])]
    if item.get("issued"):
        tags.append(("citation_publication_date", "/".join(map(str, item["issued"]["date-parts"][0]))))
    venue = "citation_conference_title" if item["type"] == "paper-conference" else "citation_journal_title"
    tags += [(venue, item.get("container-title", "")), ("citation_publisher", item.get("publisher", ""))]
    tags += [("citation_doi", item.get("DOI", "")), ("citation_isbn", item.get("ISBN", ""))]
    tags += [
        ("citation_arxiv_id", identifier.value)
        for identifier in paper.identifiers.all()
        if identifier.scheme == Identifier.Scheme.ARXIV
    ]
    tags += [("citation_pdf_url", link.url) for link in paper.ordered_links if link.kind == "pdf"][:1]
    tags.append(("citation_language", item.get("language", "")))
    return format_html_join("\n    ", '<meta name="{}" content="{}">', [tag for tag in tags if tag[1]])


@register.simple_tag
def citation_json_ld(paper: Paper) -> SafeString:
    """The paper as a schema.org record in a data block, which a strict policy for scripts allows."""
    item = csl_item(paper)
    parts = item["issued"]["date-parts"][0] if item.get("issued") else []
    record = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(item["type"], "ScholarlyArticle"),
        "name": item["title"],
        "headline": item["title"][:110],
        "author": [_schema_author(name) for name in item.get("author", [])],
        "datePublished": "-".join(f"{part:02}" for part in parts),
        "isPartOf": {"@type": "Periodical", "name": item["container-title"]} if item.get("container-title") else None,
        "publisher": item.get("publisher"),
        "abstract": item.get("abstract"),
        "inLanguage": item.get("language"),
        "isbn": item.get("ISBN"),
        "sameAs": item.get("URL"),
    }
    text = json.dumps({name: value for name, value in record.items() if value}, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 -- escaped above


@register.simple_tag
def coins(paper: Paper) -> SafeString:
    """The paper as a ContextObject in a span (OpenURL COinS), which Zotero finds on pages with many papers."""
    item = csl_item(paper)
    is_book = item["type"] in ("book", "thesis")
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'book' if is_book else 'journal'}"),
        ("rft.btitle" if is_book else "rft.atitle", item["title"]),
        ("rft.genre", _genre(item)),
        ("rft.jtitle", item.get("container-title", "")),
        ("rft.date", "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0]) if item.get("issued") else ""),
        *(("rft.au", _full(name)) for name in item.get("author", [])),
        ("rft.isbn", item.get("ISBN", "")),
        ("rft_id", f"info:doi/{item['DOI']}" if item.get("DOI") else item.get("URL", "")),
    ]
    return format_html('<span class="Z3988" title="{}"></span>', urlencode([pair for pair in pairs if pair[1]]))


def _genre(item: Item) -> str:
    return {"book": "book", "thesis": "dissertation", "paper-conference": "proceeding", "article": "preprint"}.get(
        item["type"], "article"
    )


def _full(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name["family"])))
    return ", ".join(filter(None, (family, name.get("given"))))


def _schema_author(name: dict[str, str]) -> dict[str, str]:
    if "literal" in name:
        return {"@type": "Organization" if " " in name["literal"] else "Person", "name": name["literal"]}
    words = (name.get("given"), name.get("non-dropping-particle"), family_of(name))
    return {"@type": "Person", "name": " ".join(filter(None, words))}
