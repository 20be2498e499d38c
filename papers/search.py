"""What of this floor can be found, and by which words."""

from collections.abc import Iterable, Iterator, Sequence

from papers.models import (
    Author,
    Entry,
    Identifier,
    Paper,
    PaperAuthor,
    ReadingList,
    Report,
    ReportAuthor,
    Section,
    Topic,
)
from readinggroup.models import Member
from readinggroup.search import Document, register
from readinggroup.search.dates import midday


def paper_document(paper: Paper) -> Document:
    identifiers = [identifier.value for identifier in paper.identifiers.all()]
    topics = [topic.name for topic in paper.topics.all()]
    return _paper_document(paper, paper.get_absolute_url(), paper.author_names, topics, identifiers)


ANY_SLUG = "any-slug"


def paper_documents(pks: Sequence[int]) -> Iterator[tuple[int, Document]]:
    """As `paper_document`, for the thousands of papers of an import: their rows hold little, and are read as such."""
    credits = PaperAuthor.objects.order_by("position").values_list("paper", "author__name")
    topics = Paper.topics.through.objects.values_list("paper", "topic__name")
    identifiers = Identifier.objects.values_list("paper", "value")
    told = [_by_paper(rows.filter(paper__in=pks)) for rows in (credits, topics, identifiers)]
    # Asking for each address by itself would be a third of the time.
    before, _, after = Paper(pk=0, slug=ANY_SLUG).get_absolute_url().partition(f"0/{ANY_SLUG}")
    for paper in Paper.objects.filter(pk__in=pks):
        url = f"{before}{paper.pk}/{paper.slug}{after}"
        yield paper.pk, _paper_document(paper, url, *(words.get(paper.pk, []) for words in told))


def _by_paper(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    words: dict[int, list[str]] = {}
    for paper, word in rows:
        words.setdefault(paper, []).append(word)
    return words


def _paper_document(paper: Paper, url: str, authors: list[str], topics: list[str], identifiers: list[str]) -> Document:
    return Document(
        title=paper.display_title,
        body="\n".join([", ".join(authors), paper.venue, paper.abstract, *topics, *identifiers]),
        url=url,
        dated_at=midday(paper.published_on),
    )


def report_document(report: Report) -> Document | None:
    """Drafts cannot be found, not even by their authors, who have them on their own page."""
    if not report.is_public:
        return None
    about = report.paper.title if report.paper else report.paper_title
    topics = [topic.name for topic in report.topics.all()]
    return Document(
        title=report.title,
        body="\n".join(
            [report.series_title, ", ".join(report.author_names), about, report.teaser, report.body, *topics]
        ),
        url=report.get_absolute_url(),
        dated_at=midday(report.dated_on),
    )


def reading_list_document(reading_list: ReadingList) -> Document | None:
    if not reading_list.is_public:
        return None
    headings = [section.heading for section in reading_list.sections.all()]
    words = reading_list.entries.values_list("title", "people", "commentary").iterator()
    entries = (" ".join(told) for told in words)
    return Document(
        title=reading_list.title,
        body="\n".join([reading_list.keeper_name, reading_list.intro, *headings, *entries, reading_list.outro]),
        url=reading_list.get_absolute_url(),
        dated_at=midday(reading_list.dated_on),
    )


def topic_document(topic: Topic) -> Document:
    return Document(title=topic.name, body=topic.description, url=topic.get_absolute_url())


def register_all() -> None:
    register(
        Paper,
        kind="paper",
        label="Papers",
        queryset=lambda: Paper.objects.with_authors().prefetch_related("identifiers", "topics"),
        document=paper_document,
        documents=paper_documents,
        depends_on={
            PaperAuthor: lambda credit: [credit.paper_id],
            Identifier: lambda identifier: [identifier.paper_id],
            Author: lambda author: author.papers.values_list("pk", flat=True),
        },
    )
    register(
        Report,
        kind="report",
        label="Reports",
        queryset=lambda: Report.objects.select_related("paper").with_authors().prefetch_related("topics"),
        document=report_document,
        depends_on={
            ReportAuthor: lambda credit: [credit.report_id],
            Paper: lambda paper: paper.reports.values_list("pk", flat=True),
            Member: lambda member: member.reports.values_list("pk", flat=True),
        },
    )
    register(
        ReadingList,
        kind="reading_list",
        label="Reading lists",
        queryset=lambda: ReadingList.objects.select_related("owner").prefetch_related("sections"),
        document=reading_list_document,
        depends_on={
            Section: lambda section: [section.reading_list_id],
            Entry: lambda entry: [entry.reading_list_id],
        },
    )
    register(Topic, kind="topic", label="Topics", queryset=Topic.objects.all, document=topic_document)
