"""A claimed figure laid over real response rates: how many arms reach it, and whether that comparison is fair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.parts import brief


def claims_with_a_figure() -> pd.DataFrame:
    """Return the claims that state a response percentage, indexed by claim_id, with a short ``label`` for a list."""
    claims = data.table("claims")
    claims = claims[claims["figure_percent"].notna()].copy()
    words = [brief(claim, 62) for claim in claims["claim"]]
    claims["label"] = claims["figure_percent"].map("{:g} %: ".format) + words
    return claims.set_index("claim_id", drop=False)


@dataclass(frozen=True)
class Arms:
    """Rates of a list's arms, in percent, as plain arrays: a claim's slider counts them at every step.

    ``placebo`` and ``control`` hold an arm that several treated arms share once; ``studies`` counts the controlled ones.
    """

    treated: np.ndarray
    control: np.ndarray
    placebo: np.ndarray
    alone: np.ndarray
    studies: int
    better: str
    outcome: str

    @classmethod
    def of(cls, rows: pd.DataFrame) -> Arms:
        """Take the rates from the rows of ResponseRates."""
        controlled = rows["controlled"].to_numpy()
        percent, compared = rows["percent"].to_numpy(), rows["comparator_percent"].to_numpy()
        _, first = np.unique(rows["comparator_result_id"].to_numpy().astype(str), return_index=True)
        once = np.zeros(len(rows), bool)
        once[first] = True
        control = controlled & once & ~np.isnan(compared)
        placebo = control & (rows["comparator_kind"].to_numpy() == "placebo")
        return cls(
            treated=percent[controlled & ~np.isnan(percent)],
            control=compared[control],
            placebo=compared[placebo],
            alone=percent[~controlled & ~np.isnan(percent)],
            studies=len(set(rows["study_id"].to_numpy()[controlled])),
            better=str(rows["better"].iloc[0]) if len(rows) else "higher",
            outcome=str(rows["endpoint"].iloc[0]).lower() if len(rows) else "this outcome",
        )


def against(arms: Arms, percent: float, claim: pd.Series | None, brief: bool = False) -> str:
    """Count the arms that reach ``percent``; say why the comparison is or is not fair.

    Where fewer events are better, an arm reaches the claim when its rate is at or below it. ``brief`` leaves the
    reasons to the speaker.
    """
    lower = arms.better == "lower"

    def count(rates: np.ndarray, what: str) -> str:
        reached = int(((rates <= percent) if lower else (rates >= percent)).sum())
        return f"{reached} of {len(rates)} {what}" if len(rates) else ""

    counts = [
        count(arms.placebo, "placebo arms"),
        count(arms.treated, "treated arms with a comparator"),
        count(arms.alone, "rates without a comparator"),
    ]
    reach = "are at or below it" if lower else "reach it"
    told = f"The claimed {percent:g} %: {', '.join(part for part in counts if part)} {reach}."
    return told if brief else f"{told} {_fairness(arms, claim)}"


def _fairness(arms: Arms, claim: pd.Series | None) -> str:
    if not len(arms.treated):
        return (
            "None of these rates has a comparator, so nobody can say how many would have improved anyway: "
            "not a fair test of the claim."
        )
    if claim is None:
        return (
            f"That is fair only if your figure counted the same thing ({arms.outcome}) at the same time, "
            "and has a comparator of its own."
        )
    return f"Not a fair match: the claim brings no comparator and does not say that it counted {arms.outcome}. {claim['why']}"
