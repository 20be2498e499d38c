"""Making one paper of two, and two of one again.

Merging and undoing are one transaction each, with both papers locked in the order of their numbers: of two organisers
who decide at once, one is told that the other was faster.
"""

import logging
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from papers.models import MetadataFetch, Paper, PaperMerge, PossibleDuplicate, ReadingStatus
from papers.services.metadata import fetch_metadata_again
from readinggroup.absorbing import Record, Rules, absorb, as_data, give_back, relations_to, restore_row
from readinggroup.models import Member
from readinggroup.search import index_after_commit
from readinggroup.slugs import unique_slug

log = logging.getLogger(__name__)

#: What the paper that stays takes from the other where it has nothing itself.
FILLED = ("title", "abstract", "published_on", "venue", "language", "licence")
_WITH = {"title": ("title_key",), "abstract": ("abstract_html",), "published_on": ("published_precision",)}
_READING = list(ReadingStatus.Status.values)


class CannotMerge(ValueError):
    """The two are one paper already, or one of them is gone; the message is a sentence for the organiser."""


class AlreadyUndone(ValueError):
    """Somebody has undone this merge before."""


def merge_papers(kept: Paper, gone: Paper, *, merged_by: Member | None) -> PaperMerge:
    """Let `kept` take over all that belongs to `gone`, fill in what it lacks, and remove `gone`.

    What cannot be both, as two authors' lists, stays as it is at `kept`; what is lost of `gone` is remembered for
    `undo_merge`. The old address leads to `kept` from now on. Raises CannotMerge.
    """
    if kept.pk == gone.pk:
        raise CannotMerge("This is one and the same paper.")
    with transaction.atomic():
        kept, gone = _locked(kept, gone)
        record, before = Record(), as_data(kept)
        told = as_data(gone)
        filled = _fill(kept, gone)
        readings: list[list[Any]] = []
        pairs = _carry_questions(kept, gone)
        had_to_wait = _is_waiting(gone) and not _is_waiting(kept)
        rules = Rules(
            whole=frozenset({"papers.paper.credits"}),
            stay=frozenset({PossibleDuplicate}),
            combine=lambda row, like: _combine(row, like, readings),
        )
        absorb(kept, gone, record, rules)
        title = gone.title
        Paper.objects.get(pk=gone.pk).delete()
        merge = PaperMerge.objects.create(
            kept=kept,
            gone_id=gone.pk,
            gone_title=title,
            merged_by=merged_by,
            record={
                **asdict(record),
                "kept": kept.pk,
                "gone": told,
                "filled": {name: [before["fields"][name], value] for name, value in filled.items()},
                "readings": readings,
                "questions": pairs,
            },
        )
        if had_to_wait:
            fetch_metadata_again(kept)
        index_after_commit(kept)
    log.info("Paper %s was merged into %s by member %s", gone.pk, kept.pk, merged_by and merged_by.pk)
    return merge


def undo_merge(merge: PaperMerge, *, undone_by: Member | None) -> tuple[Paper, int]:
    """Bring the paper that went back, with what belonged to it; what was added since stays with the other.

    What somebody moved, changed or deleted since is left as it is. Returns the paper, and the number of rows that could
    not go back. Raises AlreadyUndone.
    """
    with transaction.atomic():
        now = timezone.now()
        if not PaperMerge.objects.filter(pk=merge.pk, undone_at=None).update(undone_at=now, undone_by=undone_by):
            raise AlreadyUndone("This merge was undone before.")
        merge = PaperMerge.objects.get(pk=merge.pk)
        kept = Paper.objects.select_for_update().get(pk=merge.kept_id)
        record = merge.record
        told = record["gone"]
        PossibleDuplicate.objects.filter(pk__in=record["questions"]).delete()
        if Paper.objects.filter(slug=told["fields"]["slug"]).exists():
            told["fields"]["slug"] = unique_slug(Paper, told["fields"]["title"])
        if not restore_row(told):
            raise CannotMerge("The paper cannot come back: its number is taken.")
        moves = Record(record["moved"], record["left"], record["emptied"])
        lost = give_back(moves, kept=kept, was=record["kept"])
        if kept.pk == record["kept"]:
            _unfill(kept, record["filled"])
        for pk, name, old, new in record["readings"]:
            ReadingStatus.objects.filter(pk=pk, **{name: new}).update(**{name: old})
        paper = Paper.objects.get(pk=merge.gone_id)
        index_after_commit(paper)
        index_after_commit(kept)
    log.info("The merge of paper %s into %s was undone by member %s", paper.pk, kept.pk, undone_by and undone_by.pk)
    return paper, lost


def kept_instead_of(pk: int) -> Paper | None:
    """The paper that took the place of the one with this number, None when it was never merged."""
    merge = PaperMerge.objects.filter(gone_id=pk, undone_at=None).select_related("kept").first()
    return merge.kept if merge else None


def what_moves(gone: Paper, kept: Paper) -> list[tuple[str, int]]:
    """What would move from one paper to the other: names of kinds of things and how many, without what has none."""
    counts: dict[str, int] = {}
    has_authors = kept.credits.exists()
    for column in relations_to(Paper):
        name = column.remote_field.get_accessor_name() or ""
        if name in _UNTOLD or (name == "credits" and has_authors):
            continue
        count = column.model._base_manager.filter(**{column.name: gone.pk}).count()
        is_topics = column.model is Paper.topics.through
        label = "topics" if is_topics else _TOLD.get(name, str(column.model._meta.verbose_name_plural))
        counts[label] = counts.get(label, 0) + count
    return [(label, count) for label, count in counts.items() if count]


#: What organisers call the relations of a paper, and those that are the machine's own.
_TOLD = {
    "credits": "authors",
    "entry_links": "places in reading lists",
    "presentation_places": "presentations",
    "reading": "members’ reading marks",
    "proposal": "proposals",
}
_UNTOLD = {"metadata_fetch", "cover", "possible_duplicates", "possible_duplicates_before", "merges"}


def _locked(kept: Paper, gone: Paper) -> tuple[Paper, Paper]:
    rows = {
        paper.pk: paper for paper in Paper.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    }
    if len(rows) < 2:
        raise CannotMerge("One of the two papers is gone; perhaps somebody else has just merged them.")
    return rows[kept.pk], rows[gone.pk]


def _fill(kept: Paper, gone: Paper) -> dict[str, Any]:
    """Write into `kept` what it lacks; returns the fields with their new values as plain data."""
    names: list[str] = []
    for name in FILLED:
        if not getattr(kept, name) and getattr(gone, name):
            for each in (name, *_WITH.get(name, ())):
                setattr(kept, each, getattr(gone, each))
                names.append(each)
            if name in gone.field_sources:
                kept.field_sources = {**kept.field_sources, name: gone.field_sources[name]}
            if name in gone.edited_fields:
                kept.edited_fields = sorted({*kept.edited_fields, name})
    if names:
        names += ["field_sources", "edited_fields"]
        kept.save(update_fields=names)
    data = as_data(kept)["fields"]
    return {name: data[name] for name in names}


def _unfill(kept: Paper, filled: dict[str, list[Any]]) -> None:
    """Take out again what was filled in, unless somebody has changed it since."""
    now = as_data(kept)["fields"]
    back = {name: old for name, (old, new) in filled.items() if now[name] == new}
    for name, old in back.items():
        setattr(kept, name, Paper._meta.get_field(name).to_python(old))  # type: ignore[union-attr]
    if back:
        kept.save(update_fields=list(back))


def _is_waiting(paper: Paper) -> bool:
    job = MetadataFetch.objects.filter(paper=paper).first()
    return bool(job and job.is_waiting)


def _combine(kept: models.Model, gone: models.Model, readings: list[list[Any]]) -> None:
    """A member who marked both has read what they read under either name, and keeps both notes."""
    if not isinstance(kept, ReadingStatus) or not isinstance(gone, ReadingStatus):
        return
    furthest = max(kept.status, gone.status, key=_READING.index)
    note = "\n\n".join(dict.fromkeys(text for text in (kept.note, gone.note) if text))
    for name, value in (("status", furthest), ("note", note)):
        if getattr(kept, name) != value:
            readings.append([kept.pk, name, getattr(kept, name), value])
            setattr(kept, name, value)
    kept.save(update_fields=["status", "note"])


def _carry_questions(kept: Paper, gone: Paper) -> list[int]:
    """What was asked and answered about `gone` and a third paper goes for `kept` and that paper."""
    pairs = PossibleDuplicate.objects.filter(models.Q(first=gone) | models.Q(second=gone))
    made = []
    for pair in pairs:
        other = pair.second_id if pair.first_id == gone.pk else pair.first_id
        if other == kept.pk:
            continue
        first, second = sorted((kept.pk, other))
        fields = {"reason": pair.reason, "detail": pair.detail, "answer": pair.answer, "answered_at": pair.answered_at}
        try:
            with transaction.atomic():
                new = PossibleDuplicate.objects.create(
                    first_id=first, second_id=second, answered_by=pair.answered_by, **fields
                )
        except IntegrityError:
            continue
        made.append(new.pk)
    return made
