"""Measure the speed budget in one run: ``python -m tests.benchmarks`` (or ``make bench``).

Ratios are what is promised; absolute times drift from machine to machine. Always ends with exit code 0: a busy
machine is no failure, and the table says which budget was broken.
"""

from __future__ import annotations

import sys

from tests.benchmarks import every_explorer, imports, key_to_pixels, pooling, python_steps, simulations
from tests.benchmarks.lines import Line, table


def main() -> None:
    """Run every part and print their tables and one closing line."""
    parts = (
        (f"Python's part of a change, ResponseRates with {python_steps.ROWS} rows", python_steps.lines),
        ("Python's part of a step, every other explorer", every_explorer.lines),
        ("Simulations", simulations.lines),
        ("Pooling", pooling.lines),
        ("Key press to pixels in JupyterLab", key_to_pixels.lines),
        ("A lesson's start, in fresh processes", imports.lines),
    )
    found: list[Line] = []
    for title, measure in parts:
        print(f"measuring: {title} ...", file=sys.stderr, flush=True)
        lines = measure()
        found += lines
        print(table(title, lines) if lines else f"{title}: not measured, no Chromium on the search path")
        print(flush=True)
    broken = [line.what.name for line in found if line.kept is False]
    print(f"BROKEN: {'; '.join(broken)}" if broken else "Every budget that was measured is KEPT.")


if __name__ == "__main__":
    main()
