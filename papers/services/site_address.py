"""Where a site is on the web, as its own settings say: links to it lead to pages that came in with them."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from papers.documents.source import DocumentRefused, decode_document

_SETTINGS = (
    "_config.yml",
    "_config.yaml",
    "hugo.toml",
    "hugo.yaml",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config/_default/hugo.toml",
    "config/_default/config.toml",
    "mkdocs.yml",
    "_quarto.yml",
    "docusaurus.config.js",
)
_URL = re.compile(
    r"^\s*(?:site[_-]?)?(?:base_?)?url\s*[:=]\s*[\"']?(https?://[^\s\"'#]+)", re.IGNORECASE | re.MULTILINE
)
_BASE = re.compile(r"^baseurl\s*:\s*[\"']?(/[^\s\"'#]+)", re.IGNORECASE | re.MULTILINE)
_TITLE = re.compile(
    r"^(?:site_?name|title)\s*[:=]\s*(?P<mark>[\"']?)(?P<title>[^\"'\n#]+)(?P=mark)", re.IGNORECASE | re.MULTILINE
)
_MOST_BYTES = 200_000


def site_address(folder: Path) -> str:
    """The address of the site whose checkout `folder` is, "" when nothing there tells it."""
    for name in _SETTINGS:
        text = _text(folder / name)
        if found := _URL.search(text):
            base = _BASE.search(text)
            return found[1].rstrip("/") + (base[1].rstrip("/") if base else "")
    host = _text(folder / "CNAME").strip()
    return f"https://{host}" if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", host) else ""


def site_title(folder: Path) -> str:
    """What the site is called, "" when its settings do not say."""
    return next((found["title"].strip() for name in _SETTINGS if (found := _TITLE.search(_text(folder / name)))), "")


def is_site(folder: Path) -> bool:
    """Whether the settings of a generator of sites lie in the folder."""
    return any((folder / name).is_file() for name in _SETTINGS)


def within_site(href: str, site: str) -> str:
    """An address on the site as one from its root, "" for any other."""
    if not site or "//" not in href:
        return ""
    try:
        there, home = urlsplit(href), urlsplit(site)
    except ValueError:
        return ""
    hosts = {part.netloc.lower().removeprefix("www.") for part in (there, home)}
    if len(hosts) > 1 or not f"{there.path}/".startswith(f"{home.path}/"):
        return ""
    path = there.path.removeprefix(home.path)
    return path + (f"#{there.fragment}" if there.fragment else "") if path.strip("/") else ""


def _text(path: Path) -> str:
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return ""
        return decode_document(path.read_bytes())[0]
    except (OSError, DocumentRefused):
        return ""
