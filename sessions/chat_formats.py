"""One message in the words of each chat: plain text and an address, whatever titles hold.

Nobody is mentioned and nothing is formatted by what members typed into a title.
"""

import re
from typing import Any

from sessions.calendars.words import one_line
from sessions.models import Webhook

MOST_LETTERS = 1500
#: What Markdown reads as more than a letter, in Mattermost and Discord.
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:=])")
_INVISIBLE = "\N{WORD JOINER}"


def payload_of(chat_format: str, text: str, url: str) -> dict[str, Any]:
    """What is posted as JSON to a chat of this format."""
    words = one_line(text)[:MOST_LETTERS]
    return FORMATS[Webhook.Format(chat_format)](words, url)


def _slack(words: str, url: str) -> dict[str, Any]:
    # The three letters that Slack wants escaped; without them there is no <!channel> and no link.
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": f"{escaped}\n{url}".strip(), "mrkdwn": False, "link_names": False, "unfurl_links": False}


def _mattermost(words: str, url: str) -> dict[str, Any]:
    return {"text": f"{_plain(words)}\n{url}".strip()}


def _discord(words: str, url: str) -> dict[str, Any]:
    return {"content": f"{_plain(words)}\n{url}".strip(), "allowed_mentions": {"parse": []}}


def _plain(words: str) -> str:
    """Escaped Markdown in which @all is no mention."""
    return _MARKS.sub(r"\\\1", words).replace("@", f"@{_INVISIBLE}")


FORMATS = {Webhook.Format.SLACK: _slack, Webhook.Format.MATTERMOST: _mattermost, Webhook.Format.DISCORD: _discord}
