"""Months of many people: headache days a month, their month-to-month scatter, and who then "responds" to what.

A person has a usual number of headache days a month, which stays the same; a month's count scatters about it. Months
have 28 days, as in trials and registries. Published bands of days per calendar month are used as they are printed,
a difference of up to a tenth. One person's days are in :mod:`migraine_lab.models.days`. Everything here is simulated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from migraine_lab import data
from migraine_lab.models.day_counts import monthly
from migraine_lab.models.days import EXAMPLES, example, person

__all__ = [
    "DAYS", "EXAMPLES", "Band", "Parameters", "Responders", "by_threshold", "example", "means", "monthly",
    "months", "parameters", "person", "responders", "treated",
]  # fmt: skip

DAYS = 28
"""Days in a month of the model."""
SOURCES = ("overcome_eu2023", "ampp_mhd4")
_BANDS = "monthly_headache_days_share_of_people_with"
_MEANS = "overcome_eu2023_monthly_headache_days_mean_within_the_band"
_STATES = "hmm2024_hidden_markov_state_{}_mean_monthly_headache_days"
_CHANGE, _DAILY = "hmm2024_month_to_month_changes_of_0_or_1_day", "hmm2024_months_with_daily_headache"
_NEVER = 1e-4
"""Smallest chance of a headache day, and of a day without one: a beta distribution needs both."""


@dataclass(frozen=True)
class Band:
    """People by their usual headache days a month: whole days ``low`` to ``high``, their share (0 to 1), mean and SD."""

    low: float
    high: float
    share: float
    mean: float
    sd: float

    @property
    def name(self) -> str:
        """Both ends as printed, such as "4-7"."""
        return f"{self.low:.0f}-{self.high:.0f}"

    @property
    def edges(self) -> tuple[float, float]:
        """Ends of the band for means that are no whole numbers: half a day beyond, within 0 and 28."""
        return max(self.low - 0.5, 0.0), min(self.high + 0.5, float(DAYS))


@dataclass(frozen=True)
class Parameters:
    """What the model stands on; ``rows`` are the timing rows it was read from, as (timing_id, source_id)."""

    source: str
    bands: tuple[Band, ...]
    scatter: float
    rows: tuple[tuple[str, str], ...]


@lru_cache(maxsize=4)
def parameters(source: str = "overcome_eu2023") -> Parameters:
    """Read the model's parameters from the table ``timing``.

    ``source``: which survey gives the shares of the bands, ``overcome_eu2023`` (with the mean and SD within each band)
    or ``ampp_mhd4`` (shares only; mean and SD within the bands are then those of the other). The surveys' figures are
    taken as people's usual months, which is an assumption.

    ``scatter`` is the correlation of days within a month: the variance of a month's count with chance ``p`` a day is
    ``28 p (1 - p) (1 + 27 scatter)``. It is the one value with which 47 % of month-to-month changes are of 0 or 1
    day, as the registry of ``hmm2024`` reports, in people like the registry's: daily headache in its 24 %, the others
    in equal parts at the means of its three other states (the parts are not published; this is our assumption).
    What the model does not reproduce: about half of the registry's moves across the 15-day line, for people here keep
    their usual level, while the registry's also change it.

    Raises ValueError for another source.
    """
    if source not in SOURCES:
        raise ValueError(f"there are no bands from {source!r}; choose one of {', '.join(SOURCES)}")
    timing = data.table("timing").set_index("timing_id")
    ends = ("", "_2", "_3", "_4")
    shares = [f"{source}_{_BANDS}{end}" for end in ends]
    inside = [f"{_MEANS}{end}" for end in ends]
    states = [_STATES.format(number) for number in (1, 2, 3)]
    total = timing.loc[shares, "value"].sum()  # printed shares are rounded
    bands = tuple(
        Band(
            low=float(timing.at[share, "band_low"]),
            high=float(timing.at[share, "band_high"]),
            share=float(timing.at[share, "value"] / total),
            mean=float(timing.at[mean, "value"]),
            sd=float(timing.at[mean, "spread"]),
        )
        for share, mean in zip(shares, inside, strict=True)
    )
    scatter = _scatter(
        timing.loc[_CHANGE, "value"] / 100,
        timing.loc[_DAILY, "value"] / 100,
        timing.loc[states, "value"].to_numpy(float),
    )
    used = [*shares, *inside, _CHANGE, _DAILY, *states]
    return Parameters(source, bands, scatter, tuple((row, timing.loc[row, "source_id"]) for row in used))


def means(
    people: int, seed: int, parameters: Parameters | None = None, usual: str | Sequence[str] | None = None
) -> NDArray[np.float64]:
    """Draw people's usual headache days a month (days, shape (people,)), each within the band that chance gives.

    Within a band they follow a beta distribution between its edges with the published mean and SD. ``usual`` keeps to
    one band or some, by name ("4-7"). Raises ValueError for a band that does not exist or fewer than one person.
    """
    _whole("people", people)
    bands = _chosen(parameters or _standard(), usual)
    share, mean, sd = np.array([(one.share, one.mean, one.sd) for one in bands]).T
    low, high = np.array([one.edges for one in bands]).T
    middle, variance = (mean - low) / (high - low), (sd / (high - low)) ** 2
    size = middle * (1 - middle) / variance - 1
    random = np.random.default_rng((seed, 0))
    which = np.searchsorted(np.cumsum(share) / share.sum(), random.random(people))
    place = random.beta((middle * size)[which], ((1 - middle) * size)[which])
    return np.asarray(low[which] + (high - low)[which] * place)


def months(
    people: int,
    months: int,
    seed: int,
    parameters: Parameters | None = None,
    effect: ArrayLike = 0.0,
    placebo: ArrayLike = 0.0,
    from_month: int = 1,
    *,
    usual: str | Sequence[str] | None = None,
    means: ArrayLike | None = None,
) -> NDArray[np.int64]:
    """Simulate headache days a month: whole numbers 0 to 28, shape (people, months).

    From month ``from_month`` on (the first month is 0) each headache day is prevented with the chance ``placebo``
    (whatever comes with being treated, 0 to 1) and each day left with the chance ``effect`` (the drug, 0 to 1); both
    may differ from person to person (shape (people,)). The same seed gives the same people and the same months before
    treatment, so arms of one truth differ in nothing else. ``means`` gives people's usual days in place of drawn ones
    (shape (people,)); ``usual`` keeps to bands by name. Raises ValueError naming what is impossible.
    """
    _whole("months", months)
    settings = parameters or _standard()
    usual_days = _means(people, seed, settings, usual) if means is None else _given(means, people)
    chance = np.clip(usual_days / DAYS, _NEVER, 1 - _NEVER)[:, None]
    size = (1 - settings.scatter) / settings.scatter
    random = np.random.default_rng((seed, 1))
    day = random.beta(chance * size, (1 - chance) * size, (people, months))
    return treated(random.binomial(DAYS, day), seed, effect, placebo, from_month)


def treated(
    counts: NDArray[np.int64],
    seed: int,
    effect: ArrayLike = 0.0,
    placebo: ArrayLike = 0.0,
    from_month: int = 1,
) -> NDArray[np.int64]:
    """Take prevented days away from untreated months (shape (people, months)), as :func:`months` does at its end.

    Returns a new array; with no effect of either kind, the months themselves. Raises ValueError for a share outside
    0 to 1 or of another shape, and for a month that is not there.
    """
    people, length = counts.shape
    if not 0 <= from_month <= length:
        raise ValueError(f"from_month must be 0 to {length}, not {from_month}")
    left = (1 - _share("effect", effect, people)) * (1 - _share("placebo", placebo, people))
    some = left < 1
    if not some.any():
        return counts
    after = counts.copy()
    random = np.random.default_rng((seed, 2))
    after[some, from_month:] = random.binomial(counts[some, from_month:], left[some, None])
    return after


@dataclass(frozen=True)
class Responders:
    """Who was enrolled and whose days fell enough; all arrays have shape (people,)."""

    before: NDArray[np.float64]
    after: NDArray[np.float64]
    enrolled: NDArray[np.bool_]
    responded: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """People enrolled."""
        return int(self.enrolled.sum())

    @property
    def events(self) -> int:
        """Enrolled people whose days fell by the share asked for, or more."""
        return int(self.responded.sum())

    @property
    def percent(self) -> float:
        """Responders of 100 enrolled; NaN where nobody was enrolled."""
        return 100 * self.events / self.n if self.n else float("nan")


def responders(
    months: ArrayLike, baseline: int, follow_up: int, enrol_at_least: float, fall: float = 0.5
) -> Responders:
    """Count "responders" as a trial does: enrol by the mean of the first months, compare with the mean of the last.

    ``months`` has shape (people, months); the first ``baseline`` and the last ``follow_up`` of them count. Enrolled is
    whose baseline mean is ``enrol_at_least`` days or more (above 0); responded, whose mean then falls by the share
    ``fall`` (0 to 1) or more. Raises ValueError naming what is impossible.
    """
    counts = np.asarray(months)
    if counts.ndim != 2:
        raise ValueError(f"months must have the shape (people, months), not {counts.shape}")
    _whole("baseline", baseline)
    _whole("follow_up", follow_up)
    if baseline + follow_up > counts.shape[1]:
        raise ValueError(
            f"{baseline} months before and {follow_up} after need {baseline + follow_up}; there are {counts.shape[1]}"
        )
    if not enrol_at_least > 0:
        raise ValueError(f"enrol_at_least must be above 0, not {enrol_at_least}: no days cannot be halved")
    if not 0 < fall <= 1:
        raise ValueError(f"fall must be above 0 and at most 1, not {fall}")
    before = counts[:, :baseline].mean(axis=1)
    after = counts[:, counts.shape[1] - follow_up :].mean(axis=1)
    enrolled = before >= enrol_at_least
    return Responders(before, after, enrolled, enrolled & (after <= (1 - fall) * before))


def by_threshold(
    months: ArrayLike, baseline: int, follow_up: int, thresholds: ArrayLike, fall: float = 0.5
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many are enrolled at each threshold and how many of them respond, as :func:`responders` counts.

    ``thresholds`` are days a month, shape (k,); both results have that shape. One pass over the people for all of
    them. Raises ValueError as :func:`responders` does.
    """
    lines = np.asarray(thresholds, float)
    one = responders(months, baseline, follow_up, float(lines.min()), fall)
    order = np.sort(one.before)
    halved = np.sort(one.before[one.after <= (1 - fall) * one.before])
    return len(order) - np.searchsorted(order, lines), len(halved) - np.searchsorted(halved, lines)


def _standard() -> Parameters:
    return parameters()


def _means(
    people: int, seed: int, settings: Parameters, usual: str | Sequence[str] | None
) -> NDArray[np.float64]:
    return means(people, seed, settings, usual)


def _chosen(settings: Parameters, usual: str | Sequence[str] | None) -> list[Band]:
    if usual is None:
        return list(settings.bands)
    wanted = [usual] if isinstance(usual, str) else list(usual)
    known = {band.name: band for band in settings.bands}
    if not wanted or any(name not in known for name in wanted):
        raise ValueError(f"usual must name bands among {', '.join(known)}, not {usual!r}")
    return [known[name] for name in wanted]


def _given(means: ArrayLike, people: int) -> NDArray[np.float64]:
    days = np.asarray(means, float)
    if days.shape != (people,):
        raise ValueError(f"means must have the shape ({people},), not {days.shape}")
    if not ((days >= 0) & (days <= DAYS)).all():
        raise ValueError(f"means must be 0 to {DAYS} days a month")
    return days


def _share(name: str, value: ArrayLike, people: int) -> NDArray[np.float64]:
    share = np.asarray(value, float)
    if share.shape not in ((), (people,)):
        raise ValueError(f"{name} must be one number or have the shape ({people},), not {share.shape}")
    if not ((share >= 0) & (share <= 1)).all():
        raise ValueError(f"{name} must be a share of days, 0 to 1, not {value!r}")
    return np.broadcast_to(share, (people,))


def _whole(name: str, value: Any) -> None:
    if value != int(value) or value < 1:
        raise ValueError(f"{name} must be a whole number, 1 or more, not {value!r}")


def _scatter(change: float, daily: float, states: NDArray[np.float64]) -> float:
    """Find the correlation with which the share ``change`` of moves is of 0 or 1 day, by halving an interval."""
    low, high = 1e-3, 0.1
    for _ in range(40):
        middle = (low + high) / 2
        if daily + (1 - daily) * _small_changes(states, middle) > change:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _small_changes(means: NDArray[np.float64], scatter: float) -> float:
    """Share of changes of 0 or 1 day between two months, averaged over people with these means (beta-binomial)."""
    from scipy.special import betaln, gammaln  # late: only this needs it

    days = np.arange(DAYS + 1)
    size = (1 - scatter) / scatter
    first = means[:, None] / DAYS * size
    second = size - first
    ways = gammaln(DAYS + 1) - gammaln(days + 1) - gammaln(DAYS - days + 1)
    chance = np.exp(ways + betaln(days + first, DAYS - days + second) - betaln(first, second))
    same, next_day = (chance**2).sum(axis=1), (chance[:, 1:] * chance[:, :-1]).sum(axis=1)
    return float((same + 2 * next_day).mean())
