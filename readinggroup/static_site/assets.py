"""Style sheets, scripts and fonts."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

_CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_IMPORT = re.compile(r"^\s*import\b", re.MULTILINE)
_EXPORT = re.compile(r"^export\s+(?=function|const|let|class|async)", re.MULTILINE)


def static_name(path: str) -> str:
    """The name of the static file at an address's path, "" when the path is none of a static file."""
    prefix = urlsplit(settings.STATIC_URL).path
    return unquote(path.removeprefix(prefix)) if path.startswith(prefix) else ""


def read_asset(name: str) -> bytes | None:
    """A static file as the site serves it: where it was written, or collected under a name with its digest."""
    if ".." in name.split("/"):
        return None
    if found := finders.find(name):
        return Path(str(found)).read_bytes()
    try:
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    except (OSError, ValueError):
        return None


def linked_assets(name: str, content: bytes) -> Iterator[str]:
    """The static files that a style sheet names."""
    for address in _CSS_ADDRESS.findall(content.decode()):
        if not urlsplit(address).scheme and not address.startswith(("/", "#")):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(name), urlsplit(address).path))


def as_classic_script(content: bytes) -> bytes | None:
    """A module as a script of its own, since browsers load no modules from files; None when it imports others."""
    text = content.decode()
    if _IMPORT.search(text):
        return None
    return f'"use strict";\n(() => {{\n{_EXPORT.sub("", text)}\n}})();\n'.encode()
