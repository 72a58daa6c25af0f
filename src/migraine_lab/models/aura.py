"""Aura as a front that crosses the visual cortex at constant speed, and its image in the visual field.

The map is the complex logarithm w = A ln((z + E2) / E2), with z = E exp(i angle): on the horizontal meridian its
magnification is the published M(E) = A / (E + E2) in mm a degree, and the eccentricity of a front that started at E0 is
E(t) = (E0 + E2) exp(v t / A) - E2 (Grusser 1995). All constants come from the table ``spreading_depression``.

The wave itself (threshold model, FitzHugh-Nagumo strip) lives in :mod:`migraine_lab.models.spreading`.

Limits: one hemisphere laid flat, one area, one constant speed. Cortex is folded, waves stop and turn, and that patients'
aura is this wave and nothing else is not shown by any of this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from migraine_lab.models.published import Published, published
from migraine_lab.models.spreading import fhn_limit, fhn_strip, strip, threshold_speed

__all__ = [
    "EDGE", "SHAPES", "Front", "Magnification", "Parameters", "constants", "crossing_minutes", "distance", "eccentricity",
    "fhn_limit", "fhn_strip", "front", "magnification", "outline", "parameters", "strip", "threshold_speed",
    "to_cortex", "to_field",
]  # fmt: skip

Points = NDArray[np.float64]

EDGE = 60.0
"""Degrees to which the map is drawn: our choice, the outer end of the crossing that the table works out."""
SHAPES = ("ring", "straight")
"""Shapes of the front on the flat cortex: a ring about the start, or a straight line that moves outward from it."""
SOURCE = "hortonhoyt1991"
_STRIP = np.pi / 2 + 0.2
"""Half height, in units of A, of the band of the plane in which outlines are kept: a little more than the map's own."""


@dataclass(frozen=True)
class Magnification:
    """Constants of M(E) = A / (E + E2): ``a`` in mm, ``e2`` in degrees, and the rows they come from."""

    a: float
    e2: float
    source_id: str
    rows: tuple[Published, Published]


@dataclass(frozen=True)
class Parameters:
    """Everything published that the model of the aura rests on, each with its row and source.

    ``speeds`` are the published speeds (mm/min), by source; ``durations`` what is reported of real auras (min or %).
    """

    magnification: Mapping[str, Magnification]
    speeds: tuple[Published, ...]
    depolarisation: Published
    origin: Published
    crossing: Published
    growth_law: Published
    durations: Mapping[str, Published]


@lru_cache(maxsize=1)
def parameters() -> Parameters:
    """Return the published figures, read from the tables ``spreading_depression`` and ``timing``."""

    def row(row_id: str) -> Published:
        return published("spreading_depression", row_id)

    maps = {
        source: Magnification(a.value, e2.value, source, (a, e2))
        for source, a, e2 in (
            (source, row(f"{source}_{first}"), row(f"{source}_magnification_e2_m_e_a_e_e2"))
            for source, first in (
                ("hortonhoyt1991", "magnification_a_m_e_a_e_e2_mm_deg"),
                ("dougherty2003", "magnification_a_m_e_a_e_e2"),
            )
        )
    }
    speeds = (
        row("hadjikhani2001_velocity_human_aura_fmri_bold_during_visual"),
        row("dahlem2008_velocity_typical_introduction_of_a_modelling"),
        published("timing", "viana_goadsby2014_speed_of_cortical_spreading_depression"),
        row("richter2008_velocity_general_review"),
        row("klass2018_velocity_general_review"),
        row("zandt2013_velocity_general_review_in_a_modelling_paper"),
        row("woitzik2013_velocity_human_injured_intraoperative_blood"),
    )
    durations = {
        "expansion": row("hadjikhani2001_aura_expansion_time_clinical_description"),
        "median": row("viana2016_visual_aura_duration_median_prospective_diary_162"),
        "criterion": row("ichd3_aura_symptom_duration_criterion_diagnostic_criterion"),
        "over_1_h": published("timing", "viana2016_aura_symptom_longer_than_1_h_visual"),
    }
    return Parameters(
        MappingProxyType(maps),
        speeds,
        row("richter2008_depolarisation_duration_review"),
        row("hansen2013_aura_origin_1_person_over_1000_drawn_attacks"),
        row("hortonhoyt1991_scotoma_crossing_time_e_1_to_60_deg_at_3_mm"),
        row("grusser1995_scotoma_growth_law_visual_cortex_constant_speed"),
        MappingProxyType(durations),
    )


def constants(source: str = SOURCE) -> Magnification:
    """Return A and E2 as a source gives them. Raises ValueError naming the sources there are."""
    known = parameters().magnification
    if source not in known:
        raise ValueError(f"there is no map by {source!r}; there are maps by {', '.join(known)}")
    return known[source]


def magnification(
    eccentricity: ArrayLike, a: float | None = None, e2: float | None = None, *, source: str = SOURCE
) -> Any:
    """Return M(E) = A / (E + E2) in mm of cortex a degree; ``a`` and ``e2`` replace the source's constants."""
    a, e2 = _constants(a, e2, source)
    return a / (_eccentricity(eccentricity) + e2)


def distance(
    eccentricity: ArrayLike, a: float | None = None, e2: float | None = None, *, source: str = SOURCE
) -> Any:
    """Return mm of cortex from the fovea's place to ``eccentricity`` (degrees): A ln(1 + E / E2), the integral of M.

    Any shape in, the same shape out. Raises ValueError for a negative eccentricity.
    """
    a, e2 = _constants(a, e2, source)
    return a * np.log1p(_eccentricity(eccentricity) / e2)


def eccentricity(
    minutes: ArrayLike, speed: float, start: float = 0.0, a: float | None = None, e2: float | None = None,
    *, source: str = SOURCE,
) -> Any:  # fmt: skip
    """Return degrees reached after ``minutes`` at ``speed`` (mm/min) from ``start``: (E0 + E2) exp(v t / A) - E2.

    Along the horizontal meridian, and not stopped at the map's edge. Raises ValueError for negative minutes or start
    and for a speed that is not above 0.
    """
    a, e2 = _constants(a, e2, source)
    time = np.asarray(minutes, float)
    _demand(np.isfinite(time) & (time >= 0), time, "minutes must be 0 or more")
    return (_eccentricity(start) + e2) * np.exp(_speed(speed) * time / a) - e2


def crossing_minutes(
    e0: float,
    e1: float,
    speed: float,
    a: float | None = None,
    e2: float | None = None,
    *,
    source: str = SOURCE,
) -> float:
    """Return minutes from ``e0`` to ``e1`` degrees at ``speed`` mm/min: (A / v) ln((E1 + E2) / (E0 + E2)).

    Raises ValueError where ``e1`` lies inside ``e0``, an eccentricity is negative or the speed not above 0.
    """
    a, e2 = _constants(a, e2, source)
    first, last = float(_eccentricity(e0)), float(_eccentricity(e1))
    if last < first:
        raise ValueError(
            f"the crossing ends at {e1:g} degrees, inside its start at {e0:g}; give the outer end last"
        )
    return float(a / _speed(speed) * np.log((last + e2) / (first + e2)))


def to_cortex(
    eccentricity: ArrayLike, angle: ArrayLike, a: float | None = None, e2: float | None = None, *, source: str = SOURCE
) -> tuple[Points, Points]:  # fmt: skip
    """Return (x, y) in mm on the flat map of a hemifield: x outward from the fovea's place, y with the angle.

    ``angle`` is in degrees from the horizontal meridian, 90 straight up, -90 straight down. The two broadcast. Raises
    ValueError for an angle of the other half of the field (beyond 90) or a negative eccentricity.
    """
    a, e2 = _constants(a, e2, source)
    turn = np.asarray(angle, float)
    _demand(np.abs(turn) <= 90, turn, "an angle lies between -90 and 90 degrees, in one half of the field")
    place = a * np.log1p(_eccentricity(eccentricity) * np.exp(1j * np.radians(turn)) / e2)
    return place.real, place.imag


def to_field(
    x: ArrayLike, y: ArrayLike, a: float | None = None, e2: float | None = None, *, source: str = SOURCE
) -> tuple[Points, Points]:
    """Return (eccentricity, angle) in degrees of places on the flat map (mm): the inverse of :func:`to_cortex`.

    Places off the map get angles beyond 90 degrees.
    """
    a, e2 = _constants(a, e2, source)
    field = e2 * np.expm1((np.asarray(x, float) + 1j * np.asarray(y, float)) / a)
    return np.abs(field), np.degrees(np.angle(field))


@dataclass(frozen=True)
class Front:
    """The front at one moment, in both spaces; curves are arrays of points (n, 2).

    ``cortex`` (mm) and ``field`` (degrees right of and above fixation, for the right half) are the front, NaN where it
    lies off the map. ``affected`` and ``recovered`` are closed outlines on the cortex: what the front has reached, and
    what of that is past its depolarisation (no points while nothing is); between them lies the band that is depolarised now.
    ``affected_field`` and ``recovered_field`` are their images. Outlines run a little beyond the map: clip to
    :func:`outline`. ``travelled`` is in mm, ``reached`` in degrees along the horizontal meridian.
    """

    travelled: float
    reached: float
    cortex: Points
    field: Points
    affected: Points
    affected_field: Points
    recovered: Points
    recovered_field: Points


def front(
    minutes: float, speed: float, origin: tuple[float, float] = (1.0, 0.0), width: float | None = None,
    shape: str = "ring", a: float | None = None, e2: float | None = None, *, source: str = SOURCE,
) -> Front:  # fmt: skip
    """Return the front ``minutes`` after it started at ``origin`` (eccentricity, angle in degrees).

    ``width`` (mm) is how far behind the front the cortex is still depolarised: by default the speed times the longest
    published depolarisation. Raises ValueError for impossible minutes, speed, origin, width or an unknown shape.
    """
    a, e2 = _constants(a, e2, source)
    if shape not in SHAPES:
        raise ValueError(f"a front is {' or '.join(SHAPES)}, not {shape!r}")
    reached = float(eccentricity(minutes, speed, origin[0], a, e2))
    x, y = (float(one) for one in to_cortex(*origin, a, e2))
    travelled = float(speed) * float(minutes)
    width = float(speed) * parameters().depolarisation.high / 60 if width is None else float(width)
    if not width > 0:
        raise ValueError(f"the band behind the front must be wider than 0 mm, not {width:g}")
    limit = a * _STRIP
    if shape == "ring":
        turn = np.linspace(-np.pi, np.pi, 1441)
        rim = np.column_stack([np.cos(turn), np.sin(turn)])
        edge = np.array([x, y]) + travelled * rim
        affected = _within(edge, limit)
        inner = max(travelled - width, 0.0)
        recovered = _within(np.array([x, y]) + inner * rim, limit) if inner else np.empty((0, 2))
    else:
        edge = np.column_stack([np.full(721, x + travelled), np.linspace(-limit, limit, 721)])
        affected = _box(x, x + travelled, edge[:, 1])
        inner = max(travelled - width, 0.0)
        recovered = _box(x, x + inner, edge[:, 1]) if inner else np.empty((0, 2))
    far, angle = to_field(edge[:, 0], edge[:, 1], a, e2)
    off = (far > EDGE) | (np.abs(angle) > 90) | (np.abs(edge[:, 1]) > limit)
    field = _cartesian(edge, a, e2)
    edge[off], field[off] = np.nan, np.nan
    return Front(
        travelled, reached, edge, field,
        affected, _cartesian(affected, a, e2), recovered, _cartesian(recovered, a, e2),
    )  # fmt: skip


def outline(
    edge: float = EDGE, a: float | None = None, e2: float | None = None, *, source: str = SOURCE
) -> Points:
    """Return the closed outline (n, 2) in mm of the map of one hemifield out to ``edge`` degrees."""
    a, e2 = _constants(a, e2, source)
    along, around = np.linspace(0, 1, 121), np.linspace(90, -90, 181)
    outward = edge * along**3  # close steps near the fovea, where the map is largest
    x, y = to_cortex(
        np.concatenate([outward, np.full(181, edge), outward[::-1]]),
        np.concatenate([np.full(121, 90.0), around, np.full(121, -90.0)]), a, e2,
    )  # fmt: skip
    return np.column_stack([x, y])


def _within(points: Points, limit: float) -> Points:
    """Keep a convex outline within the band |y| <= limit, where the map to the field is one to one."""
    return np.column_stack([points[:, 0], np.clip(points[:, 1], -limit, limit)])


def _box(left: float, right: float, heights: Points) -> Points:
    """Closed outline of a rectangle, with close points along its upright sides, which are bent in the field."""
    up = np.column_stack([np.full(len(heights), right), heights])
    down = np.column_stack([np.full(len(heights), left), heights[::-1]])
    return np.concatenate([up, down, up[:1]])


def _cartesian(points: Points, a: float, e2: float) -> Points:
    far, angle = to_field(points[:, 0], points[:, 1], a, e2)
    return np.column_stack([far * np.cos(np.radians(angle)), far * np.sin(np.radians(angle))])


def _constants(a: float | None, e2: float | None, source: str) -> tuple[float, float]:
    given = constants(source)
    a, e2 = given.a if a is None else float(a), given.e2 if e2 is None else float(e2)
    for name, value in (("A", a), ("E2", e2)):
        if not (np.isfinite(value) and value > 0):
            raise ValueError(f"{name} of the map must be above 0, not {value:g}")
    return a, e2


def _eccentricity(degrees: ArrayLike) -> Points:
    far = np.asarray(degrees, float)
    _demand(
        np.isfinite(far) & (far >= 0), far, "an eccentricity is 0 degrees or more from the centre of sight"
    )
    return far


def _speed(speed: float) -> float:
    if not (np.isfinite(speed) and speed > 0):
        raise ValueError(
            f"the speed must be above 0 mm/min, not {speed:g}: a front that stands still never arrives"
        )
    return float(speed)


def _demand(holds: Any, given: Points, rule: str) -> None:
    """Raise ValueError with the rule and the first value that breaks it."""
    if not np.all(holds):
        raise ValueError(f"{rule}, not {np.ravel(given[~np.asarray(holds)])[0]:g}")
