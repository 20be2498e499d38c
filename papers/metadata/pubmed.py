"""PubMed by NCBI's E-utilities (ncbi.nlm.nih.gov/books/NBK25499): the record as XML, PubMed Central by its summary."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree
from django.conf import settings

from papers.identifiers import NotAnIdentifier, ParsedIdentifier, parse_identifier
from papers.metadata.answers import AuthorName, MetadataNotFound, Notice, PaperLink, PaperMetadata
from papers.metadata.asking import ask, read_json, unreadable
from papers.metadata.text import one_line, paragraphs
from papers.metadata.values import MAX_AUTHORS, authors, dated, full_name, mapping, mappings, orcid
from readinggroup.fetching import Pace

SOURCE = "PubMed"
CENTRAL = "PubMed Central"

_IDS = "PubmedData/ArticleIdList/ArticleId"
_UPDATES = {
    "RetractionIn": "retraction", "PartialRetractionIn": "retraction", "ExpressionOfConcernIn": "concern",
    "ErratumIn": "correction", "CorrectedandRepublishedIn": "correction", "UpdateIn": "publication",
}  # fmt: skip


def load(pmid: str) -> PaperMetadata:
    """Return what PubMed says about an article. Raises MetadataNotFound, MetadataUnavailable."""
    return read_articles(_ask("efetch.fcgi", {"db": "pubmed", "id": pmid, "retmode": "xml"}, not_found(pmid)), pmid)


def load_central(pmc: str) -> PaperMetadata:
    """Return what PubMed Central says about an article. Raises MetadataNotFound, MetadataUnavailable."""
    number = pmc.removeprefix("PMC")
    query = {"db": "pmc", "id": number, "retmode": "json"}
    return read_summary(_ask("esummary.fcgi", query, not_found(pmc)), number)


def not_found(name: str) -> str:
    return f"PubMed knows no article {name}. Check the number, or fill in the title yourself."


def _ask(program: str, query: dict[str, str], sentence: str) -> bytes:
    contact = {"tool": "readinggroup", "email": settings.FETCH_CONTACT} if settings.FETCH_CONTACT else {}
    return ask(
        SOURCE,
        f"{settings.SOURCE_URLS['pubmed'].rstrip('/')}/{program}?{urlencode({**query, **contact})}",
        accept="*/*",
        pace=Pace("pubmed", settings.SOURCE_SECONDS_PER_REQUEST),
        not_found=sentence,
    )


def read_articles(body: bytes, pmid: str) -> PaperMetadata:
    """Return the article of `pmid` in an answer of efetch; an unknown number is answered with an empty set."""
    try:
        # The answer names a DTD, which is not fetched; entities are refused.
        root = SafeTree.fromstring(body)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise unreadable(SOURCE) from error
    for record in root.iter("PubmedArticle"):
        title = one_line(_text(record.find(".//Article/ArticleTitle")), 600).removesuffix(".")
        if (record.findtext("MedlineCitation/PMID") or "").strip() == pmid and title:
            return _read(record, title.removeprefix("[").removesuffix("]"), pmid)
    raise MetadataNotFound(not_found(pmid))


def _read(record: Element, title: str, pmid: str) -> PaperMetadata:
    published_on, precision = _date(record)
    return PaperMetadata(
        source=SOURCE,
        title=title,
        authors=authors(_people(record)),
        abstract="\n\n".join(filter(None, map(_section, record.iterfind(".//Article/Abstract/AbstractText"))))[:30_000],
        published_on=published_on,
        published_precision=precision,
        venue=one_line(record.findtext(".//Article/Journal/Title"), 300),
        links=(PaperLink("page", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/", "PubMed"),),
        identifiers=tuple(
            _identifiers((i.get("IdType"), i.text) for i in record.iterfind("PubmedData/ArticleIdList/ArticleId"))
        ),
        notices=tuple(_notices(record)),
    )


def _text(element: Element | None) -> str:
    return "".join(element.itertext()) if element is not None else ""


def _section(element: Element) -> str:
    label, text = one_line(element.get("Label"), 80), paragraphs(_text(element))
    return f"{label.capitalize()}: {text}" if label and text and label != "UNLABELLED" else text


def _people(record: Element) -> Iterator[AuthorName]:
    for person in list(record.iterfind(".//Article/AuthorList/Author"))[:MAX_AUTHORS]:
        parts = (person.findtext(name) for name in ("ForeName", "LastName", "Suffix"))
        name = full_name(*parts) or one_line(person.findtext("CollectiveName"), 300)
        named = [i.text for i in person.iterfind("Identifier") if i.get("Source") == "ORCID"]
        if name:
            yield AuthorName(name, orcid(_hyphened(named[0])) if named else "")


def _hyphened(text: str | None) -> str:
    text = (text or "").strip()
    return "-".join(text[i : i + 4] for i in range(0, 16, 4)) if len(text) == 16 and text.isalnum() else text


def _date(record: Element) -> tuple[date | None, str]:
    for path in (".//Article/ArticleDate", ".//Article/Journal/JournalIssue/PubDate"):
        found = record.find(path)
        if found is None:
            continue
        parts = [found.findtext(name) or "" for name in ("Year", "Month", "Day")]
        text = "-".join(filter(None, parts)) if not parts[1].isalpha() else " ".join(filter(None, parts))
        day, precision = dated(text or found.findtext("MedlineDate"))
        if day:
            return day, precision
    return None, "day"


def _identifiers(named: Any) -> Iterator[ParsedIdentifier]:
    forms = {"doi": "doi:{}", "pmc": "{}", "pmcid": "{}", "pubmed": "PMID:{}", "pmid": "PMID:{}"}
    for kind, value in named:
        form = forms.get(str(kind))
        try:
            found = parse_identifier(form.format(str(value).strip())) if form and value else None
        except NotAnIdentifier:
            continue
        if found and found.value != "0":
            yield found


def _notices(record: Element) -> Iterator[Notice]:
    seen = set()
    for item in list(record.iterfind(".//CommentsCorrectionsList/CommentsCorrections"))[:50]:
        kind, pmid = _UPDATES.get(item.get("RefType") or ""), (item.findtext("PMID") or "").strip()
        if kind:
            seen.add(kind)
            url = f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdecimal() else ""
            yield Notice(kind, one_line(item.findtext("RefSource"), 200), url, SOURCE)
    kinds = {one_line(item.text) for item in record.iterfind(".//PublicationTypeList/PublicationType")}
    if "Retracted Publication" in kinds and "retraction" not in seen:
        yield Notice("retraction", "", "", SOURCE)


def read_summary(body: bytes, number: str) -> PaperMetadata:
    """Return the article of PubMed Central's `number` in an answer of esummary."""
    answer = read_json(CENTRAL, body)
    if not isinstance(answer, dict):
        raise unreadable(CENTRAL)
    record = mapping(mapping(answer.get("result")).get(number))
    title = one_line(record.get("title"), 600).removesuffix(".")
    if not title:
        raise MetadataNotFound(not_found(f"PMC{number}"))
    published_on, precision = dated(record.get("epubdate") or record.get("pubdate") or record.get("printpubdate"))
    named = ((item.get("idtype"), item.get("value")) for item in mappings(record.get("articleids")))
    return PaperMetadata(
        source=CENTRAL,
        title=title,
        authors=authors(AuthorName(one_line(person.get("name"), 300)) for person in mappings(record.get("authors"))),
        published_on=published_on,
        published_precision=precision,
        venue=one_line(record.get("fulljournalname"), 300) or one_line(record.get("source"), 300),
        links=(PaperLink("page", f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{number}/", "PubMed Central"),),
        identifiers=tuple(_identifiers(named)),
    )
