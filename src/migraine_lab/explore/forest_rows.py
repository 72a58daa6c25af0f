"""The numbers of a forest plot: each trial's effect, the pooled one, and where a further trial may fall."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from migraine_lab import stats
from migraine_lab.explore.poolable import COUNTS
from migraine_lab.explore.rate_rows import brief_name

FEWEST_FOR_PREDICTION = 3
"""Two trials give a prediction interval by the formula, but nothing to judge their spread by."""
ORDERS = {"year": "year", "effect": "effect", "size": "size"}
POINTS = 100
"""Risk differences are shown in percentage points."""


@dataclass(frozen=True)
class Method:
    """How trials are pooled; fields as in ``stats.pool_counts``."""

    measure: str = "RR"
    model: str = "random"
    weights: str = "IV"
    tau2: str = "PM"
    knapp_hartung: bool = False

    def pool(self, counts: NDArray[np.float64]) -> stats.Pooled:
        """Pool trials from counts, shape (trials, 4: events, n, comparator's). ValueError where an arm is empty throughout."""
        random = self.model == "random"
        return stats.pool_counts(
            *counts.T,
            measure=self.measure,
            model=self.model,
            weights="IV" if random else self.weights,
            tau2=self.tau2,
            knapp_hartung=random and self.knapp_hartung and len(counts) > 1,
        )

    @property
    def always(self) -> bool:
        """Whether no counts can stand in the way: only Mantel and Haenszel's ratios need an event in each arm."""
        return self.model == "random" or self.weights == "IV" or self.measure == "RD"

    def possible(self, counts: NDArray[np.float64]) -> bool:
        """Return whether trials with these counts (see ``pool``) can be pooled: Mantel and Haenszel add no halves."""
        if self.always:
            return True
        a, n_a, b, n_b = counts.T
        others = (n_b, n_a) if self.measure == "RR" else (n_b - b, n_a - a)
        return bool((a * others[0]).sum() > 0 and (b * others[1]).sum() > 0)

    @property
    def times(self) -> float:
        """What an estimate is multiplied by to be shown."""
        return POINTS if self.measure == "RD" else 1


TAGS = {
    "scope": "endpoint", "outcome": "outcome", "basis": "endpoint", "time": "time", "unit": "unit_counted",
    "pain": "pain_at_dosing", "comparator": "comparator",
}  # fmt: skip
"""For each mixture the column whose value says in front of a row how it differs; others are named by themselves."""


def labelled(rows: pd.DataFrame, extra: pd.DataFrame, mixture: str) -> pd.DataFrame:
    """Add ``unlike`` (asked to be added) and ``label``: the trial and its arm, in front how it differs where it does.

    What stands behind a trial's name in brackets (STRIVE) is kept only where two rows would look alike without it.
    """
    unlike = rows["result_id"].isin(extra["result_id"])
    briefs, longs = [], []
    for at, (study, arm) in enumerate(rows[["study", "arm"]].itertuples(index=False)):
        told = str(rows[TAGS[mixture]].iloc[at]).replace("_", " ") if mixture in TAGS else mixture
        tag = f"[{told}] " if unlike.iloc[at] else ""
        briefs.append(f"{tag}{study.partition(' (')[0]}: {arm}")
        longs.append(f"{tag}{brief_name(study, arm)}: {arm}")
    starts = [" ".join(brief.split(": ")[0:1] + brief.split(": ")[-1].split()[:1]) for brief in briefs]
    seen = Counter(starts)
    labels = [
        brief if seen[start] == 1 else long for brief, long, start in zip(briefs, longs, starts, strict=True)
    ]
    return rows.assign(label=labels, unlike=unlike)


def counts_of(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Return the four counts of each trial, shape (trials, 4)."""
    return rows[COUNTS].to_numpy(float)


COLUMNS = [
    "key", "result_id", "study_id", "study", "label", "arm", "comparator", "comparator_kind", "comparator_treatment",
    "comparator_result_id", "result_ids", "time", "definition", "population", "pain_at_dosing", "unit_counted", "design",
    "better", "read_where", "source_id", "randomised", "unlike", "year", "events", "n", "comparator_events", "comparator_n",
    "arms",
]  # fmt: skip
"""What is kept of a comparison; fewer columns make every step of a slider cheaper."""


def with_effects(rows: pd.DataFrame, measure: str, order: str) -> pd.DataFrame:
    """Add estimate, low and high of each trial (95 %, of the pooling's own kind), and sort; unknown ones go last."""
    rows = rows[COLUMNS].reset_index(drop=True)
    effects = np.full((3, len(rows)), np.nan)
    counted = rows[COUNTS].notna().all(axis=1).to_numpy()
    if counted.any():
        arms = rows.loc[counted, COUNTS].to_numpy(float).T[..., None]
        alone = stats.pool_counts(*arms, measure=measure, model="fixed")
        effects[:, counted] = np.vstack([alone.estimate, alone.low, alone.high])
    rows["estimate"], rows["low"], rows["high"] = effects * (POINTS if measure == "RD" else 1)
    size = rows["n"] + rows["comparator_n"].fillna(0)
    keys = {"year": rows["year"], "effect": -rows["estimate"], "size": -size}
    placed = np.lexsort((rows["study"].to_numpy(str), keys[order].to_numpy(float)))
    return rows.iloc[placed].reset_index(drop=True).assign(left_out=False, weight=np.nan)


def weighed(
    rows: pd.DataFrame, counts: NDArray[np.float64], method: Method, left_out: str = ""
) -> tuple[pd.DataFrame, stats.Pooled]:
    """Return the trials with ``weight`` and whether each is ``left_out``, and the pooling of the others (see counts_of)."""
    out = rows["key"].to_numpy() == left_out
    pooled = method.pool(counts[~out])
    weight = np.full(len(rows), np.nan)
    weight[~out] = pooled.weights
    return rows.assign(left_out=out, weight=weight), pooled


def with_pooled(rows: pd.DataFrame, pooled: stats.Pooled | None, method: Method) -> pd.DataFrame:
    """Add a row for the pooled effect (of two trials or more) and one for the prediction (random effects, three or more)."""
    rows = rows.assign(kind="trial")
    kept = int((~rows["left_out"]).sum())
    if pooled is None or kept < 2:
        return rows
    base = {"source_id": "", "left_out": False, "unlike": False}
    ends = dict(zip(("estimate", "low", "high"), shown(pooled, method), strict=True))
    added = [{**base, "key": "pooled", "kind": "pooled", "study": "all together", **ends, "weight": 100.0}]
    if predicts(method, kept):
        low, high = prediction(pooled, method)
        added.append(
            {
                **base,
                "key": "prediction",
                "kind": "prediction",
                "study": "a further trial",
                "low": low,
                "high": high,
            }
        )
    return pd.concat([rows, pd.DataFrame(added)], ignore_index=True)


def predicts(method: Method, trials: int) -> bool:
    """Return whether a prediction interval is shown."""
    return method.model == "random" and trials >= FEWEST_FOR_PREDICTION


def shown(pooled: stats.Pooled, method: Method) -> tuple[float, float, float]:
    """Return estimate, low and high as they are shown."""
    return tuple(method.times * float(one) for one in (pooled.estimate, pooled.low, pooled.high))  # type: ignore[return-value]


def prediction(pooled: stats.Pooled, method: Method) -> tuple[float, float]:
    """Return the ends of the prediction interval as they are shown."""
    return method.times * float(pooled.prediction_low), method.times * float(pooled.prediction_high)


def cumulative(rows: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Return the rows with the pooled effect of each and all above it in place of its own; NaN where none is possible."""
    counts = counts_of(rows)
    ends = np.full((len(rows), 3), np.nan)
    for at in range(len(rows)):
        if method.possible(counts[: at + 1]):
            ends[at] = shown(method.pool(counts[: at + 1]), method)
    return rows.assign(estimate=ends[:, 0], low=ends[:, 1], high=ends[:, 2])


def heterogeneity(pooled: stats.Pooled, method: Method) -> dict[str, Any]:
    """Return Q, its degrees of freedom and p, I2 (percent) and tau2 (of logarithms, or of points squared)."""
    return {
        "q": float(pooled.q), "df": int(pooled.df), "p": float(pooled.q_p), "i2": float(pooled.i2),
        "tau2": float(pooled.tau2) * method.times**2,
    }  # fmt: skip
