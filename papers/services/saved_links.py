"""What members found during the week becomes a draft of the next link collection."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from papers.documents.entry_lines import is_pointer
from papers.models import ReadingList, SavedLink
from papers.services.reading_lists import LinkLine, add_entry, create_reading_list, with_papers
from readinggroup.models import Member

MOST_LINKS = 200
NUMBERING_TRIES = 50


class NothingSaved(Exception):
    """No link waits for a collection."""


def save_link(url: str, *, saved_by: Member, title: str = "", why: str = "") -> tuple[SavedLink, bool]:
    """Keep a link for the next collection, and say whether it is new; saved again, what is said about it changes.

    What names a paper becomes one, and its metadata are fetched.
    """
    (found,) = with_papers([LinkLine(url)], added_by=saved_by)
    words = {"title": title.strip()[:300], "why": why.strip(), "paper": found.paper}
    waiting = SavedLink.objects.waiting().filter(saved_by=saved_by, url=url[:1000])
    if waiting.update(**words):
        return waiting.get(), False
    try:
        with transaction.atomic():
            return SavedLink.objects.create(url=url[:1000], saved_by=saved_by, **words), True
    except IntegrityError:
        return waiting.get(), False


def drop_link(link: SavedLink) -> None:
    """Take a find back, unless it is in a collection by now."""
    SavedLink.objects.waiting().filter(pk=link.pk).delete()


def draft_collection(at: datetime | None = None) -> ReadingList:
    """Put what waits into a draft of the next link collection, and return it for its curator to finish.

    A draft that is not finished takes what came since. Each find is taken once, by however many this is done at the
    same time. Raises NothingSaved.
    """
    waiting = list(SavedLink.objects.waiting().select_related("paper", "saved_by")[:MOST_LINKS])
    with transaction.atomic():
        draft = _open_draft() or _new_draft(at or timezone.now())
        if not sum([_take(link, draft) for link in waiting]):
            transaction.set_rollback(True)
            raise NothingSaved("Nobody has saved a link since the last collection.")
    return draft


def curator() -> Member | None:
    """Who keeps the next collection: the keeper of the last one, else an organiser."""
    last = ReadingList.objects.filter(kind=ReadingList.Kind.COLLECTION, owner__is_active=True).newest_first().first()
    return last.owner if last else Member.objects.organisers().order_by("pk").first()


def _open_draft() -> ReadingList | None:
    drafts = ReadingList.objects.filter(
        kind=ReadingList.Kind.COLLECTION, is_public=False, entries__saved_link__isnull=False
    )
    return drafts.order_by("-pk").first()


def _new_draft(at: datetime) -> ReadingList:
    keeper = curator()
    for _ in range(NUMBERING_TRIES):
        collections = ReadingList.objects.filter(kind=ReadingList.Kind.COLLECTION)
        number = (collections.aggregate(last=Max("number"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                return create_reading_list(
                    owner=keeper,
                    kind=ReadingList.Kind.COLLECTION,
                    number=number,
                    title=f"Link Collection {number}",
                    dated_on=timezone.localdate(at),
                    is_public=False,
                )
        except IntegrityError:
            continue
    raise RuntimeError("No number for the next collection could be found.")


def _take(link: SavedLink, draft: ReadingList) -> bool:
    name = link.saved_by.display_name if link.saved_by else ""
    thanks = f"*Found by {name}.*" if name and link.saved_by_id != draft.owner_id else ""
    title = link.display_title if not is_pointer(link.display_title) else link.url
    entry = add_entry(
        draft,
        title="",
        number=draft.entries.count() + 1,
        links=[LinkLine(link.url, "" if title == link.url else title, paper=link.paper)],
        commentary="\n\n".join(part for part in (link.why, thanks) if part),
    )
    if SavedLink.objects.waiting().filter(pk=link.pk).update(entry=entry):
        return True
    # Somebody else's draft has it.
    entry.delete()
    return False
