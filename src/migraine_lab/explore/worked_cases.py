"""Four trials that can be read in more than one way: the readings one under the other, with what differs between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import Explorer
from migraine_lab.explore.rate_words import inside
from migraine_lab.figures.readings import ReadingRow, ReadingsFigure, ReadingsView
from migraine_lab.figures.style import Look

COUNTS, FROM_P, WIDEST, NO_INTERVAL = "counts", "p value", "bound of p", "none"


@dataclass(frozen=True)
class Reading:
    """One reading: the treated arm's result, its comparator's, its name, and whether it had been put first."""

    treated: str
    compared: str
    name: str
    planned: bool = True
    odd_p: bool = False
    """The printed p value cannot belong to the plain difference of the printed means: no interval is made from it."""


@dataclass(frozen=True)
class Case:
    """A case: its name in the list, what it teaches (a sentence), and its readings."""

    name: str
    lesson: str
    readings: tuple[Reading, ...]


def _pair(study: str, arm: str, other: str, rest: str, name: str, **more: bool) -> Reading:
    return Reading(f"{study}_{arm}_{rest}", f"{study}_{other}_{rest}", name, **more)


CASES = {
    "champ": Case(
        "CHAMP: placebo won",
        "Each drug's rate, told alone, sounds like a success; beside placebo it does not.",
        (
            _pair("powers2017", "topiramate", "placebo", "responder_50_24wk", "Topiramate"),
            _pair("powers2017", "amitriptyline", "placebo", "responder_50_24wk", "Amitriptyline"),
        ),
    ),
    "preempt": Case(
        "PREEMPT: which outcome",
        "The same people in PREEMPT 1 give no difference in episodes and one in days; days were then put first in PREEMPT 2.",
        (
            _pair("aurora2010", "onabot", "placebo", "attack_change_24wk", "PREEMPT 1: episodes, put first", odd_p=True),
            _pair("aurora2010", "onabot", "placebo", "mhd_change_24wk", "PREEMPT 1: headache days", planned=False),
            _pair("aurora2010", "onabot", "placebo", "mmd_change_24wk", "PREEMPT 1: migraine days", planned=False),
            _pair("diener2010", "onabot", "placebo", "mhd_change_24wk", "PREEMPT 2: headache days, now first"),
        ),
    ),
    "premium": Case(
        "PREMIUM: a group picked later",
        "The difference was found in those who had kept to the device, a group picked after the fact; "
        "when PREMIUM II planned for that group, its first outcome did not show it.",
        (
            _pair("diener2019", "nvns", "sham", "mmd_change_12wk", "PREMIUM: everybody, as planned"),
            _pair("diener2019", "nvns", "sham", "mmd_change_12wk_2", "PREMIUM: who kept to it, afterwards", planned=False),
            _pair("najib2022", "nvns", "sham", "mmd_change_12wk", "PREMIUM II: who kept to it, planned"),
        ),
    ),
    "hermes": Case(
        "HER-MES: who stopped",
        "Many stopped topiramate for its side effects: counted as not better they widen the gap, filled in they narrow it. "
        "Neither is wrong; they answer two questions.",
        (
            _pair("reuter2022", "erenumab", "topiramate", "responder_50_24wk", "Stopping counts as not better"),
            _pair("reuter2022b", "erenumab", "topiramate", "responder_50_24wk", "As if all had stayed on", planned=False),
        ),
    ),
}  # fmt: skip


class WorkedCases(Explorer):
    """Readings of one case side by side; differences of means get the interval that their printed p value implies."""

    title: ClassVar[str] = "One trial, more than one reading"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "reading", "definition": "what was counted", "arms": "arms", "difference": "difference",
        "low": "low", "high": "high", "p": "p as printed", "how": "interval from", "put_first": "put first",
    }  # fmt: skip
    on_slide: ClassVar[tuple[str, ...]] = ("case",)
    recipe_columns: ClassVar[Mapping[str, str]] = {"difference": "difference", "low": "low", "high": "high"}
    recipe_key: ClassVar[str] = "key"

    def __init__(self, **state: object) -> None:
        self._results = data.table("results").set_index("result_id").to_dict("index")
        self._arms = data.table("arms").set_index(["study_id", "arm_id"])["label"].to_dict()
        self._whom = data.table("studies").set_index("study_id")["population"].to_dict()
        self._listed: tuple[Any, list[SimpleNamespace]] = (None, [])
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: the case and the level of the intervals."""
        return {
            "case": dropdown("Case", [(case.name, name) for name, case in CASES.items()]),
            "level": dropdown("Interval", [("95 %", 95), ("90 %", 90), ("99 %", 99)]),
        }

    def make_evidence(self) -> pd.DataFrame:
        """Return the readings of the case; a difference above 0 is in the treatment's favour."""
        return pd.DataFrame([self._read(one) for one in CASES[self.value("case")].readings])

    def _read(self, one: Reading) -> dict[str, object]:
        treated, compared = self._results[one.treated], self._results[one.compared]
        level = self.value("level") / 100
        entry: dict[str, object] = {
            "key": one.treated, "label": one.name, "definition": treated["definition"], "p": treated["p_value"],
            "put_first": "yes" if one.planned else "no", "source_id": treated["source_id"],
        }  # fmt: skip
        low = high = np.nan
        if treated["stat"] == "proportion":
            counts = [float(part[name]) for part in (treated, compared) for name in ("events", "n")]
            found = stats.compare(*counts, level=level)
            gap, low, high = (100 * part for part in (found.estimate, found.low, found.high))
            words = [f"{100 * x / n:.0f} of 100 ({x:.0f} of {n:.0f})" for x, n in (counts[:2], counts[2:])]
            return entry | {
                "difference": gap, "low": low, "high": high, "arms": " against ".join(words), "how": COUNTS,
                "treated": 100 * found.risk_a, "compared": 100 * found.risk_b, "events": counts[0],
                "n": counts[1], "comparator_events": counts[2], "comparator_n": counts[3],
            }  # fmt: skip
        gap = round(
            compared["value"] - treated["value"], 9
        )  # both are changes: the larger fall is the better one
        p, how = _printed_p(str(treated["p_value"]), one.odd_p)
        if p is not None:
            low, high = stats.interval_from_p(gap, p, level=level)
        unit = "episodes" if "episodes" in treated["unit"] else "days"
        fall = f"{-treated['value']:g} fewer {unit} a month against {-compared['value']:g}"
        return entry | {
            "difference": gap, "low": low, "high": high, "arms": fall, "how": how,
            "treated": treated["value"], "compared": compared["value"],
        }  # fmt: skip

    def _told(self) -> list[SimpleNamespace]:
        """The rows of evidence by name, made once a choice."""
        frame = self._evidence()
        if self._listed[0] is not frame:
            self._listed = (frame, [SimpleNamespace(**one) for one in frame.to_dict("records")])
        return self._listed[1]

    def make_drawing(self, look: Look) -> ReadingsFigure:
        """Return the readings' figure, as tall as the case needs."""
        return ReadingsFigure(look, len(CASES[self.controls["case"].value].readings))

    def adapt(self, name: str) -> None:
        """Make room for the readings of another case."""
        if name == "case":
            self.redraw()

    def _sides(self) -> tuple[str, str]:
        """Names of comparator and treatment; where nobody had a drug for show, the treatment needs its own name."""
        one = CASES[self.value("case")].readings[0]
        treated, compared = (
            inside(str(self._arms[row["study_id"], row["arm_id"]]).split()[0])
            for row in (self._results[one.treated], self._results[one.compared])
        )
        return compared, "treatment" if compared in ("placebo", "sham") else treated

    def view(self) -> ReadingsView:
        """Return the readings with their differences in words."""
        rows = self._told()
        slide = self.live.drawing.look.presenting
        axis = "points of 100" if rows[0].how == COUNTS else "fewer a month"
        readings = [
            ReadingRow(
                row.label,
                _brief(row) if slide else row.arms,
                row.difference,
                row.low,
                row.high,
                _gap(row),
                row.put_first == "yes",
            )
            for row in rows
        ]
        return ReadingsView(readings, axis, *self._sides())

    def about(self) -> str:
        """Return in whom, and where intervals come from."""
        one = CASES[self.value("case")].readings[0]
        whom = self._whom[self._results[one.treated]["study_id"]]
        how = {row.how for row in self._told()}
        if how == {COUNTS}:
            return f"In whom: {whom}. Intervals from the counts of both arms."
        rest = " A p value printed as a bound gives the widest interval." if WIDEST in how else ""
        return f"In whom: {whom}. No spread is printed: intervals are worked out from the p values.{rest}"

    def say(self) -> str:
        """Read every reading of the case, then say what differs between them."""
        rows, case = self._told(), CASES[self.value("case")]
        if self.live.drawing.look.presenting:
            return case.lesson
        told = [f"{row.label}: {row.arms}; difference {_gap(row)}." for row in rows]
        odd = [row for row in rows if row.how == NO_INTERVAL]
        if odd:
            told.append(
                f"So small a difference cannot have a p value of {odd[0].p} unless something was corrected for, "
                "so no interval is made from it."
            )
        return f"{' '.join(told)}\n{case.lesson}"

    def recipe(self) -> str:
        """Return the differences and intervals in statsmodels and scipy."""
        rows, level = self._evidence(), self.value("level")
        keys = rows["key"].tolist()
        if (rows["how"] == COUNTS).all():
            names = ("events", "n", "comparator_events", "comparator_n")
            counts = rows[list(names)].astype(int).to_numpy().tolist()
            return (
                "import pandas as pd\n"
                "from statsmodels.stats.proportion import confint_proportions_2indep\n\n"
                f"counts = {counts}  # better, of; the same of the comparator\n"
                f"ends = [confint_proportions_2indep(*one, compare='diff', method='newcomb', alpha={1 - level / 100:.2f})\n"
                "        for one in counts]\n"
                "rows = pd.DataFrame(ends, columns=['low', 'high']) * 100\n"
                "rows['difference'] = [100 * (a / n - b / m) for a, n, b, m in counts]\n"
                f"rows['key'] = {keys}\n"
            )
        known = [_printed_p(row.p, row.how == NO_INTERVAL)[0] for row in self._told()]
        printed = ", ".join("None" if p is None else f"{p:g}" for p in known)
        return (
            "import pandas as pd\n"
            "from scipy.stats import norm\n\n"
            f"rows = pd.DataFrame({{'key': {keys},\n"
            f"                     'treated': {rows['treated'].tolist()}, 'compared': {rows['compared'].tolist()},\n"
            f"                     'p': [{printed}]}})  # a bound stands for itself\n"
            "rows['p'] = rows.p.astype(float)\n"
            "rows['difference'] = rows.compared - rows.treated\n"
            "error = rows.difference.abs() / norm.isf(rows.p / 2)\n"
            f"half = norm.ppf({(1 + level / 100) / 2:g}) * error\n"
            "rows = rows.assign(low=rows.difference - half, high=rows.difference + half)\n"
        )


def _printed_p(words: str, odd_p: bool) -> tuple[float | None, str]:
    """Return the p value to work with, and what an interval made from it is."""
    number = words.lstrip("<").strip()
    if odd_p or not number:
        return None, NO_INTERVAL
    return float(number), WIDEST if words.startswith("<") else FROM_P


def _brief(row: Any) -> str:
    """Write the arms for a slide: counts alone."""
    if row.how != COUNTS:
        return str(row.arms)
    return f"{row.events:.0f} of {row.n:.0f} against {row.comparator_events:.0f} of {row.comparator_n:.0f}"


def _gap(row: Any) -> str:
    """Write a difference with its interval, in points of 100 or fewer days."""
    digits = 0 if row.how == COUNTS else 1
    gap, low, high = (f"{one:.{digits}f}".replace("-", "−") for one in (row.difference, row.low, row.high))
    return f"{gap} (p {row.p})" if np.isnan(row.low) else f"{gap} ({low} to {high})"
