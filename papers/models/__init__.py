from .document import ImportDigest, ImportedDocument
from .duplicate import PaperMerge, PossibleDuplicate
from .link_check import LinkCheck
from .metadata_fetch import MetadataFetch
from .notice import PaperNotice
from .paper import Author, Identifier, Link, Paper, PaperAuthor, Topic
from .paper_cover import PaperCover
from .reading_list import Entry, EntryLink, ReadingList, Section
from .reading_status import ReadingStatus
from .report import Report, ReportAuthor, ReportImage, ReportRevision
from .saved_link import SavedLink

__all__ = [
    "Author",
    "Entry",
    "EntryLink",
    "Identifier",
    "ImportDigest",
    "ImportedDocument",
    "Link",
    "LinkCheck",
    "MetadataFetch",
    "Paper",
    "PaperAuthor",
    "PaperCover",
    "PaperMerge",
    "PaperNotice",
    "PossibleDuplicate",
    "ReadingList",
    "ReadingStatus",
    "Report",
    "ReportAuthor",
    "ReportImage",
    "ReportRevision",
    "SavedLink",
    "Section",
    "Topic",
]
