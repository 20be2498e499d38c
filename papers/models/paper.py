"""A Paper is a work of any kind; two ways to name one work meet in one Paper."""

from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from papers.licences import may_be_shown
from papers.models.partial_date import DatePrecision, show_date
from papers.titles import title_key
from readinggroup.slugs import unique_slug


class TopicQuerySet(models.QuerySet["Topic"]):
    def for_listing(self) -> Self:
        return self.annotate(paper_count=models.Count("papers")).order_by(Lower("name"))


class Topic(models.Model):
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=100, unique=True)
    description = models.TextField(blank=True)

    objects: ClassVar[Any] = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_topic_per_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("papers:topic_detail", args=[self.slug])


class Author(models.Model):
    """Somebody who wrote a paper. People share names, so only an ORCID iD makes two Authors the same for certain."""

    name = models.CharField(max_length=300)
    orcid = models.CharField("ORCID iD", max_length=19, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name"], name="author_name")]
        constraints = [
            models.UniqueConstraint(fields=["orcid"], condition=~Q(orcid=""), name="one_author_per_orcid"),
        ]

    def __str__(self) -> str:
        return self.name


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: Any) -> Self:
        """All of them: a paper is published elsewhere. Who presented or reports on it is asked of those."""
        return self

    def awaiting_metadata(self) -> Self:
        return self.filter(metadata_fetch__status__in=("pending", "running"))

    def presented(self) -> Self:
        return self.filter(presentations__status="given").distinct()

    def search(self, text: str) -> Self:
        """Papers in whose title, authors, venue or identifiers every word of `text` occurs."""
        found = self
        for word in text.split()[:10]:
            found = found.filter(
                Q(title__icontains=word)
                | Q(venue__icontains=word)
                | Q(authors__name__icontains=word)
                | Q(identifiers__value__icontains=word)
            )
        return found.distinct() if text.strip() else found

    def on_topic(self, topic: "Topic") -> Self:
        return self.filter(topics=topic)

    def with_authors(self) -> Self:
        credits = PaperAuthor.objects.select_related("author").order_by("position")
        return self.prefetch_related(Prefetch("credits", queryset=credits))

    def for_card(self) -> Self:
        """All that a paper card shows, in a constant number of queries."""
        return (
            self.select_related("metadata_fetch", "cover")
            .with_authors()
            .prefetch_related("identifiers", "links", "topics", "notices")
        )

    def for_listing(self) -> Self:
        return self.for_card().order_by("-created_at", "-pk")


class Paper(models.Model):
    class Kind(models.TextChoices):
        ARTICLE = "article", "article"
        BOOK = "book", "book"
        THESIS = "thesis", "thesis"
        VIDEO = "video", "video"
        SOFTWARE = "software", "software"
        POST = "post", "post"
        OTHER = "other", "other"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ARTICLE)
    title = models.CharField(max_length=600, blank=True)
    title_key = models.CharField(
        max_length=200, blank=True, editable=False, db_index=True, help_text="The same for all spellings of one title."
    )
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    abstract = models.TextField(blank=True)
    abstract_html = models.TextField(blank=True, editable=False)
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    venue = models.CharField(max_length=300, blank=True, help_text="Journal, conference or publisher.")
    language = models.CharField(max_length=12, blank=True, help_text="BCP 47 tag, such as en or de.")
    licence = models.CharField(
        max_length=40, blank=True, help_text="An SPDX identifier, such as CC-BY-4.0; empty when it is not known."
    )
    authors = models.ManyToManyField(Author, through="PaperAuthor", related_name="papers")
    topics = models.ManyToManyField(Topic, related_name="papers", blank=True)
    edited_fields = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Names of fields that a person corrected; no fetch touches them.",
    )
    field_sources = models.JSONField(
        default=dict, blank=True, editable=False, help_text="Which source each field came from, such as arXiv."
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="added_papers"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.display_title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = unique_slug(Paper, self.title)
        self.title_key = title_key(self.title)
        fields = kwargs.get("update_fields")
        if fields is not None and "title" in fields:
            kwargs["update_fields"] = {*fields, "title_key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("papers:paper_detail", args=[self.pk, self.slug])

    @property
    def display_title(self) -> str:
        """The title, or while it is unknown the first identifier."""
        if self.title:
            return self.title
        first = next(iter(self.identifiers.all()), None) if self.pk else None
        return str(first) if first else "Untitled paper"

    @property
    def may_show_cover(self) -> bool:
        """Whether the licence lets its first page be shown."""
        return may_be_shown(self.licence)

    @property
    def author_names(self) -> list[str]:
        """Names in the order of the paper."""
        return [credit.author.name for credit in self.credits.all()]

    @property
    def ordered_links(self) -> list["Link"]:
        """Where to read it first, what goes with it after."""
        kinds = list(Link.Kind)
        return sorted(self.links.all(), key=lambda link: (kinds.index(Link.Kind(link.kind)), link.pk))

    @property
    def sources(self) -> list[str]:
        """Who described it, in the order of the fields that they gave; what members corrected is not theirs."""
        kept = {source for name, source in self.field_sources.items() if name not in self.edited_fields}
        return [source for source in dict.fromkeys(self.field_sources.values()) if source in kept]

    @property
    def field_origins(self) -> list[tuple[str, str]]:
        """Each field in words and where it came from."""
        origins = {**self.field_sources, **dict.fromkeys(self.edited_fields, "a member of the group")}
        origins.pop("published_precision", None)
        return [(FIELD_NAMES.get(name, name), origin) for name, origin in origins.items()]

    @property
    def year(self) -> int | None:
        return self.published_on.year if self.published_on else None

    @property
    def date_text(self) -> str:
        return show_date(self.published_on, self.published_precision)


FIELD_NAMES = {"published_on": "date", "kind": "kind of work"}


class PaperAuthor(models.Model):
    """An Author's place among the authors of a paper."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="credits")
    author = models.ForeignKey(Author, models.CASCADE, related_name="credits")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="one_author_per_place")]

    def __str__(self) -> str:
        return f"{self.position}. {self.author}"


class Identifier(models.Model):
    class Scheme(models.TextChoices):
        ARXIV = "arxiv", "arXiv"
        DOI = "doi", "DOI"
        OPENREVIEW = "openreview", "OpenReview"
        ISBN = "isbn", "ISBN"
        PMID = "pmid", "PubMed"
        PMC = "pmc", "PubMed Central"
        ACL = "acl", "ACL Anthology"
        S2 = "s2", "Semantic Scholar"
        GITHUB = "github", "GitHub"
        YOUTUBE = "youtube", "YouTube"
        VIMEO = "vimeo", "Vimeo"
        URL = "url", "web address"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=12, choices=Scheme)
    value = models.CharField(max_length=500, help_text="In its canonical spelling, without version.")
    version = models.CharField(max_length=10, blank=True, help_text="As named when it was added, such as v2.")
    latest_version = models.CharField(max_length=10, blank=True, editable=False, help_text="The newest that exists.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="one_paper_per_identifier")]

    def __str__(self) -> str:
        return self.value if self.scheme == self.Scheme.URL else f"{self.get_scheme_display()} {self.value}"


class Link(models.Model):
    class Kind(models.TextChoices):
        PAGE = "page", "page"
        PDF = "pdf", "PDF"
        CODE = "code", "code"
        VIDEO = "video", "video"
        POST = "post", "post"
        DATA = "data", "data"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.PAGE)
    url = models.URLField("address", max_length=1000)
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "url"], name="one_link_per_address")]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()

    @property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").removeprefix("www.")
