"""The renderer by command, for operators."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.pdfs import pdf, write


def test_report_counts_what_was_written(tmp_path, capsys):
    out = tmp_path / "new" / "folder"
    call_command("render_slides", str(write(tmp_path, pdf(3))), "--out", str(out))
    report = json.loads(capsys.readouterr().out)
    assert report["pages"] == 3
    assert report["bytes"] == sum(path.stat().st_size for path in out.glob("*.webp"))
    assert len(list(out.glob("*.webp"))) == 6
    assert report["seconds"] > 0
    assert report["peak_memory_bytes"] > 10_000_000


def test_bad_file_is_reported_by_name(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("render_slides", str(write(tmp_path, pdf(1, password="x"))), "--out", str(tmp_path))
    report = json.loads(capsys.readouterr().out)
    assert (ended.value.code, report["error"]) == (1, "encrypted")
    assert "password" in report["message"]


def test_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("render_slides", str(tmp_path / "none.pdf"), "--out", str(tmp_path))
