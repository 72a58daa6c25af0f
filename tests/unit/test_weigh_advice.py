"""Advice as hypotheses: the file and the claims agree, a guess comes first, every piece can be walked to its end."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from migraine_lab import data, practice
from migraine_lab.data import package
from migraine_lab.data.own_diary import DIARY
from migraine_lab.practice import advice, answers, look
from migraine_lab.practice.claim_parts import UNASKED
from migraine_lab.practice.weigh_advice import GUESSES, STEPS
from tests.unit.test_practice_widgets import everything, words

LESSONS = sorted(path.stem for path in (package.root() / "advice").glob("*.json"))
every_lesson = pytest.mark.parametrize("lesson", LESSONS)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path))
    monkeypatch.setattr(answers, "_memory", {})


def raw(lesson: str) -> dict[str, Any]:
    return json.loads((package.root() / "advice" / f"{lesson}.json").read_text(encoding="utf-8"))


def texts(item: dict[str, Any]) -> list[str]:
    return [item["short"], *(item[part] for part in advice.PARTS), *item["write"].values()]


# -- the file ---------------------------------------------------------------------------------------------------------
def test_lesson_04_weighs_the_self_care_of_the_articles() -> None:
    _, found = advice.load("04")
    topics = data.table("topics").set_index("topic_id")
    met = {one.claim["claim_id"] for one in found}
    for topic in ("t65", "t66", "t67", "t68", "t69"):
        assert set(topics["claim_ids"][topic].split(";")) <= met, topic


@every_lesson
def test_every_piece_asks_for_a_column_and_says_what_would_change_a_mind(lesson: str) -> None:
    _, found = advice.load(lesson)
    known = {column.name for column in DIARY}
    for one in found:
        assert set(one.write) & known, one.short
        for part in (one.hypothesis, one.compare, one.instead, one.change):
            assert 6 <= len(part.split()) <= 45, part
            assert part.endswith("."), part
    assert len({one.change for one in found}) == len(found)


@every_lesson
def test_no_figure_and_no_order_is_typed(lesson: str) -> None:
    """Figures stand in the claims table; and a hypothesis tells nobody what to do."""
    for item in raw(lesson)["advice"]:
        for text in texts(item):
            assert not re.search(r"\d|%", text), text
            assert not re.search(r"\b(you should|you must|avoid|stop taking)\b", text, re.IGNORECASE), text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda item: item.pop("compare"), "entry 1: compare is missing or empty"),
        (lambda item: item.update(claim_id="c999"), "entry 1: the claims table has no 'c999'"),
        (lambda item: item.update(write={}), "entry 1: write should name columns"),
        (lambda item: item.update(write={"How long?": "x"}), "entry 1: 'How long?' cannot be the name"),
        (lambda item: item.update(change=" "), "entry 1: change is missing or empty"),
        (lambda item: item.update(claim_id="c143"), "claim c143 stands there twice"),
    ],
)
def test_a_damaged_file_is_named_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Any, said: str
) -> None:
    stored = raw("04")
    change(stored["advice"][0])
    with pytest.raises(advice.AdviceError, match=re.escape(said)) as caught:
        load_from(tmp_path, monkeypatch, json.dumps(stored))
    assert str(caught.value).startswith("advice/04.json")


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"title": "t", "advice": []}', '{"title": "t", "advice": [3]}', None]
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    with pytest.raises(advice.AdviceError, match=r"^advice/04\.json"):
        load_from(tmp_path, monkeypatch, text)


def load_from(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str | None) -> None:
    (folder / "advice").mkdir()
    if text is not None:
        (folder / "advice" / "04.json").write_text(text, encoding="utf-8")
    claims = data.table("claims")
    monkeypatch.setattr(data, "table", lambda name: claims)
    monkeypatch.setattr(package, "root", lambda: folder)
    advice.load("04")


# -- the card ---------------------------------------------------------------------------------------------------------
def test_every_verdict_can_be_guessed() -> None:
    covered = [verdict for verdicts in GUESSES.values() for verdict in verdicts]
    assert sorted(covered) == sorted(set(data.table("claims")["verdict"]))


def test_nothing_is_told_before_the_guess() -> None:
    card = practice.WeighAdvice("04")
    for place, one in enumerate(card.items):
        card.choice.value = place
        page = everything(card).replace(look.CSS, "")
        assert look.escape(one.claim["claim"]) in page
        for secret in (one.claim["why"], one.hypothesis, one.change):
            assert look.escape(secret) not in page
        card.go_on.click()
        assert "Choose one of the answers first" in words(card.answer)
        assert card.step == 0
    assert not card.right


def test_every_piece_is_walked_to_its_test_with_its_sources() -> None:
    card = practice.WeighAdvice("04")
    for one in card.items:
        assert card.advice is one
        assert card.go_on.description == STEPS[0]
        card.guess.value = next(iter(GUESSES))
        card.go_on.click()
        known = words(card.answer)
        assert str(one.claim["verdict"]).replace("_", " ") in known
        assert look.escape(one.claim["why"]) in card.answer.value
        named = [source for source in one.claim["evidence_source_ids"].split(";") if source]
        assert all(look.linked(data.cite(source)) in card.answer.value for source in named)
        assert named or "no source to name" in known
        assert card.asking.layout.display == "none"
        card.go_on.click()
        assert all(f"<code>{column}</code>" in card.answer.value for column in one.write)
        assert look.escape(one.change) in card.answer.value
        card.go_on.click()
    assert card.choice.value == 0
    assert card.guess.value == UNASKED


def test_the_first_guess_is_kept_and_counted_once() -> None:
    card = practice.WeighAdvice("04")
    claim = card.advice.claim
    right = next(text for text, verdicts in GUESSES.items() if claim["verdict"] in verdicts)
    wrong = next(text for text in GUESSES if text != right)
    for guessed in (wrong, right):
        card.guess.value = guessed
        card.go_on.click()
        card.back.click()
    assert words(card.score).startswith("Your guess and our verdict agreed in 0 of 1;")
    assert answers.entry("cards", f"04-{claim['claim_id']}") == {"first": wrong, "last": right}
    assert card.asking.layout.display == ""


def test_every_input_has_a_label_and_changes_are_spoken() -> None:
    card = practice.WeighAdvice("04")
    assert all(field.description.endswith("?") for field in (card.choice, card.guess))
    assert all('aria-live="polite"' in block.value for block in (card.sentence, card.answer, card.score))


def test_a_lesson_without_advice_is_named() -> None:
    with pytest.raises(advice.AdviceError, match=r"advice/99\.json cannot be read"):
        practice.WeighAdvice("99")
