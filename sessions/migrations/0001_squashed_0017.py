"""All tables as a new site gets them in one go; older sites go the way of the migrations that this replaces."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sessions.models.attendance
import sessions.models.calendar_key
import sessions.models.series
from sessions.default_roles import put_default_roles, remove_unused_default_roles


class Migration(migrations.Migration):
    replaces = [
        ("group_sessions", "0001_initial"),
        ("group_sessions", "0002_slide_sources"),
        ("group_sessions", "0003_recording_jobs"),
        ("group_sessions", "0004_import_job"),
        ("group_sessions", "0005_role_play"),
        ("group_sessions", "0006_default_roles"),
        ("group_sessions", "0007_session_changes"),
        ("group_sessions", "0008_date_session_changes"),
        ("group_sessions", "0009_calendars"),
        ("group_sessions", "0010_the_group_runs_itself"),
        ("group_sessions", "0011_messages_and_paused_chats"),
        ("group_sessions", "0012_name_the_clash_of_times"),
        ("group_sessions", "0013_guests_links_and_forgetting"),
        ("group_sessions", "0014_proposals_again_and_reasons"),
        ("group_sessions", "0015_question_visibility"),
        ("group_sessions", "0016_say_why_it_was_moved"),
        ("group_sessions", "0017_note_what_was_undone"),
    ]

    initial = True

    dependencies = [
        ("papers", "0001_squashed_0012"),
        ("readinggroup", "0001_squashed_0011"),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("slug", models.SlugField(editable=False, max_length=120, unique=True)),
                ("description", models.TextField(blank=True)),
                (
                    "recurrence",
                    models.CharField(blank=True, help_text="An RFC 5545 rule: FREQ=WEEKLY;BYDAY=TU", max_length=300),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, help_text="The last day on which it may meet.", null=True)),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="wall-clock start")),
                ("duration_minutes", models.PositiveIntegerField(default=60)),
                (
                    "time_zone",
                    models.CharField(
                        default=sessions.models.series.group_time_zone,
                        max_length=60,
                        validators=[sessions.models.series.validate_time_zone],
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                (
                    "meeting_url",
                    models.URLField(
                        blank=True, help_text="Only members see it.", max_length=500, verbose_name="meeting link"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="hosted_series",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("talks", "talks"),
                            ("role_play", "role-playing seminar"),
                            ("discussion", "discussion"),
                            ("book_club", "book club"),
                        ],
                        default="talks",
                        max_length=12,
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("public", "everybody"), ("members", "members only")], default="public", max_length=8
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: as many as come.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="seats",
                    ),
                ),
                ("slots", models.PositiveSmallIntegerField(default=1, help_text="Presentations in one session.")),
                (
                    "weeks_ahead",
                    models.PositiveSmallIntegerField(
                        default=12,
                        help_text="How far ahead sessions are made.",
                        validators=[django.core.validators.MaxValueValidator(104)],
                    ),
                ),
                (
                    "invite_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="days before which members are invited",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="makes sessions")),
                (
                    "made_until",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="Days up to here were dealt with; what was deleted since does not come back.",
                        null=True,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("duration_minutes__gte", 1)), name="series_has_a_duration"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SeriesPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="group_sessions.series"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(help_text="The last day of it.", verbose_name="to")),
                ("is_yearly", models.BooleanField(default=False, verbose_name="every year")),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="pause_ends_after_it_starts",
                        violation_error_message="A pause ends on its first day or later.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sessions",
                        to="group_sessions.series",
                    ),
                ),
                (
                    "occurs_on",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="The day of its series' rule that it was made for.",
                        null=True,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="theme")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "time_zone",
                    models.CharField(
                        default=sessions.models.series.group_time_zone,
                        max_length=60,
                        validators=[sessions.models.series.validate_time_zone],
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                (
                    "meeting_url",
                    models.URLField(
                        blank=True, help_text="Only members see it.", max_length=500, verbose_name="meeting link"
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("talks", "talks"),
                            ("role_play", "role-playing seminar"),
                            ("discussion", "discussion"),
                            ("book_club", "book club"),
                        ],
                        default="talks",
                        max_length=12,
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="hosted_sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("cancelled_because", models.CharField(blank=True, max_length=300)),
                (
                    "moved_because",
                    models.CharField(blank=True, help_text="Why it is not when or where it was.", max_length=300),
                ),
                ("notes", models.TextField(blank=True)),
                ("notes_html", models.TextField(blank=True, editable=False)),
                (
                    "notes_version",
                    models.PositiveIntegerField(default=0, editable=False, help_text="Of its newest revision."),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("public", "everybody"), ("members", "members only")], default="public", max_length=8
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: as many as come.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="seats",
                    ),
                ),
                (
                    "welcomes_guests",
                    models.BooleanField(
                        default=False,
                        help_text="People without an account reply with their e-mail address.",
                        verbose_name="guests may come",
                    ),
                ),
                (
                    "tells_guests_link",
                    models.BooleanField(
                        default=True,
                        help_text="By mail, once they confirmed their address and have a seat; without it they cannot join from afar.",
                        verbose_name="guests get the meeting link",
                    ),
                ),
                (
                    "unnamed_came",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        help_text="Who was there and is neither member nor guest.",
                        verbose_name="came without a name",
                    ),
                ),
                (
                    "invited_at",
                    models.DateTimeField(blank=True, editable=False, help_text="When members were invited.", null=True),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        help_text="How often it was moved or called off, as calendars count (RFC 5545).",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_at", "-pk"],
                "indexes": [models.Index(fields=["starts_at"], name="session_starts_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="session_ends_after_it_starts",
                        violation_error_message="A session must end after it starts.",
                    ),
                    models.UniqueConstraint(
                        fields=("series", "starts_at"),
                        name="one_session_per_series_and_time",
                        violation_error_message="The series has another session at that time.",
                    ),
                    models.UniqueConstraint(fields=("series", "occurs_on"), name="one_session_per_series_and_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("waiting_since", models.DateTimeField(blank=True, editable=False, null=True)),
                ("attended", models.BooleanField(blank=True, null=True)),
                ("checked_in_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="group_sessions.session",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rsvp",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "coming"),
                            ("maybe", "perhaps"),
                            ("no", "not coming"),
                            ("waiting", "waiting for a seat"),
                        ],
                        max_length=8,
                        verbose_name="reply",
                    ),
                ),
                ("answered_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("session", "member"), name="one_reply_per_member")],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("waiting_since", models.DateTimeField(blank=True, editable=False, null=True)),
                ("attended", models.BooleanField(blank=True, null=True)),
                ("checked_in_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="group_sessions.session"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="Forgotten after the session.",
                        max_length=254,
                        verbose_name="e-mail address",
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=sessions.models.attendance._guest_key, editable=False, max_length=64, unique=True
                    ),
                ),
                (
                    "rsvp",
                    models.CharField(
                        choices=[
                            ("yes", "coming"),
                            ("maybe", "perhaps"),
                            ("no", "not coming"),
                            ("waiting", "waiting for a seat"),
                        ],
                        default="yes",
                        max_length=8,
                        verbose_name="reply",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("session"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="one_guest_per_session_and_address",
                        violation_error_message="This address has replied already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_key",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=sessions.models.calendar_key._key, editable=False, max_length=64, unique=True
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for a worker"),
                            ("running", "being worked on"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        db_index=True,
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True)),
                ("wake_at", models.DateTimeField(blank=True, null=True, verbose_name="not before")),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("error", models.TextField(blank=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("file", models.FileField(upload_to="imports/")),
                ("shape", models.CharField(blank=True, max_length=40)),
                ("is_preview", models.BooleanField(default=True)),
                ("report", models.JSONField(blank=True, default=dict)),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="NotesRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes_revisions",
                        to="group_sessions.session",
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "version"), name="one_notes_revision_per_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="Presentation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="In the archive.",
                        null=True,
                        unique=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=400)),
                ("slug", models.SlugField(editable=False, max_length=120, unique=True)),
                ("summary", models.TextField(blank=True, help_text="What it was about, in Markdown.")),
                ("summary_html", models.TextField(blank=True, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open slot"),
                            ("claimed", "claimed"),
                            ("given", "given"),
                            ("cancelled", "cancelled"),
                        ],
                        db_index=True,
                        default="claimed",
                        max_length=10,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="presentations",
                        to="group_sessions.session",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="place in the session"),
                ),
                ("presented_on", models.DateField(blank=True, help_text="Empty when nobody remembers.", null=True)),
                (
                    "claimed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="claimed_presentations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("welcomes_company", models.BooleanField(default=False, verbose_name="a co-presenter is welcome")),
                (
                    "slides_condition",
                    models.CharField(
                        choices=[
                            ("available", "available"),
                            ("expected", "expected"),
                            ("none", "none"),
                            ("withheld", "withheld"),
                        ],
                        default="expected",
                        max_length=10,
                        verbose_name="slides",
                    ),
                ),
                (
                    "slides_reason",
                    models.CharField(blank=True, help_text="Why there are none, or why withheld.", max_length=300),
                ),
                ("slides_url", models.URLField(blank=True, max_length=1000, verbose_name="slides elsewhere")),
                (
                    "recording_condition",
                    models.CharField(
                        choices=[
                            ("available", "available"),
                            ("expected", "expected"),
                            ("none", "none"),
                            ("withheld", "withheld"),
                        ],
                        default="expected",
                        max_length=10,
                        verbose_name="recording",
                    ),
                ),
                (
                    "recording_reason",
                    models.CharField(blank=True, help_text="Why there is none, or why withheld.", max_length=300),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("public", "everybody"), ("members", "members only")], default="public", max_length=8
                    ),
                ),
                ("import_key", models.CharField(blank=True, editable=False, max_length=400, null=True, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("topics", models.ManyToManyField(blank=True, related_name="presentations", to="papers.topic")),
            ],
            options={
                "ordering": [
                    models.OrderBy(models.F("presented_on"), descending=True, nulls_last=True),
                    models.OrderBy(models.F("number"), descending=True, nulls_last=True),
                    "-pk",
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "position"), name="one_presentation_per_slot"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number", None), _connector="OR"),
                        name="presentation_numbers_start_at_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("slides_condition", "withheld"), _negated=True),
                            models.Q(("slides_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="withheld_slides_have_a_reason",
                        violation_error_message="Say why the slides are withheld.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recording_condition", "withheld"), _negated=True),
                            models.Q(("recording_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="withheld_recording_has_a_reason",
                        violation_error_message="Say why the recording is withheld.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PresentationPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paper_places",
                        to="group_sessions.presentation",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presentation_places",
                        to="papers.paper",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("presentation", "paper"), name="paper_once_per_presentation")
                ],
            },
        ),
        migrations.AddField(
            model_name="presentation",
            name="papers",
            field=models.ManyToManyField(
                blank=True, related_name="presentations", through="group_sessions.PresentationPaper", to="papers.paper"
            ),
        ),
        migrations.CreateModel(
            name="Presenter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presenters",
                        to="group_sessions.presentation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="presenter_places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("position", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("presentation", "member"), name="member_presents_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), ("member__isnull", False), _connector="OR"
                        ),
                        name="presenter_has_a_name",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="presentation",
            name="members",
            field=models.ManyToManyField(
                blank=True,
                related_name="presentations",
                through="group_sessions.Presenter",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("slug", models.SlugField(max_length=100, unique=True)),
                (
                    "tagline",
                    models.CharField(blank=True, help_text="What the role is about, in one sentence.", max_length=140),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, help_text="What whoever plays it does. Plain text.", verbose_name="brief"
                    ),
                ),
                (
                    "questions",
                    models.TextField(blank=True, help_text="What the role asks itself, one question a line."),
                ),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(240),
                        ],
                    ),
                ),
                ("position", models.PositiveIntegerField(default=1, help_text="The order in which roles speak.")),
                (
                    "emblem",
                    models.CharField(
                        choices=[
                            ("scales", "scales"),
                            ("trowel", "trowel"),
                            ("compass", "compass"),
                            ("crane", "crane"),
                            ("terminal", "terminal"),
                            ("magnifier", "magnifying glass"),
                            ("globe", "globe"),
                            ("mask", "mask"),
                        ],
                        default="mask",
                        max_length=12,
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="A retired role stays in the sessions it was in.", verbose_name="in use"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RolePlay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_play",
                        to="group_sessions.session",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="role_plays",
                        to="papers.paper",
                    ),
                ),
                (
                    "intro_minutes",
                    models.PositiveIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minutes to begin",
                    ),
                ),
                (
                    "discussion_minutes",
                    models.PositiveIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minutes of discussion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_assignments",
                        to="group_sessions.session",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="group_sessions.role",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="role_assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name of a former member")),
                (
                    "filled",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("claimed", "claimed"),
                            ("assigned", "assigned by an organiser"),
                            ("rotated", "assigned by the rotation"),
                        ],
                        max_length=8,
                        verbose_name="how it was filled",
                    ),
                ),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(240),
                        ],
                    ),
                ),
                ("position", models.PositiveIntegerField(default=1)),
                ("contribution", models.TextField(blank=True, help_text="In Markdown.", verbose_name="notes")),
                ("contribution_html", models.TextField(blank=True, editable=False)),
                ("code_url", models.URLField(blank=True, max_length=1000, verbose_name="code")),
                (
                    "presentation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="role_assignment",
                        to="group_sessions.presentation",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "role"), name="one_member_per_role"),
                    models.UniqueConstraint(fields=("session", "member"), name="one_role_per_member"),
                    models.CheckConstraint(
                        condition=models.Q(("member", None), ("name", ""), _connector="OR"),
                        name="role_has_a_member_or_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposal", to="papers.paper"
                    ),
                ),
                ("why", models.TextField(blank=True, help_text="Why the group should read it, in Markdown.")),
                ("why_html", models.TextField(blank=True, editable=False)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("put_aside_at", models.DateTimeField(blank=True, null=True)),
                ("put_aside_because", models.CharField(blank=True, max_length=300)),
                (
                    "read_before",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        help_text="How often the group had read the paper when it was proposed again.",
                    ),
                ),
            ],
            options={
                "ordering": ["-proposed_at"],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="group_sessions.proposal"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("would_present", models.BooleanField(default=False, verbose_name="I would present this")),
                ("why", models.TextField(blank=True, help_text="What they say for it, in Markdown.")),
                ("why_html", models.TextField(blank=True, editable=False)),
                ("voted_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("proposal", "member"), name="one_vote_per_member")],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="papers.paper",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        help_text="For which it was asked.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="group_sessions.session",
                    ),
                ),
                ("text", models.TextField(help_text="In Markdown.", verbose_name="question")),
                ("text_html", models.TextField(blank=True, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author_name",
                    models.CharField(blank=True, help_text="As written, or kept of a former member.", max_length=120),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("asked", "asked here"),
                            ("notes", "notes of a session"),
                            ("role", "notes of a role"),
                            ("report", "a report"),
                            ("list", "a reading list"),
                            ("comment", "a comment"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="where it was found",
                    ),
                ),
                (
                    "source_path",
                    models.CharField(blank=True, editable=False, help_text="The page with its line.", max_length=400),
                ),
                (
                    "source_key",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="A line becomes one question.",
                        max_length=160,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("public", "everybody"), ("members", "members only")], default="public", max_length=8
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "open"), ("answered", "answered"), ("aside", "put aside")],
                        db_index=True,
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answer", models.TextField(blank=True, help_text="In Markdown.")),
                ("answer_html", models.TextField(blank=True, editable=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answered_questions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answered_questions",
                        to="group_sessions.session",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "answered"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            ("answered_in__isnull", False),
                            _connector="OR",
                        ),
                        name="answered_questions_say_how_or_where",
                        violation_error_message="Write the answer, or say in which session it was answered.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="group_sessions.question"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="question_votes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("question", "member"), name="one_vote_per_question_and_member")
                ],
            },
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for a worker"),
                            ("running", "being worked on"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        db_index=True,
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True)),
                ("wake_at", models.DateTimeField(blank=True, null=True, verbose_name="not before")),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("error", models.TextField(blank=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recordings",
                        to="group_sessions.presentation",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=1, verbose_name="part")),
                ("title", models.CharField(blank=True, max_length=300)),
                (
                    "host",
                    models.CharField(
                        choices=[
                            ("youtube", "YouTube"),
                            ("vimeo", "Vimeo"),
                            ("peertube", "PeerTube"),
                            ("link", "another site"),
                            ("file", "uploaded file"),
                        ],
                        max_length=8,
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                ("video_id", models.CharField(blank=True, help_text="As the host names it.", max_length=100)),
                ("starts_at_seconds", models.PositiveIntegerField(default=0)),
                ("file", models.FileField(blank=True, max_length=200, upload_to="recordings/")),
                (
                    "file_name",
                    models.CharField(blank=True, help_text="As the presenter called the file.", max_length=255),
                ),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                ("poster", models.FileField(blank=True, max_length=200, upload_to="recordings/")),
                ("duration_seconds", models.PositiveIntegerField(blank=True, null=True)),
                ("chapters", models.JSONField(blank=True, default=list, help_text="A list of [second, title].")),
                ("transcript", models.TextField(blank=True, help_text="WebVTT.")),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("presentation", "position"), name="one_recording_per_part"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("url", ""), _negated=True), models.Q(("file", ""), _negated=True), _connector="OR"
                        ),
                        name="recording_is_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cues", to="group_sessions.recording"
                    ),
                ),
                ("at_seconds", models.PositiveIntegerField()),
                ("slide_number", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["at_seconds"],
                "constraints": [
                    models.UniqueConstraint(fields=("recording", "at_seconds"), name="one_slide_at_a_time")
                ],
            },
        ),
        migrations.CreateModel(
            name="CueSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for a worker"),
                            ("running", "being worked on"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        db_index=True,
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True)),
                ("wake_at", models.DateTimeField(blank=True, null=True, verbose_name="not before")),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("error", models.TextField(blank=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recording",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cue_suggestion",
                        to="group_sessions.recording",
                    ),
                ),
                ("cues", models.JSONField(blank=True, default=list, help_text="A list of [second, slide number].")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SlideDeck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for a worker"),
                            ("running", "being worked on"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        db_index=True,
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True)),
                ("wake_at", models.DateTimeField(blank=True, null=True, verbose_name="not before")),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("error", models.TextField(blank=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slide_decks",
                        to="group_sessions.presentation",
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "is_current",
                    models.BooleanField(default=False, help_text="The rendered version that the page shows."),
                ),
                (
                    "source_url",
                    models.URLField(
                        blank=True,
                        help_text="Where the file is fetched from when it was not uploaded.",
                        max_length=1000,
                        verbose_name="address",
                    ),
                ),
                ("original", models.FileField(blank=True, max_length=200, upload_to="decks/")),
                ("pdf", models.FileField(blank=True, max_length=200, upload_to="decks/", verbose_name="as a PDF")),
                ("original_name", models.CharField(help_text="As the presenter called the file.", max_length=255)),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("pages_total", models.PositiveIntegerField(blank=True, null=True)),
                ("pages_done", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("original", ""), _negated=True),
                            models.Q(("source_url", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="deck_comes_from_somewhere",
                    ),
                    models.UniqueConstraint(fields=("presentation", "version"), name="one_deck_per_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("presentation",),
                        name="one_current_deck_per_presentation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slide_deck",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slides",
                        to="group_sessions.slidedeck",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("image", models.FileField(max_length=200, upload_to="slides/")),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("thumbnail", models.FileField(max_length=200, upload_to="slides/")),
                ("thumbnail_width", models.PositiveIntegerField()),
                ("thumbnail_height", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                (
                    "pieces",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Where the text stands: [left, top, width, height, text] in pixels of the large image.",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("slide_deck", "number"), name="one_slide_per_place")],
            },
        ),
        migrations.CreateModel(
            name="SlotEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slot_events",
                        to="group_sessions.presentation",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="slot_events",
                        to="group_sessions.session",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("claimed", "claimed"),
                            ("assigned", "assigned by an organiser"),
                            ("joined", "joined as a co-presenter"),
                            ("left", "left"),
                            ("released", "released"),
                            ("swapped", "swapped"),
                            ("given", "marked as given"),
                            ("undone", "not given after all"),
                            ("cancelled", "called off"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whom it is about.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="slot_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who did it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["presentation", "at"], name="slot_events_in_order")],
            },
        ),
        migrations.CreateModel(
            name="SlotWaiter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slot_waiters",
                        to="group_sessions.session",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slot_waits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "offered_slot",
                    models.OneToOneField(
                        blank=True,
                        help_text="Held for them.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offer",
                        to="group_sessions.presentation",
                    ),
                ),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                ("offer_ends_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["since", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "member"), name="waits_once_per_session"),
                    models.CheckConstraint(
                        condition=models.Q(("offered_slot", None), ("offer_ends_at__isnull", False), _connector="OR"),
                        name="offers_of_slots_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SlotSwap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "given",
                    models.ForeignKey(
                        help_text="Of the member who asks.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="swaps_offered",
                        to="group_sessions.presentation",
                    ),
                ),
                (
                    "wanted",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="swaps_wanted",
                        to="group_sessions.presentation",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="swaps_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("message", models.CharField(blank=True, max_length=500)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("agreed", "agreed"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "no longer possible"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "asked")),
                        fields=("given", "wanted"),
                        name="one_open_swap_per_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("given", models.F("wanted")), _negated=True), name="swap_is_of_two_slots"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_choice",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("week", models.BooleanField(default=False, verbose_name="a week before")),
                ("day", models.BooleanField(default=True, verbose_name="a day before")),
                ("hour", models.BooleanField(default=False, verbose_name="an hour before")),
            ],
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for a worker"),
                            ("running", "being worked on"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        db_index=True,
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True)),
                ("wake_at", models.DateTimeField(blank=True, null=True, verbose_name="not before")),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("error", models.TextField(blank=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mailings",
                        to="group_sessions.session",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invitation", "invitation"),
                            ("week", "reminder a week before"),
                            ("day", "reminder a day before"),
                            ("hour", "reminder an hour before"),
                            ("slides", "slides reminder for presenters"),
                            ("paper", "paper reminder for presenters"),
                            ("change", "notice of a change"),
                            ("cancellation", "notice of a cancellation"),
                            ("afterwards", "what is missing after a presentation"),
                            ("message", "message to those who come"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "event",
                    models.CharField(editable=False, help_text="It is planned once.", max_length=120, unique=True),
                ),
                (
                    "details",
                    models.JSONField(blank=True, default=dict, help_text="What changed, as it was and as it is."),
                ),
                ("written", models.PositiveIntegerField(default=0, help_text="How many mails were written.")),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="Such as the channel.", max_length=80)),
                (
                    "url",
                    models.CharField(
                        help_text="A secret: keep it.",
                        max_length=1000,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="address",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("slack", "Slack"), ("mattermost", "Mattermost"), ("discord", "Discord")],
                        default="slack",
                        max_length=10,
                    ),
                ),
                (
                    "tells_sessions",
                    models.BooleanField(default=True, verbose_name="sessions announced, moved and called off"),
                ),
                (
                    "tells_archive",
                    models.BooleanField(default=True, verbose_name="presentations given and reports published"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "paused_because",
                    models.CharField(blank=True, editable=False, help_text="Why the site stopped.", max_length=300),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WebhookPost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for a worker"),
                            ("running", "being worked on"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        db_index=True,
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True)),
                ("wake_at", models.DateTimeField(blank=True, null=True, verbose_name="not before")),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("error", models.TextField(blank=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="group_sessions.webhook"
                    ),
                ),
                ("event", models.CharField(max_length=160)),
                ("text", models.TextField()),
                ("path", models.CharField(blank=True, help_text="The page it is about.", max_length=400)),
                ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("webhook", "event"), name="one_post_per_event_and_webhook")
                ],
            },
        ),
        migrations.RunPython(put_default_roles, remove_unused_default_roles),
    ]
