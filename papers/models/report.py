"""What members write about papers, books and other matters."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from papers.models.paper import Paper, Topic
from papers.models.partial_date import show_date
from readinggroup.slugs import unique_slug


class ReportQuerySet(models.QuerySet["Report"]):
    def published(self) -> Self:
        """What visitors may read: finished reports and public works in progress."""
        return self.filter(status__in=(Report.Status.WORK_IN_PROGRESS, Report.Status.PUBLISHED))

    def drafts(self) -> Self:
        return self.filter(status=Report.Status.DRAFT)

    def visible_to(self, user: Any) -> Self:
        """Published reports, and the drafts of which `user` is an author; organisers see all."""
        if getattr(user, "is_organiser", False) and user.is_active:
            return self
        public = Q(status__in=(Report.Status.WORK_IN_PROGRESS, Report.Status.PUBLISHED))
        if not user.is_authenticated:
            return self.filter(public)
        own = ReportAuthor.objects.filter(member=user).values("report")
        return self.filter(public | Q(pk__in=own))

    def with_authors(self) -> Self:
        credits = ReportAuthor.objects.select_related("member").order_by("position")
        return self.prefetch_related(Prefetch("credits", queryset=credits))

    def newest_first(self) -> Self:
        return self.order_by(F("dated_on").desc(nulls_last=True), F("number").desc(nulls_last=True), "-pk")

    def for_listing(self) -> Self:
        return self.newest_first().select_related("paper").with_authors().defer("body", "body_html")

    def for_feed(self) -> Self:
        return self.published().newest_first().with_authors()


class Report(models.Model):
    class Kind(models.TextChoices):
        PAPER = "paper", "Paper report"
        BOOK = "book", "Book report"
        RECENT = "recent", "Recent paper"
        ARTICLE = "article", "Article"

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        WORK_IN_PROGRESS = "wip", "work in progress"
        PUBLISHED = "published", "published"

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PAPER)
    number = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Within its kind; given at publication."
    )
    title = models.CharField(max_length=300)
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    series_title = models.CharField(max_length=300, blank=True, help_text="The book or series this is a part of.")
    part = models.PositiveIntegerField(null=True, blank=True)
    paper = models.ForeignKey(Paper, models.SET_NULL, null=True, blank=True, related_name="reports")
    paper_title = models.CharField(
        max_length=600, blank=True, help_text="The paper's title as written, while its Paper is not known."
    )
    topics = models.ManyToManyField(Topic, related_name="reports", blank=True)
    epigraph = models.TextField(blank=True, help_text="A quotation to open with, in Markdown.")
    epigraph_html = models.TextField(blank=True, editable=False)
    teaser = models.TextField(blank=True, help_text="What lists show, in Markdown.")
    teaser_html = models.TextField(blank=True, editable=False)
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True, editable=False)
    cover = models.ImageField(
        upload_to="reports/covers/", blank=True, width_field="cover_width", height_field="cover_height"
    )
    cover_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cover_display_width = models.PositiveIntegerField(
        null=True, blank=True, help_text="Pixels on the page; empty: the full column."
    )
    cover_alt = models.CharField("what the cover shows", max_length=300, blank=True)
    code_url = models.URLField("companion code", max_length=500, blank=True)
    canonical_url = models.URLField("home elsewhere", max_length=500, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, db_index=True)
    dated_on = models.DateField(null=True, blank=True, help_text="The day on the report; empty when unknown.")
    period_ends_on = models.DateField(null=True, blank=True, help_text="When it covers a span of days, the last one.")
    version = models.PositiveIntegerField(default=1, editable=False)
    import_key = models.CharField(max_length=400, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, through="ReportAuthor", related_name="reports")

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        ordering = [F("dated_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"], name="one_report_per_number", violation_error_message="This number is taken."
            ),
            models.UniqueConstraint(
                fields=["series_title", "part"], condition=~Q(series_title=""), name="one_report_per_part"
            ),
            models.CheckConstraint(condition=Q(number__gte=1) | Q(number=None), name="report_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(period_ends_on=None) | Q(period_ends_on__gte=F("dated_on")), name="report_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = unique_slug(Report, self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("papers:report_detail", args=[self.slug])

    @property
    def kicker(self) -> str:
        """What stands above the title: "Paper report 10", "Book report, part 2"."""
        words = self.get_kind_display()
        if self.number:
            words += f" {self.number}"
        return f"{words}, part {self.part}" if self.part else words

    @property
    def is_public(self) -> bool:
        return self.status != self.Status.DRAFT

    @property
    def day(self) -> date | None:
        return self.dated_on

    @property
    def date_text(self) -> str:
        return show_date(self.dated_on, "day")

    @property
    def author_names(self) -> list[str]:
        return [credit.display_name for credit in self.credits.all()]


class ReportAuthor(models.Model):
    """Who wrote a report: a member, or a plain name for people without an account."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="credits")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="report_credits"
    )
    name = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "member"], name="member_writes_report_once"),
            models.CheckConstraint(condition=~Q(name="") | Q(member__isnull=False), name="report_author_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.member.display_name if self.member else self.name


class ReportRevision(models.Model):
    """A report as it was after one accepted save."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    teaser = models.TextField(blank=True)
    body = models.TextField(blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["report", "version"], name="one_revision_per_version")]

    def __str__(self) -> str:
        return f"version {self.version}"


class ReportImage(models.Model):
    """A picture pasted into a text: always re-encoded, always under a name of ours."""

    name = models.CharField(max_length=80, unique=True, editable=False)
    file = models.ImageField(upload_to="reports/images/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="images")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("papers:report_image", args=[self.name])
