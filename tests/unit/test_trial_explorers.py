"""TrialLab, Framing, RiskOfBias and WorkedCases: what each must get right beyond the common contract."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from migraine_lab import data, explore, stats
from migraine_lab.explore import worked_cases
from migraine_lab.explore.risk_of_bias import WORKED
from migraine_lab.models import trial


@pytest.fixture(scope="module")
def lab() -> explore.TrialLab:
    return explore.TrialLab()


def summed(lab: explore.TrialLab, key: str) -> dict[str, float]:
    return lab.evidence().set_index("key").loc[key].to_dict()


def test_the_lab_starts_from_a_real_trials_rates_and_names_it(lab: explore.TrialLab) -> None:
    lab.reset()
    row = data.comparisons().set_index("result_id").loc[lab.value("start")]
    assert lab.value("placebo") == round(100 * row["comparator_events"] / row["comparator_n"])
    assert lab.value("placebo") + lab.value("effect") == round(100 * row["events"] / row["n"])
    assert lab.value("n_per_arm") == pytest.approx((row["n"] + row["comparator_n"]) / 2, abs=2.5)
    assert lab.evidence().set_index("key").loc[lab.value("start"), "source_id"] == row["source_id"]


@pytest.mark.parametrize("real", explore.TrialLab().controls["start"].options[:-1])
def test_each_real_trial_sets_the_truth_and_moving_it_makes_it_ones_own(real: tuple[str, str]) -> None:
    lab = explore.TrialLab(start="own")
    lab.controls["start"].value = real[1]
    assert lab.value("start") == real[1]
    lab.controls["placebo"].value = lab.value("placebo") + 1
    assert lab.value("start") == "own"


def test_the_sentence_gives_power_and_the_winners_curse(lab: explore.TrialLab) -> None:
    lab.reset()
    lab.set(n_per_arm=40, placebo=30, effect=10, trials=1000)
    found = trial.run(1000, 40, 0.3, 0.1, lab.value("draw"))
    told = summed(lab, "significant")
    assert told["trials"] == found.significant().sum()
    assert told["difference"] == pytest.approx(100 * found.difference[found.significant()].mean())
    assert told["difference"] > 20, "small trials that reach significance tell more than twice a truth of 10"
    long_run = 100 * trial.power(trial.run(20_000, 40, 0.3, 0.1, seed=0))
    words = lab.say()
    assert f"in the long run it is {long_run:.0f} % (the power)" in words
    assert f"{told['difference'] / 10:.1f} times" in words and "winner's curse" in words


def test_nothing_true_gives_false_alarms_and_switching_gives_more(lab: explore.TrialLab) -> None:
    lab.reset()
    lab.set(effect=0, trials=1000, n_per_arm=100, placebo=30)
    plain = summed(lab, "significant")["trials"]
    assert "share of false alarms" in lab.say() and "does not exist" in lab.say()
    lab.set(outcomes=8)
    assert summed(lab, "significant")["trials"] > 3 * plain
    assert "measures 8 outcomes and tells the best" in lab.say()


def test_one_trial_is_told_with_its_counts_and_the_next_button_changes_it(lab: explore.TrialLab) -> None:
    lab.reset()
    lab.set(trials=1)
    before = lab.say()
    assert "This one trial counts" in before
    lab.actions()[0].click()
    assert lab.value("draw") == 2 and lab.say() != before


def test_rates_above_all_are_refused_in_a_sentence(lab: explore.TrialLab) -> None:
    lab.reset()
    png = lab.live.png
    lab.set(placebo=80, effect=40)
    assert "more than all" in lab._message.value and lab.live.png == png
    lab.reset()
    assert not lab._message.value


def test_dropout_shows_how_it_counts(lab: explore.TrialLab) -> None:
    lab.reset()
    assert not lab.visible("missing")
    lab.set(dropout=30, missing="left_out")
    assert lab.visible("missing") and "30 % of each arm drop out and are left out" in lab.say()
    assert (lab.evidence().query("key == 'trial 1'")["n"] < lab.value("n_per_arm")).all()
    lab.reset()


def test_framing_as_found_is_the_comparison_of_the_counts() -> None:
    one = explore.Framing()
    row = data.comparisons().set_index("result_id").loc[one.value("trial")]
    counts = [row[name] for name in ("events", "n", "comparator_events", "comparator_n")]
    told = one.evidence().set_index("key")
    ratio, gap = (stats.compare(*counts, measure=measure) for measure in ("RR", "RD"))
    assert told.loc["relative", "estimate"] == ratio.estimate
    assert told.loc["absolute", "low"] == pytest.approx(100 * gap.low)
    assert told.loc["needed", "estimate"] == gap.nnt and gap.nnt_text() in one.say()
    assert (told["source_id"] != "").all()


def test_another_placebo_rate_keeps_the_ratio_and_moves_the_rest() -> None:
    one = explore.Framing()
    found = one.evidence().set_index("key")
    one.set(control=30)
    supposed = one.evidence().set_index("key")
    assert supposed.loc["relative", "estimate"] == found.loc["relative", "estimate"]
    assert supposed.loc["absolute", "estimate"] == pytest.approx(30 * (found.loc["relative", "estimate"] - 1))
    assert supposed.loc[["absolute", "needed"], "source_id"].eq("").all(), "what is supposed has no source"
    assert one.say().startswith("Supposed, not found") and one.view().supposed
    one.actions()[0].click()
    assert one.evidence().set_index("key").equals(found) and not one.view().supposed


def test_a_ratio_that_would_exceed_everyone_is_refused() -> None:
    one = explore.Framing()
    one.set(control=80)
    assert "more than everyone" in one._message.value
    assert one.evidence()["estimate"].notna().all()


def test_loss_counts_those_who_did_not_get_better() -> None:
    gain, loss = explore.Framing().view().icons, explore.Framing(wording="loss").view().icons
    assert (gain.treated + loss.treated, gain.compared + loss.compared) == (100, 100)


def test_a_trial_that_placebo_won_has_an_honest_number() -> None:
    one = explore.Framing(trial="powers2017_topiramate_responder_50_24wk")
    assert "NNH" in one.say() and "through no effect" in one.say() and "fewer" in one.say()


def test_no_information_is_told_from_a_question_that_does_not_arise() -> None:
    rows = explore.RiskOfBias().evidence().set_index("key")
    assert rows.loc["kaube2000 1", "randomisation"] == "does not apply"
    assert rows.loc["chah2021 1", "randomisation"] == "no information"
    assert rows.loc["afridi2013 2", "missing_outcome"] == "no information"
    assert len(rows) == len(data.table("quality"))


def test_trials_without_a_judgement_are_shown_as_such_on_request() -> None:
    table = explore.RiskOfBias()
    judged = set(data.table("quality")["study_id"])
    assert not judged & set(WORKED), "judged by now: it needs no place among the unjudged"
    assert not set(table.evidence()["study_id"]) & set(WORKED)
    table.set(unjudged=True, row="powers2017")
    rows = table.evidence().set_index("key").loc[list(WORKED)]
    assert (rows["overall"] == "not assessed").all() and (rows["source_id"] != "").all()
    assert "CHAMP" in table.say() and "says nothing about their risk" in table.say()
    assert "not judged" in table._card.value


def test_an_opened_study_brings_its_page_and_its_card() -> None:
    table = explore.RiskOfBias(row="petersen2022 1")
    assert table.value("page") > 0 and table.view().opened is not None
    assert "Petersen" in table._card.value and "http" in table._card.value
    assert "not a formal assessment" in table.view().foot
    table.set(overall="some")
    assert table.value("row") == "none" and table._card.value == ""
    assert set(table.evidence()["overall"]) == {"some"}
    assert "any" not in table.view().names


def test_an_empty_choice_is_said() -> None:
    table = explore.RiskOfBias(tool="RoB1", overall="low")
    assert "No study fits" in table._message.value


@pytest.mark.parametrize("case", worked_cases.CASES)
def test_each_case_reads_results_that_exist_in_pairs(case: str) -> None:
    one = explore.WorkedCases(case=case)
    results = data.table("results").set_index("result_id")
    for reading in worked_cases.CASES[case].readings:
        treated, compared = results.loc[reading.treated], results.loc[reading.compared]
        assert treated["study_id"] == compared["study_id"] and treated["definition"] == compared["definition"]
    assert not one._message.value and len(one.evidence()) == len(worked_cases.CASES[case].readings)


def test_what_each_case_shows() -> None:
    champ, preempt, premium, hermes = (
        explore.WorkedCases(case=case).evidence().set_index("label") for case in worked_cases.CASES
    )
    assert (champ["difference"] < 0).all() and (champ["high"] > 0).all()
    first = preempt[preempt["put_first"] == "yes"]
    assert first["difference"].iloc[0] < 0 < first["low"].iloc[1]
    assert preempt["low"].isna().sum() == 1 and (preempt["low"].dropna() > 0).all()
    assert [low > 0 for low in premium["low"]] == [False, True, False]
    assert hermes["difference"].iloc[0] > hermes["difference"].iloc[1] > 0


def test_an_interval_from_p_gives_that_p_back() -> None:
    for estimate, p in ((1.4, 0.006), (-0.74, 0.043), (0.46, 0.15)):
        low, high = stats.interval_from_p(estimate, p)
        error = (high - low) / 2 / norm.ppf(0.975)
        assert 2 * norm.sf(abs(estimate) / error) == pytest.approx(p, rel=1e-9)
        assert (low < 0 < high) == (p > 0.05)
    np.testing.assert_allclose(stats.interval_from_p(2.0, 0.1, level=0.9)[0], 0, atol=1e-9)


@pytest.mark.parametrize(
    ("estimate", "p", "words"), [(1, 0, "p is 0"), (1, 1.2, "p is 1.2"), (0, 0.5, "difference of 0")]
)
def test_an_impossible_p_is_refused(estimate: float, p: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        stats.interval_from_p(estimate, p)
