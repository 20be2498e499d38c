"""When two titles are the same title: whatever the capitals, accents, dashes and blanks."""

import re
import unicodedata

MAX_KEY = 200
#: Shorter ones, such as "Introduction", are the titles of many works.
TELLING = 16

_NO_LETTERS = re.compile(r"[\W_]+")


def title_key(title: str) -> str:
    """The same for all spellings of one title; "" for what holds no letter."""
    apart = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    return _NO_LETTERS.sub("", plain)[:MAX_KEY]
