"""Links of wikis and vaults, which name a note and not its file: `[[Note#Part|words]]`, `![[picture.png|300]]`."""

import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import quote

from papers.documents.outline import anchor
from papers.documents.site_markup import CODE

_LINK = re.compile(
    CODE + r"|(?P<before>[\w\])])?(?P<embed>!?)\[\[(?P<name>[^\[\]\n|#\\]*)(?P<part>#[^\[\]\n|\\]*)?"
    r"(?:\\?\|(?P<words>[^\[\]\n]*))?\]\](?!\()",
    re.DOTALL | re.MULTILINE,
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif")
_NOTES = (".md", ".markdown", ".mdx", ".qmd")


def names_of(files: list[str]) -> dict[str, str]:
    """The files that a name may mean: notes by their name and their path, others by their name with its ending.

    Of several files of one name the one nearest to the top is meant.
    """
    names: dict[str, str] = {}
    for file in sorted(files, key=lambda file: (file.count("/"), file)):
        path = PurePosixPath(file.lower())
        is_note = path.suffix in _NOTES
        for name in (path.name, path.as_posix(), *((path.stem, path.with_suffix("").as_posix()) if is_note else ())):
            names.setdefault(name, file)
    return names


def with_wiki_links(text: str, names: dict[str, str], place: str = "") -> str:
    """`text`, a file in the folder `place`, with its links to known names as Markdown; the number of lines stays.

    Where one of them is known, the words of the others stay: a vault links to notes that nobody has written yet.
    """
    if "[[" not in text:
        return text
    found = [_file(match, names) for match in _LINK.finditer(text) if not match["code"]]
    if not any(found):
        return text
    head = _end_of_front_matter(text)

    def written(match: re.Match[str]) -> str:
        name = (match["name"] or "").strip()
        if match["code"] or match["before"] or not re.search(r"[^\W\d]", name + (match["part"] or "")):
            return match[0]
        file, words = _file(match, names), (match["words"] or "").strip()
        label = words or name or (match["part"] or "").strip("#^ ")
        if match.start() < head or (not file and name):
            return match[0] if match["embed"] and match.start() >= head else label
        return _as_markdown(match, file, label, words, place)

    return _LINK.sub(written, text)


def _file(match: re.Match[str], names: dict[str, str]) -> str:
    name = (match["name"] or "").strip().lower().lstrip("/")
    return names.get(name, "") or names.get(name.rpartition("/")[2], "") if name else ""


def _as_markdown(match: re.Match[str], file: str, label: str, words: str, place: str) -> str:
    href = quote(posixpath.relpath(file, place or ".")) if file else ""
    if match["embed"] and file.lower().endswith(_PICTURES):
        width = re.match(r"\d+", words)
        return f"![{'' if width else words}]({href})" + (f'{{width="{width[0]}"}}' if width else "")
    part = (match["part"] or "").strip()
    fragment = f"#{anchor(part.rpartition('#')[2])}" if part and "^" not in part else ""
    return f"[{label}]({href}{fragment})" if href or fragment else label


def _end_of_front_matter(text: str) -> int:
    end = re.match(r"---[ \t]*\n.*?\n---[ \t]*(?:\n|$)", text, re.DOTALL)
    return end.end() if end else 0
