"""Published peaks and plasma levels of ketamine that the explorers set beside the models, with their rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab import data

WAYS: dict[str, tuple[str, str, str]] = {
    "esketamine_nose": ("esketamine, nasal spray", "esketamine", "intranasal"),
    "esketamine_vein": ("esketamine, vein", "esketamine", "iv"),
    "esketamine_mouth": ("esketamine, swallowed", "esketamine", "oral"),
    "ketamine_vein": ("racemic ketamine, vein", "ketamine", "iv"),
}
"""What each choice is called, and the drug and route by which the model knows it."""
USUAL_KG = 70
"""Body weight to start from; a dose printed in mg/kg is given here to a body of this weight."""
RELIEF, ASLEEP = "zanos2018_ketamine_c_analgesia_iv", "zanos2018_ketamine_c_anaesthesia_iv"
BANDS = {
    RELIEF: "pain relief",
    "zanos2018_ketamine_c_dissociation_iv": "dissociation",
    ASLEEP: "anaesthesia",
}
"""Rows of ``kinetics`` with the ranges of plasma levels, and what was reported there."""


@dataclass(frozen=True)
class Studied:
    """A dose whose peak is published: the row of the peak, the way, the dose as the row's note prints it.

    ``dose_mg`` is that dose for a body of USUAL_KG; ``peak_min`` the minute of the peak where the note prints one.
    """

    row_id: str
    way: str
    dose_mg: int
    infusion_min: int
    words: str
    peak_min: float = np.nan

    @property
    def by_weight(self) -> bool:
        """Whether the dose is printed by body weight."""
        return "mg/kg" in self.words

    def fits(self, way: str, dose_mg: int, infusion_min: int, weight_kg: int) -> bool:
        """Whether this is the very dose."""
        weighed = not self.by_weight or weight_kg == USUAL_KG
        return weighed and (self.way, self.dose_mg, self.infusion_min) == (way, dose_mg, infusion_min)


STUDIED = (
    Studied("perezruixo2021_s_ketamine_cmax_check_intranasal", "esketamine_nose", 28, 0, "28 mg"),
    Studied("perezruixo2021_s_ketamine_cmax_check_intranasal_2", "esketamine_nose", 56, 0, "56 mg"),
    Studied("perezruixo2021_s_ketamine_cmax_check_intranasal_3", "esketamine_nose", 84, 0, "84 mg"),
    Studied("simons2022_s_ketamine_cmax_iv", "esketamine_vein", 20, 20, "20 mg over 20 min"),
    Studied("zanos2018_ketamine_cmax_iv", "ketamine_vein", 35, 40, "0.5 mg/kg over 40 min"),
    Studied("pk_in2022_ketamine_cmax_iv", "ketamine_vein", 10, 0, "10 mg", peak_min=2),
)
"""A test holds each to the note of its row."""
MOST_IN_NOSE = max(one.dose_mg for one in STUDIED if one.way == "esketamine_nose")
"""mg; the fit prints no figure for a larger dose."""


@lru_cache(maxsize=1)
def published_rows() -> list[tuple[str, dict[str, Any]]]:
    """Rows of fact: published peaks with their way, then ranges of levels, which belong to every way ("")."""
    table = data.table("kinetics").set_index("kinetics_id")
    rows: list[tuple[str, dict[str, Any]]] = []
    for one in STUDIED:
        row = table.loc[one.row_id]
        said = {
            "key": one.row_id, "what": f"{WAYS[one.way][0]} (published)", "dose_mg": float(one.dose_mg),
            "infusion_min": float(one.infusion_min), "peak": float(row["value"]), "time_to_peak": one.peak_min,
        }  # fmt: skip
        rows.append((one.way, said | _reading(row)))
    for row_id, words in BANDS.items():
        row = table.loc[row_id]
        ends = {"low": float(row["low"]), "high": float(row["high"])}
        rows.append(
            ("", {"key": row_id, "what": f"plasma level reported with {words}"} | ends | _reading(row))
        )
    return rows


def _reading(row: pd.Series) -> dict[str, Any]:
    return {"source_id": row["source_id"], "how": _how(row), "note": row["note"]}


def _how(row: pd.Series) -> str:
    """How a row of ``kinetics`` came about, and in whom."""
    fitted = "the fit's own figure" if str(row["parameter"]).endswith("_check") else row["model"]
    return f"{fitted}; {row['population']}"
