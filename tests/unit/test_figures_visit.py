"""One light and one dark picture of a visit's course and of the board of reasons, and what pictures alone cannot show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from migraine_lab.figures.reasons_board import NO, STRENGTHS, UNKNOWN, YES, BoardView, ReasonsBoard, Row
from migraine_lab.figures.style import Look
from migraine_lab.figures.visit import NONE, NOTED, SAYS, SILENT, UNREAD, CourseView, Step, VisitCourse
from tests.unit.figure_tools import drawn, pictures

STEPS = (
    Step("first part", "Talk about it", (SAYS, SAYS, SAYS, NONE)),
    Step("first part", "A step with a name that is far too long to be read in one line of it all", (SAYS, UNREAD, SAYS, NOTED)),
    Step("second part", "A step left out", (SILENT, UNREAD, SAYS, NOTED), told=False),
    Step("third part", "Go home", (SAYS, SILENT, SILENT, NONE)),
)  # fmt: skip
PUBLISHERS = (("first", "label"), ("second", "trial"), ("the", "articles"))
ROWS = (
    Row("feature there", YES, ("do not use", "excluded in a trial", "named by an article")),
    Row("feature open", UNKNOWN, ("avoid", "only with care", "")),
    Row("feature absent", NO, ("do not use", "", "named by an article")),
)
MAKERS: dict[str, Callable[[Look], Figure]] = {
    "visit_course": lambda look: drawn(VisitCourse(look, 4), CourseView(STEPS, 1)),
    "reasons_board": lambda look: drawn(ReasonsBoard(look, 3, PUBLISHERS), BoardView(ROWS)),
}


test_light, test_dark = pictures(MAKERS)


def written(drawing: VisitCourse) -> list[str]:
    return [text.get_text() for text in drawing.figure.texts if text.get_text()] + [
        text.get_text() for text in drawing.figure.artists if getattr(text, "get_text", str)()
    ]


@pytest.mark.parametrize("chosen", range(len(STEPS)))
def test_the_chosen_step_is_in_the_frame_where_room_is_short(chosen: int) -> None:
    drawing = VisitCourse(Look(presenting=True, width=1180), 2)
    drawing.update(CourseView(STEPS, chosen))
    first = drawing._shown[0] if drawing._shown else -1
    assert STEPS[chosen] in drawing._shown[1]  # type: ignore[index]
    assert drawing._frame.get_y() == pytest.approx(chosen - first + 1, abs=0.1)
    assert STEPS[chosen].name[:10] in " ".join(written(drawing))


def test_another_step_moves_the_frame_alone() -> None:
    drawing = VisitCourse(Look(width=760), 4)
    assert drawing.update(CourseView(STEPS, 0)) == 0
    assert drawing.update(CourseView(STEPS, 3)) == 1
    other = (*STEPS[:3], Step("third part", "Go home", (SAYS, SAYS, SILENT, NONE)))
    assert drawing.update(CourseView(other, 3)) == 0


def test_an_answer_changes_filling_and_size_not_the_place() -> None:
    board = ReasonsBoard(Look(width=760), 3, PUBLISHERS)
    assert board.update(BoardView(ROWS)) == 0
    marks = board._marks["avoid"]
    place, open_size = marks.get_offsets().tolist(), marks.get_sizes()[0]
    assert len(marks.get_facecolors()) == 0 or marks.get_facecolors()[0][3] == 0, "not known is hollow"
    for answer in (YES, NO):
        rows = (ROWS[0], Row("feature open", answer, ROWS[1].strengths), ROWS[2])
        assert board.update(BoardView(rows)) == 1
        assert marks.get_offsets().tolist() == place
        assert (marks.get_sizes()[0] < open_size) == (answer == NO)
        filled = len(marks.get_facecolors()) > 0 and marks.get_facecolors()[0][3] == 1
        assert filled == (answer == YES)


def test_no_two_strengths_share_a_shape_or_a_colour() -> None:
    board = ReasonsBoard(Look(width=760), 3, PUBLISHERS)
    assert len(set(STRENGTHS.values())) == len(STRENGTHS)
    assert len(set(board._colours.values())) == len(STRENGTHS)
