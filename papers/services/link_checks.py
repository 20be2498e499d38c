"""Looking, politely and now and then, whether links still lead somewhere. No text is ever changed by itself."""

import json
import logging
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from papers.documents.paper_links import is_paper
from papers.link_holders import all_links, places_of
from papers.models import LinkCheck
from papers.models.link_check import link_key
from readinggroup.fetching import (
    FetchError,
    FetchNotFound,
    FetchTooLarge,
    HostBusy,
    HostUnknown,
    fetch,
)
from readinggroup.models import Member

log = logging.getLogger(__name__)

Health = LinkCheck.Health
#: How many links are looked at in one round; a round an hour is 720 a day.
BATCH = 30
CHECK_EVERY = timedelta(days=30)
UNSURE_AGAIN_AFTER = timedelta(days=3)
#: On so many different days a link must not be found before it counts as gone.
DAYS_TO_BE_GONE = 3
MAX_BYTES = 30_000
SECONDS = 15.0
ROWS = 500


def collect_links() -> tuple[int, int]:
    """Have a row for every link that stands somewhere and none for others; return how many came and went.

    Papers are left out: their sources tell more about them.
    """
    urls = {link_key(url): url for url in all_links() if not is_paper(url) and not url.startswith(settings.SITE_URL)}
    known = set(LinkCheck.objects.values_list("key", flat=True))
    fresh = [LinkCheck(key=key, url=url, status=LinkCheck.Status.DONE) for key, url in urls.items() if key not in known]
    LinkCheck.objects.bulk_create(fresh, batch_size=ROWS, ignore_conflicts=True)
    vanished = sorted(known - urls.keys())
    for start in range(0, len(vanished), ROWS):
        LinkCheck.objects.filter(key__in=vanished[start : start + ROWS]).delete()
    return len(fresh), len(vanished)


def plan_link_checks(at: datetime | None = None) -> int:
    """Have those links looked at whose turn came longest ago; return how many. Planned twice, it looks once."""
    at = at or timezone.now()
    over = LinkCheck.objects.over(at)
    planned = 0
    for check in over.order_by("due_at", "pk")[:BATCH]:
        if over.filter(pk=check.pk).update(status=LinkCheck.Status.PENDING, attempts=0, wake_at=None):
            check.enqueue()
            planned += 1
    return planned


def check_link(check: LinkCheck) -> None:
    """Look whether a claimed link leads somewhere, and write down what was seen."""
    try:
        answer = fetch(check.url, accept="text/html, */*;q=0.5", max_bytes=MAX_BYTES, seconds=SECONDS)
    except HostBusy as busy:
        wait = timedelta(seconds=busy.retry_after or 60)
        check.put_off("busy", "Its host is being asked about other links.", until=timezone.now() + wait)
    except FetchTooLarge:
        _write(check, Health.FINE, "")
    except FetchNotFound as error:
        _not_found(check, f"The host answers {error.answer.status}.")
    except HostUnknown:
        _not_found(check, "There is no such host any more.")
    except FetchError as error:
        log.info("Link %s could not be checked: %s", check.pk, error)
        _write(check, Health.UNSURE, "The host gave no answer that could be read.")
    else:
        _found(check, answer.url)


def use_instead(check: LinkCheck, new: str, *, by: Member) -> int:
    """Put `new` in the place of a link wherever `by` may edit, and return in how many places."""
    places = [place for place in places_of([check.url])[check.url] if place.may_edit(by)]
    with transaction.atomic():
        for place in places:
            place.replace(new, by)
    collect_one(check)
    return len(places)


def collect_one(check: LinkCheck) -> None:
    """Forget a link that stands nowhere any more."""
    if not places_of([check.url])[check.url]:
        check.delete()


def leave_alone(check: LinkCheck) -> None:
    """Say no more about a link."""
    LinkCheck.objects.filter(pk=check.pk).update(is_left_alone=True)


def check_again(check: LinkCheck) -> None:
    """Look now; what was not found before must be missed on new days to be gone."""
    LinkCheck.objects.filter(pk=check.pk).update(failures=0, failed_on=None)
    check.refresh_from_db()
    check.restart()


def _found(check: LinkCheck, url: str) -> None:
    if url == check.url:
        return _write(check, Health.FINE, "")
    before, after = urlsplit(check.url), urlsplit(url)
    if after.path.strip("/") == "" and before.path.strip("/") != "":
        return _write(check, Health.MOVED, "It leads to a home page now, so what was there may be gone.", moved_to=url)
    same_place = (before.hostname or "").removeprefix("www.") == (after.hostname or "").removeprefix("www.")
    if same_place and before.path.rstrip("/") == after.path.rstrip("/"):
        return _write(check, Health.FINE, "")
    return _write(check, Health.MOVED, "It leads elsewhere now.", moved_to=url)


def _not_found(check: LinkCheck, reason: str) -> None:
    today = timezone.localdate()
    failures = check.failures + (check.failed_on != today)
    if failures < DAYS_TO_BE_GONE:
        after = timedelta(days=1)
        return _write(check, check.health, reason, failures=failures, failed_on=today, due_after=after)
    archived = check.archived_url or _archived(check.url)
    return _write(check, Health.GONE, reason, failures=failures, failed_on=today, archived_url=archived)


def _archived(url: str) -> str:
    """The address of a copy in the Internet Archive, "" when there is none or it cannot be asked.

    The API is described at https://archive.org/help/wayback_api.php.
    """
    try:
        answer = fetch(f"{settings.SOURCE_URLS['wayback']}?{urlencode({'url': url})}", accept="application/json")
        closest = json.loads(answer.body)["archived_snapshots"]["closest"]
        found = str(closest["url"]).replace("http://", "https://", 1) if closest.get("available") else ""
    except (FetchError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    return found if found.startswith("https://") and len(found) < 2_000 else ""


def _write(check: LinkCheck, health: str, reason: str, *, due_after: timedelta | None = None, **fields: object) -> None:
    now = timezone.now()
    if health in (Health.FINE, Health.MOVED):
        fields |= {"failures": 0, "failed_on": None}
    pause = UNSURE_AGAIN_AFTER if health == Health.UNSURE else CHECK_EVERY
    # A host that is silent for a day does not make a link that is gone come back.
    health = Health.GONE if health == Health.UNSURE and check.health == Health.GONE else health
    values = {"moved_to": "", **fields, "health": health, "reason": reason, "checked_at": now}
    with check.holding_lease():
        for name, value in {**values, "due_at": now + (due_after or pause)}.items():
            setattr(check, name, value)
        check.save(update_fields=[*values, "due_at"])
        check.finish()
