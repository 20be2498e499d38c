"""A page about one presentation, which says in its front matter who gives it, and often when and about what."""

import re
from typing import Any

from papers.documents.archive import PresentationEntry, Stated
from papers.documents.days import find_day
from papers.documents.document import Document
from papers.documents.fact_lines import fact_lines
from papers.documents.front_matter import FrontMatter
from papers.documents.front_schedule import PATH, text_of
from papers.documents.links import TextLink, find_links
from papers.documents.nodes import Node
from papers.documents.page_entries import announced_presentation
from papers.documents.page_titles import TITLES
from papers.documents.paper_links import is_paper
from papers.documents.roles import HOSTS, Role, role_of
from papers.documents.talk_facts import ABSENT, NOBODY, fill_talk, split_names

#: What is written behind the name of a thing for its address or its title: `paper_url`, `paperurls`.
_OF_A_THING = re.compile(r"[ _-]*(?:urls?|links?|hrefs?|titles?)$")
#: These name a text, or anybody, as often as who presents.
_UNSURE = HOSTS | {"lead", "leads", "leader", "led", "name", "person", "volunteer", "who", "wer", "qui", "quién"}
_DAY_OF_POST = {"date", "published", "created", "updated", "lastmod"}
_LONGEST_SUMMARY = 60


def front_talk(front: FrontMatter, document: Document) -> PresentationEntry | None:
    """The presentation that a page is about, None for one whose front matter names no presenter, nor its title that."""
    roles = {name: role_of(_OF_A_THING.sub("", name).replace("_", " ")) for name in front.values}
    who = next((name for name, role in roles.items() if role == Role.PRESENTER and name not in _UNSURE), "")
    names = _texts(front.values.get(who))
    presenters = split_names(", ".join(names))[0]
    announced = announced_presentation(document.title)
    is_told = bool(presenters) or any(NOBODY.match(name) for name in names)
    if not is_told and announced is None:
        return None
    front.used.add(who)
    title, number = announced or (front.text(*TITLES), None)
    talk = PresentationEntry(title, front.line_of(who), "", number, presenters=presenters)
    talk.topics, talk.held_on, talk.is_for_members = document.topics, document.day, document.is_draft
    for name, role in roles.items():
        if role == Role.DATE and name not in _DAY_OF_POST and (found := find_day(front.text(name))) and found.day:
            talk.held_on = found.day
    _take_papers(talk, front, [name for name, role in roles.items() if role == Role.PAPER])
    for name, role in roles.items():
        if role in {Role.SLIDES, Role.RECORDING}:
            _take_file(talk, front, name, role)
    talk.is_meeting = is_told and talk.held_on is not None
    talk.is_open = talk.is_meeting and talk.names_nothing
    return talk


def fill_from_text(talk: PresentationEntry, blocks: list[Node], body: str) -> bool:
    """Read the page's text into the presentation; return whether it is long enough to stand by itself."""
    is_short = len(body.split()) <= _LONGEST_SUMMARY and "![" not in body
    roles = {Role.SLIDES, Role.RECORDING} | ({Role.PAPER} if is_short else set())
    facts = [fact for fact in fact_lines(blocks) if is_short or (fact.role in roles and fact.links)]
    fill_talk(talk, facts)
    if not is_short:
        talk.summary = ""
    talk.is_open = talk.is_open and talk.names_nothing and not talk.summary
    return not is_short


def _take_papers(talk: PresentationEntry, front: FrontMatter, keys: list[str]) -> None:
    """Papers and their addresses often stand in two lists, one beside the other."""
    named: list[str] = []
    linked: list[TextLink] = []
    for key in keys:
        front.used.add(key)
        for text in _texts(front.values[key]):
            if links := _links_in(text):
                linked += links
            elif not NOBODY.match(text):
                named.append(text)
    if len(named) == len(linked):
        linked = [TextLink(link.href, link.text or name) for link, name in zip(linked, named, strict=True)]
    talk.papers = linked
    talk.title = talk.title or " + ".join(named) or " + ".join(link.text for link in linked if link.text)


def _take_file(talk: PresentationEntry, front: FrontMatter, key: str, role: Role) -> None:
    text = next(iter(_texts(front.values[key])), "")
    links = _links_in(text)
    href = links[0].href if links else text if PATH.fullmatch(text) else ""
    stated = Stated.AVAILABLE if href else Stated.NONE if ABSENT.match(text) else None
    if stated is None:
        return
    front.used.add(key)
    if role == Role.SLIDES:
        talk.slides, talk.slides_href = stated, talk.slides_href or href
    else:
        talk.recording, talk.recording_href = stated, talk.recording_href or href


def _texts(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    return [text for part in parts if (text := text_of(part))]


def _links_in(text: str) -> list[TextLink]:
    return find_links(text) or ([TextLink(text)] if is_paper(text) else [])
