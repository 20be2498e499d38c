"""How long an import of many entries takes, and how much memory, in a database of its own.

    .venv/bin/python bench/importing.py [--entries 5000 10000] [--format markdown|bibtex]

Every entry is a paper of its own with commentary, in BibTeX also with authors and an abstract; indexing for the search
is part of the time. Several sizes show that neither the time nor the memory of an entry grows with their number; what
every import needs, such as the code itself, is loaded by a small one before.
"""

import argparse
import multiprocessing
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

WARM = 50


def document(entries: int) -> str:
    addresses = [f"https://arxiv.org/abs/{1000 + n // 10000:04d}.{n % 10000:05d}" for n in range(entries)]
    lines = [f"- [Paper number {n}]({address}) - with *words* about it" for n, address in enumerate(addresses)]
    return "# A long list\n\n" + "\n".join(lines) + "\n"


def references(entries: int) -> str:
    abstract = " ".join(["Attention is a word that a model reads twice, and a bench a thousand times."] * 12)
    people = 'M{\\"u}ller, Jan and Smith, Ann and de la Cruz, Eva'
    return "".join(
        f"@article{{key{n}, title={{A paper of its own, number {n}}}, author={{{people}}}, journal={{Things}},\n"
        f"  year={{2019}}, month=may, doi={{10.1000/x{n}}}, abstract={{{abstract}}}, annote={{Read it.}}}}\n"
        for n in range(entries)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, nargs="+", default=[5_000, 10_000])
    parser.add_argument("--format", choices=["markdown", "bibtex"], default="markdown")
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    # Each size in a process of its own: memory that was asked for once is not given back.
    context = multiprocessing.get_context("spawn")
    for entries in options.entries:
        process = context.Process(target=measure, args=(entries, options.format))
        process.start()
        process.join()
        if process.exitcode:
            raise SystemExit(process.exitcode)


def measure(entries: int, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readinggroup.settings")
        django.setup()
        call_command("migrate", verbosity=0)
        import_file = import_module("sessions.services.importing_files").import_file
        text, file = (document, "list.md") if kind == "markdown" else (references, "library.bib")
        import_file(text(WARM).encode(), name=f"warm-{file}")
        before = peak()
        for name in ("first", "again"):
            began, worked = time.perf_counter(), time.process_time()
            run = import_file(text(entries).encode(), name=file)
            seconds, cpu = time.perf_counter() - began, time.process_time() - worked
            figures = f"{run.added['entry']} entries added, {run.unchanged['entry']} unchanged"
            memory = f"{peak() - before} MB more than before"
            pace = f"{1000 * cpu / entries:.2f} ms of processor each"
            print(
                f"{entries} {name}: {seconds:.1f} s ({cpu:.1f} s of processor, {pace}), {figures}, {memory}", flush=True
            )


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
