from typing import Any

from django.core.management.base import BaseCommand

from readinggroup.search import rebuild, registered_kinds


class Command(BaseCommand):
    help = "Make the search index anew. Safe at any time: searches see the old index until the new one is whole."

    def handle(self, *args: Any, **options: Any) -> None:
        labels = registered_kinds()
        for kind, count in rebuild().items():
            self.stdout.write(f"{labels[kind]}: {count}")
