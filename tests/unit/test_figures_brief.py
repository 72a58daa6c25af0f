"""One light and one dark picture of a brief's figure, with and without a comparator, and what pictures alone cannot show."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from migraine_lab.figures.brief_rows import BriefRows, Panel
from migraine_lab.figures.style import Look
from tests.unit.figure_tools import drawn, pictures

NAN = float("nan")


def rows(*values: tuple[float, ...]) -> pd.DataFrame:
    names = (
        "percent",
        "low",
        "high",
        "comparator_percent",
        "comparator_low",
        "comparator_high",
        "effect",
        "effect_low",
        "effect_high",
    )
    made = pd.DataFrame(list(values), columns=list(names))
    made["label"] = [f"Study {letter}" for letter in "ABCDEFG"[: len(made)]]
    made["randomised"] = [number != 1 for number in range(len(made))]
    return made


TRIALS = rows(
    (40, 33, 47, 20, 15, 26, 20, 10, 29),
    (35, 20, 53, 30, 16, 48, 5, -17, 26),
    (50, NAN, NAN, 31, NAN, NAN, NAN, NAN, NAN),
)
ALONE = rows((77, 65, 86, *[NAN] * 6), (40, 28, 54, *[NAN] * 6))
PANELS = {
    "brief_trials": [Panel("made-up drug v placebo", TRIALS, True, (16, 8, 25), "3 trials together")],
    "brief_alone": [Panel("made-up drug: no comparator", ALONE, False)],
    "brief_two": [Panel("one drug v placebo", TRIALS, True), Panel("another drug v placebo, which runs on", TRIALS[:2], True)],
}  # fmt: skip
MAKERS: dict[str, Callable[[Look], Figure]] = {
    name: (lambda look, panels=panels: drawn(BriefRows(look, panels, "placebo"), None))
    for name, panels in PANELS.items()
}


test_light, test_dark = pictures(MAKERS)


def test_rates_without_comparator_are_hollow_and_have_no_difference() -> None:
    alone, beside = (BriefRows(Look(), PANELS[name]) for name in ("brief_alone", "brief_trials"))
    assert alone.effects is None
    assert beside.effects is not None
    paper = Look().palette.paper
    faces = {
        tuple(np.round(one.get_facecolor()[0], 3))
        for one in alone.rates.collections
        if len(one.get_offsets()) > 1
    }
    from matplotlib.colors import to_rgba

    assert faces == {tuple(np.round(to_rgba(paper), 3))}


def test_every_interval_is_inside_its_axis() -> None:
    figure = BriefRows(Look(), PANELS["brief_trials"])
    low, high = figure.effects.get_xlim()
    assert low <= TRIALS["effect_low"].min()
    assert high >= TRIALS["effect_high"].max()


@pytest.mark.parametrize("presenting", [False, True])
def test_no_words_leave_the_picture(presenting: bool) -> None:
    look = Look(presenting=presenting, width=1180 if presenting else 720)
    figure = BriefRows(
        look, PANELS["brief_two"], "a comparator with a long name that has no room here at all"
    )
    drawn(figure, None)
    for text in figure.figure.texts + [one for one in figure.figure.artists if hasattr(one, "get_text")]:
        box = text.get_window_extent(figure.figure.canvas.get_renderer())
        assert box.x0 >= 0, text.get_text()
        assert box.x1 <= figure.figure.bbox.x1 + 1, text.get_text()


def test_a_long_comparator_is_named_whole() -> None:
    name = "headache education + amitriptyline"
    drawing = BriefRows(Look(width=720), PANELS["brief_trials"], name)
    assert f"■ {name}" in [
        one.get_text() for one in drawing.figure.findobj(lambda one: hasattr(one, "get_text"))
    ]
