"""Quizzes: every figure comes from the data, every wrong answer is answered, everything can be pressed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from migraine_lab import practice
from migraine_lab.data import package
from migraine_lab.practice import answers, facts, questions

QUIZZES = sorted(path.stem for path in questions.folder().glob("[0-9]*.json"))
FIGURE = re.compile(r"\d")
# Numbers that are no figures of a study: "of 100 people", and times in words of a definition.
PLAIN_NUMBERS = re.compile(r"\b100\b")

every_quiz = pytest.mark.parametrize("quiz_id", QUIZZES)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path))
    monkeypatch.setattr(answers, "_memory", {})


def raw(quiz_id: str) -> dict[str, Any]:
    return json.loads((questions.folder() / f"{quiz_id}.json").read_text(encoding="utf-8"))


def texts(item: Any) -> list[str]:
    if isinstance(item, str):
        return [item]
    if isinstance(item, dict):
        return [
            text for key, value in item.items() if key not in ("question_id", "unit") for text in texts(value)
        ]
    return [text for value in item for text in texts(value)] if isinstance(item, list) else []


def test_every_lesson_but_the_first_has_its_quiz() -> None:
    assert [f"{number:02d}" for number in range(1, 12)] == QUIZZES
    assert sum(len(questions.load(quiz_id)[1]) for quiz_id in QUIZZES) >= 60


@every_quiz
def test_a_number_that_is_asked_for_is_a_fact_of_the_data(quiz_id: str) -> None:
    """The right number and each foreseen wrong one are names of facts; a typed number could drift from the tables."""
    file = raw(quiz_id)
    known = facts.resolve(file.get("facts", {}))
    for item in file["questions"]:
        if "options" not in item:
            assert {item["answer"], *(slip["answer"] for slip in item["slips"])} <= set(known)
            assert isinstance(item["answer"], str)


@every_quiz
def test_a_quiz_has_four_to_eight_questions_with_their_own_ids(quiz_id: str) -> None:
    _, asked = questions.load(quiz_id)
    assert 4 <= len(asked) <= 8
    ids = [question.question_id for question in asked]
    assert ids == [f"{quiz_id}-q{number}" for number in range(1, len(asked) + 1)]


@every_quiz
def test_every_answer_is_explained_and_no_two_explanations_are_alike(quiz_id: str) -> None:
    _, asked = questions.load(quiz_id)
    for question in asked:
        said = [option.because for option in question.options] or [
            question.praise, question.otherwise, *(slip.because for slip in question.slips)
        ]  # fmt: skip
        assert len(set(said)) == len(said)
        assert all(len(sentence.split()) >= 6 for sentence in said), question.question_id
        if question.options:
            assert 3 <= len(question.options) <= 5
            assert sum(option.right for option in question.options) == 1
        else:
            assert question.slips
            assert not any(question.judge_number(slip.value)[0] for slip in question.slips)


@every_quiz
def test_the_right_answer_does_not_always_stand_in_one_place_nor_is_it_always_the_longest(
    quiz_id: str,
) -> None:
    _, asked = questions.load(quiz_id)
    chosen = [question.options for question in asked if question.options]
    places = {next(place for place, option in enumerate(options) if option.right) for options in chosen}
    longest = [max(options, key=lambda option: len(option.answer)).right for options in chosen]
    assert len(places) > 1
    assert not all(longest)


@every_quiz
def test_no_figure_is_typed(quiz_id: str) -> None:
    for text in texts(raw(quiz_id)["questions"]):
        bare = re.sub(r"\{[^}]*\}", "", text)
        assert not FIGURE.search(PLAIN_NUMBERS.sub("", bare)), text


@every_quiz
def test_every_fact_is_used(quiz_id: str) -> None:
    stored = raw(quiz_id)
    used = json.dumps(stored["questions"]) + json.dumps(
        [list(spec.values()) for spec in stored["facts"].values()]
    )
    assert [name for name in stored["facts"] if not re.search(rf"[\"{{]{name}\b", used)] == []


def stored_row(result_id: str) -> pd.Series:
    """A row straight from the CSV file, by another road than the quiz takes."""
    return pd.read_csv(package.root() / "results.csv").set_index("result_id").loc[result_id]


def test_numbers_asked_for_in_lesson_06_are_those_of_the_tables() -> None:
    asked = {question.question_id: question for question in questions.load("06")[1]}
    drug = stored_row("goadsby2017_erenumab_140_responder_50_6mo")
    placebo = stored_row("goadsby2017_placebo_responder_50_6mo")
    gain = 100 * (drug["events"] / drug["n"] - placebo["events"] / placebo["n"])
    assert asked["06-q4"].number == pytest.approx(gain)
    held = stored_row("pomeroy2017_ketamine_iv_sustained_2_points")
    early = stored_row("pomeroy2017_ketamine_iv_fall_2_points_4p8d")
    assert asked["06-q6"].number == pytest.approx(100 * held["events"] / held["n"])
    assert asked["06-q6"].slips[0].value == pytest.approx(100 * held["events"] / early["events"])


def test_numbers_asked_for_in_lesson_01_are_those_of_the_criteria() -> None:
    """Straight from the CSV file: the lower end of a migraine's length, the line of triptan overuse."""
    rows = pd.read_csv(package.root() / "criteria.csv").set_index("criterion_id")["at_least"]
    asked = {question.question_id: question for question in questions.load("01")[1]}
    assert asked["01-q3"].number == rows["1_1_b_headache_duration_untreated"] == 4
    assert asked["01-q7"].number == rows["8_2_b_drug_8_2_2_triptan"] == 10


def test_intervals_of_facts_are_those_of_statsmodels() -> None:
    known = facts.resolve(raw("06")["facts"])
    low, high = proportion_confint(known["strive"]["events"], known["strive"]["n"], method="wilson")
    assert (known["strive_low"], known["strive_high"]) == pytest.approx((100 * low, 100 * high))


@pytest.mark.parametrize(
    ("specs", "said"),
    [
        ({"a": {"rate_of": "b"}}, "no fact is named 'b'"),
        ({"a": {"rate_of": "b"}, "b": {"rate_of": "a"}}, "rests on itself"),
        ({"a": {"average": 3}}, "none of the known forms"),
        ({"a": {"row": {"study_id": "x", "arm_id": "y", "outcome_id": "z"}}}, "no result with study_id 'x'"),
        ({"a": {"table": "studies", "where": {"scope": "acute"}, "column": "year"}}, "exactly one is needed"),
        ({"a": {"table": "outcomes", "where": {"outcome_id": "pain_free"}, "column": "nothing"}}, "nothing"),
    ],
)
def test_a_fact_that_cannot_be_found_is_named(specs: dict[str, Any], said: str) -> None:
    with pytest.raises(facts.FactError, match=re.escape(said)):
        facts.resolve(specs)


def test_cells_and_denominators_can_be_facts() -> None:
    specs = {
        "champ": {"table": "studies", "where": {"study_id": "powers2017"}, "column": "n_enrolled"},
        "row": {"row": {"study_id": "powers2017", "arm_id": "placebo", "outcome_id": "responder_50"}},
        "n": {"n_of": "row"},
    }
    found = facts.resolve(specs)
    assert found["n"] == stored_row("powers2017_placebo_responder_50_24wk")["n"]
    assert found["champ"] > found["n"]


@pytest.mark.parametrize("broken", ["{", "{}", '{"title": "t", "facts": {}, "questions": [{"question_id": "q"}]}',
    '{"title": "t", "questions": [{"question_id": "q", "ask": "{x}?", "options": []}]}',
    '{"title": "t", "questions": [{"question_id": "q", "ask": "?", "options": [{"answer": "a", "because": "b"}]}]}'])  # fmt: skip
def test_a_broken_quiz_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    (tmp_path / "99.json").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(questions, "folder", lambda: tmp_path)
    with pytest.raises(questions.QuizError, match=r"99\.json"):
        practice.Quiz("99")
    with pytest.raises(questions.QuizError, match="there are: 99"):
        practice.Quiz("98")


# -- pressed as a student presses -------------------------------------------------------------------------------------------
def press_choice(quiz: practice.Quiz, place: int) -> str:
    quiz.body.children[1 + place].click()
    return quiz.feedback.value


@every_quiz
def test_every_option_gives_its_own_feedback(quiz_id: str) -> None:
    quiz = practice.Quiz(quiz_id)
    for place, question in enumerate(quiz.questions):
        quiz.go(place)
        for number, option in enumerate(question.options):
            shown = press_choice(quiz, number)
            assert ("<strong>Right.</strong>" in shown) == option.right
            assert quiz.body.children[1 + number].description.endswith("✓" if option.right else "✗")
        for value in (
            [] if question.options else [question.number, *(slip.value for slip in question.slips), -1]
        ):
            quiz.body.children[0].value = str(value)
            quiz.body.children[1].click()
            right, said = question.judge_number(value)
            assert ("<strong>Right.</strong>" in quiz.feedback.value) == right
            assert said


def test_score_counts_first_tries_and_is_kept() -> None:
    quiz = practice.Quiz("06")
    for place, question in enumerate(quiz.questions):
        quiz.go(place)
        if question.is_number:
            quiz.body.children[0].value = f"{question.number:.1f}"
            quiz.body.children[1].click()
            continue
        right = next(number for number, option in enumerate(question.options) if option.right)
        if place == 0:
            press_choice(quiz, (right + 1) % len(question.options))
        press_choice(quiz, right)
    total = len(quiz.questions)
    assert f"Right at the first try: {total - 1} of {total}." in quiz.score.value
    kept = answers.entry("quizzes", "06")
    assert kept is not None
    assert (kept["last"]["right"], kept["last"]["of"]) == (total - 1, total)
    quiz.again.click()
    assert quiz.place == 0
    assert "Right at the first try" not in quiz.score.value


def test_a_number_may_be_sent_with_enter_and_nonsense_is_named() -> None:
    quiz = practice.Quiz("06")
    quiz.go(3)
    field = quiz.body.children[0]
    field.value = "about twenty"
    field._handle_custom_msg({"event": "submit"}, [])
    assert "digits only" in quiz.feedback.value
    assert not quiz.first


def test_the_ends_of_the_quiz_cannot_be_left() -> None:
    quiz = practice.Quiz("06")
    assert quiz.back.disabled
    quiz.go(-3)
    assert quiz.place == 0
    quiz.go(99)
    assert quiz.place == len(quiz.questions) - 1
    assert quiz.forward.disabled
