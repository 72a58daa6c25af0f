"""The same simulated patients under four definitions of a responder: from printed means and spreads of pain scores.

Scores are whole numbers from 0 to 10, as patients give them. Each side (before, after) is a normal variable rounded and
cut at the ends of the scale, with mean and spread chosen so that the scores have the printed mean and SD; how a person's
two scores go together is a correlation of the underlying variables (a Gaussian copula), which no source prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from migraine_lab import data

Scores = NDArray[np.int64]
HIGHEST = 10
CORRELATION = 0.3
"""Our assumption for the correlation of scores before and after; no source here prints one."""
BORROWED = ("schwenk2021", "ketamine_iv")
"""Study and arm whose SDs stand in where a source prints means without a spread."""
DEFINITIONS: Mapping[str, str] = {
    "fall_2_points": "at least 2 points lower",
    "fall_30": "at least 30 % lower",
    "fall_50": "at least 50 % lower",
    "pain_free": "pain free",
}
_NEAR = 0.005
"""How near to the printed mean and SD the simulated scores must come, in points."""


@dataclass(frozen=True)
class Pair:
    """Printed means and SDs of one arm before treatment and at a later time; rows of ``results`` they were read in.

    ``borrowed`` says that the SDs are another study's (BORROWED), because this one prints none.
    """

    study_id: str
    arm_id: str
    before_id: str
    after_id: str
    before_mean: float
    after_mean: float
    before_sd: float
    after_sd: float
    borrowed: bool = False


@lru_cache(maxsize=1)
def parameters() -> tuple[Pair, ...]:
    """Return every pair of printed mean scores (0 to 10) of a ketamine arm, before and later, from the table results."""
    rows = data.table("results")
    rows = rows[(rows["outcome_id"] == "ketamine_pain_score") & rows["unit"].isin(["NRS 0-10", "VAS 0-10"])]
    arms = data.table("arms")
    drug = arms[arms["treatment_id"] == "ketamine"].set_index(["study_id", "arm_id"]).index
    rows = rows[[place in drug for place in zip(rows["study_id"], rows["arm_id"], strict=True)]]
    starts = rows[rows["time_value"] == 0].set_index(["study_id", "arm_id"])
    ends = [
        row
        for row in rows[rows["time_value"] != 0].to_dict("records")
        if (row["study_id"], row["arm_id"]) in starts.index
    ]
    start_sd = float(starts.at[BORROWED, "spread"])
    end_sd = next(
        row["spread"]
        for row in ends
        if (row["study_id"], row["arm_id"]) == BORROWED and np.isnan(row["time_value"])
    )
    pairs = []
    for row in ends:
        start = starts.loc[(row["study_id"], row["arm_id"])]
        printed = "SD" == row["spread_kind"] == start["spread_kind"]
        spreads = (start["spread"], row["spread"]) if printed else (start_sd, end_sd)
        pairs.append(Pair(
            row["study_id"], row["arm_id"], start["result_id"], row["result_id"], float(start["value"]), float(row["value"]),
            float(spreads[0]), float(spreads[1]), not printed,
        ))  # fmt: skip
    return tuple(pairs)


def simulate(
    before: tuple[float, float],
    after: tuple[float, float],
    correlation: float = CORRELATION,
    patients: int = 1000,
    seed: int = 1,
) -> tuple[Scores, Scores]:
    """Draw whole scores 0 to 10 of ``patients`` people before and after; each argument is (mean, SD) as printed.

    Raises ``ValueError`` for means off the scale, spreads that scores from 0 to 10 cannot have, a correlation outside
    -1 to 1, or fewer than one patient.
    """
    if not -1 <= correlation <= 1:
        raise ValueError(f"correlation: {correlation:g} lies outside -1 to 1")
    if patients < 1:
        raise ValueError(f"patients: {patients} is fewer than one")
    sides = [latent(*side) for side in (before, after)]
    first, own = np.random.default_rng(seed).standard_normal((2, patients))
    second = correlation * first + np.sqrt(1 - correlation**2) * own
    one, two = (_scored(mean + sd * drawn) for (mean, sd), drawn in zip(sides, (first, second), strict=True))
    return one, two


@lru_cache(maxsize=256)
def latent(mean: float, sd: float) -> tuple[float, float]:
    """Return mean and SD of the normal variable whose rounded, cut scores have this mean and SD (Newton's method)."""
    if not 0 <= mean <= HIGHEST:
        raise ValueError(f"mean: {mean:g} lies outside 0 to {HIGHEST}")
    if not 0 <= sd <= np.sqrt(mean * (HIGHEST - mean)):
        raise ValueError(f"sd: scores from 0 to {HIGHEST} with mean {mean:g} cannot have SD {sd:g}")
    goal, step = np.array([mean, sd]), 1e-5
    guess = np.array([mean, np.log(max(sd, 0.3))])
    for _ in range(60):
        here = np.array(_moments(*guess)) - goal
        if np.abs(here).max() < _NEAR / 10:
            break
        slopes = np.column_stack(
            [(np.array(_moments(*(guess + move))) - goal - here) / step for move in np.eye(2) * step]
        )
        move = np.linalg.lstsq(slopes, -here, rcond=None)[0]
        guess = guess + np.clip(move, -1, 1)
    if np.abs(np.array(_moments(*guess)) - goal).max() > _NEAR:
        raise ValueError(f"sd: rounded scores with mean {mean:g} and SD {sd:g} were not found")
    return float(guess[0]), float(np.exp(guess[1]))


def responds(before: Scores, after: Scores, definition: str) -> NDArray[np.bool_]:
    """Return who counts as a responder under one of DEFINITIONS; arrays of one shape. Raises ``ValueError`` for others.

    Whoever had no pain before cannot respond.
    """
    if definition not in DEFINITIONS:
        raise ValueError(f"definition: there is no {definition!r}; there are {', '.join(DEFINITIONS)}")
    fall, pain = before - after, before > 0
    if definition == "fall_2_points":
        return fall >= 2
    if definition == "pain_free":
        return pain & (after == 0)
    # in tenths of the start, so that no rounding decides who is at the border
    return pain & (10 * fall >= (3 if definition == "fall_30" else 5) * before)


def _moments(mean: float, log_sd: float) -> tuple[float, float]:
    """Mean and SD of the scores that come of a normal variable."""
    from scipy.special import ndtr  # scipy would delay the first picture of a lesson

    points = np.arange(HIGHEST + 1)
    ends = ndtr((points[:-1] + 0.5 - mean) / np.exp(log_sd))
    chance = np.diff(np.concatenate([[0.0], ends, [1.0]]))
    average = float(chance @ points)
    return average, float(np.sqrt(chance @ (points - average) ** 2))


def _scored(drawn: NDArray[np.float64]) -> Scores:
    return np.clip(np.floor(drawn + 0.5), 0, HIGHEST).astype(np.int64)
