"""What sort of document an upload is, by its content: names and declared types are the sender's word."""

import zipfile
from typing import BinaryIO

PDF_MAGIC = b"%PDF-"
#: Readers accept some junk before the header of a PDF, and so does PDFium.
PDF_WITHIN = 1024
#: Of documents in a compound file, as PowerPoint 97 to 2003 wrote them.
COMPOUND_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
#: More than any real deck unpacks to; beyond it, opening the file is what it was made for.
MAX_UNPACKED = 1 << 30
MAX_MEMBERS = 20_000
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.presentation"

#: Those that LibreOffice reads.
OFFICE = ("pptx", "ppt", "odp")


def format_of(file: BinaryIO) -> str:
    """Return "pdf", "pptx", "ppt", "odp", "key" (Keynote), "html" or "" for anything else; the file is rewound."""
    file.seek(0)
    start = file.read(PDF_WITHIN)
    file.seek(0)
    if PDF_MAGIC in start:
        return "pdf"
    if start.startswith(COMPOUND_MAGIC):
        return "ppt"
    if start.startswith(ZIP_MAGIC):
        return _format_of_zip(file)
    is_page = any(mark in start.lower() for mark in (b"<!doctype html", b"<html", b"<head"))
    return "html" if is_page else ""


def _format_of_zip(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                return ""
            names = {member.filename for member in members}
            if "ppt/presentation.xml" in names:
                return "pptx"
            if "mimetype" in names and archive.open("mimetype").read(100).startswith(OPEN_DOCUMENT):
                return "odp"
            return "key" if names & {"Index/Document.iwa", "Index.zip", "index.apxl", "index.apxl.gz"} else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return ""
    finally:
        file.seek(0)
