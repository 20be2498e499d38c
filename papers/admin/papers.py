from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect

from papers.models import Author, Identifier, Link, Paper, PaperAuthor, PaperNotice, Topic
from papers.services.papers import fetch_metadata_again
from readinggroup.workbench import OrderedInline, WorkbenchAdmin, WorkbenchTabularInline, job_badge, word_filter

#: A form with more lines than this would pass Django's limit on form fields.
MOST_AUTHORS = 150


@admin.register(Topic)
class TopicAdmin(WorkbenchAdmin):
    list_display = ["name", "paper_count"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(used=Count("papers"))

    @admin.display(description="papers", ordering="used")
    def paper_count(self, topic: Any) -> int:
        return topic.used


@admin.register(Author)
class AuthorAdmin(WorkbenchAdmin):
    list_display = ["name", "orcid", "paper_count"]
    ordering = ["name", "pk"]
    search_fields = ["name", "orcid"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(written=Count("credits"))

    @admin.display(description="papers", ordering="written")
    def paper_count(self, author: Any) -> int:
        return author.written


class PaperAuthorInline(OrderedInline):
    model = PaperAuthor
    fields = ["position", "author"]
    autocomplete_fields = ["author"]
    related = ["author"]
    verbose_name_plural = "authors, in order"


class IdentifierInline(WorkbenchTabularInline):
    model = Identifier


class LinkInline(WorkbenchTabularInline):
    model = Link


@admin.register(PaperNotice)
class PaperNoticeAdmin(WorkbenchAdmin):
    list_display = ["paper", "kind", "detail", "source", "noticed_at"]
    list_filter = ["kind", "source"]
    list_select_related = ["paper"]
    search_fields = ["paper__title", "detail", "url"]
    autocomplete_fields = ["paper"]


@admin.register(Paper)
class PaperAdmin(WorkbenchAdmin):
    markdown_fields = {"abstract": "abstract_html"}
    list_display = ["display_title", "first_authors", "date_text", "venue", "metadata", "last_checked", "created_at"]
    list_display_links = ["display_title"]
    list_filter = [
        word_filter("are", "state", awaiting_metadata="Awaiting metadata", presented="Presented"),
        "metadata_fetch__status",
        ("metadata_fetch__error_code", admin.AllValuesFieldListFilter),
        "kind",
    ]
    list_select_related = ["metadata_fetch"]
    list_prefetch_related = ("identifiers",)
    search_fields = ["title", "authors__name", "identifiers__value", "venue"]
    search_help_text = "Title, author, venue, arXiv id, DOI or address"
    date_hierarchy = "created_at"
    autocomplete_fields = ["topics", "added_by"]
    readonly_fields = ["metadata", "created_at"]
    inlines = [PaperAuthorInline, IdentifierInline, LinkInline]
    actions = ["fetch_again", "compare_two"]

    def get_queryset(self, request: HttpRequest) -> Any:
        papers: Any = super().get_queryset(request)
        return papers.with_authors()

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        inlines = list(super().get_inlines(request, obj))
        if obj is not None and obj.credits.count() > MOST_AUTHORS:
            inlines.remove(PaperAuthorInline)
        return inlines

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What a person corrects, no fetch overwrites."""
        obj.edited_fields = sorted({*obj.edited_fields, *form.changed_data} & CORRECTABLE)
        super().save_model(request, obj, form, change)

    @admin.display(description="title", ordering="title")
    def display_title(self, paper: Paper) -> str:
        return paper.display_title

    @admin.display(description="authors")
    def first_authors(self, paper: Paper) -> str:
        names = paper.author_names
        return ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")

    @admin.display(description="published", ordering="published_on")
    def date_text(self, paper: Paper) -> str:
        return paper.date_text

    @admin.display(description="metadata", ordering="metadata_fetch__status")
    def metadata(self, paper: Paper) -> str:
        return job_badge(getattr(paper, "metadata_fetch", None))

    @admin.display(description="last checked", ordering="metadata_fetch__finished_at")
    def last_checked(self, paper: Paper) -> Any:
        job = getattr(paper, "metadata_fetch", None)
        return job.finished_at if job else None

    @admin.action(description="Fetch metadata again", permissions=["change"])
    def fetch_again(self, request: HttpRequest, papers: QuerySet[Paper]) -> None:
        count = 0
        for paper in papers:
            fetch_metadata_again(paper)
            count += 1
        text = f"Asking the sources about {count} paper{'' if count == 1 else 's'} again; the list shows the answers."
        self.message_user(request, text, messages.SUCCESS)

    @admin.action(description="Compare two, to merge them", permissions=["change"])
    def compare_two(self, request: HttpRequest, papers: QuerySet[Paper]) -> Any:
        chosen = list(papers.order_by("pk").values_list("pk", flat=True)[:3])
        if len(chosen) == 2:
            return redirect("papers:duplicate_compare", *chosen)
        self.message_user(request, "Choose two papers to compare.", messages.WARNING)
        return None


CORRECTABLE = {"title", "abstract", "published_on", "published_precision", "venue", "language", "kind"}
