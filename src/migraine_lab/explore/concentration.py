"""Ketamine in blood over time, by route, dose and length of infusion; two ways at once, beside measured peaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.controls import dropdown, slider
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.figures.curves import Curves, Line, Panel, Range
from migraine_lab.figures.style import Look
from migraine_lab.models import kinetics, receptor

WAYS: dict[str, tuple[str, str, str]] = {
    "esketamine_nose": ("esketamine, nasal spray", "esketamine", "intranasal"),
    "esketamine_vein": ("esketamine, into a vein", "esketamine", "iv"),
    "esketamine_mouth": ("esketamine, swallowed", "esketamine", "oral"),
    "ketamine_vein": ("racemic ketamine, into a vein", "ketamine", "iv"),
}
OWN, NONE = "own", "none"
POINTS = 1000
DAY = 24.0
BANDS = {
    "zanos2018_ketamine_c_analgesia_iv": "reported with pain relief",
    "zanos2018_ketamine_c_dissociation_iv": "reported with dissociation",
    "zanos2018_ketamine_c_anaesthesia_iv": "reported with anaesthesia",
}
"""Rows of ``kinetics`` with the ranges of plasma levels, and what was reported there."""


@dataclass(frozen=True)
class Studied:
    """A dose that somebody gave and measured: the row of its peak, the way, and where the note prints its dose."""

    row_id: str
    way: str
    dose_mg: int
    infusion_min: int
    words: str


STUDIED = (
    Studied("perezruixo2021_s_ketamine_cmax_check_intranasal", "esketamine_nose", 28, 0, "28 mg"),
    Studied("perezruixo2021_s_ketamine_cmax_check_intranasal_2", "esketamine_nose", 56, 0, "56 mg"),
    Studied("perezruixo2021_s_ketamine_cmax_check_intranasal_3", "esketamine_nose", 84, 0, "84 mg"),
    Studied("simons2022_s_ketamine_cmax_iv", "esketamine_vein", 20, 20, "20 mg over 20 min"),
    Studied("zanos2018_ketamine_cmax_iv", "ketamine_vein", 35, 40, "0.5 mg/kg over 40 min"),
    Studied("pk_in2022_ketamine_cmax_iv", "ketamine_vein", 10, 0, "10 mg"),
)
"""Each dose stands in the note of its row (35 mg is 0.5 mg/kg of 70 kg); a test compares them."""


class Concentration(Explorer):
    """Plasma concentration after one dose, and after a second way of giving it laid over the first."""

    title: ClassVar[str] = "How much ketamine is in the blood, and for how long?"
    columns: ClassVar[Mapping[str, str]] = {
        "what": "what", "dose_mg": "dose, mg", "infusion_min": "infusion, min", "peak": "peak, ng/mL",
        "time_to_peak": "minutes to the peak", "area": "area 0 to 24 h, ng h/mL", "reaches_blood": "% that reaches the blood",
        "low": "range from, ng/mL", "high": "range to, ng/mL", "note": "note",
    }  # fmt: skip
    recipe_columns: ClassVar[Mapping[str, str]] = {
        "peak": "peak",
        "area": "area",
        "time_to_peak": "time_to_peak",
    }
    more: ClassVar[tuple[str, ...]] = ("dose_2", "infusion_2", "weight", "hours")
    view_only: ClassVar[tuple[str, ...]] = ("hours",)
    on_slide: ClassVar[tuple[str, ...]] = ("way", "dose", "infusion", "way_2")

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: a studied dose to start from, then way, dose and infusion of both curves, weight, hours."""
        ways = [(words, name) for name, (words, *_) in WAYS.items()]
        studied = [(f"{WAYS[one.way][0]}: {one.words}", one.row_id) for one in STUDIED]
        return {
            "start": dropdown("Start from", [("a dose of my own", OWN), *studied], value=OWN),
            "way": dropdown("First", ways),
            "dose": slider("Dose, mg", 1, 200, 56),
            "infusion": slider("Infusion, min", 0, 120, 0),
            "way_2": dropdown("Beside it", [("nothing", NONE), *ways], value="esketamine_mouth"),
            "dose_2": slider("Its dose, mg", 1, 200, 56),
            "infusion_2": slider("Its infusion, min", 0, 120, 0),
            "weight": slider("Body weight, kg", 40, 150, 70),
            "hours": dropdown("Hours shown", [(f"{hours}", hours) for hours in (2, 6, 12, 24)], value=6),
        }

    def adapt(self, name: str) -> None:
        """Let a studied dose set way, dose and infusion; the first dose moved by hand is one's own again."""
        if name == "start" and self.value("start") != OWN:
            studied = next(one for one in STUDIED if one.row_id == self.value("start"))
            self.controls["way"].value, self.controls["dose"].value = studied.way, studied.dose_mg
            self.controls["infusion"].value = studied.infusion_min
        elif name in ("way", "dose", "infusion") and not self._is_studied():
            self.controls["start"].value = OWN
        for number in ("", "_2"):
            way = self.value(f"way{number}")
            if way != NONE and WAYS[way][2] != "iv":
                self.controls[f"infusion{number}"].value = 0

    def visible(self, name: str) -> bool:
        """Show an infusion's length for a vein only, and the second way's controls only with a second way."""
        if name.endswith("_2") and name != "way_2" and self.value("way_2") == NONE:
            return False
        if name.startswith("infusion"):
            way = self.value(name.replace("infusion", "way"))
            return way != NONE and WAYS[way][2] == "iv"
        return name != "weight" or any(way == "ketamine_vein" for way in self._ways())

    def make_evidence(self) -> pd.DataFrame:
        """Return a row a curve with its peak and area, then measured peaks and ranges of levels with their sources."""
        hours = np.linspace(0, DAY, 2881)
        rows = []
        for number, way in zip(("", "_2"), self._ways(), strict=False):
            words, drug, route = WAYS[way]
            dose, infusion = self.value(f"dose{number}"), self.value(f"infusion{number}")
            found = self._curve(number, hours)
            share = 100 * kinetics.bioavailability(drug, route, dose)
            rows.append(
                {
                    "key": f"curve{number}", "what": f"{words} (model)", "dose_mg": float(dose),
                    "infusion_min": float(infusion), "peak": found.peak, "time_to_peak": 60 * found.time_to_peak,
                    "area": float(found.area[-1]), "reaches_blood": share,
                    "source_id": kinetics.model(drug).source_id, "note": "worked out with the published constants",
                }
            )  # fmt: skip
        table = data.table("kinetics").set_index("kinetics_id")
        for studied in STUDIED:
            if studied.way in self._ways():
                row = table.loc[studied.row_id]
                rows.append(
                    {
                        "key": studied.row_id, "what": f"{WAYS[studied.way][0]} (published)",
                        "dose_mg": float(studied.dose_mg), "infusion_min": float(studied.infusion_min),
                        "peak": float(row["value"]), "source_id": row["source_id"], "note": row["note"],
                    }
                )  # fmt: skip
        for row_id, words in BANDS.items():
            row = table.loc[row_id]
            rows.append(
                {
                    "key": row_id, "what": f"plasma level {words}", "low": float(row["low"]),
                    "high": float(row["high"]), "source_id": row["source_id"], "note": row["note"],
                }
            )  # fmt: skip
        return pd.DataFrame(rows).astype({"low": float, "high": float})

    recipe_key: ClassVar[str] = "key"

    def make_drawing(self, look: Look) -> Curves:
        """Return one panel of curves."""
        return Curves(look)

    def view(self) -> tuple[Panel, ...]:
        """Return the curves with measured peaks of the same dose and the ranges of levels that fit the picture."""
        rows = self._evidence()
        shown = float(self.value("hours"))
        hours = np.linspace(0, shown, POINTS)
        lines = tuple(
            Line(self._name(number), hours, self._curve(number, hours).concentration)
            for number, _ in zip(("", "_2"), self._ways(), strict=False)
        )
        top = 1.15 * max(float(line.y.max()) for line in lines)
        measured = self._measured(rows, top)
        top = max([top, *(1.15 * y for _, y, _ in measured)])
        step = 10 ** np.floor(np.log10(top)) / 2
        top = float(
            np.ceil(top / step) * step
        )  # whole steps, so that the axis stands still while a slider moves
        ranges = tuple(
            Range(BANDS[row["key"]], row["low"], row["high"])
            for _, row in rows[rows["key"].isin(BANDS)].iterrows()
            if row["low"] < top
        )
        panel = Panel(
            title="plasma concentration, ng/mL", x_label="hours after the start", x_limits=(0, shown),
            y_limits=(0, top), ticks=tuple((at, f"{at:g}") for at in np.linspace(0, shown, 7 if shown > 2 else 5)),
            lines=lines, ranges=ranges, measured=measured,
        )  # fmt: skip
        return (panel,)

    def say(self) -> str:
        """Read both curves, say which levels they reach, and where a published peak disagrees."""
        rows = self._evidence()
        words = [self._read(rows.iloc[0])]
        if len(self._ways()) > 1:
            words.append(self._read(rows.iloc[1]))
        levels = rows[rows["key"].isin(BANDS) & (rows["low"] <= rows["peak"].iloc[0])]
        reached = (
            f"The first peak reaches levels {' and '.join(BANDS[key] for key in levels['key'])}, in other people and for"
            " other reasons than migraine."
            if len(levels)
            else "The first peak stays below every level at which a review reports an effect."
        )
        return "\n".join([" ".join(words), f"{reached}{self._disagreement(rows)}"])

    def about(self) -> str:
        """Say what the models leave out."""
        return (
            "Models of the average adult, for teaching; no dose is advised. The esketamine fit rests mainly on blood from"
            " veins, so the first minutes look low beside blood from an artery. Its breakdown product is left out: the"
            " model as coded gives too much of it."
        )

    def recipe(self) -> str:
        """Return the model's curve and its peak and area in numpy and pandas."""
        way, dose, infusion = self.value("way"), self.value("dose"), self.value("infusion")
        _, drug, route = WAYS[way]
        return (
            "import numpy as np\n"
            "import pandas as pd\n"
            "from migraine_lab import models\n\n"
            "hours = np.linspace(0, 24, 2881)\n"
            f"curve = models.kinetics.curve({drug!r}, {route!r}, {dose}, hours, weight_kg={self.value('weight')},"
            f" infusion_min={infusion})\n"
            "peak = curve.concentration.argmax()\n"
            "rows = pd.DataFrame({'peak': [curve.concentration[peak]], 'time_to_peak': [60 * hours[peak]],\n"
            "                     'area': [curve.area[-1]]})  # ng/mL, minutes, ng h/mL\n"
        )

    # -- inside ----------------------------------------------------------------------------------------------------
    def _ways(self) -> list[str]:
        return [way for way in (self.value("way"), self.value("way_2")) if way != NONE]

    def _is_studied(self) -> bool:
        state = (self.value("way"), self.value("dose"), self.value("infusion"))
        chosen = self.value("start")
        return any(
            one.row_id == chosen and (one.way, one.dose_mg, one.infusion_min) == state for one in STUDIED
        )

    def _curve(self, number: str, hours: Any) -> kinetics.Curve:
        _, drug, route = WAYS[self.value(f"way{number}")]
        try:
            return kinetics.curve(
                drug, route, self.value(f"dose{number}"), hours,
                weight_kg=self.value("weight"), infusion_min=self.value(f"infusion{number}"),
            )  # fmt: skip
        except ValueError as reason:
            raise CannotShow(str(reason)) from None

    def _name(self, number: str) -> str:
        words = WAYS[self.value(f"way{number}")][0]
        return f"{words}, {self.value(f'dose{number}')} mg"

    def _measured(self, rows: pd.DataFrame, top: float) -> tuple[tuple[float, float, str], ...]:
        """Published peaks of the very dose shown, at the model's own time of the peak where none is printed."""
        first = rows.iloc[0]
        same = self._same_dose(rows)
        at = min(first["time_to_peak"] / 60, float(self.value("hours")))
        return tuple((at, row["peak"], f"published peak {row['peak']:g}") for _, row in same.iterrows())

    def _same_dose(self, rows: pd.DataFrame) -> pd.DataFrame:
        first = rows.iloc[0]
        ids = [one.row_id for one in STUDIED if one.way == self.value("way")]
        fits = (rows["dose_mg"] == first["dose_mg"]) & (rows["infusion_min"] == first["infusion_min"])
        return rows[rows["key"].isin(ids) & fits]

    @staticmethod
    def _read(row: pd.Series) -> str:
        infused = f" over {row['infusion_min']:.0f} minutes" if row["infusion_min"] else ""
        return (
            f"{row['what'].removesuffix(' (model)').capitalize()}, {row['dose_mg']:.0f} mg{infused}: peak"
            f" {row['peak']:.0f} ng/mL ({float(receptor.micromolar(row['peak'])):.2f} umol/L) after"
            f" {row['time_to_peak']:.0f} minutes; {row['reaches_blood']:.0f} % of the dose reaches the blood;"
            f" area over 24 hours {row['area']:.0f} ng h/mL."
        )

    def _disagreement(self, rows: pd.DataFrame) -> str:
        same = self._same_dose(rows)
        if same.empty:
            return ""
        published, own = float(same["peak"].iloc[0]), float(rows["peak"].iloc[0])
        near = abs(own / published - 1) <= 0.05
        verdict = "as the model gives it" if near else f"{published / own:.1f} times what the model gives"
        return f" The published peak of this dose is {published:g} ng/mL, {verdict}: {same['note'].iloc[0]}."
