"""DataCite's REST API (support.datacite.org/docs/api-get-doi), whose answers follow its metadata schema 4."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from django.conf import settings

from papers.identifiers.dois import doi_url
from papers.licences import licence_of
from papers.metadata.answers import AuthorName, MetadataNotFound, Notice, PaperLink, PaperMetadata
from papers.metadata.asking import ask, read_json, unreadable
from papers.metadata.text import one_line, paragraphs
from papers.metadata.values import (
    authors,
    dated,
    first_line,
    full_name,
    language,
    mapping,
    mappings,
    natural_name,
    orcid,
)
from readinggroup.fetching import Pace

SOURCE = "DataCite"

_KINDS = {
    "software": "software", "computationalnotebook": "software", "book": "book", "dissertation": "thesis",
    "audiovisual": "video", "text": "article", "journalarticle": "article", "preprint": "article",
    "conferencepaper": "article", "report": "article", "bookchapter": "article", "datapaper": "article",
}  # fmt: skip
_DATES = ("Issued", "Available", "Published", "Created", "Submitted")


def load(doi: str) -> PaperMetadata:
    """Return what DataCite says about the work. Raises MetadataNotFound, MetadataUnavailable."""
    body = ask(
        SOURCE,
        f"{settings.SOURCE_URLS['datacite'].rstrip('/')}/{quote(doi, safe='/:()')}",
        accept="application/vnd.api+json",
        pace=Pace("datacite", settings.SOURCE_SECONDS_PER_REQUEST),
        not_found=not_found(doi),
    )
    return read_work(body, doi)


def not_found(doi: str) -> str:
    return f"Neither Crossref nor DataCite knows the DOI {doi}. Check it, or fill in the title yourself."


def read_work(body: bytes, doi: str) -> PaperMetadata:
    """Return the work in DataCite's answer, whether wrapped in `data` or bare."""
    answer = read_json(SOURCE, body)
    if not isinstance(answer, dict):
        raise unreadable(SOURCE)
    work = mapping(mapping(answer.get("data")).get("attributes")) or answer
    title = _title(work)
    if not title:
        raise MetadataNotFound(f"DataCite has no title for the DOI {doi}. Fill in the title yourself.")
    published_on, precision = _date(work)
    return PaperMetadata(
        source=SOURCE,
        title=title,
        kind=_kind(mapping(work.get("types"))),
        authors=authors(_people(work.get("creators"))),
        abstract=_abstract(work),
        published_on=published_on,
        published_precision=precision,
        venue=_venue(work),
        language=language(work.get("language")),
        licence=_licence(work),
        links=(PaperLink("page", doi_url(doi), "Publisher"),),
        notices=tuple(_notices(work)),
    )


def _licence(work: dict[str, Any]) -> str:
    named = (item.get(name) for item in mappings(work.get("rightsList")) for name in ("rightsUri", "rightsIdentifier"))
    return next(filter(None, map(licence_of, named)), "")


def _title(work: dict[str, Any]) -> str:
    """The main title, which has no type; a subtitle follows it."""
    main, sub = "", ""
    for title in mappings(work.get("titles")):
        text, kind = one_line(title.get("title"), 600), title.get("titleType")
        if kind == "Subtitle":
            sub = sub or text
        elif not kind:
            main = main or text
    main = main or first_line([title.get("title") for title in mappings(work.get("titles"))], 600)
    return (f"{main}: {sub}" if main and sub and sub.casefold() not in main.casefold() else main)[:600]


def _people(value: Any) -> Iterator[AuthorName]:
    for person in mappings(value):
        name = full_name(person.get("givenName"), person.get("familyName"))
        if not (person.get("givenName") and person.get("familyName")):
            organisation = person.get("nameType") == "Organizational"
            name = one_line(person.get("name"), 300) if organisation else natural_name(person.get("name"))
        # Some depositors write all authors into one name.
        for single in name.split(";") if name.count(";") else [name]:
            if tidy := natural_name(single) if ";" in name else single.strip():
                yield AuthorName(tidy, _orcid(person) if ";" not in name else "")


def _orcid(person: dict[str, Any]) -> str:
    for named in mappings(person.get("nameIdentifiers")):
        if "orcid" in str(named.get("nameIdentifierScheme", "")).lower():
            return orcid(named.get("nameIdentifier"))
    return ""


def _abstract(work: dict[str, Any]) -> str:
    texts = [item for item in mappings(work.get("descriptions")) if item.get("descriptionType") == "Abstract"]
    return next((text for text in (paragraphs(item.get("description")) for item in texts) if text), "")


def _date(work: dict[str, Any]) -> tuple[date | None, str]:
    """The date of the kind that says most, unless only the year of publication is given or agrees with none."""
    stated = {item.get("dateType"): item.get("date") for item in mappings(work.get("dates"))}
    year, precision = dated(work.get("publicationYear"))
    for kind in _DATES:
        day, exactness = dated(stated.get(kind))
        if day and (year is None or day.year == year.year):
            return day, exactness
    return year, precision


def _venue(work: dict[str, Any]) -> str:
    publisher = work.get("publisher")
    container = mapping(work.get("container")).get("title")
    return first_line([container, publisher.get("name") if isinstance(publisher, dict) else publisher])


def _kind(types: dict[str, Any]) -> str:
    if "thesis" in str(types.get("bibtex", "")).lower() or types.get("schemaOrg") == "Thesis":
        return "thesis"
    return _KINDS.get(str(types.get("resourceTypeGeneral", "")).lower(), "other")


def _notices(work: dict[str, Any]) -> Iterator[Notice]:
    kinds = {"IsPreviousVersionOf": "version", "IsObsoletedBy": "version", "IsPreprintOf": "publication"}
    for item in list(mappings(work.get("relatedIdentifiers")))[:200]:
        kind, value = kinds.get(str(item.get("relationType"))), one_line(item.get("relatedIdentifier"), 300)
        if kind and value and item.get("relatedIdentifierType") == "DOI":
            yield Notice(kind, "", doi_url(value.lower().removeprefix("https://doi.org/")), SOURCE)
