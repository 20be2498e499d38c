from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from readinggroup.fonts import build_fonts


class Command(BaseCommand):
    help = "Cut the site's fonts from their packages into FONTS_ROOT; quick when they are there already."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        built = build_fonts(settings.FONTS_ROOT)
        self.stdout.write(f"Fonts {'written to' if built else 'are ready in'} {settings.FONTS_ROOT}")
