"""Lists that members keep: link collections, reading lists, backlogs."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from papers.models.paper import Paper, Topic
from papers.models.partial_date import show_date
from readinggroup.slugs import unique_slug


class ReadingListQuerySet(models.QuerySet["ReadingList"]):
    def visible_to(self, user: Any) -> Self:
        """Public lists and one's own; organisers see all."""
        if getattr(user, "is_organiser", False) and user.is_active:
            return self
        if not user.is_authenticated:
            return self.filter(is_public=True)
        return self.filter(Q(is_public=True) | Q(owner=user))

    def newest_first(self) -> Self:
        return self.order_by(F("dated_on").desc(nulls_last=True), F("number").desc(nulls_last=True), "-pk")

    def for_listing(self) -> Self:
        return (
            self.newest_first()
            .select_related("owner")
            .annotate(
                section_count=models.Count("sections", distinct=True),
                entry_count=models.Count("entries", distinct=True),
            )
        )

    def for_page(self) -> Self:
        # A join, since SQLite cannot prefetch the other side of more than 1000 foreign keys.
        links = EntryLink.objects.select_related("paper").order_by("position")
        entries = Entry.objects.order_by("position").prefetch_related(Prefetch("links", queryset=links))
        return self.select_related("owner").prefetch_related(
            "sections", "topics", Prefetch("entries", queryset=entries)
        )


class ReadingList(models.Model):
    class Kind(models.TextChoices):
        COLLECTION = "collection", "Link collection"
        READING_LIST = "reading_list", "Reading list"
        BACKLOG = "backlog", "Backlog"

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.READING_LIST)
    number = models.PositiveIntegerField(null=True, blank=True, help_text="Of a link collection.")
    title = models.CharField(max_length=300)
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reading_lists"
    )
    owner_name = models.CharField(max_length=120, blank=True, help_text="For a keeper without an account.")
    topics = models.ManyToManyField(Topic, related_name="reading_lists", blank=True)
    intro = models.TextField(blank=True)
    intro_html = models.TextField(blank=True, editable=False)
    outro = models.TextField(blank=True)
    outro_html = models.TextField(blank=True, editable=False)
    uses_math = models.BooleanField(default=True, help_text="Without it a $ stays a $.")
    dated_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField("public", default=True)
    import_key = models.CharField(max_length=400, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = ReadingListQuerySet.as_manager()

    class Meta:
        ordering = [F("dated_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="one_list_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1) | Q(number=None), name="list_numbers_start_at_one"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = unique_slug(ReadingList, self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("papers:reading_list_detail", args=[self.slug])

    @property
    def keeper_name(self) -> str:
        return self.owner.display_name if self.owner else self.owner_name

    @property
    def date_text(self) -> str:
        return show_date(self.dated_on, "day")


class Section(models.Model):
    """A heading of a list, perhaps below another; an empty one stays."""

    reading_list = models.ForeignKey(ReadingList, models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=300)
    anchor = models.SlugField(max_length=120)
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["reading_list", "anchor"], name="one_anchor_per_list"),
            models.UniqueConstraint(fields=["reading_list", "position"], name="one_section_per_place"),
        ]

    def __str__(self) -> str:
        return self.heading


class Entry(models.Model):
    """A line of a list: any number of links, and what its keeper says about them."""

    reading_list = models.ForeignKey(ReadingList, models.CASCADE, related_name="entries")
    section = models.ForeignKey(Section, models.SET_NULL, null=True, blank=True, related_name="entries")
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=600, blank=True, help_text="As the keeper wrote it.")
    commentary = models.TextField(blank=True, help_text="Markdown; nested notes and questions stay in place.")
    commentary_html = models.TextField(blank=True, editable=False)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.CharField(max_length=500, blank=True)
    organisations = models.CharField(max_length=300, blank=True)
    import_key = models.CharField(max_length=80, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["reading_list", "position"], name="one_entry_per_place"),
            models.UniqueConstraint(
                fields=["reading_list", "import_key"], condition=~Q(import_key=""), name="one_entry_per_import_key"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"entry {self.position}"


class EntryLink(models.Model):
    #: Set by `papers.queries.link_checks.mark_gone`.
    is_gone: bool = False
    archived_url: str = ""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="links")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=600, blank=True)
    url = models.CharField(
        "address",
        max_length=1000,
        blank=True,
        help_text="Empty when the entry names a paper without giving an address.",
    )
    is_main = models.BooleanField("what the entry is about", default=True)
    paper = models.ForeignKey(Paper, models.SET_NULL, null=True, blank=True, related_name="entry_links")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="one_entry_link_per_place")]

    def __str__(self) -> str:
        return self.label or self.url or "paper"
