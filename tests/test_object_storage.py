"""Files on S3-compatible storage, by environment variables alone."""

import re
import subprocess
import sys

import boto3
import httpx2
import pytest
from moto.server import ThreadedMotoServer

from tests.pdfs import pdf, write
from tests.site_process import PROJECT_DIR, clean_environment

KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "eu-central-1"}
JOURNEY = """
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from sessions.models import Presentation
from sessions.services.slide_decks import attach_slide_deck
from sessions.tasks import render_slides
call_command("migrate", verbosity=0)
talk = Presentation.objects.create(title="A talk", status="given")
deck = attach_slide_deck(talk, SimpleUploadedFile("talk.pdf", open({path!r}, "rb").read()))
render_slides(slide_deck_id=deck.pk)
deck.refresh_from_db()
client = Client(SERVER_NAME="localhost")
slide = client.get(f"/slides/{{deck.pk}}/2-small.webp")
original = client.get(f"/slides/{{deck.pk}}/original/")
print("STATE", deck.status, deck.slides.count())
print("SLIDE", slide.status_code, slide.headers["Content-Type"], b"".join(slide.streaming_content)[:4])
print("ORIGINAL", original.status_code, b"".join(original.streaming_content) == open({path!r}, "rb").read())
call_command("storage_check")
from sessions.services.recordings import attach_recording_file
film = attach_recording_file(talk, SimpleUploadedFile("talk.webm", b"\\x1aE\\xdf\\xa3....webm...."))
print("FILM", client.get(f"/recordings/{{film.pk}}/video/").headers["Location"])
from pathlib import Path
call_command("export_site", {site!r})
site = Path({site!r})
print("COPY", (site / f"recordings/{{film.pk}}/video.webm").read_bytes()[:4], len(list(site.rglob("*-large.webp"))))
deck.original.storage.delete(deck.original.name)
print("MISSING", client.get(f"/slides/{{deck.pk}}/original/").status_code)
"""


@pytest.fixture
def object_storage():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.mark.usefixtures("collected_static")
def test_deck_is_kept_drawn_and_shown_from_a_bucket(object_storage, tmp_path):
    bucket = boto3.client("s3", endpoint_url=object_storage, **KEYS)
    bucket.create_bucket(Bucket="slides", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    data_dir = tmp_path / "data"
    environment = clean_environment(
        DATA_DIR=str(data_dir),
        MEDIA_S3_BUCKET="slides",
        MEDIA_S3_ENDPOINT_URL=object_storage,
        MEDIA_S3_REGION="eu-central-1",
        MEDIA_S3_ACCESS_KEY="key",
        MEDIA_S3_SECRET_KEY="secret",
    )
    script = JOURNEY.format(path=str(write(tmp_path, pdf(3))), site=str(tmp_path / "site"))
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", script]
    done = subprocess.run(command, cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, check=False)
    assert "STATE done 3" in done.stdout, done.stdout + done.stderr[-3000:]
    assert "SLIDE 200 image/webp b'RIFF'" in done.stdout
    assert "ORIGINAL 200 True" in done.stdout
    assert "MISSING 404" in done.stdout
    assert "COPY b'\\x1aE\\xdf\\xa3' 3" in done.stdout
    signed = re.search(r"FILM (\S+)", done.stdout)[1]
    assert signed.startswith(object_storage)
    assert "X-Amz-Expires=3600" in signed
    part = httpx2.get(signed, headers={"Range": "bytes=8-11"}, trust_env=False)
    assert (part.status_code, part.content) == (206, b"webm")
    assert "7 files named, 0 missing, 0 orphaned." in done.stdout
    kept = [one["Key"] for one in bucket.list_objects_v2(Bucket="slides")["Contents"]]
    assert len([name for name in kept if name.startswith("slides/")]) == 6
    assert not (data_dir / "media").exists()
