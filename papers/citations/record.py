"""A paper as an item of CSL-JSON."""

import re
from typing import Any

from papers.citations.names import csl_name
from papers.models import Identifier, Paper
from papers.models.partial_date import DatePrecision

Item = dict[str, Any]
Scheme = Identifier.Scheme

TYPES = {
    Paper.Kind.BOOK: "book",
    Paper.Kind.THESIS: "thesis",
    Paper.Kind.VIDEO: "motion_picture",
    Paper.Kind.SOFTWARE: "software",
    Paper.Kind.POST: "post-weblog",
    Paper.Kind.OTHER: "document",
}
_CONFERENCE = re.compile(
    r"\b(proceedings|conference|workshop|symposium|neurips|nips|icml|iclr|aaai|ijcai|cvpr|iccv|eccv|acl|emnlp|naacl|"
    r"coling|interspeech|icassp|kdd|www|sigir|aistats|uai|colt|corl|icra|iros|miccai)\b",
    re.IGNORECASE,
)


def csl_item(paper: Paper, *, note: str = "") -> Item:
    """The record of `paper`; `note` is what was said of it where it was found.

    Fields that are not known are absent. Reads `credits`, `identifiers` and `links`, which callers prefetch.
    """
    names = {identifier.scheme: identifier.value for identifier in reversed(list(paper.identifiers.all()))}
    item: Item = {
        "id": str(paper.pk),
        "type": _type(paper, names),
        "title": paper.title or paper.display_title,
        "author": [csl_name(credit.author.name) for credit in paper.credits.all()],
        "issued": _issued(paper),
        "abstract": paper.abstract,
        "language": paper.language,
        "DOI": names.get(Scheme.DOI, ""),
        "ISBN": names.get(Scheme.ISBN, ""),
        "PMID": names.get(Scheme.PMID, ""),
        "URL": address_of(paper, names),
        "note": note.strip(),
    }
    if paper.venue:
        item["publisher" if item["type"] in ("book", "thesis", "software") else "container-title"] = paper.venue
    if Scheme.ARXIV in names:
        item["archive"], item["archive_location"] = "arXiv", names[Scheme.ARXIV]
        item["number"] = f"arXiv:{names[Scheme.ARXIV]}"
    return {field: value for field, value in item.items() if value}


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a note, for formats in which a line is nothing."""
    return [words for words in re.split(r"\n\s*\n", text.strip()) if words]


def address_of(paper: Paper, names: dict[str, str]) -> str:
    """Where the work is, by its most lasting name."""
    if Scheme.DOI in names:
        return f"https://doi.org/{names[Scheme.DOI]}"
    if Scheme.ARXIV in names:
        return f"https://arxiv.org/abs/{names[Scheme.ARXIV]}"
    if Scheme.OPENREVIEW in names:
        return f"https://openreview.net/forum?id={names[Scheme.OPENREVIEW]}"
    if Scheme.ACL in names:
        return f"https://aclanthology.org/{names[Scheme.ACL]}/"
    if Scheme.YOUTUBE in names:
        return f"https://www.youtube.com/watch?v={names[Scheme.YOUTUBE]}"
    if Scheme.URL in names:
        return names[Scheme.URL]
    return next((link.url for link in paper.ordered_links if link.kind in ("page", "pdf")), "")


def _type(paper: Paper, names: dict[str, str]) -> str:
    if paper.kind != Paper.Kind.ARTICLE:
        return TYPES[Paper.Kind(paper.kind)]
    if not paper.venue or paper.venue.lower() == "arxiv":
        # A preprint is an "article" in CSL 1.0.2.
        return "article"
    return "paper-conference" if _CONFERENCE.search(paper.venue) else "article-journal"


def _issued(paper: Paper) -> dict[str, list[list[int]]]:
    day = paper.published_on
    if day is None:
        return {}
    known = {DatePrecision.YEAR: 1, DatePrecision.MONTH: 2}.get(DatePrecision(paper.published_precision), 3)
    return {"date-parts": [[day.year, day.month, day.day][:known]]}
