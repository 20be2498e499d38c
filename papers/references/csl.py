"""CSL-JSON: what Zotero, pandoc, citation services and we write."""

from collections.abc import Iterable
from typing import Any

from papers.metadata.values import dated, exact, language
from papers.references.json_lines import Located
from papers.references.names import people_of_csl
from papers.references.naming import arxiv_in, is_arxiv_venue, name_work, take_said
from papers.references.reference import Broken, Reference, ReferenceFile
from papers.references.text import clean_line, clean_text

KINDS = {
    "book": "book",
    "thesis": "thesis",
    **dict.fromkeys(("motion_picture", "broadcast", "song"), "video"),
    "software": "software",
    **dict.fromkeys(("post-weblog", "webpage", "post"), "post"),
    **dict.fromkeys(("document", "dataset", "patent", "graphic", "map", "figure", "legal_case", "bill"), "other"),
}
_OF_PUBLISHERS = {"book", "thesis", "software"}
_USED = {
    "id", "type", "title", "author", "editor", "issued", "abstract", "language", "DOI", "ISBN", "PMID", "PMCID", "URL",
    "note", "annote", "container-title", "publisher", "archive", "archive_location", "number", "citation-key",
    "accessed", "title-short", "event-title", "genre", "source", "container-title-short", "journalAbbreviation",
    "citation-label", "shortTitle",
}  # fmt: skip


def read_csl(items: Iterable[Located]) -> ReferenceFile:
    """A reference for each item; one without a title, identifier or address is kept as it is written."""
    file = ReferenceFile("CSL-JSON file")
    for located in items:
        item = located.value
        if not isinstance(item, dict):
            file.broken.append(Broken(located.line, located.text[:2_000], "this is no item of CSL-JSON"))
            continue
        reference = _reference(item, located.line, file)
        if not (reference.title or reference.identifiers or reference.address):
            reason = "this item has no title, identifier or address"
            file.broken.append(Broken(located.line, located.text[:2_000], reason))
            continue
        for name in item.keys() - _USED:
            file.note_unused(located.line, name)
        file.add(reference)
    return file


def _reference(item: dict[str, Any], line: int, file: ReferenceFile) -> Reference:
    kind = KINDS.get(str(item.get("type", "")), "article")
    people = item.get("author") or (item.get("editor") if kind == "book" else None)
    reference = Reference(
        line=line,
        key=clean_line(item.get("citation-key") or item.get("id"), 200),
        kind=kind,
        title=clean_line(item.get("title"), 600),
        authors=people_of_csl(people),
        abstract=clean_text(item.get("abstract")),
        language=language(item.get("language")),
    )
    reference.published_on, reference.published_precision = _date(item.get("issued"))
    if item.get("issued") and reference.published_on is None:
        file.warn(line, str(item["issued"])[:200], "this date was not understood")
    names = {
        "doi": clean_line(item.get("DOI")),
        "isbn": clean_line(item.get("ISBN")) if kind == "book" else "",
        "pmid": clean_line(item.get("PMID")),
        "pmc": clean_line(item.get("PMCID")),
        "url": clean_line(item.get("URL")),
    }
    archive, place = clean_line(item.get("archive")), clean_line(item.get("archive_location"))
    said = place if archive.lower() == "arxiv" else ""
    found = said.removeprefix("arXiv:") or arxiv_in(
        *(clean_line(item.get(name)) for name in ("number", "archive_location", "container-title", "publisher"))
    )
    if found:
        names["arxiv"] = found
    texts = [take_said(clean_text(item.get(name)), names) for name in ("annote", "note")]
    reference.note = "\n\n".join(dict.fromkeys(text for text in texts if text))
    reference.venue = _venue(item, kind)
    name_work(reference, file, {name: value for name, value in names.items() if value})
    return reference


def _venue(item: dict[str, Any], kind: str) -> str:
    names = ["container-title", "publisher", "event-title"]
    if kind in _OF_PUBLISHERS:
        names = ["publisher", "container-title"]
    venue = next((text for name in names if (text := clean_line(item.get(name), 300))), "")
    return "" if is_arxiv_venue(venue) else venue


def _date(issued: Any) -> tuple[Any, str]:
    """The first of `date-parts`, whose numbers may be words; else what `raw` or `literal` says."""
    if isinstance(issued, str):
        return dated(issued)
    if not isinstance(issued, dict):
        return None, "day"
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [int(part) for part in first if str(part).isdecimal()] if isinstance(first, list) else []
    if numbers:
        return exact(numbers[:3])
    return dated(next((issued[name] for name in ("raw", "literal") if isinstance(issued.get(name), str)), ""))
