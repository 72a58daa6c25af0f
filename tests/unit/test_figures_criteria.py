"""The criteria board and the list of surveys: a light and a dark picture each, and what pictures alone cannot show."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure

from migraine_lab.explore.live_figure import LiveFigure
from migraine_lab.figures.criteria_board import (
    FAILED,
    FLAG,
    MET,
    UNKNOWN,
    BoardView,
    CriteriaBoard,
    Group,
    Line,
)
from migraine_lab.figures.style import Look
from migraine_lab.figures.survey_rows import CRITERIA, MODELLED, OWN_WORDS, SurveyLine, SurveyRows, SurveyView
from tests.unit.figure_tools import drawn, pictures

BOARD = BoardView(
    (
        Group(
            "9.1  Example headache",
            "all met",
            (
                Line("A", MET, "at least 3 attacks like this"),
                Line("B", MET, "2 of these 3, 2 met", (("one", MET), ("another", FAILED), ("a third", MET))),
                Line("C", MET, "nothing else explains it better"),
            ),
        ),
        Group(
            "9.2  Its neighbour",
            "nearly: 1 not met, 1 not known",
            (
                Line("A", UNKNOWN, "lasts 1 to 2 h"),
                Line("B", FAILED, "both sides"),
                Line("C", MET, "pressing"),
            ),
        ),
        Group("Warning signs", "stop", (Line("", FLAG, "sudden onset"), Line("", UNKNOWN, "fever"))),
    )
)
SURVEYS = SurveyView(
    (
        SurveyLine("1-year prevalence, by the criteria"),
        SurveyLine("women: Example 2001: somewhere", "17.5 %", 17.5, np.nan, np.nan, "female", CRITERIA),
        SurveyLine("men: Example 2001: somewhere", "6 % (5 to 7)", 6, 5, 7, "male", CRITERIA),
        SurveyLine("in people's own words"),
        SurveyLine("Other 2002: a country", "15 %", 15, np.nan, np.nan, "both", OWN_WORDS),
        SurveyLine("Pooled 2003: the world", "14 % (13 to 15)", 14, 13, 15, "both", MODELLED),
        SurveyLine("Cost 2004: no place on the scale", "1 200 euro a year"),
    ),
    most=20,
    scale="scale: of 100 people",
)
MAKERS: dict[str, Callable[[Look], Figure]] = {
    "criteria_board": lambda look: drawn(CriteriaBoard(look, 13), BOARD),
    "survey_rows": lambda look: drawn(SurveyRows(look, 8), SURVEYS),
}


test_light, test_dark = pictures(MAKERS)


def words(board: CriteriaBoard) -> list[str]:
    return [text.get_text() for text in (*board._fixed, *board._moving) if text.get_text()]


def test_a_state_moves_alone_and_other_lines_redraw() -> None:
    board = CriteriaBoard(Look(), 13)
    assert board.update(BOARD) == 0
    first = BOARD.groups[0]
    turned = BoardView(
        (Group(first.title, "1 not known", (Line("A", UNKNOWN, first.lines[0].label), *first.lines[1:])),)
    )
    assert board.update(turned) == 0, "groups went away"
    assert board.update(BoardView((first,))) == 1, "a state alone"


def test_shape_and_word_say_what_colour_says() -> None:
    board = CriteriaBoard(Look(), 13)
    board.update(BOARD)
    shapes = {state: marks.get_marker() for state, marks in board._marks.items()}
    assert len({shapes[state] for state in (MET, FAILED, FLAG)}) == 3
    hollow = {state for state, marks in board._marks.items() if marks.get_markerfacecolor() == "none"}
    assert hollow == {UNKNOWN}
    assert [len(board._marks[state].get_xdata()) for state in (MET, FAILED, UNKNOWN, FLAG)] == [6, 2, 2, 1]
    assert {"met", "not met", "not known", "there"} <= set(words(board))


def test_what_has_no_room_is_cut_to_what_it_lacks() -> None:
    board = CriteriaBoard(Look(), 8)
    board.update(BOARD)
    said = words(board)
    assert "nearly: 1 not met, 1 not known, rest met" in said
    assert not any("pressing" in one for one in said), "a met line gives way"
    assert any("both sides" in one for one in said)
    assert board.left_out == 1


def test_a_step_shows_what_a_fresh_board_shows() -> None:
    stepped, fresh = LiveFigure(CriteriaBoard(Look(), 13)), LiveFigure(CriteriaBoard(Look(), 13))
    first = BOARD.groups[0]
    stepped.show(BOARD, "")
    stepped.show(BoardView((first,)), "")
    stepped.show(BOARD, "")
    fresh.show(BOARD, "")
    assert stepped.png == fresh.png


def test_a_figure_without_interval_is_hollow_and_one_off_the_scale_has_no_mark() -> None:
    rows = SurveyRows(Look(), 8)
    rows.update(SURVEYS)
    held = {key: len(marks.get_offsets()) for key, marks in rows._marks.items() if len(marks.get_offsets())}
    assert held == {
        (CRITERIA, "female", False): 1,
        (CRITERIA, "male", True): 1,
        (OWN_WORDS, "both", False): 1,
        (MODELLED, "both", True): 1,
    }
    assert rows.update(SURVEYS) == 1
    other = SurveyView(SURVEYS.lines[:3], most=30)
    assert rows.update(other) == 0
