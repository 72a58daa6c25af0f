"""Pictures of the trial lab, the framings, the table of bias and the readings of one trial."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from migraine_lab.figures.bias_table import WORDS, BiasTable, BiasView
from migraine_lab.figures.framing import FramingFigure, FramingView, Telling
from migraine_lab.figures.icon_arrays import IconView
from migraine_lab.figures.readings import ReadingRow, ReadingsFigure, ReadingsView
from migraine_lab.figures.style import Look
from migraine_lab.figures.trial_lab import LabView, TrialLabFigure
from tests.unit.figure_tools import drawn, pictures


def lab_view(trials: int = 300) -> LabView:
    chance = np.random.default_rng(4)
    placebo, treated = chance.normal(30, 6, trials), chance.normal(45, 7, trials)
    marked = treated - placebo > 14
    return LabView(
        placebo, treated, marked, (30.0, 45.0), float((treated - placebo)[marked].mean()), ("300 trials", "some count")
    )  # fmt: skip


def lab(look: Look) -> Figure:
    return drawn(TrialLabFigure(look), lab_view())


def framing(look: Look) -> Figure:
    words = "Of 100 people given drug A instead of placebo, ten more get better, which is a sentence of two lines."
    tellings = [
        Telling("Relative", "91 % more", words),
        Telling("Absolute", "10 more of 100", words),
        Telling("Loss", "79 of 100", "A short one."),
    ]
    return drawn(
        FramingFigure(look, 3), FramingView(tellings, IconView(21, 11, "drug A", "placebo"), "supposed")
    )


def bias(look: Look) -> Figure:
    kinds = list(WORDS)
    rows = [[kinds[(at + step) % len(kinds)] for at in range(4)] for step in range(5)]
    view = BiasView([f"Study {step}" for step in range(5)], rows, 2, "judged by: somebody")
    return drawn(BiasTable(look, 6, ("chance", "lost", "told", "overall")), view)


def readings(look: Look) -> Figure:
    rows = [
        ReadingRow("As planned", "2 fewer days against 1.8", 0.2, -0.3, 0.7, "0.2 (−0.3 to 0.7)", True),
        ReadingRow("Afterwards", "2.4 fewer days against 1.6", 0.8, 0.1, 1.5, "0.8 (0.1 to 1.5)", False),
        ReadingRow("No spread known", "5.1 against 5.2", -0.1, np.nan, np.nan, "−0.1 (p 0.3)", True),
    ]
    return drawn(ReadingsFigure(look, 3), ReadingsView(rows, "fewer a month", "sham"))


MAKERS = {"trial_lab": lab, "framing": framing, "bias_table": bias, "readings": readings}
test_light, test_dark = pictures(MAKERS)


def test_every_trial_is_in_a_bar() -> None:
    figure = TrialLabFigure(Look())
    view = lab_view()
    figure.update(view)
    for at, many in ((2, 300), (3, int(view.significant.sum()))):
        paths = figure._bars[at].get_paths()
        tops = np.array([path.vertices[:, 1].max() for path in paths])
        tallest = np.array([path.vertices[:, 1].max() for path in figure._bars[2].get_paths()]).max()
        assert tallest == pytest.approx(1)
        unit = tops.sum() / many
        np.testing.assert_allclose(tops / unit, np.round(tops / unit), atol=1e-6)


def test_a_trial_beyond_the_axis_widens_it() -> None:
    figure = TrialLabFigure(Look())
    few = np.array([20.0])
    assert figure.update(LabView(few, few + 12, few > 0, (20.0, 30.0), 12.0, ("", ""))) == 0
    assert figure._panels[1].get_xlim() == (-20, 20)
    assert figure.update(LabView(few, few + 13, few > 0, (20.0, 30.0), 13.0, ("", ""))) == 1
    assert figure.update(LabView(few, few + 55, few > 0, (20.0, 30.0), 55.0, ("", ""))) == 0
    assert figure._panels[1].get_xlim() == (-60, 60)


def test_no_judgement_is_hollow_and_has_a_word() -> None:
    table = BiasTable(Look(), 3, ("one", "overall"))
    table.update(BiasView(["a", "b"], [["low", "no information"], ["does not apply", "high"]], None, ""))
    assert {name: len(mark.get_xdata()) for name, mark in table._marks.items() if len(mark.get_xdata())} == {
        "low": 1, "no information": 1, "does not apply": 1, "high": 1,
    }  # fmt: skip
    assert table._marks["no information"].get_markerfacecolor() == "none"
    shapes = [mark.get_marker() for name, mark in table._marks.items() if name in ("low", "some", "high")]
    assert len(set(shapes)) == 3, "colour must not be alone"
    assert [word.get_text() for word in table._words[0]] == ["low", "not said"]
    assert not table._band.get_visible()
