"""How much of the NMDA channel ketamine and magnesium block, against concentration and against membrane voltage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.controls import dropdown, slider
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures.curves import Curves, Line, Panel, Range
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
LEVELS = {
    "zanos2018_ketamine_c_analgesia_iv": "with pain relief",
    "zanos2018_ketamine_c_anaesthesia_iv": "with anaesthesia",
}
"""Rows of ``kinetics``: plasma levels in ng/mL."""
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
        """Return the controls: ketamine in hundredths of umol/L, voltage, magnesium, measured points."""
        patches = [
            ("none", NONE),
            *[(f"{kind} patches", kind) for kind in MEASURED],
            ("both kinds of patch", BOTH),
        ]
        return {
            "concentration": slider("Ketamine, hundredths of umol/L", 1, 1000, 100),
            "voltage": slider("Membrane voltage, mV", -100, 40, -60),
            "magnesium": slider("Magnesium outside, tenths of mmol/L", 0, 20, 10),
            "measured": dropdown("Measured beside it", patches, value=NONE),
        }

    def make_evidence(self) -> pd.DataFrame:
        """Return the three shares of the model for the choice, then constants, measured points and plasma levels."""
        drug, voltage = self.value("concentration") / 100, float(self.value("voltage"))
        magnesium = self.value("magnesium") / 10
        table, levels = (
            data.table("receptor").set_index("receptor_id"),
            data.table("kinetics").set_index("kinetics_id"),
        )
        source = table.loc[receptor.KETAMINE["ic50"], "source_id"]
        rows = [
            {"key": "blocked", "what": "blocked by ketamine (model, no magnesium)", "concentration": drug,
             "voltage": voltage, "percent": 100 * float(receptor.blocked(drug, voltage)), "source_id": source,
             "note": "human GluN1/GluN2A"},
            {"key": "open_mg", "what": "left open by magnesium (model, no ketamine)", "concentration": np.nan,
             "voltage": voltage, "percent": 100 * float(receptor.open_with_magnesium(magnesium, voltage)),
             "source_id": table.loc[receptor.MAGNESIUM["k0"], "source_id"],
             "note": f"{magnesium:g} mmol/L outside the cell"},
            {"key": "ic50", "what": "concentration that blocks half at this voltage",
             "concentration": float(receptor.ic50(voltage)), "voltage": voltage,
             "source_id": source, "note": "shifted from -70 mV by Woodhull's model"},
        ]  # fmt: skip
        for kind, ids in MEASURED.items():
            for row_id in ids:
                row = table.loc[row_id]
                rows.append({"key": row_id, "what": f"blocked in {kind} patches (measured)",
                             "concentration": _first_number(row["conditions"]), "voltage": np.nan,
                             "measured": 100 - float(row["value"]), "source_id": row["source_id"],
                             "note": row["conditions"]})  # fmt: skip
        for row_id, words in LEVELS.items():
            row = levels.loc[row_id]
            low, high = (float(receptor.micromolar(row[end])) for end in ("low", "high"))
            rows.append({"key": row_id, "what": f"plasma level {words}", "low": low, "high": high,
                         "source_id": row["source_id"], "note": row["note"]})  # fmt: skip
        return pd.DataFrame(rows).astype({"low": float, "high": float})

    def make_drawing(self, look: Look) -> Curves:
        """Return two panels side by side."""
        return Curves(look, 2)

    def view(self) -> tuple[Panel, ...]:
        """Return block against concentration and, for both blockers, against voltage."""
        rows = self._evidence().set_index("key")
        drug, voltage, magnesium = (
            self.value("concentration") / 100,
            self.value("voltage"),
            self.value("magnesium") / 10,
        )
        kinds = (
            MEASURED
            if self.value("measured") == BOTH
            else {self.value("measured"): MEASURED.get(self.value("measured"), ())}
        )
        points = tuple(
            (rows.loc[row_id, "concentration"], rows.loc[row_id, "measured"], kind)
            for kind, ids in kinds.items()
            for row_id in ids
        )
        by_magnesium = 100 - 100 * receptor.open_with_magnesium(magnesium, VOLTAGES)
        by_dose = Panel(
            title=f"blocked by ketamine, %, at {voltage} mV", x_label="ketamine, umol/L",
            x_limits=(0.01, 100), y_limits=(0, 100), log_x=True,
            ticks=((0.01, "0.01"), (0.1, "0.1"), (1, "1"), (10, "10"), (100, "100")),
            lines=(Line("ketamine", CONCENTRATIONS, 100 * receptor.blocked(CONCENTRATIONS, voltage)),),
            ranges=tuple(
                Range(words, rows.loc[row_id, "low"], rows.loc[row_id, "high"], upright=True)
                for row_id, words in LEVELS.items()
            ),
            measured=points, here=(drug, float(rows.loc["blocked", "percent"])),
        )  # fmt: skip
        by_voltage = Panel(
            title="blocked, %, against voltage", x_label="membrane voltage, mV", x_limits=(-100, 40),
            y_limits=(0, 100), ticks=tuple((at, f"{at:g}") for at in (-100, -60, -20, 0, 40)),
            lines=(
                Line(f"ketamine {drug:g} umol/L", VOLTAGES, 100 * receptor.blocked(drug, VOLTAGES), name_at=0.22),
                Line(f"magnesium {magnesium:g} mmol/L", VOLTAGES, by_magnesium, name_at=0.45),
            ),
            here=(float(voltage), float(rows.loc["blocked", "percent"])),
        )  # fmt: skip
        return by_dose, by_voltage

    def say(self) -> str:
        """Read both curves at the chosen place and say what measured points make of them."""
        rows = self._evidence().set_index("key")
        drug, voltage = self.value("concentration") / 100, self.value("voltage")
        words = (
            f"At {voltage} mV, {drug:g} umol/L of ketamine blocks {rows.loc['blocked', 'percent']:.0f} % of the current"
            f" without magnesium; half is blocked at {rows.loc['ic50', 'concentration']:.2f} umol/L. Magnesium"
            f" ({self.value('magnesium') / 10:g} mmol/L) alone leaves {rows.loc['open_mg', 'percent']:.0f} % open there."
        )
        chosen = self.value("measured")
        if chosen == NONE:
            return f"{words} Both blockers leave as the cell depolarises."
        kinds = MEASURED if chosen == BOTH else {chosen: MEASURED[chosen]}
        measured = "; ".join(
            f"{kind} patches {rows.loc[row_id, 'measured']:.0f} % at {rows.loc[row_id, 'concentration']:g} umol/L"
            for kind, ids in kinds.items()
            for row_id in ids
        )
        return (
            f"{words}\nMeasured on single channels: {measured}. How the patch is made changes the answer; one curve is"
            " not the truth."
        )

    def about(self) -> str:
        """Say what the model leaves out."""
        return (
            "One subtype of the receptor at room temperature; the drug also stays trapped in closed channels, which a"
            " curve at rest cannot show. The shaded ranges are whole plasma levels; about half of it is bound to protein."
        )

    def recipe(self) -> str:
        """Return both shares from the constants of the table in numpy."""
        drug, voltage, magnesium = (
            self.value("concentration") / 100,
            self.value("voltage"),
            self.value("magnesium") / 10,
        )
        ids = receptor.KETAMINE | receptor.MAGNESIUM
        named = "\n".join(f"{name} = table.value[{row_id!r}]" for name, row_id in ids.items())
        return (
            "import numpy as np\nimport pandas as pd\nfrom migraine_lab import data\n\n"
            f"table = data.table('receptor').set_index('receptor_id')\n{named}\n"
            f"ic50_here = ic50 * np.exp(delta * ({voltage} + 70) / {receptor.THERMAL_MV})  # 25.4 mV is RT/F at 22 degrees\n"
            f"blocked = {drug} ** hill / ({drug} ** hill + ic50_here ** hill)\n"
            f"left_open = 1 / (1 + {magnesium} / k0 * np.exp(-slope * {voltage}))\n"
            "rows = pd.DataFrame({'key': ['blocked', 'open_mg'], 'percent': [100 * blocked, 100 * left_open]})\n"
        )


def _first_number(conditions: str) -> float:
    """The concentration that opens the words of a row's conditions: "0.1 umol/L ketamine; ..."."""
    return float(conditions.split(" ", 1)[0])
