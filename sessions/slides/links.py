"""Addresses of slides that people paste, and where the file behind each of them is."""

import re
from urllib.parse import SplitResult, parse_qs, quote, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

_GOOGLE_ID = r"[\w-]{20,100}"


class NotALink(ValueError):
    """The text is no address from which slides can be fetched; the message says what to do."""


def file_address(text: str) -> str:
    """Return the address of the file for the address of a page that shows it; others are returned as they are.

    Knows Google Slides and Drive, GitHub and GitLab ("blob" pages), Hugging Face and Dropbox. Raises NotALink.
    """
    text = text.strip()
    try:
        address = urlsplit(text if "://" in text else f"https://{text}")
        host = (address.hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    is_host = host and ("." in host or "://" in text)
    if not is_host or address.scheme not in ("http", "https") or re.search(r"\s", text):
        raise NotALink("This is no address. Paste the one that your browser shows for the slides.")
    for recognise in (_google_slides, _google_drive, _github, _gitlab, _hugging_face, _dropbox):
        found = recognise(host, address)
        if found:
            return found
    return address.geturl()


def pdf_in_page(html: bytes, url: str) -> str:
    """The address of the PDF that a page offers, such as Speaker Deck's download link; "" when it offers none."""
    page = LexborHTMLParser(html)
    named = page.css_first('meta[name="citation_pdf_url"]')
    candidates = [named.attributes.get("content")] if named else []
    candidates += [link.attributes.get("href") for link in page.css("a[href]")]
    for candidate in candidates:
        try:
            found = urljoin(url, candidate or "")
            if urlsplit(found).path.lower().endswith(".pdf"):
                return found
        except ValueError:
            continue
    return ""


def file_name(url: str) -> str:
    """A name to show for what was fetched from `url`."""
    return unquote(urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]) or "slides"


def _google_slides(host: str, address: SplitResult) -> str:
    if host != "docs.google.com" or "/presentation/" not in address.path:
        return ""
    if "/d/e/" in address.path:
        raise NotALink(
            "This is the address of a published copy, which cannot be fetched. Use the one under Share, Copy link."
        )
    match = re.search(rf"/presentation/(?:u/\d+/)?d/({_GOOGLE_ID})", address.path)
    return f"https://docs.google.com/presentation/d/{match[1]}/export/pdf" if match else ""


def _google_drive(host: str, address: SplitResult) -> str:
    if host != "drive.google.com":
        return ""
    match = re.search(rf"/file/(?:u/\d+/)?d/({_GOOGLE_ID})", address.path)
    number = match[1] if match else parse_qs(address.query).get("id", [""])[0]
    if not re.fullmatch(_GOOGLE_ID, number):
        raise NotALink("This is the address of a folder. Open the file itself in Google Drive and paste its address.")
    return f"https://drive.usercontent.google.com/download?id={number}&export=download"


def _github(host: str, address: SplitResult) -> str:
    match = re.fullmatch(r"/([^/]+)/([^/]+)/(?:blob|raw)/(.+)", address.path)
    if host != "github.com" or not match:
        return ""
    return f"https://raw.githubusercontent.com/{match[1]}/{match[2]}/{_path(match[3])}"


def _gitlab(host: str, address: SplitResult) -> str:
    if not host.startswith("gitlab.") or "/-/blob/" not in address.path:
        return ""
    return f"https://{address.netloc}{_path(address.path.replace('/-/blob/', '/-/raw/', 1))}"


def _hugging_face(host: str, address: SplitResult) -> str:
    if host != "huggingface.co" or "/blob/" not in address.path:
        return ""
    return f"https://huggingface.co{_path(address.path.replace('/blob/', '/resolve/', 1))}"


def _dropbox(host: str, address: SplitResult) -> str:
    if host != "dropbox.com":
        return ""
    kept = "&".join(f"{name}={quote(values[0])}" for name, values in parse_qs(address.query).items() if name != "dl")
    return f"https://www.dropbox.com{address.path}?{f'{kept}&' if kept else ''}dl=1"


def _path(text: str) -> str:
    """A path whose spaces and letters are encoded once, whether they were before or not."""
    return quote(unquote(text), safe="/@:+,;=()!$&'*~")
