"""The entries of a reading list as records: what the keeper said of a work goes with it."""

from papers.citations.record import Item, csl_item
from papers.models import Entry, EntryLink, ReadingList
from papers.models.paper import Paper


def list_items(reading_list: ReadingList) -> list[Item]:
    """An item for each paper of each entry, and one for an entry without papers; in the order of the list."""
    entries = reading_list.entries.order_by("position").prefetch_related("links")
    papers = Paper.objects.for_card().in_bulk(
        {link.paper_id for entry in entries for link in entry.links.all() if link.paper_id}
    )
    items: dict[str, Item] = {}
    for entry in entries:
        for item in _items_of(entry, papers):
            known = items.setdefault(item["id"], item)
            if known is not item and item.get("note"):
                # A work named twice keeps both things that were said of it.
                known["note"] = "\n\n".join(filter(None, (known.get("note"), item["note"])))
    return list(items.values())


def _items_of(entry: Entry, papers: dict[int, Paper]) -> list[Item]:
    named = [papers[link.paper_id] for link in entry.links.all() if link.paper_id in papers]
    if named:
        return [csl_item(paper, note=entry.commentary) for paper in named]
    links = [link for link in entry.links.all() if link.is_main] or list(entry.links.all())[:1]
    # Two tools in one entry are two works, of which the same was said.
    return [_web_item(entry, link, number) for number, link in enumerate(links or [None])]


def _web_item(entry: Entry, link: EntryLink | None, number: int) -> Item:
    label = link.label if link else ""
    item: Item = {
        "id": f"entry-{entry.pk}-{number}" if number else f"entry-{entry.pk}",
        "type": "webpage",
        "title": entry.title or label or str(entry) if not number else label or (link.url if link else ""),
        "author": [{"literal": entry.people}] if entry.people else [],
        "issued": {"date-parts": [[entry.year]]} if entry.year else {},
        "publisher": entry.organisations,
        "URL": link.url if link else "",
        "note": entry.commentary.strip(),
    }
    return {field: value for field, value in item.items() if value}
