"""How long a lesson's setup takes in a fresh process, beside importing the libraries it stands on."""

from __future__ import annotations

import subprocess
import sys

from tests.benchmarks.lines import Line, Timing

ROUNDS = 7
FIRST_PICTURE_BUDGET = 1.5
DATA_BUDGET = 1.2
STATEMENTS = {
    "setup cell and first picture": (
        "from migraine_lab import data, stats, explore, practice; assert explore.ResponseRates().live.png"
    ),
    "import pandas, matplotlib.pyplot, ipywidgets": "import pandas, matplotlib.pyplot, ipywidgets",
    "import migraine_lab.data": "import migraine_lab.data",
    "import pandas": "import pandas",
    "read every table": "tables = [data.table(name) for name in data.tables()]",
}
BEFORE = {"read every table": "from migraine_lab import data"}
"""What a statement needs and the clock leaves out."""
READING = Timing("promised", (150.0,))


def run(statement: str, before: str = "pass") -> float:
    """Seconds that ``statement`` takes in a process of its own, the interpreter's start and ``before`` left out."""
    code = (
        f"import time; {before}; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def lines() -> list[Line]:
    """Measure all statements in turn, round after round (the first round, which reads the disk, not counted)."""
    times: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for turn in range(ROUNDS + 1):
        for name, statement in STATEMENTS.items():
            took = run(statement, BEFORE.get(name, "pass"))
            if turn:
                times[name].append(took)
    first, libraries, tables, pandas, reading = (Timing.of(name, took) for name, took in times.items())
    return [
        Line(first, libraries, FIRST_PICTURE_BUDGET),
        Line(tables, pandas, DATA_BUDGET),
        Line(reading, READING, 1.0),
    ]
