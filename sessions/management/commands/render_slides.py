import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sessions.slides.errors import RendererCrashed, SlideRenderError
from sessions.slides.renderer import Limits, render_deck


class Command(BaseCommand):
    help = "Draw the pages of a PDF into a folder, outside the database, and print a JSON report."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--out", type=Path, required=True, help="Folder for the images; made when missing.")
        parser.add_argument("--processes", type=int, help="How many draw at once; default: one per processor.")

    def handle(self, *args: Any, file: Path, out: Path, processes: int | None, **options: Any) -> None:
        """Print `pages`, `seconds`, `bytes`, `peak_memory_bytes` and `processes`, or `error` and `message`."""
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        out.mkdir(parents=True, exist_ok=True)
        limits = Limits(max_pages=settings.SLIDES_MAX_PAGES, **({"processes": processes} if processes else {}))
        began = time.perf_counter()
        try:
            deck = render_deck(file.resolve(), out.resolve(), limits=limits)
        except SlideRenderError as error:
            self._report(error=error.code, message=error.message, seconds=_since(began))
            raise SystemExit(1) from error
        except RendererCrashed as error:
            self._report(error="crashed", message=f"Try again: {error}.", seconds=_since(began))
            raise SystemExit(1) from error
        self._report(
            pages=deck.pages,
            seconds=_since(began),
            bytes=sum(path.stat().st_size for slide in deck.slides for path in (slide.image, slide.thumbnail)),
            peak_memory_bytes=deck.peak_memory_bytes,
            processes=limits.processes,
        )

    def _report(self, **facts: object) -> None:
        self.stdout.write(json.dumps(facts))


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 3)
