"""Aura in the cortex: a front on the flat map, its image in the field of vision, and reported durations behind it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.controls import STYLE, dropdown, player, slider, wide
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures.aura_map import LONGEST, AuraMap, AuraView, Reported
from migraine_lab.figures.style import Look
from migraine_lab.models import aura
from migraine_lab.models.published import Published

OWN = "own"
SLOWEST, FASTEST = 1.5, 10.0
SHAPES = {"ring": "a ring around the start", "straight": "a straight line, moving outward"}
LIMITS = (
    "<b>What this model leaves out.</b> One hemisphere and one area, laid flat; real cortex is folded. One constant speed, "
    "although sources differ and waves may slow, turn or stop. One map for everybody. And it is a model of a wave: it "
    "cannot show that a patient's aura is this wave, or this wave alone."
)


class Aura(Explorer):
    """A front at constant speed on the flat visual cortex beside what a person would see, minute by minute."""

    title: ClassVar[str] = "Aura: a front on the cortex, an arc in the field of vision"
    columns: ClassVar[Mapping[str, str]] = {
        "what": "what", "minute": "minute", "travelled": "travelled, mm", "eccentricity": "degrees from the centre",
        "value": "value", "low": "low", "high": "high", "unit": "unit",
    }  # fmt: skip
    more = ("map", "start", "shape", "half", "reach")
    view_only = ("minutes", "half", "shape", "reach")
    on_slide = ("speed", "minutes")
    recipe_columns: ClassVar[Mapping[str, str]] = {"eccentricity": "eccentricity", "travelled": "travelled"}
    recipe_key = "what"

    def __init__(self, **state: Any) -> None:
        self._given = aura.parameters()
        self._short = data.table("sources").set_index("source_id")["short"]
        self._speeds = self._offer_speeds()
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: speed by source or one's own, map, start, shape, half of the field, reach, minutes."""
        first = next(iter(self._speeds))
        speed = widgets.FloatSlider(
            description="Speed, mm/min", min=SLOWEST, max=FASTEST, step=0.1, value=self._speeds[first][1],
            readout_format=".1f", style=STYLE, layout=wide("380px"),
        )  # fmt: skip
        maps = [(self._short[source], source) for source in self._given.magnification]
        controls = {
            "source": dropdown(
                "Speed by", [*((words, key) for key, (words, _) in self._speeds.items()), ("my own choice", OWN)], value=first
            ),
            "speed": speed,
            "map": dropdown("Map of the cortex by", maps),
            "start": slider("Starts at, degrees from the centre", 0, int(self._given.origin.high), 1),
            "shape": dropdown("Shape of the front", [(words, name) for name, words in SHAPES.items()]),
            "half": dropdown("Half of the field", ["right", "left"]),
            "reach": dropdown("Field shown", [("all of the map", int(aura.EDGE)), ("the middle alone", 10)]),
            "minutes": slider("Minutes since it started", 0, LONGEST, 12),
        }  # fmt: skip
        self._player = player(controls["minutes"])
        return controls

    def actions(self) -> list[widgets.Widget]:
        """Return the Play button: still until pressed, two frames a second at most."""
        return [self._player]

    def adapt(self, name: str) -> None:
        """Let a source set the speed, and a speed of one's own leave the source."""
        source, speed = self.controls["source"], self.controls["speed"]
        if name == "source" and source.value != OWN:
            speed.value = self._speeds[source.value][1]
        elif name == "speed" and source.value != OWN and self._speeds[source.value][1] != self._speed():
            source.value = OWN

    def make_evidence(self) -> pd.DataFrame:
        """Return the eccentricity at each whole minute until the map's edge, then the published rows it stands on."""
        speed, start, chosen = self._speed(), self.value("start"), aura.constants(self.value("map"))
        last = math.floor(aura.crossing_minutes(start, aura.EDGE, speed, source=self.value("map")))
        minutes = np.arange(last + 1)
        rows = pd.DataFrame(
            {
                "what": [f"minute {minute}" for minute in minutes],
                "minute": minutes.astype(float),
                "travelled": speed * minutes,
                "eccentricity": aura.eccentricity(minutes, speed, start, source=self.value("map")),
                "unit": "degrees",
                "source_id": "",
            }
        )
        given = self._given
        facts = [*chosen.rows, given.growth_law, given.depolarisation, *given.durations.values()]
        if self.value("source") != OWN:
            row_id = self.value("source").rpartition(":")[0]
            facts.insert(0, next(one for one in given.speeds if one.row_id == row_id))
        return pd.concat([rows, pd.DataFrame([self._fact(one) for one in facts])], ignore_index=True)

    def make_drawing(self, look: Look) -> AuraMap:
        """Return the two maps and the curve."""
        return AuraMap(look)

    def view(self) -> AuraView:
        """Return the front at the chosen minute."""
        chosen = aura.constants(self.value("map"))
        speed, start, minutes = self._speed(), self.value("start"), self.value("minutes")
        front = aura.front(minutes, speed, (start, 0.0), None, self.value("shape"), chosen.a, chosen.e2)
        end = aura.crossing_minutes(start, aura.EDGE, speed, chosen.a, chosen.e2)
        times = np.linspace(0, end, 121)
        return AuraView(
            front, chosen.a, chosen.e2, self.value("half") == "left", self.value("reach"), start, minutes, times,
            aura.eccentricity(times, speed, start, chosen.a, chosen.e2), self._lasting(), self._reported(),
        )  # fmt: skip

    def say(self) -> str:
        """Say where the front stands and whether the crossing fits what is reported of real auras."""
        speed, start, minutes = self._speed(), self.value("start"), self.value("minutes")
        reached = float(aura.eccentricity(minutes, speed, start, source=self.value("map")))
        crossing = aura.crossing_minutes(start, aura.EDGE, speed, source=self.value("map"))
        where = (
            f"stands {reached:.{0 if reached >= 10 else 1}f}° {self.value('half')} of the centre"
            if reached <= aura.EDGE
            else f"has left the map, which ends at {aura.EDGE:.0f}°"
        )
        expansion, median = self._given.durations["expansion"], self._given.durations["median"]
        fit = (
            "shorter than"
            if crossing < expansion.low
            else "longer than"
            if crossing > expansion.high
            else "within"
        )
        against = "shorter" if crossing < median.value else "longer"
        return (
            f"After {minutes} min at {speed:g} mm/min the front has travelled {speed * minutes:.0f} mm of flat cortex "
            f"and {where}. From {start}° to {aura.EDGE:.0f}° it takes {crossing:.0f} min: {fit} the {expansion.low:g} to "
            f"{expansion.high:g} min reported for the spread ({self._short[expansion.source_id]}), {against} than the median "
            f"visual aura, {median.value:g} min ({self._short[median.source_id]})."
        )

    def beside(self) -> list[widgets.Widget]:
        """Return the box with the model's limits."""
        box = widgets.HTML(f'<div class="ml-card">{LIMITS}</div>')
        box.add_class("ml-about")
        return [box]

    def recipe(self) -> str:
        """Return the closed form in a few lines of numpy."""
        chosen = aura.constants(self.value("map"))
        last = int(self._evidence()["minute"].max())
        return (
            "import numpy as np\n"
            "import pandas as pd\n\n"
            f"a, e2 = {chosen.a}, {chosen.e2}  # mm and degrees, {self._short[chosen.source_id]}\n"
            f"speed, start = {self._speed()}, {self.value('start')}  # mm/min and degrees\n"
            f"minutes = np.arange({last + 1})\n"
            "rows = pd.DataFrame({'what': [f'minute {one}' for one in minutes], 'travelled': speed * minutes})\n"
            "rows['eccentricity'] = (start + e2) * np.exp(rows['travelled'] / a) - e2\n"
        )

    # -- inside ----------------------------------------------------------------------------------------------------
    def _speed(self) -> float:
        return round(float(self.value("speed")), 1)

    def _offer_speeds(self) -> dict[str, tuple[str, float]]:
        """Return for each published speed, and each end of a published range, its words and mm/min."""
        offered = {}
        for one in self._given.speeds:
            who = self._short[one.source_id]
            if math.isnan(one.value):
                for end, speed in (("low", one.low), ("high", one.high)):
                    words = f"{speed:g} mm/min, {end} end of {one.low:g} to {one.high:g}: {who}"
                    offered[f"{one.row_id}:{end}"] = (words, speed)
            else:
                offered[f"{one.row_id}:value"] = (f"{one.value:g} mm/min: {who}", one.value)
        return offered

    def _fact(self, one: Published) -> dict[str, Any]:
        words = {
            "low": one.low,
            "high": one.high,
            "value": one.value,
            "unit": one.unit,
            "source_id": one.source_id,
        }
        return {"what": f"{self._short[one.source_id]}: {one.about}", **words}

    def _lasting(self) -> str:
        return f"up to {self._given.depolarisation.high / 60:g} min"

    def _reported(self) -> tuple[Reported, ...]:
        known = self._given.durations
        lines = []
        for name, words in (("expansion", "spread"), ("median", "median aura"), ("criterion", "criterion")):
            one = known[name]
            low, high = (one.value, one.value) if math.isnan(one.low) else (one.low, one.high)
            times = f"{words}: {low:g} min" if low == high else f"{words}: {low:g} to {high:g} min"
            beyond = f"{known['over_1_h'].value:g} % over 1 h" if name == "median" else ""
            lines.append(Reported(f"{times} ({self._short[one.source_id]})", times, low, high, beyond))
        return tuple(lines)
