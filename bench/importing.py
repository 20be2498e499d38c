"""How long an import of many entries takes, and how much memory, in a database of its own.

    .venv/bin/python bench/importing.py [--entries 10000]

Every entry is an arXiv paper of its own with commentary; indexing for the search is part of the time.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

sys.path.append(str(Path(__file__).resolve().parent.parent))


def document(entries: int) -> str:
    addresses = [f"https://arxiv.org/abs/{1000 + n // 10000:04d}.{n % 10000:05d}" for n in range(entries)]
    lines = [f"- [Paper number {n}]({address}) - with *words* about it" for n, address in enumerate(addresses)]
    return "# A long list\n\n" + "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=10_000)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readinggroup.settings")
        django.setup()
        call_command("migrate", verbosity=0)
        import_document = import_module("sessions.services.importing").import_document
        before = peak()
        for name in ("first", "again"):
            began, worked = time.perf_counter(), time.process_time()
            run = import_document(document(entries), name="list.md")
            seconds, cpu = time.perf_counter() - began, time.process_time() - worked
            figures = f"{run.added['entry']} entries added, {run.unchanged['entry']} unchanged"
            memory = f"{peak() - before} MB more than at the start"
            print(f"{name}: {seconds:.1f} s ({cpu:.1f} s of processor), {figures}, {memory}")


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
