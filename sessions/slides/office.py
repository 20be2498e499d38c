"""PowerPoint and OpenDocument presentations become PDFs, where LibreOffice is installed."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from sessions.slides.errors import RendererCrashed, error_for

SECONDS = 120
MEMORY_BYTES = 4 << 30
FILE_BYTES = 400 * 1000 * 1000
#: Limits itself, then becomes the office program: a function between fork and exec could deadlock in a threaded worker.
LIMITED = (
    "import os, resource, sys\n"
    f"for name, value in (('AS', {MEMORY_BYTES}), ('CPU', {SECONDS}), ('FSIZE', {FILE_BYTES}), ('CORE', 0)):\n"
    "    resource.setrlimit(getattr(resource, 'RLIMIT_' + name), (value, value))\n"
    "os.execv(sys.argv[1], sys.argv[1:])\n"
)
#: No macros, and nothing that a document links to is loaded; should something be, it meets a port that nobody serves.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
PREFERENCES = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)


def office_program(preferred: str = "") -> str | None:
    """The path of LibreOffice: of the program `preferred` when one is named, else of what is installed, or None."""
    if preferred:
        return shutil.which(preferred)
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert_to_pdf(document: Path, folder: Path, *, program: str | None) -> Path:
    """Convert a presentation with the office `program` and return its PDF, made in `folder`, which is for this alone.

    Raises SlideRenderError when there is no program, or it cannot read the file or not in time, and RendererCrashed
    when it was killed.
    """
    if program is None:
        raise error_for("no_office")
    profile, made = folder / "profile", folder / "pdf"
    _write_profile(profile)
    options = ["--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile.as_uri()}"]
    command = [program, *options, "--convert-to", "pdf", "--outdir", str(made), str(document)]
    status = _run([sys.executable, "-I", "-c", LIMITED, *command], folder)
    pdf = made / f"{document.stem}.pdf"
    if pdf.is_file():
        return pdf
    if status == -signal.SIGKILL:
        raise RendererCrashed("the office program was killed")
    raise error_for("not_converted")


def _write_profile(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "\n".join(ITEM.format(path=path, name=name, value=value) for path, name, value in PREFERENCES)
    (user / "registrymodifications.xcu").write_text(PROFILE.format(items=items))


def _run(command: list[str], folder: Path) -> int:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # What it needs to find its parts and nothing of ours.
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"},
        cwd=folder,
        start_new_session=True,
    )
    try:
        return process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise error_for("conversion_too_slow", seconds=SECONDS) from error
    finally:
        # The program starts others; none of them may stay.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
