"""How much of the NMDA channel is blocked: ketamine and magnesium against concentration and membrane voltage.

Ketamine: a Hill curve whose IC50 shifts with voltage as Woodhull's model says (the blocker sits at a share ``delta`` of
the membrane's electric field): IC50(V) = IC50(V0) * exp(delta * (V - V0) * F / (R T)). Magnesium: the share left open is
1 / (1 + [Mg] / K0 * exp(-slope * V)), Jahr and Stevens' equation. Constants come from the table ``receptor``.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from migraine_lab import data

Array = NDArray[np.float64]

REFERENCE_MV = -70.0
"""Voltage at which the IC50 was measured (conditions of its row), mV."""
THERMAL_MV = 25.4
"""R T / F at 22 degrees C, mV: such patches are measured at room temperature; the row does not print it."""
KETAMINE = {
    "ic50": "gilling2009_ic50_ketamine_human_glun1_glun2a_70_mv_mg_free",
    "hill": "gilling2009_hill_ketamine_human_glun1_glun2a_70_mv",
    "delta": "gilling2009_delta_ketamine_human_glun1_glun2a",
}
MAGNESIUM = {
    "k0": "jahr1990_code_mg_k0_mg_block_unblocked_1_1_mg_3_57_exp_0",
    "slope": "jahr1990_code_mg_slope_same_equation_v_in_mv",
}
"""Rows of ``receptor`` behind each constant."""
VOLTAGES = (-120.0, 60.0)
"""mV; beyond these no neurone lives."""


@lru_cache(maxsize=4)
def constants(which: str) -> dict[str, float]:
    """Return the constants of "ketamine" (ic50 in umol/L, hill, delta) or "magnesium" (k0 in mmol/L, slope in 1/mV)."""
    rows = {"ketamine": KETAMINE, "magnesium": MAGNESIUM}
    if which not in rows:
        raise ValueError(f"There are no constants of {which!r}; there are: {', '.join(rows)}.")
    return {name: float(data.fact("receptor", row_id)["value"]) for name, row_id in rows[which].items()}


def ic50(voltage_mv: ArrayLike) -> Array:
    """Return ketamine's IC50 (umol/L) at membrane voltages (mV, any shape)."""
    voltage = _voltage(voltage_mv)
    fit = constants("ketamine")
    return np.asarray(fit["ic50"] * np.exp(fit["delta"] * (voltage - REFERENCE_MV) / THERMAL_MV))


def blocked(concentration_um: ArrayLike, voltage_mv: ArrayLike) -> Array:
    """Return the share (0-1) of the current that ketamine takes away; concentration (umol/L) and voltage broadcast.

    Without magnesium. Raises ValueError for a negative concentration or a voltage beyond VOLTAGES.
    """
    drug = np.asarray(concentration_um, dtype=float)
    if not (drug >= 0).all():
        raise ValueError("A concentration of ketamine cannot be negative.")
    hill = constants("ketamine")["hill"]
    raised, half = drug**hill, ic50(voltage_mv) ** hill
    return np.asarray(raised / (raised + half))


def open_with_magnesium(magnesium_mm: ArrayLike, voltage_mv: ArrayLike) -> Array:
    """Return the share (0-1) of the current that magnesium (mmol/L outside the cell) leaves; inputs broadcast."""
    outside = np.asarray(magnesium_mm, dtype=float)
    if not (outside >= 0).all():
        raise ValueError("A concentration of magnesium cannot be negative.")
    fit = constants("magnesium")
    return np.asarray(1 / (1 + outside / fit["k0"] * np.exp(-fit["slope"] * _voltage(voltage_mv))))


def micromolar(ng_per_ml: ArrayLike) -> Array:
    """Return umol/L of ketamine for ng/mL, by its molar mass in the table ``kinetics``."""
    return np.asarray(np.asarray(ng_per_ml, dtype=float) / _molar_mass())


@lru_cache(maxsize=1)
def _molar_mass() -> float:
    """Of ketamine, g/mol."""
    rows = data.table("kinetics").query("parameter == 'molar_mass' and drug == 'ketamine'")
    return float(rows["value"].iloc[0])


def _voltage(voltage_mv: ArrayLike) -> Array:
    voltage = np.asarray(voltage_mv, dtype=float)
    low, high = VOLTAGES
    if not ((voltage >= low) & (voltage <= high)).all():
        raise ValueError(f"A membrane voltage must lie between {low:g} and {high:g} mV.")
    return voltage
