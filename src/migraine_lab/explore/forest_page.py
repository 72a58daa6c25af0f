"""What stands in the picture of a forest plot: its rows as texts, and the ends of its axis."""

from __future__ import annotations

import numpy as np
import pandas as pd

from migraine_lab import stats
from migraine_lab.explore.forest_rows import Method, prediction, predicts, shown
from migraine_lab.explore.forest_words import effect, model, no_prediction, number
from migraine_lab.figures.forest import ForestRows

UNSURE = 3
"""An interval so many times as wide as the middle one does not stretch the axis."""
NUMBERS = ["estimate", "low", "high", "weight", "events", "n", "comparator_events", "comparator_n"]


def page(trials: pd.DataFrame, measure: str, cumulated: bool, capacity: int) -> ForestRows:
    """Return the rows of the picture: label, counts and effect in words, weight, marks; the lightest told together."""
    numbers = trials[NUMBERS].to_numpy(float)
    left, labels, many = trials["left_out"].to_numpy(bool), trials["label"].tolist(), len(trials)
    weight = np.full(many, np.nan) if cumulated else numbers[:, 3]
    if cumulated:
        labels = [labels[0], *(f"+ {label}" for label in labels[1:])]
    rows = ForestRows(
        labels=tuple(labels),
        treated=tuple(f"{one[4]:.0f}/{one[5]:.0f}" for one in numbers),
        control=tuple(f"{one[6]:.0f}/{one[7]:.0f}" for one in numbers),
        effects=tuple(effect(one[:3], measure) for one in numbers),
        shares=tuple(_share(one, out, many) for one, out in zip(weight, left, strict=True)),
        points=numbers[:, [1, 0, 2]],
        weight=weight,
        left_out=left,
        unlike=trials["unlike"].to_numpy(bool),
    )
    return rows if many <= capacity else _fold(rows, capacity)


def _share(weight: float, out: bool, many: int) -> str:
    return "out" if out else "" if np.isnan(weight) or many == 1 else f"{weight:.1f} %"


def _fold(rows: ForestRows, capacity: int) -> ForestRows:
    """Tell the lightest trials together in one row; one left out stays in sight, and so do some that are unlike."""
    rank = np.nan_to_num(rows.weight, nan=101.0)
    asked = np.flatnonzero(rows.unlike)
    rank[asked[np.argsort(-rank[asked], kind="stable")][: capacity // 2]] += 100
    order = np.argsort(-rank, kind="stable")
    kept, rest = np.sort(order[: capacity - 1]), order[capacity - 1 :]
    share = np.nansum(rows.weight[rest])

    def texts(all_: tuple[str, ...], last: str = "") -> tuple[str, ...]:
        return (*(all_[at] for at in kept), last)

    return ForestRows(
        labels=texts(rows.labels, f"and {len(rest)} more"),
        treated=texts(rows.treated),
        control=texts(rows.control),
        effects=texts(rows.effects),
        shares=texts(rows.shares, f"{share:.1f} %" if share else ""),
        points=np.vstack([rows.points[kept], np.full(3, np.nan)]),
        weight=np.append(rows.weight[kept], np.nan),
        left_out=np.append(rows.left_out[kept], False),
        unlike=np.append(rows.unlike[kept], False),
    )


def pooled_texts(
    pooled: stats.Pooled | None, method: Method, trials: int, brief: bool
) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """Return label, effect and weight beside the diamond (None: nothing is pooled) and beside the prediction."""
    if pooled is None:
        return (("One trial: nothing to pool", "", ""), ("", "", ""))
    first = (model(method, brief), effect(shown(pooled, method), method.measure), "100 %")
    if not predicts(method, trials):
        return (first, (no_prediction(method, trials), "", ""))
    low, high = (number(end, method.measure) for end in prediction(pooled, method))
    return (first, ("A further trial (prediction)", f"{low} to {high}", ""))


def ends(trials: pd.DataFrame, ratio: bool) -> tuple[float, float]:
    """Return the ends of the axis: all estimates and most of their intervals; no difference always stands inside."""
    values = trials[["estimate", "low", "high"]].to_numpy(float)
    values = values[np.isfinite(values).all(axis=1)]
    values = np.log(values) if ratio else values
    # a trial far less sure than the others gets an arrow rather than most of the axis
    wide = values[:, 2] - values[:, 1]
    values = values[wide <= UNSURE * np.median(wide)]
    least, most = values[:, 0].min(), values[:, 0].max()
    reach = max(most - least, np.median(wide), np.log(1.3) if ratio else 6.0)
    low = min(max(values[:, 1].min(), least - 0.75 * reach), -0.15 * reach)
    high = max(min(values[:, 2].max(), most + 0.75 * reach), 0.15 * reach)
    pad = 0.04 * (high - low)
    low, high = low - pad, high + pad
    return (float(np.exp(low)), float(np.exp(high))) if ratio else (float(low), float(high))
