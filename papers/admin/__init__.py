from . import documents, duplicates, papers, reading_lists, reports

__all__ = ["documents", "duplicates", "papers", "reading_lists", "reports"]
