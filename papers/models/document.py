from django.conf import settings
from django.db import models
from django.utils import timezone


class ImportedDocument(models.Model):
    """A Markdown document that was brought in, as it was: its source, and what belongs to no single row made from it.

    `outline` holds the sections (name, anchor, aliases, introduction) and epigraphs (quote, attribution, section) in
    their order. Rows made from the document name it in their `import_key`, as "<key>#<entry>".
    """

    key = models.CharField(max_length=200, unique=True)
    shape = models.CharField(max_length=40)
    title = models.CharField(max_length=300, blank=True)
    source = models.TextField(blank=True)
    introduction = models.TextField(blank=True)
    introduction_html = models.TextField(blank=True, editable=False)
    outline = models.JSONField(default=dict, blank=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    imported_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-imported_at"]

    def __str__(self) -> str:
        return self.title or self.key


class ImportDigest(models.Model):
    """What the last import of a document wrote for one of its entries, as {field: digest}, so that the next can tell

    the document's changes from people's.
    """

    document = models.ForeignKey(ImportedDocument, models.CASCADE, related_name="digests")
    key = models.CharField(max_length=400)
    fields = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="one_digest_for_each_entry")]

    def __str__(self) -> str:
        return self.key
