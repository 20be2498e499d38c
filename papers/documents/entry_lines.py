"""One item, paragraph or heading of a list becomes an entry: what it is about, and what its keeper says about it."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from papers.documents.document import DocumentEntry, DocumentLink, is_relative
from papers.documents.paper_links import is_paper
from papers.documents.parsing import FoundLink, Inline, leads_out
from papers.documents.roles import Role, role_of

NUMBERED = re.compile(r"^\s*(?:\*\*|__)?\s*#?(?P<number>\d{1,4})\s*(?:[.:)]\s*(?:\*\*|__)|(?:\*\*|__)\s*[.:)])\s*")
_JOINED = re.compile(r"^[\s,;+&/|·•]*(?:and|und|et|y|e|or)?[\s,;+&/|·•]*$", re.IGNORECASE)
_LEADING = re.compile(r"^[\s:,;–—-]+(?=\S)|^\s*\.\s+")
_OPENING = re.compile(r"^(?:[\s*_~\"'“”>(\[\]•·–—-]|\[[ xX]\]|[^\w\s\[\]()<]{1,3}\s)*$")
_YEAR = re.compile(r"^\(?((?:19|20)\d\d)\)?$")
_CHECKBOX = re.compile(r"^\s*\[(?P<mark>[ xX])\]\s+")
_NAME = r"[^\W\d_][\w.'’-]*"
_NAMES = re.compile(
    rf"^{_NAME}(?:\s+{_NAME}){{1,3}}(?:\s*(?:,|&|and)\s*{_NAME}(?:\s+{_NAME}){{1,3}})*(?:,? et al\.?)?$"
)
_DATED = re.compile(r"\s\((?P<year>(?:19|20)\d\d)(?:-\d\d)?\)$")
_SURNAMES = re.compile(rf"^{_NAME}(?:\s+{_NAME})?(?:(?:,\s*|\s+(?:&|and)\s+){_NAME}(?:\s+{_NAME})?)*(?:,? et al\.?)?$")
#: A title in bold before the link, and what stands between them.
_BOLD = re.compile(r"^\s*(?:\*\*|__)(?P<title>[^*_]{8,}?)(?<!:)(?:\*\*|__)(?!\s*:)(?P<rest>\W.*)?$", re.DOTALL)
#: A paragraph of a newsletter: its name in bold, and then what it says.
_NAMED = re.compile(r"^(?P<mark>\*\*|__)(?P<name>[^*_\n\[\]]{3,120}?)(?P=mark)[.:]?\s+(?=\S)")
#: Words in brackets: "[ICLR 2018] [GAT]" before a title, "[code]" behind one.
_TAGS = re.compile(r"^\s*(?:\[[^\[\]]+\]\s*)+$")
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
_COMPANIONS = {Role.CODE, Role.SLIDES, Role.RECORDING, Role.NOTES}
_POINTING = {
    "the",
    "this",
    "link",
    "to",
    "here",
    "full",
    "download",
    "read",
    "watch",
    "see",
    "view",
    "our",
    "a",
    "an",
    "interesting",
    "original",
    "related",
    "great",
    "nice",
    "&",
    "+",
    "on",
}
LONGEST_LEAD = 160


@dataclass(frozen=True)
class Lead:
    """The beginning of an entry: `links` are what it is about, `before` and `after` the text around them."""

    links: list[FoundLink]
    before: str
    after: str


def as_document_link(link: FoundLink, *, is_main: bool = False) -> DocumentLink:
    return DocumentLink(link.href, link.label, link.line, is_main, is_name=link.is_name)


def outgoing(inline: Inline) -> list[FoundLink]:
    return [link for link in inline.links if leads_out(link.href)]


def starts_with_link(inline: Inline) -> bool:
    """Whether the text opens with a link, signs, a number or a picture before it apart."""
    links = outgoing(inline)
    if not links:
        return False
    before = NUMBERED.sub("", inline.text[: links[0].start])
    return bool(_OPENING.match(before))


def is_named(inline: Inline) -> bool:
    """Whether a paragraph begins with its name in bold and links to something behind it."""
    return bool(_NAMED.match(inline.text)) and bool(outgoing(inline)) and not NUMBERED.match(inline.text)


def make_named_entry(inline: Inline, *, section: int | None) -> DocumentEntry:
    """An entry from a paragraph of a newsletter; its first link is what it is about."""
    match = _NAMED.match(inline.text)
    entry = DocumentEntry(match["name"].strip(" .:") if match else "", inline.line, section)
    entry.commentary = inline.text[match.end() if match else 0 :].strip()
    entry.links = [as_document_link(link, is_main=number == 0) for number, link in enumerate(outgoing(inline))]
    return entry


def find_lead(inline: Inline, *, anywhere: bool) -> Lead:
    """Cut a text at the links it is about: those it opens with or, with `anywhere`, its first one."""
    links = outgoing(inline)
    number = NUMBERED.match(inline.text)
    start = number.end() if number else 0
    if box := _CHECKBOX.match(inline.text):
        start = box.end()
    opens = starts_with_link(inline)
    if not links or not (opens or (anywhere and len(inline.text[start : links[0].start]) <= LONGEST_LEAD)):
        return Lead([], inline.text[start:].strip(), "")
    main = [links[0]]
    for link in links[1:]:
        joined = _JOINED.match(inline.text[main[-1].end : link.start]) and not main[-1].has_image
        if not joined or (is_pointer(link.label) and role_of(link.label) in _COMPANIONS):
            break
        main.append(link)
    before = inline.text[start : main[0].start].strip()
    return Lead(main, re.sub(r"^[\s*_~]+$", "", before), inline.text[main[-1].end :])


def make_entry(inline: Inline, *, section: int | None, anywhere: bool) -> DocumentEntry:
    """An entry from its first text; what belongs to it further below is added by the reader of the list."""
    lead = find_lead(inline, anywhere=anywhere)
    number = NUMBERED.match(inline.text)
    entry = DocumentEntry("", inline.line, section, int(number["number"]) or None if number else None)
    entry.is_cancelled = inline.is_struck
    main = set(lead.links)
    entry.links = [as_document_link(link, is_main=link in main) for link in outgoing(inline)]
    if lead.links:
        _read_lead(entry, lead, inline)
        _mark_paper(entry)
    elif number:
        entry.commentary = lead.before
    else:
        _read_words(entry, lead.before)
    return entry


def add_links(entry: DocumentEntry, links: list[FoundLink], *, main: bool = False) -> None:
    entry.links += [as_document_link(link, is_main=main) for link in links if leads_out(link.href)]


def _read_words(entry: DocumentEntry, text: str) -> None:
    """A line without a link: its first line is the title, what follows is commentary."""
    first, _, rest = text.partition("\n")
    if len(first) <= 300:
        venue, first = _cut_venue(entry, first)
        entry.title, entry.commentary = _clean(first), " ".join(filter(None, (venue, rest.strip())))
    else:
        entry.commentary = text


def _mark_paper(entry: DocumentEntry) -> None:
    """Of "A title [notes](…) [paper](…)" the paper is what the entry is about, whichever comes first."""
    main = [link for link in entry.links if link.is_main]
    if any(is_paper(link.href) or not (is_pointer(link.text) or is_relative(link.href)) for link in main):
        return
    for place, link in enumerate(entry.links):
        if is_pointer(link.text) and (is_paper(link.href) or role_of(link.text) == Role.PAPER):
            entry.links[place] = replace(link, is_main=True)
            return


def _read_lead(entry: DocumentEntry, lead: Lead, inline: Inline) -> None:
    venue, before = _cut_venue(entry, lead.before)
    _read_title(entry, replace(lead, before=before), inline)
    entry.commentary = " ".join(filter(None, (venue, entry.commentary)))


def _cut_venue(entry: DocumentEntry, text: str) -> tuple[str, str]:
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


def _read_title(entry: DocumentEntry, lead: Lead, inline: Inline) -> None:
    if _is_in_brackets(lead):
        entry.title = _without_year(entry, lead.before)
        entry.commentary = _take_year(entry, re.sub(r"^\s*[)\]][\s.,;]*", "", lead.after))
        return
    if bold := _BOLD.match(lead.before):
        entry.title, entry.people = _clean(bold["title"]).rstrip("."), _people(entry, bold["rest"] or "")
        entry.commentary = _take_year(entry, lead.after)
        return
    labels = [link.label for link in lead.links if link.label]
    if _TAGS.match(lead.before) and labels:
        entry.title = _read_parts(entry, labels[0])
        entry.commentary = f"{lead.before.strip()} {_take_year(entry, lead.after)}".strip()
        return
    if len(re.findall(r"\w+", lead.before)) > 2 and labels and all(_TAGS.match(label) for label in labels):
        entry.title = _without_year(entry, lead.before)
        entry.commentary = _take_year(entry, lead.after)
        return
    named = [label for label in labels if not is_pointer(label)]
    before = _without_year(entry, lead.before)
    if named and (_joined_title(lead, inline) or named):
        title = _read_parts(entry, _joined_title(lead, inline) or " + ".join(named))
        # Words that lead on to a link are one sentence with it.
        joint = " " if re.search(r"[\w)\]”\"']$", lead.before.rstrip("*_ ")) else " - "
        entry.title = f"{before}{joint}{title}" if before else title
    else:
        entry.title = before or next((label for label in labels if len(label) > 5), "")
    entry.commentary = " ".join(filter(None, (entry.commentary, _take_year(entry, lead.after))))
    if len(entry.title) > 600:
        entry.commentary, entry.title = f"{entry.title}\n\n{entry.commentary}".strip(), ""


def _is_in_brackets(lead: Lead) -> bool:
    """Whether the links stand in brackets behind what they are about: "A title ([slides](…) | [code](…))"."""
    return lead.before.rstrip().endswith(("(", "[")) and len(re.findall(r"\w+", lead.before)) > 1


def _people(entry: DocumentEntry, text: str) -> str:
    """Whoever stands between a title and its first link, "— Lovelace, Babbage (1843) ·"; the year is taken."""
    if year := re.search(r"\(?\b((?:19|20)\d\d)\b\)?", text):
        entry.year = int(year[1])
        text = text.replace(year[0], "")
    return _clean(text).strip(" ·|,;.")[:500]


@lru_cache(maxsize=5_000)
def is_pointer(label: str) -> bool:
    """Whether a link's text only points ("Link", "here", "[pdf]") and names nothing."""
    plain = label.strip(" []()").lower()
    if plain in {"this", "here", "link", "this link", "this paper", "this one", "⬇️", "🔗"}:
        return True
    words = plain.split()
    if len(words) > 4 or role_of(plain) in {None, Role.TITLE}:
        return False
    return all(word in _POINTING or word.isdigit() or role_of(word) for word in words)


def _joined_title(lead: Lead, inline: Inline) -> str:
    if len(lead.links) == 1:
        return lead.links[0].label
    words = []
    for number, link in enumerate(lead.links):
        if number:
            between = inline.text[lead.links[number - 1].end : link.start].strip()
            words.append(f" {between} " if between.isalpha() or between in "&+/|·" else f"{between} ")
        if is_pointer(link.label):
            return ""
        words.append(link.label or link.href)
    return " ".join("".join(words).split())


def _read_parts(entry: DocumentEntry, title: str) -> str:
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


def _without_year(entry: DocumentEntry, text: str) -> str:
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
    title = _clean(" - ".join(kept))
    # Other points are those of names and initials behind the title.
    return title.removesuffix(".") if title.count(".") == 1 else title


def _take_year(entry: DocumentEntry, text: str) -> str:
    text = _balanced(text)
    text = _LEADING.sub("", text.rstrip().removeprefix("\\\n"))
    if (match := _YEAR.match(text.strip())) and entry.year is None:
        entry.year = int(match[1])
        return ""
    if match := re.match(r"^[\s*_]*\(((?:19|20)\d\d)\)", text):
        entry.year = entry.year or int(match[1])
    text = re.sub(r"^(?:\*\*|__|~~|\*|_)(?=[\s:,.–—-]|$)[\s:,–—-]*", "", text)
    return text.strip() if re.search(r"\w|!\[", text) else ""


def _balanced(text: str) -> str:
    """What follows a link in bold or italics, "by Ada.** More", without the mark that was opened before the link."""
    for mark in ("**", "__"):
        if text.count(mark) % 2:
            before, _, after = text.partition(mark)
            text = before.rstrip() + (after if after[:1] in {"", " ", "\n"} else f" {after}")
    return text


def _clean(text: str) -> str:
    text = re.sub(r"(\*\*|__|~~|(?<!\w)\*|\*(?!\w)|`)", "", text)
    return " ".join(text.strip(" :–—-([\n").removesuffix(",").split())


def paper_links(entry: DocumentEntry) -> list[DocumentLink]:
    return [link for link in entry.links if is_paper(link.href)]
