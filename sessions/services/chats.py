"""Posting to chats: each message at most once, only what everybody may know, and no more when a chat refuses."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from papers.models import Report
from readinggroup.fetching import (
    FetchError,
    FetchNotFound,
    FetchRefused,
    FetchRejected,
    FetchTimeout,
    FetchTooLarge,
    FetchUnavailable,
    HostBusy,
    post_json,
)
from sessions.chat_formats import payload_of
from sessions.models import Presentation, Session, Visibility, Webhook, WebhookPost

#: After so many failed posts in a row a chat is left alone, until an organiser turns it on again.
MOST_FAILURES = 5
RETRY_AFTER = timedelta(minutes=5)
#: What was given or published longer ago is no news.
NEWS_FOR = timedelta(days=7)
#: A message that waited so long would say “tomorrow” of today.
STALE_AFTER = timedelta(hours=6)


def post_about_session(session: Session, words: str, *, event: str) -> int:
    """Tell the chats of a session, unless it is for members only or there are no `words`; return how many are told."""
    if session.visibility != Visibility.PUBLIC or not words:
        return 0
    chats = Webhook.objects.filter(is_active=True, tells_sessions=True)
    return sum(_post(chat, words, event=event, path=session.get_absolute_url()) for chat in chats)


def as_everybody_sees(session: Session) -> Session:
    """The session with those presentations alone that everybody may know of."""
    rows = Session.objects.select_related("series").with_presentations(AnonymousUser())
    seen: Session = rows.get(pk=session.pk)
    return seen


def post_news(at: datetime | None = None) -> int:
    """Tell the chats what was given and published lately, each once; return how many messages are new.

    What came before a chat was added, and what an import brought, is no news for it.
    """
    at = at or timezone.now()
    chats = list(Webhook.objects.filter(is_active=True, tells_archive=True))
    if not chats:
        return 0
    return sum(_post(chat, words, event=event, path=path) for chat in chats for words, event, path in _news(chat, at))


def try_chat(chat: Webhook, *, key: str) -> WebhookPost:
    """Send a message that says that messages arrive; once for each `key`, also to a chat that is paused."""
    words = f"{settings.SITE_NAME} will post here."
    with transaction.atomic():
        post, is_new = chat.posts.get_or_create(event=f"test-{key}", defaults={"text": words, "path": "/"})
        if is_new:
            post.enqueue()
    return post


def use_again(chat: Webhook) -> None:
    """Post to a paused chat again."""
    chat.is_active, chat.paused_because = True, ""
    chat.save(update_fields=["is_active", "paused_because"])


def post_to_chat(post: WebhookPost) -> None:
    """Send a claimed post, marked before it leaves: a worker that dies may lose it, and nobody sends it twice."""
    chat = post.webhook
    is_stale = post.created_at < timezone.now() - STALE_AFTER
    if post.handed_over_at or is_stale or not (chat.is_active or post.event.startswith("test-")):
        post.finish()
        return
    with post.holding_lease():
        post.handed_over_at = timezone.now()
        post.save(update_fields=["handed_over_at"])
    url = settings.SITE_URL + post.path if post.path else ""
    try:
        post_json(chat.url, payload_of(chat.format, post.text, url))
    except HostBusy as busy:
        _forget_handing_over(post)
        post.put_off("busy", "", until=timezone.now() + timedelta(seconds=busy.retry_after or 5))
    except FetchUnavailable as away:
        _try_later(post, away)
    except FetchError as error:
        post.fail(*_reason(error))
    else:
        post.finish()
    if post.status == WebhookPost.Status.FAILED:
        _pause_if_hopeless(chat, post.error)


def _try_later(post: WebhookPost, away: FetchUnavailable) -> None:
    if away.has_arrived:
        post.fail("unsure", "The chat broke off, so the message may have arrived or not.")
        return
    _forget_handing_over(post)
    wait = max(RETRY_AFTER, timedelta(seconds=away.retry_after or 0))
    post.postpone("away", "The chat does not answer.", until=timezone.now() + wait)


def _forget_handing_over(post: WebhookPost) -> None:
    WebhookPost.objects.filter(pk=post.pk, lease=post.lease).update(handed_over_at=None)


def _reason(error: FetchError) -> tuple[str, str]:
    """A code and a sentence without the address, which is a secret."""
    if isinstance(error, FetchNotFound):
        return "gone", "The chat does not know this address any more."
    if isinstance(error, FetchRejected):
        return "rejected", f"The chat refused the message ({error.answer.status})."
    if isinstance(error, FetchRefused):
        return "refused", "This address is none that the site may post to."
    if isinstance(error, FetchTimeout):
        return "unsure", "The chat did not answer in time, so the message may have arrived or not."
    if isinstance(error, FetchTooLarge):
        return "unsure", "The chat answered more than it should; the message may have arrived."
    return "failed", "The message could not be sent."


def _pause_if_hopeless(chat: Webhook, reason: str) -> None:
    last = chat.posts.filter(finished_at__isnull=False).order_by("-finished_at", "-pk")[:MOST_FAILURES]
    states = [post.status for post in last]
    if len(states) == MOST_FAILURES and set(states) == {WebhookPost.Status.FAILED}:
        because = f"{MOST_FAILURES} messages in a row failed. {reason}"[:300]
        Webhook.objects.filter(pk=chat.pk, is_active=True).update(is_active=False, paused_because=because)


def _post(chat: Webhook, words: str, *, event: str, path: str) -> bool:
    """Have one message posted; False when this chat has it already."""
    with transaction.atomic():
        post, is_new = chat.posts.get_or_create(event=event, defaults={"text": words, "path": path[:400]})
        if is_new:
            post.enqueue()
    return is_new


def _news(chat: Webhook, at: datetime) -> list[tuple[str, str, str]]:
    """Words, event and path of what is new for `chat`."""
    since = max(at - NEWS_FOR, chat.created_at)
    told = chat.posts.filter(created_at__gte=at - 2 * NEWS_FOR).values_list("event", flat=True)
    news: list[Any] = [
        (f"Presented: {_credited(talk.display_title, talk.presenter_names)}", f"presentation-{talk.pk}-given", talk)
        for talk in _given_lately(since)
    ]
    news += [
        (f"Report: {_credited(report.title, report.author_names)}", f"report-{report.pk}-published", report)
        for report in _published_lately(since)
    ]
    known = set(told)
    return [(words, event, row.get_absolute_url()) for words, event, row in news if event not in known]


def _given_lately(since: datetime) -> Any:
    talks: Any = Presentation.objects.filter(visibility=Visibility.PUBLIC, session__visibility=Visibility.PUBLIC)
    lately = talks.given().filter(import_key=None, role_assignment=None, session__ends_at__gte=since)
    return lately.with_presenters().prefetch_related("paper_places__paper__identifiers").order_by("pk")


def _published_lately(since: datetime) -> Any:
    return Report.objects.published().filter(import_key=None, published_at__gte=since).with_authors().order_by("pk")


def _credited(title: str, names: list[str]) -> str:
    return f"{title} ({', '.join(names)})" if names else title
