"""The two addresses behind the editor: every failure is answered in a form the widget's script can read."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from papers.models import Report, ReportImage
from papers.services.reports import publish_report, save_report
from papers.views import writing
from readinggroup.images import OWN_NAME
from readinggroup.markdown import render_markdown
from tests.clients import signed_in_client
from tests.factories import make_member

TEXT = "## Idea\n\n$x^2$ and `code`[^1]\n\n[^1]: Note.\n\n```python\nx = 1\n```\n"


def picture(kind="PNG", size=(40, 20), mode="RGB", **options) -> bytes:
    file = BytesIO()
    Image.new(mode, size).save(file, kind, **options)
    return file.getvalue()


def send(client, content, name="picture.png", kind="image/png"):
    return client.post("/write/images/", {"image": SimpleUploadedFile(name, content, kind)})


def stored_name(response) -> str:
    return OWN_NAME.search(response.json()["image_code"]).group()


def test_preview_equals_the_published_page(client, bob):
    preview = signed_in_client(bob).post("/write/preview/", {"content": TEXT}).content.decode()
    report = publish_report(save_report(Report(title="T", body=TEXT), saved_by=bob))
    assert f'<div class="prose report-body">{preview}</div>' in client.get(report.get_absolute_url()).content.decode()
    assert preview == render_markdown(TEXT)


def test_stock_addresses_of_the_widget_do_not_exist(bob):
    for path in ("/markdownx/markdownify/", "/markdownx/upload/"):
        assert signed_in_client(bob).post(path).status_code == 404


@pytest.mark.parametrize("path", ["/write/preview/", "/write/images/"])
def test_failures_are_answered_in_kind(client, bob, path):
    def check(response, status):
        assert response.status_code == status
        if path.endswith("images/"):
            assert response.json()["image"][0]
        else:
            assert response.content.decode().startswith('<p class="notice notice-bad"')

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    member = signed_in_client(bob)
    check(client.post(path, {"content": "x"}), 403)
    check(strict.post(path, {"content": "x"}), 403)
    check(member.get(path), 405)
    check(member.post(path, {}), 400)
    check(member.generic("POST", path, b"broken", content_type="multipart/form-data; boundary="), 400)
    check(member.post(path, {"content": "x" * 3_000_000, "image": SimpleUploadedFile("a", b"x" * 11_000_000)}), 413)
    check(
        member.generic("POST", path, b"content=" + b"%41" * 900_000, content_type="application/x-www-form-urlencoded"),
        413,
    )


def test_token_of_the_page_opens_both(bob):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    page = strict.get("/write/report/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert strict.post("/write/preview/", {"content": "x", "csrfmiddlewaretoken": token}).status_code == 200


def test_too_many_previews_are_slowed_down(bob, monkeypatch):
    member = signed_in_client(bob)
    statuses = [
        member.post("/write/preview/", {"content": "x"}).status_code for _ in range(writing.PREVIEWS_PER_MINUTE + 1)
    ]
    # A new minute may begin in between, so the last one is only allowed to be refused.
    assert set(statuses[:-1]) == {200}
    assert statuses[-1] in {200, 429}


def test_picture_becomes_webp_under_a_name_of_ours(bob):
    response = send(signed_in_client(bob), picture(size=(3000, 1500)), name="../../x.html", kind="text/html")
    image = ReportImage.objects.get(name=stored_name(response))
    assert (image.width, image.height) == (2000, 1000)
    shown = signed_in_client(bob).get(f"/reports/images/{image.name}")
    content = b"".join(shown.streaming_content)
    assert shown["Content-Type"] == "image/webp"
    assert content[8:12] == b"WEBP"


def test_picture_is_its_uploaders_until_the_report_is_public(client, bob, alice):
    name = stored_name(send(signed_in_client(bob), picture()))
    path = f"/reports/images/{name}"
    stranger = signed_in_client(make_member())
    co_author = make_member()
    for who, status in ((client, 404), (stranger, 404), (signed_in_client(bob), 200), (signed_in_client(alice), 200)):
        assert who.get(path).status_code == status

    report = save_report(Report(title="T", body=f"![x]({path})"), saved_by=bob, authors=[bob, co_author])
    for who, status in ((client, 404), (stranger, 404), (signed_in_client(co_author), 200)):
        assert who.get(path).status_code == status

    publish_report(report)
    assert client.get(path).status_code == 200
    assert f'src="{path}"' in client.get(report.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["x", "../settings.py", "a" * 500, "\x00"])
def test_other_names_of_pictures_are_not_found(client, db, name):
    assert client.get(f"/reports/images/{name}").status_code == 404


def huge_png(side: int) -> bytes:
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 2) * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
REFUSED = {
    "empty": b"",
    "text": b"hello",
    "html": b"<html><script>alert(1)</script></html>",
    "html as gif": b"GIF89a<script>alert(1)</script>",
    "svg": SVG,
    "svg with xml header": b'<?xml version="1.0"?>' + SVG,
    "svg with javascript link": SVG.replace(b' onload="alert(1)"', b"").replace(b"script", b'a href="javascript:1"'),
    "truncated png": picture(size=(500, 500))[:60],
    "truncated jpeg": picture("JPEG", size=(500, 500))[:200],
    "damaged png": picture()[:30] + b"\x00" * 40,
    "bitmap": picture("BMP"),
    "tiff": picture("TIFF"),
    "icon": picture("ICO"),
    "pdf": b"%PDF-1.7\n%%EOF",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "zip": b"PK\x03\x04" + bytes(100),
    "13,380 squared": huge_png(13_380),
    "65,535 squared": huge_png(65_535),
    "over ten megabytes": b"\x89PNG\r\n\x1a\n" + bytes(10 * 1024 * 1024),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_acceptable_picture_is_refused_with_a_sentence(bob, settings, content):
    response = send(signed_in_client(bob), content)
    assert response.status_code in {400, 413}
    assert len(response.json()["image"][0]) > 20
    assert not ReportImage.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


ACCEPTED = {
    "png": picture(),
    "jpeg": picture("JPEG"),
    "webp": picture("WEBP"),
    "gif": picture("GIF"),
    "cmyk jpeg": picture("JPEG", mode="CMYK"),
    "rgba png": picture(mode="RGBA"),
    "palette png": picture(mode="P"),
    "grey and alpha": picture(mode="LA"),
    "one bit": picture(mode="1"),
    "sixteen bit": picture(mode="I;16"),
    "animation": picture("GIF", save_all=True, append_images=[Image.new("RGB", (40, 20), "red")]),
    "one pixel": picture(size=(1, 1)),
    "thin": picture(size=(20_000, 1)),
    "polyglot": picture("GIF") + b"<script>alert(1)</script>",
}


@pytest.mark.parametrize("content", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_every_usual_picture_is_taken_and_made_anew(bob, content):
    name = stored_name(send(signed_in_client(bob), content))
    stored = ReportImage.objects.get(name=name).file.read()
    assert stored[8:12] == b"WEBP"
    assert b"<script" not in stored
    with Image.open(BytesIO(stored)) as image:
        assert getattr(image, "n_frames", 1) == 1
        assert max(image.size) <= 2000


def test_photograph_stands_upright_and_forgets_where_it_was_taken(bob):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "Camera of Bob"
    name = stored_name(send(signed_in_client(bob), picture("JPEG", size=(40, 20), exif=exif)))
    stored = ReportImage.objects.get(name=name)
    content = stored.file.read()
    assert (stored.width, stored.height) == (20, 40)
    assert b"EXIF" not in content
    assert b"Camera" not in content
