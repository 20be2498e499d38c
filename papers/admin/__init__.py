from . import documents, papers, reading_lists, reports

__all__ = ["documents", "papers", "reading_lists", "reports"]
