"""Pictures of the map of treatments, the pathway and the sorting board, and what pictures alone cannot show."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.figure import Figure

from migraine_lab.figures.pathway import PLACES, Pathway, PathwayView
from migraine_lab.figures.sorting_board import BoardView, SortingBoard
from migraine_lab.figures.style import Look
from migraine_lab.figures.treatment_map import MapView, TreatmentMap, lay_out
from tests.unit.figure_tools import drawn, pictures


def rows(head: str = "head") -> pd.DataFrame:
    """Twelve made-up treatments of three classes in two categories."""
    classes = ["first class"] * 7 + ["second class"] * 2 + ["another class"] * 3
    frame = pd.DataFrame({"name": [f"Example {letter}" for letter in "ABCDEFGHIJKL"], "drug_class": classes})
    frame["treatment_id"] = frame["name"].str[-1].str.lower()
    frame["head"] = ["One kind"] * 9 + ["Other kind"] * 3
    return frame if head == "head" else frame.assign(head=frame[head])


def sites() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place": ["vessel", "relay", "thalamus", "thalamus", "any_synapse"],
            "part": ["", "serotonin receptor", "", "", "NMDA receptor"],
            "finding": ["acts", "proposed", "acts", "not found", "acts"],
        }
    )


BOARD = {
    "One": [("Example A", "first"), ("Example B", "wrong")],
    "Two": [(f"An example with a long name {place}", "later") for place in range(7)],
}
VIEW = MapView({"a", "b", "h", "k"}, "b")
MAKERS: dict[str, Callable[[Look], Figure]] = {
    "treatment_map": lambda look: drawn(TreatmentMap(look, lay_out(rows(), False, look)), VIEW),
    "treatment_names": lambda look: drawn(TreatmentMap(look, lay_out(rows("drug_class"), True, look)), VIEW),
    "pathway": lambda look: drawn(Pathway(look), PathwayView(sites())),
    "pathway_counts": lambda look: drawn(
        Pathway(look.with_(width=920)), PathwayView(sites(), "relay", {"relay": 3})
    ),
    "sorting": lambda look: drawn(
        SortingBoard(look, ["One", "Two", "Three"]), BoardView(BOARD, "Example C", "2 of 20 sorted")
    ),
}


test_light, test_dark = pictures(MAKERS)


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize("look", [Look(width=640), Look(width=1180, presenting=True)])
def test_every_treatment_is_one_dot_within_the_picture(opened: bool, look: Look) -> None:
    layout = lay_out(rows(), opened, look)
    assert sorted(name for *_, name in layout.dots) == list("abcdefghijkl")
    assert all(layout.left <= x < look.width for x, *_ in layout.dots)
    assert len({(x, line) for x, line, _ in layout.dots}) == 12


def test_pages_of_the_map_hold_every_dot_once_and_always_a_heading() -> None:
    layout = lay_out(rows("drug_class"), True, Look(width=640))
    pages = [layout.page(first, 2) for first in range(0, layout.lines, 2)]
    assert sum(len(page.dots) for page in pages) == 12
    assert all(0 in page.heads for page in pages)


def test_a_filter_empties_dots_and_leaves_them_in_place() -> None:
    drawing = TreatmentMap(Look(width=760), lay_out(rows(), False, Look(width=760)))
    drawing.update(VIEW)
    before = drawing._dots.get_offsets().tolist()
    filled = [tuple(colour) == drawing._fits for colour in drawing._dots.get_facecolor()]
    assert [name for name, full in zip(drawing._ids, filled, strict=True) if full] == ["a", "b", "h", "k"]
    drawing.update(MapView(set()))
    assert drawing._dots.get_offsets().tolist() == before
    assert not drawing._chosen.get_visible()


def test_what_contradicts_itself_is_marked_side_by_side() -> None:
    drawing = Pathway(Look(width=920))
    drawing.update(PathwayView(sites()))
    acts, missing = (drawing._marks["head"][name].get_offsets() for name in ("acts", "not found"))
    assert len(acts) == 2 and len(missing) == 1
    assert acts[1][0] < PLACES["thalamus"][1] < missing[0][0]


def test_long_rows_of_the_board_count_what_they_cannot_name() -> None:
    board = SortingBoard(Look(width=760), ["One", "Two"])
    board.update(BoardView(BOARD, "", ""))
    assert [label.get_text() for label in board._names["Two"]][-1] == "and 3 more"
    assert board._names["One"][0].get_text() == "● Example A"
