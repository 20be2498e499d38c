"""The one way from Markdown to safe HTML.

Every page that shows text written by a member calls `render_markdown`; the editor's preview calls it too, so preview
and page agree. The result is rendered once, when the text is saved, and stored beside its source.
"""

from readinggroup.markdown.limits import MAX_CHARACTERS, TextRefused
from readinggroup.markdown.questions import NotedQuestion, find_questions
from readinggroup.markdown.rendering import check_markdown, render_markdown
from readinggroup.markdown.summaries import Heading, reading_minutes, summarise, table_of_contents

__all__ = [
    "MAX_CHARACTERS",
    "Heading",
    "NotedQuestion",
    "TextRefused",
    "check_markdown",
    "find_questions",
    "reading_minutes",
    "render_markdown",
    "summarise",
    "table_of_contents",
]
