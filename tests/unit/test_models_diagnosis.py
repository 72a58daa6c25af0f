"""The criteria as logic: thresholds from the table hold at their ends, unknown is never absent, nonsense is refused."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migraine_lab import data
from migraine_lab.models import diagnosis
from migraine_lab.models.conditions import TESTS
from migraine_lab.models.criteria import NOT_CRITERIA, all_of, any_of, at_least, book, opposite
from migraine_lab.models.criteria_words import LABELS

CRITERIA = data.table("criteria").set_index("criterion_id")
FLAGS = {
    one.name: False
    for one in diagnosis.features()
    if one.group == "Warning signs"
}  # fmt: skip
WITHOUT_AURA: dict[str, Any] = {
    "attacks": 20, "hours": 24, "one_sided": True, "pulsating": True, "severity": 2, "worse_with_movement": False,
    "nausea_or_vomiting": True, "light_hurts": False, "sound_hurts": False, "aura": False, "better_explained": False,
}  # fmt: skip
WITH_AURA: dict[str, Any] = {
    "attacks": 6, "aura_attacks": 6, "aura": True, "aura_visual": True, "aura_motor": False, "aura_brainstem": False,
    "aura_retinal": False, "aura_spreads": True, "aura_minutes": 20, "headache_with_aura": True, "better_explained": False,
}  # fmt: skip
TENSION: dict[str, Any] = {
    "attacks": 60, "hours": 5, "one_sided": False, "pulsating": False, "pressing": True, "severity": 1,
    "worse_with_movement": False, "nausea_or_vomiting": False, "light_hurts": False, "sound_hurts": True, "aura": False,
    "headache_days": 5, "months": 24, "better_explained": False,
}  # fmt: skip
CLUSTER: dict[str, Any] = {
    "attacks": 50, "hours": 1, "one_sided": True, "severity": 4, "around_the_eye": True, "red_or_tearing_eye": True,
    "attacks_per_day": 2, "better_explained": False,
}  # fmt: skip
ONE_AURA = WITH_AURA | {
    "attacks": 1,
    "aura_attacks": 1,
    "hours": 1,
    "severity": 1,
    "nausea_or_vomiting": True,
}
CHRONIC = WITHOUT_AURA | {"headache_days": 20, "months": 12, "migraine_days": 10}
OVERUSE = CHRONIC | {"triptan_days": 12, "months_of_overuse": 6}
LONG = WITHOUT_AURA | {
    "this_attack_hours": 80,
    "like_the_usual_ones": True,
    "disabling": True,
    "headache_days": 3,
}


def end(criterion_id: str, which: str = "at_least") -> float:
    """The end of a threshold of the table."""
    return float(CRITERIA.at[criterion_id, which])


def codes(**features: Any) -> tuple[str, ...]:
    return diagnosis.classify(features).codes


REFERENCE = {
    "1.1": WITHOUT_AURA, "1.2.1": WITH_AURA, "1.2.1.2": WITH_AURA | {"aura_positive": True, "headache_with_aura": False},
    "1.2": WITH_AURA | {"aura_motor": True}, "1.3": CHRONIC | {"any_medicine_days": 4}, "1.4.1": LONG,
    "1.5": ONE_AURA, "1.5.1": WITHOUT_AURA | {"hours": 3.5, "age": 30},
    "2.1": TENSION | {"headache_days": 0.5}, "2.2": TENSION, "3.1": CLUSTER,
    "3.1.1": CLUSTER | {"in_bouts": True, "bouts": 3, "bout_days": 40, "months_free": 9},
    "3.1.2": CLUSTER | {"months_free": 0, "years_like_this": 2}, "8.2": TENSION | {
        "headache_days": 20, "headache_before": True, "simple_painkiller_days": 16, "months_of_overuse": 6
    },
}  # fmt: skip


@pytest.mark.parametrize("code", REFERENCE)
def test_a_person_made_for_each_disorder_gets_it(code: str) -> None:
    found = diagnosis.classify(REFERENCE[code])
    assert found.code == code, found
    assert found.name == book().names[code]
    assert all(one.state == diagnosis.MET for one in found.of(code))


def test_every_disorder_of_the_table_has_a_reference_person() -> None:
    assert set(REFERENCE) == {code for code, _ in diagnosis.codes()} == set(CRITERIA["code"]) - {"SNNOOP10"}


def test_every_condition_of_the_table_is_read_and_named() -> None:
    read = {row.item for row in CRITERIA.itertuples() if row.criterion not in NOT_CRITERIA}
    read |= {row.item for row in CRITERIA.itertuples() if row.criterion == "B_child"}
    assert read == set(TESTS) == set(LABELS)


def test_every_finding_has_its_rows_and_one_source() -> None:
    findings = diagnosis.classify({}).findings
    named = [row for one in findings for row in one.criterion_ids]
    skipped = {row.Index for row in CRITERIA.itertuples() if row.criterion in NOT_CRITERIA}
    assert sorted(named) == sorted(set(CRITERIA.index) - skipped)
    assert all(len(one.source_ids) == 1 for one in findings)


# -- thresholds at their ends, as the table gives them ----------------------------------------------------------------
STEP = 0.001
ENDS = [
    ("1_1_a_attacks_meeting_b_to_d", "attacks", "1.1", WITHOUT_AURA),
    ("1_1_b_headache_duration_untreated", "hours", "1.1", WITHOUT_AURA | {"age": 40}),
    ("1_1_b_child_headache_duration_untreated_under_18", "hours", "1.1", WITHOUT_AURA | {"age": 12}),
    ("1_2_a_attacks_meeting_b_and_c", "aura_attacks", "1.2", WITH_AURA),
    ("1_2_c_note_aura_symptom_duration", "aura_minutes", "1.2", WITH_AURA),
    ("1_3_a_headache_days_per_month", "headache_days", "1.3", CHRONIC),
    ("1_3_a_months_at_this_frequency", "months", "1.3", CHRONIC),
    ("1_3_b_attacks_meeting_1_1_b_to_d_or_1_2_b_and_c", "attacks", "1.3", CHRONIC),
    ("1_3_c_migraine_days_per_month", "migraine_days", "1.3", CHRONIC),
    ("1_4_1_c_attack_duration", "this_attack_hours", "1.4.1", LONG),
    ("2_1_a_headache_days_per_month", "headache_days", "2.1", TENSION),
    ("2_2_a_headache_days_per_month", "headache_days", "2.2", TENSION),
    ("2_2_a_months_at_this_frequency", "months", "2.2", TENSION),
    ("2_2_b_headache_duration", "hours", "2.2", TENSION),
    ("2_2_a_episodes_meeting_b_to_d", "attacks", "2.2", TENSION),
    ("3_1_b_headache_duration_untreated", "hours", "3.1", CLUSTER),
    ("3_1_d_attack_frequency", "attacks_per_day", "3.1", CLUSTER),
    ("3_1_1_b_bout_duration", "bout_days", "3.1.1", REFERENCE["3.1.1"]),
    ("3_1_2_b_remission_max", "months_free", "3.1.2", REFERENCE["3.1.2"]),
    ("8_2_a_headache_days_per_month", "headache_days", "8.2", OVERUSE),
    ("8_2_b_months_of_overuse", "months_of_overuse", "8.2", OVERUSE),
    ("8_2_b_drug_8_2_2_triptan", "triptan_days", "8.2", OVERUSE | dict.fromkeys(
        ("ergotamine_days", "simple_painkiller_days", "opioid_days", "combination_days"), 0
    )),
]  # fmt: skip


def whole(found: diagnosis.Diagnosis, code: str) -> bool:
    return all(one.state == diagnosis.MET for one in found.of(code))


@pytest.mark.parametrize(("row", "feature", "code", "person"), ENDS, ids=[one[0] for one in ENDS])
def test_a_threshold_holds_at_its_ends_and_not_beyond(
    row: str, feature: str, code: str, person: dict
) -> None:
    strict = bool(CRITERIA.at[row, "strict"])
    for which, beyond in (("at_least", -STEP), ("at_most", STEP)):
        at = end(row, which)
        if np.isnan(at):
            continue
        met = {
            "inside": at - beyond, "at": at, "beyond": at + beyond
        }  # fmt: skip
        found = {
            name: whole(diagnosis.classify(person | {feature: value}), code)
            for name, value in met.items()
            if value >= diagnosis.feature(feature).low
        }
        expected = {"inside": True, "at": not strict, "beyond": False}
        assert found == {name: expected[name] for name in found}, (which, at)


def test_groups_need_as_many_features_as_the_table_says() -> None:
    needed = int(end("1_1_c_unilateral"))
    pain = ["one_sided", "pulsating", "worse_with_movement"]
    for count in range(len(pain) + 1):
        features = (
            WITHOUT_AURA | dict.fromkeys(pain, False) | dict.fromkeys(pain[:count], True) | {"severity": 1}
        )
        assert ("1.1" in codes(**features)) == (count >= needed)


def test_young_people_have_a_shorter_attack_and_an_unknown_age_leaves_it_open() -> None:
    between = (
        end("1_1_b_headache_duration_untreated") + end("1_1_b_child_headache_duration_untreated_under_18")
    ) / 2
    age = float(
        re.search(r"under_(\d+)", CRITERIA.at["1_1_b_child_headache_duration_untreated_under_18", "item"])[1]
    )
    short = WITHOUT_AURA | {"hours": between}
    assert "1.1" in codes(**short, age=age - 1)
    assert "1.1" not in codes(**short, age=age)
    (length,) = [one for one in diagnosis.classify(short).of("1.1") if one.criterion == "B"]
    assert length.state == diagnosis.UNKNOWN


# -- several diagnoses, ranks, neighbours ------------------------------------------------------------------------------
def test_chronic_migraine_and_overuse_are_given_together() -> None:
    found = diagnosis.classify(OVERUSE)
    assert [one.code for one in found.all_met] == ["1.3", "8.2"]
    assert found.subtypes == ("8.2.2",)


MIXED = CHRONIC | {
    "months_of_overuse": 6, "triptan_days": 6, "nsaid_days": 6, "simple_painkiller_days": 6, "paracetamol_days": 0,
    "aspirin_days": 0, "opioid_days": 0, "ergotamine_days": 0, "combination_days": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        ({"any_medicine_days": 12}, ("8.2.6",)),
        ({"any_medicine_days": 9}, ()),
        ({"triptan_days": 10, "any_medicine_days": 12}, ("8.2.2",)),
        (
            {"triptan_days": 0, "any_medicine_days": 12, "simple_painkiller_days": 12},
            (),
        ),  # one class alone is 8.2.3
        (
            {"nsaid_days": 8, "paracetamol_days": 8, "simple_painkiller_days": 16, "triptan_days": 0},
            ("8.2.3",),
        ),
        ({"any_medicine_days": 14, "intake_unclear": True}, ("8.2.6", "8.2.7")),
    ],
)
def test_mixed_overuse_counts_days_together(days: dict[str, Any], kinds: tuple[str, ...]) -> None:
    assert diagnosis.classify(MIXED | days).subtypes == kinds


def test_days_of_two_painkillers_may_coincide_so_their_sum_decides_only_where_it_must() -> None:
    both = CHRONIC | {"months_of_overuse": 6, "paracetamol_days": 8, "nsaid_days": 8, "aspirin_days": 0}
    finding = {one.criterion: one for one in diagnosis.classify(both).of("8.2")}["B_drug"]
    states = dict(finding.parts)
    (together,) = [state for words, state in states.items() if words.startswith("simple painkillers")]
    assert together == diagnosis.UNKNOWN, "16 if no day had both, 8 if every day had"


def test_a_definite_diagnosis_outranks_a_probable_one() -> None:
    both = TENSION | {"hours": 5, "severity": 2, "sound_hurts": True, "light_hurts": False}
    assert "2.2" in codes(**both)
    assert not set(codes(**both)) & {"1.5", "1.5.1"}


@pytest.mark.parametrize(
    "lacking",
    [
        {"attacks": 3},
        {"hours": 3.5, "age": 30},
        {"one_sided": False, "pulsating": False},
        {"nausea_or_vomiting": False, "severity": 3},
    ],
    ids=["A", "B", "C", "D"],
)
def test_any_one_missing_line_of_migraine_without_aura_makes_it_probable(lacking: dict[str, Any]) -> None:
    assert codes(**WITHOUT_AURA | lacking) == ("1.5.1",)
    assert codes(**WITHOUT_AURA | lacking | {"attacks": 0}) == (), "there has to be an attack"
    two = WITHOUT_AURA | lacking | {"severity": 1, "pulsating": False, "hours": 1, "age": 30}
    assert codes(**two) == (), "two lines are missing"


def test_an_aura_with_every_attack_is_not_also_migraine_without_aura() -> None:
    every = WITHOUT_AURA | WITH_AURA | {"attacks": 20, "aura_attacks": 20}
    assert codes(**every) == ("1.2.1",)
    assert set(codes(**every | {"aura_attacks": 10})) == {"1.2.1", "1.1"}, "ten attacks came without it"


def test_the_nearest_say_what_they_lack() -> None:
    needed = int(end("1_1_a_attacks_meeting_b_to_d"))
    found = diagnosis.classify(WITHOUT_AURA | {"attacks": needed - 1})
    near = {one.code: one for one in found.nearest}["1.1"]
    assert near.missing == (f"needs: at least {needed} attacks like this (now {needed - 1})",)
    bilateral = diagnosis.classify(WITHOUT_AURA | {"one_sided": False, "pulsating": False})
    (lacks,) = {one.code: one for one in bilateral.nearest}["1.1"].missing
    assert lacks == "needs 1 more of: one side, throbbing, worse with movement"


@pytest.mark.parametrize("flag", FLAGS)
def test_a_warning_sign_ends_the_exercise(flag: str) -> None:
    found = diagnosis.classify(CHRONIC | FLAGS | {flag: True})
    assert found.code == diagnosis.RED_FLAG
    assert found.codes == (diagnosis.RED_FLAG,)
    assert not found.all_met
    assert len(found.red_flags) == 1
    assert diagnosis.classify(CHRONIC | FLAGS).code == "1.3"


def test_the_two_ages_of_the_warning_list_are_both_told() -> None:
    late, earlier = (
        end("snnoop10_o5_older_age_at_onset"),
        end("snnoop10_o5_alt_older_age_at_onset_earlier_version"),
    )
    assert diagnosis.classify({"age_at_onset": late}).code == diagnosis.RED_FLAG
    between = diagnosis.classify(WITHOUT_AURA | {"age_at_onset": earlier})
    assert between.code == "1.1"
    assert "disagree" in between.notes[0]
    assert not diagnosis.classify(WITHOUT_AURA | {"age_at_onset": earlier - 1}).notes


# -- unknown is not absent ---------------------------------------------------------------------------------------------
def test_nothing_known_gives_no_diagnosis_and_fails_nothing() -> None:
    found = diagnosis.classify({})
    assert (found.code, found.name) == ("", "no diagnosis yet")
    assert {one.state for one in found.findings} == {diagnosis.UNKNOWN}
    assert (
        len(found.flags_not_asked) == len({row for row in CRITERIA.index if row.startswith("snnoop10")}) - 1
    )


def test_an_unasked_aura_or_cause_leaves_migraine_without_aura_open() -> None:
    for name in ("aura", "better_explained", "hours", "attacks"):
        assert "1.1" not in codes(**WITHOUT_AURA | {name: None}), name
        near = {one.code: one for one in diagnosis.classify(WITHOUT_AURA | {name: None}).nearest}["1.1"]
        assert near.missing[0].startswith("not known yet"), name


FULL = st.fixed_dictionaries(
    {
        one.name: st.one_of(
            st.none(),
            st.booleans()
            if one.kind == "yes_no"
            else st.one_of(st.floats(one.low, one.high), st.integers(int(one.low), int(min(one.high, 30)))),
        )
        for one in diagnosis.features()
    }
)


@given(features=FULL, hidden=st.integers(0, 2**20))
@settings(max_examples=120, deadline=None)
def test_to_forget_an_answer_never_turns_a_criterion_round(features: dict[str, Any], hidden: int) -> None:
    """What is met with less known is met with more known: hiding answers may only open criteria, never flip them."""
    names = sorted(features)
    if (
        features["aura"] is False
    ):  # a person without any aura has no zigzags either; contradictions are not meant
        features = features | {name: None for name in names if name.startswith("aura_")}
    features = features | {"any_medicine_days": None, "simple_painkiller_days": None}
    less = features | {names[hidden % len(names)]: None, names[hidden // 97 % len(names)]: None}
    known = {(one.code, one.criterion): one.state for one in diagnosis.classify(features).findings}
    for one in diagnosis.classify(less).findings:
        assert one.state in (known[one.code, one.criterion], diagnosis.UNKNOWN), (one.code, one.criterion)


HELPS = {
    "1.1": ["one_sided", "pulsating", "worse_with_movement", "nausea_or_vomiting", "light_hurts", "sound_hurts"],
    "1.2": ["aura_visual", "aura_sensory", "aura_speech", "aura_motor", "aura_brainstem", "aura_retinal", "aura_spreads",
            "aura_in_succession", "aura_one_sided", "aura_positive", "headache_with_aura"],
    "1.3": ["one_sided", "pulsating", "worse_with_movement", "nausea_or_vomiting", "relieved_by_triptan"],
    "1.4.1": ["like_the_usual_ones", "disabling"],
    "3.1": ["one_sided", "around_the_eye", "red_or_tearing_eye", "blocked_or_runny_nose", "swollen_lid", "sweating_face",
            "small_pupil_or_drooping_lid", "restless"],
    "3.1.1": ["in_bouts"],
    "8.2": ["headache_before", "intake_unclear"],
}  # fmt: skip
MORE = {
    "1.1": ["attacks"], "1.2": ["aura_attacks"], "1.3": ["attacks", "headache_days", "months", "migraine_days"],
    "1.4.1": ["this_attack_hours"], "2.2": ["attacks", "months"], "3.1": ["attacks"], "3.1.1": ["bouts", "months_free"],
    "3.1.2": ["years_like_this"],
    "8.2": ["headache_days", "months_of_overuse", "triptan_days", "opioid_days", "ergotamine_days", "combination_days"],
}  # fmt: skip
"""Answers that fulfil something of a disorder when they are yes, or when they grow, and harm nothing in it.

Probable migraine is not among them: to lack one criterion is what defines it."""


@given(features=FULL, which=st.integers(0, 10_000), more=st.floats(0, 40))
@settings(max_examples=200, deadline=None)
def test_one_more_fulfilled_condition_never_lowers_the_number_met(
    features: dict[str, Any], which: int, more: float
) -> None:
    yes = [(code, name) for code, names in HELPS.items() for name in names]
    up = [(code, name) for code, names in MORE.items() for name in names]
    code, name = (yes + up)[which % len(yes + up)]
    feature = diagnosis.feature(name)
    value: Any = True
    if feature.kind == "number":
        value = min((features[name] or 0.0) + more, feature.high)
    features = features | {"any_medicine_days": None, "simple_painkiller_days": None}
    before, after = (diagnosis.number_met(one, code) for one in (features, features | {name: value}))
    assert after >= before, (code, name, value)


def test_10_000_random_people_all_get_an_answer() -> None:
    rng = np.random.default_rng(20_260)
    asked = diagnosis.features()
    known = rng.random((10_000, len(asked))) < rng.random((10_000, 1))
    place = rng.random((10_000, len(asked)))
    calm = rng.random(10_000) < 0.8  # otherwise nearly everybody would have one of so many warning signs
    seen: Counter[str] = Counter()
    for told, where, quiet in zip(known.tolist(), place.tolist(), calm.tolist(), strict=True):
        one: dict[str, Any] = {
            feature.name: at < 0.5 if feature.kind == "yes_no" else feature.low + at * min(feature.high - feature.low, 40)
            for feature, at, is_told in zip(asked, where, told, strict=True) if is_told
        }  # fmt: skip
        found = diagnosis.classify(one | FLAGS if quiet else one)
        assert bool(found.code) == (found.name != "no diagnosis yet")
        seen[found.code] += 1
    assert {"", diagnosis.RED_FLAG} < set(seen), seen


# -- nonsense is refused -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "value"),
    [("hours", -1), ("headache_days", 40), ("triptan_days", 32), ("severity", 7), ("age", 400), ("hours", "long"),
     ("hours", True), ("hours", float("nan")), ("aura", 1.5), ("aura", "True"), ("attacks", "5")],
)  # fmt: skip
def test_an_impossible_answer_is_named(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=rf"^{name} takes .*{re.escape(repr(value))}\.$"):
        diagnosis.classify({name: value})


def test_an_unknown_feature_or_disorder_is_named() -> None:
    with pytest.raises(ValueError, match="no feature 'headache'"):
        diagnosis.classify({"headache": True})
    with pytest.raises(ValueError, match=r"no disorder '9\.9'"):
        diagnosis.number_met({}, "9.9")
    with pytest.raises(ValueError, match="no feature 'x'"):
        diagnosis.feature("x")


def test_numpy_answers_are_answers() -> None:
    assert codes(**WITHOUT_AURA | {"attacks": np.int64(20), "aura": np.bool_(False)}) == ("1.1",)


def test_three_valued_logic_by_hand() -> None:
    assert [all_of(x) for x in ([True, None], [False, None], [True, True], [])] == [None, False, True, True]
    assert [any_of(x) for x in ([True, None], [False, None], [False, False])] == [True, None, False]
    assert [at_least(x, 2) for x in ([True, True], [True, None], [True, False], [None, None, False])] == [
        True, None, False, None,
    ]  # fmt: skip
    assert [opposite(x) for x in (True, False, None)] == [False, True, None]
