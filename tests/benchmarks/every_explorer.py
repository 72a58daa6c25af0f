"""Python's part of one step of each explorer, beside the same figure drawn afresh as ``interact`` would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from IPython.core.pylabtools import print_figure

from migraine_lab import explore
from migraine_lab.explore.explorer import Explorer
from migraine_lab.models import kinetics
from tests.benchmarks.lines import Line, Timing
from tests.benchmarks.python_steps import REDRAW_BUDGET, STEP_BUDGET, seconds

REPEATS = 15
CURVE_BUDGET = 1 / 10
HYPOTHESES = (
    "opioid_system",
    "nmda_block_slows_csd",
    "ampa_activation",
    "bdnf_translation",
    "monoamine_effects",
)
CORRECTIONS = tuple(
    f"claim_reduce_the_pain_{name}" for name in ("ion_direction", "electrons", "synthesis_year")
)
CLAIMS = ("c053", "c045", "c030")  # of the first round
STEPS: dict[str, tuple[str, Sequence[Any], float]] = {
    "Aura": ("minutes", range(4, 16), STEP_BUDGET),
    "Burden": ("topic", ("how_many", "chronic", "lost", "treated"), REDRAW_BUDGET),
    "ChannelBlock": ("concentration", (0.2, 0.5, 1.5, 3, 6), STEP_BUDGET),
    "Claims": ("claim", CLAIMS, STEP_BUDGET),
    "Comparators": ("what", ("harm", "other", "pain"), REDRAW_BUDGET),
    "Concentration": ("dose", range(58, 63), STEP_BUDGET),
    "Conflicts": ("conflict", ("c025_c076", "c023_c075", "c016_c039"), STEP_BUDGET),
    "Corrections": ("choose", CORRECTIONS, STEP_BUDGET),
    "Definitions": ("correlation", (0.1, 0.4, 0.7), STEP_BUDGET),
    "Diagnosis": ("aura_sensory", (False, "not known", True), STEP_BUDGET),
    "Diary": ("person", (1, 2, 3, 4, 5), REDRAW_BUDGET),
    "Eligibility": ("high_blood_pressure", ("yes", "no", "not known"), STEP_BUDGET),
    "FigureTrail": (
        "sentence",
        ("clinic_evexia", "article_relief", "article_infusion_clinic"),
        REDRAW_BUDGET,
    ),
    "Forest": ("leave_out", ("none", "reuter2018_responder_50_12wk"), STEP_BUDGET),
    "Framing": ("control", range(5, 15), STEP_BUDGET),
    "Funnel": ("drawer", range(50, 100, 10), STEP_BUDGET),
    "Hypotheses": ("choose", HYPOTHESES, STEP_BUDGET),
    "KetamineStudies": ("design", ("trial", "bare", "all"), REDRAW_BUDGET),
    "NowAndLater": ("level", (90, 95, 99), REDRAW_BUDGET),
    "OneProportion": ("events", range(1, 6), STEP_BUDGET),
    "Pathway": ("drug_class", ("ditan", "beta blocker", "NSAID"), STEP_BUDGET),
    "ReachesBlood": ("route", ("mouth", "tongue", "nose"), REDRAW_BUDGET),
    "RegressionToTheMean": ("enrol", range(5, 12), STEP_BUDGET),
    "RiskOfBias": ("page", (1, 2, 0), REDRAW_BUDGET),
    "SafetyFacts": ("topic", ("liver", "bladder toxicity", "dissociation"), REDRAW_BUDGET),
    "Scoreboard": ("share", ("partly_supported", "contradicted", "unsupported"), STEP_BUDGET),
    "Sorting": ("round", (2, 3, 4), REDRAW_BUDGET),
    "SpreadingWave": ("release", (1, 1.5, 2), REDRAW_BUDGET),
    "Symptoms": ("sort", ("n", "name", "percent"), REDRAW_BUDGET),
    "Timeline": ("hour", (-6.0, -0.5, 0.25, 3.0, 20.0), STEP_BUDGET),
    "Treatments": ("caution", ("pregnancy", "cardiovascular", "overuse"), STEP_BUDGET),
    "TrialLab": ("effect", range(12, 18), STEP_BUDGET),
    "Visit": ("step", range(1, 8), STEP_BUDGET),
    "WorkedCases": ("level", (90, 95, 99), STEP_BUDGET),
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


def curve_of_a_step() -> Line:
    """Set one concentration curve of 1000 points beside the whole step of the explorer that draws it."""
    hours = np.linspace(0, 24, 1000)
    step = measure("Concentration", *STEPS["Concentration"]).what
    costs = [
        seconds(lambda dose=dose: kinetics.curve("esketamine", "intranasal", dose, hours))
        for dose in range(1, 200)
    ]
    return Line(Timing.of("a curve of 1000 points", costs), step, CURVE_BUDGET)


def lines() -> list[Line]:
    """Measure every explorer but the flagship, which has a part of its own."""
    return [*(measure(name, *step) for name, step in STEPS.items()), curve_of_a_step()]
