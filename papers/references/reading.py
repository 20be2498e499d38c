"""A file of references as it was given becomes references: decoded, recognised, within limits."""

import codecs
import re
from pathlib import Path

from papers.documents.source import DocumentRefused
from papers.references.bibtex import read_bibtex
from papers.references.csl import read_csl
from papers.references.json_lines import load_items, load_json
from papers.references.reference import ReferenceFile
from papers.references.ris import read_ris
from papers.references.zotero import is_zotero, read_zotero

SUFFIXES = (".bib", ".bibtex", ".biblatex", ".ris", ".json", ".csljson")
MAX_BYTES = 50 * 1024 * 1024
MAX_REFERENCES = 50_000
MAX_BROKEN = 1_000

_BIBTEX = re.compile(r"^[ \t]*@\s*[a-z]+\s*[{(]", re.I | re.M)
_RIS = re.compile(r"^\ufeff?\s{0,3}TY\s{0,3}-", re.M)
#: In a text of any name references begin at once; a page that quotes some is a page.
_BEGINS = re.compile(r"\A(?:\s*%.*\n)*\s*(?:@\s*[a-z]+\s*[{(]|TY\s{0,3}-)", re.I)
_JSON = re.compile(r"\A\s*(?:\[\s*(?:\{|\])|\{\s*\")")
_DECLARED = re.compile(rb"(?im)^%\s*encoding:\s*([\w.-]+)")


def is_reference_file(name: str, data: bytes | str = b"") -> bool:
    """Whether a file is one of references, by its name; a name that may be anything is decided by its beginning."""
    suffix = Path(name).suffix.lower()
    if suffix not in (*SUFFIXES, ".txt"):
        return False
    if suffix in {".bib", ".bibtex", ".biblatex", ".ris", ".csljson"}:
        return True
    text = data if isinstance(data, str) else data[:20_000].decode("utf-8-sig", errors="replace")
    if suffix == ".json":
        return _looks_like_items(text)
    return bool(_BEGINS.match(text)) or _looks_like_items(text)


def read_references(data: bytes, *, name: str) -> ReferenceFile:
    """Read a file of references. Raises DocumentRefused with a sentence for the person who imports it."""
    if len(data) > MAX_BYTES:
        raise DocumentRefused(f"It is larger than {MAX_BYTES // 1024 // 1024} MB. Split it into parts.")
    text, warning = _decoded(data)
    file = _read(text, name)
    if len(file.references) > MAX_REFERENCES:
        raise DocumentRefused(f"It has {len(file.references):,} references; {MAX_REFERENCES:,} are possible.")
    if len(file.broken) > MAX_BROKEN:
        raise DocumentRefused(f"{len(file.broken):,} of its entries are broken. Is it the right file?")
    if not file.references and not file.broken:
        raise DocumentRefused("There is no reference in it.")
    if warning:
        file.warn(0, "", warning)
    for field, (line, count) in sorted(file.unused.items(), key=lambda item: item[1][0]):
        times = "once" if count == 1 else f"{count:,} times"
        file.warn(line, field, f"papers have no place for this field ({times}); it stays in the kept document")
    return file


def _read(text: str, name: str) -> ReferenceFile:
    match _format_of(Path(name).suffix.lower(), text):
        case "bibtex":
            return read_bibtex(text)
        case "ris":
            return read_ris(text)
        case "json":
            if text.lstrip().startswith("["):
                return read_csl(load_items(text))
            told = load_json(text)
            if is_zotero(told):
                return read_zotero(told)
            items = told.get("items") if isinstance(told, dict) else None
            return (
                read_csl(load_items(text[text.index("[") :]))
                if isinstance(items, list)
                else read_csl(load_items(f"[{text}]"))
            )
    raise DocumentRefused("It is neither BibTeX, RIS nor CSL-JSON.")


def _format_of(suffix: str, text: str) -> str:
    """By what stands in it, since people rename files; by its name when that says nothing."""
    start = text[:200_000]
    if _JSON.match(start):
        return "json"
    if _RIS.search(start) and not (_BIBTEX.search(start) and suffix.startswith(".bib")):
        return "ris"
    if _BIBTEX.search(start):
        return "bibtex"
    if suffix in {".json", ".csljson"}:
        load_json(text)
    return ""


def _looks_like_items(text: str) -> bool:
    """Whether JSON is CSL's or Better BibTeX's, and not some program's settings."""
    return bool(
        (
            re.match(r"\A\s*\[\s*\{", text)
            and re.search(r'"(?:type|itemType)"\s*:', text)
            and re.search(r'"(?:title|author|DOI|issued)"\s*:', text)
        )
        or (
            re.match(r"\A\s*\{", text)
            and re.search(r'"(?:collections|items)"\s*:', text)
            and re.search(r'"(?:itemType|itemID|config)"\s*:', text)
        )
    )


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and a sentence when its encoding had to be guessed."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _normal(data.decode("utf-16", errors="replace")), ""
    try:
        return _normal(data.decode("utf-8-sig")), ""
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:2_000])
    for encoding in (declared[1].decode("ascii") if declared else "", "cp1252"):
        try:
            if encoding and encoding.lower().replace("-", "").replace("_", "") != "utf8":
                return _normal(data.decode(encoding)), f"the file is not in UTF-8; it was read as {encoding}"
        except (UnicodeDecodeError, LookupError):
            continue
    return _normal(data.decode("latin-1")), "the file is not in UTF-8; it was read as latin-1"


def _normal(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
