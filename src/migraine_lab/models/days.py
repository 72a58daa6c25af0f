"""One person's diary, day by day: attacks that come in clusters, how long they last, what is taken. All simulated.

The frame has the columns and types of :func:`migraine_lab.data.read_diary`; each row's note says "simulated".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from migraine_lab import data

HOURS = 24
_INTERVAL = "gamma_intervals2008_interval_between_attacks_mean_of_a"
_LONGEST = "ichd3_headache_duration_diagnostic_range_adults_untreated"
_DURATION = "ehf2018_p65_headache_duration_share_of_patients_in_the_band"
ROWS = (_INTERVAL, _DURATION, f"{_DURATION}_2", f"{_DURATION}_3", _LONGEST)
"""Rows of ``timing`` that a simulated diary stands on."""
MEDICINES = {"triptan": "sumatriptan", "NSAID": "ibuprofen", "simple analgesic": "paracetamol"}
"""What a simulated person takes, by class."""


@dataclass(frozen=True)
class Example:
    """A simulated person: a name in words, a seed, and the settings of :func:`person`."""

    name: str
    seed: int
    settings: dict[str, Any] = field(default_factory=dict)


EXAMPLES = (
    Example("few attacks", 11, {}),
    Example("an attack a week", 4, {"interval": 7.0, "aura": 0.3}),
    Example("near a line", 8, {"interval": 3.6, "other": 0.15}),
    Example("many pill days", 3, {"interval": 4.2, "other": 0.3, "takes": 0.95}),
    Example("days left out", 21, {"interval": 4.0, "other": 0.15, "missed": 0.2}),
)
"""People made up for the lesson; the settings beyond the published ones are our choice, to show different months."""


def example(number: int, days: int = 90) -> pd.DataFrame:
    """Return the diary of example ``number`` (from 1), by default of 90 days. Raises ValueError for another number."""
    if not 1 <= number <= len(EXAMPLES):
        raise ValueError(f"there are examples 1 to {len(EXAMPLES)}, not {number}")
    one = EXAMPLES[number - 1]
    return person(one.seed, days, **one.settings)


def person(
    seed: int,
    days: int = 90,
    *,
    start: str = "2025-01-01",
    interval: float | None = None,
    cluster: float = 0.7,
    other: float = 0.05,
    takes: float = 0.8,
    aura: float = 0.0,
    missed: float = 0.0,
    preferred: str = "triptan",
) -> pd.DataFrame:
    """Simulate one person's diary: a frame as :func:`migraine_lab.data.read_diary` returns it, a row a day.

    From the onset of one attack to the next pass gamma-distributed days with mean ``interval`` (as published for the
    placebo group of ``gamma_intervals2008`` where None) and shape ``cluster``; below 1, attacks bunch together. The
    shape is not published: it is our choice. An attack lasts up to 4, 4 to 24 or 24 to 72 hours with the shares of
    ``ehf2018_p65``, evenly on a log scale within each; the survey counts patients, so taking its shares for attacks is
    our assumption. Other settings are chances, 0 to 1, and made up: ``other`` of
    a headache that is no migraine on a day without attack, ``takes`` of taking something on a headache day, ``aura``
    of an attack's first day, ``missed`` of a day left out. ``preferred`` is the class taken first: triptan, NSAID or
    simple analgesic. Raises ValueError naming what is impossible.
    """
    _check(days, interval, cluster, preferred)
    for name, chance in (("other", other), ("takes", takes), ("aura", aura), ("missed", missed)):
        if not 0 <= chance <= 1:
            raise ValueError(f"{name} must be a chance, 0 to 1, not {chance}")
    random = np.random.default_rng((seed, 3))
    onsets, lasting = _attacks(random, days, interval, cluster)
    hours = _hours_a_day(onsets, lasting, days)
    migraine = hours > 0
    first = np.zeros(days, bool)
    first[np.unique(onsets[(onsets >= 0) & (onsets < days)].astype(int))] = True
    mild = ~migraine & (random.random(days) < other)
    hours = np.where(mild, random.integers(1, 5, days), hours)
    pain = np.where(migraine, random.integers(4, 10, days), random.integers(2, 5, days))
    frame = pd.DataFrame(
        {
            "date": pd.date_range(start, periods=days, freq="D").astype("datetime64[ns]"),
            "headache": migraine | mild,
            "migraine": pd.array(migraine, dtype="boolean"),
            "aura": pd.array(first & (random.random(days) < aura), dtype="boolean"),
            "intensity": np.where(migraine | mild, pain, np.nan).astype("float64"),
            "hours": np.where(migraine | mild, hours, np.nan).astype("float64"),
        }
    )
    _add_medication(frame, random, takes, preferred)
    frame["note"] = pd.Series(["simulated"] * days, dtype="str")
    kept = random.random(days) >= missed
    kept[0] |= not kept.any()
    return frame[kept].reset_index(drop=True)


@lru_cache(maxsize=1)
def _published() -> tuple[float, NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mean interval (days); shares of the bands of duration and the bands' ends (h)."""
    timing = data.table("timing").set_index("timing_id")
    bands = timing.loc[list(ROWS[1:4])]
    low = (
        bands["band_low"].clip(lower=1.0).to_numpy(float)
    )  # a headache of less than an hour is noted as one hour
    high = bands["band_high"].fillna(timing.loc[_LONGEST, "high"]).to_numpy(float)
    return float(timing.loc[_INTERVAL, "value"]), bands["value"].to_numpy(float), low, high


def durations(number: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Draw how long ``number`` attacks last, hours, shape (number,)."""
    _, shares, low, high = _published()
    which = np.searchsorted(np.cumsum(shares) / shares.sum(), random.random(number))
    return np.asarray(np.exp(random.uniform(np.log(low)[which], np.log(high)[which])))


def _attacks(
    random: np.random.Generator, days: int, interval: float | None, cluster: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Onsets (days from the start; some lie before it) and durations (h) of attacks; few or many, as chance has it."""
    mean = interval or _published()[0]
    before = 3 + 2 * mean  # a diary begins in the middle of a life, not right after an attack
    number = int(4 * (days + before) / mean / cluster) + 20
    onsets = np.cumsum(random.gamma(cluster, mean / cluster, number)) - before
    return onsets, durations(number, random)


def _hours_a_day(onsets: NDArray[np.float64], lasting: NDArray[np.float64], days: int) -> NDArray[np.float64]:
    """Hours of headache on each day, in halves and at least one where there are any; overlaps count once."""
    halves = np.zeros(days * HOURS * 2 + 1, int)
    begin = np.clip(np.round(onsets * HOURS * 2).astype(int), 0, days * HOURS * 2)
    end = np.clip(np.round((onsets * HOURS + lasting) * 2).astype(int), 0, days * HOURS * 2)
    np.add.at(halves, begin, 1)
    np.add.at(halves, end, -1)
    present = np.cumsum(halves)[:-1] > 0
    hours = present.reshape(days, HOURS * 2).sum(axis=1) / 2
    return np.where(hours > 0, np.maximum(hours, 1.0), 0.0)


def _add_medication(frame: pd.DataFrame, random: np.random.Generator, takes: float, preferred: str) -> None:
    """Fill the columns on medication: the preferred class in attacks, an NSAID on top on bad days and against the rest."""
    days = len(frame)
    taken = frame["headache"].to_numpy() & (random.random(days) < takes)
    attack = frame["migraine"].to_numpy(bool)
    bad = taken & attack & (frame["intensity"].to_numpy() >= 8) & (preferred != "NSAID")
    base = np.where(attack, preferred, "NSAID" if preferred == "triptan" else preferred)
    classes = [
        "" if not took else f"{one};NSAID" if both else str(one)
        for took, both, one in zip(taken, bad, base, strict=True)
    ]
    frame["acute_medication"] = pd.array(taken, dtype="boolean")
    frame["medication"] = pd.Series(
        [" + ".join(MEDICINES[one] for one in words.split(";") if one) for words in classes], dtype="str"
    )
    frame["medication_class"] = pd.Series(classes, dtype="str")
    frame["doses"] = np.where(taken, 1.0 + bad, 0.0)


def _check(days: int, interval: float | None, cluster: float, preferred: str) -> None:
    if days != int(days) or days < 1:
        raise ValueError(f"days must be a whole number, 1 or more, not {days!r}")
    if interval is not None and not 0.25 <= interval <= 1000:
        raise ValueError(f"interval must be 0.25 to 1000 days, not {interval}")
    if not 0.05 <= cluster <= 50:
        raise ValueError(f"cluster must be 0.05 to 50, not {cluster}")
    if preferred not in MEDICINES:
        raise ValueError(f"preferred must be one of {', '.join(MEDICINES)}, not {preferred!r}")
