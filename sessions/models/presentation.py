"""A presentation of none, one or many papers; before it is given, a slot in a session."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from papers.models import Paper, Topic
from papers.models.partial_date import show_date
from readinggroup.relations import rows_behind
from readinggroup.slugs import unique_slug
from sessions.models.series import Visibility
from sessions.models.session import Session
from sessions.models.slot_queries import SlotQueries

#: The reason that an import gives where a document says nothing about slides or a recording.
NOT_MENTIONED = "The imported document does not mention any."


class Condition(models.TextChoices):
    """What can be said about the slides or the recording of a presentation."""

    AVAILABLE = "available", "available"
    EXPECTED = "expected", "expected"
    NONE = "none", "none"
    WITHHELD = "withheld", "withheld"


def _nobody_said(what: str) -> Q:
    silent = Q(**{f"{what}_condition": Condition.NONE, f"{what}_reason": NOT_MENTIONED})
    return silent | Q(**{f"{what}_condition": Condition.EXPECTED})


def _is_unsaid(condition: str, reason: str) -> bool:
    return condition == Condition.EXPECTED or (condition == Condition.NONE and reason == NOT_MENTIONED)


class PresentationQuerySet(SlotQueries):
    def given(self) -> Self:
        return self.filter(status=Presentation.Status.GIVEN)

    def open(self) -> Self:
        return self.filter(status=Presentation.Status.OPEN)

    def visible_to(self, user: Any) -> Self:
        """What everybody may see; members also see what is for members."""
        if user.is_authenticated and user.is_active:
            return self
        public_session = Q(session=None) | Q(session__visibility=Visibility.PUBLIC)
        return self.filter(public_session, visibility=Visibility.PUBLIC)

    def newest_first(self) -> Self:
        return self.order_by(F("presented_on").desc(nulls_last=True), F("number").desc(nulls_last=True), "-pk")

    def lacking(self, what: str = "") -> Self:
        """What was given and lacks its "date", "presenter", "slides" or "recording"; without `what`, any of them.

        That there are none, stated by a person or a document, is no gap; that nobody ever said is one.
        """
        gaps = {
            "date": Q(presented_on=None, session=None),
            "presenter": Q(presenters=None),
            "slides": Q(slide_decks=None)
            & (_nobody_said("slides") | Q(slides_condition=Condition.AVAILABLE, slides_url="")),
            "recording": _nobody_said("recording") | Q(recording_condition=Condition.AVAILABLE, recordings=None),
        }
        wanted = [gaps[what]] if what in gaps else list(gaps.values())
        either = reduce(or_, wanted)
        # In a subquery, since the joins would multiply rows.
        return self.filter(pk__in=Presentation.objects.given().filter(either).values("pk"))

    def lacking_slides(self) -> Self:
        """Whose slides are missing, see `slides_are_missing`."""
        unsaid = _nobody_said("slides") | Q(slides_condition=Condition.AVAILABLE, slides_url="")
        return self.filter(unsaid, slide_decks=None)

    def with_failed_slides(self) -> Self:
        """Whose slides could not be drawn, with no others there or on their way."""
        decks = rows_behind(self.model, "slide_decks").filter(presentation=models.OuterRef("pk"))
        others = decks.filter(Q(is_current=True) | Q(status__in=("pending", "running")))
        return self.filter(models.Exists(decks.failed()), ~models.Exists(others))

    def in_year(self, year: int) -> Self:
        return self.filter(presented_on__year=year)

    def on_topic(self, topic: Topic) -> Self:
        return self.filter(Q(topics=topic) | Q(papers__topics=topic)).distinct()

    def presented_by(self, member: Any) -> Self:
        return self.filter(presenters__member=member).distinct()

    def search(self, text: str) -> Self:
        """Presentations in whose title, summary, papers, presenters or slides every word of `text` occurs."""
        found = self
        for word in text.split()[:10]:
            found = found.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(papers__title__icontains=word)
                | Q(papers__authors__name__icontains=word)
                | Q(presenters__name__icontains=word)
                | Q(presenters__member__name__icontains=word)
            )
        return found.distinct() if text.strip() else found

    def with_presenters(self) -> Self:
        people = rows_behind(self.model, "presenters").select_related("member").order_by("position")
        return self.prefetch_related(Prefetch("presenters", queryset=people))

    def with_cover(self) -> Self:
        """Prefetch what a cover needs: the current deck and its first slide."""
        decks = rows_behind(self.model, "slide_decks").filter(is_current=True)
        first = rows_behind(decks.model, "slides").filter(number=1)
        decks = decks.prefetch_related(Prefetch("slides", queryset=first, to_attr="first_slides"))
        return self.prefetch_related(Prefetch("slide_decks", queryset=decks, to_attr="current_decks"))

    def with_checklist(self) -> Self:
        """Prefetch what `sessions.checklist` looks at."""
        return self.prefetch_related("paper_places__paper", "slide_decks", "recordings")

    def for_page(self) -> Self:
        """All that a presentation's own page shows, its papers and slides apart."""
        return self.select_related("session__series").with_presenters().prefetch_related("recordings", "topics")

    def for_listing(self) -> Self:
        """All that the shelf shows, in a constant number of queries."""
        shelf = self.newest_first().select_related("session").with_presenters().with_cover()
        return shelf.prefetch_related("paper_places__paper__identifiers")


class Presentation(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", "open slot"
        CLAIMED = "claimed", "claimed"
        GIVEN = "given", "given"
        CANCELLED = "cancelled", "cancelled"

    number = models.PositiveIntegerField(
        null=True, blank=True, unique=True, validators=[MinValueValidator(1)], help_text="In the archive."
    )
    title = models.CharField(max_length=400, blank=True)
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    summary = models.TextField(blank=True, help_text="What it was about, in Markdown.")
    summary_html = models.TextField(blank=True, editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.CLAIMED, db_index=True)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="presentations")
    position = models.PositiveSmallIntegerField("place in the session", null=True, blank=True)
    presented_on = models.DateField(null=True, blank=True, help_text="Empty when nobody remembers.")
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="claimed_presentations"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    welcomes_company = models.BooleanField("a co-presenter is welcome", default=False)
    papers = models.ManyToManyField(Paper, through="PresentationPaper", related_name="presentations", blank=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Presenter", related_name="presentations", blank=True
    )
    topics = models.ManyToManyField(Topic, related_name="presentations", blank=True)
    slides_condition = models.CharField("slides", max_length=10, choices=Condition, default=Condition.EXPECTED)
    slides_reason = models.CharField(max_length=300, blank=True, help_text="Why there are none, or why withheld.")
    slides_url = models.URLField("slides elsewhere", max_length=1000, blank=True)
    recording_condition = models.CharField("recording", max_length=10, choices=Condition, default=Condition.EXPECTED)
    recording_reason = models.CharField(max_length=300, blank=True, help_text="Why there is none, or why withheld.")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    import_key = models.CharField(max_length=400, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = PresentationQuerySet.as_manager()

    class Meta:
        ordering = [F("presented_on").desc(nulls_last=True), F("number").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="one_presentation_per_slot"),
            models.CheckConstraint(
                condition=Q(number__gte=1) | Q(number=None), name="presentation_numbers_start_at_one"
            ),
            models.CheckConstraint(
                condition=~Q(slides_condition=Condition.WITHHELD) | ~Q(slides_reason=""),
                name="withheld_slides_have_a_reason",
                violation_error_message="Say why the slides are withheld.",
            ),
            models.CheckConstraint(
                condition=~Q(recording_condition=Condition.WITHHELD) | ~Q(recording_reason=""),
                name="withheld_recording_has_a_reason",
                violation_error_message="Say why the recording is withheld.",
            ),
        ]

    def __str__(self) -> str:
        return self.display_title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = unique_slug(Presentation, self.title or "presentation")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("sessions:presentation_detail", args=[self.pk, self.slug])

    @property
    def display_title(self) -> str:
        """The title, or that of the first paper, or what is missing."""
        if self.title:
            return self.title
        if self.status == self.Status.OPEN:
            return "Open slot"
        first = next(iter(self.paper_places.all()), None) if self.pk else None
        return first.paper.display_title if first else "A paper to be announced"

    @property
    def kicker(self) -> str:
        return f"Presentation {self.number}" if self.number else "Presentation"

    @property
    def day(self) -> date | None:
        """When it was given, or when its session is, on the group's clock; None when nobody knows."""
        if self.presented_on or not self.session:
            return self.presented_on
        return self.session.local_start.date()

    @property
    def date_text(self) -> str:
        return show_date(self.day, "day")

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it, so that caches between may keep what they are sent."""
        return self.visibility == Visibility.PUBLIC and not self.is_for_members

    @property
    def is_for_members(self) -> bool:
        if self.visibility == Visibility.MEMBERS:
            return True
        return bool(self.session and self.session.visibility == Visibility.MEMBERS)

    @property
    def is_coming(self) -> bool:
        """Whether its session has yet to end and was not called off."""
        return bool(self.session and not self.session.is_over and not self.session.is_cancelled)

    @property
    def may_move(self) -> bool:
        """Whether it can be given another day: also out of a session that was called off."""
        return bool(self.status == self.Status.CLAIMED and self.session and not self.session.is_over)

    @property
    def standing_offer(self) -> Any | None:
        """The offer for whose member this open slot is held right now."""
        offer = getattr(self, "offer", None)
        is_held = offer is not None and self.status == self.Status.OPEN and offer.offer_ends_at > timezone.now()
        return offer if is_held else None

    @property
    def slides_are_missing(self) -> bool:
        """Whether nobody has said what became of the slides, or they should be here and are not."""
        if self.slide_decks.all():
            return False
        if self.slides_condition == Condition.AVAILABLE:
            return not self.slides_url
        return _is_unsaid(self.slides_condition, self.slides_reason)

    @property
    def recording_is_missing(self) -> bool:
        if self.recording_condition == Condition.AVAILABLE:
            return not self.recordings.all()
        return _is_unsaid(self.recording_condition, self.recording_reason)

    @property
    def presenter_names(self) -> list[str]:
        return [person.display_name for person in self.presenters.all()]

    @property
    def current_deck(self) -> Any | None:
        """The newest rendered deck, from the prefetch of `with_cover()` where there was one."""
        decks = getattr(self, "current_decks", None)
        if decks is None:
            decks = list(self.slide_decks.filter(is_current=True))
        return decks[0] if decks else None

    @property
    def cover_slide(self) -> Any | None:
        deck = self.current_deck
        if deck is None:
            return None
        first = getattr(deck, "first_slides", None)
        return (first[0] if first else None) if first is not None else deck.slides.filter(number=1).first()
