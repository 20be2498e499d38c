"""What every admin page of this site is made of; the pages themselves are in each app's `admin`."""

from .badges import badge, job_badge
from .base import WorkbenchAdmin, WorkbenchInline, WorkbenchTabularInline
from .filters import word_filter
from .ordering import OrderedInline

__all__ = [
    "OrderedInline",
    "WorkbenchAdmin",
    "WorkbenchInline",
    "WorkbenchTabularInline",
    "badge",
    "job_badge",
    "word_filter",
]
