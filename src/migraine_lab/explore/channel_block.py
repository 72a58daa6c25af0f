"""How much of the NMDA channel ketamine and magnesium block, against concentration and against membrane voltage."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.controls import dropdown, fine_slider, slider
from migraine_lab.explore.explorer import Explorer
from migraine_lab.explore.published_levels import ASLEEP, BANDS, RELIEF
from migraine_lab.figures.curves import Curves, Line, Panel, Points, Range
from migraine_lab.figures.style import Look
from migraine_lab.models import receptor

CONCENTRATIONS = np.logspace(-2, 2, 200)
VOLTAGES = np.linspace(-100, 40, 141)
MEASURED = {
    "cell-attached": (
        "orser1997_open_probability_remaining_0_1_umol_l_ketamine",
        "orser1997_open_probability_remaining_1_umol_l_ketamine_cell",
    ),
    "outside-out": (
        "orser1997_open_probability_remaining_1_umol_l_ketamine",
        "orser1997_open_probability_remaining_10_umol_l_ketamine",
    ),
}
"""Rows of ``receptor`` measured on single channels, by the kind of patch; their concentrations stand in ``conditions``."""
LEVELS = {row_id: BANDS[row_id] for row_id in (RELIEF, ASLEEP)}
"""Rows of ``kinetics`` with plasma levels in ng/mL, and what was reported at them."""
NONE, BOTH = "none", "both"


class ChannelBlock(Explorer):
    """Two readings of the same model: block against concentration at one voltage, and against voltage at one concentration."""

    title: ClassVar[str] = "How much of the NMDA channel is blocked?"
    columns: ClassVar[Mapping[str, str]] = {
        "what": "what", "concentration": "umol/L", "voltage": "mV", "percent": "% (model)",
        "measured": "% (measured)", "low": "from, umol/L", "high": "to, umol/L", "note": "note",
    }  # fmt: skip
    recipe_columns: ClassVar[Mapping[str, str]] = {"percent": "percent"}
    recipe_key: ClassVar[str] = "key"

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: ketamine, voltage of the membrane, magnesium outside the cell, measured points."""
        patches = [
            ("none", NONE),
            *[(f"{kind} patches", kind) for kind in MEASURED],
            ("both kinds of patch", BOTH),
        ]
        return {
            "concentration": fine_slider("Ketamine, umol/L", 0.01, 10, 1, 0.01),
            "voltage": slider("Voltage, mV", -100, 40, -60),
            "magnesium": fine_slider("Magnesium, mmol/L", 0, 2, 1, 0.1),
            "measured": dropdown("Measured beside it", patches, value=NONE),
        }

    def make_evidence(self) -> pd.DataFrame:
        """Return the three shares of the model for the choice, then constants, measured points and plasma levels."""
        drug, voltage, magnesium = self._place()
        source = data.fact("receptor", receptor.KETAMINE["ic50"])["source_id"]
        rows = [
            {"key": "blocked", "what": "blocked by ketamine (model, no magnesium)", "concentration": drug,
             "voltage": voltage, "percent": 100 * float(receptor.blocked(drug, voltage)), "source_id": source,
             "note": "human GluN1/GluN2A"},
            {"key": "open_mg", "what": "left open by magnesium (model, no ketamine)", "concentration": np.nan,
             "voltage": voltage, "percent": 100 * float(receptor.open_with_magnesium(magnesium, voltage)),
             "source_id": data.fact("receptor", receptor.MAGNESIUM["k0"])["source_id"],
             "note": f"{magnesium:g} mmol/L outside the cell"},
            {"key": "ic50", "what": "concentration that blocks half at this voltage",
             "concentration": float(receptor.ic50(voltage)), "voltage": voltage,
             "source_id": source, "note": "shifted from -70 mV by Woodhull's model"},
        ]  # fmt: skip
        return pd.DataFrame(rows + _facts()).astype({"low": float, "high": float})

    def make_drawing(self, look: Look) -> Curves:
        """Return two panels side by side."""
        return Curves(look, 2)

    def view(self) -> tuple[Panel, ...]:
        """Return block against concentration and, for both blockers, against voltage."""
        rows = self._evidence().set_index("key")
        drug, voltage, magnesium = self._place()
        points = tuple(
            Points(
                kind,
                [rows.loc[row_id, "concentration"] for row_id in ids],
                [rows.loc[row_id, "measured"] for row_id in ids],
            )
            for kind, ids in self._kinds().items()
        )
        by_magnesium = 100 - 100 * receptor.open_with_magnesium(magnesium, VOLTAGES)
        by_dose = Panel(
            title="blocked, %", x_label=f"ketamine, umol/L, at {voltage:g} mV",
            x_limits=(0.01, 100), y_limits=(0, 100), log_x=True,
            ticks=((0.01, "0.01"), (0.1, "0.1"), (1, "1"), (10, "10"), (100, "100")),
            lines=(Line("", CONCENTRATIONS, 100 * receptor.blocked(CONCENTRATIONS, voltage)),),
            ranges=tuple(
                Range(words, rows.loc[row_id, "low"], rows.loc[row_id, "high"], upright=True)
                for row_id, words in LEVELS.items()
            ),
            points=points, here=(drug, float(rows.loc["blocked", "percent"])),
        )  # fmt: skip
        by_voltage = Panel(
            title="blocked, %", x_label="membrane voltage, mV", x_limits=(-100, 40),
            y_limits=(0, 100), ticks=tuple((at, f"{at:g}") for at in (-100, -60, -20, 0, 40)),
            lines=(
                Line("ketamine", VOLTAGES, 100 * receptor.blocked(drug, VOLTAGES)),
                Line("magnesium", VOLTAGES, by_magnesium),
            ),
            here=(voltage, float(rows.loc["blocked", "percent"])),
        )  # fmt: skip
        return by_dose, by_voltage

    def say(self) -> str:
        """Read both curves at the chosen place and say what measured points make of them."""
        rows = self._evidence().set_index("key")
        drug, voltage, magnesium = self._place()
        words = (
            f"At {voltage:g} mV, {drug:g} umol/L of ketamine blocks {rows.loc['blocked', 'percent']:.0f} % of the current"
            f" without magnesium; half is blocked at {rows.loc['ic50', 'concentration']:.2f} umol/L. Magnesium alone"
            f" ({magnesium:g} mmol/L) leaves {rows.loc['open_mg', 'percent']:.0f} % open."
        )
        if not self._kinds():
            return f"{words} Both plugs let go as the inside grows less negative."
        measured = "; ".join(
            f"{kind} {' and '.join(self._measured(rows, row_id) for row_id in ids)}"
            for kind, ids in self._kinds().items()
        )
        return f"{words}\nMeasured on single channels: {measured}. How the patch is made changes the answer."

    def about(self) -> str:
        """Say what the model leaves out."""
        return (
            "One subtype of the receptor at room temperature; the drug also stays trapped in closed channels, which a"
            " curve at rest cannot show. The shaded bands are plasma levels at which a review reports an effect, bound and"
            " unbound drug together. Measured points stand at their study's voltage, whatever the slider says."
        )

    def recipe(self) -> str:
        """Return both shares from the constants of the table in numpy."""
        drug, voltage, magnesium = self._place()
        ids = receptor.KETAMINE | receptor.MAGNESIUM
        named = "\n".join(f"{name} = table.value[{row_id!r}]" for name, row_id in ids.items())
        return (
            "import numpy as np\nimport pandas as pd\nfrom migraine_lab import data\n\n"
            f"table = data.table('receptor').set_index('receptor_id')\n{named}\n"
            f"ic50_here = ic50 * np.exp(delta * ({voltage:g} + 70) / {receptor.THERMAL_MV})  # 25.4 mV is RT/F at 22 degrees\n"
            f"blocked = {drug} ** hill / ({drug} ** hill + ic50_here ** hill)\n"
            f"left_open = 1 / (1 + {magnesium} / k0 * np.exp(-slope * {voltage:g}))\n"
            "rows = pd.DataFrame({'key': ['blocked', 'open_mg'], 'percent': [100 * blocked, 100 * left_open]})\n"
        )

    # -- inside ----------------------------------------------------------------------------------------------------
    def _place(self) -> tuple[float, float, float]:
        """Ketamine (umol/L), voltage (mV) and magnesium (mmol/L); a slider's steps are rounded to what it shows."""
        return (
            round(self.value("concentration"), 2), float(self.value("voltage")), round(self.value("magnesium"), 1)
        )  # fmt: skip

    def _kinds(self) -> Mapping[str, tuple[str, ...]]:
        chosen = self.value("measured")
        return {kind: ids for kind, ids in MEASURED.items() if chosen in (kind, BOTH)}

    @staticmethod
    def _measured(rows: pd.DataFrame, row_id: str) -> str:
        return f"{rows.loc[row_id, 'measured']:.0f} % at {rows.loc[row_id, 'concentration']:g} umol/L"


@lru_cache(maxsize=1)
def _facts() -> list[dict[str, Any]]:
    """Rows that no control changes: points measured on single channels, plasma levels in umol/L."""
    rows: list[dict[str, Any]] = []
    for kind, ids in MEASURED.items():
        for row_id in ids:
            row = data.fact("receptor", row_id)
            rows.append({"key": row_id, "what": f"blocked in {kind} patches (measured)",
                         "concentration": _first_number(row["conditions"]), "voltage": np.nan,
                         "measured": 100 - float(row["value"]), "source_id": row["source_id"],
                         "note": row["conditions"]})  # fmt: skip
    for row_id, words in LEVELS.items():
        row = data.fact("kinetics", row_id)
        low, high = (float(receptor.micromolar(row[end])) for end in ("low", "high"))
        rows.append({"key": row_id, "what": f"plasma level with {words}", "low": low, "high": high,
                     "source_id": row["source_id"], "note": row["note"]})  # fmt: skip
    return rows


def _first_number(conditions: str) -> float:
    """The concentration that opens the words of a row's conditions: "0.1 umol/L ketamine; ..."."""
    return float(conditions.split(" ", 1)[0])
