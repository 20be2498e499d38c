from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest


def word_filter(parameter: str, title: str, **words: str) -> type[admin.SimpleListFilter]:
    """Return a filter whose choices are words of the QuerySet: `word_filter("is", "state", drafts="Drafts")`."""

    class WordFilter(admin.SimpleListFilter):
        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            return list(words.items())

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
            word = self.value()
            return getattr(queryset, word)() if word in words else queryset

    WordFilter.title = title
    WordFilter.parameter_name = parameter
    return WordFilter
