"""A claimed figure laid over real response rates: how many arms reach it, and whether that comparison is fair."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data


def claims_with_a_figure() -> pd.DataFrame:
    """Return the claims that state a response percentage, indexed by claim_id, with a short ``label`` for a list."""
    claims = data.table("claims")
    claims = claims[claims["figure_percent"].notna()].copy()
    words = claims["claim"].where(claims["claim"].str.len() <= 62, claims["claim"].str.slice(0, 60) + "…")
    claims["label"] = claims["figure_percent"].map("{:g} %: ".format) + words
    return claims.set_index("claim_id", drop=False)


def against(rows: pd.DataFrame, percent: float, claim: pd.Series | None) -> str:
    """Count, among ``rows``, the arms that reach ``percent``; say why the comparison is or is not fair.

    A control arm that several treated arms share is counted once. Where fewer events are better, an arm reaches the
    claim when its rate is at or below it.
    """
    lower = bool(len(rows)) and rows["better"].iloc[0] == "lower"
    reaches = (lambda rates: rates <= percent) if lower else (lambda rates: rates >= percent)

    def count(rates: pd.Series, what: str) -> str:
        known = rates.dropna()
        return f"{int(reaches(known).sum())} of {len(known)} {what}" if len(known) else ""

    controlled = rows[rows["controlled"]]
    placebo = controlled[controlled["comparator_kind"] == "placebo"].drop_duplicates("comparator_result_id")
    counts = [
        count(placebo["comparator_percent"], "placebo arms"),
        count(controlled["percent"], "treated arms with a comparator"),
        count(rows.loc[~rows["controlled"], "percent"], "rates without a comparator"),
    ]
    reach = "are at or below it" if lower else "reach it"
    told = ", ".join(part for part in counts if part)
    return f"The claimed {percent:g} %: {told} {reach}. {_fairness(rows, claim)}"


def _fairness(rows: pd.DataFrame, claim: pd.Series | None) -> str:
    outcome = str(rows["endpoint"].iloc[0]).lower() if len(rows) else "this outcome"
    if not rows["controlled"].any():
        return "None of these rates has a comparator, so nobody can say how many would have improved anyway: not a fair test of the claim."
    if claim is None:
        return f"That is fair only if your figure counted the same thing ({outcome}) at the same time, and has a comparator of its own."
    return f"Not a fair match: the claim brings no comparator and does not say that it counted {outcome}. {claim['why']}"
