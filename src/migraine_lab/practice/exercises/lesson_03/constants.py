"""Constants that more than one exercise of this lesson starts from, each by the id of its row."""

from __future__ import annotations

from migraine_lab import data

NEAR, FAR = 1.0, 60.0
"""Degrees between which the exercises let the wave run: our choice, that of the table's own crossing."""


def spreading(row_id: str, column: str = "value") -> float:
    """Return one figure of the table ``spreading_depression``."""
    return float(data.fact("spreading_depression", row_id)[column])


def horton() -> tuple[float, float]:
    """Return A (mm) and E2 (degrees) of Horton and Hoyt's map."""
    return (
        spreading("hortonhoyt1991_magnification_a_m_e_a_e_e2_mm_deg"),
        spreading("hortonhoyt1991_magnification_e2_m_e_a_e_e2"),
    )


def dougherty() -> tuple[float, float]:
    """Return A (mm) and E2 (degrees) of Dougherty's map."""
    return (
        spreading("dougherty2003_magnification_a_m_e_a_e_e2"),
        spreading("dougherty2003_magnification_e2_m_e_a_e_e2"),
    )
