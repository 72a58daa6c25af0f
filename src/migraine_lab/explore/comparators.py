"""The same drug against each comparator: saline, midazolam, prochlorperazine, metoclopramide, ketorolac and others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab.explore import comparator_rows as rows_of
from migraine_lab.explore.controls import check_box, dropdown
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.explore.ketamine_rows import verdict
from migraine_lab.figures import study_rows
from migraine_lab.figures.study_rows import Scale, StudiesView, StudyLine, StudyRows
from migraine_lab.figures.style import Look

ALL = "all"
LINES, SLIDE_LINES = 27, 8
SCALE = Scale(
    -60,
    60,
    ("← other | ketamine →", "difference", "interval"),
    zero=True,
    page=(0.39, 0.63, 0.81),
    slide=(0.34, 0.62, 1),
)
SHORT = {
    "ketamine_adverse_any": "any effect", "ketamine_discontinued": "stopped", "ketamine_serious": "serious",
    "discomfort_score": "discomfort", "fatigue_score": "fatigue", "not_completed": "did not finish",
    "admitted": "admitted", "returned": "came back", "satisfaction_score": "satisfied",
}  # fmt: skip
"""Outcomes in a word or two, where a slide has no second line for them; pain needs none, it is the panel's name."""
HINT = {rows_of.PAIN: "pain", rows_of.OTHER: "other benefit", rows_of.HARM: "unwanted effects, coming back"}


class Comparators(Explorer):
    """Ketamine beside each other treatment, one row a study and outcome, never pooled."""

    title: ClassVar[str] = "Ketamine against what?"
    columns: ClassVar[Mapping[str, str]] = {
        "study": "study", "against": "against", "outcome": "outcome", "time": "when", "estimate": "difference, hundredths",
        "low": "low", "high": "high", "how": "interval", "p_value": "p", "direction": "as the source puts it",
        "ketamine": "ketamine arm", "against_label": "other arm", "randomised": "by chance",
    }  # fmt: skip
    recipe_key: ClassVar[str] = "row_id"
    on_slide: ClassVar[tuple[str, ...]] = ("against", "what", "page")
    view_only: ClassVar[tuple[str, ...]] = ("page",)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: comparator, outcomes, intervals by assumption, page."""
        rows = rows_of.every(False)
        there = [(words, name) for name, words in rows_of.AGAINST.items() if name in set(rows["against_id"])]
        return {
            "against": dropdown("Against", [("every comparator", ALL), *there]),
            "what": dropdown(
                "Outcomes",
                [("all", ALL), *((words, name) for name, words in HINT.items())],
                value=rows_of.PAIN,
            ),
            "suppose": check_box("Intervals by assumption too"),
            "page": dropdown("Rows", [("-", 0)]),
        }

    def adapt(self, name: str) -> None:
        """Cut the list into pages anew."""
        if name != "page":
            self._offer()
            self.controls["page"].value = 0

    def look_changed(self) -> None:
        """Cut the pages anew: a slide holds fewer rows."""
        self._offer()

    def visible(self, name: str) -> bool:
        """Offer pages only where there are several."""
        return name != "page" or len(self.controls["page"].options) > 1

    def _offer(self) -> None:
        page: Any = self.controls["page"]
        old, parts = page.value, self._cut(self.screen.look())
        page.options = [(f"part {number + 1} of {len(parts)}", number) for number in range(len(parts))]
        page.value = old if old < len(parts) else 0

    # -- evidence --------------------------------------------------------------------------------------------------
    def make_evidence(self) -> pd.DataFrame:
        """Return the comparisons that the choices leave, with differences turned so that above 0 is better on ketamine."""
        rows = rows_of.every(self.value("suppose"))
        if self.value("against") != ALL:
            rows = rows[rows["against_id"] == self.value("against")]
        if self.value("what") != ALL:
            rows = rows[rows["panel"] == self.value("what")]
        return rows.reset_index(drop=True)

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> StudyRows:
        """Return the list, shorter on a slide."""
        return StudyRows(look, self._length(look), SCALE)

    def view(self) -> StudiesView:
        """Return the page in view."""
        if self._evidence().empty:
            raise CannotShow(
                "No study here prints such an outcome against that comparator; the picture still shows the last choice."
            )
        parts = self._cut(self.live.drawing.look)
        return StudiesView(parts[min(self.value("page"), len(parts) - 1)])

    @staticmethod
    def _length(look: Look) -> int:
        return SLIDE_LINES if look.presenting else LINES

    def _cut(self, look: Look) -> list[list[StudyLine]]:
        lines: list[StudyLine] = []
        for panel, part in self._evidence().groupby("panel", sort=False):
            if not look.presenting:
                lines.append(StudyLine(rows_of.PANELS[str(panel)], head=True))
            lines += [_line(row, look.presenting) for row in part.to_dict("records")]
        return study_rows.pages(lines, self._length(look), look)

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Say how many differences have an interval, which way they point, and read the first."""
        rows = self._evidence()
        if rows.empty:
            return "No study here prints such an outcome against that comparator, so nothing can be read."
        known = rows[rows["low"].notna() & (rows["how"] != rows_of.IQR)]
        better, worse = known[known["low"] > 0], known[known["high"] < 0]
        words = f"{_many(len(rows), 'comparison', 'comparisons')}, {len(known) or 'none'} with an interval of the difference"
        either = len(known) - len(better) - len(worse)
        if len(known):
            words += f": {len(better)} wholly on ketamine's side{_one_study(better)}"
            words += f", {len(worse)} wholly on the other's{_one_study(worse)}, {either} fit either"
        words += "."
        told = rows[rows["estimate"].isna() & (rows["direction"] != "")]
        if len(told):
            verdicts = {
                f"{verdict(row.direction)} (against {row.against})": None for row in told.itertuples()
            }
            words += f" Without a size: {'; '.join(verdicts)}."
        against = rows["against"].nunique()
        if against > 1:
            words += (
                f" {against} different comparators ask {against} different questions, so no average is drawn."
            )
        if self.live.drawing.look.presenting:
            return words
        shown = known if len(known) else rows
        return f"{words}\n{' '.join(_read(row) for row in shown.head(3).to_dict('records'))}"

    def about(self) -> str:
        """Say the sign, the formulas and what a dotted line is."""
        return (
            "Right of the line: better on ketamine, in hundredths of people or of the scale. Printed intervals are the source's"
            " own. From counts: Newcombe's interval of a difference. From means and SDs: (a - b) ± t √(sd²/n + sd²/n) (Welch)."
            " Dotted: not such an interval, either the middle half of patients (IQR) or one that rests on an assumption: that"
            " an unnamed spread is an SD, or that two visits of the same people are two separate groups."
        )

    def recipe(self) -> str:
        """Return the same intervals: printed ones turned, counts and means worked out."""
        rows = self._evidence()
        rows = rows[rows["low"].notna()]

        def chosen(*hows: str) -> list[tuple[Any, ...]]:
            kept = rows[rows["how"].isin(hows)]
            return [
                (row.row_id, *row.ids.split(";"), float(row.turned * row.times)) for row in kept.itertuples()
            ]

        return (
            "import pandas as pd\n"
            "from scipy.stats import t\n"
            "from statsmodels.stats.proportion import confint_proportions_2indep\n"
            "from migraine_lab import data\n\n"
            "# row, what it is made of, and the factor that turns it to hundredths, above 0 better on ketamine\n"
            f"printed = {chosen(rows_of.PRINTED, rows_of.IQR)}\n"
            f"counts = {chosen(rows_of.COUNTS)}\n"
            f"means = {chosen(rows_of.MEANS, rows_of.ASSUMED)}\n"
            "contrasts = data.table('contrasts').set_index('contrast_id')\n"
            "results = data.table('results').set_index('result_id')\n"
            "out = []\n"
            "for row, name, factor in printed:\n"
            "    out.append((row, *sorted(factor * contrasts.loc[name, ['low', 'high']].astype(float))))\n"
            "for row, one, two, factor in counts:\n"
            "    a, b = results.loc[one], results.loc[two]\n"
            "    ends = confint_proportions_2indep(a.events, a.n, b.events, b.n, compare='diff', method='newcomb')\n"
            "    out.append((row, *sorted(100 * factor * end for end in ends)))\n"
            "for row, one, two, factor in means:\n"
            "    a, b = results.loc[one], results.loc[two]\n"
            "    part_a, part_b = a.spread**2 / a.n, b.spread**2 / b.n\n"
            "    df = (part_a + part_b) ** 2 / (part_a**2 / (a.n - 1) + part_b**2 / (b.n - 1))\n"
            "    half = t.ppf(0.975, df) * (part_a + part_b) ** 0.5\n"
            "    out.append((row, *sorted(factor * (a.value - b.value + end) for end in (-half, half))))\n"
            "rows = pd.DataFrame(out, columns=['row_id', 'low', 'high'])\n"
        )


def _line(row: Mapping[str, Any], brief: bool) -> StudyLine:
    study = re.sub(r",? (year not shown|\(.*\))$", "", row["study"])
    what = f"{row['outcome']}, {row['time']}" if row["time"] else row["outcome"]
    ends = f" ({row['low']:.0f} to {row['high']:.0f})" if np.isfinite(row["low"]) else ""
    chance = "" if row["randomised"] else ", not by chance"
    brief_label = f"{row['against'].partition(' ')[0]}: {SHORT.get(row['outcome_id'], study)}"
    label = brief_label if brief else f"{row['against']}: {study}{chance}"
    return StudyLine(
        label,
        detail=what[:1].lower() + what[1:],
        text=f"{_direction(row)}{ends}" + (f", {row['time']}" if brief and row["time"] else ""),
        harm=row["how"],
        value=row["estimate"],
        low=row["low"],
        high=row["high"],
        rough=row["how"] in (rows_of.IQR, rows_of.ASSUMED),
        key=row["row_id"],
    )


def _direction(row: Mapping[str, Any]) -> str:
    """Say a difference as a direction and a size."""
    if not np.isfinite(row["estimate"]):
        return verdict(row["direction"]) or "no figure printed"
    size = abs(row["estimate"])
    if size < 0.05:  # "no difference" would say more than a wide interval can
        return "as many in both" if row["of"] == "of 100" else "the same in both"
    side = "ketamine" if row["estimate"] > 0 else "other"
    return f"{side} {size:.0f} better" if row["panel"] != rows_of.HARM else f"{side} {size:.0f} fewer"


def _read(row: Mapping[str, Any]) -> str:
    """Read one difference in words."""
    what = f"{row['study']} against {row['against']}, {row['outcome'].lower()}"
    what += f" at {row['time']}" if row["time"] else ""
    ends = (
        f" ({row['low']:.0f} to {row['high']:.0f} of 100; {row['how']})"
        if np.isfinite(row["low"])
        else f" ({row['how']})"
    )
    return f"{what}: {_direction(row)}{ends}."


def _one_study(rows: pd.DataFrame) -> str:
    """Say so where several comparisons are one study looked at several times."""
    return " (one study)" if len(rows) > 1 and len(set(rows["study_id"])) == 1 else ""


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
