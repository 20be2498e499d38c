"""Documents that organisers upload or paste: preview first, then import; the large ones in the worker."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from papers.documents.document import COUNTED, Shape
from papers.documents.source import DocumentRefused
from papers.references import SUFFIXES
from readinggroup.models import Member
from readinggroup.progress import ProgressTeller, forget_progress
from sessions.models import ImportJob
from sessions.services.importing import ImportRun
from sessions.services.importing_files import import_any_folder, import_file
from sessions.services.importing_folders import FolderRun
from sessions.services.unpacking import unpacked

#: What is larger, and every zip file, is read by a worker.
READ_AT_ONCE = 100_000
MAX_WARNINGS = 500
MAX_UPLOAD_MEGABYTES = 200


def start_import(
    *, name: str, content: UploadedFile | bytes, shape: str = "", requested_by: Member | None = None
) -> ImportJob:
    """Keep the file and have it read for a preview; a small document is read before this returns."""
    job = ImportJob(name=Path(name).name[:200] or "document.md", shape=shape, requested_by=requested_by)
    suffix = Path(job.name).suffix.lower()
    suffix = suffix if suffix in {".zip", *SUFFIXES} else ".md"
    data = ContentFile(content) if isinstance(content, bytes) else content
    job.file.save(f"document{suffix}", data, save=False)
    job.save()
    _go(job)
    return job


def save_import(job: ImportJob) -> None:
    """Bring in what was previewed; a second call does nothing."""
    if ImportJob.objects.filter(pk=job.pk, is_preview=True, status=ImportJob.Status.DONE).update(is_preview=False):
        job.is_preview = False
        job.restart()
        _go(job, is_enqueued=True)


def run_import(job: ImportJob) -> None:
    """Read the file of a claimed job, and write what it holds unless a preview is wanted. Raises LeaseLost."""
    forget_progress(job.progress_key)
    with TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder, f"upload{Path(str(job.file.name)).suffix}")
        try:
            with job.file.open("rb") as stored, path.open("wb") as copy:
                copy.writelines(stored.chunks())
        except FileNotFoundError:
            job.fail("gone", "The uploaded file is gone. Upload it again.")
            return
        try:
            with job.holding_lease():
                run = _read(path, job)
                ImportJob.objects.filter(pk=job.pk).update(report=as_report(run, job.name, MAX_WARNINGS))
                job.finish()
        except DocumentRefused as error:
            job.fail("refused", str(error))
    job.refresh_from_db()
    if job.is_imported:
        job.file.delete(save=True)


def as_report(run: ImportRun | FolderRun, name: str, most_warnings: int | None = None) -> dict[str, Any]:
    """The report of an import as plain data; lines count from 1, 0 stands for the whole document."""
    return {
        "document": name,
        "shape": run.shape,
        "title": run.title,
        "counts": {key: run.counts[key] for key in COUNTED},
        "added": dict(sorted((+run.added).items())),
        "changed": dict(sorted((+run.changed).items())),
        "unchanged": dict(sorted((+run.unchanged).items())),
        "dry_run": run.dry_run,
        "warnings": [{"line": w.line, "kept": w.kept, "reason": w.reason} for w in run.warnings[:most_warnings]],
    }


def _go(job: ImportJob, *, is_enqueued: bool = False) -> None:
    small = not str(job.file.name).endswith(".zip") and job.file.size <= READ_AT_ONCE
    if not small:
        if not is_enqueued:
            job.enqueue()
        return
    # A worker that is woken too finds the row taken or done.
    claimed = ImportJob.objects.claim(job.pk)
    if claimed:
        run_import(claimed)


def _read(path: Path, job: ImportJob) -> ImportRun | FolderRun:
    how: dict[str, Any] = {
        "imported_by": job.requested_by,
        "dry_run": job.is_preview,
        "shape": Shape(job.shape) if job.shape else None,
        "progress": ProgressTeller(job.progress_key),
    }
    if path.suffix == ".zip":
        with unpacked(path) as folder, transaction.atomic():
            return import_any_folder(folder, name=Path(job.name).stem, **how)
    return import_file(path.read_bytes(), name=job.name, **how)
