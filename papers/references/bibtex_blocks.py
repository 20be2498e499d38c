"""The blocks of a BibTeX file, some at a time: together they take several times the memory of the text."""

import re
from collections.abc import Iterator

from bibtexparser.exceptions import BlockAbortedException, ParserStateException
from bibtexparser.model import Block, ParsingFailedBlock
from bibtexparser.splitter import Splitter

#: So many characters are taken apart together.
PIECE = 200_000
#: Where the parser begins anew, whatever stands before.
_BEGINS = re.compile(r"^@\w*[ \t]*[{(]", re.M)


def read_blocks(text: str) -> Iterator[tuple[Block, int]]:
    """Each block of the file, with the number of lines before those that it counts itself."""
    start = lines = 0
    while start < len(text):
        piece, blocks = _take_apart(text, start)
        for block in blocks:
            yield block, lines
        start, lines = start + len(piece), lines + piece.count("\n")


def _take_apart(text: str, start: int) -> tuple[str, list[Block]]:
    """A piece of the text from `start`, and its blocks; a block that is open at its end is left to the next one."""
    size = PIECE
    while True:
        found = _BEGINS.search(text, start + size)
        piece = text[start : found.start()] if found else text[start:]
        blocks = _split(piece)
        if not found or not blocks or not _is_open(blocks[-1], piece):
            return piece, blocks
        if len(blocks) > 1:
            return piece.removesuffix(blocks.pop().raw or ""), blocks
        # Why a block is broken shows in what follows it.
        size = len(piece) + 1


def _is_open(block: Block, piece: str) -> bool:
    """Whether the block goes on to the end of the piece, and was not closed there."""
    return type(block) is ParsingFailedBlock and bool(block.raw) and piece.endswith(block.raw or "")


def _split(piece: str) -> list[Block]:
    try:
        return Splitter(piece).split().blocks
    except (BlockAbortedException, ParserStateException, RecursionError) as error:
        return [ParsingFailedBlock(error=error, start_line=0, raw=piece)]
