"""Signing in with another account, which environment variables alone turn on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site_process import PROJECT_DIR, clean_environment

PROVIDERS = {"github": "https://github.com/", "google": "https://accounts.google.com/", "orcid": "https://orcid.org/"}
LOOK = """
import json
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client(SERVER_NAME="localhost")
page = client.get("/accounts/login/")
print(json.dumps({
    name: {
        "listed": f"/accounts/{name}/login/" in page.content.decode(),
        "leads to": client.post(f"/accounts/{name}/login/").headers.get("Location", ""),
        "policy": page.headers["Content-Security-Policy"],
    }
    for name in ("github", "google", "orcid")
}))
"""


def sign_in_page(data_dir: Path, *configured: str) -> dict[str, dict]:
    """What a site tells of each provider that has these configured."""
    credentials = {f"{name.upper()}_CLIENT_ID": "an-id" for name in configured}
    credentials |= {f"{name.upper()}_CLIENT_SECRET": "a-secret" for name in configured}
    environment = clean_environment(DATA_DIR=str(data_dir), **credentials)
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", LOOK]
    done = subprocess.run(command, cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.usefixtures("collected_static")
def test_configured_providers_are_offered_and_their_policy_allowed_and_no_others(tmp_path):
    for configured in (["github", "google"], ["orcid"]):
        told = sign_in_page(tmp_path, *configured)
        for name, origin in PROVIDERS.items():
            assert told[name]["listed"] == (name in configured)
            assert told[name]["leads to"].startswith(origin) == (name in configured)
            assert (origin.rstrip("/") in told[name]["policy"]) == (name in configured)
