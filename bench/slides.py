"""How fast decks are drawn, and into how many bytes, beside `pdftoppm -jpeg` at the same width.

    .venv/bin/python bench/slides.py DECK.pdf... [--rounds 3]

Both draw the same decks in turn, in one run; the best round of each counts. Ours writes two sizes, pdftoppm one. Needs
pdftoppm (Debian's package poppler-utils).
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from sessions.slides.pages import LARGE_WIDTH
from sessions.slides.renderer import render_deck


def ours(deck: Path, folder: Path) -> int:
    return render_deck(deck, folder).pages


def theirs(deck: Path, folder: Path) -> int:
    size = ["-scale-to-x", str(LARGE_WIDTH), "-scale-to-y", "-1"]
    subprocess.run(["pdftoppm", "-jpeg", *size, str(deck), str(folder / "page")], check=True)
    return len(list(folder.glob("*.jpg")))


def measure(draw, deck: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        began = time.perf_counter()
        pages = draw(deck, Path(name))
        seconds = time.perf_counter() - began
        pictures = [path for path in Path(name).iterdir() if path.suffix in (".webp", ".jpg")]
        return {"pages": pages, "seconds": seconds, "bytes": sum(path.stat().st_size for path in pictures)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("decks", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not shutil.which("pdftoppm"):
        sys.exit("pdftoppm is not installed: it is in Debian's package poppler-utils.")
    totals = {"ours": [0.0, 0.0], "theirs": [0.0, 0.0]}
    for deck in options.decks:
        best: dict[str, dict[str, float]] = {}
        for _ in range(options.rounds):
            for name, draw in (("ours", ours), ("theirs", theirs)):
                result = measure(draw, deck.resolve())
                if name not in best or result["seconds"] < best[name]["seconds"]:
                    best[name] = result
        for name, result in best.items():
            totals[name][0] += result["seconds"]
            totals[name][1] += result["bytes"]
        print(json.dumps({"deck": deck.name, "pages": best["ours"]["pages"], **ratios(best["ours"], best["theirs"])}))
    combined = [{"seconds": seconds, "bytes": size} for seconds, size in totals.values()]
    print(json.dumps({"deck": "all", **ratios(*combined)}))


def ratios(mine: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {
        "times_the_speed": round(other["seconds"] / mine["seconds"], 2),
        "share_of_the_bytes": round(mine["bytes"] / other["bytes"], 2),
    }


if __name__ == "__main__":
    main()
