"""How long a lesson's setup takes in a fresh process, beside importing the libraries it stands on."""

from __future__ import annotations

import subprocess
import sys

from tests.benchmarks.lines import Line, Timing

ROUNDS = 7
FIRST_PICTURE_BUDGET = 1.5
STATEMENTS = {
    "setup cell and first picture": (
        "from migraine_lab import data, stats, explore, practice; assert explore.ResponseRates().live.png"
    ),
    "import pandas, matplotlib.pyplot, ipywidgets": "import pandas, matplotlib.pyplot, ipywidgets",
    "import migraine_lab.data": "import migraine_lab.data",
    "import pandas": "import pandas",
}


def run(statement: str) -> float:
    """Seconds that ``statement`` takes in a process of its own, the interpreter's start left out."""
    code = f"import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def lines() -> list[Line]:
    """Measure all statements in turn, round after round (the first round, which reads the disk, not counted)."""
    times: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for turn in range(ROUNDS + 1):
        for name, statement in STATEMENTS.items():
            took = run(statement)
            if turn:
                times[name].append(took)
    first, libraries, tables, pandas = (Timing.of(name, took) for name, took in times.items())
    return [Line(first, libraries, FIRST_PICTURE_BUDGET), Line(tables, pandas)]
