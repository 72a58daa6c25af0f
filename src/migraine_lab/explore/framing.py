"""One trial told five ways: relative, absolute, as a number needed, as a gain, as a loss; and at another placebo rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.explore.controls import dropdown, slider
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.explore.rate_words import inside
from migraine_lab.figures.framing import FramingFigure, FramingView, Telling
from migraine_lab.figures.icon_arrays import IconView
from migraine_lab.figures.style import Look
from migraine_lab.stats.nnt import number_needed, number_needed_text

TRIALS = (
    "brandes2007_s1_suma_85_pain_free_2h",
    "croop2019_rimegepant_75_pain_free_2h",
    "cady1991_suma_sc_6_pain_relief_1h",
    "dodick2010_onabot_responder_50_24wk",
    "reuter2018_erenumab_140_responder_50_12wk",
    "silberstein2017_monthly_responder_50_12wk",
    "najib2022_nvns_responder_50_12wk",
    "powers2017_topiramate_responder_50_24wk",
    "powers2017_amitriptyline_responder_50_24wk",
)
"""Trials whose source gives the counts of both arms: an attack's treatments, preventives, and one where placebo won."""
TELLINGS = 5
COUNTS = ("events", "n", "comparator_events", "comparator_n")


@dataclass(frozen=True)
class Effect:
    """Rates (0-1) of both arms, their ratio and difference with limits, and the NNT, at one placebo rate."""

    treated: float
    compared: float
    ratio: tuple[float, float, float]
    difference: tuple[float, float, float]
    nnt: tuple[float, float, float]
    supposed: bool


class Framing(Explorer):
    """The same counts as relative risk, difference, NNT, icons, gain or loss, and carried over to another placebo rate."""

    title: ClassVar[str] = "The same trial in five sentences"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "what", "events": "with the event", "n": "of", "estimate": "figure", "low": "low", "high": "high",
    }  # fmt: skip
    on_slide: ClassVar[tuple[str, ...]] = ("trial", "wording", "control")
    recipe_columns: ClassVar[Mapping[str, str]] = {"estimate": "estimate", "low": "low", "high": "high"}
    recipe_key: ClassVar[str] = "key"

    def __init__(self, **state: object) -> None:
        rows = data.comparisons().set_index("result_id", drop=False)
        self._trials = rows.loc[[one for one in TRIALS if one in rows.index]]
        self._rows = dict(self._trials.iterrows())
        self._worked_out: tuple[Any, Effect | None] = (None, None)
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: the trial, the wording, and how many of 100 get better on placebo."""
        names = [
            (f"{row.study}: {inside(row.treatment)}", row.result_id) for row in self._trials.itertuples()
        ]
        return {
            "trial": dropdown("Trial", names),
            "wording": dropdown("Icons show", [("who got better", "gain"), ("who did not", "loss")]),
            "control": slider("Better on placebo, of 100", 1, 90, _own_rate(self._trials.iloc[0])),
        }

    def adapt(self, name: str) -> None:
        """Bring the placebo rate back to the trial's own when another trial is chosen."""
        if name == "trial":
            self.controls["control"].value = _own_rate(self._chosen())

    def actions(self) -> list[widgets.Widget]:
        """Return the button that brings the trial's own placebo rate back."""
        button = widgets.Button(
            description="The trial's own placebo rate", layout=widgets.Layout(width="auto")
        )
        button.on_click(lambda _button: self.set(control=_own_rate(self._chosen())))
        return [button]

    def _chosen(self) -> pd.Series:
        return self._rows[self.value("trial")]

    def _effect(self) -> Effect:
        """What the trial found, or what its ratio would mean at the chosen placebo rate; kept while that stays."""
        key = (self.value("trial"), self.value("control"))
        if self._worked_out[0] != key:
            self._worked_out = (key, self._work_out())
        assert self._worked_out[1] is not None
        return self._worked_out[1]

    def _work_out(self) -> Effect:
        row = self._chosen()
        ratio, found = _found(*(float(row[name]) for name in COUNTS))
        ratios = (ratio.estimate, ratio.low, ratio.high)
        if self.value("control") == _own_rate(row):
            needed = (found.nnt, found.nnt_low, found.nnt_high)
            return Effect(
                found.risk_a, found.risk_b, ratios, (found.estimate, found.low, found.high), needed, False
            )
        compared = self.value("control") / 100
        gains = [min(compared * (one - 1), 1 - compared) for one in ratios]
        parts = number_needed(*(np.array(one) for one in gains))
        needed = (float(parts[0]), float(parts[1]), float(parts[2]))
        return Effect(
            compared * ratios[0], compared, ratios, (gains[0], gains[1], gains[2]), needed, True
        )  # fmt: skip

    def _possible(self) -> Effect:
        effect = self._effect()
        if effect.treated > 1:
            raise CannotShow(
                f"{effect.ratio[0]:.1f} times {self.value('control')} of 100 would be more than everyone: "
                "a ratio cannot be carried to so high a placebo rate. Lower it."
            )
        return effect

    def make_evidence(self) -> pd.DataFrame:
        """Return both arms as the source prints them, and ratio, difference and NNT at the chosen placebo rate."""
        row, effect = self._chosen(), self._effect()
        arms = []
        for key, name, prefix in (
            ("treated", row["arm"], ""),
            ("compared", row["comparator"], "comparator_"),
        ):
            x, n = float(row[f"{prefix}events"]), float(row[f"{prefix}n"])
            rate = stats.proportion(x, n)
            arms.append((key, f"{name}, of 100", x, n, *(100 * part for part in rate), row["source_id"]))
        at = "as found" if not effect.supposed else f"if {self.value('control')} of 100 got better on placebo"
        source = "" if effect.supposed else row["source_id"]
        told = [
            ("relative", "risk ratio, as found", np.nan, np.nan, *effect.ratio, row["source_id"]),
            (
                "absolute",
                f"difference, points, {at}",
                np.nan,
                np.nan,
                *(100 * one for one in effect.difference),
                source,
            ),
            ("needed", f"number needed to treat, {at}", np.nan, np.nan, *effect.nnt, source),
        ]
        columns = ["key", "label", "events", "n", "estimate", "low", "high", "source_id"]
        return pd.DataFrame([*arms, *told], columns=columns)

    def make_drawing(self, look: Look) -> FramingFigure:
        """Return the sentences and the icons."""
        return FramingFigure(look, TELLINGS)

    def view(self) -> FramingView:
        """Return the five tellings and 100 people an arm."""
        effect, row = self._possible(), self._chosen()
        loss = self.value("wording") == "loss"
        treated, compared = round(100 * effect.treated), round(100 * effect.compared)
        icons = IconView(
            treated=100 - treated if loss else treated,
            compared=100 - compared if loss else compared,
            treated_name=inside(row["treatment"]),
            compared_name=inside(row["comparator_treatment"]),
        )
        supposed = "supposed, at another placebo rate" if effect.supposed else ""
        slide = self.live.drawing.look.presenting
        return FramingView(_tellings(effect, row, slide), icons, supposed)

    def about(self) -> str:
        """Return what was counted, when and in whom."""
        row = self._chosen()
        return f"{row['study']}, {row['definition'].rstrip('.')}; {row['population']}."

    def say(self) -> str:
        """Say the counts, what each telling prints, and what another placebo rate would leave of them."""
        row = self._chosen()
        try:
            effect = self._possible()
        except CannotShow as reason:
            return str(reason)
        treated, compared = round(100 * effect.treated), round(100 * effect.compared)
        name, other = inside(row["treatment"]), inside(row["comparator_treatment"])
        counts = (
            f"{row['study']}: {row['events']:.0f} of {row['n']:.0f} got better with {name}, "
            f"{row['comparator_events']:.0f} of {row['comparator_n']:.0f} with {other}."
        )
        gap = f"{_relative(effect)} and {_points(effect.difference[0])}"
        if not effect.supposed:
            return f"{counts} That is {gap}: one result, told twice. {_needed(effect)}."
        return (
            f"Supposed, not found: if {compared} of 100 got better with {other} instead of {_own_rate(row)}, the same ratio "
            f"would give {treated} of 100 with {name}. Still {_relative(effect)}, now {_points(effect.difference[0])}. "
            f"{_needed(effect)}. The interval carries the ratio's doubt alone."
        )

    def recipe(self) -> str:
        """Return the same figures from statsmodels."""
        row, effect = self._chosen(), self._effect()
        counts = ", ".join(
            f"{row[name]:.0f}" for name in ("events", "n", "comparator_events", "comparator_n")
        )
        lines = (
            "import numpy as np\nimport pandas as pd\n"
            "from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint\n\n"
            f"# {row['study']}: better of treated, better of {inside(row['comparator_treatment'])}\n"
            f"a, n, b, m = {counts}\n"
            "ratio = [a / n / (b / m), *confint_proportions_2indep(a, n, b, m, compare='ratio', method='log')]\n"
        )
        if effect.supposed:
            lines += (
                f"placebo = {self.value('control')} / 100  # supposed\n"
                "difference = np.minimum(placebo * (np.array(ratio) - 1), 1 - placebo)\n"
            )
        else:
            lines += (
                "difference = np.array([a / n - b / m,\n"
                "                       *confint_proportions_2indep(a, n, b, m, compare='diff', method='newcomb')])\n"
            )
        return lines + (
            "needed = 1 / difference[[0, 2, 1]]  # the larger benefit belongs to the smaller number\n"
            "arms = [[x / size, *proportion_confint(x, size, method='wilson')] for x, size in ((a, n), (b, m))]\n"
            "figures = [*(100 * np.array(arms)), ratio, 100 * difference, needed]\n"
            "rows = pd.DataFrame(figures, columns=['estimate', 'low', 'high'])\n"
            "rows.insert(0, 'key', ['treated', 'compared', 'relative', 'absolute', 'needed'])\n"
        )


@lru_cache(maxsize=32)
def _found(*counts: float) -> tuple[stats.Comparison, stats.Comparison]:
    """Ratio and difference of a trial, kept: they stay when the placebo rate is moved."""
    return stats.compare(*counts, measure="RR"), stats.compare(*counts, measure="RD")


def _own_rate(row: pd.Series) -> int:
    """Of 100 on placebo in the trial itself."""
    return round(100 * float(row["comparator_events"]) / float(row["comparator_n"]))


def _tellings(effect: Effect, row: pd.Series, slide: bool) -> list[Telling]:
    """The five sentences; on a slide the figure carries its interval, because the words stay away."""
    name, other = inside(row["treatment"]), inside(row["comparator_treatment"])
    ratio, low, high = (100 * one for one in effect.ratio)
    gap, least, most = (100 * one for one in effect.difference)
    treated, compared = round(100 * effect.treated), round(100 * effect.compared)
    left, stayed = 100 - treated, 100 - compared
    told = [
        Telling(
            "Relative", _relative(effect),
            f"For every 100 who get better with {other}, {ratio:.0f} do with {name} (interval {low:.0f} to {high:.0f}).",
        ),
        Telling(
            "Absolute", _points(effect.difference[0]),
            f"Of 100 people given {name} instead of {other}, {_more(gap)} get better ({_ends(least, most)}).",
        ),
        Telling(
            "Number needed", _needed(effect).split(" (")[0].split(",")[0],
            f"{_needed(effect)}{_for_one(effect, name, other)}.",
        ),
        Telling("Gain", f"{treated} of 100", f"{treated} of 100 get better with {name}; with {other} {compared} of 100 do."),
        Telling("Loss", f"{left} of 100", f"{left} of 100 are no better with {name}; with {other} {stayed} of 100 are not."),
    ]  # fmt: skip
    if not slide:
        return told
    figures = [
        f"{told[0].figure} (ratio {low / 100:.1f} to {high / 100:.1f})",
        f"{told[1].figure} ({_ends(least, most)})",
        _short_needed(effect),
        f"{treated} of 100 get better, not {compared}",
        f"{left} of 100 are no better, not {stayed}",
    ]
    return [Telling(one.name, figure, "") for one, figure in zip(told, figures, strict=True)]


def _relative(effect: Effect) -> str:
    change = 100 * (effect.ratio[0] - 1)
    return f"{abs(change):.0f} % {'more' if change >= 0 else 'fewer'}"


def _points(difference: float) -> str:
    """Say a difference of rates as people of 100."""
    return f"{_more(100 * difference)} of 100"


def _more(points: float) -> str:
    size = f"{abs(points):.0f}" if abs(points) >= 1 else f"{abs(points):.1f}"
    return f"{size} {'more' if points >= 0 else 'fewer'}"


def _ends(low: float, high: float) -> str:
    return f"{_more(low)} to {_more(high)}"


def _needed(effect: Effect) -> str:
    return str(number_needed_text(*effect.nnt))


def _for_one(effect: Effect, name: str, other: str) -> str:
    """Say what a number needed counts; nothing where its interval holds both directions and says so itself."""
    both = effect.difference[1] <= 0 <= effect.difference[2]
    more = "more" if effect.difference[0] > 0 else "fewer"
    return "" if both else f": so many are given {name} instead of {other} for one {more} to get better"


def _short_needed(effect: Effect) -> str:
    """NNT with its interval where it has one, else what the interval holds besides."""
    words = _needed(effect)
    name, _, rest = words.partition(", but the interval runs from ")
    return f"{name} ({rest.replace('through', '…').replace(' no effect to ', ' ')})" if rest else words
