"""The written cases: each classifies as it says, what decides does decide, and a damaged file gives one sentence."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from migraine_lab import data
from migraine_lab.data import written_cases
from migraine_lab.data.package import DataError, root
from migraine_lab.models import diagnosis

CASES = data.cases("01")
BY_ID = {one.case_id: one for one in CASES}
PARENT = {"1.2.1": "1.2", "1.2.1.2": "1.2.1", "3.1.1": "3.1", "1.5.1": "1.5"}


def codes(case: written_cases.Case, **other: Any) -> tuple[str, ...]:
    return diagnosis.classify({**case.features, **other}).codes


def test_there_are_twelve_of_all_kinds() -> None:
    assert len(CASES) == 12
    answers = {code for case in CASES for code in (*case.codes, *case.subtypes)}
    assert {
        "1.1",
        "1.2.1",
        "1.2.1.2",
        "1.3",
        "1.4.1",
        "1.5.1",
        "2.2",
        "3.1.1",
        "8.2",
        "8.2.6",
        diagnosis.RED_FLAG,
    } <= answers


@pytest.mark.parametrize("name", BY_ID)
def test_a_case_classifies_as_it_says(name: str) -> None:
    case = BY_ID[name]
    assert codes(case) == (*case.codes, *case.subtypes)


DECISIVE = [(case.case_id, name) for case in CASES for name in case.decisive]


@pytest.mark.parametrize(("name", "feature"), DECISIVE)
def test_what_decides_does_decide(name: str, feature: str) -> None:
    case = BY_ID[name]
    assert codes(case, **{feature: case.decisive[feature]}) != codes(case)


@pytest.mark.parametrize("name", [one.case_id for one in CASES if one.codes != (diagnosis.RED_FLAG,)])
def test_a_forgotten_answer_never_counts_as_absent(name: str) -> None:
    """With one answer less, the case keeps its answer or part of it, or falls back to the wider kind: nothing new appears."""
    case = BY_ID[name]
    fall_back = set(codes(case)) | {PARENT[one] for one in codes(case) if one in PARENT} | {"1.1", "1.2"}
    for feature in case.features:
        assert set(codes(case, **{feature: None})) <= fall_back, feature


def test_a_warning_sign_that_is_not_known_is_not_taken_for_absent_nor_present() -> None:
    case = BY_ID["thunder"]
    found = diagnosis.classify({**case.features, **dict.fromkeys(("sudden_onset", "lasting_deficit"), None)})
    assert found.codes == (diagnosis.RED_FLAG,), "two other signs are there still"
    signs = [
        name
        for name, value in case.features.items()
        if diagnosis.feature(name).group == "Warning signs" and value
    ]
    open_ = diagnosis.classify({**case.features, **dict.fromkeys(signs, None)})
    assert open_.code == "", "without them nothing is known of another cause, so nothing can be named"
    assert len(open_.flags_not_asked) >= len(signs)


@pytest.mark.parametrize("name", BY_ID)
def test_the_story_is_short_and_the_wrong_answers_are_wrong(name: str) -> None:
    case = BY_ID[name]
    assert 3 <= len(re.findall(r"[.?!](?:\s|$)", case.vignette)) <= 6
    assert len(case.vignette.split()) <= 100
    assert 2 <= len(case.wrong) <= 4
    assert case.codes not in [one.codes for one in case.wrong]
    assert len({one.codes for one in case.wrong}) == len(case.wrong)
    assert all(len(one.because.split()) >= 12 for one in case.wrong)
    assert case.subtypes == () or "8.2" in case.codes


def test_figures_of_the_criteria_come_from_the_table() -> None:
    raw = (root() / "cases" / "01.json").read_text(encoding="utf-8")
    assert len(re.findall(r"\{\w+:(?:low|high)\}", raw)) > 30
    spoken = [one.explanation for one in CASES] + [wrong.because for one in CASES for wrong in one.wrong]
    assert not [words for words in spoken if "{" in words]
    limit = data.fact("criteria", "1_1_b_headache_duration_untreated")["at_most"]
    assert f"longer than {limit:g} hours" in BY_ID["fourth_day"].wrong[0].because


# -- damage ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(root(), tmp_path / "data", ignore=shutil.ignore_patterns("quizzes", "templates"))
    return tmp_path / "data"


def test_a_copy_reads_like_the_original(folder: Path) -> None:
    assert written_cases.cases("01", folder) == CASES


DAMAGES = {
    "not json": (lambda raw: None, r"^01\.json: the file of cases cannot be read"),
    "no cases": (lambda raw: raw.pop("cases"), r"^01\.json: .*'cases' is missing"),
    "empty": (lambda raw: raw.update(cases=[]), r"^01\.json: .*at least one case"),
    "no vignette": (lambda raw: raw["cases"][1].pop("vignette"), r"^01\.json, case sinus: 'vignette' is missing$"),
    "empty title": (lambda raw: raw["cases"][0].update(title=" "), r"^01\.json, case zigzags: a text is empty"),
    "text for a number": (
        lambda raw: raw["cases"][0]["features"].update(hours="long"), r"^01\.json, case zigzags: feature 'hours' must be",
    ),
    "unknown row": (
        lambda raw: raw["cases"][0].update(explanation="{9_9_x:low}"), r"case zigzags: the table criteria has no row '9_9_x'$",
    ),
    "open end": (
        lambda raw: raw["cases"][0].update(explanation="{1_1_a_attacks_meeting_b_to_d:high}"), r"has no high end$",
    ),
    "twice": (lambda raw: raw["cases"][3].update(id="zigzags"), r"case zigzags: the id stands twice$"),
    "a list": (lambda raw: raw["cases"].insert(0, 3), r"^01\.json, case number 1: "),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_said_in_one_sentence(name: str, folder: Path) -> None:
    change, words = DAMAGES[name]
    file = folder / "cases" / "01.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    change(raw)
    file.write_text("{" if name == "not json" else json.dumps(raw), encoding="utf-8")
    with pytest.raises(DataError, match=words) as caught:
        written_cases.cases("01", folder)
    assert "\n" not in str(caught.value)


def test_a_lesson_without_cases_is_said() -> None:
    with pytest.raises(KeyError, match="there are cases of: 01"):
        data.cases("77")
