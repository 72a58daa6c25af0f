"""The share of one article's claims that are supported, with its interval."""

from __future__ import annotations

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

ARTICLE = "unlocking_relief"


def _of(events: float, n: float) -> tuple[float, float, float]:
    found = stats.proportion(float(events), float(n))
    return float(found.estimate), float(found.low), float(found.high)


def _claims() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all claims, and those of the article."""
    claims = data.table("claims")
    return claims, claims[claims["article_id"] == ARTICLE]


def _hits(rows: pd.DataFrame, *verdicts: str) -> int:
    return int(rows["verdict"].isin(verdicts or ["supported"]).sum())


def _truth() -> tuple[float, float, float]:
    _, own = _claims()
    return _of(_hits(own), len(own))


def _mistakes() -> list[Mistake]:
    claims, own = _claims()
    share, low, high = _truth()
    hits, n = _hits(own), len(own)
    normal = proportion_confint(hits, n, method="normal")
    return [
        Mistake(
            "of all supported claims",
            _of(hits, _hits(claims)),
            "That is the article's part of all supported claims; a long article has a large one. Divide by its own claims.",
        ),
        Mistake(
            "of all claims",
            _of(hits, len(claims)),
            "You divided by the claims of all five articles. Divide by those of this article.",
        ),
        Mistake(
            "in part as well",
            _of(_hits(own, "supported", "partly_supported"), n),
            "Sentences that hold only in part are in your count. Asked are the supported ones.",
        ),
        Mistake(
            "all five articles",
            _of(_hits(claims), len(claims)),
            "That is the share over all five articles. Keep the rows of this one.",
        ),
        Mistake(
            "normal interval",
            (share, *normal),
            "The share is right, the interval is the normal one. Ask proportion_confint for method='wilson'.",
        ),
        Mistake("order changed", (low, share, high), "All three are right but in the wrong order: the share comes first."),
        Mistake(
            "percent for proportion",
            tuple(100 * part for part in (share, low, high)),
            "Right, but as percentages; the check wants proportions.",
        ),
    ]  # fmt: skip


def _praise(truth: tuple[float, float, float]) -> str:
    claims, own = _claims()
    share, low, high = truth
    return (
        f"{_hits(own)} of {len(own)} ({100 * share:.0f} %), interval {100 * low:.0f} to {100 * high:.0f} %. The share over all "
        f"articles ({100 * _hits(claims) / len(claims):.0f} %) lies inside: this article does not stand out. And its sentences "
        "were chosen, not drawn, so even this interval promises more than it can keep."
    )


EXERCISE = Exercise(
    "10-article",
    Numbers(("share", "low", "high"), 0.002),
    _truth,
    _mistakes,
    "Not those. Divide the article's supported claims by all of its own claims; the interval comes from the same two numbers.",
    _praise,
)
