"""Progress: objectives as the lessons print them, shown by the student's own answers and by nothing else."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from migraine_lab import practice
from migraine_lab.practice import answers, progress, questions, quiz
from migraine_lab.practice.exercises import EXERCISES
from tests.unit.notebook_files import NOTEBOOKS, read

FEW = {"00"}
"""Lesson 00 has objectives that only the student herself can see reached; one of them leaves a trace."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(answers, "_memory", {})
    answers.notice()
    return tmp_path / "home"


def printed(path: Path) -> list[str]:
    """Objectives of a notebook, without their marks."""
    lines = re.findall(r"^- (\*\*\w+\*\* .*)$", read(path).cells[0].source, re.MULTILINE)
    return [line.replace("**", "") for line in lines]


def said(widget: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", widget.value).replace("&nbsp;", " ")).strip()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_objectives_are_those_that_the_lesson_prints(path: Path) -> None:
    mine = [one.words for one in progress.objectives() if one.lesson == path.stem[:2]]
    if path.stem[:2] in FEW:
        assert mine
        assert set(mine) <= set(printed(path))
    else:
        assert mine == printed(path)


def test_everything_that_shows_an_objective_exists_and_every_exercise_shows_one() -> None:
    named = [name for one in progress.objectives() for name in one.shown_by]
    assert len(named) == len(set(named))
    asked = {
        question.question_id
        for file in questions.folder().glob("[0-9]*.json")
        for question in questions.load(file.stem)[1]
    }
    entries = {name for name in named if "/" in name}
    assert {name.partition("/")[0] for name in entries} <= set(answers.SECTIONS)
    assert set(named) - entries <= asked | set(EXERCISES)
    assert set(EXERCISES) <= set(named)


def test_an_objective_is_open_then_begun_then_reached() -> None:
    one = next(one for one in progress.objectives() if one.shown_by == ("06-nnt", "06-q4"))
    assert one.state(answers.read()) == progress.OPEN
    answers.keep_question("06-q4", False)
    assert one.state(answers.read()) == progress.OPEN
    answers.keep_question("06-q4", True)
    assert one.state(answers.read()) == progress.BEGUN
    assert one.missing(answers.read()) == ["exercise nnt"]
    practice.check("06-nnt", EXERCISES["06-nnt"].truth())
    assert one.state(answers.read()) == progress.REACHED


def test_a_wrong_answer_to_an_exercise_keeps_nothing(home: Path) -> None:
    practice.check("06-nnt", (1, 2, 3))
    assert not home.exists()


def test_a_question_answered_right_once_stays_right() -> None:
    for right in (False, True, False):
        answers.keep_question("06-q1", right)
    assert answers.entry("questions", "06-q1") == {"first": False, "right": True}


def test_the_self_check_keeps_each_question_when_it_is_answered() -> None:
    asked = quiz.Quiz("06")
    place = next(place for place, option in enumerate(asked.question.options) if option.right)
    asked.body.children[1 + place].click()
    kept = answers.entry("questions", asked.question.question_id)
    assert kept == {"first": True, "right": True}


def test_progress_tells_objectives_exercises_scores_and_place() -> None:
    answers.keep_score("06", {"a": True, "b": False})
    answers.keep_score("06", {"a": True, "b": True})
    answers.keep("guesses", "06-owe", lambda old: {"first": 3})
    for name in ("06-nnt", "06-interval"):
        answers.keep_solved(name)
    answers.keep_question("06-q4", True)
    widget = practice.Progress()
    text = said(widget.report)
    of = len([name for name in EXERCISES if name.startswith("06-")])
    assert f"06 Reading a response rate 1 of 5 2 of {of} 1, then 2 of 2 1" in text
    assert str(answers.path()) in text
    assert "\u2713 reached : convert two rates into a difference" in text
    assert "\u25d0 begun : compute the range" in text
    answers.keep_question("06-q1", True)
    widget.again.click()
    assert "06 Reading a response rate 2 of 5" in said(widget.report)


@pytest.mark.parametrize("odd", [{"first": 3}, {"first": {"right": "x"}, "last": {}}, {}])
def test_an_odd_entry_is_a_dash_and_no_error(odd: dict[str, Any]) -> None:
    answers.keep("quizzes", "06", lambda old: odd)
    assert "\u2013" in said(practice.Progress().report)


def test_a_copy_holds_everything_and_replaces_nothing(tmp_path: Path) -> None:
    answers.keep("guesses", "06-owe", lambda old: {"first": 3})
    widget = practice.Progress()
    widget.copy.click()
    widget.copy.click()
    copies = sorted(tmp_path.glob("migraine-lab-answers-*.json"))
    assert len(copies) == 2
    assert all(json.loads(copy.read_text())["guesses"] == {"06-owe": {"first": 3}} for copy in copies)
    assert any(str(copy) in said(widget.copied) for copy in copies)
    held = re.search(r"base64,([\w+/=]+)", widget.copied.value)
    assert held
    assert json.loads(base64.b64decode(held[1]))["guesses"] == {"06-owe": {"first": 3}}


def test_a_copy_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    widget = practice.Progress()
    widget.copy.click()
    assert said(widget.copied).startswith("The copy could not be written to")


def test_two_presses_forget_everything() -> None:
    answers.keep_question("06-q4", True)
    widget = practice.Progress()
    widget.forget.first.click()
    widget.forget.sure.click()
    widget.again.click()
    assert "Objectives reached: 0 of" in said(widget.report)
    assert "begun: 0" in said(widget.report)
