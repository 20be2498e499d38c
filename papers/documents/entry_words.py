"""The words around the links of an entry: its title, without the venue, the year and the people beside it."""

import re

from papers.documents.document import DocumentEntry

_LEADING = re.compile(r"^[\s:,;–—-]+(?=\S)|^\s*\.\s+")
_YEAR = re.compile(r"^\(?((?:19|20)\d\d)\)?$")
_NAME = r"[^\W\d_][\w.'’-]*"
_NAMES = re.compile(
    rf"^{_NAME}(?:\s+{_NAME}){{1,3}}(?:\s*(?:,|&|and)\s*{_NAME}(?:\s+{_NAME}){{1,3}})*(?:,? et al\.?)?$"
)
_DATED = re.compile(r"\s\((?P<year>(?:19|20)\d\d)(?:-\d\d)?\)$")
#: "(2014)", "(2014, Lovelace & Babbage)", "(Lovelace, 2014)" or "2014, Analytical Engines" behind a title.
_YEAR_BEHIND = re.compile(
    r"^[\s*_]*(?:\((?:[^()\n]{0,60}, )?((?:19|20)\d\d)(?:, [^()\n]{0,60})?\)|((?:19|20)\d\d)(?=, ))"
)
_SURNAMES = re.compile(rf"^{_NAME}(?:\s+{_NAME})?(?:(?:,\s*|\s+(?:&|and)\s+){_NAME}(?:\s+{_NAME})?)*(?:,? et al\.?)?$")
#: Where a paper appeared, before its title ("CoRL 2023 oral, A title"), and behind it ("A title. In *COLT 2016*.").
_VENUE_FIRST = re.compile(
    r"^(?P<venue>(?:(?:[A-Z][\w&-]*[A-Z][\w&-]*|arXiv|Nature|Science)\s+){0,3}(?P<year>(?:19|20)\d\d)(?:[./-]\d\d?)?"
    r"(?:\s+\(?(?:oral|spotlight|poster|workshop|submission|highlight|findings|demo|best\b[\w ]{0,40})\)?)?),\s+(?=\S)"
)
_VENUE_LAST = re.compile(
    r"(?P<end>[.?!])\s+In:?\s+(?P<mark>[*_]{1,2})(?P<venue>[^*_\n]{2,60})(?P=mark)[\s.,/]*(?P<rest>[\s(\[]*)$"
)
_VENUE_BEHIND = re.compile(
    r"\s*[(（]\s*(?P<venue>(?:[A-Z]|arXiv)[\w@.&/ '’-]{0,50}?[ ,’'-]+(?P<year>(?:19|20)\d\d))\s*[)）]"
    r"(?P<rest>[\s(\[*_]*)$"
)
#: A conference or an archive behind a title and a dash.
_VENUE = re.compile(r"^(?:[A-Z]-?)?[A-Z][A-Za-z]{0,3}[A-Z]{2,10}$|^arxiv$", re.IGNORECASE)
#: "Lovelace et al., 1843" and "Lovelace & Babbage (1843)" tell whose work it is, and not what it is called.
_CITATION = re.compile(
    rf"^(?![A-Z]{{3}})(?:[A-ZÀ-Þ]\.[ -]?){{0,2}}{_NAME}(?:[ -]{_NAME}){{0,2}}"
    rf"(?:,? et al\.?,?|(?:,| &| and) {_NAME}(?: {_NAME})?,?|,(?=\s)|(?=\s\())"
    r"\s*(?:\((?:18|19|20)\d\d[a-z]?\)|(?:18|19|20)\d\d[a-z]?)$"
)


def is_citation(label: str) -> bool:
    """Whether a link is called after people and a year."""
    text = label.strip(" []")
    return bool(_CITATION.match(text[1:-1] if text.startswith("(") else text))


def cut_venue(entry: DocumentEntry, text: str) -> tuple[str, str]:
    """Where a paper appeared, and the text around it; the year is taken."""
    if found := _VENUE_FIRST.match(text):
        entry.year = int(found["year"])
        return found["venue"], text[found.end() :]
    if found := _VENUE_LAST.search(text):
        if year := re.search(r"\b(?:19|20)\d\d\b", found["venue"]):
            entry.year = int(year[0])
        return found["venue"], text[: found.start()] + found["end"].strip(".") + found["rest"]
    if found := _VENUE_BEHIND.search(text):
        entry.year = int(found["year"])
        return found["venue"], text[: found.start()] + found["rest"]
    return "", text


def people_beside(entry: DocumentEntry, text: str) -> str:
    """Whoever stands between a title and its first link, "— Lovelace, Babbage (1843) ·"; the year is taken."""
    if year := re.search(r"\(?\b((?:19|20)\d\d)\b\)?", text):
        entry.year = int(year[1])
        text = text.replace(year[0], "")
    return clean_words(text).strip(" ·|,;.")[:500]


def read_parts(entry: DocumentEntry, title: str) -> str:
    """Cut `"Title" - 2019 - Ada Lovelace -` into its parts; a title with a dash in it stays whole."""
    parts = [part.strip() for part in re.split(r"\s[-–—](?=\s|$|(?:19|20)\d\d$)", title.rstrip(" -–—"))]
    kept = [parts[0]]
    if (dated := _DATED.search(parts[0])) and entry.year is None:
        # As in: A title (2015-12), or: A title (2019) - Ada Lovelace.
        entry.year, kept[0] = int(dated["year"]), parts[0][: dated.start()].rstrip()
    for part in parts[1:]:
        if (year := _YEAR.match(part)) and entry.year is None and len(parts) > 2:
            entry.year = int(year[1])
        elif entry.year and (_NAMES.match(part) or (dated and _SURNAMES.match(part))) and not entry.people:
            entry.people = part[:500]
        else:
            kept.append(part)
    if len(kept) > 1 and entry.year and len(parts) > 2 and _VENUE.match(kept[-1]):
        entry.commentary = kept.pop()
    if len(kept) == 1 and (entry.year or title.startswith(('"', "“"))):
        kept[0] = re.sub(r"^[\"“](.*)[\"”]$", r"\1", kept[0])
    return " - ".join(kept)


def without_year(entry: DocumentEntry, text: str) -> str:
    """The words before a link, without the year and the dashes between them."""
    parts = [part.strip() for part in re.split(r"\s[-–—]+(?=\s|$)", text)]
    kept = []
    for part in parts:
        if (year := _YEAR.match(part)) and entry.year is None:
            entry.year = int(year[1])
        elif part:
            kept.append(part)
    if kept and entry.year is None and (dated := _DATED.search(kept[-1].rstrip(" [("))):
        entry.year, kept[-1] = int(dated["year"]), kept[-1][: dated.start()]
    title = clean_words(" - ".join(kept))
    # Other points are those of names and initials behind the title.
    return title.removesuffix(".") if title.count(".") == 1 else title


def take_year(entry: DocumentEntry, text: str) -> str:
    """What is said behind a link, without the year, the signs and the marks that it begins with."""
    text = _balanced(text)
    text = _LEADING.sub("", text.rstrip().removeprefix("\\\n"))
    if (match := _YEAR.match(text.strip())) and entry.year is None:
        entry.year = int(match[1])
        return ""
    if match := _YEAR_BEHIND.match(text):
        entry.year = entry.year or int(match[1] or match[2])
    text = re.sub(r"^(?:\*\*|__|~~|\*|_)(?=[\s:,.–—-]|$)[\s:,–—-]*", "", text)
    return text.strip() if re.search(r"\w|!\[", text) else ""


def _balanced(text: str) -> str:
    """What follows a link in bold or italics, "by Ada.** More", without the mark that was opened before the link."""
    for mark in ("**", "__"):
        if text.count(mark) % 2:
            before, _, after = text.partition(mark)
            text = before.rstrip() + (after if after[:1] in {"", " ", "\n"} else f" {after}")
    return text


def clean_words(text: str) -> str:
    text = re.sub(r"(\*\*|__|~~|(?<!\w)\*|\*(?!\w)|`)", "", text).replace("\\<", "<")
    text = text.strip(" :–—-\n").rstrip("([ ")
    for opening, closing in ("()", "[]"):
        # Of "(Ada) on engines" the bracket belongs to the words.
        if text.count(opening) > text.count(closing):
            text = text.lstrip(opening)
    return " ".join(text.strip(" :–—-\n").removesuffix(",").split())
