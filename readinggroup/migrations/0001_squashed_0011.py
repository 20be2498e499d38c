"""All tables as a new site gets them in one go; older sites go the way of the migrations that this replaces."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import readinggroup.models.member
from readinggroup.search.tables import create_search_tables, drop_search_tables


class Migration(migrations.Migration):
    replaces = [
        ("readinggroup", "0001_initial"),
        ("readinggroup", "0002_search_index"),
        ("readinggroup", "0003_fetch_turn"),
        ("readinggroup", "0004_comment_anchor"),
        ("readinggroup", "0005_fetch_turn_failures"),
        ("readinggroup", "0006_weekly_digest"),
        ("readinggroup", "0007_outbox"),
        ("readinggroup", "0008_complaints"),
        ("readinggroup", "0009_mail_expires_at"),
        ("readinggroup", "0010_mail_stop_url"),
        ("readinggroup", "0011_takes_turns"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="FetchTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=260, unique=True)),
                ("free_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "failures",
                    models.PositiveSmallIntegerField(default=0, help_text="In a row; many of them break the circuit."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("name", models.CharField(blank=True, help_text="How the group calls you.", max_length=120)),
                ("slug", models.SlugField(editable=False, max_length=140, unique=True)),
                ("about", models.TextField(blank=True, help_text="A few words about you, in Markdown.")),
                ("about_html", models.TextField(blank=True, editable=False)),
                ("affiliation", models.CharField(blank=True, max_length=200)),
                ("website", models.URLField(blank=True)),
                ("time_zone", models.CharField(blank=True, help_text="Empty: the group's.", max_length=60)),
                ("is_public", models.BooleanField(default=True, verbose_name="public profile")),
                (
                    "wants_digest",
                    models.BooleanField(
                        default=False,
                        help_text="One mail a week with what is new, and none when nothing is.",
                        verbose_name="weekly digest",
                    ),
                ),
                (
                    "takes_turns",
                    models.BooleanField(
                        default=True,
                        help_text="Without it, your name is not suggested for open slots.",
                        verbose_name="takes turns in presenting",
                    ),
                ),
                ("unwanted_mail", models.JSONField(blank=True, default=list, editable=False)),
                ("is_organiser", models.BooleanField(default=False, verbose_name="organiser")),
                ("is_staff", models.BooleanField(default=False, verbose_name="may use the admin")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="one_member_per_email",
                        violation_error_message="This e-mail address is taken.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                ("subject_id", models.PositiveBigIntegerField()),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author_name",
                    models.CharField(blank=True, help_text="Kept when the account is gone.", max_length=120),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replies",
                        to="readinggroup.comment",
                    ),
                ),
                (
                    "anchor",
                    models.CharField(
                        blank=True,
                        help_text="Where in its subject it points, such as slide=12 or t=754.",
                        max_length=20,
                        verbose_name="place",
                    ),
                ),
                ("body", models.TextField()),
                ("body_html", models.TextField(editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id", "created_at"], name="comments_of_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="complaints",
                        to="readinggroup.comment",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="complaints",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("comment", "made_by"), name="one_complaint_per_member")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
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
                    "handed_over_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was given to the mail server; from then on it is not sent again.",
                        null=True,
                    ),
                ),
                ("event", models.CharField(help_text="What it is about: “session-12-reminder-day”.", max_length=160)),
                ("kind", models.CharField(max_length=30)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("subject", models.CharField(max_length=250)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("calendar", models.TextField(blank=True)),
                ("calendar_method", models.CharField(blank=True, max_length=20)),
                ("stop_url", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True, help_text="From then on it is of no use, and not sent.", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "address"), name="one_mail_per_event_and_address")
                ],
            },
        ),
        migrations.CreateModel(
            name="Digest",
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
                    "handed_over_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was given to the mail server; from then on it is not sent again.",
                        null=True,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="digests", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("week", models.DateField(help_text="The Monday of its week.")),
            ],
            options={
                "ordering": ["-week", "member"],
                "constraints": [models.UniqueConstraint(fields=("member", "week"), name="one_digest_a_week")],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "key",
                    models.CharField(
                        default=readinggroup.models.member._invitation_key, editable=False, max_length=64, unique=True
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                ("subject_id", models.PositiveBigIntegerField()),
                ("kind", models.CharField(db_index=True, max_length=30)),
                ("title", models.TextField()),
                ("body", models.TextField(blank=True)),
                ("url", models.CharField(max_length=300)),
                (
                    "visibility",
                    models.CharField(
                        choices=[("public", "everybody"), ("members", "members")], default="public", max_length=10
                    ),
                ),
                ("dated_at", models.DateTimeField(blank=True, null=True)),
                ("indexed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.UniqueConstraint(fields=("subject_type", "subject_id"), name="one_entry_per_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkerHeartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True)),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-seen_at"],
            },
        ),
        migrations.RunPython(
            create_search_tables,
            drop_search_tables,
        ),
    ]
