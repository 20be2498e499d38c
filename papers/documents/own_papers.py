"""Which paper notes are about, as their head and first lines tell."""

import re
from collections import Counter

from papers.documents.entry_lines import is_pointer
from papers.documents.fact_lines import FactLine, fact_lines
from papers.documents.front_matter import FrontMatter
from papers.documents.front_papers import told_papers
from papers.documents.links import TextLink
from papers.documents.nodes import Node
from papers.documents.paper_links import is_paper, is_pdf, work_key
from papers.documents.parsing import FoundLink
from papers.documents.roles import Role, role_of
from papers.documents.talk_facts import own_role

#: So many lines into a text a link that stands alone is what the text is about.
FIRST_LINES = 3
#: Among so many lines several addresses of different kinds are those of one work.
HEAD_LINES = 12
#: A text on more papers is about none of them.
MOST_PAPERS = 3
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_LONGEST_NAME = 200
_MARKED = re.compile(r"(\*\*|\*|__|_|[\"“])(?P<name>[^*_\"”\n]+)(?:\*\*|\*|__|_|[\"”])[.,]?")


def own_papers(front: FrontMatter, blocks: list[Node], *, has_title: bool) -> list[TextLink]:
    """The paper that notes are about: told by a citation that opens them, by a line such as "[Link to the paper](…)",

    by the title's own link, or by a link that stands alone above the text. What the front matter tells counts more, and
    may be several papers, the first of which is the one.
    """
    if told := told_papers(front):
        return told if len(told) <= MOST_PAPERS else []
    if cited := _cited_first(blocks):
        return [cited]
    blocks = [inner for place, block in enumerate(blocks) for inner in _opened(block, is_first=place < FIRST_LINES)]
    found, is_above = [], True
    alone = {block.line for block in blocks[:FIRST_LINES] if block.kind == "paragraph"}
    for number, fact in enumerate(fact_lines(blocks)):
        points = fact.role in {Role.PAPER, Role.LINK} or (
            fact.is_only_links and (number < FIRST_LINES or all(is_pointer(link.label) for link in fact.links))
        )
        papers = [link for link in fact.links if points and is_paper(link.href)]
        papers = papers or [link for link in fact.links if _is_file(link, fact, is_first=fact.line in alone)]
        found += [TextLink(link.href, "" if is_pointer(link.label) else link.label) for link in papers]
        is_above = is_above and (number < HEAD_LINES or not papers)
    title = next((block.inline for block in blocks if block.kind == "heading" and block.inline), None)
    if title and not has_title and not found:
        found = [TextLink(link.href, link.label) for link in title.links if is_paper(link.href)]
    works = {work_key(link.href) for link in found}
    is_one = len(works) == 1 or (is_above and len(works) == len({scheme for scheme, _ in works}))
    return found[:1] if is_one else []


def other_names(blocks: list[Node], own: list[TextLink]) -> set[tuple[str, str]]:
    """Under which other names the head of notes links to the one paper that they are about: its DOI beside arXiv's."""
    if len(own) != 1:
        return set()
    head = [inner for block in blocks[:FIRST_LINES] for inner in _opened(block, is_first=True)]
    facts = [fact for fact in fact_lines(head) if fact.role in {Role.PAPER, Role.LINK} or fact.is_only_links]
    works = {work_key(link.href) for fact in facts for link in fact.links if is_paper(link.href)}
    works |= {work_key(own[0].href)}
    schemes = Counter(scheme for scheme, _ in works)
    return {work for work in works if schemes[work[0]] == 1 and work != work_key(own[0].href)}


def _opened(block: Node, *, is_first: bool) -> list[Node]:
    """The blocks in a quotation above the text, as which boxes are written too."""
    return list(block.children) if is_first and block.kind == "quote" else [block]


def _cited_first(blocks: list[Node]) -> TextLink | None:
    """The paper of a citation that opens the text and ends with its address, where no other paragraph ends so."""
    ends = [(block, link) for block in blocks if (link := _paper_at_end(block))]
    if len(ends) != 1 or ends[0][0] is not blocks[0] or not _YEAR.search(blocks[0].source):
        return None
    return TextLink(ends[0][1].href)


def _paper_at_end(block: Node) -> FoundLink | None:
    """The only paper of a paragraph, whose bare address is its end."""
    if block.kind != "paragraph" or not block.inline:
        return None
    papers = [link for link in block.inline.links if is_paper(link.href)]
    is_end = len(papers) == 1 and not papers[0].label and not block.inline.text[papers[0].end :].strip(" .>")
    return papers[0] if is_end and papers[0].start else None


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
