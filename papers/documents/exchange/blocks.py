"""Free texts among lines that mean something, and facts about an entry."""

import re
from collections.abc import Iterable, Iterator

from papers.documents.exchange.inline import write_line

OPEN, CLOSE = "<!-- text -->", "<!-- /text -->"
#: What lies between these is for readers of the file only.
SKIP_OPEN, SKIP_CLOSE = "<!-- contents -->", "<!-- /contents -->"
RULE = "---"

_MARK = re.compile(r"^<!-- (/?)(~*)(text|contents) -->$", re.MULTILINE)
_MEANS_SOMETHING = re.compile(r"^(?:#+\s|- |>|---\s*$|<!-- /?~*(?:text|contents) -->$)", re.MULTILINE)
_HEADING = re.compile(r"^(#+)\s(.*)$")
_FACT = re.compile(r"^- \*\*(?P<name>[A-Z][A-Za-z ]{0,40}):\*\*(?: (?P<value>.*))?$")

Fact = tuple[str, str]


def write_text(text: str) -> str:
    """A free text, fenced off when one of its lines could be taken for something else."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not _MEANS_SOMETHING.search(text):
        return text
    guarded = _MARK.sub(r"<!-- \1~\2\3 -->", text)
    return f"{OPEN}\n{guarded}\n{CLOSE}"


def write_fact(name: str, value: str) -> str:
    """`value` is Markdown already."""
    return f"- **{name}:** {value}".rstrip()


def write_facts(facts: Iterable[tuple[str, object]]) -> list[str]:
    """Facts of plain words; those without a value are left out."""
    return [write_fact(name, write_line(str(value))) for name, value in facts if value not in (None, "")]


def indent(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.split("\n"))


def join_blocks(blocks: Iterable[str]) -> str:
    """Blocks with a blank line between them."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def read_heading_line(line: str) -> tuple[int, str] | None:
    """The level and the words of a heading, None for any other line."""
    match = _HEADING.match(line)
    return (len(match[1]), match[2].strip()) if match else None


def read_fact(line: str) -> Fact | None:
    match = _FACT.match(line)
    return (match["name"], (match["value"] or "").strip()) if match else None


class Lines:
    """The lines of a document, taken one after the other; `number` is that of the line taken last, from 1."""

    def __init__(self, lines: list[str], *, first: int = 1) -> None:
        self._lines = lines
        self._next = 0
        self._first = first

    @property
    def number(self) -> int:
        return self._first + self._next - 1

    def __iter__(self) -> Iterator[str]:
        while self._next < len(self._lines):
            yield self.take()

    def take(self) -> str:
        self._next += 1
        return self._lines[self._next - 1]

    def take_facts(self) -> list[Fact]:
        """The facts that follow at once, blank lines before them apart."""
        start = self._next
        while self._next < len(self._lines) and not self._lines[self._next].strip():
            self._next += 1
        facts = []
        while self._next < len(self._lines) and (fact := read_fact(self._lines[self._next])):
            facts.append(fact)
            self._next += 1
        if not facts:
            self._next = start
        return facts

    def take_indented(self) -> list[str]:
        """The lines below that belong to an entry, without their indentation."""
        taken: list[str] = []
        blank = 0
        for line in self._lines[self._next :]:
            if line.startswith("  "):
                taken += [""] * blank + [line[2:]]
                blank = 0
            elif not line.strip():
                blank += 1
            else:
                break
        self._next += len(taken)
        return taken

    def take_quote(self, first: str) -> str:
        """A quotation that begins with the line `first`, with its marks."""
        taken = [first]
        while self._next < len(self._lines) and self._lines[self._next].startswith(">"):
            taken.append(self.take())
        return "\n".join(taken)

    def take_fenced(self) -> str:
        """A fenced text, whose opening mark was taken; one that is never closed ends with the document."""
        taken = []
        for line in self:
            if line == CLOSE:
                break
            taken.append(line)
        return _MARK.sub(lambda m: f"<!-- {m[1]}{m[2][1:]}{m[3]} -->", "\n".join(taken))

    def skip_contents(self) -> None:
        for line in self:
            if line == SKIP_CLOSE:
                break


class Texts:
    """Free text as it is met line by line, for one place of the document after the other."""

    def __init__(self) -> None:
        self._lines: dict[object, list[str]] = {}

    def add(self, place: object, text: str) -> None:
        self._lines.setdefault(place, []).append(text)

    def of(self, place: object) -> str:
        return "\n".join(self._lines.get(place, [])).strip("\n")
