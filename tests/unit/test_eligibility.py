"""Published reasons against ketamine: what is met, what is open, and what is never said."""

from __future__ import annotations

import html
import random
import re

import pandas as pd
import pytest

from migraine_lab import data, explore
from migraine_lab.explore.eligibility import ARTICLES, GROUPS, NOT_KNOWN, OWN, PERSONS, PUBLISHERS, strengths
from migraine_lab.figures.reasons_board import STRENGTHS

REASONS = data.table("exclusions")
FEATURES = list(dict.fromkeys(REASONS["feature"]))
VERDICT = re.compile(
    r"\b(eligible|ineligible|qualif\w+|suitable|safe|may have|can have|must not|cannot have)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def board() -> explore.Eligibility:
    return explore.Eligibility()


@pytest.fixture(autouse=True)
def back(board: explore.Eligibility) -> None:
    board.reset()


def test_every_feature_can_be_answered_and_every_publisher_has_a_column() -> None:
    assert sorted(name for group in GROUPS.values() for name in group) == sorted(FEATURES)
    papers = REASONS[REASONS["published_as"] != "article"]
    assert set(papers["published_by"]) == set(PUBLISHERS), "only articles may fall into the articles' column"
    assert set(REASONS["strength"]) == set(STRENGTHS)


def test_every_reason_has_its_mark_and_the_strongest_wins() -> None:
    marks = strengths(REASONS)
    columns, order = [*PUBLISHERS, ARTICLES], [*STRENGTHS]
    for row in REASONS.itertuples():
        shown = marks[row.feature][
            columns.index(row.published_by if row.published_by in PUBLISHERS else ARTICLES)
        ]
        assert shown and order.index(shown) <= order.index(row.strength), row.exclusion_id
    assert sum(bool(one) for cells in marks.values() for one in cells) <= len(REASONS)
    weak = REASONS.head(1).assign(strength="only with care")
    both = pd.concat([weak, weak.assign(strength="avoid")])
    for rows in (both, both[::-1]):
        assert [one for one in strengths(rows)[weak["feature"].iloc[0]] if one] == ["avoid"]


def test_what_is_not_known_is_not_absent(board: explore.Eligibility) -> None:
    board.set(person="blank")
    rows = board.evidence()
    assert rows["met"].sum() == 0 and rows["open"].sum() == len(REASONS)
    assert "none is met" in board.say() and "not known is not absent" in board.say()
    assert f"{len(REASONS)} more reasons may be met" in board.say()
    board.set(**dict.fromkeys(FEATURES, "no"))
    assert board.evidence()["open"].sum() == 0
    assert "not known" not in board.say() and "nobody published" in board.say()


@pytest.mark.parametrize("feature", ["high_blood_pressure", "pregnancy", "theophylline"])
def test_a_yes_meets_every_reason_that_asks_for_it(board: explore.Eligibility, feature: str) -> None:
    board.set(person="blank")
    board.set(**{feature: "yes"})
    mine = REASONS[REASONS["feature"] == feature]
    rows = board.evidence()
    assert set(rows.loc[rows["met"] == 1, "exclusion_id"]) == set(mine["exclusion_id"])
    words, listed = board.say(), html.unescape(board._list.value)
    assert f"Of {len(REASONS)} published reasons {len(mine)} " in words
    for row in mine.itertuples():
        assert row.published_by.rstrip("?") in words
        assert row.condition in listed and f"<b>{row.strength}</b>" in board._list.value
    strongest = min(mine["strength"], key=[*STRENGTHS].index)
    assert listed.split("<b>")[1].startswith(strongest)


def test_an_answer_by_hand_makes_the_person_ones_own(board: explore.Eligibility) -> None:
    name, (_, told, answers) = next(iter(PERSONS.items()))
    board.set(person=name)
    assert told in board.about()
    feature = next(one for one in FEATURES if one not in answers)
    board.controls[feature].value = "yes"
    assert board.value("person") == OWN
    board.controls["person"].value = name
    assert board.value(feature) == NOT_KNOWN


def test_invented_persons_answer_features_that_exist() -> None:
    for _words, told, answers in PERSONS.values():
        assert set(answers) <= set(FEATURES)
        assert set(answers.values()) <= {"yes", "no"}
        assert told.endswith(".")


@pytest.mark.parametrize("presenting", [False, True])
def test_it_never_passes_a_verdict_and_always_says_that_it_teaches(
    board: explore.Eligibility, presenting: bool
) -> None:
    draw = random.Random(5)
    try:
        board.screen.page = {"ratio": 1.0, "dark": False, "presenting": presenting, "width": 1200}
        for _ in range(12):
            board.set(**{feature: draw.choice([NOT_KNOWN, "yes", "no"]) for feature in FEATURES})
            words = board.say()
            assert not VERDICT.search(words), words
            assert words.endswith("Teaching only: a published list decides about nobody.")
            assert board.live.alt == words
    finally:
        board.screen.page = {"ratio": 1.0, "dark": False, "presenting": False, "width": 920}


def test_a_slide_shows_first_what_is_met(board: explore.Eligibility) -> None:
    board.set(person="driver")
    page = [row.answer for row in board.view().rows]
    try:
        board.screen.page = {"ratio": 1.0, "dark": False, "presenting": True, "width": 1200}
        slide = [row.answer for row in board.view().rows]
        board.set(**dict.fromkeys(FEATURES, "yes"))
        longest = board.say()
    finally:
        board.screen.page = {"ratio": 1.0, "dark": False, "presenting": False, "width": 920}
    assert len(longest) < 300, "four lines on a slide"
    assert all(f" by {kind}s" in longest for kind in set(REASONS["published_as"]))
    assert sorted(slide) == sorted(page)
    assert slide == sorted(slide, key=["yes", "?", "no"].index) != page
