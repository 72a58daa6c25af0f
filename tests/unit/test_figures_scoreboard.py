"""Pictures of the scoreboard, and what pictures alone cannot show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from migraine_lab import explore
from migraine_lab.explore.scoreboard import WARNING
from migraine_lab.figures.quick_text import width
from migraine_lab.figures.scoreboard import (
    BAD,
    FILLS,
    GOOD,
    NOTHING,
    OPEN,
    PART,
    Scoreboard,
    ScoreRow,
    ScoreView,
)
from migraine_lab.figures.style import Look
from tests.unit.figure_tools import drawn, pictures

FIVE = (("right", GOOD), ("half right", PART), ("wrong", BAD), ("no basis", NOTHING), ("not open", OPEN))
ROWS = (
    ScoreRow("Example A", (9, 6, 5, 4, 1), 36.0, 20.2, 55.5, 5, "yes"),
    ScoreRow("Example B with a long title that is cut somewhere", (2, 0, 0, 3, 2), 28.6, 8.2, 64.1, 3, "unknown"),
    ScoreRow("Example C", (0, 1, 1, 0, 0), 0.0, 0.0, 65.8, 1, "no"),
)  # fmt: skip
ARTICLES = ScoreView(ROWS, FIVE, 0, 31.4, "Three examples are no sample.")
TOPICS = ScoreView(
    [replace(one, tone=0, sells="", counts=one.counts[:3]) for one in ROWS], FIVE[:3], 2, 20.0, "No sample."
)
MAKERS: dict[str, Callable[[Look], Figure]] = {
    "scoreboard_articles": lambda look: drawn(Scoreboard(look, 3, 25, True), ARTICLES),
    "scoreboard_topics": lambda look: drawn(Scoreboard(look, 3, 20, False), TOPICS),
}
test_light, test_dark = pictures(MAKERS)


def test_a_look_at_another_share_moves_marks_and_leaves_bars() -> None:
    board = Scoreboard(Look(), 3, 25, True)
    assert board.update(ARTICLES) == 0
    rows = [replace(one, percent=50.0, low=40.0, high=60.0) for one in ROWS]
    assert board.update(replace(ARTICLES, rows=rows, chosen=2)) == 1
    assert np.asarray(board._points.get_offsets())[:, 0].tolist() == [50.0] * 3
    assert [text.get_text() for text in board._counts] == ["5 of 25", "0 of 7", "1 of 2"]
    assert board.update(replace(ARTICLES, rows=rows[:1])) == 0


def test_bars_are_as_long_as_their_counts_and_follow_one_another() -> None:
    board = Scoreboard(Look(), 3, 25, True)
    board.update(ARTICLES)
    boxes = [box for box in board._boxes if box.get_visible()]
    assert sum(box.get_width() for box in boxes) == sum(sum(one.counts) for one in ROWS)
    first = board._boxes[: len(FILLS)]
    assert [box.get_x() for box in first] == [0, 9, 15, 20, 24]


@pytest.mark.parametrize("look", [Look(width=640), Look(), Look(width=1180, presenting=True)])
def test_counts_stand_only_where_they_fit(look: Look) -> None:
    board = Scoreboard(look, 3, 60, True)
    board.update(ARTICLES)
    for number, text in enumerate(board._inside):
        row, part = divmod(number, len(FILLS))
        assert text.get_text() in ("", str(ROWS[row].counts[part]))
    assert not board._inside[4].get_text(), "one claim of 60 has no room for its number"
    assert board._warning.get_text() == ARTICLES.warning


@pytest.mark.parametrize("look", [Look(width=640), Look(width=1180, presenting=True)])
def test_the_key_of_five_verdicts_and_the_warning_fit(look: Look) -> None:
    board = Scoreboard(look, 5, 48, True)
    view = explore.Scoreboard().view()
    board.update(replace(view, warning=WARNING))
    pixels = look.text * 4 / 3
    last = board._keys[-1]
    assert last.get_position()[0] * look.width + width(last.get_text(), pixels) <= look.width
    assert board._warning.get_text() == WARNING
