"""Pictures of the forest and of the funnel, and what has to be where in them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure

from migraine_lab.figures.forest import ForestFigure, ForestRows, ForestView
from migraine_lab.figures.funnel import FunnelFigure, FunnelView, PooledLine
from migraine_lab.figures.quick_text import width
from migraine_lab.figures.style import CSS_DPI, Look
from tests.unit.figure_tools import drawn, pictures

HETEROGENEITY = "How far the trials differ: Q = 9.1, df = 4, p = 0.059; I² = 56 %; τ² = 0.031 (logarithms)"


def forest_rows(many: int = 5) -> ForestRows:
    chance = np.random.default_rng(6)
    middle, half = np.exp(chance.normal(0.45, 0.15, many)), np.exp(chance.uniform(0.12, 0.45, many))
    points = np.column_stack([middle / half, middle, middle * half])
    weight = 100 * half**-2 / (half**-2).sum()
    return ForestRows(
        labels=tuple(f"Trial {at + 1}: drug {'ABC'[at % 3]} 50 mg" for at in range(many)),
        treated=tuple(f"{40 + at}/{120 + at}" for at in range(many)),
        control=tuple(f"{20 + at}/{118 + at}" for at in range(many)),
        effects=tuple(f"{b:.2f} ({a:.2f} to {c:.2f})" for a, b, c in points),
        shares=tuple(f"{one:.1f} %" for one in weight),
        points=points,
        weight=weight,
        left_out=np.zeros(many, bool),
        unlike=np.zeros(many, bool),
    )


def forest_view(many: int = 5) -> ForestView:
    return ForestView(
        rows=forest_rows(many),
        ends=(0.7, 3.2),
        scale="risk ratio (log axis)",
        sides=("← favours placebo", "favours treatment →"),
        pooled=(1.55, 1.3, 1.85),
        prediction=(0.95, 2.5),
        lines=(
            ("Random effects (Paule and Mandel)", "1.55 (1.30 to 1.85)", "100 %"),
            ("A further trial (prediction)", "0.95 to 2.50", ""),
        ),
        heterogeneity=HETEROGENEITY,
        heads=("trial", "treated", "placebo", "95 % interval", "weight"),
    )  # fmt: skip


def forest(look: Look) -> Figure:
    return drawn(ForestFigure(look, 6), forest_view())


def warned(look: Look) -> Figure:
    """A trial that is unlike, one left out, one beyond the axis, and the warning on the picture."""
    view = forest_view()
    rows = replace(
        view.rows,
        unlike=np.array([False, True, False, False, False]),
        left_out=np.array([False, False, False, True, False]),
        points=np.vstack([view.rows.points[:-1], [0.5, 1.4, 4.0]]),
        shares=(*view.rows.shares[:3], "out", view.rows.shares[4]),
    )
    words = "NOT ALIKE, POOLED ANYWAY: pain freedom and pain relief are different outcomes"
    return drawn(ForestFigure(look, 6), replace(view, rows=rows, before=(1.7, 1.35, 2.1), warning=words))


def differences(look: Look) -> Figure:
    view = forest_view(2)
    points = np.array([[-3.0, 4, 11], [2, 9, 16]])
    rows = replace(view.rows, points=points, effects=("4 (−3 to 11)", "9 (2 to 16)"))
    return drawn(
        ForestFigure(look, 3),
        replace(view, rows=rows, ends=(-5.0, 18.0), log=False, scale="difference, of 100",
                pooled=(6.5, 1.5, 11.5), prediction=None),
    )  # fmt: skip


def twenty(look: Look) -> Figure:
    return drawn(ForestFigure(look, 24), forest_view(20))


def funnel_view(simulated: bool = True) -> FunnelView:
    chance = np.random.default_rng(8)
    errors = np.sort(chance.uniform(2, 11, 30))
    gains = 8 + errors * chance.normal(0, 1, 30)
    printed = (gains > 1.96 * errors) if simulated else np.ones(30, bool)
    pooled = [PooledLine("all 30, pooled", "8.1 (6.0 to 10.2)", (8.1, 6.0, 10.2), not simulated)]
    if simulated:
        pooled.append(PooledLine("printed, 12, pooled", "11.4 (8.8 to 14.0)", (11.4, 8.8, 14.0), True))
    return FunnelView(
        gains, errors, printed, 8.0, "truth: 8 points" if simulated else "pooled gain", (-30.0, 40.0), 12.0,
        pooled, simulated,
    )  # fmt: skip


def funnel(look: Look) -> Figure:
    return drawn(FunnelFigure(look), funnel_view())


def funnel_of_real_trials(look: Look) -> Figure:
    return drawn(FunnelFigure(look), funnel_view(False))


MAKERS = {
    "forest": forest, "forest_warned": warned, "forest_differences": differences, "forest_of_twenty": twenty,
    "funnel": funnel, "funnel_of_real_trials": funnel_of_real_trials,
}  # fmt: skip
test_light, test_dark = pictures(MAKERS)


# -- the forest --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("presenting", [False, True])
@pytest.mark.parametrize("many", [1, 7, 20])
def test_rows_fill_the_picture_and_no_two_overlap(many: int, presenting: bool) -> None:
    look = Look(width=1180 if presenting else 785, presenting=presenting)
    figure = ForestFigure(look, max(many, 7))
    figure.update(forest_view(many))
    texts = [text for text in figure._texts[0] if text.get_text()]
    assert len(texts) == many + 2
    boxes = [text.get_window_extent(figure.figure.canvas.get_renderer()) for text in texts]
    for above, below in pairwise(boxes):
        assert above.y0 >= below.y0 + 0.6 * above.height
    assert all(box.y0 > 0 and box.y1 < figure._height * figure.figure.dpi / 96 for box in boxes)


def test_squares_have_the_area_of_their_weight_and_stand_at_their_effect() -> None:
    figure, view = ForestFigure(Look(), 6), forest_view()
    figure.update(view)
    np.testing.assert_allclose(figure._squares.get_offsets()[:, 0], view.rows.points[:, 1])
    sizes = figure._squares.get_sizes()
    np.testing.assert_allclose(sizes / sizes.max(), view.rows.weight / view.rows.weight.max())
    diamond = figure._diamond.get_paths()[0].vertices
    assert diamond[:, 0].min() == pytest.approx(1.3) and diamond[:, 0].max() == pytest.approx(1.85)
    bar = figure._bar.get_segments()[0]
    assert bar[:, 0].tolist() == pytest.approx([0.95, 2.5])


def test_what_does_not_fit_the_axis_gets_an_arrow_and_what_is_left_out_a_cross() -> None:
    figure, view = ForestFigure(Look(), 6), forest_view()
    rows = replace(view.rows, points=view.rows.points.copy(), left_out=np.arange(5) == 3)
    rows.points[4] = 0.5, 1.4, 4.0
    figure.update(replace(view, rows=rows))
    assert [len(figure._arrows[side].get_offsets()) for side in "<>"] == [1, 1]
    assert len(figure._out_marks.get_offsets()) == 1 and len(figure._squares.get_offsets()) == 4


@pytest.mark.parametrize("presenting", [False, True])
@pytest.mark.parametrize(
    "ends", [(0.7, 3.2), (0.85, 7.0), (0.9, 2.2), (0.3, 1.2), (0.02, 60.0), (1e-3, 900.0)]
)
def test_an_axis_of_ratios_has_two_ticks_or_more_and_room_between(
    ends: tuple[float, float], presenting: bool
) -> None:
    figure = ForestFigure(Look(width=1180 if presenting else 785, presenting=presenting), 6)
    figure.update(replace(forest_view(), ends=ends))
    ticks = figure.axes.get_xticks()
    assert len(ticks) >= 2 and (ticks >= ends[0]).all() and (ticks <= ends[1]).all()
    places = (figure._right - figure._left) * np.log(ticks / ends[0]) / np.log(ends[1] / ends[0])
    assert np.diff(places).min() > 2 * figure.look.text


def test_a_step_moves_and_other_trials_are_written_anew() -> None:
    figure, view = ForestFigure(Look(), 6), forest_view()
    assert figure.update(view) == 0
    assert figure.update(replace(view, pooled=(1.6, 1.4, 1.9))) == 1
    assert figure.update(replace(view, warning="not alike")) == 0


# -- the funnel --------------------------------------------------------------------------------------------------------
def test_filled_marks_are_printed_and_hollow_ones_in_the_drawer() -> None:
    figure, view = FunnelFigure(Look()), funnel_view()
    figure.update(view)
    np.testing.assert_allclose(figure._filled.get_offsets()[:, 0], view.gains[view.printed])
    np.testing.assert_allclose(figure._hollow.get_offsets()[:, 1], view.errors[~view.printed])
    assert view.printed.any() and not view.printed.all()
    assert figure._marked.get_text() == "SIMULATED"
    figure.update(funnel_view(False))
    assert figure._marked.get_text() == "REAL TRIALS" and figure._key_texts[1].get_text().endswith("unknown")
    assert not len(figure._hollow.get_offsets()) and not figure._labels[1].get_text()


def test_the_walls_stand_where_chance_leaves_one_trial_in_twenty_outside() -> None:
    figure = FunnelFigure(Look())
    figure.update(funnel_view())
    ends = sorted(wall.get_data()[0][1] for wall in figure._walls)
    assert ends == pytest.approx([8 - 1.96 * 12, 8 + 1.96 * 12])
    assert figure.axes.get_ylim() == (12.0, 0.0), "the surest on top"


def test_another_drawer_moves_and_another_truth_draws_anew() -> None:
    figure, view = FunnelFigure(Look()), funnel_view()
    assert figure.update(view) == 0
    assert figure.update(replace(view, printed=~view.printed)) == 1
    assert figure.update(replace(view, centre=4.0)) == 0


@pytest.mark.parametrize("presenting", [False, True])
@pytest.mark.parametrize("wide", [744, 920, 1180])
def test_columns_do_not_touch_where_the_page_is_narrow(wide: int, presenting: bool) -> None:
    """Counts of large trials in both arms stand apart, and the plot keeps room, at the widths that a page has."""
    look = Look(width=max(wide, 1180) if presenting else wide, presenting=presenting)
    made, pixels = ForestFigure(look, 6), look.text / 72 * CSS_DPI
    long = width("967/1772", pixels)
    assert made._edges[0] - long > made._label_room
    assert made._edges[1] - long > made._edges[0] + 0.3 * pixels
    assert made._right - made._left > 0.15 * look.width
    assert made._text - width("2.00 (2.00 to 2.00)", pixels) > made._right
