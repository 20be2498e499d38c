"""The title that a citation sets apart from its authors: "Ada Lovelace, Charles Babbage. **Engines**. LOOM 1843"."""

import re

from papers.documents.item_talks import are_names
from papers.documents.parsing import Inline

_SET_APART = re.compile(r"(?<![*_\\\w])(?P<mark>\*\*|__|\*|_)(?P<title>[^*_\n]{6,300})(?P=mark)(?![*_\w])")
_ENDS = ".,:;–—-"
_ET_AL = re.compile(r",? et al\.?$")


def title_among_people(cell: Inline) -> str:
    """The words in bold or italics behind authors, or in bold before where the work appeared; else all words."""
    found = list(_SET_APART.finditer(cell.text))
    if len(found) != 1 or len(found[0]["title"].split()) < 2:
        return cell.plain
    title, before, after = found[0]["title"], cell.text[: found[0].start()].strip(), cell.text[found[0].end() :].strip()
    if not (before or after) or (before and before[-1] not in _ENDS) or (after and after[0] not in f"{_ENDS}(["):
        return cell.plain
    is_bold = len(found[0]["mark"]) == 2
    if title.rstrip().endswith(":") or not (is_bold or (before and are_people(before.rstrip(_ENDS + " ")))):
        return cell.plain
    return " ".join(title.split()).strip(" .,")


def are_people(text: str) -> bool:
    """Whether the words are nothing but names, as many as there may be."""
    names = re.split(r",\s*(?:and\s+)?|\s+(?:and|&|und|et|y|e)\s+", _ET_AL.sub("", text))
    return all(are_names(name) for name in names if name)
