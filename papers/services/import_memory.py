"""What the last import of a document wrote, as digests of fields: looked up when it is asked for, some at a time."""

from collections.abc import Iterable, Mapping

from papers.models import ImportDigest, ImportedDocument
from readinggroup.many_rows import insert_rows

Digests = dict[str, str]
COLUMNS = ("document_id", "key", "fields")
BATCH = 500


class ImportMemory:
    """The digests by entry, as a mapping of what is known of each; of a document that is new nothing is."""

    def __init__(self, document: ImportedDocument | None = None) -> None:
        self.document = document
        self._known: dict[str, Digests | None] = {}
        self._is_empty = document is None or not ImportDigest.objects.filter(document=document).exists()

    def __bool__(self) -> bool:
        return not self._is_empty

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> Digests | None:
        if key not in self._known:
            self.recall([key])
        return self._known.get(key)

    def recall(self, keys: Iterable[str]) -> None:
        """Look up many entries at once."""
        wanted = list(keys)
        if self._is_empty:
            return
        self._known |= dict.fromkeys(wanted)
        for start in range(0, len(wanted), BATCH):
            rows = ImportDigest.objects.filter(document=self.document, key__in=wanted[start : start + BATCH])
            self._known |= dict(rows.values_list("key", "fields"))

    def move(self, old: str, new: str) -> None:
        """Remember under another key what was written for an entry."""
        rows = ImportDigest.objects.filter(document=self.document)
        rows.filter(key=new).delete()
        rows.filter(key=old).update(key=new)
        for key in (old, new):
            self._known.pop(key, None)

    def settle(self, written: Mapping[str, Digests]) -> None:
        """Keep what this import wrote, for the next one, and forget what was looked up."""
        self.recall(key for key in written if key not in self._known)
        if self.document is None:
            return
        new = {key: fields for key, fields in written.items() if self.get(key) is None}
        insert_rows(ImportDigest, COLUMNS, ((self.document.pk, key, fields) for key, fields in new.items()))
        for key in written.keys() - new.keys():
            if self.get(key) != written[key]:
                ImportDigest.objects.update_or_create(
                    document=self.document, key=key, defaults={"fields": written[key]}
                )
        self._known.clear()
        self._is_empty = self._is_empty and not new
