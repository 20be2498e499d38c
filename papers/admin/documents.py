from django.contrib import admin
from django.http import HttpRequest

from papers.models import ImportedDocument
from readinggroup.workbench import WorkbenchAdmin


@admin.register(ImportedDocument)
class ImportedDocumentAdmin(WorkbenchAdmin):
    """What was brought in, to look at; documents arrive by `import_document` only."""

    list_display = ["__str__", "shape", "key", "imported_by", "imported_at"]
    list_filter = ["shape"]
    list_select_related = ["imported_by"]
    search_fields = ["title", "key", "source"]
    fields = ("title", "shape", "key", "introduction", "outline", "source", "imported_by", "imported_at")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
