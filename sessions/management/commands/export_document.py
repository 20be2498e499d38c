import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError

from papers.models import ReadingList, Report
from papers.services.exporting import ExportedFile, export_list, export_report
from readinggroup.models import Member
from sessions.services.exporting import exported_files, pieces_of, zip_pieces


class Command(BaseCommand):
    help = "Write a list, a report or the whole archive as Markdown that import_document reads back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--list", metavar="SLUG", help="a reading list, by the last part of its address")
        what.add_argument("--report", metavar="SLUG", help="a report, by the last part of its address")
        what.add_argument("--archive", action="store_true", help="everything, with slides and pictures")
        parser.add_argument(
            "--output",
            type=Path,
            metavar="PATH",
            help="where to write: a file, or for the archive a new folder or a .zip file",
        )
        parser.add_argument(
            "--as", dest="member", default="", metavar="MEMBER", help="as this member sees it; else as everybody does"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        viewer = _find_viewer(options["member"])
        output: Path | None = options["output"]
        if options["archive"]:
            if output is None:
                raise CommandError("Say with --output where the archive goes: a new folder, or a file ending in .zip.")
            self.stdout.write(f"{_write_archive(output, viewer)} files in {output}")
            return
        text = _text(options["list"], options["report"], viewer)
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", errors="replace")
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error


def _text(list_slug: str | None, report_slug: str | None, viewer: Any) -> str:
    if list_slug is not None:
        kept = ReadingList.objects.visible_to(viewer).for_page().filter(slug=list_slug).first()
        if kept is None:
            raise CommandError(f"There is no list “{list_slug}”, or only for its keeper: name them with --as.")
        return export_list(kept)
    report = Report.objects.visible_to(viewer).with_authors().filter(slug=report_slug).first()
    if report is None:
        raise CommandError(f"There is no report “{report_slug}”, or only for its authors: name one with --as.")
    return export_report(report).text


def _write_archive(output: Path, viewer: Any) -> int:
    """Write beside the goal and move there when all is written, so that no half of an archive is taken for one."""
    if output.exists() and (output.suffix != ".zip" or output.is_dir()):
        raise CommandError(f"{output} is there already. Name a new folder.")
    try:
        with tempfile.TemporaryDirectory(dir=output.absolute().parent, prefix=".export-") as name:
            return (
                _write_zip(Path(name), output, viewer)
                if output.suffix == ".zip"
                else _write_folder(Path(name), output, viewer)
            )
    except OSError as error:
        raise CommandError(f"{output} cannot be written: {error.strerror}.") from error


def _write_folder(scratch: Path, output: Path, viewer: Any) -> int:
    files = _Counted(exported_files(viewer, with_slides=True))
    for file in files:
        path = scratch / "archive" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            for piece in pieces_of(file):
                target.write(piece)
    shutil.move(scratch / "archive", output)
    return files.count


def _write_zip(scratch: Path, output: Path, viewer: Any) -> int:
    files = _Counted(exported_files(viewer, with_slides=True))
    with (scratch / "archive.zip").open("wb") as target:
        for piece in zip_pieces(iter(files)):
            target.write(piece)
    shutil.move(scratch / "archive.zip", output)
    return files.count


class _Counted:
    """Files on their way, and how many went by."""

    def __init__(self, files: Iterator[ExportedFile]) -> None:
        self.files, self.count = files, 0

    def __iter__(self) -> Iterator[ExportedFile]:
        for file in self.files:
            self.count += 1
            yield file


def _find_viewer(email: str) -> Any:
    if not email:
        return AnonymousUser()
    member = Member.objects.active().filter(email__iexact=email).first()
    if member is None:
        raise CommandError(f"No active member signs in as {email}.")
    return member
