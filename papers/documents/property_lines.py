"""Lines in a text that say of it what a front matter would, as Notion and vaults write them; they stay in the text."""

import re

from papers.documents.days import find_day
from papers.documents.document import Document
from papers.documents.nodes import Node

_LINE = re.compile(r"(?P<name>[^\W\d_a-z][\w ()/-]{0,20}):\s+(?P<value>\S.*)")
_DAYS = {"created", "date", "published", "created time", "created on", "date read", "read on"}
_TOPICS = {"tags", "tag", "topics", "topic", "keywords"}
_HASHTAGS = re.compile(r"(?:tags?|topics?|keywords?)\s*:\s*(?P<tags>#[\w/-]+(?:[\s,]+#[\w/-]+)*)\s*", re.IGNORECASE)
_FIRST_BLOCKS = 3
_FEWEST = 2


def read_properties(document: Document, blocks: list[Node]) -> None:
    """Take the day and the topics of a text from its lines, where its head has none."""
    paragraphs = [block for block in blocks if block.kind == "paragraph"]
    topics = [tag for block in paragraphs for tag in _hashtags(block)]
    for block in blocks[:_FIRST_BLOCKS]:
        lines = [_LINE.fullmatch(line.strip()) for line in block.source.splitlines()]
        if block.kind != "paragraph" or len(lines) < _FEWEST or not all(lines):
            continue
        told = {match["name"].strip().lower(): match["value"] for match in lines if match}
        days = [found.day for name in told if name in _DAYS and (found := find_day(told[name])) and found.day]
        document.day = document.day or next(iter(days), None)
        written = [told[name] for name in told if name in _TOPICS and "#" not in told[name]]
        topics += [part.strip() for value in written for part in value.split(",")]
    if not document.topics:
        document.topics = [topic for topic in dict.fromkeys(topics) if topic]


def _hashtags(block: Node) -> list[str]:
    """ "looms" for `Keywords: #keywords/looms`."""
    found = [_HASHTAGS.fullmatch(line.strip()) for line in block.source.splitlines()]
    return [tag.rpartition("/")[2].strip("#") for match in found if match for tag in re.split(r"[\s,]+", match["tags"])]
