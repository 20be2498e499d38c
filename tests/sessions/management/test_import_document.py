import pytest
from django.core.management import CommandError, call_command

from papers.models import Report

TEXT = "# Us\n\n## Paper Reports\n\n### Paper Report 1: A\nTeaser.\n[read more](a.md)\n"


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(TEXT)
    return path


def test_summary_tells_what_was_done_and_what_was_missing(document, bob, capsys):
    call_command("import_document", str(document), "--as", "BOB@example.org")

    printed = capsys.readouterr().out
    assert "README.md: reading-group archive “Us”" in printed
    assert "  paper reports: 1 added, 0 unchanged" in printed
    assert "line 5: the report's text was not beside the document; its teaser is shown (a.md)" in printed
    assert Report.objects.get().author_names == ["Bob"]


@pytest.mark.django_db
def test_dry_run_says_so_and_writes_nothing(document, capsys):
    call_command("import_document", str(document), "--dry-run")

    assert "dry run: nothing was written" in capsys.readouterr().out
    assert not Report.objects.exists()


@pytest.mark.django_db
def test_mistakes_are_one_clear_sentence(document, tmp_path):
    (tmp_path / "old.md").write_bytes("# 論文の会".encode("shift_jis"))

    for arguments, sentence in (
        ([str(tmp_path / "none.md")], "cannot be read: No such file or directory"),
        ([str(tmp_path / "old.md")], "is not UTF-8 text"),
        ([str(document), "--as", "nobody@example.org"], "No active member signs in as nobody@example.org"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("import_document", *arguments)
