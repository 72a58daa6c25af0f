"""Pictures of the list of symptoms, and how it is cut into pages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from migraine_lab.figures.style import Look
from migraine_lab.figures.symptom_list import SymptomList, SymptomView, pages
from tests.unit.figure_tools import drawn, pictures


def rows() -> pd.DataFrame:
    """Five made-up rows in two groups; one without an interval, one that an article names."""
    return pd.DataFrame(
        {
            "group": ["Asked without a list", "Asked without a list", *["Written in a diary"] * 3],
            "label": ["stiff neck", "a symptom whose name is far too long for its column", "yawning", "nausea", "tired"],
            "source": ["Nobody 1999", "Nobody 2001", "Somebody 2005", "Somebody 2005", "Somebody 2005"],
            "text": ["21 % of 100", "50 % of 60", "34 % of ?", "90 % of 20", "77 % of 300"],
            "named": ["stiff neck", "", "", "", ""],
            "phase_id": ["prodrome", "prodrome", "aura", "headache", "postdrome"],
            "unit_counted": ["patients", "attacks", "patients", "patients", "attacks"],
            "percent": [21.0, 50.0, 34.0, 90.0, 77.0],
            "low": [14.2, 37.7, np.nan, 69.9, 71.9],
            "high": [30.0, 62.3, np.nan, 97.2, 81.4],
        }
    )  # fmt: skip


MAKERS: dict[str, Callable[[Look], Figure]] = {
    "symptoms": lambda look: drawn(SymptomList(look, 8), SymptomView(rows(), "▲ named in the article")),
}


test_light, test_dark = pictures(MAKERS)


def test_no_interval_without_a_count_and_a_marker_by_what_was_counted() -> None:
    figure = SymptomList(Look(width=760), 8)
    figure.update(SymptomView(rows()))
    assert len(figure._sticks.get_segments()) == 4
    assert figure._marks["patients"].get_offsets()[:, 0].tolist() == [21, 34, 90]
    assert figure._marks["attacks"].get_offsets()[:, 0].tolist() == [50, 77]


def test_headings_stay_while_rows_of_the_same_groups_change_places() -> None:
    figure = SymptomList(Look(width=760), 8)
    assert figure.update(SymptomView(rows())) == 0
    assert figure.update(SymptomView(rows().assign(percent=[1.0, 2, 3, 4, 5]))) == 1
    assert figure.update(SymptomView(rows().assign(group="one"))) == 0


@given(sizes=st.lists(st.integers(1, 9), max_size=6), lines=st.integers(2, 12))
def test_pages_hold_every_row_once_and_never_more_lines_than_there_are(sizes: list[int], lines: int) -> None:
    groups = [f"group {place}" for place, size in enumerate(sizes) for _ in range(size)]
    cut = pages(groups, lines)
    assert [place for one in cut for place in range(one.start, one.stop)] == list(range(len(groups)))
    for one in cut:
        shown = groups[one]
        assert len(shown) + len(set(shown)) <= lines


def test_a_page_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        SymptomList(Look(width=760), 4).update(SymptomView(rows()))
