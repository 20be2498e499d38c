"""Asking a source, with the fetcher's errors told in this room's words."""

from papers.metadata.answers import MetadataNotFound, MetadataUnavailable, SourceBusy
from readinggroup import fetching


def ask(source: str, url: str, *, accept: str, pace: fetching.Pace, not_found: str) -> bytes:
    """Return the body of the answer. Raises MetadataNotFound with the sentence `not_found`, MetadataUnavailable."""
    try:
        return fetching.fetch(url, accept=accept, pace=pace).body
    except fetching.FetchNotFound as error:
        raise MetadataNotFound(not_found) from error
    except fetching.FetchRejected as error:
        if error.answer.status == 400:
            raise MetadataNotFound(not_found) from error
        raise MetadataUnavailable(source, f"{source} refused to answer") from error
    except fetching.HostBusy as error:
        raise SourceBusy(
            source, f"{source} is being asked about other papers", retry_after=error.retry_after
        ) from error
    except fetching.FetchUnavailable as error:
        raise MetadataUnavailable(source, f"{source} did not answer", retry_after=error.retry_after) from error
    except fetching.FetchTimeout as error:
        raise MetadataUnavailable(source, f"{source} took too long to answer") from error
    except fetching.FetchError as error:
        raise MetadataUnavailable(source, f"{source} gave an answer that could not be read") from error
