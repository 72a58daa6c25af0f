"""One light and one dark picture of the aura's maps, the list of speeds and the strip; and that they stay calm."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure

from migraine_lab.explore.live_figure import LiveFigure
from migraine_lab.figures.aura_map import AuraMap, AuraView, Reported
from migraine_lab.figures.style import Look
from migraine_lab.figures.wave import SpaceTime, Speed, SpeedList, SpeedView, WaveView
from migraine_lab.models import aura
from tests.unit.figure_tools import drawn, pictures

A, E2 = 15.0, 1.0
REPORTED = (
    Reported("spread: 4 to 18 min (Example 2001)", "spread: 4 to 18 min", 4, 18),
    Reported("median: 25 min (Example 2002)", "median: 25 min", 25, 25, "12 % over 1 h"),
    Reported("criterion: 5 to 60 min", "criterion: 5 to 60 min", 5, 60),
)


def moment(
    minutes: float, *, left: bool = False, reach: float = 60, speed: float = 3, shape: str = "ring"
) -> AuraView:
    """One made-up front, with constants of nobody."""
    times = np.linspace(0, 20, 41)
    front = aura.front(minutes, speed, (1.0, 0.0), 6.0, shape, A, E2)
    degrees = aura.eccentricity(times, speed, 1, A, E2)
    return AuraView(front, A, E2, left, reach, 1.0, minutes, times, degrees, "up to 2 min", REPORTED)


def speeds(own: float) -> SpeedView:
    computed = (
        Speed("model, example", 1.1, 1.1),
        Speed("model, other example", 0.7, 0.7),
        Speed("yours", own, own),
    )
    return SpeedView(computed, (Speed("Example 2001: seen", 3.2, 3.2), Speed("Example 2002: review", 2, 6)))


def wave(stopped: float | None) -> WaveView:
    place, time = np.meshgrid(np.linspace(0, 100, 60), np.linspace(0, 100, 50))
    hill = 3 * np.exp(-(((place - time) / 6) ** 2)) * (place < (stopped or 101)) - 1.1
    return WaveView(hill, np.linspace(90, 60, 60), 77, stopped)


MAKERS: dict[str, Callable[[Look], Figure]] = {
    "aura": lambda look: drawn(AuraMap(look), moment(11)),
    "aura_straight_left": lambda look: drawn(AuraMap(look), moment(7, left=True, reach=10, shape="straight")),
    "wave_speeds": lambda look: drawn(SpeedList(look, 3, 2), speeds(2.4)),
    "wave_strip": lambda look: drawn(SpaceTime(look), wave(55)),
}


test_light, test_dark = pictures(MAKERS)


def test_a_minute_moves_the_front_alone() -> None:
    drawing = AuraMap(Look())
    assert drawing.update(moment(4)) == 0
    assert drawing.update(moment(5)) == 2
    assert drawing.update(moment(5, speed=4)) == 1, "another speed: another curve"
    assert drawing.update(moment(5, speed=4, left=True)) == 0, "the maps turn round"


@pytest.mark.parametrize("presenting", [False, True])
def test_a_step_shows_what_a_fresh_drawing_shows(presenting: bool) -> None:
    look = Look(presenting=presenting, width=1180 if presenting else 920)
    fresh, stepped = LiveFigure(AuraMap(look)), LiveFigure(AuraMap(look))
    fresh.show(moment(9), "")
    for one in (moment(3, left=True, reach=10), moment(30), moment(0), moment(12), moment(9)):
        stepped.show(one, "")
    assert stepped.png == fresh.png


def test_the_aura_stays_in_its_own_half_of_the_field() -> None:
    for left in (False, True):
        before, after = (LiveFigure(AuraMap(Look())) for _ in range(2))
        before.show(moment(0, left=left), "")
        after.show(moment(14, left=left), "")
        box = after.drawing.field.get_window_extent()  # type: ignore[attr-defined]
        pictures = [
            np.asarray(one.drawing.figure.canvas.buffer_rgba()).astype(int) for one in (before, after)
        ]  # type: ignore[attr-defined]
        top = pictures[0].shape[0]
        part = np.s_[round(top - box.y1) : round(top - box.y0), round(box.x0) : round(box.x1)]
        changed = (np.abs(pictures[0][part] - pictures[1][part]).sum(axis=2) > 20).sum(axis=0)
        middle = len(changed) // 2
        own, other = (changed[:middle], changed[middle:]) if left else (changed[middle:], changed[:middle])
        assert own.sum() > 500
        assert other.sum() < 0.02 * own.sum()


def test_from_one_frame_to_the_next_little_changes() -> None:
    """Half a second lies between played frames; nothing may flash: no step changes the light of a tenth of the picture."""
    live = LiveFigure(AuraMap(Look()))
    frames = []
    for minute in range(18):
        live.show(moment(minute), "")
        frames.append(
            np.asarray(live.drawing.figure.canvas.buffer_rgba())[..., :3].astype(float).mean(axis=2)
        )  # type: ignore[attr-defined]
    for before, after in pairwise(frames):
        assert (np.abs(after - before) > 25).mean() < 0.1


def test_own_speed_moves_alone() -> None:
    drawing = SpeedList(Look(), 3, 2)
    assert drawing.update(speeds(2.4)) == 0
    assert drawing.update(speeds(2.6)) == 1


def test_a_wave_that_crosses_has_no_line_where_it_stops() -> None:
    drawing = SpaceTime(Look())
    assert drawing.update(wave(55)) == 1
    assert list(drawing._stop.get_xdata()) == [55, 55]
    drawing.update(wave(None))
    assert len(drawing._stop.get_xdata()) == 0
