"""Days hidden in file names."""

import re
from datetime import date

_DAY_FIRST = re.compile(r"(?:^|/)(\d{1,2})[_.-](\d{1,2})[_.-](\d{4}|\d{2})(?!\d)[^/]*$")
_YEAR_FIRST = re.compile(r"(?:^|/)(\d{4})[_.-](\d{1,2})[_.-](\d{1,2})(?!\d)[^/]*$")


def date_in_file_name(name: str) -> date | None:
    """The day a file name starts with: `20_10_24.md` (day first) or `2024-10-20-title.md`; None if there is none.

    Raises ValueError when the name is built like a date but names no day of the calendar.
    """
    name = name.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0]
    if match := _YEAR_FIRST.search(name):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.search(name):
        day, month, year = (int(part) for part in match.groups())
        year += 2000 if year < 100 else 0
    else:
        return None
    return date(year, month, day)
