"""Random migraine attacks from published distributions: prodrome, aura, headache and postdrome in hours from pain onset.

What is published are shares, bands and medians (``parameters()``; each with its source). What lies between them is our
choice and stands here:

- A duration inside a band is drawn evenly where the band starts at zero, and evenly on a log scale elsewhere.
- Bands whose shares do not add up to 100 are brought to 100 (people without the phase are left out of them).
- The prodrome ends when aura or headache begins, whichever is first (ICHD-3 has it before the aura); the duration in
  the band is its own. The postdrome begins when the headache ends.
- Aura durations are log-normal through the printed median and the printed share over an hour. Such a curve has far fewer
  auras beyond four hours than the 5 % of symptoms that Viana 2017 prints.
- Headache "during" an aura starts anywhere in it; "after" it, by the free intervals that Queiroz 1997 prints, at most
  60 minutes (ICHD-3); an aura after the start of the headache begins within 60 minutes of it as well.
- Time to the worst pain is log-normal through the printed median with a factor PEAK_FACTOR either way for two thirds of
  attacks, and never later than PEAK_LATEST of the headache.
- Whether a phase occurs does not depend on the other phases, except that only an attack with aura may lack the headache.

The bands and the printed means of one clinic do not fit each other (a mean prodrome of 9.4 h needs leads beyond the 48 h
at which the last band is cut here): the bands are followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from migraine_lab.models.attack_figures import RELATIONS, Bands, Parameters, parameters

__all__ = [
    "PHASES",
    "Attacks",
    "Parameters",
    "draw",
    "mild_until",
    "pain",
    "parameters",
    "present",
    "share",
    "table",
]

Hours = NDArray[np.float64]

PHASES = ("prodrome", "aura", "headache", "postdrome")
PEAK_FACTOR = 2.0
PEAK_LATEST = 0.8
MILD = 1 / 3
"""Pain counts as mild while it is below this share of the attack's own worst pain: a third of a three-step scale."""
_COLUMNS = 13


@dataclass(frozen=True)
class Attacks:
    """n attacks, arrays of shape (n,): hours from the onset of the headache, nan where a phase is absent.

    An attack without headache has hour 0 where its aura ends. ``relation`` is one of RELATIONS, "no headache" or ""
    (no aura).
    """

    prodrome_start: Hours
    prodrome_end: Hours
    aura_start: Hours
    aura_end: Hours
    headache_start: Hours
    headache_peak: Hours
    headache_end: Hours
    postdrome_start: Hours
    postdrome_end: Hours
    relation: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.relation)

    def span(self, phase: str) -> tuple[Hours, Hours]:
        """Return start and end of a phase, arrays of shape (n,)."""
        if phase not in PHASES:
            raise ValueError(f"there is no phase {phase!r}; there are: {', '.join(PHASES)}")
        return getattr(self, f"{phase}_start"), getattr(self, f"{phase}_end")


def draw(n: int, seed: int, parameters: Parameters | None = None) -> Attacks:
    """Draw n attacks. The first attacks of a seed are the same however many are drawn.

    parameters: from ``parameters(...)``, its defaults where None. Raises ValueError for n below 1, a negative seed or
    figures that allow no attack (a share outside 0..100, bands without any share, a median of zero).
    """
    chosen = parameters if parameters is not None else _defaults()
    _checked_whole(n, "n", 1)
    _checked_whole(seed, "seed", 0)
    _checked(chosen)
    even = np.random.default_rng([seed, 0]).random((n, _COLUMNS)).T
    normal = np.random.default_rng([seed, 1]).standard_normal((n, 2)).T

    aura = _aura_hours(chosen, normal[0])
    aura[even[0] >= chosen.aura_share.value / 100] = np.nan
    with_aura = np.isfinite(aura)
    pain = _in_bands(chosen.headache_bands, even[1], even[2])
    pain[with_aura & (even[3] >= chosen.headache_with_aura.value / 100)] = np.nan
    relation = np.where(with_aura, _relations(chosen, even[4]), "")
    relation[with_aura & np.isnan(pain)] = "no headache"
    aura_start = _aura_start(chosen, relation, aura, pain, even[5], even[6])

    onset = np.where(np.isnan(pain), np.nan, 0.0)
    peak = chosen.headache_peak_median.value * PEAK_FACTOR ** normal[1]
    first = np.fmin(0.0, aura_start)
    lead = _in_bands(chosen.prodrome_bands, even[7], even[8])
    lead[even[9] >= chosen.prodrome_share.value / 100] = np.nan
    after = _in_bands(chosen.postdrome_bands, even[10], even[11])
    after[even[12] >= chosen.postdrome_share.value / 100] = np.nan
    over = np.where(np.isnan(pain), 0.0, pain)
    return Attacks(
        prodrome_start=first - lead,
        prodrome_end=np.where(np.isnan(lead), np.nan, first),
        aura_start=aura_start,
        aura_end=aura_start + aura,
        headache_start=onset,
        headache_peak=np.minimum(peak, PEAK_LATEST * pain),
        headache_end=pain,
        postdrome_start=np.where(np.isnan(after), np.nan, over),
        postdrome_end=over + after,
        relation=relation,
    )


def table(attacks: Attacks) -> pd.DataFrame:
    """Return one row an attack and phase: attack (from 1), phase, present, start_h, end_h, duration_h, peak_h, relation."""
    n = len(attacks)
    frames = []
    for phase in PHASES:
        start, end = attacks.span(phase)
        frames.append(
            pd.DataFrame(
                {
                    "attack": np.arange(1, n + 1),
                    "phase": phase,
                    "present": np.isfinite(start),
                    "start_h": start,
                    "end_h": end,
                    "duration_h": end - start,
                    "peak_h": attacks.headache_peak if phase == "headache" else np.nan,
                    "relation": attacks.relation if phase == "aura" else "",
                }
            )
        )
    return pd.concat(frames).sort_values("attack", kind="stable").reset_index(drop=True)


def present(attacks: Attacks, hours: ArrayLike) -> dict[str, NDArray[np.bool_]]:
    """Return for each phase which attacks are in it at ``hours``: arrays of shape (n, *hours.shape).

    A phase lasts from its start up to, not including, its end. "interictal" is in none of the four; the phases may
    overlap, so their shares may add up to more than the whole. Raises ValueError for hours that are no finite numbers.
    """
    when = _checked_hours(hours)
    shape = (len(attacks), *(1,) * when.ndim)
    found = {}
    for phase in PHASES:
        start, end = (side.reshape(shape) for side in attacks.span(phase))
        found[phase] = (start <= when) & (when < end)
    found["interictal"] = ~np.logical_or.reduce(list(found.values()))
    return found


def share(attacks: Attacks, hours: ArrayLike) -> dict[str, Any]:
    """Return for each phase the share (0..1) of the attacks that are in it at ``hours``: floats or arrays like hours."""
    return {phase: inside.mean(axis=0) for phase, inside in present(attacks, hours).items()}


def pain(attacks: Attacks, hours: ArrayLike) -> Hours:
    """Return pain at ``hours`` as a share (0..1) of each attack's own worst: array of shape (n, *hours.shape).

    A shape that is drawn, not measured: half a sine wave's square up to the peak, and down again to the end. 0 outside
    the headache. Raises ValueError for hours that are no finite numbers.
    """
    when = _checked_hours(hours)
    shape = (len(attacks), *(1,) * when.ndim)
    peak, end = attacks.headache_peak.reshape(shape), attacks.headache_end.reshape(shape)
    up = np.clip(when / peak, 0, 1)
    down = np.clip((end - when) / (end - peak), 0, 1)
    return np.nan_to_num(np.sin(np.pi / 2 * np.minimum(up, down)) ** 2)


def mild_until(attacks: Attacks) -> Hours:
    """Return the hour at which each attack's pain, as drawn, stops being mild on its way up; nan without headache."""
    return np.asarray(attacks.headache_peak * 2 / np.pi * np.arcsin(np.sqrt(MILD)))


# -- inside ------------------------------------------------------------------------------------------------------------
def _defaults() -> Parameters:
    return parameters()


def _in_bands(bands: Bands, choose: Hours, place: Hours) -> Hours:
    """Hours from bands: ``choose`` picks the band by its share, ``place`` the place in it (both 0..1)."""
    shares = np.cumsum([band.value for band in bands])
    index = np.searchsorted(shares / shares[-1], choose, side="right")
    low = np.array([band.low for band in bands])[index]
    high = np.array([band.high for band in bands])[index]
    from_zero = low == 0
    start = np.where(from_zero, 1.0, low)
    return np.where(from_zero, high * place, start * (high / start) ** place)


def _aura_hours(chosen: Parameters, normal: Hours) -> Hours:
    """Log-normal durations in hours with the printed median (minutes) and the printed share over an hour."""
    median = chosen.aura_median.value / 60
    beyond = NormalDist().inv_cdf(1 - chosen.aura_over_an_hour.value / 100)
    return np.asarray(median * (1 / median) ** (normal / beyond))


def _relations(chosen: Parameters, choose: Hours) -> NDArray[Any]:
    shares = np.cumsum([one.value for one in chosen.aura_relations])
    index = np.searchsorted(shares / shares[-1], choose, side="right")
    return np.array([*RELATIONS, "no headache"])[index]


def _aura_start(
    chosen: Parameters, relation: NDArray[Any], aura: Hours, pain: Hours, place: Hours, gap: Hours
) -> Hours:
    longest = chosen.aura_gap_longest.value / 60
    short = chosen.aura_gap_under_30_min.value / 100
    free = np.where(place < short, gap * longest / 2, longest / 2 * (1 + gap))
    starts = {
        "before": place * np.fmin(longest, pain),
        "with": np.zeros_like(aura),
        "during": -place * aura,
        "at the end": -aura,
        "after": -aura - free,
        "no headache": -aura,
    }
    return np.select([relation == name for name in starts], list(starts.values()), np.nan)


def _checked_whole(value: int, name: str, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {value!r}")


def _checked_hours(hours: ArrayLike) -> Hours:
    when = np.asarray(hours, dtype=float)
    if not np.isfinite(when).all():
        raise ValueError(
            "hours must be finite numbers: hours from the onset of the headache, such as -12 or 3.5"
        )
    return when


def _checked(chosen: Parameters) -> None:
    for row in chosen.table().itertuples():
        if row.unit == "%" and not 0 <= row.value <= 100:
            raise ValueError(f"{row.phase}: {row.quantity} must be a share from 0 to 100 %, not {row.value}")
        if row.unit != "%" and not row.value > 0:
            raise ValueError(f"{row.phase}: {row.quantity} must be above zero, not {row.value}")
    for name in ("prodrome_bands", "headache_bands", "postdrome_bands", "aura_relations"):
        bands = getattr(chosen, name)
        if not sum(band.value for band in bands) > 0:
            raise ValueError(f"{name} need at least one share above zero")
        if name != "aura_relations" and not all(0 <= band.low < band.high for band in bands):
            raise ValueError(f"{name} need a lower end below the upper one, in hours")
    median, beyond = chosen.aura_median.value, chosen.aura_over_an_hour.value
    if not (median < 60 and 0 < beyond < 50):
        raise ValueError(
            f"no curve has a median of {median:g} min and {beyond:g} % above 60 min; "
            "the median must be below 60 min and the share between 0 and 50 %"
        )
