"""Addresses that only lead to another one: search results, mail filters, archives, readers."""

import re

from papers.identifiers.web import Address

_BY_QUERY = re.compile(
    r"(?:www\.)?google\.[a-z.]{2,6}|scholar\.google\.[a-z.]{2,6}|l\.facebook\.com|lm\.facebook\.com|l\.instagram\.com|"
    r"slack-redir\.net|[\w-]+\.safelinks\.protection\.outlook\.com|out\.reddit\.com|(?:www\.)?youtube\.com|"
    r"(?:www\.)?linkedin\.com|steamcommunity\.com|href\.li|duckduckgo\.com|away\.vk\.com|mozilla\.github\.io|"
    r"docs\.google\.com|(?:login\.)?[\w.-]*(?:ezproxy|proxy)[\w.-]*|t\.umblr\.com|exit\.sc|link\.zhihu\.com"
)
_NAMES = ("q", "url", "u", "uddg", "target", "file", "qurl", "link", "to", "redirect")
#: web.archive.org/web/2020/https://…, via.hypothes.is/https://…, r.jina.ai/https://…
_BY_PATH = re.compile(
    r"(?:web\.archive\.org|archive\.(?:org|ph|today|is)|via\.hypothes\.is|r\.jina\.ai|12ft\.io|scholar\.archive\.org|"
    r"cors-anywhere\.herokuapp\.com|outline\.com|sci-hub\.[a-z]{2,4})"
)
_INNER = re.compile(r"https?:/{1,2}([^\s/].*)$", re.I)


def target_of(address: Address) -> str:
    """Return the address to which `address` leads, as far as it says so itself, or ""."""
    if _BY_QUERY.fullmatch(address.host):
        for value in address.values(*_NAMES):
            if re.match(r"https?://", value, re.I):
                return value
    if _BY_PATH.fullmatch(address.host):
        found = _INNER.search(address.path)
        if found:
            tail = "&".join(f"{name}={value}" for name, value in address.query)
            return "https://" + found[1] + (f"?{tail}" if tail else "")
    return ""
