"""All tables as a new site gets them in one go; older sites go the way of the migrations that this replaces."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("papers", "0001_initial"),
        ("papers", "0002_imported_document"),
        ("papers", "0003_notices_and_field_sources"),
        ("papers", "0004_import_memory"),
        ("papers", "0005_covers"),
        ("papers", "0006_saved_links"),
        ("papers", "0007_link_checks"),
        ("papers", "0008_paper_title_key"),
        ("papers", "0009_fill_title_keys"),
        ("papers", "0010_possible_duplicates"),
        ("papers", "0011_entry_times"),
        ("papers", "0012_date_entries_by_list"),
    ]

    initial = True

    dependencies = [
        ("readinggroup", "0001_squashed_0011"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True)),
                ("shape", models.CharField(max_length=40)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("source", models.TextField(blank=True)),
                ("introduction", models.TextField(blank=True)),
                ("introduction_html", models.TextField(blank=True, editable=False)),
                ("outline", models.JSONField(blank=True, default=dict)),
                ("written", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["-imported_at"],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("description", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("name"), name="one_topic_per_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                ("orcid", models.CharField(blank=True, max_length=19, verbose_name="ORCID iD")),
            ],
            options={
                "ordering": ["name", "pk"],
                "indexes": [models.Index(fields=["name"], name="author_name")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("orcid", ""), _negated=True), fields=("orcid",), name="one_author_per_orcid"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "article"),
                            ("book", "book"),
                            ("thesis", "thesis"),
                            ("video", "video"),
                            ("software", "software"),
                            ("post", "post"),
                            ("other", "other"),
                        ],
                        default="article",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=600)),
                (
                    "title_key",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        editable=False,
                        help_text="The same for all spellings of one title.",
                        max_length=200,
                    ),
                ),
                ("slug", models.SlugField(editable=False, max_length=120, unique=True)),
                ("abstract", models.TextField(blank=True)),
                ("abstract_html", models.TextField(blank=True, editable=False)),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "published_precision",
                    models.CharField(
                        choices=[("year", "year"), ("month", "month"), ("day", "day")], default="day", max_length=5
                    ),
                ),
                ("venue", models.CharField(blank=True, help_text="Journal, conference or publisher.", max_length=300)),
                ("language", models.CharField(blank=True, help_text="BCP 47 tag, such as en or de.", max_length=12)),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        help_text="An SPDX identifier, such as CC-BY-4.0; empty when it is not known.",
                        max_length=40,
                    ),
                ),
                (
                    "edited_fields",
                    models.JSONField(
                        blank=True,
                        default=list,
                        editable=False,
                        help_text="Names of fields that a person corrected; no fetch touches them.",
                    ),
                ),
                (
                    "field_sources",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        editable=False,
                        help_text="Which source each field came from, such as arXiv.",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="added_papers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("topics", models.ManyToManyField(blank=True, related_name="papers", to="papers.topic")),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PaperAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="credits", to="papers.paper"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="credits", to="papers.author"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("paper", "position"), name="one_author_per_place")],
            },
        ),
        migrations.AddField(
            model_name="paper",
            name="authors",
            field=models.ManyToManyField(related_name="papers", through="papers.PaperAuthor", to="papers.author"),
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identifiers", to="papers.paper"
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("arxiv", "arXiv"),
                            ("doi", "DOI"),
                            ("openreview", "OpenReview"),
                            ("isbn", "ISBN"),
                            ("pmid", "PubMed"),
                            ("pmc", "PubMed Central"),
                            ("acl", "ACL Anthology"),
                            ("s2", "Semantic Scholar"),
                            ("github", "GitHub"),
                            ("youtube", "YouTube"),
                            ("vimeo", "Vimeo"),
                            ("url", "web address"),
                        ],
                        max_length=12,
                    ),
                ),
                ("value", models.CharField(help_text="In its canonical spelling, without version.", max_length=500)),
                (
                    "version",
                    models.CharField(blank=True, help_text="As named when it was added, such as v2.", max_length=10),
                ),
                (
                    "latest_version",
                    models.CharField(blank=True, editable=False, help_text="The newest that exists.", max_length=10),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("scheme", "value"), name="one_paper_per_identifier")],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="papers.paper"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("page", "page"),
                            ("pdf", "PDF"),
                            ("code", "code"),
                            ("video", "video"),
                            ("post", "post"),
                            ("data", "data"),
                        ],
                        default="page",
                        max_length=6,
                    ),
                ),
                ("url", models.URLField(max_length=1000, verbose_name="address")),
                ("label", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["kind", "pk"],
                "constraints": [models.UniqueConstraint(fields=("paper", "url"), name="one_link_per_address")],
            },
        ),
        migrations.CreateModel(
            name="PossibleDuplicate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="possible_duplicates",
                        to="papers.paper",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="possible_duplicates_before",
                        to="papers.paper",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("1-identifier", "a source gives one the other’s identifier"),
                            ("2-publication", "one is the published version of the other, says a source"),
                            ("3-title", "same title, and authors and years that agree"),
                        ],
                        max_length=20,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[("open", "nobody has looked yet"), ("distinct", "not the same work")],
                        db_index=True,
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["reason", "-found_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="one_question_per_pair"),
                    models.CheckConstraint(condition=models.Q(("first__lt", models.F("second"))), name="pair_in_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="papers.paper"
                    ),
                ),
                (
                    "gone_id",
                    models.PositiveBigIntegerField(db_index=True, verbose_name="number of the paper that went"),
                ),
                ("gone_title", models.CharField(blank=True, max_length=600)),
                ("record", models.JSONField(default=dict, editable=False)),
                (
                    "merged_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["-merged_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("gone_id",), name="one_merge_per_paper_gone"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkCheck",
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
                ("key", models.CharField(editable=False, max_length=64, unique=True)),
                ("url", models.TextField(verbose_name="address")),
                (
                    "health",
                    models.CharField(
                        choices=[
                            ("unknown", "not checked yet"),
                            ("fine", "fine"),
                            ("moved", "moved"),
                            ("gone", "gone"),
                            ("unsure", "could not be checked"),
                        ],
                        db_index=True,
                        default="unknown",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="days not found")),
                ("failed_on", models.DateField(blank=True, null=True)),
                ("moved_to", models.TextField(blank=True)),
                ("archived_url", models.TextField(blank=True, verbose_name="archived copy")),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "is_left_alone",
                    models.BooleanField(
                        default=False, help_text="A person looked and wants it as it is.", verbose_name="left alone"
                    ),
                ),
            ],
            options={
                "ordering": ["-checked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MetadataFetch",
            fields=[
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
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="metadata_fetch",
                        serialize=False,
                        to="papers.paper",
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, help_text="Who answered, such as arXiv or Crossref.", max_length=40),
                ),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "metadata fetch",
                "verbose_name_plural": "metadata fetches",
            },
        ),
        migrations.CreateModel(
            name="PaperNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="papers.paper"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("retraction", "retracted"),
                            ("withdrawal", "withdrawn"),
                            ("concern", "expression of concern"),
                            ("correction", "corrected"),
                            ("publication", "published"),
                            ("version", "newer version"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "detail",
                    models.CharField(
                        blank=True, help_text="A venue, a version such as v3, or a reason.", max_length=500
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                ("source", models.CharField(blank=True, max_length=40)),
                ("noticed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["kind", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("paper", "kind", "url"), name="one_notice_per_address")
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperCover",
            fields=[
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
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="cover",
                        serialize=False,
                        to="papers.paper",
                    ),
                ),
                ("pdf_url", models.URLField(max_length=1000, verbose_name="address of the PDF")),
                ("image", models.FileField(blank=True, max_length=200, upload_to="covers/")),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReadingList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("collection", "Link collection"),
                            ("reading_list", "Reading list"),
                            ("backlog", "Backlog"),
                        ],
                        default="reading_list",
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, help_text="Of a link collection.", null=True)),
                ("title", models.CharField(max_length=300)),
                ("slug", models.SlugField(editable=False, max_length=120, unique=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reading_lists",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner_name",
                    models.CharField(blank=True, help_text="For a keeper without an account.", max_length=120),
                ),
                ("intro", models.TextField(blank=True)),
                ("intro_html", models.TextField(blank=True, editable=False)),
                ("outro", models.TextField(blank=True)),
                ("outro_html", models.TextField(blank=True, editable=False)),
                ("uses_math", models.BooleanField(default=True, help_text="Without it a $ stays a $.")),
                ("dated_on", models.DateField(blank=True, null=True)),
                ("is_public", models.BooleanField(default=True, verbose_name="public")),
                ("import_key", models.CharField(blank=True, editable=False, max_length=400, null=True, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("topics", models.ManyToManyField(blank=True, related_name="reading_lists", to="papers.topic")),
            ],
            options={
                "ordering": [models.OrderBy(models.F("dated_on"), descending=True, nulls_last=True), "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "number"), name="one_list_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number", None), _connector="OR"),
                        name="list_numbers_start_at_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reading_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="papers.readinglist"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="papers.section",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("heading", models.CharField(max_length=300)),
                ("anchor", models.SlugField(max_length=120)),
                ("body", models.TextField(blank=True)),
                ("body_html", models.TextField(blank=True, editable=False)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("reading_list", "anchor"), name="one_anchor_per_list"),
                    models.UniqueConstraint(fields=("reading_list", "position"), name="one_section_per_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reading_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="papers.readinglist"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="entries",
                        to="papers.section",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("title", models.CharField(blank=True, help_text="As the keeper wrote it.", max_length=600)),
                (
                    "commentary",
                    models.TextField(blank=True, help_text="Markdown; nested notes and questions stay in place."),
                ),
                ("commentary_html", models.TextField(blank=True, editable=False)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("people", models.CharField(blank=True, max_length=500)),
                ("organisations", models.CharField(blank=True, max_length=300)),
                ("import_key", models.CharField(blank=True, editable=False, max_length=80)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name_plural": "entries",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("reading_list", "position"), name="one_entry_per_place"),
                    models.UniqueConstraint(
                        condition=models.Q(("import_key", ""), _negated=True),
                        fields=("reading_list", "import_key"),
                        name="one_entry_per_import_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="papers.entry"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("label", models.CharField(blank=True, max_length=600)),
                (
                    "url",
                    models.CharField(
                        blank=True,
                        help_text="Empty when the entry names a paper without giving an address.",
                        max_length=1000,
                        verbose_name="address",
                    ),
                ),
                ("is_main", models.BooleanField(default=True, verbose_name="what the entry is about")),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="entry_links",
                        to="papers.paper",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("entry", "position"), name="one_entry_link_per_place")],
            },
        ),
        migrations.CreateModel(
            name="ReadingStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reading", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reading", to="papers.paper"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("to_read", "to read"), ("reading", "reading"), ("read", "read")],
                        default="to_read",
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name_plural": "reading statuses",
                "constraints": [
                    models.UniqueConstraint(fields=("member", "paper"), name="one_status_per_member_and_paper")
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paper", "Paper report"),
                            ("book", "Book report"),
                            ("recent", "Recent paper"),
                            ("article", "Article"),
                        ],
                        default="paper",
                        max_length=8,
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Within its kind; given at publication.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("slug", models.SlugField(editable=False, max_length=120, unique=True)),
                (
                    "series_title",
                    models.CharField(blank=True, help_text="The book or series this is a part of.", max_length=300),
                ),
                ("part", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="papers.paper",
                    ),
                ),
                (
                    "paper_title",
                    models.CharField(
                        blank=True,
                        help_text="The paper's title as written, while its Paper is not known.",
                        max_length=600,
                    ),
                ),
                ("epigraph", models.TextField(blank=True, help_text="A quotation to open with, in Markdown.")),
                ("epigraph_html", models.TextField(blank=True, editable=False)),
                ("teaser", models.TextField(blank=True, help_text="What lists show, in Markdown.")),
                ("teaser_html", models.TextField(blank=True, editable=False)),
                ("body", models.TextField(blank=True)),
                ("body_html", models.TextField(blank=True, editable=False)),
                (
                    "cover",
                    models.ImageField(
                        blank=True, height_field="cover_height", upload_to="reports/covers/", width_field="cover_width"
                    ),
                ),
                ("cover_width", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("cover_height", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                (
                    "cover_display_width",
                    models.PositiveIntegerField(
                        blank=True, help_text="Pixels on the page; empty: the full column.", null=True
                    ),
                ),
                ("cover_alt", models.CharField(blank=True, max_length=300, verbose_name="what the cover shows")),
                ("code_url", models.URLField(blank=True, max_length=500, verbose_name="companion code")),
                ("canonical_url", models.URLField(blank=True, max_length=500, verbose_name="home elsewhere")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "draft"), ("wip", "work in progress"), ("published", "published")],
                        db_index=True,
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "dated_on",
                    models.DateField(blank=True, help_text="The day on the report; empty when unknown.", null=True),
                ),
                (
                    "period_ends_on",
                    models.DateField(blank=True, help_text="When it covers a span of days, the last one.", null=True),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("import_key", models.CharField(blank=True, editable=False, max_length=400, null=True, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("topics", models.ManyToManyField(blank=True, related_name="reports", to="papers.topic")),
            ],
            options={
                "ordering": [models.OrderBy(models.F("dated_on"), descending=True, nulls_last=True), "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "number"),
                        name="one_report_per_number",
                        violation_error_message="This number is taken.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("series_title", ""), _negated=True),
                        fields=("series_title", "part"),
                        name="one_report_per_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number", None), _connector="OR"),
                        name="report_numbers_start_at_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_ends_on", None), ("period_ends_on__gte", models.F("dated_on")), _connector="OR"
                        ),
                        name="report_period_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="credits", to="papers.report"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="report_credits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("position", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "member"), name="member_writes_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), ("member__isnull", False), _connector="OR"
                        ),
                        name="report_author_has_a_name",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="authors",
            field=models.ManyToManyField(
                related_name="reports", through="papers.ReportAuthor", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="ReportRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="papers.report"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("teaser", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [models.UniqueConstraint(fields=("report", "version"), name="one_revision_per_version")],
            },
        ),
        migrations.CreateModel(
            name="ReportImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(editable=False, max_length=80, unique=True)),
                ("file", models.ImageField(height_field="height", upload_to="reports/images/", width_field="width")),
                ("width", models.PositiveIntegerField(editable=False)),
                ("height", models.PositiveIntegerField(editable=False)),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="images",
                        to="papers.report",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ["-uploaded_at"],
            },
        ),
        migrations.CreateModel(
            name="SavedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=1000, verbose_name="address")),
                ("title", models.CharField(blank=True, max_length=300)),
                ("why", models.TextField(blank=True, help_text="What others should know about it, in Markdown.")),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="saved_links",
                        to="papers.paper",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="saved_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "entry",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="saved_link",
                        to="papers.entry",
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entry", None)), fields=("saved_by", "url"), name="one_find_per_member"
                    )
                ],
            },
        ),
    ]
