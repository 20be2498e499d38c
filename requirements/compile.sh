#!/bin/sh
# Pins pyproject.toml's ranges, with hashes and without any address. Needs uv; nothing else here does.
set -eu
cd "$(dirname "$0")/.."
pin() { uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet "$@"; }
pin -o requirements/run.txt
pin --group test -c requirements/run.txt -o requirements/test.txt
