"""The process that converts formulas; run as a script, it imports nothing of the project.

The converter is native code: deep nesting overflows its stack and unmatched brackets double its work one by one, so a
formula can end or occupy the process it is converted in. This one is made for that: it has a second of processor time
and a quarter of a gigabyte, and writes each result as soon as it is there: its owner then knows which formula it was.

In: one JSON object, {"options": ..., "formulas": [[TeX, is display], ...]}. Out: one line of JSON per formula,
{"html": ...} or {"error": ...}; when all are done one more, {"together": [...] or null}, numbered through the document.
"""

import json
import resource
import sys
from typing import Any

from math_core import LatexError, LatexToMathML

CPU_SECONDS = 1
MEMORY = 256 * 1024 * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    job = json.load(sys.stdin)
    converter = LatexToMathML(**job["options"])
    good = []
    for source, display in job["formulas"]:
        try:
            answer = {"html": converter.convert_with_local_state(source, displaystyle=display)}
            good.append((source, display))
        except LatexError as error:
            answer = {"error": str(error)}
        tell(answer)
    try:
        together = converter.convert_all(good)
    except LatexError:
        # Two formulas share a label: numbers then count per formula, which still reads.
        together = None
    tell({"together": together})


def tell(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
