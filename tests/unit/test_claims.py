"""Claims on trial: every claim reachable with both verdicts and its sources, and no verdict before the vote."""

from __future__ import annotations

import html
import re

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from migraine_lab import data, explore, stats
from migraine_lab.explore import claim_card
from migraine_lab.explore.claim_rows import ROUND, rates_of
from migraine_lab.explore.claim_votes import Score, Vote
from migraine_lab.explore.controls import options
from migraine_lab.explore.verdicts import IMPRESSIONS, VERDICTS, VOTES
from migraine_lab.explore.vote_first import ASK, GUESS, NEXT, SHOW, SHOWN, UNASKED
from tests.unit.test_explorers import assert_same_numbers

CLAIMS = {
    row["claim_id"]: {str(name): value for name, value in row.items()}
    for row in data.table("claims").to_dict("records")
}


@pytest.fixture(scope="module")
def trial() -> explore.Claims:
    return explore.Claims()


def page(one: explore.Claims) -> str:
    """What is on the page without the tabs: card, sentence, message."""
    return html.unescape(one._words.value + one._sentence.value + one._message.value).replace("\xa0", " ")


def right(claim_id: str) -> str:
    return next(vote for vote, meant in VOTES.items() if CLAIMS[claim_id]["verdict"] in meant)


def cast(one: explore.Claims, accuracy: str, sure: int = 70, impression: str = "fair") -> None:
    one.set(accuracy=accuracy, sure=sure, impression=impression)
    one._go_on.click()


def test_every_verdict_can_be_voted_for_in_one_way() -> None:
    verdicts = set(data.table("claims")["verdict"])
    assert sorted(one for meant in VOTES.values() for one in meant) == sorted(verdicts)
    assert verdicts <= set(VERDICTS)


@pytest.mark.parametrize("order", ["article_id", "topic", "difficulty"])
def test_every_order_holds_every_claim_in_its_groups(trial: explore.Claims, order: str) -> None:
    trial.reset()
    trial.set(order=order)
    ids = options(trial.controls["claim"])
    assert sorted(ids) == sorted(CLAIMS)
    groups = [CLAIMS[one][order] for one in ids]
    assert groups == sorted(groups)


def test_rounds_hold_every_claim_once_and_the_same_for_a_seed() -> None:
    def rounds(seed: int) -> list[list[str]]:
        one = explore.Claims(seed=seed)
        found = []
        for number in range(1, one.controls["round"].max + 1):
            one.set(round=number)
            found.append(options(one.controls["claim"]))
        return found

    first = rounds(1)
    assert {len(one) for one in first[:-1]} == {10}
    assert sorted(one for ids in first for one in ids) == sorted(CLAIMS)
    assert rounds(1) == first
    assert rounds(2) != first


def test_every_claim_is_shown_whole_with_its_sources(trial: explore.Claims) -> None:
    trial.reset()
    trial.set(order="article_id", mode=SHOWN)
    for claim_id, claim in CLAIMS.items():
        trial.set(claim=claim_id)
        said = page(trial)
        assert "could not be drawn" not in said, claim_id
        assert f"“{claim['claim']}”" in said.replace("\xa0", " "), claim_id
        assert f"Accuracy: {VERDICTS[claim['verdict']]}." in said
        assert f"Impression: {claim['impression']}." in said
        for words in ("why", "impression_reason", "lesson_point"):
            assert claim[words] in said, (claim_id, words)
        for source in claim_card.source_ids(claim):
            assert data.cite(source) in said, (claim_id, source)
        assert (claim["verdict"] == "not_checkable") == (claim_card.UNCHECKED in said), claim_id
        if claim["key_concept"]:
            concept = data.table("key_concepts").set_index("concept_id").loc[claim["key_concept"]]
            assert concept["in_our_words"] in said and data.short_citation(concept["source_id"]) in said
        assert set(trial.evidence().query("claim_id == @claim_id")["source_id"]) == set(
            claim_card.source_ids(claim) or [""]
        )


def test_nothing_is_told_before_the_vote(trial: explore.Claims) -> None:
    trial.reset()
    trial.set(order="article_id")
    for index in (1, 2, 3):
        trial._tabs.selected_index = index
    for claim_id, claim in CLAIMS.items():
        trial.set(claim=claim_id)
        trial._fill_tab()
        everything = page(trial) + html.unescape(
            trial.live.alt + "".join(tab.value for tab in trial._pages.values())
        )
        for words in ("why", "impression_reason"):
            assert not claim[words] or claim[words] not in everything, (claim_id, words)
        assert "Accuracy:" not in trial._words.value and "Impression:" not in trial._words.value
    rows = trial.evidence()
    assert rows["verdict"].isna().all()
    assert (rows[["verdict_words", "impression", "why"]] == "").all(axis=None)


def test_a_vote_needs_both_answers_and_then_counts_once(trial: explore.Claims) -> None:
    trial.reset()
    first, second = options(trial.controls["claim"])[:2]
    trial._go_on.click()
    assert ASK in page(trial)
    trial.set(accuracy=right(first))
    trial._go_on.click()
    assert ASK in page(trial) and CLAIMS[first]["why"] not in page(trial)
    cast(trial, right(first), 90, CLAIMS[first]["impression"])
    assert CLAIMS[first]["why"] in page(trial) and ASK not in page(trial)
    assert f"You: {right(first)}, 90 % sure." in page(trial)
    assert trial._go_on.description == NEXT
    assert not any(trial.visible(name) for name in ("accuracy", "sure", "impression"))
    trial._go_on.click()
    assert trial.value("claim") == second and trial._go_on.description == SHOW
    assert trial.value("accuracy") == trial.value("impression") == UNASKED
    assert CLAIMS[second]["why"] not in page(trial)
    trial.set(claim=first)
    assert CLAIMS[first]["why"] in page(trial), "a verdict that was seen stays"
    assert "agreed in 1 of 1" in trial.say()
    trial.reset()
    assert "No votes yet" in trial.say() and trial.value("mode") == GUESS


def test_the_button_leads_through_a_round_into_the_next(trial: explore.Claims) -> None:
    trial.reset()
    seen = []
    for _ in range(11):
        seen.append(trial.value("claim"))
        cast(trial, right(seen[-1]), 80, CLAIMS[seen[-1]]["impression"] or IMPRESSIONS[0])
        trial._go_on.click()
    assert len(set(seen)) == 11
    assert trial.value("order") == ROUND and trial.value("round") == 2
    assert "agreed in 11 of 11 (100 %" in trial.say()
    trial.set(round=trial.controls["round"].max)
    trial.set(mode=SHOWN)
    for _ in range(len(options(trial.controls["claim"]))):
        trial._go_on.click()
    assert trial.value("round") == 1, "after the last round comes the first"


def test_the_recipe_counts_the_votes_as_the_picture_does(trial: explore.Claims) -> None:
    trial.reset()
    for place, claim_id in enumerate(options(trial.controls["claim"])[:6]):
        trial.set(claim=claim_id)
        cast(trial, next(iter(VOTES)), 60 + 20 * (place % 2), "fair")
    trial.set(mode=SHOWN)
    scope: dict = {}
    exec(trial.recipe(), scope)
    assert_same_numbers(trial, scope["rows"])
    groups = trial.evidence().query("source_id == '' and key.str.startswith('sure')")
    assert groups["n"].tolist() == [3, 3]


def test_a_claim_can_be_linked_to() -> None:
    one = explore.Claims(claim="c095")
    assert CLAIMS["c095"]["claim"] in page(one) and CLAIMS["c095"]["why"] not in page(one)
    one.set(order="topic")
    one.reset()
    assert one.value("claim") == "c095"
    assert "is no choice" in page(explore.Claims(claim="c999"))


def test_confidence_is_held_against_being_right() -> None:
    verdicts, impressions = (
        {"a": "supported", "b": "contradicted", "c": "not_checkable"},
        dict.fromkeys("abc", "fair"),
    )
    holds, _, otherwise, nothing = VOTES
    votes = {
        "a": Vote(holds, 100, "fair"),
        "b": Vote(holds, 100, "misleading"),
        "c": Vote(nothing, 50, "fair"),
    }
    score = Score.of(votes, verdicts, impressions)
    assert (score.n, score.right, score.impressions) == (3, 2, 2)
    assert score.sure == pytest.approx(250 / 3)
    assert [(one.sure, one.right, one.n) for one in score.groups] == [(50, 1, 1), (100, 1, 2)]
    low, high = proportion_confint(1, 2, method="wilson")
    assert (score.groups[1].low, score.groups[1].high) == pytest.approx((100 * low, 100 * high))
    assert "cannot tell the two apart" in score.read()
    many = {str(number): Vote(otherwise, 90, "fair") for number in range(20)}
    wrong = Score.of(many, dict.fromkeys(many, "supported"), dict.fromkeys(many, "fair"))
    assert "surer than you were right" in wrong.read() and wrong.groups[0].kind == "surer"
    modest = {one: Vote(otherwise, 50, "fair") for one in many}
    well = Score.of(modest, dict.fromkeys(many, "contradicted"), dict.fromkeys(many, "fair"))
    assert "more often than you were sure" in well.read() and well.groups[0].kind == "righter"


def test_calibration_against_statsmodels_and_refusals() -> None:
    rng = np.random.default_rng(4)
    sure, hits = rng.choice([0.5, 0.6, 0.9], 200), rng.random(200) < 0.7
    found = stats.calibration(sure, hits, level=0.9)
    for at, right_, n, share, low, high in zip(*found, strict=True):
        assert (right_, n) == (hits[sure == at].sum(), (sure == at).sum())
        assert share == pytest.approx(right_ / n)
        assert (low, high) == pytest.approx(
            proportion_confint(right_, n, alpha=0.1, method="wilson"), abs=1e-9
        )
    assert found.n.sum() == 200
    for wrong in (([], []), ([0.5], [True, False]), ([1.5], [True])):
        with pytest.raises(ValueError, match="sure"):
            stats.calibration(*wrong)


def test_reported_rates_open_below_only_on_request() -> None:
    one = explore.Claims(claim="c095")
    assert one._see.layout.display == "none" and not one._rates.children
    cast(one, right("c095"))
    assert one._see.layout.display == "" and not one._rates.children
    one._see.click()
    (rates,) = one._rates.children
    assert rates.value("claim") == "c095" and rates._message.value == ""
    one._go_on.click()
    assert not one._rates.children


def test_every_claim_with_rates_opens_them_without_complaint() -> None:
    shown = {str(rates_of(claim)): rates_of(claim) for claim in CLAIMS.values() if claim["see_treatment"]}
    assert shown
    for state in shown.values():
        assert explore.ResponseRates(**state)._message.value == "", state
    with_figure = data.table("claims").query("figure_percent.notna()")["claim_id"]
    assert all(rates_of(CLAIMS[one]).get("claim") == one for one in with_figure)


def test_on_a_slide_the_verdict_takes_the_pictures_place() -> None:
    one = explore.Claims()
    one.screen.page = {"ratio": 1.0, "dark": False, "presenting": True, "width": 1200}
    assert one.live.widget.layout.display == ""
    cast(one, next(iter(VOTES)))
    assert one.live.widget.layout.display == "none"
    assert re.search("Sources: ", page(one)) and "<details>" not in one._words.value
    one._go_on.click()
    assert one.live.widget.layout.display == ""
