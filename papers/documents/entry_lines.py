"""One item, paragraph or heading of a list becomes an entry: what it is about, and what its keeper says about it."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from papers.documents.document import DocumentEntry, DocumentLink, is_relative
from papers.documents.entry_words import (
    clean_words,
    cut_venue,
    is_citation,
    people_beside,
    read_parts,
    take_year,
    without_year,
)
from papers.documents.paper_links import is_paper
from papers.documents.parsing import FoundLink, Inline, leads_out
from papers.documents.roles import Role, role_of

NUMBERED = re.compile(r"^\s*(?:\*\*|__)?\s*#?(?P<number>\d{1,4})\s*(?:[.:)]\s*(?:\*\*|__)|(?:\*\*|__)\s*[.:)])\s*")
_JOINED = re.compile(r"^[\s,;+&/|·•]*(?:and|und|et|y|e|or)?[\s,;+&/|·•]*$", re.IGNORECASE)
_OPENING = re.compile(r"^(?:[\s*_~\"'“”>(\[\]•·–—-]|\[[ xX]\]|[^\w\s\[\]()<]{1,3}\s)*$")
_CHECKBOX = re.compile(r"^\s*\[(?P<mark>[ xX])\]\s+")
#: A title in bold before the link, and what stands between them.
_BOLD = re.compile(r"^\s*(?:\*\*|__)(?P<title>[^*_]{8,}?)(?<!:)(?:\*\*|__)(?!\s*:)(?P<rest>\W.*)?$", re.DOTALL)
#: A paragraph of a newsletter: its name in bold, and then what it says.
_NAMED = re.compile(r"^(?P<mark>\*\*|__)(?P<name>[^*_\n\[\]]{3,120}?)(?P=mark)[.:]?\s+(?=\S)")
#: Words in brackets: "[ICLR 2018] [GAT]" before a title, "[code]" behind one.
_TAGS = re.compile(r"^\s*(?:(?P<mark>\*\*|__|[*_]|)\[[^\[\]]+\](?P=mark)\s*)+$")
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
#: Where people talk about something.
_TALK = {"reddit", "hn", "hacker news", "lobsters", "lobste.rs", "tweet", "twitter", "thread", "discussion", "mastodon"}
#: Titles of so many words side by side are those of several works.
FEWEST_WORDS = 3
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
        between = inline.text[main[-1].end : link.start]
        joined = _JOINED.match(between) and not main[-1].has_image
        if not joined or _is_companion(link) or (not between.strip() and _is_title(link) and _is_title(main[-1])):
            break
        main.append(link)
    before = inline.text[start : main[0].start].strip()
    return Lead(main, re.sub(r"^[\s*_~]+$", "", before), inline.text[main[-1].end :])


def _is_companion(link: FoundLink) -> bool:
    return is_pointer(link.label) and (role_of(link.label) in _COMPANIONS or link.label.lower() in _TALK)


def _is_title(link: FoundLink) -> bool:
    return len(link.label.split()) >= FEWEST_WORDS


def only_points(inline: Inline) -> bool:
    """Whether a text such as "[Link to the paper](…)" is about what it stands in or below."""
    links = outgoing(inline)
    outside, at = [], 0
    for link in links:
        outside.append(inline.text[at : link.start])
        at = link.end
    words = re.search(r"\w{2}", " ".join([*outside, inline.text[at:]]))
    return all(link.label and is_pointer(link.label) for link in links) and not words


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
        venue, first = cut_venue(entry, first)
        entry.title, entry.commentary = clean_words(first), " ".join(filter(None, (venue, rest.strip())))
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
    venue, before = cut_venue(entry, lead.before)
    _read_title(entry, replace(lead, before=before), inline)
    entry.commentary = " ".join(filter(None, (venue, entry.commentary)))


def _read_title(entry: DocumentEntry, lead: Lead, inline: Inline) -> None:
    if _is_in_brackets(lead):
        entry.title = without_year(entry, lead.before)
        entry.commentary = take_year(entry, re.sub(r"^\s*[)\]][\s.,;]*", "", lead.after))
        return
    labels = [link.label for link in lead.links if link.label]
    if _TAGS.match(lead.before) and labels:
        entry.title = read_parts(entry, labels[0])
        if entry.year is None and (years := re.findall(r"\b(?:19|20)\d\d\b", lead.before)):
            entry.year = int(years[-1])
        entry.commentary = f"{lead.before.strip()} {take_year(entry, lead.after)}".strip()
        return
    if bold := _BOLD.match(lead.before):
        entry.title, entry.people = clean_words(bold["title"]).rstrip("."), people_beside(entry, bold["rest"] or "")
        entry.commentary = take_year(entry, lead.after)
        return
    tags = [label for label in labels if _TAGS.match(label) or is_citation(label)]
    if len(re.findall(r"\w+", lead.before)) > 2 and labels and tags == labels:
        entry.title = without_year(entry, lead.before)
        entry.people = people_beside(entry, labels[0]) if is_citation(labels[0]) else ""
        entry.commentary = take_year(entry, lead.after)
        return
    named = [label for label in labels if not is_pointer(label)]
    before = without_year(entry, lead.before)
    if named and (_joined_title(lead, inline) or named):
        title = read_parts(entry, _joined_title(lead, inline) or " + ".join(named))
        # Words that lead on to a link are one sentence with it.
        joint = " " if re.search(r"[\w)\]”\"']$", lead.before.rstrip("*_ ")) else " - "
        entry.title = f"{before}{joint}{title}" if before else title
    else:
        entry.title = before or next((label for label in labels if len(label) > 5), "")
    entry.commentary = " ".join(filter(None, (entry.commentary, take_year(entry, lead.after))))
    if len(entry.title) > 600:
        entry.commentary, entry.title = f"{entry.title}\n\n{entry.commentary}".strip(), ""


def _is_in_brackets(lead: Lead) -> bool:
    """Whether the links stand in brackets behind what they are about: "A title ([slides](…) | [code](…))"."""
    return lead.before.rstrip().endswith(("(", "[")) and len(re.findall(r"\w+", lead.before)) > 1


@lru_cache(maxsize=1_000)
def is_pointer(label: str) -> bool:
    """Whether a link's text only points ("Link", "here", "[pdf]") and names nothing."""
    plain = label.strip(" []()").lower()
    if plain in {"this", "here", "link", "this link", "this paper", "this one", "⬇️", "🔗"} | _TALK:
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


def paper_links(entry: DocumentEntry) -> list[DocumentLink]:
    return [link for link in entry.links if is_paper(link.href)]
