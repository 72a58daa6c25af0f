"""Claims one at a time: the vote comes before the verdict, every claim of a lesson can be walked to its end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migraine_lab import data, practice
from migraine_lab.explore.verdicts import VOTES
from migraine_lab.practice import answers, look
from migraine_lab.practice.claim_parts import UNASKED
from migraine_lab.practice.judge_claims import AGAIN, NEXT, SHOW
from tests.unit.notebook_files import NOTEBOOKS, read, tags
from tests.unit.test_practice_widgets import everything, words

CLAIMS = ("c067", "c047", "c052")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path))
    monkeypatch.setattr(answers, "_memory", {})


def right_vote(claim_id: str) -> str:
    verdict = data.table("claims").set_index("claim_id")["verdict"][claim_id]
    return next(vote for vote, meant in VOTES.items() if verdict in meant)


def test_nothing_is_told_before_the_vote() -> None:
    card = practice.JudgeClaims(*CLAIMS)
    table = data.table("claims").set_index("claim_id")
    for claim_id in CLAIMS:
        page = everything(card).replace(look.CSS, "")
        assert look.escape(table["claim"][claim_id]) in page
        assert look.escape(table["why"][claim_id]) not in page
        assert "Our verdict" not in page
        card.vote.value = right_vote(claim_id)
        card.go_on.click()
        assert look.escape(table["why"][claim_id]) in card.answer.value
        card.go_on.click()


def test_without_a_vote_it_asks_for_one() -> None:
    card = practice.JudgeClaims(*CLAIMS)
    card.go_on.click()
    assert words(card.answer).startswith("Choose one of the answers first")
    assert card.go_on.description == SHOW
    assert answers.entry("cards", "vote-c067") is None


def test_the_first_vote_counts_and_every_vote_is_kept() -> None:
    card = practice.JudgeClaims(*CLAIMS)
    wrong = next(vote for vote in VOTES if vote != right_vote("c067"))
    for place, vote in enumerate((wrong, right_vote("c047"), right_vote("c052"), right_vote("c067"))):
        card.vote.value = vote
        card.go_on.click()
        assert card.vote.layout.display == "none"
        assert card.go_on.description == (AGAIN if place == 2 else NEXT)
        if place < 3:
            card.go_on.click()
            assert card.vote.value == UNASKED
    assert words(card.score) == "You and our verdict agreed in 2 of 3."
    assert answers.entry("cards", "vote-c067") == {"first": wrong, "last": right_vote("c067")}


def test_sources_are_cited_or_their_lack_is_said() -> None:
    for claim_id, said in (("c067", "Law 2013"), ("c052", "No study was found")):
        card = practice.JudgeClaims(claim_id)
        card.vote.value = next(iter(VOTES))
        card.go_on.click()
        assert said in words(card.answer)


def test_sources_are_folded_so_that_a_slide_holds_the_verdict() -> None:
    card = practice.JudgeClaims("c121")
    card.vote.value = next(iter(VOTES))
    card.go_on.click()
    named = card.answer.value.split("<summary>")[1].split("</summary>")[0]
    sources = data.table("claims").set_index("claim_id")["evidence_source_ids"]["c121"].split(";")
    assert len(sources) >= 3
    assert named == look.escape("Sources: " + "; ".join(map(data.short_citation, sources)))
    assert card.answer.value.count("<li>") == len(sources)


def test_claims_that_are_not_there_or_stand_twice_are_named() -> None:
    with pytest.raises(KeyError, match="the claims table has no 'c999'"):
        practice.JudgeClaims("c999")
    for wrong in ((), ("c067", "c067")):
        with pytest.raises(ValueError, match="each only once"):
            practice.JudgeClaims(*wrong)


def test_lesson_05_judges_claims_of_its_own_topics_of_every_verdict() -> None:
    path = next(path for path in NOTEBOOKS if path.stem.startswith("05"))
    cell = next(cell for cell in read(path).cells if "card" in tags(cell))
    judged = re.findall(r'"(c\d+)"', cell.source)
    topics = data.table("topics").query("lesson == '05'")
    assert set(judged) <= set(";".join(topics["claim_ids"]).split(";"))
    verdicts = data.table("claims").set_index("claim_id")["verdict"][judged]
    assert {right_vote(claim_id) for claim_id in judged} == set(VOTES)
    assert (verdicts == "contradicted").sum() >= 2
