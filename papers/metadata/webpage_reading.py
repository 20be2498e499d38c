"""What a page's head says: Highwire's `citation_…` tags, Dublin Core, JSON-LD, OpenGraph, the title, in this order."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from papers.identifiers import NotAnIdentifier, ParsedIdentifier, parse_identifier
from papers.metadata.answers import AuthorName, PaperLink, PaperMetadata, merge
from papers.metadata.text import one_line, paragraphs
from papers.metadata.values import (
    MAX_AUTHORS,
    authors,
    dated,
    first_line,
    items,
    language,
    mappings,
    natural_name,
    orcid,
)

SOURCE = "the page itself"
MAX_TAGS = 5_000
MAX_JSON = 400_000

_HIGHWIRE_DATES = tuple(
    f"citation_{name}" for name in ("publication_date", "online_date", "date", "cover_date", "year")
)
_HIGHWIRE_VENUES = tuple(
    f"citation_{name}"
    for name in (
        "journal_title",
        "conference_title",
        "conference",
        "inbook_title",
        "dissertation_institution",
        "technical_report_institution",
        "publisher",
    )
)

_ARTICLES = {
    "scholarlyarticle",
    "article",
    "newsarticle",
    "blogposting",
    "techarticle",
    "report",
    "medicalscholarlyarticle",
}
_KINDS = {
    "scholarlyarticle": "article",
    "medicalscholarlyarticle": "article",
    "report": "article",
    "techarticle": "article",
    "blogposting": "post", "newsarticle": "post", "article": "post", "book": "book", "thesis": "thesis",
    "videoobject": "video", "softwaresourcecode": "software", "softwareapplication": "software", "dataset": "other",
}  # fmt: skip


def read_page(text: str, url: str) -> PaperMetadata:
    """Return what the page says, with an empty title when it says none."""
    page = LexborHTMLParser(text)
    tags = _tags(page)
    scholarly = [reading for reading in (_highwire(tags, url), _dublin_core(tags)) if reading.title]
    general = _open_graph(tags, page)
    if scholarly:
        # What such a page tells search engines about itself is a citation or an advertisement rather than an abstract.
        general = replace(general, abstract="", authors=())
    found = merge([*scholarly, *(reading for reading in (_json_ld(page), general) if reading.title)] or [general])
    site = first_line(tags.get("og:site_name"), 200)
    return _tidied(found, tags, url, site)


def _tidied(found: PaperMetadata, tags: dict[str, list[str]], url: str, site: str) -> PaperMetadata:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    stated = language(next(iter(tags.get("html:lang", [])), ""))
    return replace(
        found, venue=found.venue or site or host, language=found.language or stated, source=SOURCE, sources={}
    )


def _tags(page: LexborHTMLParser) -> dict[str, list[str]]:
    """Content of the meta tags by name in lower case."""
    found: dict[str, list[str]] = {}
    for node in page.css("meta")[:MAX_TAGS]:
        name = node.attributes.get("name") or node.attributes.get("property") or node.attributes.get("itemprop")
        content = node.attributes.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), []).append(content)
    root = page.css_first("html")
    if root is not None and root.attributes.get("lang"):
        found["html:lang"] = [root.attributes["lang"] or ""]
    return found


def _highwire(tags: dict[str, list[str]], url: str) -> PaperMetadata:
    day, precision = _first_date(
        tags,
        "citation_publication_date",
        "citation_online_date",
        "citation_date",
        "citation_cover_date",
        "citation_year",
    )
    people = tags.get("citation_author") or [
        name for text in tags.get("citation_authors", []) for name in text.split(";")
    ]
    pdf = first_line([urljoin(url, address) for address in tags.get("citation_pdf_url", [])], 900)
    return PaperMetadata(
        source=SOURCE,
        title=first_line(tags.get("citation_title"), 600),
        kind="thesis" if "citation_dissertation_institution" in tags else "article",
        authors=authors(AuthorName(natural_name(name)) for name in people[:MAX_AUTHORS]),
        abstract=_abstract(tags, "citation_abstract", "dc.description", "dcterms.abstract"),
        published_on=day,
        published_precision=precision,
        venue=next((line for line in (first_line(tags.get(name)) for name in _HIGHWIRE_VENUES) if line), ""),
        language=language(first_line(tags.get("citation_language"))),
        links=(PaperLink("pdf", pdf, "PDF"),) if pdf.startswith("http") else (),
        identifiers=tuple(_identifiers(tags)),
    )


def _dublin_core(tags: dict[str, list[str]]) -> PaperMetadata:
    """dublincore.org/specifications/dublin-core/dcmi-terms, with either prefix."""

    def stated(name: str) -> list[str]:
        return tags.get(f"dc.{name}") or tags.get(f"dcterms.{name}") or tags.get(f"dc:{name}") or []

    day, precision = _first_date(tags, "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.issued")
    return PaperMetadata(
        source=SOURCE,
        title=first_line(stated("title"), 600),
        authors=authors(AuthorName(natural_name(name)) for name in stated("creator")[:MAX_AUTHORS]),
        abstract=_abstract(tags, "dc.description", "dcterms.abstract", "dcterms.description"),
        published_on=day,
        published_precision=precision,
        venue=first_line(stated("source") or stated("publisher")),
        language=language(first_line(stated("language"))),
    )


def _json_ld(page: LexborHTMLParser) -> PaperMetadata:
    """schema.org in JSON-LD: the first thing that is a work."""
    for thing in _things(page):
        kinds = [kind.lower() for kind in items(thing.get("@type")) if isinstance(kind, str)]
        kind = next((_KINDS[name] for name in kinds if name in _KINDS), "")
        title = first_line(thing.get("headline"), 600) or first_line(thing.get("name"), 600)
        if not kind or not title:
            continue
        day, precision = dated(thing.get("datePublished") or thing.get("dateCreated") or thing.get("uploadDate"))
        publisher = next(mappings(thing.get("isPartOf") or thing.get("publisher")), {})
        return PaperMetadata(
            source=SOURCE,
            title=title,
            kind=kind,
            authors=authors(_people(thing.get("author") or thing.get("creator"))),
            abstract=paragraphs(thing.get("description") or thing.get("abstract")),
            published_on=day,
            published_precision=precision,
            venue=first_line(publisher.get("name")),
            language=language(thing.get("inLanguage")),
        )
    return PaperMetadata(source=SOURCE)


def _things(page: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in page.css('script[type="application/ld+json"]')[:50]:
        text = node.text() or ""
        if len(text) > MAX_JSON:
            continue
        try:
            stated = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in mappings(stated):
            yield from mappings(thing["@graph"]) if "@graph" in thing else (thing,)
            yield from mappings(thing.get("mainEntity"))


def _people(value: Any) -> Iterator[AuthorName]:
    for person in items(value)[:MAX_AUTHORS]:
        if isinstance(person, str):
            yield AuthorName(natural_name(person))
        elif isinstance(person, dict):
            named = [*items(person.get("@id")), *items(person.get("sameAs")), *items(person.get("identifier"))]
            name = first_line(person.get("name")) or " ".join(
                filter(None, (first_line(person.get("givenName")), first_line(person.get("familyName"))))
            )
            yield AuthorName(natural_name(name), next((iD for iD in map(orcid, named) if iD), ""))


def _open_graph(tags: dict[str, list[str]], page: LexborHTMLParser) -> PaperMetadata:
    """ogp.me, and what every page has: a title, perhaps an author and a description."""
    node = page.css_first("head title") or page.css_first("title")
    title = first_line(tags.get("og:title") or tags.get("twitter:title"), 600) or one_line(
        node.text() if node else "", 600
    )
    day, precision = _first_date(
        tags, "article:published_time", "og:article:published_time", "date", "book:release_date"
    )
    people = tags.get("author") or tags.get("article:author") or tags.get("book:author") or []
    kind = first_line(tags.get("og:type"))
    return PaperMetadata(
        source=SOURCE,
        title=title,
        kind="video" if kind.startswith("video") else "book" if kind.startswith("book") else "post",
        authors=authors(AuthorName(natural_name(name)) for name in people if "://" not in name),
        abstract=_abstract(tags, "og:description", "description", "twitter:description"),
        published_on=day,
        published_precision=precision,
    )


def _abstract(tags: dict[str, list[str]], *names: str) -> str:
    return next((text for text in (paragraphs("\n\n".join(tags[name])) for name in names if name in tags) if text), "")


def _first_date(tags: dict[str, list[str]], *names: str) -> tuple[Any, str]:
    for name in names:
        for text in tags.get(name, []):
            day, precision = dated(text)
            if day:
                return day, precision
    return None, "day"


def _identifiers(tags: dict[str, list[str]]) -> Iterator[ParsedIdentifier]:
    forms = {"citation_doi": "{}", "citation_arxiv_id": "arXiv:{}", "citation_pmid": "PMID:{}"}
    for name, form in forms.items():
        for text in tags.get(name, [])[:1]:
            try:
                found = parse_identifier(form.format(text.strip()))
            except NotAnIdentifier:
                continue
            if found.scheme != "url":
                yield found
