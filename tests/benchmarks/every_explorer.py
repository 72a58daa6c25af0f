"""Python's part of one step of each explorer, beside the same figure drawn afresh as ``interact`` would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from IPython.core.pylabtools import print_figure

from migraine_lab import explore
from migraine_lab.explore.explorer import Explorer
from tests.benchmarks.lines import Line, Timing
from tests.benchmarks.python_steps import REDRAW_BUDGET, STEP_BUDGET, seconds

REPEATS = 15
STEPS: dict[str, tuple[str, Sequence[Any], float]] = {
    "Eligibility": ("high_blood_pressure", ("yes", "no", "not known"), STEP_BUDGET),
    "OneProportion": ("events", range(1, 6), STEP_BUDGET),
    "NowAndLater": ("level", (90, 95, 99), REDRAW_BUDGET),
    "Visit": ("step", range(1, 8), STEP_BUDGET),
    "Treatments": ("caution", ("pregnancy", "cardiovascular", "overuse"), STEP_BUDGET),
    "Pathway": ("drug_class", ("ditan", "beta blocker", "NSAID"), STEP_BUDGET),
    "Sorting": ("round", (2, 3, 4), REDRAW_BUDGET),
}
"""For each explorer: the control that is moved, the values it goes through, and the budget (a step, or other rows)."""


def afresh(explorer: Explorer) -> bytes:
    """Choose the rows, make the figure, draw and print it as interact and the inline backend would."""
    explorer._frame = None
    drawing = explorer.make_drawing(explorer.live.drawing.look)
    drawing.update(explorer.view())
    explorer.say()
    return print_figure(drawing.figure, "png", bbox_inches="tight")


def measure(name: str, control: str, values: Sequence[Any], budget: float) -> Line:
    """Move one control of one explorer through its values, each step followed by the same view drawn afresh."""
    explorer = getattr(explore, name)()
    kept, fresh = [], []
    for turn in range(REPEATS + 3):
        value = values[turn % len(values)]
        if explorer.value(control) == value:
            continue
        before = explorer.live.png
        took = seconds(lambda value=value: setattr(explorer.controls[control], "value", value))
        if explorer.live.png == before:
            raise RuntimeError(
                f"{name}: {control} = {value} drew nothing new, so there is nothing to measure"
            )
        again = seconds(lambda: afresh(explorer))
        if turn >= 3:  # the first turns fill caches on both sides
            kept.append(took)
            fresh.append(again)
    return Line(Timing.of(f"{name}: {control}", kept), Timing.of("drawn afresh", fresh), budget)


def lines() -> list[Line]:
    """Measure every explorer but the flagship, which has a part of its own."""
    return [measure(name, *step) for name, step in STEPS.items()]
