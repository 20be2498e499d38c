"""Who is asked about what, and who is believed: two tables, and the walk through them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from papers.identifiers import ParsedIdentifier, doi_of_acl
from papers.metadata import (
    arxiv,
    crossref,
    datacite,
    github,
    oembed,
    openalex,
    openlibrary,
    openreview,
    pubmed,
    semantic_scholar,
    webpage,
)
from papers.metadata.answers import (
    MetadataNotFound,
    MetadataNotOffered,
    MetadataUnavailable,
    Notice,
    PaperMetadata,
    merge,
)

MOST_REQUESTS = 6


@dataclass(frozen=True)
class Source:
    """`load` asks about an identifier's value. A fallback is asked only about what nobody before it knew."""

    load: Callable[[str], PaperMetadata]
    is_fallback: bool = False


def _load_acl(value: str) -> PaperMetadata:
    """Papers of the ACL Anthology are registered under one of two prefixes."""
    likely, other = doi_of_acl(value)
    try:
        return crossref.load(likely)
    except MetadataNotFound:
        return crossref.load(other)


def _load_page_of_acl(value: str) -> PaperMetadata:
    return webpage.load(f"https://aclanthology.org/{value}/")


#: Who is asked about an identifier of each scheme, in this order. Asking ends when a card needs nothing more. The
#: schemes stand in the order in which a paper's identifiers are taken up.
ASKED: dict[str, tuple[Source, ...]] = {
    "arxiv": (Source(arxiv.load),),
    "doi": (
        Source(crossref.load),
        Source(datacite.load, is_fallback=True),
        Source(openalex.load),
        Source(semantic_scholar.load_doi, is_fallback=True),
    ),
    "acl": (Source(_load_acl), Source(_load_page_of_acl, is_fallback=True)),
    "openreview": (Source(openreview.load),),
    "pmid": (Source(pubmed.load),),
    "pmc": (Source(pubmed.load_central),),
    "isbn": (Source(openlibrary.load),),
    "s2": (Source(semantic_scholar.load),),
    "github": (Source(github.load),),
    "youtube": (Source(oembed.load_youtube),),
    "vimeo": (Source(oembed.load_vimeo),),
    "url": (Source(webpage.load),),
}
#: Whom we believe when several answered: registries before aggregators, aggregators before pages.
TRUST = (
    arxiv.SOURCE,
    crossref.SOURCE,
    datacite.SOURCE,
    openreview.SOURCE,
    pubmed.SOURCE,
    pubmed.CENTRAL,
    openlibrary.SOURCE,
    github.SOURCE,
    openalex.SOURCE,
    semantic_scholar.SOURCE,
    webpage.SOURCE,
)
#: Names under which a source may know more than the one that was pasted.
_FOLLOWED = ("arxiv", "doi", "pmid")
_RETRACTED = re.compile(
    r"^\W*(?:(retracted|retraction)|(withdrawn))(?:\s+article|\s+paper|\s+chapter)?\s*[:\]—–-]", re.I
)

#: What is known already, by scheme and value: an answer, or why there is none.
Known = Mapping[tuple[str, str], PaperMetadata | MetadataNotFound | MetadataUnavailable]


def describe(identifiers: Iterable[ParsedIdentifier], *, known: Known | None = None) -> PaperMetadata:
    """Ask the sources about a paper that goes by `identifiers`, and merge their answers field by field.

    Raises MetadataNotFound when nobody knows it, MetadataNotOffered when there is nobody to ask, MetadataUnavailable
    when it is worth asking again. An absent source is remembered rather than an ignorant one: it may know the paper.
    """
    order = list(ASKED)
    queue = sorted((i for i in identifiers if i.scheme in ASKED), key=lambda i: order.index(i.scheme))
    walk = _Walk(known or {})
    while queue and walk.goes_on:
        for found in walk.ask_about(queue.pop(0)):
            if found.scheme in _FOLLOWED and found not in queue:
                queue.append(found)
    return walk.result()


class _Walk:
    """What was asked and answered so far about one paper."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.answers: list[PaperMetadata] = []
        self.absent: MetadataUnavailable | None = None
        self.ignorant: MetadataNotFound | None = None
        self.asked: set[tuple[str, str]] = set()
        self.requests = 0

    @property
    def goes_on(self) -> bool:
        return self.requests < MOST_REQUESTS and not (self.answers and merge(self._by_trust()).is_complete)

    def ask_about(self, identifier: ParsedIdentifier) -> list[ParsedIdentifier]:
        """Ask the sources of one identifier; return under which other names the paper goes, as they say."""
        name = (identifier.scheme, identifier.value)
        if name in self.asked:
            return []
        self.asked.add(name)
        others: list[ParsedIdentifier] = []
        is_known = False
        for source in ASKED[identifier.scheme]:
            if not self.goes_on or (source.is_fallback and is_known):
                continue
            answer = self._ask(source, name)
            if answer:
                is_known = True
                self.answers.append(answer)
                others += answer.identifiers
        return others

    def _ask(self, source: Source, name: tuple[str, str]) -> PaperMetadata | None:
        try:
            answer = self.known.get(name)
            if answer is None:
                self.requests += 1
                return source.load(name[1])
            if isinstance(answer, Exception):
                raise answer
            return answer
        except MetadataUnavailable as error:
            self.absent = self.absent or error
        except MetadataNotFound as error:
            self.ignorant = self.ignorant or error
        return None

    def _by_trust(self) -> list[PaperMetadata]:
        return sorted(self.answers, key=lambda a: TRUST.index(a.source) if a.source in TRUST else 0)

    def result(self) -> PaperMetadata:
        if self.answers:
            return _with_notice_in_title(merge(self._by_trust()))
        raise (
            self.absent
            or self.ignorant
            or MetadataNotOffered("No source we ask describes such addresses. Fill in the title yourself.")
        )


def _with_notice_in_title(found: PaperMetadata) -> PaperMetadata:
    """Publishers write "RETRACTED:" before the title, some nowhere else."""
    mark = _RETRACTED.match(found.title)
    kind = "retraction" if mark and mark[1] else "withdrawal"
    if not mark or any(notice.kind == kind for notice in found.notices):
        return found
    return replace(found, notices=(*found.notices, Notice(kind, "", "", found.source_of("title"))))
