"""The papers that a file of references names: met where they are known, filled in, or added; hundreds at a time.

What a file says is believed less than any source that is asked: it fills what is empty. On a second import the file's
own words follow the file, as long as neither a source nor a person put others in their place.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from papers.abstracts import render_abstract
from papers.models import Identifier, Paper, PaperMerge, PossibleDuplicate
from papers.references import Reference
from papers.services.authors import set_authors
from papers.services.duplicates import note_duplicate
from papers.services.import_runs import ImportRun, digest
from papers.services.many_papers import papers_known_as
from papers.services.new_papers import NewPaper, add_described_papers
from papers.services.same_works import agree, papers_titled, says_enough
from papers.titles import title_key
from readinggroup.slugs import unique_slug

BATCH = 500
_DATE = ("published_on", "published_precision")


def import_papers(references: Sequence[Reference], *, source: str, run: ImportRun) -> None:
    """Give every reference its Paper, in `run.papers` by the reference's `work`."""
    used: set[str] = set()
    for start in range(0, len(references), BATCH):
        batch = references[start : start + BATCH]
        keyed = [(_key(reference, used), reference) for reference in batch]
        with transaction.atomic():
            run.before.recall(key for key, _ in keyed)
            _import_batch(keyed, source, run)
            run.settle()
        run.advance(len(batch))


def _key(reference: Reference, used: set[str]) -> str:
    """What a reference is remembered by: its key in the file, else its work."""
    base = key = f"@{reference.key or reference.work}"[:250]
    count = 1
    while key in used:
        count += 1
        key = f"{base}-{count}"
    used.add(key)
    return key


def _import_batch(keyed: list[tuple[str, Reference]], source: str, run: ImportRun) -> None:
    finder = _Finder(keyed, run)
    fresh: dict[str, tuple[str, Reference]] = {}
    met: list[tuple[int, str, Reference]] = []
    again: list[tuple[str, str, Reference]] = []
    for key, reference in keyed:
        if pk := run.papers.get(reference.work) or finder.find(key, reference):
            met.append((pk, key, reference))
            run.papers[reference.work] = pk
        elif twin := reference.work if reference.work in fresh else finder.fresh_twin(reference):
            again.append((twin, key, reference))
        else:
            fresh[reference.work] = (key, reference)
            finder.note_fresh(reference)
    _add(fresh, source, run)
    for twin, key, reference in again:
        run.papers[reference.work] = run.papers[twin]
        met.append((run.papers[twin], key, reference))
    _update(met, source, run)


def _add(fresh: dict[str, tuple[str, Reference]], source: str, run: ImportRun) -> None:
    new = [NewPaper(reference, _sources(reference, source), source) for _, reference in fresh.values()]
    for (work, (key, reference)), paper in zip(
        fresh.items(), add_described_papers(new, added_by=run.imported_by), strict=True
    ):
        run.papers[work] = paper.pk
        run.written[key] = {
            **{name: digest(value) for name, value in _values(reference).items()},
            "paper": str(paper.pk),
        }
    run.added["paper"] += len(fresh)


def _sources(reference: Reference, source: str) -> dict[str, str]:
    told = {**_values(reference), "published_on": reference.published_on}
    return {name: source for name, value in told.items() if value and name != "published"}


def _values(reference: Reference) -> dict[str, Any]:
    """What the file says of a paper; a date and its precision are one value."""
    day = reference.published_on
    return {
        "title": reference.title,
        "kind": reference.kind,
        "authors": list(reference.authors),
        "published": [day.isoformat(), reference.published_precision] if day else [],
        "venue": reference.venue,
        "abstract": reference.abstract,
        "language": reference.language,
    }


class _Finder:
    """Which papers that are here already the references of one batch name."""

    def __init__(self, keyed: list[tuple[str, Reference]], run: ImportRun) -> None:
        self.named = papers_known_as({named.value for _, reference in keyed for named in reference.identifiers})
        unknown = [reference.title for _, reference in keyed if not self._by_name(reference)]
        self.titled = papers_titled(unknown)
        self.remembered = _still_here({key: (run.before.get(key) or {}).get("paper", "") for key, _ in keyed})
        self.fresh: dict[tuple[str, str], Reference] = {}

    def find(self, key: str, reference: Reference) -> int | None:
        return self._by_name(reference) or self.remembered.get(key) or self._by_title(reference)

    def _by_name(self, reference: Reference) -> int | None:
        names = ((named.scheme, named.value) for named in reference.identifiers)
        return next((self.named[name] for name in names if name in self.named), None)

    def _by_title(self, reference: Reference) -> int | None:
        """A work without a name meets the only paper with its title; one with a name meets a paper without."""
        key = title_key(reference.title)
        if not says_enough(key, reference.authors, _year(reference)):
            return None
        found = [
            paper
            for paper in self.titled.get(key, ())
            if agree(reference.authors, _year(reference), paper.author_names, paper.year)
            and not (reference.identifiers and paper.identifiers.all())
        ]
        return found[0].pk if len(found) == 1 else None

    def note_fresh(self, reference: Reference) -> None:
        """Remember a work that is about to be added."""
        for named in reference.identifiers:
            self.fresh.setdefault((named.scheme, named.value), reference)
        self.fresh.setdefault(("title", title_key(reference.title)), reference)

    def fresh_twin(self, reference: Reference) -> str:
        """The work of this batch, about to be added, that the reference names as well; "" for none."""
        for named in reference.identifiers:
            if twin := self.fresh.get((named.scheme, named.value)):
                return twin.work
        key = title_key(reference.title)
        twin = self.fresh.get(("title", key))
        if twin is None or (twin.identifiers and reference.identifiers):
            return ""
        enough = says_enough(key, reference.authors, _year(reference))
        return twin.work if enough and agree(reference.authors, _year(reference), twin.authors, _year(twin)) else ""


def _year(reference: Reference) -> int | None:
    return reference.published_on.year if reference.published_on else None


def _still_here(remembered: dict[str, str]) -> dict[str, int]:
    """The papers that the last import wrote, where they are now: some were merged into others since."""
    numbers = {key: int(pk) for key, pk in remembered.items() if pk.isdecimal()}
    wanted = sorted(set(numbers.values()))
    here = set(Paper.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    gone = [pk for pk in wanted if pk not in here]
    moved = dict(PaperMerge.objects.filter(gone_id__in=gone, undone_at=None).values_list("gone_id", "kept_id"))
    return {key: place for key, pk in numbers.items() if (place := pk if pk in here else moved.get(pk))}


def _update(met: list[tuple[int, str, Reference]], source: str, run: ImportRun) -> None:
    papers = Paper.objects.with_authors().prefetch_related("identifiers").in_bulk([pk for pk, _, _ in met])
    for pk, key, reference in met:
        changed = _update_paper(papers[pk], key, reference, source, run)
        (run.changed if changed else run.unchanged)["paper"] += 1


def _update_paper(paper: Paper, key: str, reference: Reference, source: str, run: ImportRun) -> bool:
    before, noted = run.before.get(key) or {}, {"paper": str(paper.pk)}
    taken: dict[str, Any] = {}
    for name, value in _values(reference).items():
        now, new, old = _current(paper, name), digest(value), before.get(name)
        noted[name] = new
        if not value or value == now:
            continue
        is_edited = bool({name, *(_DATE if name == "published" else ())} & set(paper.edited_fields))
        follows = old is not None and old != new
        if is_edited:
            if follows:
                what = {"published": "date"}.get(name, name)
                run.warn(
                    reference.line,
                    paper.display_title,
                    f"its {what} changed in the file, but was edited here; left alone",
                )
        elif not now or (follows and old == digest(now)):
            taken[name] = value
    run.written[key] = noted
    names = _add_names(paper, reference)
    if taken:
        _write(paper, taken, source)
    return bool(taken or names)


def _current(paper: Paper, name: str) -> Any:
    if name == "authors":
        return paper.author_names
    if name == "published":
        return [paper.published_on.isoformat(), paper.published_precision] if paper.published_on else []
    return getattr(paper, name)


def _write(paper: Paper, taken: dict[str, Any], source: str) -> None:
    if authors := taken.pop("authors", None):
        set_authors(paper, [(name, "") for name in authors])
        paper.field_sources["authors"] = source
    if published := taken.pop("published", None):
        taken["published_on"], taken["published_precision"] = published
        paper.field_sources["published_on"] = source
    for name, value in taken.items():
        setattr(paper, name, value)
        paper.field_sources[name] = source
    if "abstract" in taken:
        taken["abstract_html"] = paper.abstract_html = render_abstract(paper.abstract)
    if "title" in taken:
        taken["slug"] = paper.slug = unique_slug(Paper, paper.title)
    paper.save(update_fields=[*taken, "field_sources"])


def _add_names(paper: Paper, reference: Reference) -> bool:
    """Names that nobody has yet; one that another paper has stays there, for a person to sort out."""
    known = {(row.scheme, row.value) for row in paper.identifiers.all()}
    added = False
    for named in reference.identifiers:
        if (named.scheme, named.value) not in known:
            row, created = Identifier.objects.get_or_create(
                scheme=named.scheme, value=named.value, defaults={"paper": paper, "version": named.version}
            )
            added = added or created
            note_duplicate(paper.pk, row.paper_id, PossibleDuplicate.Reason.IDENTIFIER, str(row))
    return added
