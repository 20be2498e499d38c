import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from papers.documents.document import COUNTED, TEXT_SHAPES, Shape
from papers.documents.source import DocumentRefused
from papers.references import is_reference_file
from papers.references.reading import MAX_BYTES
from papers.services.importing import ImportRun
from papers.services.importing_references import import_references
from readinggroup.models import Member
from sessions.services.import_jobs import as_report
from sessions.services.importing_files import import_any_folder, import_file
from sessions.services.importing_folders import FolderRun
from sessions.services.unpacking import unpacked

Run = ImportRun | FolderRun


class Command(BaseCommand):
    help = (
        "Import Markdown or references (BibTeX, RIS, CSL-JSON): a file, a folder, or a zip file of one, and say what "
        "it held. Safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            type=Path,
            nargs="+",
            metavar="PATH",
            help="a Markdown file (files that it names relatively are looked for beside it), a file of references, a "
            "folder or a zip file; several files of references become one list, each a section named after its file",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and write nothing")
        parser.add_argument(
            "--as", dest="member", default="", metavar="MEMBER", help="e-mail of the member who wrote it"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help="how to report")
        parser.add_argument(
            "--shape",
            type=_shape,
            metavar="SHAPE",
            help="read it as one of: " + ", ".join(TEXT_SHAPES) + " (one word of the name is enough)",
        )
        parser.add_argument(
            "--base-url", default="", help="the document's address on the web, to complete relative links"
        )

        parser.add_argument("--papers-only", action="store_true", help="of references make papers and no reading list")
        parser.add_argument("--title", default="", help="what the list made of references is called")

    def handle(self, *args: Any, **options: Any) -> None:
        member = _find_member(options["member"])
        how = {
            "imported_by": member,
            "dry_run": options["dry_run"],
            "shape": Shape.PAPERS if options["papers_only"] else options["shape"],
            "title": options["title"],
        }
        runs = _import_all(options["paths"], how, options["base_url"])
        if options["format"] == "json":
            reports = [as_report(run, name) for name, run in runs]
            whole = reports[0] if len(reports) == 1 else _together(reports)
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(summarise(run, name) for name, run in runs))


def _shape(text: str) -> Shape:
    """The shape with this name, or the only one in whose name the words occur."""
    words = text.lower().replace("-", " ").replace("_", " ").strip()
    named = [shape for shape in TEXT_SHAPES if words == shape] or [
        shape for shape in TEXT_SHAPES if words and words in shape
    ]
    if len(named) != 1:
        raise ArgumentTypeError(f"“{text}” is no shape; choose one of: {', '.join(TEXT_SHAPES)}.")
    return named[0]


def _import_all(paths: list[Path], how: dict[str, Any], base_url: str) -> list[tuple[str, Run]]:
    """Each path by itself; but of several files of references, which are a library's collections, one list."""
    runs: list[tuple[str, Run]] = []
    collections = [path for path in paths if _holds_references(path)]
    if len(collections) < 2:
        collections = []
    for path in paths:
        try:
            if path not in collections:
                runs.append((path.name or str(path), _import(path, how, base_url)))
            elif path == collections[0]:
                runs.append(_import_collections(collections, how))
        except DocumentRefused as error:
            raise CommandError(f"{path}: {error}") from error
    return runs


def _holds_references(path: Path) -> bool:
    try:
        return path.is_file() and is_reference_file(path.name, path.open("rb").read(20_000))
    except OSError:
        return False


def _import_collections(paths: list[Path], how: dict[str, Any]) -> tuple[str, Run]:
    title = how["title"] or paths[0].resolve().parent.name
    run = import_references(
        [(path.name, _read(path)) for path in paths],
        title=title,
        papers_only=how["shape"] == Shape.PAPERS,
        imported_by=how["imported_by"],
        dry_run=how["dry_run"],
    )
    return title, run


def _import(path: Path, how: dict[str, Any], base_url: str) -> Run:
    if path.is_dir():
        return import_any_folder(path.resolve(), base_url=base_url, **how)
    if path.suffix.lower() == ".zip":
        if not path.is_file():
            raise CommandError(f"{path} cannot be read: No such file or directory.")
        with unpacked(path) as folder:
            return import_any_folder(folder, name=path.stem, base_url=base_url, **how)
    return import_file(_read(path), name=path.name, folder=path.parent, base_url=base_url, **how)


def _together(reports: list[dict[str, Any]]) -> dict[str, Any]:
    """One object for several documents, whose own reports stand in `documents`."""
    first = reports[0]
    return {
        "shape": first["shape"],
        "title": first["title"],
        "counts": {key: sum(report["counts"][key] for report in reports) for key in COUNTED},
        "dry_run": first["dry_run"],
        "warnings": [
            {**warning, "document": report["document"]} for report in reports for warning in report["warnings"]
        ],
        "documents": reports,
    }


def summarise(run: Run, name: str) -> str:
    """What an import did, for a person at a terminal."""
    lines = [f"{name}: {run.shape} “{run.title}”"]
    if run.dry_run:
        lines[0] += " (dry run: nothing was written)"
    held = [f"{run.counts[key]} {key}" for key in COUNTED if run.counts[key]]
    lines += ["  holds " + ", ".join(held)] if held else []
    for kind in sorted({*run.added, *run.changed, *run.unchanged}, key=_rank):
        changed = f"{run.changed[kind]} changed, " if run.changed[kind] else ""
        lines.append(f"  {_plural(kind)}: {run.added[kind]} added, {changed}{run.unchanged[kind]} unchanged")
    count = len(run.warnings)
    lines.append(f"{count} warning{'' if count == 1 else 's'}" if count else "No warnings")
    lines += [f"  {warning}" for warning in run.warnings]
    return "\n".join(lines)


def _plural(kind: str) -> str:
    return "entries" if kind == "entry" else f"{kind}s"


def _rank(kind: str) -> tuple[int, str]:
    order = [
        "presentation",
        "session",
        "paper report",
        "book report",
        "recent paper",
        "article",
        "list",
        "section",
        "entry",
        "paper",
        "slide deck",
        "recording",
    ]
    return (order.index(kind) if kind in order else len(order), kind)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(f"{path} is larger than {MAX_BYTES // 1024 // 1024} MB.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _find_member(email: str) -> Member | None:
    if not email:
        return None
    member = Member.objects.active().filter(email__iexact=email).first()
    if member is None:
        raise CommandError(f"No active member signs in as {email}.")
    return member
