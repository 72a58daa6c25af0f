"""The same study now and later, and what its percentage becomes when the denominator is switched; mean scores apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, cast

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.data.tables import time_text
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
SCORE, SCORE_SHAPE = "ketamine_pain_score", "o"
FEWEST_SCORES = 3
"""Times at which an arm's mean score is printed, to be followed from before treatment to a later visit."""


class NowAndLater(Explorer):
    """One uncontrolled ketamine study in time order: rates over three denominators, or mean scores on their own scale."""

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
        rows = rows[rows["treatment_id"].str.startswith("ketamine")]  # another drug's rate is no later look
        results, helps = data.table("results"), data.table("outcomes").set_index("outcome_id")["is_benefit"]
        # harms may be counted by infusion, or in people with other headaches too
        measured = results[results["outcome_id"].map(helps)]
        treated = measured.groupby(["study_id", "arm_id"])["n"].max().astype(float)
        arms = zip(rows["study_id"], rows["arm_id"], strict=True)
        rows = rows.assign(treated=[treated[arm] for arm in arms])
        several = rows.groupby("study_id")["study_id"].transform("size") > 1
        rows = rows[several | (rows["n"] < rows["treated"])]
        rows = rows.assign(_later=rows["outcome_id"].isin(LATER))
        self._rows = rows.sort_values(["study", "_later", "time_days"], na_position="last").reset_index(
            drop=True
        )
        self._scores = _scores()
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: study, denominator, level of the interval."""
        studies = self._rows.drop_duplicates("study_id")
        first = "schwenk2018" if "schwenk2018" in set(studies["study_id"]) else studies["study_id"].iloc[0]
        scores = self._scores.drop_duplicates("key")
        options = [
            *zip(studies["study"], studies["study_id"], strict=True),
            *zip(scores["study"] + ", mean pain after " + scores["drug"], scores["key"], strict=True),
        ]
        return {
            "study": dropdown("Study", options, value=first),
            "basis": dropdown("Of whom", [(words, name) for name, words in BASES.items()]),
            "level": dropdown("Interval", [("95 %", 95), ("90 %", 90), ("99 %", 99)]),
        }

    def adapt(self, name: str) -> None:
        """Take the other scale where scores follow rates."""
        if name == "study" and self._of_scores() != (cast(RateStrip, self.live.drawing).shape == SCORE_SHAPE):
            self.redraw()

    def visible(self, name: str) -> bool:
        """Return False for the denominator where means are shown: a mean is of everyone measured."""
        return name != "basis" or not self._of_scores()

    def _of_scores(self) -> bool:
        return self.value("study") in set(self._scores["key"])

    def make_evidence(self) -> pd.DataFrame:
        """Return the study's rates in time order over the chosen denominator, with intervals where there are counts."""
        if self._of_scores():
            return self._means()
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

    def _means(self) -> pd.DataFrame:
        """Return one arm's mean scores in time order, with Student's intervals from their SDs."""
        rows = self._scores[self._scores["key"] == self.value("study")].copy()
        mean = rows["value"].to_numpy(float)
        _, low, high = stats.mean(
            mean, rows["spread"].to_numpy(float), rows["n"].to_numpy(float), level=self.value("level") / 100
        )
        rows["percent"], rows["low"], rows["high"] = mean, low, high
        rows["events"], rows["printed"], rows["how"] = np.nan, mean, "mean and SD as printed"
        rows["label"] = [f"{row.time or 'end of the hospital stay'}: mean pain" for row in rows.itertuples()]
        rows["text"] = [f"{row.value:g} (SD {row.spread:g})" for row in rows.itertuples()]
        return rows.reset_index(drop=True)

    def make_drawing(self, look: Look) -> RateStrip:
        """Return the strip of up to five rates, or of mean scores on their own scale."""
        if self._of_scores():
            return RateStrip(look, LONGEST, most=10, unit="mean pain, 0 to 10", shape=SCORE_SHAPE)
        return RateStrip(look, LONGEST)

    def view(self) -> StripView:
        """Return the rates joined in time order."""
        rows = self._evidence()
        if not rows["percent"].notna().any():
            raise CannotShow(
                "This study prints no rate over that denominator; the picture still shows the last choice."
            )
        return StripView(rows, joined=len(rows) > 1 and (self._of_scores() or _of_one_kind(rows)))

    def say(self) -> str:
        """Say the first and the last rate and what they are of."""
        rows = self._evidence()
        first, last = rows.iloc[0], rows.iloc[-1]
        if self._of_scores():
            return _say_means(rows, self.value("level"))
        share, later = (f"{row['percent']:.0f} % ({_of_whom(row)})" for row in (first, last))
        words = f"{first['study']}, {BASES[self.value('basis')]}: {share}"
        if len(rows) > 1:
            words += f" at {first['time'] or 'first'}, {later} at {last['time'] or 'follow-up'}"
            if not _of_one_kind(rows):
                words += f". These are two definitions: first {first['outcome'].lower()}, then {last['outcome'].lower()}"
        odd = rows.loc[rows["how"] == "worked out", "printed"]
        note = (
            f" The source prints no count with its {odd.iloc[0]:g} %, so the count is worked out for this reading."
            if len(odd)
            else ""
        )
        return f"{words}. There is no comparator, so no change here can be credited to the drug.{note}"

    def recipe(self) -> str:
        """Return the printed rates and their intervals in pandas and statsmodels; change ``n`` to switch the denominator."""
        rows = self._evidence()
        if self._of_scores():
            return _recipe_of_means(rows, self.value("level"))
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


def _of_one_kind(rows: pd.DataFrame) -> bool:
    """Whether every rate has one definition, or counts who of the earlier responders still meets it."""
    return len(set(rows["outcome_id"]) - set(HELD)) <= 1


def _of_whom(row: pd.Series) -> str:
    return "of how many is not printed" if pd.isna(row["n"]) else str(row["text"])


def _scores() -> pd.DataFrame:
    """Mean pain scores of arms that print several, with an SD each, in time order; the end of a stay follows its start."""
    rows = data.table("results")
    rows = rows[(rows["outcome_id"] == SCORE) & (rows["spread_kind"] == "SD")]
    rows = rows[rows.groupby(["study_id", "arm_id"])["arm_id"].transform("size") >= FEWEST_SCORES]
    arms = data.table("arms").set_index(["study_id", "arm_id"])["treatment_id"]
    drug = [arms[study, arm] for study, arm in zip(rows["study_id"], rows["arm_id"], strict=True)]
    rows = rows.assign(
        key=rows["study_id"] + ":" + rows["arm_id"],
        study=rows["study_id"].map(data.table("studies").set_index("study_id")["short"]),
        drug=drug,
        time=time_text(rows),
        _place=rows["time_value"].fillna(0.5),
    )
    return rows.sort_values(["drug", "_place"], kind="stable").drop(columns="_place")


def _say_means(rows: pd.DataFrame, level: int) -> str:
    first, low, last = rows.iloc[0], rows.iloc[1], rows.iloc[-1]
    return (
        f"{first['study']}, {first['drug']}, the same {first['n']:.0f} people: mean pain {first['value']:g} before, "
        f"{low['value']:g} at the end of the hospital stay, {last['value']:g} after {last['time']} "
        f"({level} % interval {last['low']:.1f} to {last['high']:.1f}). This is a mean score, not a share of people, and "
        "there is no comparator, so neither the fall nor the return can be credited to the drug."
    )


def _recipe_of_means(rows: pd.DataFrame, level: int) -> str:
    return (
        "import numpy as np\n"
        "from scipy.stats import t\n"
        "from migraine_lab import data\n\n"
        f"rows = data.table('results').set_index('result_id').loc[{rows['result_id'].tolist()}].reset_index()\n"
        f"half = t.ppf({(1 + level / 100) / 2:g}, rows.n - 1) * rows.spread / np.sqrt(rows.n.astype(float))\n"
        "rows = rows.assign(low=rows.value - half, high=rows.value + half)\n"
    )
