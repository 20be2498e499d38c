"""The one way out to the internet.

`fetch` asks for http and https addresses on ports 80 and 443 of hosts that resolve to public addresses only; it
connects to the very address that was vetted, at every hop of a redirect. Time, hops and size are limited in
total, hosts are asked no faster than they like whichever worker asks, and whatever goes wrong has a name.
"""

from readinggroup.fetching.client import Answer, fetch, post_json, vet
from readinggroup.fetching.errors import (
    FetchError,
    FetchNotFound,
    FetchRefused,
    FetchRejected,
    FetchTimeout,
    FetchTooLarge,
    FetchUnavailable,
    HostBusy,
    HostUnknown,
)
from readinggroup.fetching.memory import fetch_remembered
from readinggroup.fetching.pacing import Pace, wait_for_turn

__all__ = [
    "Answer",
    "FetchError",
    "FetchNotFound",
    "FetchRefused",
    "FetchRejected",
    "FetchTimeout",
    "FetchTooLarge",
    "FetchUnavailable",
    "HostBusy",
    "HostUnknown",
    "Pace",
    "fetch",
    "fetch_remembered",
    "post_json",
    "vet",
    "wait_for_turn",
]
