"""Which field of BibTeX and BibLaTeX says what of a work."""

import re
from datetime import date

from papers.metadata.values import dated, language
from papers.references.latex import plain_line, plain_text
from papers.references.names import people_of_bibtex
from papers.references.naming import arxiv_in, is_arxiv_venue, name_work, take_said
from papers.references.reference import Reference, ReferenceFile

Values = dict[str, list[str]]

BOOKS = {"book", "mvbook", "booklet", "collection", "mvcollection", "proceedings", "mvproceedings", "reference"}
KINDS = {
    **dict.fromkeys(BOOKS, "book"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis", "bachelorsthesis"), "thesis"),
    **dict.fromkeys(("video", "movie", "audio", "music"), "video"),
    "software": "software",
    **dict.fromkeys(("online", "electronic", "www", "webpage"), "post"),
    **dict.fromkeys(("dataset", "patent", "artwork", "image", "legislation", "jurisdiction"), "other"),
}
_VENUES = {
    "book": ("publisher", "institution", "organization"),
    "thesis": ("school", "institution", "publisher"),
    "article": ("journaltitle", "journal", "booktitle", "eventtitle", "institution", "publisher", "howpublished"),
    "": ("journaltitle", "journal", "booktitle", "publisher", "organization", "institution", "howpublished"),
}
_NOTES = ("annote", "annotation", "note", "comment", "addendum", "notes")
USED = {
    "author", "editor", "title", "subtitle", "maintitle", "year", "month", "day", "date", "doi", "isbn", "url",
    "eprint", "eprinttype", "archiveprefix", "primaryclass", "eprintclass", "pmid", "pmcid", "abstract", "language",
    "langid", "journal", "journaltitle", "booktitle", "publisher", "school", "institution", "organization",
    "howpublished",
    "eventtitle", "entrysubtype", "urldate", "shorttitle", *_NOTES,
}  # fmt: skip
_ADDRESS = re.compile(r"\\(?:url|href)\s*\{([^{}]+)\}|(https?://[^\s{}]+)")
_MONTH_WORDS = re.compile(r"(\d{1,2})?[\s~.]*([A-Za-z]{3})[a-z]*\.?[\s~]*(\d{1,2})?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def fill_reference(reference: Reference, entry_type: str, values: Values, file: ReferenceFile) -> None:
    """Write what the fields of one entry say into `reference`."""

    def first(*names: str) -> str:
        return next((values[name][0] for name in names if name in values), "")

    subtype = first("entrysubtype").strip().lower()
    reference.kind = subtype if subtype in {"video", "software", "post", "other"} else KINDS.get(entry_type, "article")
    reference.title = _title(values)
    reference.authors = people_of_bibtex(first("author") or (first("editor") if reference.kind == "book" else ""))
    _date(reference, values, file)
    reference.abstract = plain_text(first("abstract"))
    reference.language = language(plain_line(first("language", "langid"), 12))
    names = _names(values, reference.kind)
    reference.note = _note(values, names)
    reference.venue = _venue(reference, values)
    arxiv = arxiv_in(first("journal", "journaltitle"), first("volume"), first("howpublished"), first("eprint"))
    if arxiv:
        names.setdefault("arxiv", arxiv)
    if is_arxiv_venue(reference.venue):
        reference.venue = ""
    name_work(reference, file, names)


def _title(values: Values) -> str:
    title = plain_line((values.get("title") or values.get("maintitle") or [""])[0], 600)
    subtitle = plain_line(values["subtitle"][0], 600) if "subtitle" in values else ""
    return f"{title}: {subtitle}"[:600] if subtitle and title else title or subtitle


def _date(reference: Reference, values: Values, file: ReferenceFile) -> None:
    told = {name: plain_line(values[name][0], 80) for name in ("date", "year", "month", "day") if name in values}
    if "date" in told:
        reference.published_on, reference.published_precision = dated(told["date"].strip("~?% "))
    if reference.published_on is None and "year" in told:
        year, month, day = told["year"], told.get("month", ""), told.get("day", "")
        found, precision = dated(year)
        if found is not None and precision == "year" and month:
            found, precision = _with_month(found, month, day)
        reference.published_on, reference.published_precision = found, precision
    if reference.published_on is None and (told.get("date") or told.get("year")):
        file.warn(reference.line, told.get("date") or told["year"], "this date was not understood")


def _with_month(year: date, month: str, day: str) -> tuple[date, str]:
    number, words = 0, _MONTH_WORDS.search(month)
    if month.isdigit():
        number = int(month)
    elif words and words[2].lower() in MONTHS:
        number, day = MONTHS.index(words[2].lower()) + 1, words[1] or words[3] or day
    if not 1 <= number <= 12:
        return year, "year"
    try:
        return year.replace(month=number, day=int(day)), "day"
    except ValueError:
        return year.replace(month=number), "month"


def _names(values: Values, kind: str) -> dict[str, str]:
    """The identifiers as they are written; an ISBN names a book, not the articles in it."""
    names = {
        "doi": values.get("doi", [""])[0],
        "isbn": values.get("isbn", [""])[0] if kind == "book" else "",
        "pmid": values.get("pmid", [""])[0],
        "pmc": values.get("pmcid", [""])[0],
        "url": values.get("url", [""])[0],
    }
    eprint = plain_line(values.get("eprint", [""])[0], 200)
    archive = (values.get("archiveprefix") or values.get("eprinttype") or ["arxiv"])[0].strip().lower()
    if eprint and archive in {"arxiv", "pubmed", "pmid"}:
        names["arxiv" if archive == "arxiv" else "pmid"] = eprint.removeprefix("arXiv:")
    if not names["url"] and (found := _ADDRESS.search(" ".join(values.get("howpublished", [])))):
        names["url"] = found[1] or found[2]
    # In these TeX's signs are escaped, or not.
    tidy = {name: value.replace("\\", "").replace("{", "").replace("}", "").strip() for name, value in names.items()}
    return {name: value for name, value in tidy.items() if value}


def _note(values: Values, names: dict[str, str]) -> str:
    texts = [plain_text(text) for name in _NOTES for text in values.get(name, [])]
    kept = (take_said(text, names) for text in texts)
    return "\n\n".join(dict.fromkeys(text for text in kept if text))


def _venue(reference: Reference, values: Values) -> str:
    for name in _VENUES.get(reference.kind, _VENUES[""]):
        text = values.get(name, [""])[0]
        if name == "howpublished" and _ADDRESS.search(text):
            continue
        if venue := plain_line(text, 300):
            return venue
    return ""
