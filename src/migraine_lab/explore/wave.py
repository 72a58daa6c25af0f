"""Why a wave spreads, how fast, and what stops it: a potassium threshold model and a strip of excitable tissue."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.controls import STYLE, dropdown, slider, wide
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures.style import Look
from migraine_lab.figures.wave import SpaceTime, Speed, SpeedList, SpeedView, WaveView
from migraine_lab.models import aura, spreading
from migraine_lab.models.published import Published, published

FACTORS = {
    "diffusion": "Diffusion",
    "removal": "Removal",
    "threshold": "Threshold",
    "release": "Release",
}
ENDS = {"near": "Excitability where it starts, %", "far": "Excitability at the far end, %"}
MODELS = {"threshold": "how fast does it go?", "excitability": "what stops it?"}
SEEN_IN = {
    "hadjikhani2001": "seen in aura", "woitzik2013": "injured brain", "viana_goadsby2014": "review",
    "richter2008": "review", "klass2018": "review", "zandt2013": "modelling paper", "dahlem2008": "modelling paper",
}  # fmt: skip
OWN = "with your multiples"
STRIP_PLACES = 11
SPREADING = "spreading_depression"
CHANGE = "yao2015_velocity_change_aqp4_loss_mouse_experiment"
EQUATIONS = {
    "threshold": "zandt2013_model_equation_threshold_threshold_model_of_ion",
    "excitability": "dahlemisele2013_model_equation_fhn_fitzhugh_nagumo_model",
}
SUSCEPTIBILITY = "dahlemhadjikhani2009_susceptibility_fhn_class_argument"


class SpreadingWave(Explorer):
    """Speed of the threshold model beside observed speeds, or one wave on a strip that stops where excitability falls."""

    title: ClassVar[str] = "A wave that spreads: how fast, and what stops it"
    columns: ClassVar[Mapping[str, str]] = {
        "what": "what", "computed": "worked out here", "value": "published", "low": "low", "high": "high", "unit": "unit",
    }  # fmt: skip
    on_slide = ("model", "diffusion", "release", "far")
    recipe_columns: ClassVar[Mapping[str, str]] = {"computed": "computed"}
    recipe_key = "what"

    def __init__(self, **state: Any) -> None:
        self._short = data.table("sources").set_index("source_id")["short"]
        self._observed = aura.parameters().speeds
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: the model; multiples of the four published constants; excitability at both ends."""
        factors = {
            name: widgets.FloatSlider(
                description=f"{words} ×", min=0.25, max=4, step=0.25, value=1, readout_format=".2f", style=STYLE,
                layout=wide("380px"),
            )
            for name, words in FACTORS.items()
        }  # fmt: skip
        ends = {
            name: slider(words, 50, 99, value)
            for (name, words), value in zip(ENDS.items(), (92, 60), strict=True)
        }
        model = dropdown("Question", [(words, name) for name, words in MODELS.items()])
        return {"model": model, **factors, **ends}

    def visible(self, name: str) -> bool:
        """Show each model's own controls alone."""
        if name == "model":
            return True
        return (name in FACTORS) == (self.value("model") == "threshold")

    def adapt(self, name: str) -> None:
        """Take the other drawing where the other model is chosen."""
        if name == "model":
            self.redraw()

    def make_evidence(self) -> pd.DataFrame:
        """Return what the model works out for the current choice, then the published rows beside it."""
        if self.value("model") == "threshold":
            wild = spreading.potassium()
            computed = [
                {"what": words, "computed": speed, "unit": "mm/min"} for words, speed in self._speeds()
            ]
            facts = [
                *(getattr(wild, name) for name in FACTORS),
                *self._observed,
                published(SPREADING, CHANGE),
            ]
        else:
            wave = self._wave()
            at = np.linspace(0, len(wave.position) - 1, STRIP_PLACES).round().astype(int)
            computed = [
                {
                    "what": f"highest activator at {100 * place:.0f} % of the strip",
                    "computed": high,
                    "unit": "no unit",
                }
                for place, high in zip(wave.position[at], wave.u[:, at].max(axis=0), strict=True)
            ]
            facts = [published(SPREADING, SUSCEPTIBILITY)]
        facts.append(published(SPREADING, EQUATIONS[self.value("model")]))
        rows = [{**one, "source_id": ""} for one in computed] + [self._fact(one) for one in facts]
        columns = ["what", "computed", "value", "low", "high", "unit", "equation", "source_id"]
        return pd.DataFrame(rows).reindex(columns=columns)

    def make_drawing(self, look: Look) -> SpeedList | SpaceTime:
        """Return the list of speeds or the strip in space and time."""
        if self.value("model") == "threshold":
            return SpeedList(look, 3, len(self._observed_on(look)))
        return SpaceTime(look)

    def view(self) -> SpeedView | WaveView:
        """Return the speeds, or the wave and where it stopped."""
        if self.value("model") == "threshold":
            computed = tuple(Speed(words, speed, speed) for words, speed in self._speeds())
            observed = [self._line(one) for one in self._observed_on(self.live.drawing.look)]
            return SpeedView((computed[0], computed[2], computed[1]), tuple(observed))
        wave = self._wave()
        stopped = None if wave.stopped_at is None else 100 * wave.stopped_at
        return WaveView(wave.u, 100 * wave.excitability, 100 * spreading.fhn_limit(), stopped)

    def say(self) -> str:
        """Say the model's speed and its distance from what is observed, or where the wave stopped and why."""
        return self._say_speed() if self.value("model") == "threshold" else self._say_wave()

    def recipe(self) -> str:
        """Return the formula in numpy, or the strip solved once and its places read off."""
        if self.value("model") == "threshold":
            own, published_, without = (self._constants(one) for one in ("own", *spreading.GENOTYPES))
            words = [one for one, _ in self._speeds()]
            return (
                "import numpy as np\n"
                "import pandas as pd\n\n"
                "# D in cm2/s, r in 1/s, C in mmol/L, S in mmol/L/s\n"
                f"rows = pd.DataFrame([{list(published_.values())},\n"
                f"                     {list(own.values())},\n"
                f"                     {list(without.values())}], columns=['D', 'r', 'C', 'S'])\n"
                f"rows['what'] = {words}\n"
                "q = (rows.C * rows.r / rows.S).clip(upper=0.5)  # from one half on, nothing travels\n"
                "cm_per_s = np.sqrt(rows.D * rows.r) * (1 - 2 * q) / np.sqrt(q * (1 - q))\n"
                "rows['computed'] = 600 * cm_per_s  # mm/min\n"
            )
        near, far = (self.value(name) / 100 for name in ENDS)
        return (
            "import numpy as np\n"
            "import pandas as pd\n"
            "from migraine_lab.models import spreading\n\n"
            f"wave = spreading.fhn_strip([{near}, {far}])  # excitability at both ends\n"
            f"at = np.linspace(0, len(wave.position) - 1, {STRIP_PLACES}).round().astype(int)\n"
            "rows = pd.DataFrame({\n"
            "    'what': [f'highest activator at {100 * place:.0f} % of the strip' for place in wave.position[at]],\n"
            "    'computed': wave.u[:, at].max(axis=0)})\n"
        )

    # -- inside ----------------------------------------------------------------------------------------------------
    def _constants(self, whose: str) -> dict[str, float]:
        """Return D, r, C and S of a genotype, or the wild type's times the student's multiples."""
        numbers = spreading.potassium(spreading.GENOTYPES[0] if whose == "own" else whose).numbers
        return (
            {name: number * self.value(name) for name, number in numbers.items()}
            if whose == "own"
            else numbers
        )

    def _speeds(self) -> list[tuple[str, float]]:
        """Return words and speed of the published constants, of the student's and of the mouse without AQP4."""
        words = ("mouse, constants as published", OWN, "mouse without AQP4")
        whose = (spreading.GENOTYPES[0], "own", spreading.GENOTYPES[1])
        return [
            (one, float(spreading.threshold_speed(**self._constants(name))))
            for one, name in zip(words, whose, strict=True)
        ]

    def _observed_on(self, look: Look) -> tuple[Published, ...]:
        """Return the observed speeds there is room for: on a slide the first three."""
        return self._observed[:3] if look.presenting else self._observed

    def _line(self, one: Published) -> Speed:
        low, high = (one.value, one.value) if math.isnan(one.low) else (one.low, one.high)
        return Speed(f"{self._short[one.source_id]}: {SEEN_IN[one.source_id]}", low, high)

    def _fact(self, one: Published) -> dict[str, Any]:
        numbers = {
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "unit": one.unit,
            "equation": one.equation,
        }
        return {"what": f"{self._short[one.source_id]}: {one.about}", **numbers, "source_id": one.source_id}

    def _wave(self) -> spreading.FhnStrip:
        return spreading.fhn_strip([self.value(name) / 100 for name in ENDS])

    def _say_speed(self) -> str:
        (_, wild), (_, own), _ = self._speeds()
        seen, measured = self._observed[0], published(SPREADING, CHANGE)
        changed = any(self.value(name) != 1 for name in FACTORS)
        against = f"against {seen.value:g} seen in people ({self._short[seen.source_id]})"
        if own == 0:
            gap = "no wave at all: removal wins before the threshold is crossed"
        elif own < seen.value:
            gap = f"{own:.2g} mm/min, {against}: {seen.value / own:.1f} times too slow"
        else:
            gap = f"{own:.2g} mm/min, {against}: {own / seen.value:.1f} times as fast"
        return (
            f"With {'your multiples' if changed else 'the published mouse constants'} the model gives {gap}."
            + (f" Without them it gives {wild:.2g} mm/min." if changed else "")
            + f" For mice without the water channel AQP4 it predicts a wave {-spreading.knock_out_change():.0f} % slower; "
            f"measured was {-measured.value:.0f} % slower ({self._short[measured.source_id]})."
        )

    def _say_wave(self) -> str:
        wave, limit = self._wave(), spreading.fhn_limit()
        near, far = (self.value(name) for name in ENDS)
        end = (
            "crosses the whole strip"
            if wave.stopped_at is None
            else f"stops at {100 * wave.stopped_at:.0f} % of the strip"
        )
        return (
            f"Excitability goes from {near} to {far} %. The wave {end}. Where tissue is all of one kind, no wave travels on "
            f"below {100 * limit:.0f} %. Pace and limit belong to our choice of the model's numbers, not to a brain."
        )
