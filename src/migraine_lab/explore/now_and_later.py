"""The same study now and later, and what its percentage becomes when the denominator is switched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.figures.rate_strip import RateStrip, StripView
from migraine_lab.figures.style import Look

RESPONSES = ("fall_2_points", "pain_reduction_50", "low_pain", "sustained_2_points", "no_recurrence")
LATER = ("sustained_2_points", "no_recurrence")
"""Outcomes that are measured in time order after the others, also where the source prints no time."""
HELD = ("sustained_2_points",)
"""Outcomes that count earlier responders who still hold their gain: only these can be 'of those who responded first'."""
BASES = {
    "printed": "as the source prints it",
    "all": "everyone treated",
    "first": "those who responded first",
}
LONGEST = 5


class NowAndLater(Explorer):
    """Response rates of one uncontrolled ketamine study in time order, with three denominators to choose from."""

    title: ClassVar[str] = "Now and later: of whom?"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "rate",
        "definition": "what was counted",
        "time": "time", "events": "events", "n": "n", "percent": "%", "low": "low", "high": "high",
        "printed": "% as printed", "how": "how the fraction was made", "mismatch_note": "contradiction in the source",
    }  # fmt: skip

    def __init__(self, **state: object) -> None:
        rows = data.comparisons(scope="ketamine")
        rows = rows[
            (rows["comparator_kind"] == "none") & rows["outcome_id"].isin(RESPONSES) & rows["countable"]
        ]
        treated = data.table("results").groupby("study_id")["n"].max().astype(float)
        rows = rows.assign(treated=rows["study_id"].map(treated))
        several = rows.groupby("study_id")["study_id"].transform("size") > 1
        rows = rows[several | (rows["n"] < rows["treated"])]
        rows = rows.assign(_later=rows["outcome_id"].isin(LATER))
        self._rows = rows.sort_values(["study", "_later", "time_days"], na_position="last").reset_index(
            drop=True
        )
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: study, denominator, level of the interval."""
        studies = self._rows.drop_duplicates("study_id")
        first = "schwenk2018" if "schwenk2018" in set(studies["study_id"]) else studies["study_id"].iloc[0]
        return {
            "study": dropdown(
                "Study", list(zip(studies["study"], studies["study_id"], strict=True)), value=first
            ),
            "basis": dropdown("Of whom", [(words, name) for name, words in BASES.items()]),
            "level": dropdown("Interval", [("95 %", 95), ("90 %", 90), ("99 %", 99)]),
        }

    def make_evidence(self) -> pd.DataFrame:
        """Return the study's rates in time order over the chosen denominator, with intervals where there are counts."""
        rows = self._rows[self._rows["study_id"] == self.value("study")].copy()
        basis = self.value("basis")
        rows["printed"] = rows["percent"]
        fractions = [_fraction(row, basis, rows.iloc[0]) for _, row in rows.iterrows()]
        rows["events"], rows["n"], rows["how"] = zip(*fractions, strict=True)
        counted = rows["n"].notna().to_numpy()
        rows["percent"] = np.where(counted, 100 * rows["events"] / rows["n"], rows["printed"])
        rows[["low", "high"]] = np.nan
        if counted.any():
            _, low, high = stats.proportion(
                rows.loc[counted, "events"].to_numpy(float),
                rows.loc[counted, "n"].to_numpy(float),
                level=self.value("level") / 100,
            )
            rows.loc[counted, "low"], rows.loc[counted, "high"] = (
                100 * np.asarray(low),
                100 * np.asarray(high),
            )
        rows["label"] = [f"{row.time or 'later'}: {row.outcome}" for row in rows.itertuples()]
        rows["text"] = [_text(row) for _, row in rows.iterrows()]
        return rows.drop(columns="_later").reset_index(drop=True)

    def make_drawing(self, look: Look) -> RateStrip:
        """Return the strip of up to five rates."""
        return RateStrip(look, LONGEST)

    def view(self) -> StripView:
        """Return the rates joined in time order."""
        rows = self._evidence()
        if not rows["percent"].notna().any():
            raise CannotShow(
                "This study prints no rate over that denominator; the picture still shows the last choice."
            )
        return StripView(rows, joined=len(rows) > 1)

    def say(self) -> str:
        """Say the first and the last rate and what they are of."""
        rows = self._evidence()
        first, last = rows.iloc[0], rows.iloc[-1]
        words = f"{first['study']}, {BASES[self.value('basis')]}: {first['percent']:.0f} % ({first['text']})"
        if len(rows) > 1:
            words += f" at {first['time'] or 'first'}, {last['percent']:.0f} % ({last['text']}) at {last['time'] or 'follow-up'}"
        odd = rows.loc[rows["how"] == "worked out", "printed"]
        note = (
            f" The source does not say what its {odd.iloc[0]:g} % is of, so the count is worked out for this reading."
            if len(odd)
            else ""
        )
        return f"{words}. There is no comparator, so no change here can be credited to the drug.{note}"

    def recipe(self) -> str:
        """Return the printed rates and their intervals in pandas and statsmodels; change ``n`` to switch the denominator."""
        rows = self._evidence()
        known = rows[rows["n"].notna()]
        events, n = known["events"].astype(int).tolist(), known["n"].astype(int).tolist()
        return (
            "import pandas as pd\n"
            "from statsmodels.stats.proportion import proportion_confint\n\n"
            f"# {rows['study'].iloc[0]}, of {BASES[self.value('basis')]}\n"
            f"rows = pd.DataFrame({{'result_id': {known['result_id'].tolist()},\n"
            f"                     'events': {events}, 'n': {n}}})\n"
            f"low, high = proportion_confint(rows.events, rows.n, alpha={1 - self.value('level') / 100:.2f}, method='wilson')\n"
            "rows = rows.assign(low=100 * low, high=100 * high)\n"
        )


def _fraction(row: pd.Series, basis: str, first: pd.Series) -> tuple[float, float, str]:
    """Return events, denominator and how they came about; NaN counts where the source prints none for this reading."""
    if basis == "first" and row["outcome_id"] not in HELD:
        return row["events"], row["n"], "printed (not a count of earlier responders)"
    denominator = {"printed": row["n"], "all": row["treated"], "first": first["events"]}[basis]
    if pd.isna(denominator):
        return np.nan, np.nan, "percentage without a count"
    if pd.notna(row["events"]):
        return (
            row["events"],
            denominator,
            "printed" if denominator == row["n"] else "printed count, other denominator",
        )
    return float(round(row["percent"] / 100 * denominator)), denominator, "worked out"


def _text(row: pd.Series) -> str:
    if pd.isna(row["n"]):
        return f"{row['printed']:g} % of ?"
    about = "about " if row["how"] == "worked out" else ""
    return f"{about}{row['events']:.0f} of {row['n']:.0f}"
