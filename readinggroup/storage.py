"""The store of files: names made of contents, and what it holds beside what the rows name."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.db import models
from django.utils import timezone

#: A file is stored before its row is committed; a younger one may be about to be named.
GRACE = timedelta(hours=1)


def digest_of(file: File) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def store_by_content(file: File, *, folder: str, extension: str, digest: str = "") -> str:
    """Keep a file in `folder` under the digest of its content (computed when not given) and return its name.

    A file that is there already is the same one: work done twice, after a crash, leaves one file.
    """
    digest = digest or digest_of(file)
    name = f"{folder}/{digest[:2]}/{digest}.{extension}"
    if default_storage.exists(name):
        return name
    file.seek(0)
    return default_storage.save(name, File(file))


@dataclass
class StorageReport:
    """`missing` are files that rows name and the store lacks, by row; `orphaned` are files that no row names."""

    named: int = 0
    missing: dict[str, list[str]] = field(default_factory=dict)
    orphaned: list[str] = field(default_factory=list)
    young: int = 0


def check_storage(at: datetime | None = None) -> StorageReport:
    """Compare the rows' file fields with the store, disk or bucket; nothing is changed."""
    before = (at or timezone.now()) - GRACE
    named = _named_files()
    report = StorageReport(named=len(named))
    stored = set(_stored_files(default_storage))
    for name in sorted(set(named) - stored):
        report.missing[name] = named[name]
    for name in sorted(stored - set(named)):
        if default_storage.get_modified_time(name) > before:
            report.young += 1
        else:
            report.orphaned.append(name)
    return report


def _named_files() -> dict[str, list[str]]:
    """Every file that a row names, with the rows that name it."""
    named: dict[str, list[str]] = {}
    for model in apps.get_models():
        for column in model._meta.local_fields:
            if isinstance(column, models.FileField) and column.storage is default_storage:
                rows = model._default_manager.exclude(**{column.name: ""}).values_list("pk", column.name)
                for pk, name in rows.iterator():
                    if name:
                        named.setdefault(name, []).append(f"{model._meta.label} {pk}")
    return named


def _stored_files(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        if name:
            yield f"{folder}/{name}" if folder else name
    for inner in folders:
        if inner:
            yield from _stored_files(storage, f"{folder}/{inner}" if folder else inner)
