"""Addresses of this site, and what their files are called."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from django.conf import settings

#: Parameters that name another page of few; what a search or a form asks for needs the server.
PARAMETERS = {"page", "kind", "layout", "of"}
_VALUE = re.compile(r"[a-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Address:
    """A path of this site, as it is spelled in a request, and its parameters in order."""

    path: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def spelled(self) -> str:
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def whole(self) -> str:
        """Where the page is on the site itself."""
        return f"{settings.SITE_URL}{self.spelled}"

    @property
    def is_one_of_few(self) -> bool:
        return all(name in PARAMETERS and _VALUE.fullmatch(value) for name, value in self.query)


def read_link(link: str, page: Address) -> tuple[Address, str] | None:
    """The address of this site that `link` on `page` leads to, and its fragment with "#"; None for all other links."""
    try:
        parts = urlsplit(urljoin(page.whole, link.strip()))
    except ValueError:
        return None
    own = urlsplit(settings.SITE_URL)
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        return None
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair != ("page", "1")]
    path = quote(unquote(parts.path or "/"), safe="/~:@!$&'()*+,;=-._")
    return Address(path, tuple(sorted(query))), f"#{parts.fragment}" if parts.fragment else ""


def page_name(address: Address) -> str:
    """The file of a page: index.html in the folder of its address, with its parameters in the name."""
    folder = unquote(address.path).strip("/")
    return _inside(posixpath.join(folder, f"index{_suffix(address)}.html"))


def file_name(address: Address, extension: str) -> str:
    """The file of anything else, with `extension` (".pdf") where the address has none."""
    stem, known = posixpath.splitext(unquote(address.path).strip("/"))
    return _inside(f"{stem}{_suffix(address)}{known or extension}")


def relative_link(target: str, page: str, fragment: str = "") -> str:
    """How the file `page` links to the file `target`."""
    return quote(posixpath.relpath(target, posixpath.dirname(page) or "."), safe="/~@!$&'()*+,;=-._") + fragment


def _suffix(address: Address) -> str:
    return "".join(f"-{name}-{value}" for name, value in address.query)


def _inside(name: str) -> str:
    """`name`, which must stay in its folder. Raises ValueError."""
    parts = name.split("/")
    if not all(parts) or {".", ".."} & set(parts) or "\\" in name or "\x00" in name:
        raise ValueError(f"{name!r} is no name for a file.")
    return name
