"""The gates: style, types, the order of imports, migrations, templates."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

PROJECT_DIR = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((PROJECT_DIR / "templates").rglob("*.*"))
OUR_FOLDERS = ("readinggroup", "papers", "sessions", "templates", "static", "tests", "scripts")
OUR_SUFFIXES = (".py", ".html", ".txt", ".css", ".js", ".xml")
DJANGO_CALLS_THESE = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html", "429.html", "robots.txt")


def run(program: str, *arguments: str) -> None:
    """Run a checker of this environment over the project and fail with what it said."""
    command = [str(Path(sys.executable).parent / program), *arguments]
    done = subprocess.run(command, cwd=PROJECT_DIR, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{program} {' '.join(arguments)}:\n{done.stdout[-6000:]}{done.stderr[-2000:]}", pytrace=False)


def own_files() -> list[Path]:
    found = (path for folder in OUR_FOLDERS for path in (PROJECT_DIR / folder).rglob("*"))
    return [path for path in found if path.is_file() and path.suffix in OUR_SUFFIXES]


def where(path: Path, text: str, position: int) -> str:
    return f"{path.relative_to(PROJECT_DIR)}:{text.count(chr(10), 0, position) + 1}"


def findings(pattern: str, paths: list[Path]) -> list[str]:
    """Places where `pattern` matches, as path:line and the match."""
    expression = re.compile(pattern, re.IGNORECASE)
    return [
        f"{where(path, text, match.start())}: {match.group(0)[:80]}"
        for path in paths
        for text in [path.read_text(encoding="utf-8")]
        for match in expression.finditer(text)
    ]


def test_code_is_linted():
    run("ruff", "check", ".")


def test_code_is_formatted():
    run("ruff", "format", "--check", ".")


def test_types_hold():
    run("mypy")


def test_imports_point_down():
    run("lint-imports")


def test_templates_are_linted():
    run("djlint", "templates", "--lint", "--quiet")


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_templates_hold_no_inline_scripts():
    executable = r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/(?:ld\+)?json|text/plain)\")[^>]*>"
    assert findings(executable, TEMPLATES) == []


def test_templates_hold_no_inline_styles():
    # A mail has no site to take a style sheet from, and no policy.
    pages = [path for path in TEMPLATES if path.relative_to(PROJECT_DIR / "templates").parts[0] != "mail"]
    assert findings(r"<style\b|<[a-z][^>]*\sstyle\s*=", pages) == []


def test_templates_hold_no_event_handlers():
    assert findings(r"<[a-z][^>]*\son[a-z]+\s*=|javascript:", TEMPLATES) == []


def test_nothing_is_left_to_do():
    words = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X"))
    # In capitals: xxx.lanl.gov was arXiv's first home.
    assert findings(rf"(?-i:\b(?:{words})\b)", own_files()) == []


def test_every_template_is_used():
    texts = [path.read_text(encoding="utf-8") for path in own_files()]
    names = [path.relative_to(PROJECT_DIR / "templates").as_posix() for path in TEMPLATES]
    overrides = ("admin/", "account/", "allauth/", "mfa/", "socialaccount/", "usersessions/", "django/", "markdownx/")
    ours = [name for name in names if name not in DJANGO_CALLS_THESE and not name.startswith(overrides)]

    def is_used(name: str) -> bool:
        # A mail's three templates are called by what their names have in common.
        called = {name, re.sub(r"(?<=/mail/)([\w-]+)\.(?:subject\.txt|txt|html)$", r"\1", name)}
        return any(f'"{one}"' in text or f"'{one}'" in text for one in called for text in texts)

    assert [name for name in ours if not is_used(name)] == []


def test_scripts_build_no_html_from_text():
    scripts = [path for path in (PROJECT_DIR / "static").rglob("*.js") if "vendor" not in path.parts]
    assert findings(r"\beval\(|new Function\(|document\.write\(|setAttribute\(\s*[\"'](?:style|on\w+)", scripts) == []


def test_modules_stay_small():
    modules = [
        path for folder in ("readinggroup", "papers", "sessions") for path in (PROJECT_DIR / folder).rglob("*.py")
    ]
    lengths = {path.relative_to(PROJECT_DIR).as_posix(): len(path.read_text().splitlines()) for path in modules}
    long = {name: lines for name, lines in lengths.items() if lines > 300 and "migrations" not in name}
    assert long == {}
