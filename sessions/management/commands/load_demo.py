from typing import Any

from django.core.management.base import BaseCommand

from sessions.demo.loading import load_demo


class Command(BaseCommand):
    help = "Load the demo content. Safe to repeat: a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if load_demo():
            self.stdout.write("The demo is loaded. A worker draws its slides in the background.")
        else:
            self.stdout.write("The demo was loaded before; nothing was changed.")
