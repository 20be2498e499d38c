from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from papers.services.importing import ImportRun
from readinggroup.models import Member
from sessions.services.importing import UnknownShape, import_document

MAX_DOCUMENT_BYTES = 5 * 1024 * 1024


class Command(BaseCommand):
    help = "Import a Markdown document, such as a reading group's README, and say what it held. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="the document; files that it names relatively are looked for beside it"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and write nothing")
        parser.add_argument("--as", dest="member", default="", metavar="EMAIL", help="the member who wrote the reports")
        parser.add_argument(
            "--base-url", default="", help="the document's address on the web, to complete relative links"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            run = import_document(
                _read(path),
                name=path.name,
                folder=path.parent,
                base_url=options["base_url"],
                imported_by=_find_member(options["member"]),
                dry_run=options["dry_run"],
            )
        except UnknownShape as error:
            raise CommandError(f"{path}: {error}") from error
        self.stdout.write(summarise(run, path.name))


def summarise(run: ImportRun, name: str) -> str:
    """What an import did, for a person at a terminal."""
    lines = [f"{name}: reading-group archive “{run.title}”"]
    if run.dry_run:
        lines[0] += " (dry run: nothing was written)"
    kinds = sorted({*run.added, *run.unchanged}, key=_rank)
    lines += [f"  {kind}s: {run.added[kind]} added, {run.unchanged[kind]} unchanged" for kind in kinds]
    lines.append(f"{len(run.warnings)} warnings" if run.warnings else "No warnings")
    lines += [f"  {warning}" for warning in run.warnings]
    return "\n".join(lines)


def _rank(kind: str) -> tuple[int, str]:
    order = [
        "presentation",
        "paper report",
        "book report",
        "recent paper",
        "article",
        "paper",
        "slide deck",
        "recording",
    ]
    return (order.index(kind) if kind in order else len(order), kind)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_DOCUMENT_BYTES:
            raise CommandError(f"{path} is larger than {MAX_DOCUMENT_BYTES // 1024 // 1024} MB.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not UTF-8 text: {error.reason} at byte {error.start}.") from error


def _find_member(email: str) -> Member | None:
    if not email:
        return None
    member = Member.objects.active().filter(email__iexact=email).first()
    if member is None:
        raise CommandError(f"No active member signs in as {email}.")
    return member
