"""Web addresses in one spelling: without trackers, fragments and what running text left at their end."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from papers.identifiers.parsed import ParsedIdentifier

_PAIRS = {")": "(", "]": "[", "}": "{", "»": "«"}
_TRACKERS = re.compile(
    r"utm_.*|mc_[ce]id|fbclid|gclid|dclid|msclkid|igshid|igsh|yclid|twclid|ttclid|li_fat_id|gad_source|[gw]braid|srsltid|"
    r"_hs(?:enc|mi)|hsctatracking|ref|ref_|ref_src|ref_url|referrer|feature|si|cmpid|share_id|rss|trk|trk_.*|spm|"
    r"s_kwcid|sharing_token|_ga|_gl|_openstat|wt\.mc_id|mkt_tok|oly_(?:anon|enc)_id|vero_.*|pk_.*|matomo_.*|at_medium|"
    r"at_campaign|guccounter|guce_.*|mibextid|redirectedfrom|needaccess|casa_token|fb_.*|s_cid|ncid|trackingid|sc_channel|jsessionid",
    re.I,
)
_HOST = re.compile(
    r"(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})\.?", re.A
)


@dataclass(frozen=True)
class Address:
    """An address in its parts: host in lower case ASCII, path decoded, query in order."""

    scheme: str
    host: str
    port: int | None
    raw_path: str
    query: tuple[tuple[str, str], ...]

    @property
    def path(self) -> str:
        return unquote(self.raw_path)

    def values(self, *names: str) -> list[str]:
        return [value for name, value in self.query if name in names]


def without_trailing_punctuation(text: str) -> str:
    """`text` without the full stop, comma or unpaired bracket that a sentence put behind it."""
    while text:
        last = text[-1]
        unpaired = last in _PAIRS and text.count(last) > text.count(_PAIRS[last])
        if last not in ".,;:!?'\"`’”>*" and not unpaired and not last.isspace():
            break
        text = text[:-1]
    return text


def split_address(text: str) -> Address | None:
    """Return the parts of a http(s) address, also one without its scheme; None for anything else."""
    if "\\" in text or any(ord(character) < 33 or ord(character) == 127 for character in text):
        return None
    if not re.match(r"[a-z][a-z0-9+.-]*://", text, re.I):
        text = "https://" + text.removeprefix("//")
    try:
        parts = urlsplit(text)
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not host:
        return None
    query = tuple(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)) if parts.query else ()
    return Address(parts.scheme, host, port, parts.path, query)


def canonical(address: Address) -> ParsedIdentifier:
    """The address as an identifier: http and https, with and without a last slash, are one."""
    query = [(name, value) for name, value in address.query if not _TRACKERS.fullmatch(name)]
    port = f":{address.port}" if address.port not in (None, 80, 443) else ""
    path = quote(address.path, safe="/:@!$&'()*+,;=~-._%") if "%" not in address.raw_path else address.raw_path
    rest = f"{address.host}{port}{path or '/'}"
    tail = "?" + urlencode(query) if query else ""
    return ParsedIdentifier("url", f"https://{rest.rstrip('/')}{tail}", url=f"{address.scheme}://{rest}{tail}")


def _ascii_host(host: str) -> str:
    """The host name in ASCII, or "" for a name that cannot be one; addresses by number name no paper."""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    host = host.lower().rstrip(".")
    return host if _HOST.fullmatch(host) else ""
