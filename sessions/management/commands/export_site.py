from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static

from readinggroup.static_site import FolderRefused
from readinggroup.static_site.visitor import ViewFailed
from sessions.services.exporting_site import ExportReport, export_site

MISSING_SHOWN = 10


class Command(BaseCommand):
    help = "Write the whole public archive as a site of files, which opens without a server and on any static host."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="New, empty, or an earlier export, which is replaced at the end.")
        parser.add_argument(
            "--url", default="", help="Where the files will be published; the feeds name it. Default: SITE_URL."
        )

    def handle(self, *args: Any, folder: Path, url: str, **options: Any) -> None:
        if url and urlsplit(url).scheme not in ("http", "https"):
            raise CommandError("--url wants a whole address, such as https://readers.example.org/archive.")
        self._check_static_files()
        try:
            report = export_site(folder, public_url=url)
        except (FolderRefused, ViewFailed) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError(f"Stopped. {folder} is as it was.") from error
        self._tell(folder, report)

    def _check_static_files(self) -> None:
        try:
            static("css/base.css")
        except ValueError as error:
            raise CommandError(
                "The style sheets are not collected yet: run `manage.py collectstatic` first."
            ) from error

    def _tell(self, folder: Path, report: ExportReport) -> None:
        for kind, number in sorted(report.counts.items()):
            self.stdout.write(f"{number:>7,} {kind}")
        self.stdout.write(f"{filesizeformat(report.size)} in {folder}. Open {folder / 'index.html'}.")
        for page, link in report.missing[:MISSING_SHOWN]:
            self.stderr.write(f"{page}: {link} is not there and was left out.")
        if len(report.missing) > MISSING_SHOWN:
            self.stderr.write(f"{len(report.missing) - MISSING_SHOWN} more files are not there and were left out.")
