"""Spreading depression on a one-dimensional strip: the potassium threshold model and a FitzHugh-Nagumo strip.

Threshold model (Zandt 2013): dc/dt = D d2c/dx2 - r c + S once c has crossed C. For a release that stays on, its front
travels at v = sqrt(D r) (1 - 2 q) / sqrt(q (1 - q)) with q = C r / S (derived in the table), if q is below 1/2.

FitzHugh-Nagumo strip (Dahlem and Isele 2013): du/dt = u - u^3/3 - v + D lap u, dv/dt = eps (u + beta); only the activator
u diffuses. The pages read lack numbers for eps and beta, so both are our choice, and time and length have no unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from migraine_lab.models.published import Published, published

Array = NDArray[np.float64]
MM_PER_MIN = 10 * 60
"""From cm/s to mm/min."""
GENOTYPES = ("wild type", "AQP4 knock-out")


@dataclass(frozen=True)
class Potassium:
    """Constants of the threshold model: D in cm2/s, r in 1/s, C in mmol/L, S in mmol/L/s, each with its row."""

    diffusion: Published
    removal: Published
    threshold: Published
    release: Published

    @property
    def numbers(self) -> dict[str, float]:
        """The four numbers by name, as :func:`threshold_speed` takes them."""
        return {name: getattr(self, name).value for name in ("diffusion", "removal", "threshold", "release")}


@lru_cache(maxsize=2)
def potassium(genotype: str = "wild type") -> Potassium:
    """Return the published mouse constants (Yao 2015). Raises ValueError for a genotype that was not measured."""
    if genotype not in GENOTYPES:
        raise ValueError(f"there are constants for {' and '.join(GENOTYPES)}, not for {genotype!r}")
    kind = "wild_type" if genotype == GENOTYPES[0] else "aqp4"
    ids = {
        "diffusion": "yao2015_k_effective_diffusion_zandt_type_threshold_model" + ("_2" if kind == "aqp4" else ""),
        "removal": f"yao2015_k_removal_rate_zandt_type_threshold_model_{kind}",
        "threshold": "yao2015_k_release_threshold_zandt_type_threshold_model_mouse",
        "release": f"yao2015_k_release_rate_zandt_type_threshold_model_{kind}",
    }  # fmt: skip
    return Potassium(**{name: published("spreading_depression", row_id) for name, row_id in ids.items()})


def ratio(removal: ArrayLike, threshold: ArrayLike, release: ArrayLike) -> Any:
    """Return q = C r / S: the threshold as a share of the level at which release and removal would balance."""
    return np.asarray(threshold, float) * np.asarray(removal, float) / np.asarray(release, float)


def threshold_speed(
    diffusion: ArrayLike | None = None, removal: ArrayLike | None = None,
    threshold: ArrayLike | None = None, release: ArrayLike | None = None,
) -> Any:  # fmt: skip
    """Return the front's speed in mm/min: sqrt(D r) (1 - 2 q) / sqrt(q (1 - q)), q = C r / S; 0 where q >= 1/2.

    D in cm2/s, r in 1/s, C in mmol/L, S in mmol/L/s; what is left out is the wild-type mouse's. Arrays broadcast. With q
    at 1/2 or more removal wins and no front travels. Raises ValueError for a constant that is not above 0.
    """
    d, r, c, s = _constants(diffusion, removal, threshold, release)
    q = ratio(r, c, s)
    moving = np.minimum(q, 0.5)
    return MM_PER_MIN * np.sqrt(d * r) * (1 - 2 * moving) / np.sqrt(moving * (1 - moving))


def knock_out_change() -> float:
    """Return by how many percent the model says the wave slows without AQP4 (negative: slower), to hold to -22 %."""
    wild, without = (float(threshold_speed(**potassium(one).numbers)) for one in GENOTYPES)
    return 100 * (without / wild - 1)


@dataclass(frozen=True)
class Strip:
    """A solved strip: ``position`` (mm), ``minutes`` and ``level`` (mmol/L; time, position) of the kept moments.

    ``arrival`` is the minute at which each place crossed the threshold (NaN: never), ``speed`` in mm/min over the strip's
    second half (0 where the front never got there).
    """

    position: Array
    minutes: Array
    level: Array
    arrival: Array
    speed: float


def strip(
    diffusion: float | None = None, removal: float | None = None,
    threshold: float | None = None, release: float | None = None, *, frames: int = 25,
) -> Strip:  # fmt: skip
    """Solve the threshold model on a strip, released at its left end, by explicit finite differences.

    Solved in units of sqrt(D/r), 1/r and C, on a grid of twelve points a decay length of the front's foot. Arguments as in
    :func:`threshold_speed`; with q from 1/2 on the front dies out. The speed is within 5 % of the formula for q up to 0.4;
    nearer 1/2 the strip is too short for the front to forget its start. Raises ValueError for a constant not above 0.
    """
    d, r, c, s = (float(one) for one in _constants(diffusion, removal, threshold, release))
    source = s / (c * r)
    velocity = float(threshold_speed(d, r, c, s)) / MM_PER_MIN / np.sqrt(d * r)
    foot = 2 / (velocity + np.sqrt(velocity**2 + 4))
    step = foot / 12
    length = 16 * foot + 2  # long enough for the start to be forgotten
    place = np.arange(0, length, step)
    pace = 0.4 * step**2
    steps = int(1.3 * length / max(velocity, 0.15) / pace)
    level = np.where(place < 4 * foot, min(source, 2.0), 0.0)
    arrival = np.where(level > 1, 0.0, np.nan)
    on = np.where(level > 1, source, 0.0)
    keep = set(np.linspace(0, steps, frames).astype(int).tolist())
    kept: list[tuple[float, Array]] = [(0.0, level.copy())]
    bend = np.empty_like(level)
    for turn in range(1, steps + 1):
        bend[1:-1] = level[2:] - 2 * level[1:-1] + level[:-2]
        bend[0], bend[-1] = (
            2 * (level[1] - level[0]),
            2 * (level[-2] - level[-1]),
        )  # nothing leaves at the ends
        before = level
        level = level + pace * (bend / step**2 - level + on)
        fresh = np.flatnonzero((level > 1) & (on == 0))
        if len(fresh):
            arrival[fresh] = pace * (turn - 1 + (1 - before[fresh]) / (level[fresh] - before[fresh]))
            on[fresh] = source
        if turn in keep:
            kept.append((turn * pace, level.copy()))
    mm, minutes = 10 * np.sqrt(d / r), 1 / (60 * r)
    half = (place > 0.5 * length) & (place < 0.95 * length)
    reached = bool(np.isfinite(arrival[half]).all())
    speed = np.polyfit(arrival[half], place[half], 1)[0] * mm / minutes if reached else 0.0
    return Strip(
        place * mm, np.array([time for time, _ in kept]) * minutes, c * np.array([one for _, one in kept]),
        arrival * minutes, float(speed),
    )  # fmt: skip


def _constants(*given: ArrayLike | None) -> list[Array]:
    usual = potassium().numbers
    out = []
    for (name, known), one in zip(usual.items(), given, strict=True):
        value = np.asarray(known if one is None else one, float)
        fits = np.isfinite(value) & (value > 0)
        if not fits.all():
            raise ValueError(f"{name} must be above 0, not {np.ravel(value[~fits])[0]:g}")
        out.append(value)
    return out


# -- FitzHugh-Nagumo ---------------------------------------------------------------------------------------------------
EPS = 0.06
"""Pace of recovery against excitation: our choice (see above)."""
PLACES, GAP, PACE, TURNS, KEEP = 120, 0.8, 0.2, 750, 6
"""Places on the strip, their distance, time step, number of steps, and which of them are kept: our choice."""
FRONT = 0.0
"""The activator's level that counts as excited: midway between rest (about -1) and the top of the wave (about 2)."""


@dataclass(frozen=True)
class FhnStrip:
    """A wave on a strip: ``u`` (time, position), ``position`` (0 to 1 of the strip), ``time`` and ``excitability``.

    ``stopped_at`` is the place (0 to 1) beyond which nothing was ever excited, None where the wave got to the end.
    """

    u: Array
    position: Array
    time: Array
    excitability: Array
    stopped_at: float | None


def fhn_strip(excitability: ArrayLike, eps: float = EPS) -> FhnStrip:
    """Start a wave at the left end of a strip and follow it. Deterministic; about 30 ms, kept for repeated calls.

    ``excitability`` is 1 / beta: near 1 tissue all but fires by itself, smaller is harder to excite. One number is a
    uniform strip, two a straight change from the left end to the right, more are spread evenly along the strip. Raises
    ValueError for values not between 0 and 1.
    """
    given = np.atleast_1d(np.asarray(excitability, float))
    if given.ndim != 1 or not (np.isfinite(given).all() and (given > 0).all() and (given < 1).all()):
        raise ValueError(
            f"excitability lies between 0 and 1 (at 1 tissue fires by itself), not {given.tolist()[:5]}"
        )
    if not 0 < eps < 1:
        raise ValueError(f"eps, the pace of recovery, lies between 0 and 1, not {eps:g}")
    return _fhn_strip(tuple(given.tolist()), float(eps))


@lru_cache(maxsize=128)
def _fhn_strip(given: tuple[float, ...], eps: float) -> FhnStrip:
    position = np.linspace(0, 1, PLACES)
    profile: Array = np.interp(position, np.linspace(0, 1, len(given)) if len(given) > 1 else [0.0], given)
    kept, highest = _solve(profile[None], eps)
    excited = np.flatnonzero(highest[0] > FRONT)
    stopped = None if highest[0, -1] > FRONT else float(position[excited[-1]]) if len(excited) else 0.0
    time: Array = PACE * KEEP * np.arange(len(kept), dtype=float)
    return FhnStrip(kept[:, 0], position, time, profile, stopped)


@lru_cache(maxsize=4)
def fhn_limit(eps: float = EPS) -> float:
    """Return the lowest whole percent of excitability (as a share) at which a wave still crosses a uniform strip."""
    percent = np.arange(50, 100)
    _, highest = _solve(np.repeat(percent[:, None] / 100, PLACES, axis=1), eps)
    return float(percent[highest[:, -1] > FRONT].min() / 100)


def _solve(excitability: Array, eps: float) -> tuple[Array, Array]:
    """Solve strips side by side, shape (strips, places): u at the kept times (time, strips, places) and its maximum."""
    beta = 1 / excitability
    u = -beta
    v = u - u**3 / 3
    u = u.copy()
    u[:, : PLACES // 16] = 1.5
    kept, highest = [u.copy()], np.full(u.shape, -np.inf)
    spread = PACE / GAP**2
    padded = np.empty((u.shape[0], u.shape[1] + 2))
    for turn in range(1, TURNS + 1):
        padded[:, 1:-1], padded[:, 0], padded[:, -1] = u, u[:, 0], u[:, -1]
        lap = padded[:, 2:] - 2 * u + padded[:, :-2]
        v += PACE * eps * (u + beta)
        u += PACE * (u - u * u * u / 3 - v) + spread * lap
        if turn % KEEP == 0:
            kept.append(u.copy())
            np.maximum(highest, u, out=highest)
    return np.array(kept), highest
