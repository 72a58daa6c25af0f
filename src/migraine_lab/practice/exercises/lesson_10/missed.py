"""Misleading sentences that are accurate, at least in part: what a check of accuracy alone lets through."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

PASSES = ["supported", "partly_supported"]


def crossed() -> pd.DataFrame:
    """Return the number of claims by verdict (rows) and impression (columns)."""
    claims = data.table("claims")
    return pd.crosstab(claims["verdict"], claims["impression"])


def _through() -> tuple[int, int]:
    """Return misleading claims that pass, and all misleading ones."""
    column = crossed()["misleading"]
    return int(column.loc[PASSES].sum()), int(column.sum())


def _truth() -> float:
    passed, misleading = _through()
    return passed / misleading


def _mistakes() -> list[Mistake]:
    cross = crossed()
    passed, misleading = _through()
    accurate = cross.loc[PASSES]
    not_fair = cross.drop(columns="fair")
    return [
        Mistake(
            "of all claims",
            passed / cross.to_numpy().sum(),
            "That is of all claims in the ledger. Asked is the share of the misleading ones: divide by the sum of that column.",
        ),
        Mistake(
            "turned round",
            passed / accurate.to_numpy().sum(),
            "That is of the sentences that hold, how many mislead. Turn it round: of those that mislead, how many hold?",
        ),
        Mistake(
            "the full ones only",
            cross.at["supported", "misleading"] / misleading,
            "You counted those that hold in full. A sentence that holds in part passes a check of accuracy as well.",
        ),
        Mistake(
            "those that are stopped",
            1 - passed / misleading,
            "These are the misleading sentences that a check of accuracy stops. Asked are the others.",
        ),
        Mistake(
            "incomplete ones as well",
            not_fair.loc[PASSES].to_numpy().sum() / not_fair.to_numpy().sum(),
            "Incomplete sentences are in your count. They are another impression: keep the misleading ones.",
        ),
        Mistake(
            "a count",
            passed,
            "That is how many there are. Asked is their share: divide by the number of all misleading sentences.",
        ),
        Mistake("percent for proportion", 100 * _truth(), "Right, but as a percentage; the check wants a proportion."),
    ]  # fmt: skip


def _praise(truth: float) -> str:
    passed, misleading = _through()
    fair = int(crossed().at["partly_supported", "fair"])
    return (
        f"{passed} of {misleading} misleading sentences hold, at least in part ({100 * truth:.0f} %): asking “is it wrong?” "
        f"lets them through. It goes the other way too: {fair} sentences hold only in part and still leave a fair impression."
    )


EXERCISE = Exercise(
    "10-missed",
    Numbers(("share",), 0.003),
    _truth,
    _mistakes,
    "Not that. Take the column “misleading” of the table: the two verdicts that hold, divided by the sum of the column.",
    _praise,
)
