"""Several two-arm studies pooled from their counts: by inverse variance or by Mantel and Haenszel's weights."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from migraine_lab.stats.counts import Numbers, checked_choice, checked_counts, critical_value, unwrapped
from migraine_lab.stats.pooling import Pooled, pool

MEASURES, WEIGHTS = ("RR", "OR", "RD"), ("IV", "MH")
HALF = 0.5


def pool_counts(
    events_a: ArrayLike,
    n_a: ArrayLike,
    events_b: ArrayLike,
    n_b: ArrayLike,
    *,
    measure: str = "RR",
    model: str = "random",
    weights: str = "IV",
    tau2: str = "PM",
    knapp_hartung: bool = False,
    level: float = 0.95,
) -> Pooled:
    """Pool risk ratios, odds ratios or risk differences of arm a (treatment) against arm b from counts.

    Counts have shape (..., studies). ``estimate``, ``low``, ``high`` and the prediction interval come back on the natural
    scale (ratios as ratios); ``se`` and ``tau2`` belong to the logarithm of a ratio. weights "IV": :func:`pool` on each
    study's estimate. weights "MH": Mantel and Haenszel's fixed effect (Mantel and Haenszel, JNCI 1959;22:719), with
    variances by Greenland and Robins (RR; Biometrics 1985;41:55), Robins, Breslow and Greenland (OR; Biometrics
    1986;42:311) and Sato, Greenland and Robins (RD; Biometrics 1989;45:1323).

    Empty cells: a study with one gets 0.5 added to all four of its cells (metafor's rule "only0"); Mantel and Haenszel's
    own estimate uses the counts as they are. ``zero_cells`` says where that happened.

    Raises ValueError naming what cannot be: counts as for ``compare``, "MH" with random effects, no study, and a ratio
    that no study can give because an arm is empty throughout.
    """
    checked_choice(measure, MEASURES, "measure")
    checked_choice(weights, WEIGHTS, "weights")
    if weights == "MH" and model == "random":
        raise ValueError(
            "Mantel and Haenszel's weights belong to a fixed effect: choose model='fixed' or weights='IV'."
        )
    if weights == "MH" and knapp_hartung:
        raise ValueError(
            "Knapp and Hartung's interval belongs to inverse-variance weights: choose weights='IV'."
        )
    counts = np.broadcast_arrays(
        *checked_counts(events_a, n_a, arm="a"), *checked_counts(events_b, n_b, arm="b")
    )
    if counts[0].ndim == 0 or counts[0].shape[-1] == 0:
        raise ValueError(
            "There is nothing to pool: give at least one study, as a list or the last axis of an array."
        )
    y, v, note = effects(*counts, measure=measure)
    if weights == "IV":
        pooled = pool(y, v, model=model, tau2=tau2, knapp_hartung=knapp_hartung, level=level)
    else:
        pooled = _mantel_haenszel(y, v, counts, measure, level)
    pooled = replace(pooled, zero_cells=note)
    if measure == "RD":
        return pooled
    estimate, low, high = (unwrapped(np.exp(part)) for part in (pooled.estimate, pooled.low, pooled.high))
    return replace(pooled, estimate=estimate, low=low, high=high, log_scale=True)


def effects(
    a: Numbers, total_a: Numbers, b: Numbers, total_b: Numbers, *, measure: str
) -> tuple[Numbers, Numbers, str]:
    """Return each study's estimate (log for ratios), its variance, and the zero-cell rule in words ("" where none)."""
    c, d = total_a - a, total_b - b
    empty = (a == 0) | (b == 0) | (c == 0) | (d == 0)
    add = np.where(empty, HALF, 0.0)
    note = ""
    if empty.any():
        many = int(empty.sum())
        note = (
            f"0.5 added to all four cells of {many} {'study' if many == 1 else 'studies'} with an empty cell"
        )
    a, b, c, d = a + add, b + add, c + add, d + add
    n_a, n_b = a + c, b + d
    if measure == "RD":
        return a / n_a - b / n_b, a * c / n_a**3 + b * d / n_b**3, note
    if measure == "RR":
        return np.log(a / n_a) - np.log(b / n_b), 1 / a - 1 / n_a + 1 / b - 1 / n_b, note
    return np.log(a) + np.log(d) - np.log(b) - np.log(c), 1 / a + 1 / b + 1 / c + 1 / d, note


def _mantel_haenszel(
    y: Numbers, v: Numbers, counts: tuple[Numbers, ...], measure: str, level: float
) -> Pooled:
    """Mantel and Haenszel's estimate from the counts as they are; Q from the studies' own estimates around it.

    A study in which nobody or everybody had the event in both arms says nothing about Q and is left out there.
    """
    a, n_a, b, n_b = counts
    parts = {"RR": _mh_rr, "OR": _mh_or, "RD": _mh_rd}[measure]
    with np.errstate(divide="ignore", invalid="ignore"):
        centre, se, w = parts(a, n_a, b, n_b)
    if not np.isfinite(centre).all() or not np.isfinite(se).all():
        raise ValueError(
            f"No {measure} can be pooled by Mantel and Haenszel: an arm has no event in any study."
        )
    z = critical_value(level)
    told = ((a > 0) | (b > 0)) & ((a < n_a) | (b < n_b))
    q = (np.where(told, (y - centre[..., None]) ** 2, 0.0) / v).sum(axis=-1)
    return Pooled(
        estimate=unwrapped(centre),
        low=unwrapped(centre - z * se),
        high=unwrapped(centre + z * se),
        se=unwrapped(se),
        tau2=unwrapped(np.zeros_like(q)),
        q=unwrapped(q),
        studies=y.shape[-1],
        model="fixed",
        method="MH",
        knapp_hartung=False,
        level=float(level),
        _centre=centre,
        _raw_weights=w,
        _variances=v,
        _freedom=told.sum(axis=-1) - 1,
    )


def _mh_rr(a: Numbers, n_a: Numbers, b: Numbers, n_b: Numbers) -> tuple[Any, Any, Any]:
    n = n_a + n_b
    above, below = (a * n_b / n).sum(axis=-1), (b * n_a / n).sum(axis=-1)
    spread = ((n_a * n_b * (a + b) - a * b * n) / n**2).sum(axis=-1)
    return np.log(above / below), np.sqrt(spread / (above * below)), b * n_a / n


def _mh_or(a: Numbers, n_a: Numbers, b: Numbers, n_b: Numbers) -> tuple[Any, Any, Any]:
    n, c, d = n_a + n_b, n_a - a, n_b - b
    r, s = a * d / n, b * c / n
    p, q = (a + d) / n, (b + c) / n
    big_r, big_s = r.sum(axis=-1), s.sum(axis=-1)
    variance = (
        (p * r).sum(axis=-1) / big_r**2
        + (p * s + q * r).sum(axis=-1) / (big_r * big_s)
        + (q * s).sum(axis=-1) / big_s**2
    ) / 2
    return np.log(big_r / big_s), np.sqrt(variance), s


def _mh_rd(a: Numbers, n_a: Numbers, b: Numbers, n_b: Numbers) -> tuple[Any, Any, Any]:
    n = n_a + n_b
    w = n_a * n_b / n
    total = w.sum(axis=-1)
    centre = ((a * n_b - b * n_a) / n).sum(axis=-1) / total
    p = (b * (n_a / n) ** 2 - a * (n_b / n) ** 2 + (n_a / n) * (n_b / n) * (n_b - n_a) / 2).sum(axis=-1)
    q = ((a * (n_b - b) / n + b * (n_a - a) / n) / 2).sum(axis=-1)
    return centre, np.sqrt((centre * p + q) / total**2), w
