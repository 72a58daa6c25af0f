"""Votes on claims outlive the notebook: kept in the answers file, first vote counts, a strange file does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from migraine_lab import explore, practice
from migraine_lab.explore.claim_rows import rounds
from migraine_lab.practice import answers
from tests.unit.test_claims import CLAIMS, cast, page, right


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path))
    monkeypatch.setattr(answers, "_memory", {})


def test_votes_are_kept_and_the_next_session_goes_on() -> None:
    one = practice.ClaimsOnTrial()
    first, second = rounds(1)[0][:2]
    cast(one, right(first), 90, "misleading")
    kept = {"accuracy": right(first), "sure": 90, "impression": "misleading"}
    assert answers.entry("cards", f"trial-{first}") == {"first": kept, "last": kept}
    again = practice.ClaimsOnTrial()
    assert again.value("claim") == second, "it opens at the first claim without a vote"
    assert "agreed in 1 of 1" in again.say()
    again.set(claim=first)
    assert CLAIMS[first]["why"] in page(again) and "90 % sure" in page(again)
    again.reset()
    assert "agreed in 1 of 1" in again.say(), "what was kept is not forgotten by Reset"


def test_a_link_wins_over_where_the_student_left_off() -> None:
    cast(practice.ClaimsOnTrial(), right(rounds(1)[0][0]))
    assert practice.ClaimsOnTrial(claim="c095").value("claim") == "c095"


def test_when_all_is_judged_it_opens_at_the_start() -> None:
    vote = {"accuracy": right("c095"), "sure": 50, "impression": "fair"}
    for claim in CLAIMS:
        answers._memory.setdefault("cards", {})[f"trial-{claim}"] = {"first": vote}
    assert practice.ClaimsOnTrial().value("claim") == rounds(1)[0][0]


@pytest.mark.parametrize(
    "strange", [None, "yes", {"accuracy": "?"}, {"accuracy": "?", "sure": 7, "impression": "x"}]
)
def test_what_is_no_vote_is_passed_over(strange: object) -> None:
    answers.keep("cards", "trial-c095", lambda _: {"first": strange})
    assert "No votes yet" in practice.ClaimsOnTrial().say()


def test_a_disk_that_takes_nothing_is_said_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path / "file"))
    one = practice.ClaimsOnTrial()
    cast(one, right(one.value("claim")))
    assert "cannot be saved here" in page(one)
    assert "agreed in 1 of 1" in one.say()


def test_the_plain_explorer_keeps_nothing() -> None:
    one = explore.Claims()
    cast(one, right(one.value("claim")))
    assert not answers.path().exists()


def test_a_name_that_is_not_there_is_said() -> None:
    with pytest.raises(AttributeError, match="practice has no 'Trial'"):
        practice.Trial  # noqa: B018
