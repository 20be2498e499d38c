"""Licences of works, as far as they say whether a page of one may be shown here."""

import re

#: Under these everybody may show and change a work, if its authors are named.
OPEN = ("CC0-1.0", "CC-BY", "CC-BY-SA", "PDM-1.0")

_CREATIVE_COMMONS = re.compile(
    r"(?:creativecommons\.org/(?:licenses|publicdomain)/|^cc[- ]?)"
    r"(?P<kind>zero|0|mark|publicdomain|(?:by)(?:-(?:nc|nd|sa)){0,2})(?:[-/ ](?P<version>\d\.\d))?",
    re.IGNORECASE,
)


def licence_of(text: object) -> str:
    """The licence named by an address or a short name, as an SPDX identifier such as CC-BY-4.0; "" for all others."""
    match = _CREATIVE_COMMONS.search(text.strip()) if isinstance(text, str) else None
    if not match:
        return ""
    kind = match["kind"].lower()
    if kind in ("zero", "0"):
        return "CC0-1.0"
    if kind in ("mark", "publicdomain"):
        return "PDM-1.0"
    return f"CC-{kind.upper()}" + (f"-{match['version']}" if match["version"] else "")


def may_be_shown(licence: str) -> bool:
    """Whether a picture of a page may be shown: without permission to change the work, or to earn by it, it is not."""
    return re.sub(r"-\d\.\d$", "", licence) in {re.sub(r"-\d\.\d$", "", name) for name in OPEN}
