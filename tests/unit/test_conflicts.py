"""Conflicts between articles: every pair whole with its sources, no answer before the guess, answers from the verdicts."""

from __future__ import annotations

import html

import pytest

from migraine_lab import data, explore
from migraine_lab.explore import claim_card
from migraine_lab.explore.conflicts import BOTH, NEITHER, SUPPORTS, A, B, pairs, supported
from migraine_lab.explore.verdicts import VERDICTS
from migraine_lab.explore.vote_first import ASK, SHOWN
from tests.unit.test_claims import CLAIMS, page

TABLE = data.table("claim_conflicts")


@pytest.fixture(scope="module")
def conflicts() -> explore.Conflicts:
    return explore.Conflicts()


def test_every_pair_is_shown_whole_with_the_sources_of_each_side(conflicts: explore.Conflicts) -> None:
    conflicts.reset()
    conflicts.set(mode=SHOWN)
    assert len(TABLE) == len(pairs()) > 0
    for row in TABLE.itertuples():
        conflicts.set(conflict=row.conflict_id)
        said = page(conflicts)
        assert "could not be drawn" not in said
        assert f"What differs:</b> {row.what_differs}" in said
        for side, claim_id in (("A", row.claim_a), ("B", row.claim_b)):
            claim = CLAIMS[claim_id]
            assert f"“{claim['claim']}”" in said and claim["why"] in said
            assert f"{side}: {VERDICTS[claim['verdict']]}" in said
            sources = set(claim_card.source_ids(claim))
            assert all(data.cite(source) in said for source in sources), row.conflict_id
            kept = conflicts.evidence().query("conflict_id == @row.conflict_id and side == @side")
            assert set(kept["source_id"]) == (sources or {""})


def test_nothing_is_told_before_the_guess(conflicts: explore.Conflicts) -> None:
    conflicts.reset()
    for row in TABLE.itertuples():
        conflicts.set(conflict=row.conflict_id)
        for index in (1, 2, 3):
            conflicts._tabs.selected_index = index
        everything = page(conflicts) + html.unescape(
            conflicts.live.alt + "".join(tab.value for tab in conflicts._pages.values())
        )
        assert CLAIMS[row.claim_a]["why"] not in everything
        assert CLAIMS[row.claim_b]["why"] not in everything
        assert "The evidence supports" not in everything and "(records" not in everything
    rows = conflicts.evidence()
    assert rows[["strength", "supports"]].isna().all(axis=None)
    assert all(one.column is None and one.word == "?" for one in conflicts.view().rows)


def test_a_guess_opens_one_pair_and_is_counted(conflicts: explore.Conflicts) -> None:
    conflicts.reset()
    conflicts._go_on.click()
    assert ASK in page(conflicts)
    first, second = list(pairs())[:2]
    for card, agrees in ((first, True), (second, False)):
        assert conflicts.value("conflict") == card
        truth = pairs()[card]["supports"]
        conflicts.set(supports=truth if agrees else next(one for one in SUPPORTS if one != truth))
        conflicts._go_on.click()
        assert f"The evidence supports {truth}." in page(conflicts)
        assert not conflicts.visible("supports")
        conflicts._go_on.click()
    assert "judged 2 of 30 conflicts, 1 of them" in conflicts.say().replace(str(len(TABLE)), "30")
    assert [one.guess is not None for one in conflicts.view().rows][:3] == [True, True, False]


def test_the_side_follows_from_the_verdicts() -> None:
    assert supported("supported", "contradicted") == A
    assert supported("unsupported", "partly_supported") == B
    assert supported("supported", "supported") == supported("partly_supported", "partly_supported") == BOTH
    assert supported("contradicted", "unsupported") == NEITHER
    assert pairs()["c029_c125"]["supports"] == B, "imaging found a rise of glutamate"
