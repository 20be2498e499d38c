"""What a document is called."""

import re

from papers.documents.nodes import Node, Tree
from papers.documents.source import Source

TITLES = ("title", "name", "headline")
TERMS = ("semester", "term", "season", "edition")
#: Headings that open a page without saying what it is.
_NAMELESS = re.compile(
    r"^(?:description|about|overview|introduction|intro|welcome|schedule|home|index|readme|news|beschreibung|"
    r"description du cours|descripción|簡介|介绍|简介|概要)\W*$",
    re.IGNORECASE,
)
#: What the first part of a text is called that has no title.
_OPENING_PART = re.compile(
    r"^(?:\d+[.)]?\s*)?(?:overview|introduction|intro|about|abstract|summary|tl;?dr|(?:table of )?contents?|toc|"
    r"background|motivation|readings?)\W*$",
    re.IGNORECASE,
)
#: Kinds of things, each under a heading of the highest level: the first of them is no title either.
_KIND = re.compile(
    r"^(?:research |blog |reading )?(?:slides?|papers?|articles?|books?|videos?|talks?|posts?|blogs?|links?|courses?|"
    r"lectures?|tutorials?|podcasts?|surveys?|theses|datasets?|tools?|code|repos(?:itories)?)\W*$",
    re.IGNORECASE,
)


def title_of(source: Source, tree: Tree, name: str) -> tuple[str, bool]:
    """The title, and whether it stands in the front matter, so that the first heading is none."""
    written = _on_one_line(source.front_matter.text(*TITLES))
    first = next((block for block in tree.blocks if block.kind == "heading" and block.inline), None)
    heading = first.inline.plain if first and first.inline else ""
    if not written and (not heading or _NAMELESS.match(heading)):
        written = source.front_matter.text(*TERMS)
    if written:
        return written, heading.casefold() != written.casefold()
    top = min((block.level for block in tree.blocks if block.kind == "heading"), default=0)
    if first and first.level == top and (top == 1 or _is_only(first, tree.blocks)):
        beside = sum(block.kind == "heading" and block.level == top for block in tree.blocks)
        # What people write with blanks is a title, which a note in a vault repeats nowhere.
        is_part = _OPENING_PART.match(heading) or _KIND.match(heading) or " " in _stem(name).strip()
        if beside == 1 or not is_part:
            return heading, False
    return title_of_name(name), True


def title_of_name(name: str) -> str:
    """The title that the name of a file tells: "Cards that weave" for `2024-03-05-cards-that-weave.md`."""
    stem = _stem(name)
    words = re.split(r"[-_]", re.sub(r"^\d{4}-\d{1,2}-\d{1,2}[-_]+(?=.)", "", stem))
    if len(words) < 2 or " " in stem or not all(words):
        return stem
    text = " ".join(words)
    return text[0].upper() + text[1:]


def _stem(name: str) -> str:
    return re.sub(r"\.(?:md|markdown|mkd|mdown|mdx|qmd|rmd)$", "", name, flags=re.IGNORECASE)


def _on_one_line(title: str) -> str:
    return " ".join(re.sub(r"<br\s*/?>", " ", title, flags=re.IGNORECASE).split())


def _is_only(first: Node, blocks: list[Node]) -> bool:
    """Whether no other heading has the level of the first, so that it stands above all."""
    return sum(block.kind == "heading" and block.level == first.level for block in blocks) == 1 and blocks[0] is first
