"""What can go wrong on the way out, by name."""

from typing import Any


class FetchError(Exception):
    """Nothing usable came back. The message is for logs; members read what the caller makes of the name."""


class FetchRefused(FetchError):
    """The address is none that this site asks: another scheme or port, or a host that is not public."""


class FetchTooLarge(FetchError):
    """The answer is larger than the limit, before or after inflation."""


class FetchTimeout(FetchError):
    """The answer was not complete when the total time was up."""


class FetchUnavailable(FetchError):
    """The host did not answer, answered nonsense, or asked to be left alone for `retry_after` seconds (or None).

    `has_answered` says whether there was an answer at all, `has_arrived` whether the host may have done what was asked.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        has_answered: bool = False,
        has_arrived: bool = False,
    ) -> None:
        super().__init__(message)
        self.retry_after, self.has_answered, self.has_arrived = retry_after, has_answered, has_arrived


class HostUnknown(FetchUnavailable):
    """The host's name leads nowhere, or the name server could not be asked."""


class HostBusy(FetchUnavailable):
    """Other workers wait for the same host already; nothing was asked."""


class FetchRejected(FetchError):
    """The host understood and said no; `answer` is what it said."""

    def __init__(self, message: str, *, answer: Any) -> None:
        super().__init__(message)
        self.answer = answer


class FetchNotFound(FetchRejected):
    """The host answered 404 or 410."""
