"""What a brief can ask: every choice leads on, every question is answered in whole words."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migraine_lab import data
from migraine_lab.practice.brief import people, questions
from migraine_lab.practice.brief.brief import Brief
from migraine_lab.practice.brief.facts_for_notes import NOTES, facts
from migraine_lab.practice.brief.questions import EVERY, LEVELS, NOBODY, NoQuestion, Question
from migraine_lab.practice.brief.reading import CROSSOVER, between, difference, of_hundred

ALL = questions.every_question(doses=True)
BROKEN = re.compile(r"\bnan\b|\bNone\b|<NA>|\binf\b|[{}]|\s,|  |\.\.")


def question(**wanted: str) -> Question:
    return questions.find(**wanted)


def test_the_catalogue_is_every_proportion_with_a_group_of_people() -> None:
    rows = questions.catalogue()
    assert len(rows) == len(data.comparisons())
    assert not rows[list(LEVELS)].isna().any().any()
    assert (rows[list(LEVELS)] != "").all().all()


@pytest.mark.parametrize(
    ("study", "group"),
    [
        ("powers2017", {"prevention_young"}),
        ("axert_label_adolescents", {"attack_young"}),
        ("dodick2023", {"attack_before"}),
        ("zolmitriptan_second_dose", {"attack_again"}),
        ("brandes2005", {"attack", "attack_mild", "attack_any"}),
        ("friedman2014", {"emergency"}),
        ("reuter2018", {"prevention_failed"}),
        ("reuter2022", {"prevention_both"}),
        ("stovner2014", {"prevention_both"}),
        ("silberstein2017", {"prevention_chronic"}),
        ("goadsby2017", {"prevention_episodic"}),
        ("schwenk2018", {"ketamine_inpatients"}),
        ("rosenthal2024", {"ketamine_young"}),
        ("granata2016", {"ketamine_cluster"}),
        ("etchison2018", {"ketamine_emergency"}),
    ],
)
def test_studies_stand_with_their_like(study: str, group: set[str]) -> None:
    rows = questions.catalogue()
    assert set(rows.loc[rows["study_id"] == study, "people"]) == group


def test_every_group_has_somebody_in_it() -> None:
    assert set(questions.catalogue()["people"]) == set(people.NAMES)


def test_a_scope_that_no_group_knows_is_named() -> None:
    stranger = {"scope": "surgery", "population": "anybody", "pain_at_dosing": "", "study_id": "x2000"}
    with pytest.raises(LookupError, match=r"x2000 \(surgery"):
        people.group_of(stranger, "na")


def test_every_outcome_can_be_said() -> None:
    assert set(questions.phrases()) == set(data.comparisons()["outcome_id"])


def test_every_question_is_answered_in_whole_words() -> None:
    """All of them, without their pictures: title, reading, what the figure shows, facts behind the notes."""
    assert len(ALL) > 500
    for one in ALL:
        brief = Brief(one)
        said = [brief.title, *brief.reading, brief.alt, brief.definition, *facts(brief.rows).values()]
        broken = [sentence for sentence in said if BROKEN.search(sentence)]
        assert not broken, one
        assert brief.title.endswith("?")
        assert all(sentence[0].isalnum() for sentence in said), said
        assert brief.source_ids
        assert set(brief.rows["source_id"]) <= set(brief.source_ids)


def test_a_rate_without_comparator_gets_no_difference() -> None:
    for one in ALL:
        if one.comparator != NOBODY:
            continue
        said = " ".join(Brief(one).reading)
        assert "no difference can be given" in said
        assert ("There was no comparator" in said) == (~questions.rows_of(one)["other_arms"]).any()
        assert " more of 100" not in said
        assert " fewer of 100" not in said
        assert "without a comparator" in Brief(one).title


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_choice_leads_to_an_empty_list(draw: st.DataObject) -> None:
    chosen: dict[str, str] = {}
    for level in LEVELS:
        offered = questions.choices(level, chosen)
        assert offered, (level, chosen)
        assert len({key for _words, key in offered}) == len(offered)
        chosen[level] = draw.draw(st.sampled_from([key for _words, key in offered]))
    assert len(questions.rows_of(Question(**chosen)))


def test_all_choices_together_reach_every_question() -> None:
    """The lists walked whole, to the last branch but the doses."""
    reached: list[Mapping[str, str]] = [{}]
    for level in LEVELS[:-1]:
        reached = [
            {**chosen, level: key} for chosen in reached for _words, key in questions.choices(level, chosen)
        ]
    assert len(reached) == len(questions.every_question())
    assert sum(len(questions.narrowed(chosen)) for chosen in reached) == len(questions.catalogue())


def test_settling_keeps_what_can_be_kept() -> None:
    first = question(treatment="sumatriptan / oral", outcome="pain_relief")
    kept = questions.settle({**vars(first), "treatment": "zolmitriptan / oral", "dose": EVERY})
    assert (kept.treatment, kept.outcome, kept.people) == ("zolmitriptan / oral", first.outcome, first.people)
    moved = questions.settle({**vars(first), "people": "ketamine_inpatients"})
    assert moved.comparator == NOBODY


def test_a_question_is_found_by_words_and_refused_with_what_there_is() -> None:
    found = question(treatment="Ketamine", people="ketamine_inpatients", outcome="fall_2_points")
    assert set(questions.rows_of(found)["study_id"]) <= {"schwenk2018", "pomeroy2017"}
    assert question(outcome="pain_free", treatment="rimegepant").studies == "once"
    with pytest.raises(NoQuestion, match="No row answers for treatment 'aspartame'; there is: "):
        question(treatment="aspartame")
    with pytest.raises(NoQuestion, match="no part 'drug'"):
        question(drug="aspirin")
    with pytest.raises(NoQuestion, match="no row that answers"):
        questions.rows_of(Question("attack", "nothing", "none", "none", "once"))


@pytest.mark.parametrize(
    ("days", "printed", "words"),
    [
        (84, "12 wk", "about 3 months"),
        (91.3, "3 mo", "about 3 months"),
        (168, "24 wk", "about 6 months"),
        (42, "6 wk", "6 weeks"),
        (1, "1 d", "1 day"),
        (2 / 24, "2 h", "2 h"),
        (1 / 24, "60 min", "1 h"),
        (float("nan"), "", "a time not stated"),
    ],
)
def test_times_that_are_one_time_have_one_name(days: float, printed: str, words: str) -> None:
    assert questions.time_words(days, printed) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (5.2, 18.9, "from 5 to 19 more"),
        (-18.9, -5.2, "from 5 to 19 fewer"),
        (-3.4, 19, "from 3 fewer to 19 more"),
        (-0.2, 9, "from 0 to 9 more"),
        (-9, 0.3, "from 0 to 9 fewer"),
    ],
)
def test_intervals_in_words(low: float, high: float, words: str) -> None:
    assert between(low, high) == words


def test_people_of_a_hundred_are_whole_and_never_hide_the_few() -> None:
    assert [of_hundred(value) for value in (0, 0.2, 23.6, 99.8, 100)] == [
        "0",
        "fewer than 1",
        "about 24",
        "more than 99",
        "100",
    ]
    assert difference(23.6, 12.4) == "about 12 more of 100"  # as a reader of 24 and 12 would count
    assert difference(12.2, 11.8) == "about as many"


def test_a_trial_whose_comparator_is_not_in_the_data_is_not_called_uncontrolled() -> None:
    rows = questions.catalogue()
    lone = set(rows.loc[(rows["study_id"] == "demirkaya2001") & (rows["comparator"] == NOBODY), "outcome"])
    assert lone
    for outcome in lone:
        said = " ".join(Brief(question(people="attack", treatment="magnesium / iv", outcome=outcome)).reading)
        assert "The study had other groups" in said
        assert "There was no comparator" not in said


def test_parts_of_a_series_are_no_groups_to_compare_with() -> None:
    rows = questions.catalogue()
    assert not rows.loc[rows["study_id"].isin(["granata2016", "schwenk2018"]), "other_arms"].any()


def test_few_people_are_told_as_their_count() -> None:
    few = [
        one
        for one in ALL
        if one.comparator == NOBODY and len(rows := questions.rows_of(one)) == 1 and rows["n"][0] < 20
    ]
    assert few
    for one in few:
        row, said = questions.rows_of(one).iloc[0], Brief(one).reading[0]
        assert f": {row['events']:.0f} of {row['n']:.0f} " in said
        assert ": of 100 " not in said


def test_facts_for_notes_judge_nothing_and_leave_the_conclusion_to_the_student() -> None:
    told = facts(questions.rows_of(question(treatment="rimegepant", outcome="pain_free", dose="75 mg")))
    assert set(told) == {note.key for note in NOTES} - {"conclusion"}
    assert "Groups formed by chance in 3 of 3 studies" in told["risk_of_bias"]


def test_an_arm_that_two_treated_arms_share_counts_its_people_once() -> None:
    rows = questions.rows_of(
        question(treatment="sumatriptan / oral", outcome="pain_relief / ", people="attack")
    )
    once = (
        rows.dropna(subset=["n", "comparator_n"])
        .drop_duplicates("comparator_result_id")["comparator_n"]
        .sum()
    )
    assert rows["comparator_result_id"].duplicated().any()
    assert f"and {once:.0f} on the comparator" in facts(rows)["imprecision"]


def test_lists_begin_with_what_most_rows_answer() -> None:
    offered = [key for _words, key in questions.choices("people", {})]
    assert set(offered) == set(questions.catalogue()["people"])
    assert [people.PURPOSE_ORDER[key] for key in offered] == sorted(
        people.PURPOSE_ORDER[key] for key in offered
    )
    assert offered[0] == "attack"
    counts = questions.catalogue()["people"].value_counts()
    preventive = [int(counts[key]) for key in offered if people.PURPOSE_ORDER[key] == 1]
    assert preventive == sorted(preventive, reverse=True)
    inpatients = {"people": "ketamine_inpatients", "treatment": "ketamine / iv", "comparator": NOBODY}
    first = questions.rows_of(questions.settle(inpatients))
    assert first["is_benefit"].all()
    assert first["events"].notna().all(), "of equal choices the one that prints its counts"


def test_a_crossover_trial_is_named_where_an_interval_treats_it_as_two_groups() -> None:
    crossed = {"people": "attack_mild", "treatment": "sumatriptan_naproxen", "outcome": "pain_free"}
    assert CROSSOVER in Brief(question(**crossed)).reading
    assert CROSSOVER not in Brief(question(treatment="rimegepant", outcome="pain_free", dose="75 mg")).reading
    assert not [one for one in ALL if one.comparator == NOBODY and CROSSOVER in Brief(one).reading]


def test_notes_name_studies_and_quote_figures_that_do_not_fit() -> None:
    studies = set(data.table("studies")["study_id"])
    for one in ALL:
        rows = questions.rows_of(one)
        told = facts(rows)
        assert not studies & set(re.findall(r"\w+", told["indirectness"])), told["indirectness"]
        odd = rows[rows["mismatch_note"] != ""]
        assert ("do not fit" in told["unknown"]) == (not odd.empty)
        assert odd.empty or odd["mismatch_note"].iloc[0] in told["unknown"]
        if "with their counts" in told["unknown"]:
            assert "No row prints" not in told["imprecision"]
            assert "without counts" not in told["imprecision"]
