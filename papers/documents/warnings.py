from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentWarning:
    """Something the importer did not understand, or understood only in part.

    `line` counts from 1 in the file as it was given; `kept` is the text concerned; `reason` is a sentence for the
    person who imports.
    """

    line: int
    kept: str
    reason: str

    def __str__(self) -> str:
        place = f"line {self.line}: {self.reason}"
        return f"{place} ({shorten(self.kept)})" if self.kept else place


def shorten(text: str, limit: int = 80) -> str:
    """One line of at most `limit` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"
