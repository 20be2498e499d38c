"""The Content-Security-Policy: everything from the site itself, nothing inline, a few frames by name."""

from collections.abc import Iterable
from typing import Any

from csp.constants import NONE, SELF

#: Where signing in with another account leads.
SIGN_IN_ORIGINS = {
    "github": "https://github.com",
    "google": "https://accounts.google.com",
    "orcid": "https://orcid.org",
}
PLAYERS = ("https://www.youtube-nocookie.com", "https://player.vimeo.com")


def content_security_policy(
    *, providers: Iterable[str], peertube_hosts: Iterable[str], media_origins: Iterable[str] = ()
) -> dict[str, Any]:
    """Return django-csp's setting for these sign-in providers (names), PeerTube servers (host names) and buckets."""
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "media-src": [SELF, *media_origins],
            "object-src": [NONE],
            "frame-src": [*PLAYERS, *(f"https://{host}" for host in peertube_hosts)],
            "base-uri": [NONE],
            # Signing in with another account begins with a form of ours that leads there.
            "form-action": [SELF, *(SIGN_IN_ORIGINS[name] for name in providers)],
            "frame-ancestors": [NONE],
        }
    }
