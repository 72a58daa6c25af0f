"""What the explorers of lesson 09 must get right, beyond the contract that every explorer keeps."""

from __future__ import annotations

import numpy as np
import pytest

from migraine_lab import data, explore
from migraine_lab.explore import comparator_rows, ketamine_rows

SLIDE = {"ratio": 1.0, "dark": False, "presenting": True, "width": 1200}


def lines(one) -> list:
    """The rows of every page of a list."""
    return [line for page in one._cut(one.live.drawing.look) for line in page if not line.head]


# -- every study ---------------------------------------------------------------------------------------------------
def test_every_study_is_reached_by_paging_on_the_page_and_on_a_slide():
    studies = set(data.table("studies").query("scope == 'ketamine'")["study_id"])
    one = explore.KetamineStudies()
    assert {line.key for line in lines(one)} == studies
    one.screen.page = SLIDE
    assert {line.key for line in lines(one)} == studies
    seen = set()
    for _, page in one.controls["page"].options:
        one.set(page=page)
        seen |= {line.key for line in one.view().lines if not line.head}
    assert seen == studies


def test_only_what_has_no_comparator_is_hollow_and_it_stands_in_its_own_panel():
    one = explore.KetamineStudies()
    panel, kinds = "", {}
    for page in one._cut(one.live.drawing.look):
        for line in page:
            panel = line.label if line.head else panel
            if not line.head:
                kinds.setdefault(panel, set()).add(line.hollow)
    assert all(len(found) == 1 for found in kinds.values())
    hollow = {name for name, found in kinds.items() if True in found}
    assert hollow == {ketamine_rows.PANELS[name] for name in ("bare_share", "bare_fall")}


def test_the_main_result_is_the_primary_one_with_its_comparator_beside_it():
    rows = ketamine_rows.every().set_index("study_id")
    zitek = rows.loc["zitek2018"]
    assert (zitek["time"], zitek["value"], zitek["other_value"]) == ("60 min", 43.5, 63.5)
    etchison = rows.loc["etchison2018"]
    assert (etchison["value"], etchison["other_value"]) == (10, 20), "points of a 0-10 scale are tenths of it"
    assert rows.loc["petersen2022", "time"] == "15 min"
    ray = rows.loc["ray2022"]
    assert (ray["events"], ray["n"], ray["other_events"], ray["other_n"]) == (11, 32, 23, 45)
    assert ray["kind"] == "two" and not ray["randomised"]
    assert rows.loc["granata2016", "row_id"].nunique() == 2, "groups that a study prints apart stay apart"


def test_a_row_never_takes_a_score_from_before_treatment():
    starts = data.table("results").query("time_value == 0")["result_id"]
    assert not set(ketamine_rows.results()["result_id"]) & set(starts)


@pytest.mark.parametrize(
    "filters", [{"design": "bare"}, {"outcome": "pain_reduction_50"}, {"route": "intranasal"}]
)
def test_filters_leave_what_they_say(filters):
    rows = explore.KetamineStudies(**filters).evidence()
    column = {"design": "kind", "outcome": "outcome_id", "route": "route"}
    assert len(rows) > 1
    for name, value in filters.items():
        assert set(rows[column[name]]) == {value}


def test_a_card_holds_results_harms_bias_overlap_and_contradiction():
    one = explore.KetamineStudies(study="pomeroy2017")
    for words in (
        "15 of 77",
        "printed 27.3 %",
        "but 15 of 77 is 19.5 %",
        "overall: high",
        "Hoydonckx 2023",
        "zendy.io",
    ):
        assert words in one._card.value, words
    one.set(study="zitek2018")
    for words in (
        "20 (95 % CI 2.8 to 37.2), p .026",
        "withdrew because of drug effects: 2 of 25",
        "stopped early",
    ):
        assert words in one._card.value, words
    one.set(study="hoydonckx2023_kethead")
    assert "56 people planned" in one._card.value and "recruiting" in one._card.value
    assert "no result yet" in one.say()


def test_harms_stand_beside_benefit_in_the_same_row():
    harms = {line.key: line.harm for line in lines(explore.KetamineStudies())}
    assert harms["benish2019"] == "any effect 18/27 v 17/26"
    assert harms["etchison2018"] == "discomfort: more (p = 0.008)"
    assert harms["pomeroy2017"] == "none read"


def test_a_spread_of_patients_is_not_drawn_as_an_interval():
    drawn = {line.key: line for line in lines(explore.KetamineStudies())}
    assert drawn["etchison2018"].rough and not drawn["ray2022"].rough
    assert np.isnan(drawn["schwenk2017_asa"].low), "a percentage without a count has no interval"


# -- against what --------------------------------------------------------------------------------------------------
def test_above_zero_is_better_on_ketamine_whatever_the_source_subtracts():
    rows = comparator_rows.every(False).set_index("row_id")
    worse = rows.loc["zitek2018:ketamine_pain_fall:60 min"]
    assert (worse["estimate"], worse["low"], worse["high"]) == pytest.approx((-20, -37.2, -2.8))
    better = rows.loc["benish2019:ketamine_pain_fall:30 min"]
    assert (better["estimate"], better["low"], better["high"]) == pytest.approx((6.8, -5.8, 19.4))
    assert rows.loc["etchison2018:ketamine_pain_fall:30 min", "estimate"] == -10
    assert rows.loc["meidany_nd:ketamine_pain_score:60 min", "estimate"] == pytest.approx(4.8), (
        "less pain is better"
    )
    assert rows.loc["benish2019:returned:72 h", "estimate"] == pytest.approx(100 * 3 / 26), (
        "fewer came back: better"
    )
    assert rows.loc["ray2022:pain_reduction_50:5.1 d", "estimate"] < 0


def test_intervals_by_assumption_come_only_when_asked_for_and_are_dotted():
    plain, more = (comparator_rows.every(one).set_index("row_id") for one in (False, True))
    added = set(more.index[more["low"].notna()]) - set(plain.index[plain["low"].notna()])
    assert added == {"meidany_nd:ketamine_pain_score:60 min", "schwenk2021:ketamine_pain_score:"}
    assert set(more.loc[list(added), "how"]) == {comparator_rows.ASSUMED}
    assert comparator_rows.ASSUMED not in set(plain["how"])
    drawn = {line.key: line.rough for line in lines(explore.Comparators(suppose=True))}
    assert all(drawn[name] for name in added)
    assert not drawn["zitek2018:ketamine_pain_fall:60 min"]


def test_a_study_without_figures_is_a_row_and_nothing_is_pooled():
    one = explore.Comparators(against="midazolam")
    assert one.evidence()["study_id"].tolist() == ["afridi2013"]
    assert "no figure printed" in one.say()
    every = explore.Comparators()
    assert "no average is drawn" in every.say()
    assert every.evidence()["row_id"].is_unique


# -- now and later -------------------------------------------------------------------------------------------------
def test_denominators_change_the_count_that_is_worked_out():
    later = [
        explore.NowAndLater(study="schwenk2018", basis=basis).evidence().iloc[1] for basis in ("all", "first")
    ]
    assert [(row["events"], row["n"]) for row in later] == [(24, 61), (19, 48)]
    assert [row["printed"] for row in later] == [40, 40]
    pomeroy = explore.NowAndLater(study="pomeroy2017", basis="first").evidence()
    assert (pomeroy["events"].iloc[-1], pomeroy["n"].iloc[-1]) == (15, 55)


def test_scores_have_their_own_scale_and_no_denominator():
    one = explore.NowAndLater(study="schwenk2021:ketamine_iv")
    assert one.evidence()["percent"].tolist() == [7.4, 3.7, 7.2]
    assert one.live.drawing.axes.get_xlim() == (0, 10)
    assert one.controls["basis"].layout.display == "none"
    assert "not a share" in one.say()
    one.set(study="schwenk2018")
    assert one.live.drawing.axes.get_xlim() == (0, 100)
    assert one.controls["basis"].layout.display is None


# -- definitions ---------------------------------------------------------------------------------------------------
def test_simulated_people_say_so_and_the_studys_own_rate_stands_beside():
    one = explore.Definitions(study="pomeroy2017_ketamine_iv_ketamine_pain_score_4p8d")
    rows = one.evidence().set_index("definition")
    assert rows["printed"].notna().tolist() == [True, False, False, False]
    assert rows.at["fall_2_points", "printed"] == pytest.approx(100 * 55 / 77)
    assert rows["simulated"].is_monotonic_decreasing
    assert "SIMULATED" in one.view().heading and one.say().startswith("Simulated")
    assert "borrowed from Schwenk 2021" in one.say()
    one.set(study="schwenk2021_ketamine_iv_ketamine_pain_score")
    assert "SDs as printed" in one.say()
    one.set(study="kim2023_ketamine_iv_ketamine_pain_score_51p9h")
    assert one.evidence().set_index("definition").at["fall_50", "printed"] == 100


def test_the_definition_only_fills_other_circles():
    one = explore.Definitions()
    before = one.evidence()
    filled = one.view().responds.sum()
    one.set(definition="pain_free")
    assert one.view().responds.sum() < filled
    assert before.equals(one.evidence())


# -- where a figure comes from -------------------------------------------------------------------------------------
def test_an_unnamed_figure_has_several_candidates_and_the_picture_says_inference():
    one = explore.FigureTrail()
    assert len(one.evidence()) == 5
    assert any("inference" in line.label for line in one.view().lines if line.head)
    assert "inference" in one.say() and "inference" in one._card.value
    one.set(sentence="article_relief")
    assert "says where the figure is from" in one.say()
    assert not any("inference" in line.label for line in one.view().lines if line.head)


def test_what_changed_on_the_way_follows_the_opened_candidate():
    one = explore.FigureTrail()
    first = one.say()
    one.set(open="moisset2020_ketamine_mg_cluster_attacks_halved_8d")
    assert "cluster headache becomes migraine" in one.say() and one.say() != first
    told = next(line for line in one.view().lines if line.told)
    assert told.value == 75 and not told.hollow


def test_now_and_later_follows_one_drug_and_joins_one_definition() -> None:
    one = explore.NowAndLater()
    studies = [value for _, value in one.controls["study"].options]
    assert not {"ray2022", "krusz2010"} & set(
        studies
    )  # a second drug's rate, infusions beside patients: not later looks
    one.set(study="rosenthal2024")
    assert "two definitions" in one.say() and not one.view().joined
    one.set(study="pomeroy2017")
    assert "two definitions" not in one.say() and one.view().joined


def test_a_verdict_without_a_size_is_told_and_one_trial_is_not_two() -> None:
    said = explore.Comparators().say()
    assert "pain lower on ketamine (against ketorolac)" in said and "(one study)" in said
    assert "pain lower on ketamine (Sarvari 2022)" in explore.KetamineStudies().say()
    assert "as many in both" in explore.Comparators(what="harm", against="placebo").say()
    assert explore.Comparators(against="midazolam").say().startswith("1 comparison, none with an interval")
