"""The numbers of a forest plot: each trial's effect, the pooled one, and where a further trial may fall."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

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

    def pool(self, rows: pd.DataFrame) -> stats.Pooled:
        """Pool rows with counts of both arms. Raises ValueError where an arm is empty throughout."""
        random = self.model == "random"
        return stats.pool_counts(
            *rows[COUNTS].to_numpy(float).T,
            measure=self.measure,
            model=self.model,
            weights="IV" if random else self.weights,
            tau2=self.tau2,
            knapp_hartung=random and self.knapp_hartung and len(rows) > 1,
        )

    @property
    def times(self) -> float:
        """What an estimate is multiplied by to be shown."""
        return POINTS if self.measure == "RD" else 1


def labelled(rows: pd.DataFrame, extra: pd.DataFrame) -> pd.DataFrame:
    """Add ``label``: the trial and its arm; rows that the student asked to add say in front how they differ.

    What stands behind a trial's name in brackets (STRIVE) is kept only where two rows would look alike without it.
    """
    asked = set(extra["result_id"])
    named = rows[["study", "arm", "endpoint", "result_id"]].itertuples(index=False)
    pairs = []
    for study, arm, endpoint, result in named:
        unlike = f"[{endpoint}] " if result in asked else ""
        brief = unlike + study.partition(" (")[0]
        pairs.append((f"{brief}: {arm}", f"{unlike}{brief_name(study, arm)}: {arm}", brief))
    seen = Counter(
        f"{brief}{arm.split()[0]}" for (_short, _long, brief), arm in zip(pairs, rows["arm"], strict=True)
    )
    labels = [
        short if seen[f"{brief}{arm.split()[0]}"] == 1 else long
        for (short, long, brief), arm in zip(pairs, rows["arm"], strict=True)
    ]
    return rows.assign(label=labels)


def with_effects(rows: pd.DataFrame, measure: str, order: str) -> pd.DataFrame:
    """Add estimate, low and high of each trial (95 %, of the pooling's own kind), and sort; unknown ones go last."""
    rows = rows.reset_index(drop=True)
    effects = np.full((3, len(rows)), np.nan)
    counted = rows[COUNTS].notna().all(axis=1).to_numpy()
    if counted.any():
        alone = stats.pool_counts(
            *rows.loc[counted, COUNTS].to_numpy(float).T[..., None], measure=measure, model="fixed"
        )
        effects[:, counted] = np.vstack([alone.estimate, alone.low, alone.high])
    times = POINTS if measure == "RD" else 1
    rows["estimate"], rows["low"], rows["high"] = times * effects
    size = rows["n"] + rows["comparator_n"].fillna(0)
    keys = {"year": rows["year"], "effect": -rows["estimate"], "size": -size}
    return rows.iloc[np.lexsort((rows["study"].to_numpy(str), keys[order].to_numpy(float)))].reset_index(
        drop=True
    )


def pooled_rows(rows: pd.DataFrame, method: Method, left_out: str = "") -> tuple[pd.DataFrame, stats.Pooled]:
    """Return the trials with ``weight`` and ``left_out``, then a row each for the pooled effect and the prediction.

    The prediction's row is there with random effects and three trials or more. Also returns the pooling itself.
    """
    rows = rows.assign(kind="trial", left_out=rows["key"] == left_out)
    kept = rows[~rows["left_out"]]
    pooled = method.pool(kept)
    rows["weight"] = np.nan
    rows.loc[kept.index, "weight"] = pooled.weights
    if len(kept) < 2:
        return rows, pooled
    base = {"source_id": "", "left_out": False, "label": "", "study": "all together"}
    ends = dict(zip(("estimate", "low", "high"), shown(pooled, method), strict=True))
    added = [{**base, "key": "pooled", "kind": "pooled", **ends, "weight": 100.0}]
    if predicts(method, len(kept)):
        low, high = (method.times * float(end) for end in (pooled.prediction_low, pooled.prediction_high))
        added.append(
            {
                **base,
                "key": "prediction",
                "kind": "prediction",
                "low": low,
                "high": high,
                "study": "a further trial",
            }
        )
    return pd.concat([rows, pd.DataFrame(added)], ignore_index=True), pooled


def predicts(method: Method, trials: int) -> bool:
    """Return whether a prediction interval is shown."""
    return method.model == "random" and trials >= FEWEST_FOR_PREDICTION


def shown(pooled: stats.Pooled, method: Method) -> tuple[float, float, float]:
    """Return estimate, low and high as they are shown."""
    return tuple(method.times * float(one) for one in (pooled.estimate, pooled.low, pooled.high))  # type: ignore[return-value]


def cumulative(rows: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Return the rows with the pooled effect of each and all above it in place of its own."""
    ends = np.array([shown(method.pool(rows.head(many)), method) for many in range(1, len(rows) + 1)])
    return rows.assign(estimate=ends[:, 0], low=ends[:, 1], high=ends[:, 2])


def heterogeneity(pooled: stats.Pooled, method: Method) -> dict[str, Any]:
    """Return Q, its degrees of freedom and p, I2 (percent) and tau2 (of logarithms, or of points squared)."""
    return {
        "q": float(pooled.q), "df": int(pooled.df), "p": float(pooled.q_p), "i2": float(pooled.i2),
        "tau2": float(pooled.tau2) * method.times**2,
    }  # fmt: skip
