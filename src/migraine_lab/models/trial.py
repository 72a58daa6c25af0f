"""Two-arm trials of a known truth: what chance, dropout, a choice among outcomes or subgroups and a journal make of it.

Everything is simulated. Rates are proportions (0-1); arrays have shape (trials,). Draws are binomial, so a trial costs two
numbers however many patients it has.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

MISSING = ("failure", "left_out")
"""People who drop out count as without response, or are not counted at all."""
LARGEST = {"trials": 5_000_000, "n_per_arm": 100_000, "outcomes": 50, "subgroups": 50}


@dataclass(frozen=True)
class Trials:
    """Counts that the trials report, shape (trials,) each, and the truth behind them.

    chosen : which outcome or subgroup each trial reports (0 = the one that was planned).
    """

    events_a: Counts
    n_a: Counts
    events_b: Counts
    n_b: Counts
    chosen: Counts
    truth: float

    @property
    def rate_a(self) -> Array:
        """Response rate of the treated arm; NaN where nobody was left."""
        return _share(self.events_a, self.n_a)

    @property
    def rate_b(self) -> Array:
        """Response rate of the placebo arm; NaN where nobody was left."""
        return _share(self.events_b, self.n_b)

    @property
    def difference(self) -> Array:
        """Rate of the treated arm minus that of the placebo arm."""
        return self.rate_a - self.rate_b

    @property
    def z(self) -> Array:
        """Test statistic of two proportions with a common variance; 0 where both arms stand at the same extreme."""
        n_a, n_b = self.n_a.astype(float), self.n_b.astype(float)
        common = _share(self.events_a + self.events_b, self.n_a + self.n_b)
        with np.errstate(divide="ignore", invalid="ignore"):
            error = np.sqrt(common * (1 - common) * (1 / n_a + 1 / n_b))
            found = self.difference / error
        return np.where(np.isfinite(found), found, 0.0)

    def significant(self, z: float = 1.959963984540054) -> NDArray[np.bool_]:
        """Whether the treated arm did better by more than chance allows at the usual 5 % (two-sided)."""
        return np.asarray(self.z > z)


def run(
    trials: int,
    n_per_arm: int,
    placebo_rate: float,
    effect: float,
    seed: int,
    *,
    dropout: float = 0.0,
    missing: str = "failure",
    outcomes: int = 1,
    subgroups: int = 1,
) -> Trials:
    """Run ``trials`` trials of one truth.

    placebo_rate: true response rate on placebo; effect: true gain of the treated (a difference; 0 for a drug that does
    nothing). dropout: share of each arm that leaves; ``missing`` says how they count. outcomes: each trial measures so many
    independent outcomes with the same truth and reports the one with the largest gain. subgroups: the same with equal
    parts of its patients. Raises ValueError naming what cannot be.
    """
    _refuse(trials, n_per_arm, placebo_rate, effect, dropout, missing, outcomes, subgroups)
    chance = np.random.default_rng(seed)
    treated_rate = placebo_rate + effect
    shape = (trials, outcomes * subgroups) if outcomes * subgroups > 1 else (trials,)
    size = n_per_arm // subgroups
    if dropout:
        counted = [chance.binomial(size, 1 - dropout, shape) for _ in range(2)]
        events = [
            chance.binomial(n, rate) for n, rate in zip(counted, (treated_rate, placebo_rate), strict=True)
        ]
    else:
        events = [chance.binomial(size, rate, shape) for rate in (treated_rate, placebo_rate)]
        counted = [np.broadcast_to(np.int64(size), shape)] * 2
    if dropout and missing == "failure":
        counted = [np.broadcast_to(np.int64(size), shape)] * 2
    chosen: Counts = np.zeros(trials, dtype=np.int64)
    if len(shape) == 2:
        gains = _share(events[0], counted[0]) - _share(events[1], counted[1])
        chosen = np.nan_to_num(gains, nan=-2.0).argmax(axis=1)
        rows = np.arange(trials)
        events, counted = ([part[rows, chosen] for part in parts] for parts in (events, counted))
    return Trials(events[0], counted[0], events[1], counted[1], chosen, effect)


def published(found: Trials, seed: int, *, share_of_the_rest: float = 0.0) -> NDArray[np.bool_]:
    """Return which trials reach a journal: every significant one, and of the rest the share given, by chance."""
    if not 0 <= share_of_the_rest <= 1:
        raise ValueError(
            f"A share of {share_of_the_rest:g} cannot be published: it must lie between 0 and 1."
        )
    luck = np.random.default_rng(seed).random(len(found.events_a)) < share_of_the_rest
    return np.asarray(found.significant() | luck)


def power(found: Trials) -> float:
    """Share of the trials that are significant; with no true effect, the share of false alarms."""
    return float(found.significant().mean())


def _share(events: Counts, n: Counts) -> Array:
    return np.divide(events, n, out=np.full(np.shape(events), np.nan), where=np.asarray(n) > 0)


def _refuse(
    trials: int,
    n_per_arm: int,
    placebo_rate: float,
    effect: float,
    dropout: float,
    missing: str,
    outcomes: int,
    subgroups: int,
) -> None:
    whole = {"trials": trials, "n_per_arm": n_per_arm, "outcomes": outcomes, "subgroups": subgroups}
    for name, value in whole.items():
        if value != int(value) or not 1 <= value <= LARGEST[name]:
            raise ValueError(f"{name} is {value}: it must be a whole number from 1 to {LARGEST[name]}.")
    if subgroups > n_per_arm:
        raise ValueError(f"{n_per_arm} patients an arm cannot be parted into {subgroups} subgroups.")
    rates = {"placebo_rate": placebo_rate, "placebo_rate + effect": placebo_rate + effect, "dropout": dropout}
    for name, rate in rates.items():
        if not 0 <= rate <= 1:
            raise ValueError(f"{name} is {rate:g}: a rate must lie between 0 and 1.")
    if missing not in MISSING:
        raise ValueError(f"missing must be one of {', '.join(MISSING)}; it is {missing!r}.")
