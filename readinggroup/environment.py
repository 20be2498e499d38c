"""What settings.py needs to know about the machine before Django is there."""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def forget_empty_variables() -> None:
    """Treat a variable that is set to nothing, as compose files and copies of .env.example do, as not set."""
    for name in [name for name, value in os.environ.items() if not value]:
        del os.environ[name]


def secret_key_from_file(named: str, data_dir: Path) -> str:
    """Return the secret key kept in the file `named`, or in the data folder's own `secret-key`, made on first use.

    Raises OSError when the named file cannot be read, and ends with a sentence when the data folder cannot be written.
    """
    if named:
        return Path(named).read_text().strip()
    path = data_dir / "secret-key"
    with told_plainly(data_dir):
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(50))
        return path.read_text().strip()


def make_data_dir(data_dir: Path) -> Path:
    """Return the data folder, made if it is missing; end with a sentence when that cannot be."""
    with told_plainly(data_dir):
        data_dir.mkdir(parents=True, exist_ok=True)
    return data_dir


@contextmanager
def told_plainly(data_dir: Path) -> Iterator[None]:
    """End the program with one sentence, not a trace, when the data folder cannot be used."""
    try:
        yield
    except OSError as error:
        raise SystemExit(
            f"The folder {data_dir} cannot be written ({error.strerror}). "
            "Make it writable, or name another one in DATA_DIR."
        ) from error


def _write_once(path: Path, text: str) -> None:
    """Several processes may start at once: the first one's file stays, whole."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)


def embedded_broker_socket(data_dir: Path) -> Path:
    """Return where the embedded broker listens: a short path, since a unix socket's may not exceed 107 bytes."""
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return base / f"readinggroup-{os.getuid()}-{digest}" / "broker.sock"


def embedded_broker_urls(data_dir: Path) -> tuple[str, str]:
    """Return the addresses of the embedded broker and, in its second database, of the cache."""
    socket = embedded_broker_socket(data_dir)
    return f"redis+socket://{socket}", f"unix://{socket}?db=1"
