"""Exercises: a starter fails its check with a named mistake, its solution passes, wrong answers get their own hint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from migraine_lab import practice
from migraine_lab.practice import checks
from migraine_lab.practice.exercises import EXERCISES
from tests.unit.notebook_files import NOTEBOOKS, code_cells, name, read, tags

EXERCISE_TAG = re.compile(r"exercise-(\d\d-\w+)")


def exercise_of(cell: Any) -> str:
    return next(match[1] for tag in tags(cell) if (match := EXERCISE_TAG.fullmatch(tag)))


def pairs() -> Iterator[Any]:
    """(setup, starter, solution, exercise id) of every exercise in every lesson."""
    for path in NOTEBOOKS:
        notebook = read(path)
        setup = next((cell.source for _, cell in code_cells(notebook) if "setup" in tags(cell)), "")
        solutions = {exercise_of(cell): cell for cell in notebook.cells if "solution" in tags(cell)}
        for cell in notebook.cells:
            if "exercise" in tags(cell):
                found = exercise_of(cell)
                yield pytest.param(setup, cell, solutions.get(found), found, id=f"{name(path)}-{found}")


def code_of(cell: Any) -> str:
    """The code of a solution: folded in Markdown, so that running all cells does not give it away."""
    block = re.fullmatch(
        r"<details><summary>A solution</summary>\n\n```python\n(.*)\n```\n\n</details>",
        cell.source,
        re.DOTALL,
    )
    assert block, "a solution is one folded block of Python"
    return block[1]


def verdicts(setup: str, code: str, monkeypatch: pytest.MonkeyPatch) -> list[checks.Verdict]:
    """What the checks in this code say."""
    found: list[checks.Verdict] = []
    monkeypatch.setattr(
        practice, "check", lambda exercise, answer: found.append(practice.judge(exercise, answer))
    )
    space: dict[str, Any] = {}
    exec(setup, space)
    exec(code, space)
    return found


@pytest.mark.parametrize(("setup", "starter", "solution", "exercise"), [*pairs()])
def test_starter_fails_with_a_hint_and_solution_passes(
    setup: str, starter: Any, solution: Any, exercise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert solution is not None, "the exercise has no solution"
    first = verdicts(setup, starter.source, monkeypatch)
    assert [verdict.right for verdict in first] == [False]
    assert first[0].mistake, "the starter's mistake should be one that the check can name"
    solved = verdicts(setup, code_of(solution), monkeypatch)
    assert [verdict.right for verdict in solved] == [True], solved


@pytest.mark.parametrize(("setup", "starter", "solution", "exercise"), [*pairs()])
def test_starter_and_solution_are_nearly_the_same_code(
    setup: str, starter: Any, solution: Any, exercise: str
) -> None:
    before, after = starter.source.splitlines(), code_of(solution).splitlines()
    changed = [line for line in after if line not in before]
    assert 1 <= len(changed) <= 2, "one idea an exercise: the solution should change a line or two"
    assert 2 <= len(after) <= 8
    assert all(exercise in text for text in (starter.source, solution.source))


def test_every_exercise_stands_in_a_lesson_and_the_other_way_round() -> None:
    used = {exercise for _, _, _, exercise in (param[0] for param in pairs())}
    assert used == set(EXERCISES)
    assert len(used) >= 24


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES.keys())
def test_the_truth_is_right_and_said_so(exercise: checks.Exercise) -> None:
    truth = exercise.truth()
    assert exercise.judge(truth).right
    assert len(exercise.judge(truth).sentence.split()) >= 5


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES.keys())
def test_each_common_mistake_is_named_and_none_is_right(exercise: checks.Exercise) -> None:
    mistakes = exercise.mistakes()
    assert len({mistake.name for mistake in mistakes}) >= 3
    for mistake in mistakes:
        verdict = exercise.judge(mistake.value)
        assert not verdict.right, mistake.name
        assert verdict.mistake, mistake.name
        assert len(verdict.sentence.split()) >= 6


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES.keys())
@pytest.mark.parametrize(
    "answer",
    [None, ..., True, "61", [], (), {}, {"low": 1}, [[1, 2], [3, 4]], float("nan"), (1, 2, 3, 4, 5), pd.DataFrame({"a": [1]}),
     pd.Series(dtype=float), np.array(3.0), object(), b"x", ("a",), (None, None), -1e300, lambda: 1],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_any_answer_gets_a_sentence_and_never_an_error(exercise: checks.Exercise, answer: Any) -> None:
    verdict = exercise.judge(answer)
    assert not verdict.right
    assert verdict.sentence.endswith((".", "?", ")"))


@pytest.mark.parametrize("kind", [tuple, list, np.array, pd.Series])
def test_an_answer_may_come_as_any_kind_of_list(kind: Any) -> None:
    low, high = EXERCISES["06-interval"].truth()
    assert practice.judge("06-interval", kind([low, high])).right
    assert practice.judge("06-recompute", kind(["schwenk2018", "pomeroy2017"])).right


def test_wrong_type_and_shape_are_told_apart() -> None:
    assert (
        "needs 2 numbers (low and high); it was given one value"
        in practice.judge("06-interval", 0.5).sentence
    )
    assert "quotation marks" in practice.judge("06-interval", ("0.5", "1")).sentence
    assert "whole table (3 rows)" in practice.judge("06-interval", pd.DataFrame({"a": [1, 2, 3]})).sentence
    assert "“low” is NaN" in practice.judge("06-interval", (float("nan"), 1.0)).sentence
    assert "as text" in practice.judge("06-recompute", [1, 2]).sentence


def test_a_check_shows_its_verdict_and_gives_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[checks.Verdict] = []
    monkeypatch.setattr(checks, "display", shown.append)
    assert practice.check("06-interval", (1.0, 1.0)) is None
    assert shown[0].mistake == "normal interval"
    assert "Not yet." in shown[0]._repr_html_()
    assert repr(shown[0]).startswith("Not yet. ")


def test_unknown_exercises_are_named() -> None:
    with pytest.raises(KeyError, match=r"no exercise '06-nothing'; there are .*06-definition"):
        practice.judge("06-nothing", 1)


def test_percentages_are_no_proportions_in_any_exercise_of_numbers() -> None:
    for exercise in EXERCISES.values():
        if exercise.exercise_id in ("06-interval", "06-nnt"):
            answer = [100 * part for part in exercise.truth()] if exercise.exercise_id == "06-interval" else [
                part / 100 for part in exercise.truth()]  # fmt: skip
            assert exercise.judge(answer).mistake == "percent for proportion"
