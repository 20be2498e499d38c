"""Videos by oEmbed (oembed.com): YouTube and Vimeo. A video that may not be embedded is answered with 401 or 403."""

from urllib.parse import urlencode

from django.conf import settings

from papers.metadata.answers import AuthorName, MetadataNotFound, MetadataUnavailable, PaperLink, PaperMetadata
from papers.metadata.asking import ask, read_json, unreadable
from papers.metadata.text import one_line, paragraphs
from papers.metadata.values import authors, dated
from readinggroup.fetching import Pace


def load_youtube(video: str) -> PaperMetadata:
    """Return what YouTube says about a video. Raises MetadataNotFound, MetadataUnavailable."""
    return _load("YouTube", settings.YOUTUBE_OEMBED_URL, f"https://www.youtube.com/watch?v={video}")


def load_vimeo(video: str) -> PaperMetadata:
    """Return what Vimeo says about a video. Raises MetadataNotFound, MetadataUnavailable."""
    return _load("Vimeo", settings.VIMEO_OEMBED_URL, f"https://vimeo.com/{video}")


def _load(source: str, endpoint: str, page: str) -> PaperMetadata:
    try:
        body = ask(
            source,
            f"{endpoint}?{urlencode({'url': page, 'format': 'json'})}",
            accept="application/json",
            pace=Pace(source.lower(), settings.SOURCE_SECONDS_PER_REQUEST),
            not_found=not_found(source),
        )
    except MetadataUnavailable as error:
        if "refused" in str(error):
            raise MetadataNotFound(
                f"{source} tells nothing about this video: it may be private. Fill in the title yourself."
            ) from error
        raise
    return read_video(body, source, page)


def not_found(source: str) -> str:
    return f"{source} knows no such video, or it is private. Check the link, or fill in the title yourself."


def read_video(body: bytes, source: str, page: str) -> PaperMetadata:
    """Return the video in an oEmbed answer; private ones come without a title."""
    answer = read_json(source, body)
    if not isinstance(answer, dict):
        raise unreadable(source)
    title = one_line(answer.get("title"), 600)
    if not title:
        raise MetadataNotFound(not_found(source))
    published_on, precision = dated(answer.get("upload_date"))
    return PaperMetadata(
        source=source,
        title=title,
        kind="video" if answer.get("type") == "video" else "other",
        authors=authors([AuthorName(one_line(answer.get("author_name"), 300))]),
        abstract=paragraphs(answer.get("description"), 5000),
        published_on=published_on,
        published_precision=precision,
        venue=one_line(answer.get("provider_name"), 100) or source,
        links=(PaperLink("video", page, source),),
    )
