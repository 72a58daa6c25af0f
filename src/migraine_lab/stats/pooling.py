"""Several studies together: one estimate, what they disagree on, and where the next study may fall.

Every function takes arrays whose last axis is the studies and vectorises over the axes before it: ten thousand sets of
fifteen studies are one call. Results agree with metafor (tests/golden) and, where it has the method, with statsmodels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from migraine_lab.stats.counts import Numbers, checked_choice, checked_level, critical_value, unwrapped

MODELS, TAU2 = ("random", "fixed"), ("PM", "DL")
FEWEST_FOR_PREDICTION = 2
"""A single study says nothing about how much studies differ."""
BLOCK = 20_000
"""Numbers of a block, 160 kB an array: what is worked with at once stays near the processor."""
STEPS = 200
"""Newton's rule for Paule and Mandel's equation rises monotonically; it needs about ten steps and never so many."""


@dataclass(frozen=True, eq=False)
class Pooled:
    """A pooled estimate. Numeric fields are floats, or arrays of the shape before the studies' axis.

    estimate, low, high   on the scale of what was pooled (pool_counts: on the natural scale, ratios as ratios)
    se                    standard error, on the scale that was pooled (the log scale for ratios)
    tau2, q               between-study variance; Cochran's Q
    studies               number of studies
    model, method         "random" or "fixed"; how tau2 was estimated, "MH", or "" where nothing was estimated
    knapp_hartung, level  what was asked for
    zero_cells            the rule applied where a study had an empty cell, "" where none had
    """

    estimate: Any
    low: Any
    high: Any
    se: Any
    tau2: Any
    q: Any
    studies: int
    model: str
    method: str
    knapp_hartung: bool
    level: float
    zero_cells: str = ""
    log_scale: bool = False
    _centre: Any = field(default=None, repr=False)
    _raw_weights: Any = field(default=None, repr=False)
    _variances: Any = field(default=None, repr=False)
    _freedom: Any = field(default=None, repr=False)

    @property
    def df(self) -> Any:
        """Degrees of freedom of Q: studies - 1; Mantel and Haenszel leave out studies that say nothing."""
        return unwrapped(self._freedom)

    @cached_property
    def q_p(self) -> Any:
        """P value of Q under no heterogeneity (chi squared, studies - 1); 1 for a single study."""
        from scipy import special  # not at import: a first picture needs no scipy

        freedom = self._freedom
        p = special.chdtrc(np.maximum(freedom, 1), np.asarray(self.q))
        return unwrapped(np.where(freedom > 0, p, 1.0))

    @cached_property
    def i2(self) -> Any:
        """Share of the total variation due to heterogeneity, percent (Higgins and Thompson, Stat Med 2002;21:1539).

        Random effects: 100 tau2 / (tau2 + typical within-study variance); fixed effect: 100 (Q - df) / Q, not below 0.
        """
        freedom, q = self._freedom, np.asarray(self.q)
        if self.studies == 1:
            return unwrapped(np.zeros_like(q))
        if self.model == "fixed":
            return unwrapped(100 * (1 - freedom / np.maximum(np.maximum(q, freedom), np.finfo(float).tiny)))
        w = 1 / self._variances
        total = w.sum(axis=-1)
        typical = (self.studies - 1) * total / (total**2 - (w**2).sum(axis=-1))
        tau2 = np.asarray(self.tau2)
        return unwrapped(100 * tau2 / (tau2 + typical))

    @cached_property
    def weights(self) -> Any:
        """Each study's share of the estimate, percent; the last axis is the studies."""
        raw = self._raw_weights
        if raw is None:  # made when asked for: a simulation of thousands needs none
            raw = 1 / (self._variances + np.asarray(self.tau2)[..., None])
        return 100 * raw / raw.sum(axis=-1, keepdims=True)

    @property
    def prediction_low(self) -> Any:
        """Lower end of the prediction interval, see prediction_high."""
        return self._prediction[0]

    @property
    def prediction_high(self) -> Any:
        """Upper end of the range in which a further study's true effect would fall.

        Estimate +- quantile * sqrt(tau2 + se2), the quantile that of the confidence interval: normal, or t with
        studies - 1 degrees of freedom under Knapp and Hartung (metafor's rule). Higgins, Thompson and Spiegelhalter
        (J R Stat Soc A 2009;172:137) take t with studies - 2 and come out wider; with few studies neither can be trusted.
        ValueError for a single study, and for a fixed effect, which knows no other studies' effects.
        """
        return self._prediction[1]

    @cached_property
    def _prediction(self) -> tuple[Any, Any]:
        if self.model == "fixed":
            raise ValueError(
                "A fixed effect has no prediction interval: it says that all studies share one effect. Use model='random'."
            )
        if self.studies < FEWEST_FOR_PREDICTION:
            raise ValueError(
                f"A prediction interval needs at least {FEWEST_FOR_PREDICTION} studies; there is {self.studies}."
            )
        from scipy import special

        freedom = self.studies - 1
        quantile = (
            special.stdtrit(freedom, (1 + self.level) / 2)
            if self.knapp_hartung
            else critical_value(self.level)
        )
        half = quantile * np.sqrt(np.asarray(self.tau2) + np.asarray(self.se) ** 2)
        ends = np.asarray(self._centre) - half, np.asarray(self._centre) + half
        return tuple(unwrapped(np.exp(end) if self.log_scale else end) for end in ends)


def pool(
    estimates: ArrayLike,
    variances: ArrayLike,
    *,
    model: str = "random",
    tau2: str = "PM",
    knapp_hartung: bool = False,
    level: float = 0.95,
) -> Pooled:
    """Pool studies' estimates by the inverse of their variances.

    estimates, variances: shape (..., studies); ratios go in as logarithms. model: "random" or "fixed". tau2: how the
    between-study variance is estimated: "PM" (Paule and Mandel, J Res Natl Bur Stand 1982;87:377) or "DL" (DerSimonian
    and Laird, Control Clin Trials 1986;7:177). knapp_hartung: standard error from the weighted spread of the studies and
    a t distribution (Knapp and Hartung, Stat Med 2003;22:2693). Where Q happens to be small that error may come out
    smaller than without it, even 0 for studies that agree to the digit: the interval is then too narrow to be believed.

    Raises ValueError naming what cannot be: no study, a variance that is not positive, NaN, shapes that do not fit.
    """
    checked_choice(model, MODELS, "model")
    checked_choice(tau2, TAU2, "tau2")
    z = critical_value(level)
    y, v = checked_studies(estimates, variances)
    studies = y.shape[-1]
    centre, total, between, q = _in_blocks(y, v, tau2 if model == "random" and studies > 1 else "")
    se = np.sqrt(1 / total)
    if knapp_hartung:
        se, z = _knapp_hartung(y, 1 / (v + between[..., None]), centre, total, level)
    return Pooled(
        estimate=unwrapped(centre),
        low=unwrapped(centre - z * se),
        high=unwrapped(centre + z * se),
        se=unwrapped(se),
        tau2=unwrapped(between),
        q=unwrapped(q),
        studies=studies,
        model=model,
        method=tau2 if model == "random" else "",
        knapp_hartung=knapp_hartung,
        level=float(level),
        _centre=centre,
        _variances=v,
        _freedom=np.asarray(studies - 1),
    )


def _in_blocks(y: Numbers, v: Numbers, tau2: str) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return centre, sum of weights, between-study variance and Q, each of the shape before the studies' axis.

    Sets of studies go through in blocks that fit a processor's cache: ten thousand at once take half the time.
    """
    shape, studies = y.shape[:-1], y.shape[-1]
    y, v = y.reshape(-1, studies), v.reshape(-1, studies)
    found = np.empty((4, len(y)))
    size = max(1, BLOCK // studies)
    for start in range(0, len(y), size):
        block = slice(start, start + size)
        found[:, block] = _one_block(y[block], v[block], tau2)
    centre, total, between, q = found.reshape(4, *shape)
    return centre, total, between, q


def _one_block(y: Numbers, v: Numbers, tau2: str) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Do the work of _in_blocks for shape (sets, studies); no tau2 means one common effect."""
    w = 1 / v
    total = _sums(w)
    centre = _sums(w, y) / total
    apart = y - centre[:, None]
    np.square(apart, out=apart)
    q = _sums(w, apart)
    if not tau2:
        return centre, total, np.zeros_like(q), q
    between = dersimonian_laird(w, total, q) if tau2 == "DL" else paule_mandel(y, v)
    np.add(v, between[:, None], out=w)
    np.divide(1, w, out=w)
    total = _sums(w)
    return _sums(w, y) / total, total, between, q


def _sums(*factors: Numbers) -> Numbers:
    """Sum of products over the studies; einsum needs no array for the products and adds faster than sum()."""
    found: Numbers = np.einsum(",".join(["...i"] * len(factors)) + "->...", *factors)
    return found


def leave_one_out(estimates: ArrayLike, variances: ArrayLike, **options: Any) -> Pooled:
    """Pool again without each study in turn: every field has one more axis, the study left out.

    estimates, variances: shape (..., studies), at least two studies; options as for :func:`pool`.
    """
    y, v = checked_studies(estimates, variances)
    studies = y.shape[-1]
    if studies < 2:
        raise ValueError("Leaving one out needs at least two studies; there is 1.")
    keep = np.array([[other for other in range(studies) if other != left] for left in range(studies)])
    return pool(y[..., keep], v[..., keep], **options)


def cumulative(estimates: ArrayLike, variances: ArrayLike, **options: Any) -> list[Pooled]:
    """Pool the first study, the first two, and so on, in the order given; options as for :func:`pool`."""
    y, v = checked_studies(estimates, variances)
    options = {**options, "knapp_hartung": False} if y.shape[-1] == 1 else options
    first = pool(y[..., :1], v[..., :1], **{**options, "knapp_hartung": False})
    return [first, *(pool(y[..., :size], v[..., :size], **options) for size in range(2, y.shape[-1] + 1))]


def dersimonian_laird(w: Numbers, total: Numbers, q: Numbers) -> Numbers:
    """Between-study variance by the method of moments, not below 0; w are the inverse variances."""
    freedom = w.shape[-1] - 1
    found: Numbers = np.maximum(0.0, (q - freedom) / (total - _sums(w, w) / total))
    return found


def paule_mandel(y: Numbers, v: Numbers) -> Numbers:
    """Between-study variance at which the generalised Q equals its expectation, not below 0.

    Q falls and is convex in tau2, so Newton's steps from 0 rise to the root and never overshoot it.
    """
    freedom = y.shape[-1] - 1
    tau2 = np.zeros(y.shape[:-1])
    for _ in range(STEPS):
        w = 1 / (v + tau2[..., None])
        centre = _sums(w, y) / _sums(w)
        apart = (y - centre[..., None]) ** 2
        missing = _sums(w, apart) - freedom
        slope = _sums(w, w, apart)
        step = np.divide(missing, slope, out=np.zeros_like(tau2), where=missing > 0)
        tau2 = tau2 + step
        if not (step > 1e-13 * tau2).any():
            break
    return tau2


def checked_studies(estimates: ArrayLike, variances: ArrayLike) -> tuple[Numbers, Numbers]:
    """Return estimates and variances as float arrays of one shape (..., studies), or raise ValueError saying what is wrong."""
    y, v = (np.asarray(values, dtype=float) for values in (estimates, variances))
    try:
        y, v = np.broadcast_arrays(y, v)
    except ValueError:
        raise ValueError(
            f"estimates have shape {y.shape} and variances {v.shape}: they do not fit together"
        ) from None
    if y.ndim == 0 or y.shape[-1] == 0:
        raise ValueError(
            "There is nothing to pool: give at least one study, as a list or the last axis of an array."
        )
    # Extremes tell in two quick passes whether anything is wrong; what it is, is looked for only then.
    if v.size and v.min() > 0 and np.isfinite([v.max(), y.min(), y.max()]).all():
        return y, v
    for name, values in (("estimates", y), ("variances", v)):
        if not np.isfinite(values).all():
            place = int(np.argwhere(~np.isfinite(values))[0][-1])
            raise ValueError(
                f"{name} hold {values[~np.isfinite(values)][0]} (study {place + 1}): leave such studies out."
            )
    if not (v > 0).all():
        place = int(np.argwhere(~(v > 0))[0][-1])
        raise ValueError(
            f"A variance of {v[~(v > 0)][0]:g} cannot be (study {place + 1}): variances are positive."
        )
    return y, v


def _knapp_hartung(
    y: Numbers, w: Numbers, centre: Numbers, total: Numbers, level: float
) -> tuple[Numbers, float]:
    freedom = y.shape[-1] - 1
    if not freedom:
        raise ValueError("Knapp and Hartung's interval needs at least two studies; there is 1.")
    from scipy import special

    spread = (w * (y - centre[..., None]) ** 2).sum(axis=-1) / freedom
    return np.sqrt(spread / total), float(special.stdtrit(freedom, (1 + checked_level(level)) / 2))
