"""Every recorded answer goes all the way: pasted, asked, written, shown. A correct card or an honest line."""

import json
import re
import socket

import pytest
from werkzeug import Response

from papers.metadata import (
    MetadataNotFound,
    MetadataUnavailable,
    arxiv,
    crossref,
    datacite,
    oembed,
    openalex,
    openlibrary,
    openreview,
    pubmed,
    semantic_scholar,
    webpage,
)
from papers.models import Paper
from papers.services.papers import add_paper, fetch_metadata
from tests.papers import recorded

pytestmark = pytest.mark.django_db

NONSENSE = re.compile(r"</?(?:jats|mml|i|b|p|sub|sup|scp|div|span)\b|&(?:amp|lt|gt|quot|#\d+);|\[object|\n", re.I)
READERS = [
    lambda body: arxiv.read_feed(body, "1707.08567"),
    lambda body: crossref.read_work(body, "10.1234/x"),
    lambda body: datacite.read_work(body, "10.1234/x"),
    openalex.read_work,
    semantic_scholar.read_paper,
    lambda body: openreview.read_notes(body, "abcdef"),
    lambda body: pubmed.read_articles(body, "1"),
    lambda body: pubmed.read_summary(body, "1"),
    lambda body: openlibrary.read_books(body, "9782070427796"),
    lambda body: oembed.read_video(body, "YouTube", "https://www.youtube.com/watch?v=kCc8FmEb1nY"),
    lambda body: webpage.read_web_page(body, "https://pages.example/x"),
]


@pytest.fixture
def pages(replay, httpserver, settings, monkeypatch):
    """Let the name pages.example lead to the local server, which speaks no TLS; returns the server's port."""
    real = socket.getaddrinfo

    def look_up(host, port, *arguments, **options):
        return real("127.0.0.1" if host == "pages.example" else host, port, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = [*settings.FETCH_ALLOWED_PRIVATE_HOSTS, f"pages.example:{httpserver.port}"]
    return httpserver.port


def entries(shared_dir):
    return json.loads((shared_dir / "api" / "manifest.json").read_text())


def go_all_the_way(entry, body, replay, port) -> Paper:
    text, path = recorded.question(entry, body)
    content, status, kind = recorded.answer(entry, body)

    def answer(request):
        if request.path.startswith(path):
            return Response(content, status=status, content_type=kind)
        return Response("Resource not found.", status=404, content_type="text/plain")

    replay.intercept = answer
    Paper.objects.all().delete()
    paper, _ = add_paper(text.replace(recorded.PORT, str(port)), added_by=None)
    fetch_metadata(paper)
    return Paper.objects.for_card().get(pk=paper.pk)


@pytest.mark.timeout(200)
def test_every_recorded_answer_ends_in_a_card_or_a_sentence(replay, pages, shared_dir, charlie):
    ends = {"card": 0, "sentence": 0}
    for entry in entries(shared_dir):
        name = entry["file"]
        paper = go_all_the_way(entry, (shared_dir / "api" / name).read_bytes(), replay, pages)
        job, page = paper.metadata_fetch, charlie.get(paper.get_absolute_url())
        assert page.status_code == 200, name
        assert not NONSENSE.search(paper.title + paper.venue), name
        assert not NONSENSE.search(paper.abstract.replace("\n", " ")), name
        assert all(any(c.isalpha() for c in author) and not NONSENSE.search(author) for author in paper.author_names), (
            name
        )
        if job.status == "done":
            ends["card"] += 1
            assert paper.title.strip(), name
            assert paper.field_sources["title"], name
            assert "Metadata from" in page.text, name
        else:
            ends["sentence"] += 1
            assert not paper.title, name
            assert re.fullmatch(r"[A-Z\w].*\.", job.error), (name, job.error)
            assert job.error.split(".")[0].replace("'", "&#x27;") in page.text, name
        if name in recorded.CARDS:
            title, number, author, day, venue = recorded.CARDS[name]
            assert (paper.title, len(paper.author_names), paper.date_text, paper.venue) == (title, number, day, venue)
            assert not author or author in paper.author_names, name
        if name in recorded.SENTENCES:
            assert recorded.SENTENCES[name] in job.error, (name, paper.title)
    assert sum(ends.values()) >= 154
    assert ends["card"] >= 70


def test_every_recorded_answer_is_read_by_every_source_without_harm(shared_dir):
    """A proxy or a changed interface may put any of them in place of any other."""
    sentences = []
    for entry in entries(shared_dir):
        body = (shared_dir / "api" / entry["file"]).read_bytes()
        for read in READERS:
            try:
                found = read(body)
            except (MetadataNotFound, MetadataUnavailable) as error:
                sentences.append(str(error))
                continue
            assert found.title
            assert not NONSENSE.search(found.title + found.venue), entry["file"]
    assert all(sentences)


def test_every_item_of_recorded_lists_is_read(shared_dir):
    """Searches answer with many works at once; each of them is a work like any other."""
    number = 0
    for entry in entries(shared_dir):
        if not entry["file"].endswith(".json"):
            continue
        stated = json.loads(
            (shared_dir / "api" / entry["file"]).read_bytes().replace(b'"10.5063/F1M61H5X"\n', b'"",\n')
        )
        message = stated.get("message") if isinstance(stated, dict) else None
        works = message.get("items", []) if isinstance(message, dict) else []
        papers = stated.get("data") if isinstance(stated, dict) and isinstance(stated.get("data"), list) else []
        readings = [(crossref.read_work, ({"message": work},), "10.1234/x") for work in works]
        readings += [(semantic_scholar.read_paper, (paper,)) for paper in papers]
        for read, (item,), *rest in readings:
            try:
                found = read(json.dumps(item).encode(), *rest)
            except MetadataNotFound:
                continue
            number += 1
            assert found.title
            assert not NONSENSE.search(found.title + found.venue), entry["file"]
    assert number > 200


@pytest.mark.parametrize("title", ["0", "Error", "None", "404"])
def test_paper_may_be_titled_oddly(replay, title):
    replay.override("/works/10.1234/odd", json.dumps({"message": {"title": [title]}}))
    paper, _ = add_paper("10.1234/odd", added_by=None)
    fetch_metadata(paper)
    assert Paper.objects.get(pk=paper.pk).title == title
