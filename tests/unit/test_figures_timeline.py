"""Pictures of the timeline, and what pictures alone cannot show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from migraine_lab.figures.style import Look
from migraine_lab.figures.timeline import TimelineFigure
from migraine_lab.figures.timeline_view import EDGE, NAMES, Bars, TimelineView, length, stretched
from tests.unit.figure_tools import drawn, pictures

HOURS = np.linspace(0, 12, 49)
LONG = Bars(
    "Attack 1",
    {"prodrome": (-50, -1.0), "aura": (-0.7, 0.2), "headache": (0, 12), "postdrome": (12, 60)},
    HOURS,
    np.sin(np.pi * HOURS / 12) ** 2,
    1.5,
)
BARE = Bars("Attack 2", {"headache": (0, 12)}, HOURS, np.sin(np.pi * HOURS / 12) ** 2, 1.5)
OUTLINE = {"prodrome": (-9, 0), "aura": (-0.5, 0), "headache": (0, 24), "postdrome": (24, 36)}
GRID = np.linspace(-EDGE, EDGE, 97)


def view(*attacks: Bars, wide: bool = True) -> TimelineView:
    """Made-up counts: triangles of different heights."""
    crowd = {
        name: np.clip(20 * (place + 1) - np.abs(GRID - 10 * (place - 2)), 0, 100)
        for place, name in enumerate(NAMES)
    }
    counts = {name: int(curve[48]) for name, curve in crowd.items()}
    return TimelineView(
        attacks, OUTLINE, GRID, crowd, 0.0, "onset of pain", counts, ("early: 49 %", "late: 40 %"), wide
    )


MAKERS: dict[str, Callable[[Look], Figure]] = {
    "timeline_pair": lambda look: drawn(TimelineFigure(look, 2, treated=True), view(LONG, BARE)),
    "timeline_even": lambda look: drawn(TimelineFigure(look), view(LONG, wide=False)),
}


test_light, test_dark = pictures(MAKERS)


def test_only_what_changed_is_drawn_again() -> None:
    figure = TimelineFigure(Look(width=760))
    first = view(LONG)
    assert figure.update(first) == 0
    assert figure.update(replace(first, hour=3.0, hour_words="3 h after")) == 2
    assert figure.update(replace(first, attacks=(BARE,))) == 1
    assert figure.update(replace(first, wide=False)) == 0


def test_what_leaves_the_axis_gets_an_arrow_on_its_side() -> None:
    figure = TimelineFigure(Look(width=760))
    figure.update(view(LONG))
    left, right = figure._arrows[0]
    assert len(left.get_offsets()) == 1 and len(right.get_offsets()) == 1
    assert left.get_offsets()[0][0] == pytest.approx(stretched(-EDGE))
    figure.update(view(BARE))
    assert len(left.get_offsets()) == 0 and len(right.get_offsets()) == 0


def test_an_absent_phase_says_none_and_has_no_bar() -> None:
    figure = TimelineFigure(Look(width=760))
    figure.update(view(BARE))
    assert figure._lengths[0, "aura"].get_text() == "none"
    assert not figure._bars[0, "aura"].get_paths()
    assert figure._lengths[0, "headache"].get_text() == "12 h"


def test_the_treatment_line_needs_a_headache() -> None:
    figure = TimelineFigure(Look(width=760), treated=True)
    figure.update(view(BARE))
    assert all(one.get_visible() for one in figure._windows[0])
    figure.update(view(replace(BARE, spans={"aura": (-0.5, 0)}, mild_until=None)))
    assert not any(one.get_visible() for one in figure._windows[0])


@pytest.mark.parametrize(
    ("hours", "words"), [(0.58, "35 min"), (1.5, "1.5 h"), (9.97, "10 h"), (26.2, "26 h"), (0.999, "60 min")]
)
def test_lengths_in_words(hours: float, words: str) -> None:
    assert length(hours) == words
