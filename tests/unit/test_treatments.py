"""Treatments, Pathway and Sorting: filters, cards, what opens from a card, answers that come back with reasons."""

from __future__ import annotations

import pytest

from migraine_lab import data, explore
from migraine_lab.explore.controls import domain
from migraine_lab.explore.sorting import COUNT, ROUNDS, draw, feedback
from migraine_lab.explore.treatment_card import NOT_READ, facts
from migraine_lab.explore.treatment_rows import CATEGORIES, TARGETS, real

ALL = real()


def test_every_real_treatment_stands_on_the_map_once() -> None:
    table = data.table("treatments")
    wanted = table[~table["category"].isin(["comparator", "mixed"])]["treatment_id"]
    assert sorted(ALL["treatment_id"]) == sorted(wanted)
    assert set(ALL["category"]) == set(CATEGORIES)


def test_families_of_targets_all_have_members() -> None:
    for name, words in TARGETS.items():
        assert ALL["target"].str.contains(words).any(), name


def test_leaving_a_caution_out_never_calls_the_rest_safe() -> None:
    shown = explore.Treatments(category="acute", caution="cardiovascular")
    assert "triptan" not in set(shown.evidence()["drug_class"])
    assert "not the same as safe" in shown.say()


def test_a_transporter_is_not_filed_under_receptors() -> None:
    wide = set(explore.Treatments(target="serotonin: receptor, transporter").evidence()["treatment_id"])
    assert {"sumatriptan", "amitriptyline"} <= wide, "the family's name covers both"


def test_the_overview_tells_only_of_treatments_that_are_there() -> None:
    for category in CATEGORIES:
        shown = explore.Treatments(category=category)
        assert " 0 " not in shown.say(), category
        bare = (shown.evidence()["reported"] == 0).sum()
        assert (f"For {bare} of them this package holds no response rate" in shown.say()) == bool(bare)


def test_a_slide_has_no_button_that_opens_nothing() -> None:
    shown = explore.Treatments()
    assert shown._opener.layout.display != "none"
    shown.screen.page = {"ratio": 1.0, "dark": False, "presenting": True, "width": 1200}
    assert shown._opener.layout.display == "none"
    shown.screen.page = {"ratio": 1.0, "dark": False, "presenting": False, "width": 900}
    assert shown._opener.layout.display != "none"


def test_an_impossible_choice_shows_an_empty_map_and_says_so() -> None:
    shown = explore.Treatments(category="lifestyle", route="iv")
    assert shown.evidence().empty
    assert "None of the" in shown.say() and shown._message.value == ""


def test_the_card_says_not_read_where_nothing_was_read_and_marks_background() -> None:
    bare = ALL[(ALL["adverse_effects"] == "")].iloc[0]
    assert facts(bare)["Unwanted effects"] == NOT_READ
    unsure = ALL[(ALL["mechanism_basis"] == "background, unverified") & (ALL["mechanism"] != "")].iloc[0]
    assert "not checked against a source" in facts(unsure)["How"]


def test_the_card_opens_response_rates_of_that_treatment_alone_and_only_when_asked() -> None:
    shown = explore.Treatments(treatment="sumatriptan")
    assert shown.card._inside.children == ()
    assert "● " in shown.card._words.value
    shown.card._button.click()
    (inside,) = shown.card._inside.children
    assert set(inside.evidence()["treatment_id"]) == {"sumatriptan"}
    shown.set(treatment="rizatriptan")
    assert shown.card._inside.children == (), "the list of another treatment would be a wrong answer"


def test_uncontrolled_rates_are_hollow_on_the_card() -> None:
    bare = ALL[(ALL["reported"] > 0) & (ALL["controlled"] == 0)]
    for name in bare["treatment_id"]:
        words = explore.Treatments(treatment=name).card._words.value
        assert "◇ " in words and "● " not in words.replace("(● beside", ""), name


def test_response_rates_of_a_treatment_without_any_is_refused() -> None:
    with pytest.raises(ValueError, match="no reported rate of a treatment 'dexamethasone'"):
        explore.ResponseRates(treatment="dexamethasone")


def test_class_and_place_take_turns() -> None:
    shown = explore.Pathway(drug_class="beta blocker")
    assert "looked for, not found: in people" in shown.say()
    shown.set(place="relay")
    assert shown.value("drug_class") == "all"
    assert set(shown.evidence()["place"]) == {"relay"}
    shown.set(drug_class="opioid")
    assert shown.value("place") == "all"
    assert "not checked against a source" in shown.say()


def test_rounds_hold_twenty_treatments_of_every_category_and_repeat_with_their_seed() -> None:
    for seed in range(1, ROUNDS + 1):
        drawn = draw(ALL, seed)
        assert len(drawn) == COUNT == drawn["treatment_id"].nunique()
        assert set(drawn["category"]) == set(CATEGORIES)
    assert list(draw(ALL, 1)["treatment_id"]) == list(draw(ALL, 1)["treatment_id"])
    assert list(draw(ALL, 1)["treatment_id"]) != list(draw(ALL, 2)["treatment_id"])


def test_the_first_choice_counts_and_a_later_one_mends_it() -> None:
    game = explore.Sorting()
    truth = game._item()["category"]
    wrong = next(name for name in CATEGORIES if name != truth)
    game.put()
    assert "0 of 20 sorted" in game.say(), "no choice, no answer"
    for answer in (wrong, truth):
        game.set(answer=answer)
        game.put()
    assert game.say().startswith("Right")
    assert "1 of 20 sorted, 0 right at once" in game.say()
    item = game.value("item")
    game.next()
    assert game.value("item") != item
    game.set(answer=game._item()["category"])
    game.put()
    assert "2 of 20 sorted, 1 right at once" in game.say()
    game.reset()
    assert "0 of 20 sorted" in game.say()


def test_a_whole_round_can_be_sorted_with_the_buttons() -> None:
    game = explore.Sorting(round=7)
    for _ in range(COUNT):
        game.set(answer=game._item()["category"])
        game.put()
        game.next()
    assert "20 of 20 sorted, 20 right at once" in game._score()
    assert bool(game.evidence()["right_first"].all())


def test_a_second_use_is_half_right() -> None:
    both = ALL[(ALL["category"] == "acute") & ALL["used_for"].str.contains("preventive")].iloc[0]
    assert feedback(both, "preventive").startswith("Half right")
    assert feedback(both, "lifestyle").startswith("Not there")
    assert "preventive treatment as well" in feedback(both, "acute")


def test_every_treatment_has_a_card_whatever_is_reported_of_it() -> None:
    """Some have reports, but of scores and harms only: no rate to list, and no fault either."""
    one = explore.Treatments()
    names = domain(one.controls["treatment"])
    assert len(names) > 60
    for name in names:
        one.set(treatment=name)
        assert one._message.value == "", name
