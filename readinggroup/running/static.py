"""Collecting static files only when something has changed."""

import hashlib
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from readinggroup.building import only_builder

STAMP = ".collected-from"


def collect_static() -> bool:
    """Collect, hash and compress the static files; return False when those in STATIC_ROOT are up to date."""
    stamp = settings.STATIC_ROOT / STAMP
    origin = _origin()
    with only_builder(settings.STATIC_ROOT):
        if stamp.exists() and stamp.read_text() == origin:
            return False
        # Taken away first: an interrupted run is done again.
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(origin)
    return True


def _origin() -> str:
    """What the result depends on: our files, and the packages that bring some."""
    seen = hashlib.sha256()
    for name in sorted(f"{package.name} {package.version}" for package in distributions()):
        seen.update(name.encode())
    for entry in settings.STATICFILES_DIRS:
        folder = Path(str(entry[1] if isinstance(entry, tuple) else entry))
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                seen.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return seen.hexdigest()
