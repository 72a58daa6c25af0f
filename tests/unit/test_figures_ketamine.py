"""Pictures of the list of studies and of the four definitions, and what pictures alone cannot show."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from migraine_lab.figures.definitions import POINTS, DefinitionLine, Definitions, DefinitionsView
from migraine_lab.figures.rate_strip import RateStrip, StripView
from migraine_lab.figures.study_rows import Scale, StudiesView, StudyLine, StudyRows, lines_of, pages
from migraine_lab.figures.style import Look
from tests.unit.figure_tools import drawn, pictures

LINES = [
    StudyLine("Compared", head=True),
    StudyLine("Example A · n 40", "clinic: pain halved", "12 of 20 v 8 of 20", "any effect 9/20 v 4/20", False,
              60, 39, 78, 40, 22, 61),
    StudyLine("Example B · n 34", "emergency: fall of pain", "1 v 2 of 10", "none read", False,
              10, 0, 22, 20, 0, 37, rough=True),
    StudyLine("No comparator", head=True),
    StudyLine("Example C · n 9", "hospital stay: two points", "8 of 9", "none read", False, 89, 57, 98, hollow=True),
    StudyLine("Example D, a study with a name that is too long for its column", "home: " + "words " * 20,
              "70 % of ?", "none read", value=70, hollow=True),
    StudyLine("A sentence", "as many as", "75", told=True, value=75),
]  # fmt: skip
DIFFERENCES = [
    StudyLine(
        "saline: Example A",
        "pain, 30 min",
        "other 10 better (-20 to 4)",
        "printed: 95 % CI",
        value=-10,
        low=-20,
        high=4,
    ),
    StudyLine("morphine: Example B", "pain, 60 min", "no figure printed", "none: no figure"),
    StudyLine(
        "ketorolac: Example C",
        "sickness",
        "ketamine 8 fewer (-3 to 70)",
        "worked out: counts",
        value=8,
        low=-3,
        high=70,
    ),
]
ZERO = Scale(-60, 60, ("← other | ketamine →", "difference", "interval"), zero=True)


def _grid() -> DefinitionsView:
    people = (
        np.random.default_rng(3).multinomial(200, np.full(POINTS**2, 1 / POINTS**2)).reshape(POINTS, POINTS)
    )
    before, after = np.meshgrid(np.arange(POINTS), np.arange(POINTS))
    rates = [
        DefinitionLine("at least 2 points lower", 76, 71, 60, 80, "printed 55 of 77"),
        DefinitionLine("at least 50 % lower", 51),
        DefinitionLine("pain free", 9),
    ]
    return DefinitionsView(people, 2 * after <= before, rates, 1, "SIMULATED: 200 people")


def _scores() -> StripView:
    rows = pd.DataFrame({"label": ["before", "at the end", "6 wk"], "text": ["7.4", "3.7", "7.2"],
                         "percent": [7.4, 3.7, 7.2], "low": [5.9, 1.3, 5.4], "high": [8.9, 6.1, 9.0]})  # fmt: skip
    return StripView(rows, joined=True)


MAKERS: dict[str, Callable[[Look], Figure]] = {
    "study_rows": lambda look: drawn(
        StudyRows(look, 14, Scale(heads=("of 100", "result", "harms"))), StudiesView(LINES, 1)
    ),
    "study_differences": lambda look: drawn(StudyRows(look, 7, ZERO), StudiesView(DIFFERENCES)),
    "definitions": lambda look: drawn(Definitions(look, 3), _grid()),
    "mean_scores": lambda look: drawn(
        RateStrip(look, 3, most=10, unit="mean pain, 0 to 10", shape="o"), _scores()
    ),
}
test_light, test_dark = pictures(MAKERS)


@pytest.mark.parametrize("look", [Look(), Look(presenting=True, width=1180)])
@pytest.mark.parametrize("capacity", [5, 7, 12])
def test_pages_hold_every_row_once_and_head_what_goes_on(look: Look, capacity: int) -> None:
    lines = [
        line
        for panel in "ABC"
        for line in (StudyLine(panel, head=True), *(StudyLine(f"{panel}{n}") for n in range(5)))
    ]
    cut = pages(lines, capacity, look)
    assert [line.label for page in cut for line in page if not line.head] == [
        line.label for line in lines if not line.head
    ]
    for page in cut:
        assert sum(lines_of(line, look) for line in page) <= capacity
        assert page[0].head and not page[-1].head
        head = ""
        for line in page:
            head = line.label if line.head else head
            assert line.label.startswith(head)


def test_uncontrolled_rows_are_hollow_and_compared_ones_joined() -> None:
    figure = StudyRows(Look(), 14, Scale())
    figure.update(StudiesView(LINES))
    filled, hollow, other, told = (
        np.sort(marks.get_offsets()[:, 0]).tolist()
        for marks in (figure._marks, figure._hollow, figure._others, figure._told)
    )
    assert (filled, hollow, other, told) == ([10, 60], [70, 89], [20, 40], [75])
    assert len(figure._joins.get_segments()) == 2
    assert len(figure._rough.get_segments()) == len(figure._other_rough.get_segments()) == 1


def test_an_interval_beyond_the_scale_ends_at_its_edge() -> None:
    figure = StudyRows(Look(), 7, ZERO)
    figure.update(StudiesView(DIFFERENCES))
    ends = [segment[:, 0].tolist() for segment in figure._sticks.get_segments()]
    assert ends == [[-20, 4], [-3, 60]]


def test_moving_the_pointer_alone_leaves_the_rows() -> None:
    figure = StudyRows(Look(), 14, Scale())
    assert [figure.update(StudiesView(LINES, chosen)) for chosen in (None, 4, 5)] == [0, 2, 2]
    assert figure.update(StudiesView(LINES[:3])) == 1
