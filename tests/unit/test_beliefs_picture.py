"""Ten beliefs before and after: one figure from the student's own answers, whole with few of them or none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migraine_lab import practice
from migraine_lab.practice import answers, beliefs, beliefs_picture
from migraine_lab.practice.beliefs import SCALE

ITEMS = beliefs.statements()
KEYS = [item["belief_id"] for item in ITEMS]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(answers, "_memory", {})
    answers.notice()


def answer(when: str, steps: dict[str, str]) -> practice.Beliefs:
    asked = practice.Beliefs(when)
    for item, row in zip(asked.items, asked.choices, strict=True):
        row.value = steps.get(item["belief_id"], beliefs.UNASKED)
    asked.save.click()
    return asked


def test_before_is_hollow_and_now_is_filled_in_ten_rows() -> None:
    answer("before", dict.fromkeys(KEYS, SCALE[3]))
    shown = answer("after", dict.fromkeys(KEYS, SCALE[0])).answer.value
    assert shown.count('class="mlp-guess"') == 10
    assert shown.count('class="mlp-truth"') == 10
    assert shown.count('class="mlp-move"') == 10
    assert len(set(re.findall(r'<circle class="mlp-truth" cx="([\d.]+)"', shown))) == 1
    assert "Of 10 sentences answered both times, you agree more with 0 and less with 10; 0 stayed" in shown


def test_the_text_alternative_holds_both_answers_of_every_sentence() -> None:
    answer("before", {KEYS[0]: SCALE[1]})
    shown = answer("after", {KEYS[0]: SCALE[1], KEYS[1]: SCALE[4]}).answer.value
    label = re.search(r'role="img" aria-label="([^"]*)"', shown)
    assert label is not None
    for item in ITEMS:
        assert item["sentence"][:20] in label[1].replace("&#x27;", "'")
    assert "Before: disagree; now: disagree." in label[1]
    assert "Before: not answered; now: strongly agree." in label[1]
    assert shown.count('class="mlp-move"') == 0


def test_without_an_answer_from_the_start_only_now_is_shown() -> None:
    shown = answer("after", dict.fromkeys(KEYS, SCALE[2])).answer.value
    assert "No answer from the start of the course was found" in shown
    assert 'class="mlp-guess"' not in shown
    assert shown.count('class="mlp-truth"') == 10


def test_a_sentence_left_open_at_first_keeps_the_first_answer_that_it_gets() -> None:
    answer("before", {KEYS[0]: SCALE[0]})
    answer("before", {KEYS[0]: SCALE[4], KEYS[1]: SCALE[2]})
    kept = answers.entry("beliefs", "before")
    assert kept is not None
    assert kept["first"]["answers"] == {KEYS[0]: SCALE[0], KEYS[1]: SCALE[2]}
    assert kept["last"]["answers"][KEYS[0]] == SCALE[4]


@pytest.mark.parametrize(
    "first", [None, 3, {"answers": 4}, {"answers": {KEYS[0]: "of course"}}, {"answers": {KEYS[0]: ["agree"]}}]
)
def test_kept_answers_that_make_no_sense_are_left_out(first: object) -> None:
    answers.keep("beliefs", "before", lambda _old: {"first": first})
    shown = answer("after", {KEYS[0]: SCALE[2]}).answer.value
    assert "No answer from the start" in shown


def test_the_figure_stands_in_place_of_the_sentences_until_they_are_wanted_again() -> None:
    asked = answer("after", {KEYS[0]: SCALE[2]})
    assert asked.asking.layout.display == "none"
    asked.back.click()
    assert asked.asking.layout.display == ""
    assert "mlp-picture" not in asked.answer.value
    assert asked.choices[0].value == SCALE[2]
    assert answer("before", {KEYS[0]: SCALE[2]}).asking.layout.display == ""


def test_all_words_stay_on_the_picture() -> None:
    drawn = beliefs_picture.picture(ITEMS, SCALE, {}, {})
    for x, words in re.findall(r'<text x="([\d.]+)" y="[\d.]+">([^<]*)</text>', drawn):
        assert float(x) + 7.9 * len(words) < beliefs_picture.LEFT
