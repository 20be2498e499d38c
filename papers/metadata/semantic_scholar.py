"""Semantic Scholar's graph (api.semanticscholar.org/api-docs/graph)."""

from typing import Any
from urllib.parse import quote

from django.conf import settings

from papers.identifiers import ParsedIdentifier, parse_identifier
from papers.metadata.answers import AuthorName, MetadataNotFound, PaperLink, PaperMetadata
from papers.metadata.asking import ask, read_json, unreadable
from papers.metadata.text import one_line, paragraphs
from papers.metadata.values import authors, dated, mapping, mappings, natural_name
from readinggroup.fetching import Pace

SOURCE = "Semantic Scholar"

_FIELDS = "title,abstract,authors,venue,year,publicationDate,publicationTypes,externalIds,openAccessPdf,journal"
_SCHEMES = {"ArXiv": "arXiv:{}", "DOI": "doi:{}", "ACL": "acl:{}", "PubMed": "pmid:{}"}


def load(name: str) -> PaperMetadata:
    """Return what it says about `name`: its own id, CorpusId:…, DOI:…. Raises MetadataNotFound, MetadataUnavailable."""
    body = ask(
        SOURCE,
        f"{settings.SOURCE_URLS['semantic_scholar'].rstrip('/')}/{quote(name, safe='/:()')}?fields={_FIELDS}",
        accept="application/json",
        pace=Pace("semanticscholar", settings.SOURCE_SECONDS_PER_REQUEST),
        not_found="Semantic Scholar knows no such paper. Check the link, or fill in the title yourself.",
    )
    return read_paper(body)


def load_doi(doi: str) -> PaperMetadata:
    return load(f"DOI:{doi}")


def read_paper(body: bytes) -> PaperMetadata:
    """Return the paper in Semantic Scholar's answer."""
    paper = read_json(SOURCE, body)
    if not isinstance(paper, dict):
        raise unreadable(SOURCE)
    title = one_line(paper.get("title"), 600)
    if not title:
        raise MetadataNotFound("Semantic Scholar has no title for this paper. Fill in the title yourself.")
    published_on, precision = dated(paper.get("publicationDate") or paper.get("year"))
    pdf = mapping(paper.get("openAccessPdf")).get("url")
    is_pdf = isinstance(pdf, str) and pdf.startswith("https://") and pdf.lower().endswith(".pdf") and len(pdf) < 900
    return PaperMetadata(
        source=SOURCE,
        title=title,
        kind="book" if "Book" in (paper.get("publicationTypes") or ()) else "article",
        authors=authors(AuthorName(natural_name(person.get("name"))) for person in mappings(paper.get("authors"))),
        abstract=paragraphs(paper.get("abstract")),
        published_on=published_on,
        published_precision=precision,
        venue=one_line(paper.get("venue"), 300) or one_line(mapping(paper.get("journal")).get("name"), 300),
        links=(PaperLink("pdf", str(pdf), "Open PDF"),) if is_pdf else (),
        identifiers=_identifiers(mapping(paper.get("externalIds"))),
    )


def _identifiers(names: dict[str, Any]) -> tuple[ParsedIdentifier, ...]:
    found = []
    for name, form in _SCHEMES.items():
        if names.get(name) and isinstance(names[name], str | int):
            try:
                found.append(parse_identifier(form.format(names[name])))
            except ValueError:
                continue
    return tuple(found)
