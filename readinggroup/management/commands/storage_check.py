from argparse import ArgumentParser
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from readinggroup.storage import check_storage


class Command(BaseCommand):
    help = "Find files that rows name and the store lacks, and files that no row names. Ends with 1 when some miss."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--delete-orphans", action="store_true", help="Delete files that no row names and that are an hour old."
        )

    def handle(self, *args: Any, delete_orphans: bool, **options: Any) -> None:
        """Print the findings, one line each, and a summary."""
        report = check_storage()
        for name, rows in report.missing.items():
            self.stdout.write(f"missing   {name}  (named by {', '.join(rows[:5])})")
        for name in report.orphaned:
            if delete_orphans:
                default_storage.delete(name)
            self.stdout.write(f"{'deleted ' if delete_orphans else 'orphaned'}  {name}")
        young = f", {report.young} too young to judge" if report.young else ""
        self.stdout.write(
            f"{report.named} files named, {len(report.missing)} missing, {len(report.orphaned)} orphaned{young}."
        )
        if report.missing:
            raise SystemExit(1)
