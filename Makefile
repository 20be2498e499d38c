# The README's two commands, and a few more words for them.
.PHONY: run test lint format migrations-check

.venv:
	python3 -m venv .venv && .venv/bin/pip install -q --require-hashes -r requirements/test.txt

run: .venv
	.venv/bin/python manage.py quickstart

test: .venv
	.venv/bin/python -m pytest -n 2 --dist loadfile

lint: .venv
	.venv/bin/python -m pytest tests/test_quality.py

format: .venv
	.venv/bin/ruff format . && .venv/bin/ruff check --fix .

migrations-check: .venv
	.venv/bin/python manage.py makemigrations --check
