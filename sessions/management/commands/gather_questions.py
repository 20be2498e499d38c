from typing import Any

from django.core.management.base import BaseCommand

from sessions.services.harvesting import harvest_everything


class Command(BaseCommand):
    help = "Find the questions noted in everything that was ever written. Safe to repeat: a line becomes one question."

    def handle(self, *args: Any, **options: Any) -> None:
        count = harvest_everything()
        self.stdout.write(f"{count} question{'' if count == 1 else 's'} of the ledger stood in texts.")
