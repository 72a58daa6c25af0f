"""What counts as better: the same simulated people under four definitions of a responder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.explore.controls import dropdown, fine_slider, next_button, slider
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures import definitions as figure
from migraine_lab.figures.definitions import POINTS, DefinitionLine, DefinitionsView
from migraine_lab.figures.style import Look
from migraine_lab.models import responders

PATIENTS = 1000
DRAWS = 20
PRINTED_AS = {"fall_2_points": "fall_2_points", "pain_reduction_50": "fall_50"}
"""Outcomes of the table whose definition is one of the four."""
SAME_PATIENTS = {"schwenk2017_asa": "schwenk2018"}
"""Whose rates stand beside whose means: a meeting release and the paper on the same patients."""


class Definitions(Explorer):
    """A thousand simulated people with a study's printed means and spreads; how many respond depends on the definition."""

    title: ClassVar[str] = "What counts as better? The same people, four definitions"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "definition", "responders": "simulated responders", "people": "of", "simulated": "% simulated",
        "printed": "% printed by the study", "low": "low", "high": "high", "source_id": "source of the printed rate",
    }  # fmt: skip
    recipe_key: ClassVar[str] = "definition"
    recipe_columns: ClassVar[Mapping[str, str]] = {"simulated": "simulated"}
    view_only: ClassVar[tuple[str, ...]] = ("definition",)
    on_slide: ClassVar[tuple[str, ...]] = ("study", "definition", "correlation")

    def __init__(self, **state: Any) -> None:
        self._pairs = {pair.after_id: pair for pair in responders.parameters()}
        self._rates = _printed()
        self._source = {name: data.fact("results", name)["source_id"] for name in self._pairs}
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: whose scores, definition in the picture, correlation, draw."""
        short = data.table("studies").set_index("study_id")["short"]
        times = data.table("results").set_index("result_id")
        options = []
        for name, pair in self._pairs.items():
            row = times.loc[name]
            when = f", {row['time_value']:g} {row['time_unit']}" if row["time_unit"] else ""
            options.append(
                (f"{short[pair.study_id]}{when}: {pair.before_mean:g} → {pair.after_mean:g}", name)
            )
        first = next(name for name, pair in self._pairs.items() if pair.study_id == responders.BORROWED[0])
        self._draw = slider("Draw", 1, DRAWS, 1)
        return {
            "study": dropdown("Scores of", options, value=first),
            "definition": dropdown(
                "Fill in", [(words, name) for name, words in responders.DEFINITIONS.items()]
            ),
            "correlation": fine_slider("Correlation before / after", 0.0, 0.9, responders.CORRELATION, 0.1),
            "draw": self._draw,
        }

    def actions(self) -> list[widgets.Widget]:
        """Return the button that draws other people."""
        return [
            next_button(
                "Draw other people",
                self._draw,
                "Simulate another thousand people with the same means and spreads",
            )
        ]

    # -- evidence --------------------------------------------------------------------------------------------------
    def _scores(self) -> tuple[responders.Scores, responders.Scores]:
        pair = self._pairs[self.value("study")]
        return responders.simulate(
            (pair.before_mean, pair.before_sd), (pair.after_mean, pair.after_sd), self.value("correlation"), PATIENTS,
            self.value("draw"),
        )  # fmt: skip

    def make_evidence(self) -> pd.DataFrame:
        """Return one row a definition: simulated responders, and the study's own rate where it prints one."""
        before, after = self._people = self._scores()
        pair = self._pairs[self.value("study")]
        rows = pd.DataFrame(
            {"definition": list(responders.DEFINITIONS), "label": list(responders.DEFINITIONS.values())}
        )
        rows["responders"] = [
            int(responders.responds(before, after, name).sum()) for name in rows["definition"]
        ]
        rows["people"] = PATIENTS
        rows["simulated"] = 100 * rows["responders"] / PATIENTS
        own = {row["definition"]: row for row in self._rates if row["after_id"] == pair.after_id}
        for column, empty in (("printed", np.nan), ("low", np.nan), ("high", np.nan), ("text", "")):
            rows[column] = [own.get(name, {}).get(column, empty) for name in rows["definition"]]
        # the simulated figures rest on the printed means, so their study stands behind every row
        study = self._source[pair.after_id]
        rows["source_id"] = [own.get(name, {}).get("source_id", study) for name in rows["definition"]]
        return rows

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> figure.Definitions:
        """Return the grid of people and the four rates."""
        return figure.Definitions(look, len(responders.DEFINITIONS))

    def view(self) -> DefinitionsView:
        """Return the people by score, who of them responds under the chosen definition, and the four rates."""
        rows = self._evidence()
        before, after = self._people
        people = np.bincount(POINTS * after + before, minlength=POINTS**2).reshape(POINTS, POINTS)
        grid_before, grid_after = np.meshgrid(np.arange(POINTS), np.arange(POINTS))
        name = self.value("definition")
        rates = [
            DefinitionLine(row.label, row.simulated, row.printed, row.low, row.high, row.text)
            for row in rows.itertuples()
        ]
        return DefinitionsView(
            people,
            responders.responds(grid_before, grid_after, name),
            rates,
            list(responders.DEFINITIONS).index(name),
            f"SIMULATED: {PATIENTS} people, no one's data. Filled: {responders.DEFINITIONS[name]}",
        )

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Read the four simulated rates, then the study's own, and name every assumption."""
        rows, pair = self._evidence(), self._pairs[self.value("study")]
        rates = ", ".join(f"{row.simulated:.0f} of 100 {row.label}" for row in rows.itertuples())
        words = f"Simulated, the same {PATIENTS} people: {rates}."
        own = rows[rows["printed"].notna()]
        study = data.short_citation(own["source_id"].iloc[0]) if len(own) else ""
        for row in own.itertuples():
            words += f" Printed by {study}: {row.text.removeprefix('printed ')} {row.label}."
        if self.live.drawing.look.presenting:
            return words
        spread = "borrowed from Schwenk 2021, for this source prints none" if pair.borrowed else "as printed"
        means = f"{pair.before_mean:g} before, {pair.after_mean:g} later"
        return (
            f"{words}\nMeans as printed ({means}), SDs {spread} ({pair.before_sd:g} and {pair.after_sd:g}); the correlation of "
            f"{self.value('correlation'):.1f} is a guess. Nothing here has a comparator."
        )

    def about(self) -> str:
        """Say how the people are made, and what a mark is."""
        return (
            "Each circle: people with one score before and after, its area their number; on the line nothing changed. Scores are"
            " whole numbers from 0 to 10, cut at both ends. Bars: simulated. Hollow diamond: the study's own rate."
        )

    def recipe(self) -> str:
        """Return the same draw, counted in pandas."""
        pair = self._pairs[self.value("study")]
        sides = f"({pair.before_mean:g}, {pair.before_sd:g}), ({pair.after_mean:g}, {pair.after_sd:g})"
        drawn = f"{self.value('correlation'):.1f}, patients={PATIENTS}, seed={self.value('draw')}"
        return (
            "import pandas as pd\n"
            "from migraine_lab.models import responders\n\n"
            f"before, after = responders.simulate({sides}, correlation={drawn})\n"
            "fall = before - after\n"
            "counted = {'fall_2_points': fall >= 2, 'fall_30': 10 * fall >= 3 * before, 'fall_50': 2 * fall >= before,\n"
            "           'pain_free': after == 0}\n"
            "rows = pd.DataFrame({'definition': list(counted),\n"
            "                     'simulated': [100 * (who & (before > 0)).mean() for who in counted.values()]})\n"
        )


def _printed() -> list[dict[str, Any]]:
    """Rates that studies print under one of the four definitions, beside the pair of means that they belong to."""
    results = data.table("results")
    out: list[dict[str, Any]] = []
    for pair in responders.parameters():
        study = SAME_PATIENTS.get(pair.study_id, pair.study_id)
        after = results[results["result_id"] == pair.after_id].iloc[0]
        later = after["time_unit"] in ("wk", "mo")  # a rate at the end of a stay is none of a later visit
        found = results[
            (results["study_id"] == study)
            & results["outcome_id"].isin(list(PRINTED_AS))
            & results["events"].notna()
        ]
        for row in () if later else found.to_dict("records"):
            _, low, high = stats.proportion(float(row["events"]), float(row["n"]))
            out.append({
                "after_id": pair.after_id, "definition": PRINTED_AS[row["outcome_id"]], "source_id": row["source_id"],
                "printed": 100 * row["events"] / row["n"], "low": 100 * low, "high": 100 * high,
                "text": f"printed {row['events']} of {row['n']}",
            })  # fmt: skip
    return out
