"""Which comparisons may stand in one brief, and which trials become one estimate: the refusals and the sums."""

from __future__ import annotations

import itertools

import pytest

from migraine_lab import stats
from migraine_lab.practice.brief.brief import Brief
from migraine_lab.practice.brief.questions import NOBODY, NoQuestion, every_question, find, rows_of
from migraine_lab.practice.brief.together import (
    COUNTS,
    cautions,
    put_together,
    why_not_beside,
    why_not_pooled,
)

ATTACK = {"people": "attack", "treatment": "rimegepant", "outcome": "pain_free", "dose": "75 mg"}
REFUSED = [
    (ATTACK, ATTACK, "the same comparison again"),
    (ATTACK, {"treatment": "galcanezumab", "outcome": "responder_50"}, "preventing attacks over months"),
    (ATTACK, {"people": "ketamine_inpatients", "treatment": "ketamine"}, "the other has none"),
    (ATTACK, {"people": "attack", "treatment": "rimegepant", "outcome": "mbs_free"}, "are two outcomes"),
    ({"treatment": "sumatriptan / oral", "outcome": "Pain relief, 2 h"},
     {"treatment": "sumatriptan / oral", "outcome": "Pain relief, 4 h"}, "different times (2 h and 4 h)"),
    ({"treatment": "galcanezumab", "outcome": "responder_50 / migraine_days"},
     {"treatment": "topiramate", "outcome": "responder_50 / attacks"}, "count different things in the same words"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "reason"), REFUSED, ids=[reason for *_two, reason in REFUSED])
def test_what_is_no_pair_is_refused_in_one_sentence(
    first: dict[str, str], second: dict[str, str], reason: str
) -> None:
    one, other = find(**first), find(**second)
    for a, b in ((one, other), (other, one)):
        said = why_not_beside(rows_of(a), rows_of(b))
        assert said.endswith(".")
        assert said.count(". ") == 0, "one sentence"
        assert " / " not in said, "words, not keys"
        with pytest.raises(NoQuestion) as refused:
            Brief(a, b)
        assert str(refused.value) == said
    assert reason in why_not_beside(rows_of(one), rows_of(other))


def test_a_review_beside_its_own_trials_is_refused() -> None:
    every = every_question()
    reviews = [one for one in every if one.studies == "reviews"]
    pairs = [
        (a, b)
        for a, b in itertools.product(reviews, every)
        if a.outcome == b.outcome
        and b.studies == "once"
        and {one for listed in rows_of(a)["overlaps"] for one in listed.split(";")}
        & set(rows_of(b)["study_id"])
        and (a.comparator == NOBODY) == (b.comparator == NOBODY)
    ]
    assert pairs
    for a, b in pairs:
        assert "counts the same people twice" in why_not_beside(rows_of(a), rows_of(b))
        assert "counts the same people twice" in why_not_beside(rows_of(b), rows_of(a))


def test_parts_of_a_trial_are_no_second_trial() -> None:
    rows = [one for one in every_question() if "brandes2005" in set(rows_of(one)["study_id"])]
    pairs = [
        (a, b)
        for a, b in itertools.combinations(rows, 2)
        if a.people != b.people and (a.treatment, a.outcome) == (b.treatment, b.outcome)
    ]
    assert pairs
    for a, b in pairs:
        assert "counts people twice" in why_not_beside(rows_of(a), rows_of(b))


def test_a_pair_that_may_stand_together_is_told_as_indirect() -> None:
    brief = Brief(
        find(**ATTACK), find(people="attack", treatment="zavegepant", outcome="pain_free", dose="10 mg")
    )
    assert "indirect comparison" in brief.reading[-1]
    assert brief.title.endswith("and with zavegepant into the nose (10 mg)?")
    assert set(brief.rows["part"]) == {0, 1}
    assert {"croop2019", "croop2022"} <= set(brief.rows["study_id"])


def test_other_people_and_other_comparators_are_said() -> None:
    young = find(people="attack_young", outcome="pain_relief")
    adults = find(people="attack", treatment="rizatriptan", outcome=young.outcome)
    said = " ".join(cautions(rows_of(young), rows_of(adults)))
    assert "The people differ: adolescents" in said


def test_no_allowed_pair_mixes_outcome_time_basis_unit_or_comparator() -> None:
    some = every_question()[::6]
    allowed = 0
    for a, b in itertools.combinations(some, 2):
        if why_not_beside(rows_of(a), rows_of(b)):
            continue
        allowed += 1
        assert a.outcome == b.outcome
        assert (a.comparator == NOBODY) == (b.comparator == NOBODY)
        assert not set(rows_of(a)["result_id"]) & set(rows_of(b)["result_id"])
    assert allowed


def test_trials_are_put_together_as_the_statistics_room_does_it() -> None:
    rows = rows_of(find(**ATTACK))
    found = put_together(rows)
    assert found is not None
    pooled = stats.pool_counts(*(rows[name] for name in COUNTS), measure="RR", model="random", tau2="PM")
    assert (found.ratio, found.low, found.high) == pytest.approx((pooled.estimate, pooled.low, pooled.high))
    base = 100 * rows["comparator_events"].sum() / rows["comparator_n"].sum()
    assert found.treated == pytest.approx(base * pooled.estimate)
    assert found.more_low == pytest.approx(base * (pooled.low - 1))
    assert found.people == rows["n"].sum() + rows["comparator_n"].sum()
    assert "Paule and Mandel" in " ".join(Brief(find(**ATTACK)).reading)


def test_what_is_put_together_is_alike_and_nobody_counts_twice() -> None:
    count = 0
    for one in every_question(doses=True):
        rows = rows_of(one)
        found = put_together(rows)
        if found is None:
            assert why_not_pooled(rows).startswith("Not put together: ")
            continue
        count += 1
        assert found.studies >= 2
        assert not rows["study_id"].duplicated().any()
        assert not rows["comparator_result_id"].duplicated().any()
        assert rows["countable"].all()
        assert rows["randomised"].all()
        assert (rows["comparator_kind"] != "none").all()
        for alike in ("outcome", "definition", "dose", "route", "units", "when", "comparator"):
            assert len(set(rows[alike])) == 1, alike
        assert 0 <= found.base + found.more_low <= found.treated <= found.base + found.more_high <= 100
    assert count > 15


def test_arms_that_share_a_comparator_ask_for_one_dose() -> None:
    every_dose = find(people="attack", treatment="sumatriptan / oral", outcome="Pain relief, 4 h")
    assert "choose one dose" in why_not_pooled(rows_of(every_dose))
    one_dose = find(
        people="attack", treatment="sumatriptan / oral", outcome="Pain relief, 4 h", dose="100 mg"
    )
    assert put_together(rows_of(one_dose)) is not None
