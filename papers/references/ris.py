"""RIS: what Zotero, EndNote, Mendeley, publishers and we write."""

import re
from collections.abc import Iterable, Iterator

import rispy  # type: ignore[import-untyped]

from papers.metadata.values import dated, language
from papers.references.names import people_of_ris
from papers.references.naming import arxiv_in, is_arxiv_venue, name_work, take_said
from papers.references.reference import Broken, Reference, ReferenceFile
from papers.references.text import clean_line, clean_text

_KINDS = {
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "SER"), "book"),
    "THES": "thesis",
    **dict.fromkeys(("VIDEO", "MPCT", "SOUND", "ADVS", "MUSIC"), "video"),
    "COMP": "software",
    **dict.fromkeys(("BLOG", "ELEC", "WEB", "ICOMM"), "post"),
    **dict.fromkeys(("GEN", "DATA", "PAT", "ART", "FIGURE", "MAP", "LEGAL", "CASE", "STAT"), "other"),
}
_TAG = re.compile(r"^\ufeff?\s{0,3}([A-Z][A-Z0-9])\s{0,3}-(?:\s(.*))?$")
_USED = {
    "TY", "TI", "T1", "CT", "BT", "ST", "AU", "A1", "A2", "ED", "PY", "Y1", "DA", "Y2", "T2", "JO", "JF", "JA", "J2",
    "PB", "DO", "M3", "SN", "UR", "L1", "L2", "LK", "LA", "AB", "N2", "N1", "RN", "ID", "ER", "M1", "AN", "C7", "DB",
}  # fmt: skip
MAX_FIELDS = 5_000


def read_ris(text: str) -> ReferenceFile:
    """Every record of the file; a record without an end ends where the next begins, and is told."""
    file = ReferenceFile("RIS file")
    for line, record, problem in _records(_lines(text)):
        if problem:
            file.broken.append(Broken(line, "\n".join(record).strip(), problem))
        else:
            _read_record(line, record, file)
    return file


def _lines(text: str) -> Iterator[str]:
    """One after the other: all at once need as much memory as the text again."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _records(lines: Iterable[str]) -> Iterator[tuple[int, list[str], str]]:
    """The lines of each record in rispy's spelling, with the number of the first, and why it is none."""
    start, is_open = 1, False
    record: list[str] = []
    for number, raw in enumerate(lines, start=1):
        found = _TAG.match(raw.rstrip("\r"))
        tag = found[1] if found else ""
        if tag == "TY":
            if record:
                problem = "" if is_open else "text between records, which belongs to none of them"
                yield start, [*record, "ER  - "] if is_open else record, problem
            start, record, is_open = number, [], True
        if not record and not raw.strip():
            continue
        if not record:
            start = number
        record.append(f"{tag}  - {(found[2] or '').strip()}" if found else raw.strip())
        if tag == "ER" and is_open:
            yield start, record, ""
            record, is_open = [], False
    if any(line.strip() for line in record):
        yield start, [*record, "ER  - "] if is_open else record, "" if is_open else "text that belongs to no record"


def _read_record(line: int, record: list[str], file: ReferenceFile) -> None:
    tags = {found[:2] for found in record if found[2:6] == "  - "}
    parser = rispy.RisParser(
        mapping={**{tag: tag for tag in tags}, "UK": "UK", "TY": "TY"},
        list_tags=list(tags - {"TY", "AB", "N2", "TI", "T1"}),
        delimiter_tags_mapping={},
        enforce_list_tags=False,
    )
    found = parser.parse_lines(iter(record[:MAX_FIELDS]))
    if not found:
        file.broken.append(Broken(line, "\n".join(record), "this record cannot be read"))
        return
    values = {tag: value if isinstance(value, list) else [value] for tag, value in found[0].items()}
    reference = Reference(line=line)
    _fill(reference, values, file)
    if not (reference.title or reference.identifiers or reference.address):
        file.broken.append(Broken(line, "\n".join(record), "this record has no title, identifier or address"))
        return
    for tag in sorted(tags - _USED):
        file.note_unused(line, tag)
    file.add(reference)


def _fill(reference: Reference, values: dict[str, list[str]], file: ReferenceFile) -> None:
    def first(*tags: str) -> str:
        return next((text for tag in tags for text in values.get(tag, []) if text.strip()), "")

    reference.key = clean_line(first("ID"), 200)
    reference.kind = _KINDS.get(first("TY").strip().upper(), "article")
    reference.title = clean_line(first("TI", "T1", "CT", "BT", "ST"), 600)
    people = values.get("AU", []) + values.get("A1", [])
    if not people and reference.kind == "book":
        people = values.get("ED", []) + values.get("A2", [])
    reference.authors = people_of_ris(people)
    _date(reference, first("DA"), first("PY", "Y1"), file)
    reference.abstract = clean_text(first("AB", "N2"))
    reference.language = language(clean_line(first("LA"), 12))
    names = {"doi": clean_line(first("DO")), "url": clean_line(first("UR", "LK"))}
    if reference.kind == "book":
        names["isbn"] = clean_line("; ".join(values.get("SN", [])))
    names["arxiv"] = arxiv_in(first("M1"), first("AN"), first("C7"), first("T2", "JO", "JF"))
    if not names["doi"] and first("M3").startswith("10."):
        names["doi"] = first("M3")
    if re.fullmatch(r"\d{6,9}", first("AN").strip()) and "pubmed" in first("DB").lower():
        names["pmid"] = first("AN")
    note = clean_text("\n".join(values.get("N1", []) + values.get("RN", [])))
    reference.note = take_said(note, names)
    reference.pdf = next((url for url in values.get("L1", []) if url.startswith(("http://", "https://"))), "")
    _venue(reference, first)
    name_work(reference, file, {name: value for name, value in names.items() if value})


def _date(reference: Reference, exact: str, year: str, file: ReferenceFile) -> None:
    for text in (exact, year):
        reference.published_on, reference.published_precision = dated(re.sub(r"/+$", "", text.strip()))
        if reference.published_on:
            return
    if exact or year:
        file.warn(reference.line, exact or year, "this date was not understood")


def _venue(reference: Reference, first) -> None:  # type: ignore[no-untyped-def]
    names = ("PB", "T2") if reference.kind in {"book", "thesis", "software"} else ("T2", "JO", "JF", "JA", "J2", "PB")
    venue = clean_line(first(*names), 300)
    reference.venue = "" if is_arxiv_venue(venue) else venue
