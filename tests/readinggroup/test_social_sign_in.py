"""Signing in with another account, which environment variables alone turn on."""

import subprocess
import sys

import pytest

from tests.site_process import PROJECT_DIR, clean_environment

LOOK = """
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client(SERVER_NAME="localhost")
page = client.get("/accounts/login/")
answer = client.post("/accounts/{name}/login/")
print("LISTED" if "/accounts/{name}/login/" in page.content.decode() else "ABSENT")
print("LEADS TO", answer.headers["Location"])
print(page.headers["Content-Security-Policy"])
"""


@pytest.mark.usefixtures("collected_static")
@pytest.mark.parametrize(
    ("name", "origin"),
    [("github", "https://github.com/"), ("google", "https://accounts.google.com/"), ("orcid", "https://orcid.org/")],
)
def test_configured_provider_is_offered_and_its_policy_allowed(tmp_path, name, origin):
    environment = clean_environment(
        DATA_DIR=str(tmp_path), **{f"{name.upper()}_CLIENT_ID": "an-id", f"{name.upper()}_CLIENT_SECRET": "a-secret"}
    )
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", LOOK.format(name=name)]
    done = subprocess.run(command, cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, check=False)
    assert "LISTED" in done.stdout, done.stderr[-2000:]
    assert f"LEADS TO {origin}" in done.stdout
    assert f"form-action 'self' {origin.rstrip('/')}" in done.stdout
