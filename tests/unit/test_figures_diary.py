"""One light and one dark picture of the calendar and of regression to the mean, with made-up days and people."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure

from migraine_lab.figures import calendar
from migraine_lab.figures.calendar import CalendarFigure, CalendarView, Count, Month
from migraine_lab.figures.quick_text import QuickText, width
from migraine_lab.figures.regression import RegressionFigure, RegressionView
from migraine_lab.figures.style import Look
from tests.unit.figure_tools import drawn, pictures


def month(name: str, begins: int, days: int, shift: int) -> Month:
    """A made-up month in which every kind of day and of medication stands beside every other."""
    turn = np.arange(days) + shift
    kinds = (turn // 2) % 4
    taken = np.where(kinds == calendar.NOT_NOTED, calendar.NOTHING, turn % 3)
    counts = (
        Count("headache 12: below 15", 12, 12, 15),
        Count("migraine 6–13: unclear at 8", 6, 13, 8),
        Count("gepant 4: no line published", 4, 4, float("nan")),
    )
    return Month(name, begins, kinds, taken, counts)


def calendar_view() -> CalendarView:
    """Three months of different lengths, one of them over six weeks."""
    return CalendarView(
        (month("March 2025", 5, 31, 0), month("April 2025", 1, 30, 1), month("February 2026", 6, 28, 2)),
        "gepant",
    )


def regression_view() -> RegressionView:
    """Twelve made-up people; a placebo arm below the arm given nothing, and a curve that ends early."""
    before = np.linspace(8, 16, 12)
    after = before * np.tile([0.3, 0.8, 1.2], 4)
    curves = np.full((4, 20), np.nan)
    curves[0, :14], curves[1, :12], curves[2, :11] = np.linspace(20, 90, 14), np.linspace(18, 60, 12), 30
    curves[3, :9] = np.linspace(15, 30, 9)
    return RegressionView(
        before=before, after=after, halved=after <= before / 2, means=(12.0, 9.2), arm=0,
        percent=np.array([40.0, 35.0, 70.0]), low=np.array([31.0, 26.0, 60.0]), high=np.array([50.0, 45.0, 78.0]),
        counts=("40 % (40 of 100)", "35 % (35 of 100)", "70 % (70 of 100)"), threshold=8.0,
        thresholds=np.arange(1.0, 21.0), curves=curves, baseline=1,
    )  # fmt: skip


MAKERS: dict[str, Callable[[Look], Figure]] = {
    "diary_calendar": lambda look: drawn(CalendarFigure(look), calendar_view()),
    "regression_to_the_mean": lambda look: drawn(RegressionFigure(look, 28, 20), regression_view()),
}


test_light, test_dark = pictures(MAKERS)


@pytest.mark.parametrize("look", [Look(width=640), Look(width=1100), Look(presenting=True, width=1180)])
def test_each_text_lies_within_its_picture(look: Look) -> None:
    """Nothing is cut off at the edges, at any width and on slides."""
    for make in MAKERS.values():
        figure = make(look)
        renderer = figure.canvas.get_renderer()
        wide, tall = figure.bbox.width, figure.bbox.height
        texts = [one for one in figure.findobj(lambda one: hasattr(one, "get_text")) if one.get_text()]
        assert len(texts) > 12
        for text in filter(lambda one: one.get_visible(), texts):
            box = text.get_window_extent(renderer)
            left, right = box.x0, box.x1
            if isinstance(text, QuickText):  # drawn narrower than matplotlib would draw it
                spare = box.width - width(text.get_text(), text.get_fontsize() * renderer.dpi / 72)
                share = {"left": 0.0, "center": 0.5, "right": 1.0}[text.get_horizontalalignment()]
                left, right = left + share * spare, right - (1 - share) * spare
            assert left >= -1 and right <= wide + 1, text.get_text()
            assert box.y0 >= -1 and box.y1 <= tall + 1, text.get_text()


def test_only_marks_are_drawn_again_when_another_medicine_is_marked() -> None:
    figure, view = CalendarFigure(Look()), calendar_view()
    assert figure.update(view) == 0
    other = tuple(
        Month(one.name, one.begins, one.days, np.zeros_like(one.taken), one.counts) for one in view.months
    )
    assert figure.update(CalendarView(other, "triptan")) == 2
    assert figure.update(CalendarView(view.months[::-1], "triptan")) == 1
    assert figure.update(CalendarView(view.months[:2], "triptan")) == 0


def test_each_day_is_one_square_and_each_medicine_one_dot() -> None:
    figure, view = CalendarFigure(Look()), calendar_view()
    figure.update(view)
    kinds = np.concatenate([one.days for one in view.months])
    taken = np.concatenate([one.taken for one in view.months])
    for kind, squares in enumerate(figure._squares):
        assert len(squares.get_paths()) == (kinds == kind).sum()
    assert len(figure._dots.get_offsets()) == (taken == calendar.CHOSEN).sum()
    assert len(figure._rings.get_offsets()) == (taken == calendar.OTHER).sum()
    asked = [text for text in figure._questions if text.get_text()]
    assert len(asked) == (kinds == calendar.NOT_NOTED).sum()


def test_bars_stand_on_each_other_and_the_halved_are_drawn_apart() -> None:
    figure, view = RegressionFigure(Look(), 28, 20), regression_view()
    figure.update(view)
    ends = [bar.get_paths()[0].vertices[:, 0] for bar in figure._bars]
    assert [(one.min(), one.max()) for one in ends] == [(0, 40), (35, 40), (35, 70)]
    assert len(figure._halved.get_segments()) == view.halved.sum()
    assert len(figure._others.get_segments()) == (~view.halved).sum()
