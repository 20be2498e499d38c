"""What the last import of a document wrote, as digests of fields: looked up when it is asked for, some at a time."""

from collections.abc import Iterable, Mapping

from papers.models import ImportDigest, ImportedDocument

Digests = dict[str, str]
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

    def __setitem__(self, key: str, digests: Digests) -> None:
        self._known[key] = digests

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

    def settle(self, written: Mapping[str, Digests]) -> None:
        """Keep what this import wrote, for the next one, and forget what was looked up."""
        self.recall(key for key in written if key not in self._known)
        changed = {key: fields for key, fields in written.items() if self.get(key) != fields}
        rows = (ImportDigest(document=self.document, key=key, fields=fields) for key, fields in changed.items())
        ImportDigest.objects.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["document", "key"], update_fields=["fields"]
        )
        self._known.clear()
        self._is_empty = self._is_empty and not changed
