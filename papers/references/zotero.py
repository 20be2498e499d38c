"""Better BibTeX JSON: a Zotero library with its items, notes and tree of collections."""

from typing import Any

from papers.metadata.values import dated, items, language, mappings
from papers.references.names import people_of_csl
from papers.references.naming import arxiv_in, name_work, take_said
from papers.references.reference import Broken, Path, Reference, ReferenceFile
from papers.references.text import clean_line, clean_text

_KINDS = {
    "book": "book",
    "thesis": "thesis",
    **dict.fromkeys(("videoRecording", "film", "tvBroadcast", "podcast", "audioRecording", "radioBroadcast"), "video"),
    "computerProgram": "software",
    **dict.fromkeys(("blogPost", "webpage", "forumPost"), "post"),
    **dict.fromkeys(("document", "dataset", "patent", "artwork", "map", "letter", "presentation"), "other"),
}
_VENUES = (
    "publicationTitle", "proceedingsTitle", "conferenceName", "bookTitle", "university", "institution", "publisher",
    "repository", "blogTitle", "websiteTitle", "studio",
)  # fmt: skip
#: Not works: what hangs on one, or stands alone without a place in a list of works.
_NO_WORKS = {"attachment", "annotation"}
MAX_DEPTH = 30


def is_zotero(told: Any) -> bool:
    """Whether the content of a JSON file is such an export."""
    return (
        isinstance(told, dict) and isinstance(told.get("items"), list) and ("collections" in told or "config" in told)
    )


def read_zotero(told: dict[str, Any]) -> ReferenceFile:
    """Items as references, collections as their places; items in the bin are left out by Zotero itself."""
    file = ReferenceFile("Zotero library")
    by_item = _collections(told.get("collections"), file)
    for item in told["items"]:
        if not isinstance(item, dict) or item.get("itemType") in _NO_WORKS:
            continue
        if item.get("itemType") == "note":
            text = clean_text(item.get("note"))
            file.broken.append(Broken(0, text, "a note that belongs to no work")) if text else None
            continue
        reference = _reference(item, file)
        if not (reference.title or reference.identifiers or reference.address):
            file.broken.append(Broken(0, str(item)[:2_000], "this item has no title, identifier or address"))
            continue
        numbers = (item.get("itemID"), item.get("itemKey"), item.get("key"))
        reference.collections = next((by_item[number] for number in numbers if number in by_item), [])
        file.add(reference)
    return file


def _collections(told: Any, file: ReferenceFile) -> dict[Any, list[Path]]:
    """The collections of each item; the tree is walked from each collection upwards, and no circle is followed."""
    nodes = {key: node for key, node in told.items() if isinstance(node, dict)} if isinstance(told, dict) else {}
    children: dict[Any, list[Any]] = {}
    for key, node in nodes.items():
        children.setdefault(node.get("parent") if node.get("parent") in nodes else None, []).append(key)
    by_item: dict[Any, list[Path]] = {}
    waiting: list[tuple[Any, Path]] = [(key, ()) for key in reversed(children.get(None, []))]
    while waiting:
        key, around = waiting.pop()
        node = nodes[key]
        path = (*around, clean_line(node.get("name"), 300) or "Untitled collection")
        file.add_collection(path)
        for number in items(node.get("items")):
            if isinstance(number, int | str):
                by_item.setdefault(number, []).append(path)
        if len(path) < MAX_DEPTH:
            waiting += [(child, path) for child in reversed(children.get(key, []))]
    return by_item


def _reference(item: dict[str, Any], file: ReferenceFile) -> Reference:
    creators = list(mappings(item.get("creators")))
    authors = [one for one in creators if one.get("creatorType") in {"author", None}]
    kind = _KINDS.get(str(item.get("itemType")), "article")
    reference = Reference(
        line=0,
        key=clean_line(item.get("citationKey") or item.get("citekey") or item.get("itemKey") or item.get("key"), 200),
        kind=kind,
        title=clean_line(item.get("title"), 600),
        authors=people_of_csl(authors or creators),
        abstract=clean_text(item.get("abstractNote")),
        language=language(item.get("language")),
        venue=next((text for name in _VENUES if (text := clean_line(item.get(name), 300))), ""),
    )
    reference.published_on, reference.published_precision = dated(item.get("date"))
    names = {
        "doi": clean_line(item.get("DOI")),
        "isbn": clean_line(item.get("ISBN")) if kind == "book" else "",
        "url": clean_line(item.get("url")),
        "arxiv": arxiv_in(clean_line(item.get("archiveID")), clean_line(item.get("reportNumber"))),
    }
    if reference.venue.lower() == "arxiv":
        reference.venue = ""
    notes = [take_said(clean_text(item.get("extra")), names)]
    notes += [clean_text(note.get("note") if isinstance(note, dict) else note) for note in items(item.get("notes"))]
    reference.note = "\n\n".join(dict.fromkeys(text for text in notes if text))
    name_work(reference, file, {name: value for name, value in names.items() if value})
    return reference
