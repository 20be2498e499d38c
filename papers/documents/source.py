"""A document as it was given becomes clean text: decoded, repaired, within limits, and without its front matter."""

import codecs
import re
from dataclasses import dataclass, field

import ftfy

from papers.documents.front_matter import FrontMatter, read_front_matter
from papers.documents.outline import clean_text
from papers.documents.warnings import DocumentWarning

MAX_BYTES = 5 * 1024 * 1024
MAX_LINE = 50_000
MAX_LINES = 50_000
#: Each level of quotes and lists costs the parser time on every line below it.
MAX_DEPTH = 60

# Encodings are repaired; typography (curly quotes, ligatures, wide letters) is the writer's own.
_REPAIR = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


# What the lead bytes of accented Latin letters and of typographic signs are in Mac Roman, with what may follow them.
_MAC_ROMAN = re.compile(r"[√ƒ≈][\u00a0-\uffff]|‚Ä[\u00a0-\uffff]")
_PAGE_VALUE = re.compile(r"(?P<code>`[^`]+`)|\{\{-?\s*page\.(?P<name>[\w-]+)\s*(?:\|[^{}]*)?-?\}\}")


class DocumentRefused(ValueError):
    """The document cannot be read at all; the message is a sentence for the person who imports it."""


@dataclass
class Source:
    """`text` has as many lines as the document: those of the front matter are blank in it."""

    text: str
    front_matter: FrontMatter = field(default_factory=FrontMatter)
    warnings: list[DocumentWarning] = field(default_factory=list)


def decode_document(data: bytes) -> tuple[str, list[DocumentWarning]]:
    """The text of a file in UTF-8, in UTF-16 with a byte order mark, or in the older encoding of Western languages,

    which is told in a warning. Raises DocumentRefused.
    """
    if len(data) > MAX_BYTES:
        raise DocumentRefused(f"It is larger than {MAX_BYTES // 1024 // 1024} MB. Split it into parts.")
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig"), []
    except UnicodeDecodeError as error:
        if not utf16 and _is_western(data):
            text = data.decode("cp1252", errors="replace")
            return text, [DocumentWarning(0, "", "the file is not in UTF-8; it was read as Windows-1252")]
        name = "UTF-16" if utf16 else "UTF-8"
        raise DocumentRefused(f"It is not {name} text: {error.reason} at byte {error.start}.") from error


def _is_western(data: bytes) -> bool:
    """Whether the bytes beyond ASCII stand alone among letters, as accents do; other scripts write whole words so."""
    text = data.decode("latin-1")
    return "\x00" not in text and not re.search(r"[\x80-\xff]{4}", text)


def read_source(text: str) -> Source:
    """Clean and repair `text` and take its front matter off. Raises DocumentRefused for a text beyond the limits."""
    text = clean_text(text)
    check_limits(text)
    source = Source("")
    lines = [_repaired(line, number, source) for number, line in enumerate(text.split("\n"), start=1)]
    source.front_matter, length = read_front_matter(lines)
    source.warnings += source.front_matter.warnings
    source.text = "\n".join([""] * length + [_filled(line, source.front_matter) for line in lines[length:]])
    return source


def _filled(line: str, front: FrontMatter) -> str:
    """The line with the values of the front matter in the place of the tags that print them."""

    def value(match: re.Match[str]) -> str:
        return match[0] if match["code"] else " ".join(front.text(match["name"].lower()).split()) or match[0]

    return _PAGE_VALUE.sub(value, line) if "page." in line and "{{" in line else line


def _repaired(line: str, number: int, source: Source) -> str:
    if line.isascii():
        return line
    fixed = _MAC_ROMAN.sub(_from_mac_roman, ftfy.fix_text(line, _REPAIR).replace("\n", " "))
    if fixed != line:
        source.warnings.append(
            DocumentWarning(number, line, f"damaged letters were repaired; now “{fixed.strip()[:80]}”")
        )
    return fixed


def _from_mac_roman(match: re.Match[str]) -> str:
    """UTF-8 that was read as Mac Roman, such as "√°" for "á", which ftfy leaves alone in a short word."""
    try:
        return match[0].encode("mac_roman").decode("utf-8")
    except UnicodeError:
        return match[0]


def check_limits(text: str) -> None:
    """Raises DocumentRefused for a text too long, or nested too deep, to be read whole."""
    if len(text) > MAX_BYTES:
        raise DocumentRefused(f"It is longer than {MAX_BYTES // 1024 // 1024} million characters. Split it into parts.")
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        raise DocumentRefused(f"It has {len(lines):,} lines; {MAX_LINES:,} are possible. Split it into parts.")
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE:
            raise DocumentRefused(f"Line {number} has {len(line):,} characters; {MAX_LINE:,} are possible.")
        if _depth(line) > MAX_DEPTH:
            raise DocumentRefused(
                f"Line {number} is nested more than {MAX_DEPTH} levels deep; flatten its list or quotes."
            )


def _depth(line: str) -> int:
    """How many quotes and lists a line opens, by its marks and its indentation."""
    marks = len(line) - len(line.lstrip(" \t>-*+"))
    return sum(character in ">-*+" for character in line[:marks]) if not _is_rule(line) else 0


def _is_rule(line: str) -> bool:
    return not line.strip(" \t-") or not line.strip(" \t*") or not line.strip(" \t+")
