"""Python's part of a step: a kept figure whose marks move, beside the same figure drawn afresh.

"Afresh" is what ``ipywidgets.interact`` with matplotlib's inline backend does at every change: make the figure, draw
it, print it to PNG with a tight box, throw it away. Both sides read the same rows and make the same PNG width.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from IPython.core.pylabtools import print_figure

from migraine_lab import explore
from migraine_lab.figures.response_rates import ResponseRatesFigure
from tests.benchmarks.lines import Line, Timing

ROWS = 25
REPEATS = 40
STEP_BUDGET, REDRAW_BUDGET = 1 / 8, 1 / 2


def seconds(action: Callable[[], object]) -> float:
    """How long ``action`` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def afresh(explorer: explore.ResponseRates, *, rows_change: bool) -> bytes:
    """Draw the explorer's present view as interact and the inline backend would; returns the PNG."""
    if rows_change:
        explorer._frame = None
    drawing = ResponseRatesFigure(explorer.live.drawing.look, ROWS)
    drawing.update(explorer.view())
    return print_figure(drawing.figure, "png", bbox_inches="tight")


def measure(name: str, control: str, values: Iterator, *, rows_change: bool) -> tuple[Timing, Timing]:
    """Set ``control`` to one value after another, each followed by the same view drawn afresh."""
    explorer = explore.ResponseRates(rows_per_page=ROWS, claim="own", sort="year")
    kept, fresh = [], []
    for turn in range(REPEATS + 3):
        value = next(values)
        before = explorer.live.png
        took = seconds(lambda value=value: setattr(explorer.controls[control], "value", value))
        if explorer.live.png == before:
            raise RuntimeError(f"{control} = {value} drew nothing new, so there is nothing to measure")
        again = seconds(lambda: afresh(explorer, rows_change=rows_change))
        if turn >= 3:  # the first turns fill caches on both sides
            kept.append(took)
            fresh.append(again)
    return Timing.of(name, kept), Timing.of("drawn afresh", fresh)


def swing(*values: object) -> Iterator:
    """Go through the values again and again."""
    while True:
        yield from values


def lines() -> list[Line]:
    """Measure the three kinds of change."""
    claim = measure(
        "slider step: the claim's line moves", "claim_percent", swing(*range(76, 100)), rows_change=False
    )
    level = measure("step: every interval moves", "level", swing(90, 95, 99), rows_change=False)
    page = measure("redraw: other rows", "page", swing(1, 2, 0), rows_change=True)
    return [Line(*claim, STEP_BUDGET), Line(*level, STEP_BUDGET), Line(*page, REDRAW_BUDGET)]
