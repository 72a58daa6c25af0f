"""Ketamine in blood over time, by route, dose and length of infusion; two ways at once, beside measured peaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab.explore.controls import dropdown, slider
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.explore.published_levels import (
    ASLEEP,
    BANDS,
    MOST_IN_NOSE,
    STUDIED,
    USUAL_KG,
    WAYS,
    published_rows,
)
from migraine_lab.figures.curves import Curves, Line, Panel, Points, Range
from migraine_lab.figures.style import Look
from migraine_lab.models import kinetics, receptor

OWN, NONE = "own", "none"
POINTS = 1000
DAY = 24.0
MIXED = 2.0
"""Minutes until blood has mixed after a bolus, for drawing: a compartment model mixes at once, which no body does."""


class Concentration(Explorer):
    """Plasma concentration after one dose, and after a second way of giving it laid over the first."""

    title: ClassVar[str] = "How much ketamine is in the blood, and for how long?"
    columns: ClassVar[Mapping[str, str]] = {
        "what": "what", "dose_mg": "dose, mg", "infusion_min": "infusion, min", "peak": "peak, ng/mL",
        "time_to_peak": "minutes to the peak", "area": "area 0 to 24 h, ng h/mL", "reaches_blood": "% that reaches the blood",
        "low": "range from, ng/mL", "high": "range to, ng/mL", "how": "how", "note": "note",
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
            "start": dropdown("Start from", [("a dose set by hand", OWN), *studied], value=OWN),
            "way": dropdown("First", ways),
            "dose": slider("Dose, mg", 1, 200, 56),
            "infusion": slider("Infusion, min", 0, 120, 0),
            "way_2": dropdown("And", [("nothing", NONE), *ways], value="esketamine_mouth"),
            "dose_2": slider("Its dose, mg", 1, 200, 56),
            "infusion_2": slider("Its infusion, min", 0, 120, 0),
            "weight": slider("Body weight, kg", 40, 150, USUAL_KG),
            "hours": dropdown("Hours shown", [(f"{hours}", hours) for hours in (2, 6, 12, 24)], value=6),
        }

    def adapt(self, name: str) -> None:
        """Let a studied dose set way, dose and infusion; the first dose moved by hand is one's own again."""
        if name == "start" and self.value("start") != OWN:
            studied = next(one for one in STUDIED if one.row_id == self.value("start"))
            self.controls["way"].value, self.controls["dose"].value = studied.way, studied.dose_mg
            self.controls["infusion"].value = studied.infusion_min
            if studied.by_weight:
                self.controls["weight"].value = USUAL_KG
        elif name in ("way", "dose", "infusion", "weight") and not self._is_studied():
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
                    "source_id": kinetics.model(drug).source_id, "how": "model",
                    "low": np.nan, "high": np.nan, "note": "worked out with the published constants",
                }
            )  # fmt: skip
        ways = self._ways()
        rows.extend(row for way, row in published_rows() if way in ("", *ways))
        return pd.DataFrame(rows)

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
        settled = hours >= MIXED / 60
        published = self._published(rows)
        top = 1.15 * max(
            [*(float(line.y[settled].max()) for line in lines), *(float(one.y[0]) for one in published)]
        )
        top = _round_up(top)
        ranges = tuple(
            Range(f"reported with {BANDS[row['key']]}", row["low"], row["high"])
            for _, row in rows[rows["key"].isin(BANDS)].iterrows()
            if row["low"] < top
        )
        panel = Panel(
            title="plasma, ng/mL", x_label="hours after the start", x_limits=(0, shown),
            y_limits=(0, top), ticks=tuple((at, f"{at:g}") for at in np.linspace(0, shown, 7 if shown > 2 else 5)),
            lines=lines, ranges=ranges, points=published,
        )  # fmt: skip
        return (panel,)

    def say(self) -> str:
        """Read both curves, say which levels they reach, and where a published peak disagrees."""
        rows = self._evidence()
        curves = " ".join(
            self._read(number, rows.iloc[place]) for place, number in enumerate(self._numbers())
        )
        return f"{curves}\n{self._reached(rows)}{self._beyond()}{self._disagreement(rows)}"

    def about(self) -> str:
        """Say what the models leave out."""
        return (
            "Models of the average adult, for teaching; no dose is advised. Esketamine is one of the two mirror forms of"
            " which racemic ketamine holds equal parts; the levels were reported for the racemic drug and need not hold for"
            " one form. The esketamine fit rests mainly on blood from veins, so its first"
            " minutes look low beside blood from an artery. The breakdown product is left out: the model as coded gives too"
            " much of it."
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
        chosen = self.value("start")
        return any(one.row_id == chosen and one.fits(*self._first()) for one in STUDIED)

    def _first(self) -> tuple[str, int, int, int]:
        """Way, dose, infusion and weight of the first curve."""
        return self.value("way"), self.value("dose"), self.value("infusion"), self.value("weight")

    def _curve(self, number: str, hours: Any) -> kinetics.Curve:
        _, drug, route = WAYS[self.value(f"way{number}")]
        try:
            return kinetics.curve(
                drug, route, self.value(f"dose{number}"), hours,
                weight_kg=self.value("weight"), infusion_min=self.value(f"infusion{number}"),
            )  # fmt: skip
        except ValueError as reason:
            raise CannotShow(str(reason)) from None

    def _numbers(self) -> tuple[str, ...]:
        """The endings of the controls' names of the curves in the picture."""
        return ("", "_2")[: len(self._ways())]

    def _name(self, number: str) -> str:
        words = WAYS[self.value(f"way{number}")][0]
        return f"{words.replace(',', '').removeprefix('racemic ')} {self.value(f'dose{number}')} mg"

    def _bolus(self, number: str) -> bool:
        """Whether the whole dose enters the blood at once."""
        return WAYS[self.value(f"way{number}")][2] == "iv" and self.value(f"infusion{number}") == 0

    def _after(self, number: str, minutes: float) -> float:
        return float(self._curve(number, np.array([minutes / 60])).concentration[0])

    def _settled_peak(self, number: str, row: pd.Series) -> float:
        """The peak, or after a bolus the level once the blood has mixed."""
        return self._after(number, MIXED) if self._bolus(number) else float(row["peak"])

    def _published(self, rows: pd.DataFrame) -> tuple[Points, ...]:
        """Return the published peak of the first dose, at its own minute or else at the model's."""
        row = self._same_dose(rows)
        if row is None:
            return ()
        own = row["time_to_peak"] if pd.notna(row["time_to_peak"]) else rows["time_to_peak"].iloc[0]
        return (Points("published peak", [min(own / 60, float(self.value("hours")))], [float(row["peak"])]),)

    def _same_dose(self, rows: pd.DataFrame) -> pd.Series | None:
        """The published row of the very dose of the first curve."""
        for one in STUDIED:
            if one.fits(*self._first()):
                return rows[rows["key"] == one.row_id].iloc[0]
        return None

    def _read(self, number: str, row: pd.Series) -> str:
        infused = f" over {row['infusion_min']:.0f} minutes" if row["infusion_min"] else ""
        level = self._settled_peak(number, row)
        when = f"{MIXED:.0f}" if self._bolus(number) else f"{row['time_to_peak']:.0f}"
        words = (
            f"{row['what'].removesuffix(' (model)').capitalize()}, {row['dose_mg']:.0f} mg{infused}:"
            f" {'' if self._bolus(number) else 'peak '}{level:.0f} ng/mL after {when} minutes"
        )
        if self.live.drawing.look.presenting:
            reaches = (
                f"; {row['reaches_blood']:.0f} % reaches the blood" if row["reaches_blood"] < 99.5 else ""
            )
            return f"{words}{reaches}."
        return (
            f"{words} ({float(receptor.micromolar(level)):.2f} umol/L); {row['reaches_blood']:.0f} % of the dose reaches the"
            f" blood; area over 24 hours {row['area']:.0f} ng h/mL."
        )

    def _reached(self, rows: pd.DataFrame) -> str:
        """Say which reported levels the first curve reaches, and whether it stays below anaesthesia."""
        peak = self._settled_peak("", rows.iloc[0])
        reached = [
            BANDS[row["key"]] for _, row in rows.iterrows() if row["key"] in BANDS and row["low"] <= peak
        ]
        if not reached:
            return "The first stays below every level at which the review reports an effect."
        words = f"The first reaches levels reported with {' and '.join(reached)}"
        if self.live.drawing.look.presenting:
            return f"{words} (racemic ketamine, not in migraine)."
        below = "" if BANDS[ASLEEP] in reached else ", below anaesthesia"
        return f"{words} on racemic ketamine{below}; none was measured in migraine."

    def _beyond(self) -> str:
        """Say where a dose into the nose is larger than any for which the fit prints a figure."""
        doses = [
            self.value(f"dose{number}")
            for number, way in zip(self._numbers(), self._ways(), strict=True)
            if WAYS[way][2] == "intranasal"
        ]
        if max(doses, default=0) <= MOST_IN_NOSE:
            return ""
        return (
            f" The fit's own figures for the nose end at {MOST_IN_NOSE} mg; beyond that its curve is a guess."
        )

    def _disagreement(self, rows: pd.DataFrame) -> str:
        row = self._same_dose(rows)
        if row is None:
            return ""
        at = row["time_to_peak"]
        own = float(rows["peak"].iloc[0]) if np.isnan(at) else self._after("", at)
        ratio = row["peak"] / own
        verdict = (
            "as the model gives it" if abs(ratio - 1) <= 0.05 else f"{ratio:.1f} times what the model gives"
        )
        if self.live.drawing.look.presenting:
            return f" Published peak: {row['peak']:g} ng/mL ({row['how'].split('; ')[0]}), {verdict}."
        return f" Published peak of this dose: {row['peak']:g} ng/mL ({row['how']}), {verdict}."


def _round_up(value: float) -> float:
    """The next of a few round numbers, so that the axis stands still while a slider moves."""
    power = 10 ** np.floor(np.log10(value))
    return float(power * next(one for one in (1, 1.5, 2, 3, 4, 6, 8, 10) if one * power >= value))
