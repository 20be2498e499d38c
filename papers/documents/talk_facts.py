"""Labelled lines become the facts of a presentation; what is no fact stays in its summary, word for word."""

import re
from collections.abc import Iterable
from dataclasses import replace

from papers.documents.archive import PresentationEntry, Stated
from papers.documents.days import Year, find_day, is_day
from papers.documents.document import is_relative
from papers.documents.entry_lines import is_pointer
from papers.documents.entry_words import is_citation
from papers.documents.fact_lines import FactLine
from papers.documents.figures import Figure
from papers.documents.links import TextLink
from papers.documents.paper_links import is_code, is_event, is_form, is_paper, is_slides, is_video
from papers.documents.parsing import FoundLink, leads_out
from papers.documents.roles import MAX_LABEL, Role, role_of

_NO_SLIDES = re.compile(r"\bno\s+(?:\w+\s+(?:or|and|nor)\s+)?slides?\b", re.IGNORECASE)
_NO_RECORDING = re.compile(
    r"\b(?:no\s+(?:\w+\s+(?:or|and|nor)\s+)?(?:recordings?|videos?)|not\s+recorded)\b", re.IGNORECASE
)
_ABOUT_PERSON = re.compile(
    r"[.;]\s+(?=(?:first\s+|lead\s+|main\s+)?(?:co-?)?authors?\b)|\s+[-–—]\s+(?=authors?\b)", re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|（[^（）]*）)")
_PRESENTED = re.compile(r"\bpresent(?:ed|ing|ation)\b", re.IGNORECASE)
#: A degree behind a name belongs to it.
_TITLED = re.compile(r",\s*(?:ph\.?\s?d|m\.?d|m\.?sc|b\.?sc|m\.?p\.?h|jr|sr|esq|mba|dr|prof)\b\.?", re.IGNORECASE)
ABSENT = re.compile(
    r"^\W*(?:no(?:ne|t (?:available|provided|recorded))?|n/?a|-+|–|—|x|✗|❌|"
    r"(?:no|non|não) dispon[ií](?:ble|bile|vel)|nicht verfügbar|недоступно|"
    r"keine?s?|aucune?|ninguna?|nessuna?|нет|无|無|なし|없음)\W*$",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"^(?:(?:title |topic |paper |speaker )?tb[adc]|n/?a|none|\?+|-+|–|—|to be (?:announced|decided|determined)|"
    r"open(?: slots?)?|(?:free|empty|available) slots?|volunteer( needed)?|~[ ~]*|"
    r"(?:still )?(?:free|vacant|unassigned)|(?:noch )?(?:frei|offen)|fällt aus|n\.\s?n\.?|libre|"
    r"(?:a|por|à) confirm(?:ar|er)|à définir|待定|未定|미정)$",
    re.I,
)


def fill_talk(
    talk: PresentationEntry, facts: Iterable[FactLine], *, day_first: bool = False, year: Year | None = None
) -> list[TextLink]:
    """Read the lines into `talk`; return the links to write-ups of it."""
    kept: list[str] = []
    write_ups: list[TextLink] = []
    last = 0
    for fact in facts:
        rest = _take(talk, fact, write_ups, day_first, year)
        if rest:
            kept += ["", rest] if fact.line > last + 1 and kept else [rest]
        last = fact.line + fact.text.count("\n")
    told = "\n".join(kept).strip()
    talk.summary = f"{talk.summary}\n\n{told}".strip()
    return write_ups


def without_others(facts: list[FactLine]) -> list[FactLine]:
    """Where a label tells which paper was presented, papers under other labels are part of the text."""
    if not any(line.role == Role.PAPER and line.links and _PRESENTED.search(_label(line)) for line in facts):
        return facts
    return [
        replace(line, role=None, links=(), is_only_links=False)
        if role_of(_label(line)) == Role.PAPER and not _PRESENTED.search(_label(line))
        else line
        for line in facts
    ]


def _label(fact: FactLine) -> str:
    return fact.label or fact.under


def _take(
    talk: PresentationEntry, fact: FactLine, write_ups: list[TextLink], day_first: bool, year: Year | None
) -> str:
    """Store what the line says; return what of it stays text."""
    links = [link for link in fact.links if leads_out(link.href)]
    if fact.role == Role.PRESENTER:
        found = find_day(fact.value, day_first=day_first, year=year)
        if found and found.day and talk.held_on is None:
            talk.held_on = found.day
        names, rest = people_in(fact)
        talk.presenters += names
        return rest
    if talk.held_on is None and _tells_day(fact):
        found = find_day(fact.value, day_first=day_first, year=year)
        talk.held_on = found.day if found else None
        return "" if talk.held_on else fact.text
    if (
        fact.images
        and fact.role in {None, Role.SLIDES}
        and talk.cover is None
        and not fact.value.strip(" []()").isalpha()
    ):
        return _take_images(talk, fact)
    if fact.role in {Role.PAPER, Role.SLIDES, Role.RECORDING, Role.NOTES} and links:
        return _take_labelled(talk, fact, links, write_ups)
    if fact.is_only_links and links:
        unread = [link for link in links if not _take_link(talk, link, own_role(link), write_ups)]
        return fact.text if unread else ""
    _take_absence(talk, fact.text)
    if fact.role in {Role.PAPER, Role.SLIDES, Role.RECORDING} and not re.search(r"\w", fact.value):
        return ""  # a label above the lines that it is for
    if fact.role in {Role.SLIDES, Role.RECORDING} and ABSENT.match(fact.value):
        _state_absence(talk, fact.role)
        return ""
    if fact.role == Role.PAPER and fact.value and not NOBODY.match(fact.value) and not talk.title:
        talk.title = fact.value[:300]
        return ""
    _take_behind_sentence(talk, links)
    return fact.text


def _take_behind_sentence(talk: PresentationEntry, links: list[FoundLink]) -> None:
    """Slides and recordings that a sentence, which stays whole, leads to by their name."""
    for link in links:
        if role_of(link.label) in {Role.SLIDES, Role.RECORDING}:
            _take_link(talk, link, own_role(link), [])


def _tells_day(fact: FactLine) -> bool:
    """Whether a line is labelled as a day, or is nothing but one."""
    is_alone = fact.role is None and not fact.links and len(fact.text) < MAX_LABEL
    return fact.role == Role.DATE or (is_alone and is_day(fact.text))


def _take_labelled(talk: PresentationEntry, fact: FactLine, links: list[FoundLink], write_ups: list[TextLink]) -> str:
    unread = False
    for link in links:
        own = own_role(link)
        if fact.role == Role.PAPER and own == Role.RECORDING and not link.label:
            unread = True  # a film that was watched instead of a paper
            continue
        strong = own in {Role.SLIDES, Role.RECORDING, Role.CODE, Role.NOTES} and fact.role != Role.NOTES
        role = own if strong and fact.role == Role.PAPER else fact.role
        unread = not _take_link(talk, link, role, write_ups) or unread
    outside = re.sub(r"\[[^\]]*\]\([^)]*\)|https?://\S+", "", fact.value)
    said = outside.strip(" ,;:+&()[]-–—.*_")
    if fact.role == Role.PAPER and said and not unread:
        is_named = any(link.label and not (is_pointer(link.label) or is_citation(link.label)) for link in links)
        if not talk.title and not (is_named and is_citation(said)):
            talk.title, said = said[:400], ""
        elif len(links) == 1 and is_citation(links[0].label) and talk.papers and talk.papers[-1].href == links[0].href:
            talk.papers[-1] = TextLink(links[0].href, said[:400])
    return fact.text if unread or re.search(r"\w{3,}", said) else ""


def own_role(link: FoundLink) -> Role | None:
    if is_form(link.href):
        return None
    role = role_of(link.label) if link.label and len(link.label.split()) <= 3 else None
    if is_paper(link.href) and role not in {Role.SLIDES, Role.RECORDING, Role.CODE}:
        return Role.PAPER
    if role == Role.PAPER and is_slides(link.href):
        return Role.SLIDES  # "PDF", at a host of slides
    if role and role != Role.LINK:
        return role
    if is_video(link.href):
        return Role.RECORDING
    if is_slides(link.href):
        return Role.SLIDES
    if is_code(link.href):
        return Role.CODE
    return role


def _take_link(talk: PresentationEntry, link: FoundLink, role: Role | None, write_ups: list[TextLink]) -> bool:
    """Store a link in its role; False when it has to stay text too."""
    if role == Role.LINK and is_paper(link.href):
        role = Role.PAPER
    if role == Role.PAPER or (role in {Role.TITLE, None} and is_paper(link.href)):
        add_paper_link(talk, link)
        return True
    if role == Role.SLIDES and not talk.slides_href:
        talk.slides, talk.slides_href = Stated.AVAILABLE, link.href
        return True
    if role == Role.RECORDING and not talk.recording_href:
        talk.recording, talk.recording_href = Stated.AVAILABLE, link.href
        return True
    if role == Role.NOTES:
        write_ups.append(TextLink(link.href, link.label))
    return False


def take_material(talk: PresentationEntry, link: FoundLink) -> bool:
    """Take a link in a title: to slides or a recording by its address, to the paper otherwise; False for an event's."""
    if is_event(link.href):
        return False
    if is_video(link.href) and not talk.recording_href:
        talk.recording, talk.recording_href = Stated.AVAILABLE, link.href
    elif is_slides(link.href) and not talk.slides_href:
        talk.slides, talk.slides_href = Stated.AVAILABLE, link.href
    else:
        add_paper_link(talk, link)
    return True


def add_paper_link(talk: PresentationEntry, link: FoundLink) -> None:
    text = "" if is_pointer(link.label) else link.label
    if link.href not in {paper.href for paper in talk.papers}:
        talk.papers.append(TextLink(link.href, text))


def keep_files(talk: PresentationEntry) -> None:
    """Keep links to files beside the document in the text too: no source can be asked about what is read there."""
    hidden = [paper for paper in talk.papers if is_relative(paper.href) and f"({paper.href})" not in talk.summary]
    links = ", ".join(f"[{paper.text or paper.href}]({paper.href})" for paper in hidden)
    talk.summary = f"{talk.summary}\n\n{links}".strip()


def _take_images(talk: PresentationEntry, fact: FactLine) -> str:
    image = fact.images[0]
    around = next((link for link in fact.links if link.start <= image.start < link.end), None)
    talk.cover = Figure(image.src, image.line, alt=image.alt, href=around.href if around else "")
    if around and (fact.role == Role.SLIDES or around.href.lower().split("?")[0].endswith(".pdf")):
        talk.slides, talk.slides_href = Stated.AVAILABLE, around.href
        return ""
    return fact.text


def _take_absence(talk: PresentationEntry, text: str) -> None:
    if _NO_SLIDES.search(text) and talk.slides == Stated.UNSTATED:
        talk.slides = Stated.NONE
    if _NO_RECORDING.search(text) and talk.recording == Stated.UNSTATED:
        talk.recording = Stated.NONE


def _state_absence(talk: PresentationEntry, role: Role) -> None:
    if role == Role.SLIDES:
        talk.slides = Stated.NONE
    else:
        talk.recording = Stated.NONE


def without_label(text: str) -> str:
    """The names in a cell that says "Presenters: …" itself."""
    label, colon, names = text.partition(":")
    return names.strip() if colon and role_of(label) == Role.PRESENTER else text


def people_in(fact: FactLine) -> tuple[list[str], str]:
    """Names in the value of a line, and the line itself when it says more than the names."""
    value = fact.value
    for link in fact.links:
        if link.label:
            value = re.sub(r"\[" + re.escape(link.label) + r"\]\([^)]*\)", link.label, value)
    found = find_day(value)
    if found:
        value = re.sub(r"\s*(?:[(,]|\bon\b)*\s*$", "", value[: found.start])
    names, rest = split_names(value)
    return names, fact.text if rest or found or fact.links or not names else ""


def split_names(text: str) -> tuple[list[str], str]:
    """Names parted by commas, "and", "&", "/" or "+"; and what is said about the people behind them."""
    text = re.sub(r"[*`~]{1,3}|(?<!\w)_+|_+(?!\w)", "", text).strip()
    parts = _ABOUT_PERSON.split(text, maxsplit=1)
    rest = parts[1] if len(parts) > 1 else ""
    text = _BRACKETS.sub("", parts[0])
    text = _TITLED.sub(lambda match: match[0].replace(",", "\0"), text)
    names = re.split(r"\s*(?:,|;|&|/|\+|、|\band\b|\bund\b|\bet\b|\by\b)\s*", text)
    # The point behind an initial belongs to the name.
    names = [name.replace("\0", ",") for name in names]
    doubt = "?" if any(name.strip().startswith("?") for name in names) else ""
    names = [re.sub(r"(?<!\b\w)[\s.]+$", "", name.strip(" \\*?").removeprefix("@").lstrip(".")) for name in names]
    names = [name for name in names if name and not NOBODY.match(name)]
    if any(len(name) > 60 or len(name.split()) > 6 for name in names) or "://" in text:
        return [], text
    return names, rest or " ".join(found.strip() for found in _BRACKETS.findall(parts[0])) or doubt
