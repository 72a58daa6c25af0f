"""The share of contradicted claims among those about mechanism, and among all others."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def _parts() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the claims about mechanism and all the others."""
    rows = data.table("claims")
    about = rows["topic"] == "mechanism"
    return rows[about], rows[~about]


def _wrong(rows: pd.DataFrame) -> int:
    return int((rows["verdict"] == "contradicted").sum())


def _shares() -> tuple[float, float]:
    about, other = _parts()
    return _wrong(about) / len(about), _wrong(other) / len(other)


def _mistakes() -> list[Mistake]:
    about, other = _parts()
    total, contradicted = len(about) + len(other), _wrong(about) + _wrong(other)
    first, second = _shares()
    behind = [float(rows["verdict"].isin(["contradicted", "unsupported"]).mean()) for rows in (about, other)]
    return [
        Mistake(
            "of all claims",
            (_wrong(about) / total, _wrong(other) / total),
            "Both were divided by all claims together. Each share is of its own kind: divide by about.sum() and by "
            "(~about).sum().",
        ),
        Mistake(
            "of the contradicted",
            (_wrong(about) / contradicted, _wrong(other) / contradicted),
            "That says where the contradicted ones sit, and there are far more other claims. Divide by the claims of each kind.",
        ),
        Mistake(
            "percent for proportion",
            (100 * first, 100 * second),
            "The numbers are right, but as percentages; the check wants shares between 0 and 1.",
        ),
        Mistake("order swapped", (second, first), "Both are right but in the wrong order: mechanism first."),
        Mistake(
            "counts",
            (_wrong(about), _wrong(other)),
            "These are counts. The two kinds differ in size, so compare shares: divide each by its kind.",
        ),
        Mistake(
            "unsupported too",
            (behind[0], behind[1]),
            "Claims without support were counted as well. Unsupported means that nothing was found; contradicted, the opposite.",
        ),
    ]  # fmt: skip


def _praise(truth: tuple[float, float]) -> str:
    about, other = _parts()
    return (
        f"{_wrong(about)} of {len(about)} about mechanism, {_wrong(other)} of {len(other)} of the others. "
        "These are five articles that we chose, not a sample of all."
    )


EXERCISE = Exercise(
    "08-claims",
    Numbers(("share about mechanism", "share of the others"), 0.001),
    _shares,
    _mistakes,
    "Not those. For each kind of claim: the number contradicted divided by the number of that kind.",
    _praise,
)
