"""Ketamine in blood: linear compartment models, stepped exactly, for a vein, the nose and the mouth.

Two published fits are at hand, and they answer different questions:

* ``esketamine`` (perezruixo2021): three compartments and a liver, one fit for intravenous, nasal and oral use. Fitted
  mainly to venous samples, so the first minutes after a rapid injection look low beside arterial ones.
* ``ketamine`` (domino1984): three compartments scaled by body weight, racemic drug into a vein only.

Every constant comes from the table ``kinetics``. The metabolite is left out: the model as coded exceeds the published
exposure to norketamine by about 1.4 (said in that table). Units: hours, mg, L; concentrations in ng/mL.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from migraine_lab import data

Array = NDArray[np.float64]

ESKETAMINE, KETAMINE = "perezruixo2021", "domino1984"
ROUTES = {"esketamine": ("iv", "intranasal", "oral"), "ketamine": ("iv",)}
DEVICE_MG = 28.0
"""Dose of one nasal device, mg (note of the row FRn). Parts of a device are taken between whole ones."""
LIMITS = {"dose_mg": (0.0, 1000.0), "weight_kg": (30.0, 200.0), "infusion_min": (0.0, 7 * 24 * 60.0)}
"""What is taken for possible input; beyond it, a slip of the hand is likelier than a wish."""
NG_PER_ML = 1000.0
"""mg/L to ng/mL."""


@dataclass(frozen=True)
class Model:
    """Amounts that flow: ``d amounts / dt = flow @ amounts + input``.

    ``flow`` (1/h) is square over ``names``; the last two names are "gone" (mg that left the body) and "area" (mg h/L
    below the plasma curve). ``volume`` (L) is that of the first compartment, which is sampled.
    """

    names: tuple[str, ...]
    flow: Array
    volume: float
    source_id: str

    @cached_property
    def modes(self) -> tuple[Array, Array, Array]:
        """Eigenvalues, eigenvectors and their inverse of the flow: each mode decays by itself."""
        values, vectors = np.linalg.eig(self.flow)
        return values.real, vectors.real, np.linalg.inv(vectors).real


@dataclass(frozen=True)
class Curve:
    """Concentration over time after one administration.

    hours, concentration (ng/mL), area (ng h/mL from 0 on) and given (mg that entered so far) have shape (times,);
    amounts (mg) has shape (compartments, times), the last row being what left the body.
    """

    hours: Array
    concentration: Array
    area: Array
    given: Array
    amounts: Array

    @property
    def peak(self) -> float:
        """Highest concentration on the grid, ng/mL."""
        return float(self.concentration.max())

    @property
    def time_to_peak(self) -> float:
        """Hour of the highest concentration on the grid."""
        return float(self.hours[int(self.concentration.argmax())])


@lru_cache(maxsize=8)
def constants(source_id: str, *, drug: str | None = None) -> dict[str, float]:
    """Return parameter -> value of one published fit; rows with the same parameter for another route keep the first."""
    rows = data.table("kinetics").query("source_id == @source_id")
    if drug is not None:
        rows = rows[rows["drug"] == drug]
    rows = rows.drop_duplicates("parameter")
    return dict(zip(rows["parameter"], rows["value"].astype(float), strict=True))


@lru_cache(maxsize=256)
def model(drug: str, weight_kg: float = 70.0) -> Model:
    """Return the compartment model of a drug; only racemic ketamine's is scaled by body weight."""
    if drug not in ROUTES:
        raise ValueError(f"There is no model of {drug!r}; there are: {', '.join(ROUTES)}.")
    return _esketamine() if drug == "esketamine" else _ketamine(weight_kg)


def curve(
    drug: str,
    route: str,
    dose_mg: float,
    hours: Array,
    *,
    weight_kg: float = 70.0,
    infusion_min: float = 0.0,
) -> Curve:
    """Return the curve after ``dose_mg`` at hour 0 by ``route``, at any ``hours`` >= 0 (shape (times,)).

    ``infusion_min`` belongs to the vein: 0 is a bolus. Raises ValueError naming the input that cannot be.
    """
    _refuse(drug, route, dose_mg, weight_kg, infusion_min)
    times = np.asarray(hours, dtype=float)
    if times.ndim != 1 or not len(times) or not (times >= 0).all():
        raise ValueError("Hours must be a list of times from 0 on.")
    compartments = model(drug, float(weight_kg) if drug == "ketamine" else 70.0)
    at = compartments.names.index
    amounts, given = np.zeros((len(compartments.names), len(times))), np.zeros(len(times))
    for share, name, duration in _entries(drug, route, dose_mg, infusion_min / 60):
        amounts += share * _response(compartments, at(name), duration, times)
        given += share * (np.ones_like(times) if duration == 0 else np.clip(times / duration, 0, 1))
    area = amounts[at("area")] * NG_PER_ML
    return Curve(
        hours=times,
        concentration=NG_PER_ML * amounts[0] / compartments.volume,
        area=area,
        given=given,
        amounts=np.delete(amounts, at("area"), axis=0),
    )


@lru_cache(maxsize=512)
def bioavailability(drug: str, route: str, dose_mg: float = DEVICE_MG) -> float:
    """Return the share (0-1) of a dose that ever reaches plasma, by the model: its area over that of the same dose in a vein."""
    after = np.array([10_000.0])  # hours; nothing is left by then
    by_route, by_vein = (curve(drug, one, dose_mg, after).area[0] for one in (route, "iv"))
    return float(by_route / by_vein)


def _refuse(drug: str, route: str, dose_mg: float, weight_kg: float, infusion_min: float) -> None:
    if drug not in ROUTES:
        raise ValueError(f"There is no model of {drug!r}; there are: {', '.join(ROUTES)}.")
    if route not in ROUTES[drug]:
        raise ValueError(f"The model of {drug} knows {', '.join(ROUTES[drug])}; {route!r} is not among them.")
    given = {"dose_mg": dose_mg, "weight_kg": weight_kg, "infusion_min": infusion_min}
    words = {
        "dose_mg": ("A dose", "mg"),
        "weight_kg": ("A weight", "kg"),
        "infusion_min": ("An infusion", "minutes"),
    }
    for name, value in given.items():
        low, high = LIMITS[name]
        what, unit = words[name]
        if not (low <= value <= high) or (name == "dose_mg" and value == 0):
            least = "above" if name == "dose_mg" else "at least"
            raise ValueError(
                f"{what} of {value:g} {unit} cannot be: it must be {least} {low:g} and at most {high:g} {unit}."
            )
    if infusion_min and route != "iv":
        raise ValueError(
            "Only a dose into a vein can be an infusion; set its length to 0 for the nose or the mouth."
        )


def _entries(drug: str, route: str, dose: float, infusion: float) -> list[tuple[float, str, float]]:
    """(mg, compartment, hours over which it enters evenly) of each part of a dose."""
    if route == "iv":
        return [(dose, "plasma", infusion)]
    fit = constants(ESKETAMINE, drug="S-ketamine")
    gut = fit["F_gut"] / 100
    if route == "oral":
        swallowed = dose
        return [(swallowed * gut, "gut after swallowing a drink", fit["D_oral"]),
                (swallowed * (1 - gut), "gone", fit["D_oral"])]  # fmt: skip
    devices = max(1.0, dose / DEVICE_MG)
    nose = fit["FRn"] / 100 * (1 + (devices - 1) * fit["FRn_dose_factor"]) / devices
    swallowed = (1 - nose) * dose
    return [
        (nose * dose, "nose", 0.0),
        (swallowed * gut, "gut after the nose", fit["D_swallowed"]),
        (swallowed * (1 - gut), "gone", fit["D_swallowed"]),
    ]


def _response(compartments: Model, into: int, duration: float, times: Array) -> Array:
    """Amounts (compartments, times) after 1 mg into one compartment, at once or evenly over ``duration`` hours.

    Exact: the flow's modes decay independently, so an even input is an integral of exponentials.
    """
    values, vectors, inverse = compartments.modes
    start = inverse[:, into][:, None]
    if duration == 0:
        return vectors @ (start * np.exp(values[:, None] * times))
    until = np.minimum(times, duration)
    grown = _integral(values[:, None], until) * np.exp(values[:, None] * (times - until))
    return vectors @ (start * grown) / duration


def _integral(rates: Array, hours: Array) -> Array:
    """Integral of exp(rate * t) from 0 to ``hours``; ``hours`` itself where the rate is 0."""
    safe = np.where(np.abs(rates) < 1e-12, 1.0, rates)
    return np.where(np.abs(rates) < 1e-12, hours, np.expm1(safe * hours) / safe)


def _esketamine() -> Model:
    fit = constants(ESKETAMINE, drug="S-ketamine")
    names = (
        "plasma", "shallow", "deep", "liver", "nose", "gut after the nose", "gut after swallowing a drink", "gone", "area",
    )  # fmt: skip
    return _made(
        names,
        [
            ("plasma", "shallow", fit["Q2"] / fit["V1"]),
            ("shallow", "plasma", fit["Q2"] / fit["V2"]),
            ("plasma", "deep", fit["Q3"] / fit["V1"]),
            ("deep", "plasma", fit["Q3"] / fit["V3"]),
            ("plasma", "liver", fit["Qh"] / fit["V1"]),
            ("liver", "plasma", fit["Qh"] / fit["Vh"]),
            ("liver", "gone", fit["kel"] + fit["kmet"]),
            ("nose", "plasma", fit["ka_nasal"]),
            ("gut after the nose", "liver", fit["ka_swallowed"]),
            ("gut after swallowing a drink", "liver", fit["ka_oral"]),
        ],
        fit["V1"],
        ESKETAMINE,
    )


def _ketamine(weight_kg: float) -> Model:
    fit = {
        name: 60 * value for name, value in constants(KETAMINE).items() if name.startswith("k")
    }  # per hour
    volume = constants(KETAMINE)["V1"] * weight_kg
    return _made(
        ("plasma", "shallow", "deep", "gone", "area"),
        [
            ("plasma", "gone", fit["k10"]),
            ("plasma", "shallow", fit["k12"]),
            ("shallow", "plasma", fit["k21"]),
            ("plasma", "deep", fit["k13"]),
            ("deep", "plasma", fit["k31"]),
        ],
        volume,
        KETAMINE,
    )


def _made(names: tuple[str, ...], flows: list[tuple[str, str, float]], volume: float, source: str) -> Model:
    """Build the flow matrix from (from, to, rate in 1/h); "area" grows with the plasma concentration."""
    flow = np.zeros((len(names), len(names)))
    for out, into, rate in flows:
        flow[names.index(out), names.index(out)] -= rate
        flow[names.index(into), names.index(out)] += rate
    flow[names.index("area"), 0] = 1 / volume
    return Model(names, flow, volume, source)
