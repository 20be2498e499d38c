"""Finding papers that may be one work. They are offered to organisers and never merged by guess."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from papers.identifiers import NotAnIdentifier, parse_identifier
from papers.models import Identifier, Paper, PaperNotice, PossibleDuplicate
from papers.services.same_works import agree, says_enough
from readinggroup.models import Member

#: Between a preprint and its article lie up to so many years.
YEARS = 3
#: Of a title that more papers have, only so many are compared with each other.
MOST_OF_A_TITLE = 20
BATCH = 500
Reason = PossibleDuplicate.Reason


def find_duplicates(papers: Iterable[int] | None = None) -> int:
    """Note the pairs among all papers, or between `papers` (their numbers) and all others, that may be one work.

    A pair that somebody has said something about is not asked about again. Returns the number of new questions.
    """
    wanted = None if papers is None else list(papers)
    pairs: dict[tuple[int, int], PossibleDuplicate] = {}
    for pair in (*_same_titles(wanted), *_published(wanted)):
        pairs.setdefault((pair.first_id, pair.second_id), pair)
    before = PossibleDuplicate.objects.count()
    PossibleDuplicate.objects.bulk_create(pairs.values(), batch_size=BATCH, ignore_conflicts=True)
    return PossibleDuplicate.objects.count() - before


def note_duplicate(paper: int, other: int, reason: str, detail: str = "") -> None:
    """Offer a pair of papers, by their numbers, unless it was offered before."""
    if paper != other:
        PossibleDuplicate.objects.bulk_create([_pair(paper, other, reason, detail)], ignore_conflicts=True)


def call_distinct(paper: Paper, other: Paper, *, answered_by: Member | None) -> PossibleDuplicate:
    """Remember that two papers are not the same work: the pair is not offered again."""
    first, second = sorted((paper.pk, other.pk))
    answer = {"answer": PossibleDuplicate.Answer.DISTINCT, "answered_by": answered_by, "answered_at": timezone.now()}
    with transaction.atomic():
        pair, _ = PossibleDuplicate.objects.update_or_create(
            first_id=first, second_id=second, defaults=answer, create_defaults={**answer, "reason": Reason.TITLE}
        )
    return pair


def _pair(paper: int, other: int, reason: str, detail: str) -> PossibleDuplicate:
    first, second = sorted((paper, other))
    return PossibleDuplicate(first_id=first, second_id=second, reason=reason, detail=detail[:300])


def _same_titles(wanted: list[int] | None) -> Iterator[PossibleDuplicate]:
    keys = Paper.objects.exclude(title_key="").values("title_key").order_by("title_key")
    shared = keys.annotate(papers=Count("pk")).filter(papers__gt=1).values_list("title_key", flat=True)
    for chunk in _keys_to_ask(shared, wanted):
        groups: dict[str, list[Paper]] = {}
        for paper in Paper.objects.filter(title_key__in=chunk).with_authors().order_by("pk"):
            groups.setdefault(paper.title_key, []).append(paper)
        for key, papers in groups.items():
            for one, other in combinations(papers[:MOST_OF_A_TITLE], 2):
                if _may_be_one(key, one, other):
                    yield _pair(one.pk, other.pk, Reason.TITLE, "")


def _keys_to_ask(shared: QuerySet[Paper, str], wanted: list[int] | None) -> Iterator[list[str]]:
    if wanted is None:
        keys = list(shared)
        for start in range(0, len(keys), BATCH):
            yield keys[start : start + BATCH]
        return
    for start in range(0, len(wanted), BATCH):
        of_these = Paper.objects.filter(pk__in=wanted[start : start + BATCH]).values("title_key")
        yield list(shared.filter(title_key__in=of_these))


def _may_be_one(key: str, one: Paper, other: Paper) -> bool:
    if not (says_enough(key, one.author_names, one.year) or says_enough(key, other.author_names, other.year)):
        return False
    return agree(one.author_names, one.year, other.author_names, other.year, years=YEARS)


def _published(wanted: list[int] | None) -> Iterator[PossibleDuplicate]:
    """A preprint whose source names the published version, when that is a paper of its own here."""
    notices = PaperNotice.objects.filter(kind=PaperNotice.Kind.PUBLICATION).exclude(url="")
    if wanted is not None:
        notices = notices.filter(paper__in=wanted[:BATCH])
    for notice in notices.iterator(chunk_size=BATCH):
        try:
            named = parse_identifier(notice.url)
        except NotAnIdentifier:
            continue
        other = Identifier.objects.filter(scheme=named.scheme, value=named.value).first()
        if other is not None and other.paper_id != notice.paper_id:
            yield _pair(notice.paper_id, other.paper_id, Reason.PUBLICATION, notice.detail)
