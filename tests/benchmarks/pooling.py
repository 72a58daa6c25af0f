"""Ten thousand DerSimonian-Laird poolings of 15 studies in one call, beside three ways to do the same."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from statsmodels.stats.meta_analysis import combine_effects

from migraine_lab import stats
from tests.benchmarks.lines import Line, Timing
from tests.benchmarks.python_steps import seconds

SETS, STUDIES = 10_000, 15
LOOPED = 100
"""Sets that the loop over statsmodels does in a turn; its time is scaled to all of them."""
REPEATS = 30
LOOP_BUDGET, PEER_BUDGET, BARE_BUDGET = 1 / 300, 1 / 3, 2.0

Array = NDArray[np.float64]


def made() -> tuple[Array, Array]:
    """Return estimates and variances, shape (sets, studies), of studies that differ a little."""
    chance = np.random.default_rng(7)
    v = chance.uniform(0.02, 0.6, (SETS, STUDIES))
    return chance.normal(0.4, np.sqrt(v + 0.05)), v


def bare(y: Array, v: Array) -> tuple[Array, ...]:
    """Write the closed form down as one reads it, with no check and no other field."""
    w = 1 / v
    total = w.sum(axis=1)
    q = (w * (y - ((w * y).sum(axis=1) / total)[:, None]) ** 2).sum(axis=1)
    tau2 = np.maximum(0, (q - (STUDIES - 1)) / (total - (w**2).sum(axis=1) / total))
    w = 1 / (v + tau2[:, None])
    total = w.sum(axis=1)
    centre, half = (w * y).sum(axis=1) / total, 1.959963984540054 / np.sqrt(total)
    return centre, centre - half, centre + half, tau2, q


def looped(y: Array, v: Array) -> list[Any]:
    """Call statsmodels once a set, for the first few sets."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # it takes roots of negative variances for fields that are not used here
        return [combine_effects(y[at], v[at], method_re="dl", use_t=False) for at in range(LOOPED)]


def peer(y: Array, v: Array) -> Callable[[], Any]:
    """Return PyMARE's estimator, which takes studies first and all sets at once; its fit alone, without intervals."""
    from pymare.estimators import DerSimonianLaird

    y, v, ones = y.T.copy(), v.T.copy(), np.ones((STUDIES, 1))
    return lambda: DerSimonianLaird(small_sample_correction="wald").fit(y=y, v=v, X=ones)


def lines() -> list[Line]:
    """Measure all in turn, after a look that they agree."""
    y, v = made()
    ways: dict[str, tuple[Callable[[], Any], float, float]] = {
        f"statsmodels' loop ({LOOPED} timed, scaled)": (lambda: looped(y, v), SETS / LOOPED, LOOP_BUDGET),
        "bare numpy closed form": (lambda: bare(y, v), 1.0, BARE_BUDGET),
    }
    if find_spec("pymare"):
        fit = peer(y, v)
        np.testing.assert_allclose(fit().params_["tau2"].ravel(), bare(y, v)[3], atol=1e-12)
        ways["PyMARE's vectorised fit"] = (fit, 1.0, PEER_BUDGET)
    else:
        print("PyMARE's vectorised fit: not measured, PyMARE is not installed")
    np.testing.assert_allclose(stats.pool(y, v, tau2="DL").estimate, bare(y, v)[0], atol=1e-12)
    theirs = np.array([(one.mean_effect_re, one.tau2) for one in looped(y, v)])
    apart = theirs[:, 1] > 0  # where tau2 comes out negative statsmodels goes on with it
    np.testing.assert_allclose(theirs[apart, 0], bare(y, v)[0][:LOOPED][apart], atol=1e-9)
    mine: list[float] = []
    others: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(REPEATS):
        mine.append(seconds(lambda: stats.pool(y, v, tau2="DL")))
        for name, (action, times, _budget) in ways.items():
            others[name].append(times * seconds(action))
    ours = Timing.of(f"{SETS:_} poolings of {STUDIES} studies, one call".replace("_", " "), mine)
    return [Line(ours, Timing.of(name, others[name]), ways[name][2]) for name in ways]
