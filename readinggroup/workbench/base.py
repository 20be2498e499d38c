from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects, quote
from django.db import models, router
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from readinggroup.markdown import render_markdown
from readinggroup.texts import notice_text
from readinggroup.workbench.autocompletes import KnowingAutocompleteSelect, KnowingForm

#: Of the rows that stand in the way of a deletion, so many are named.
PROTECTED_SHOWN = 10


class KnowsItsRows:
    """Autocompletes that need no query for a row that is there already."""

    admin_site: admin.AdminSite

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = KnowingAutocompleteSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class WorkbenchAdmin(KnowsItsRows, admin.ModelAdmin):
    """A page whose number of queries does not depend on the number of rows."""

    list_per_page = 50
    show_full_result_count = False
    #: Markdown fields and the fields of their HTML.
    markdown_fields: ClassVar[dict[str, str]] = {}
    list_prefetch_related: ClassVar[tuple[Any, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).prefetch_related(*self.list_prefetch_related)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        for source, target in self.markdown_fields.items():
            if source in form.changed_data:
                setattr(obj, target, render_markdown(getattr(obj, source)))
        super().save_model(request, obj, form, change)
        notice_text(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name what was chosen and count what goes with it: Django names every row, with queries for each."""
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        found: dict[Any, Any] = collector.model_objs
        counts = {model._meta: len(rows) for model, rows in found.items()}
        lacking = {
            meta.verbose_name
            for meta in counts
            if meta.model in self.admin_site._registry
            and not self.admin_site._registry[meta.model].has_delete_permission(request)
        }
        named: list[Any] = [self._named(obj) for obj in objs]
        chosen = self.model._meta
        named += [f"{count} {meta.verbose_name_plural}" for meta, count in counts.items() if meta is not chosen]
        protected = [str(row) for row in list(collector.protected)[:PROTECTED_SHOWN]]
        return named, {meta.verbose_name_plural: count for meta, count in counts.items()}, lacking, protected

    def _named(self, obj: models.Model) -> str:
        meta = obj._meta
        address = reverse(f"{self.admin_site.name}:{meta.app_label}_{meta.model_name}_change", args=[quote(obj.pk)])
        return format_html('{}: <a href="{}">{}</a>', capfirst(str(meta.verbose_name)), address, obj)


class RelatedInline(KnowsItsRows):
    """Lines of an inline, with the rows they name fetched at once."""

    form: type[Any] = KnowingForm
    extra = 0
    related: ClassVar[Iterable[str]] = ()
    prefetched: ClassVar[Iterable[str]] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)  # type: ignore[misc]
        return rows.select_related(*self.related).prefetch_related(*self.prefetched) if self.related else rows


class WorkbenchInline(RelatedInline, admin.StackedInline):
    pass


class WorkbenchTabularInline(RelatedInline, admin.TabularInline):
    pass
