"""How common migraine is and what it costs: every figure beside its source, its people and its way of asking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab.explore import burden_rows, burden_words
from migraine_lab.explore.burden_rows import AGE_SEX, HOW_MANY, TOPICS
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures.style import Look
from migraine_lab.figures.survey_rows import SAID, SurveyLine, SurveyRows, SurveyView

LINES = {False: 17, True: 8}
"""Lines of the list on a page and on a slide."""
WHO = [("women and men", "both"), ("women", "female"), ("men", "male")]
ENDS = (5.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0)


class Burden(Explorer):
    """Prevalence by age and sex, surveys beside each other, the chronic share, days lost, who is diagnosed and treated.

    Keyword arguments set the controls: ``topic`` ("age_sex", "how_many", "chronic", "lost", "treated"), ``survey``, ``who``.
    """

    title: ClassVar[str] = "How many, how often, how much: surveys side by side"
    columns: ClassVar[Mapping[str, str]] = {
        "measure": "what was measured", "said": "figure", "percent": "of 100", "low": "low", "high": "high", "how": "interval",
        "events": "events", "n": "n", "population": "people", "years": "years", "sex": "sex", "age_group": "age",
        "asked": "how it was asked", "read_where": "read in", "mismatch_note": "contradiction in the source", "note": "note",
    }  # fmt: skip
    view_only = ("page",)
    on_slide = ("topic", "survey", "who", "page")
    recipe_columns: ClassVar[Mapping[str, str]] = {"percent": "percent", "low": "low", "high": "high"}
    recipe_key = "epidemiology_id"

    def __init__(self, **state: Any) -> None:
        self._all = burden_rows.prepare()
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return topic, survey (for one survey's ages), who (for many surveys), and the part of a long list."""
        return {
            "topic": dropdown("Look at", [(words, name) for name, words in TOPICS.items()]),
            "survey": dropdown("Survey", burden_rows.surveys(self._all)),
            "who": dropdown("Of whom", WHO),
            "page": dropdown("Part", [("1 of 1", 0)]),
        }

    def adapt(self, name: str) -> None:
        """Offer as many parts as the list has."""
        if name != "page":
            self._offer_parts()

    def look_changed(self) -> None:
        """Cut the list anew: a slide holds fewer lines."""
        self._offer_parts()

    def _offer_parts(self) -> None:
        parts, control = len(self._parts()), self.controls["page"]
        if len(control.options) != parts:
            control.options = [(f"{one + 1} of {parts}", one) for one in range(parts)]
        control.value = 0

    def visible(self, name: str) -> bool:
        """Return whether a control has a meaning for the topic."""
        topic = self.value("topic")
        several = len(self.controls["page"].options) > 1
        return {"survey": topic == AGE_SEX, "who": topic == HOW_MANY, "page": several}.get(name, True)

    def make_evidence(self) -> pd.DataFrame:
        """Return the rows of the topic, each with its source, its people and where its interval comes from."""
        return burden_rows.choose(self._all, self.value("topic"), self.value("survey"), self.value("who"))

    def make_drawing(self, look: Look) -> SurveyRows:
        """Return the list; on a slide it is shorter."""
        return SurveyRows(look, LINES[look.presenting])

    def _parts(self) -> list[list[SurveyLine]]:
        """Cut the list into parts that fit, each panel's heading again where it goes on."""
        rows, capacity = self._evidence(), LINES[self.screen.look().presenting]
        parts: list[list[SurveyLine]] = []
        heading = ""
        for row in rows.itertuples():
            new = burden_words.heading(row)
            if not parts or len(parts[-1]) + 1 + (new != heading) > capacity:
                parts.append([])
                heading = ""
            if new != heading:
                parts[-1].append(SurveyLine(new))
                heading = new
            parts[-1].append(
                SurveyLine(
                    burden_words.label(row, self.value("topic")),
                    row.said,
                    row.percent,
                    row.low,
                    row.high,
                    row.sex,
                    row.asked,
                )
            )
        return parts

    def view(self) -> SurveyView:
        """Return the part in view on a scale that holds the whole list."""
        rows = self._evidence()
        most = rows[["percent", "high"]].max().max()
        end = next((one for one in ENDS if one >= (0.0 if pd.isna(most) else most)), 100.0)
        return SurveyView(self._parts()[self.value("page")], end, "scale: of 100 people")

    def about(self) -> str:
        """Say whose figures these are and how they were got."""
        return burden_words.about(self._evidence(), self.value("topic"))

    def say(self) -> str:
        """Read the list: its ends, and what may not be compared."""
        return burden_words.say(self._evidence(), self.value("topic"), SAID[self.value("who")])

    def recipe(self) -> str:
        """Return the same figures and intervals in pandas and statsmodels."""
        ids = self._evidence()["epidemiology_id"].tolist()
        return burden_words.recipe(ids)
