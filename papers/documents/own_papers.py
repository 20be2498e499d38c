"""Which paper notes are about, as their head and first lines tell."""

import re

from papers.documents.entry_lines import is_pointer
from papers.documents.fact_lines import FactLine, fact_lines
from papers.documents.front_facts import told_papers
from papers.documents.front_matter import FrontMatter
from papers.documents.links import TextLink
from papers.documents.nodes import Node
from papers.documents.paper_links import is_paper, is_pdf, work_key
from papers.documents.parsing import FoundLink
from papers.documents.roles import Role, role_of
from papers.documents.talk_facts import own_role

#: So many lines into a text a link that stands alone is what the text is about.
FIRST_LINES = 3
_LONGEST_NAME = 200
_MARKED = re.compile(r"(\*\*|\*|__|_|[\"“])(?P<name>[^*_\"”\n]+)(?:\*\*|\*|__|_|[\"”])[.,]?")


def own_papers(front: FrontMatter, blocks: list[Node], *, has_title: bool) -> list[TextLink]:
    """The one paper that notes are about: told in the front matter, by a line such as "[Link to the paper](…)", by the

    title's own link, or by a link that stands alone above the text.
    """
    found = [TextLink(href) for href in told_papers(front)]
    alone = {block.line for block in blocks[:FIRST_LINES] if block.kind == "paragraph"}
    for number, fact in enumerate(fact_lines(blocks)):
        points = fact.role in {Role.PAPER, Role.LINK} or (
            fact.is_only_links and (number < FIRST_LINES or all(is_pointer(link.label) for link in fact.links))
        )
        papers = [link for link in fact.links if points and is_paper(link.href)]
        papers = papers or [link for link in fact.links if _is_file(link, fact, is_first=fact.line in alone)]
        found += [TextLink(link.href, "" if is_pointer(link.label) else link.label) for link in papers]
    title = next((block.inline for block in blocks if block.kind == "heading" and block.inline), None)
    if title and not has_title and not found:
        found = [TextLink(link.href, link.label) for link in title.links if is_paper(link.href)]
    return found[:1] if len({work_key(link.href) for link in found}) == 1 else []


def only_paper(blocks: list[Node]) -> list[TextLink]:
    """The only paper that a text calls "paper", or else the only one that it links to at all."""
    links = [link for block in blocks for inline in block.inlines() for link in inline.links if is_paper(link.href)]
    called = [link for link in links if role_of(link.label) == Role.PAPER]
    for found in (called, links):
        if len({work_key(link.href) for link in found}) == 1:
            return [TextLink(found[0].href)]
    return []


def name_above(blocks: list[Node]) -> str:
    """What is named in italics, bold or quotes alone on the first line of a text."""
    first = next((block for block in blocks if block.kind == "paragraph" and block.inline), None)
    line = first.source.strip().split("\n")[0].strip() if first else ""
    match = _MARKED.fullmatch(line)
    return match["name"].strip() if match and len(line) < _LONGEST_NAME else ""


def _is_file(link: FoundLink, fact: FactLine, *, is_first: bool) -> bool:
    """Whether a PDF somewhere is the paper: called so, or alone above the text and called nothing else."""
    if not is_pdf(link.href):
        return False
    role = own_role(link)
    is_called_so = fact.role == Role.PAPER or (fact.is_only_links and role == Role.PAPER)
    return is_called_so or (is_first and fact.is_only_links and fact.role is None and role is None)
