"""PDFs for tests, good and bad."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from sessions.slides.office import office_program


def pdf(pages: int = 3, *, text: str = "Slide", size: tuple[float, float] = (960, 540), password: str = "") -> bytes:
    """A deck whose pages say "Slide 1", "Slide 2" and so on; with a password it cannot be opened without."""
    file = BytesIO()
    lock = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(file, pagesize=size, encrypt=lock, invariant=1)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 48)
        canvas.drawString(60, size[1] / 2, f"{text} {number}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def upload(data: bytes | None = None, name: str = "talk.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if data is None else data, "application/pdf")


def raw_pdf(*objects: str, root: int = 1) -> bytes:
    """A PDF made of these object bodies, numbered from 1, without a cross-reference table: readers rebuild it."""
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, start=1))
    return f"%PDF-1.7\n{body}trailer\n<< /Root {root} 0 R /Size {len(objects) + 1} >>\n".encode()


def one_page(content: str, resources: str = "", box: str = "0 0 960 540", extra: tuple[str, ...] = ()) -> bytes:
    """One page with this content stream; `extra` objects are numbered from 5."""
    return raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources << {resources} >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        *extra,
    )


def bombs() -> dict[str, bytes]:
    """Small files that ask for endless work or room."""
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 960 540] /Resources << /XObject << /F 5 0 R >> >> /Length 10 >>"
    pattern = (
        "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001"
        " /Resources << >> /Length 14 >>\nstream\n0 0 1 1 re f  \nendstream"
    )
    return {
        "a form that draws itself": one_page(
            "/F Do", "/XObject << /F 5 0 R >>", extra=(f"{form}\nstream\n/F Do /F Do\nendstream",)
        ),
        "a pattern of tiny tiles": one_page(
            "/Pattern cs /P scn 0 0 960 540 re f", "/Pattern << /P 5 0 R >>", extra=(pattern,)
        ),
        "ten million saved states": one_page("q " * 2_000_000),
        "a page of endless size": one_page("0 0 1 1 re f", box="0 0 1e30 1e30"),
        "a page of no size": one_page("0 0 1 1 re f", box="0 0 0 0"),
        "a page tree that loops": raw_pdf(
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 >>"
        ),
    }


def write(folder: Path, data: bytes) -> Path:
    path = folder / "deck.pdf"
    path.write_bytes(data)
    return path


def zipped(members: dict[str, str]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def odp(*pages: str, picture: str = "") -> bytes:
    """An OpenDocument presentation with these words, a page each; `picture` is the address of a linked image."""
    names = {
        "office": "office",
        "draw": "drawing",
        "text": "text",
        "svg": "svg-compatible",
        "presentation": "presentation",
    }
    spaces = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in names.items())
    place = 'svg:x="1cm" svg:y="1cm" svg:width="20cm" svg:height="5cm"'
    image = f'<draw:frame {place}><draw:image xlink:href="{picture}"/></draw:frame>' if picture else ""
    bodies = "".join(
        f'<draw:page draw:name="{number}"><draw:frame {place}><draw:text-box><text:p>{words}</text:p></draw:text-box>'
        f"</draw:frame>{image}</draw:page>"
        for number, words in enumerate(pages, start=1)
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:presentation>{bodies}</office:presentation></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.presentation"
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = f'<manifest:manifest {space} manifest:version="1.2">{entries}</manifest:manifest>'
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def needs_office() -> None:
    if not office_program():
        pytest.skip("No LibreOffice on this machine: install Debian's package `libreoffice-impress-nogui`.")
