"""Files and rows, compared."""

import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from sessions.services.slide_decks import attach_slide_deck
from sessions.tasks import render_slides
from tests.factories import make_presentation
from tests.pdfs import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck():
    deck = attach_slide_deck(make_presentation(), upload())
    render_slides(slide_deck_id=deck.pk)
    return deck


def keep(name: str, *, hours_old: float) -> None:
    default_storage.save(name, ContentFile(b"left behind"))
    then = time.time() - hours_old * 3600
    os.utime(default_storage.path(name), (then, then))


def test_whole_store_is_said_to_be_whole(deck, capsys):
    call_command("storage_check")
    assert capsys.readouterr().out == "7 files named, 0 missing, 0 orphaned.\n"


def test_missing_file_is_named_with_its_row_and_ends_in_failure(deck, capsys):
    slide = deck.slides.get(number=2)
    default_storage.delete(slide.image.name)
    with pytest.raises(SystemExit) as ended:
        call_command("storage_check")
    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert f"missing   {slide.image.name}  (named by group_sessions.Slide {slide.pk})" in said


def test_orphan_is_told_and_deleted_only_when_asked(deck, capsys):
    keep("slides/aa/left.webp", hours_old=2)
    keep("slides/aa/young.webp", hours_old=0.1)
    call_command("storage_check")
    assert "orphaned  slides/aa/left.webp\n" in capsys.readouterr().out
    call_command("storage_check", "--delete-orphans")
    said = capsys.readouterr().out
    assert "1 orphaned, 1 too young to judge" in said
    assert not default_storage.exists("slides/aa/left.webp")
    assert default_storage.exists("slides/aa/young.webp")
    assert default_storage.exists(deck.original.name)
