"""Sentences that stand in a conflict, each counted once, and how many of them are supported."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def sides() -> pd.Series:
    """Return the claim_id of each side of each conflict."""
    pairs = data.table("claim_conflicts")
    return pd.concat([pairs["claim_a"], pairs["claim_b"]], ignore_index=True)


def _counted(ids: pd.Series, verdicts: tuple[str, ...] = ("supported",)) -> tuple[int, int]:
    verdict = data.table("claims").set_index("claim_id")["verdict"]
    return len(ids), int(ids.map(verdict).isin(verdicts).sum())


def _truth() -> tuple[int, int]:
    return _counted(sides().drop_duplicates())


def _mistakes() -> list[Mistake]:
    pairs, once = data.table("claim_conflicts"), sides().drop_duplicates()
    _, every = _counted(sides())
    return [
        Mistake(
            "counted in every pair",
            _counted(sides()),
            "These are sides, two for each pair. One sentence stands in four pairs, and some in two: count each only once.",
        ),
        Mistake(
            "supported ones not once",
            (len(once), every),
            "The first number is right. In the second, a supported sentence in two pairs still counts twice.",
        ),
        Mistake(
            "side A only",
            _counted(pairs["claim_a"].drop_duplicates()),
            "Those are the sentences of side A. The sentences of side B belong to the conflicts as well.",
        ),
        Mistake(
            "side B only",
            _counted(pairs["claim_b"].drop_duplicates()),
            "Those are the sentences of side B. The sentences of side A belong to the conflicts as well.",
        ),
        Mistake(
            "each side by itself",
            (pairs["claim_a"].nunique() + pairs["claim_b"].nunique(), every),
            "You made each side single and then added them. A sentence that stands once as A and once as B is still there twice.",
        ),
        Mistake(
            "in part as well",
            _counted(once, ("supported", "partly_supported")),
            "The first number is right. In the second, those that hold only in part are counted too.",
        ),
        Mistake("order swapped", _truth()[::-1], "Both are right but in the wrong order: all sentences first."),
    ]  # fmt: skip


def _praise(truth: tuple[int, int]) -> str:
    n, held = truth
    most = sides().value_counts()
    return (
        f"{n} sentences, {held} of them supported. The {len(sides()) // 2} pairs are no independent cases: sentence "
        f"{most.index[0]} alone stands in {most.iloc[0]}, so one bold sentence can make a topic look full of quarrels."
    )


EXERCISE = Exercise(
    "10-sentences",
    Numbers(("sentences", "supported"), 0.0),
    _truth,
    _mistakes,
    "Not those. Put both sides into one list, drop the duplicates, then count all and those whose verdict is supported.",
    _praise,
)
