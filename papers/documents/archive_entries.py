"""The blocks under one entry's heading become a PresentationEntry or a ReportEntry."""

import re
from collections.abc import Iterator
from datetime import date

from papers.documents.archive import PresentationEntry, ReportEntry, Stated
from papers.documents.dates import date_in_file_name
from papers.documents.figures import Figure, take_figures
from papers.documents.links import TextLink, find_links
from papers.documents.outline import Block
from papers.documents.warnings import DocumentWarning

_LABEL = re.compile(
    r"^\s*(?:[-*+]\s+)?(?P<mark>\*\*|__)?\s*"
    r"(?P<name>papers?|slides?|deck|recordings?|videos?|code|presenters?|presented by|speakers?|date)"
    r"\s*(?(mark)(?::\s*(?P=mark)|(?P=mark)\s*:?)|:)\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"^[\W_]*no\s+(?P<what>(?:slides?|deck|recordings?|videos?)(?:\s*(?:or|and|nor|/|,)\s*(?:no\s+)?(?:slides?|deck|recordings?|videos?))*)"
    r"(?:\s+(?:is|are|was|were))?(?:\s+available)?[\W_]*$",
    re.IGNORECASE,
)
_READ_MORE = re.compile(
    r"\[\s*(?:read\s+more|continue\s+reading|full\s+(?:report|article|text)|read\s+the\s+\w+)[^\]]*\]\((?P<href>[^)\s]+)[^)]*\)",
    re.IGNORECASE,
)
_CODE_HOST = re.compile(
    r"^https?://(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)/[^/\s]+/[^/\s]+", re.IGNORECASE
)
_UNFINISHED = re.compile(r"\b(?:work in progress|wip|unfinished|to be continued)\b", re.IGNORECASE)
_HTML = re.compile(r"</?[a-zA-Z][^>]*>|<!--")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")


def fill_presentation(entry: PresentationEntry, blocks: list[Block]) -> list[DocumentWarning]:
    """Read an entry's blocks into it; return what stayed text because it was not understood."""
    warnings: list[DocumentWarning] = []
    kept: list[str] = []
    for block in blocks:
        paragraph: list[str] = []
        for line, label, text in _pieces(block):
            if label:
                unread = _take_fact(entry, label, text, line)
                if unread:
                    paragraph.append(unread)
                    reason = f"could not read what follows “{label}”; kept as text"
                    warnings.append(DocumentWarning(line, unread, reason))
                continue
            rest, figures = take_figures(text, line=line)
            for figure in figures:
                paragraph += _place_cover(entry, figure, warnings)
            paragraph.append(rest)
        kept.append(_joined(paragraph))
        warnings += _html_warnings(block, kept[-1])
    entry.summary = _paragraphs(kept)
    return warnings


def fill_report(entry: ReportEntry, blocks: list[Block]) -> list[DocumentWarning]:
    """As `fill_presentation`, for a report: cover, teaser, "read more", companion code, date in the file's name."""
    warnings: list[DocumentWarning] = []
    kept: list[str] = []
    for block in blocks:
        paragraph: list[str] = []
        for line, label, text in _pieces(block):
            if label.startswith("paper"):
                entry.papers += find_links(text)
            elif label == "code" and find_links(text):
                entry.code_href = entry.code_href or find_links(text)[0].href
            elif label:
                paragraph.append(f"{label.capitalize()}: {text}")
                warnings.append(DocumentWarning(line, text, f"a report has no place for “{label}”; kept in the teaser"))
            else:
                rest, figures = take_figures(text, line=line)
                for figure in figures:
                    paragraph += _place_cover(entry, figure, warnings)
                paragraph.append(text if block.is_code else _take_read_more(entry, rest))
        kept.append(_joined(paragraph))
        warnings += _html_warnings(block, kept[-1])
    entry.teaser = _paragraphs(kept)
    entry.code_href = entry.code_href or _first_code_link(entry.teaser)
    entry.is_unfinished = bool(_UNFINISHED.search(f"{entry.title}\n{entry.part_title}\n{entry.teaser}"))
    warnings += _date_from_body(entry)
    return warnings


def _pieces(block: Block) -> Iterator[tuple[int, str, str]]:
    """Cut a block into (line, label, text): a labelled fact with the lines below it, or plain text (no label)."""
    if block.is_code or block.kind not in {"paragraph", "html_block", "bullet_list"}:
        yield block.line, "", block.text
        return
    start, label, lines = block.line, "", list[str]()
    for number, line in enumerate(block.text.split("\n"), start=block.line):
        match, absence = _LABEL.match(line), _ABSENCE.match(line)
        ends_fact = bool(label and lines and any(part.strip() for part in lines))
        if match or absence or (ends_fact and not line.lstrip().startswith(("<", "[", "!"))):
            if label or lines:
                yield start, label, "\n".join(lines)
            start, label, lines = number, "", []
        if match:
            label, lines = match["name"].lower(), [match["value"]]
        elif absence:
            yield number, "absence", absence["what"]
        else:
            lines.append(line)
    if label or lines:
        yield start, label, "\n".join(lines)


def _take_fact(entry: PresentationEntry, label: str, text: str, line: int) -> str:
    """Store one labelled fact; return the text again when it holds nothing that could be stored."""
    if label == "absence":
        entry.slides = Stated.NONE if re.search(r"slide|deck", text, re.IGNORECASE) else entry.slides
        entry.recording = Stated.NONE if re.search(r"recording|video", text, re.IGNORECASE) else entry.recording
        return ""
    if label == "presented by" or label.startswith(("presenter", "speaker")):
        entry.presenters += [name.strip() for name in re.split(r",|;|\band\b|&", text) if name.strip()]
        return "" if entry.presenters else text
    if label == "date":
        entry.held_on = _iso_day(text)
        return "" if entry.held_on else f"Date: {text}"
    rest, figures = take_figures(text, line=line)
    links = find_links(rest)
    if label.startswith("paper"):
        entry.papers += links
        return "" if links else text
    if label.startswith(("slide", "deck")):
        return _take_slides(entry, figures, links, text)
    if label.startswith(("recording", "video")) and links:
        entry.recording, entry.recording_href = Stated.AVAILABLE, links[0].href
        return "" if len(links) == 1 else text
    return text and f"{label.capitalize()}: {text}"


def _take_slides(entry: PresentationEntry, figures: list[Figure], links: list[TextLink], text: str) -> str:
    linked = next((figure for figure in figures if figure.href), None)
    href = linked.href if linked else (links[0].href if links else "")
    if figures:
        entry.cover = linked or figures[0]
    if not href:
        return text
    entry.slides, entry.slides_href = Stated.AVAILABLE, href
    return ""


def _place_cover(entry: PresentationEntry | ReportEntry, figure: Figure, warnings: list[DocumentWarning]) -> list[str]:
    """Make the first image the cover; give any further one back as Markdown, so that it stays where it stood."""
    if entry.cover is None:
        entry.cover = figure
        if isinstance(entry, PresentationEntry) and figure.href.lower().split("?")[0].endswith(".pdf"):
            entry.slides, entry.slides_href = Stated.AVAILABLE, figure.href
        return []
    warnings.append(DocumentWarning(figure.line, figure.src, "a second image; kept in the text"))
    width = f'{{width="{figure.width}"}}' if figure.width else ""
    return [f"![{figure.alt}]({figure.src}){width}"]


def _take_read_more(entry: ReportEntry, text: str) -> str:
    match = _READ_MORE.search(text)
    if not match or entry.body_href:
        return text
    entry.body_href = match["href"]
    return text[: match.start()].rstrip() + text[match.end() :]


def _first_code_link(text: str) -> str:
    return next((link.href for link in find_links(text) if _CODE_HOST.match(link.href)), "")


def _date_from_body(entry: ReportEntry) -> list[DocumentWarning]:
    try:
        entry.reported_on = date_in_file_name(entry.body_href)
    except ValueError:
        reason = "the file name looks like a date but is none; no date was set"
        return [DocumentWarning(entry.line, entry.body_href, reason)]
    return []


def _iso_day(text: str) -> date | None:
    match = _ISO_DAY.search(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def _html_warnings(block: Block, kept: str) -> list[DocumentWarning]:
    if block.is_code or not _HTML.search(kept):
        return []
    return [DocumentWarning(block.line, kept, "HTML that the importer does not know; kept as text")]


def _joined(lines: list[str]) -> str:
    text = "\n".join(lines)
    return text if _has_code(lines) else "\n".join(line for line in text.split("\n") if line.strip())


def _has_code(lines: list[str]) -> bool:
    return any("```" in line or "~~~" in line or line.startswith("    ") for line in lines)


def _paragraphs(texts: list[str]) -> str:
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())
