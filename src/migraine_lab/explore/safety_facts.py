"""What is known of ketamine's harms and of the rules around it, subject by subject, each fact with figure and source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.controls import dropdown, slider
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures.fact_list import Fact, FactList, FactsView
from migraine_lab.figures.style import Look

FIRST = ("dissociation", "blood pressure", "bladder toxicity", "abuse and dependence", "liver", "esketamine")
"""Subjects that stand first in the list; the table's others follow."""
LINES, SLIDE_LINES = 16, 10


class SafetyFacts(Explorer):
    """One subject at a time, in the same size of text as any benefit: what was seen, how often, who says so."""

    title: ClassVar[str] = "Ketamine's harms, and the rules around it"
    columns: ClassVar[Mapping[str, str]] = {
        "fact": "fact", "figure": "figure", "source_id": "source", "read_where": "read in",
    }  # fmt: skip
    recipe_columns: ClassVar[Mapping[str, str]] = {"place": "place"}
    recipe_key: ClassVar[str] = "key"
    view_only: ClassVar[tuple[str, ...]] = ("first",)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: subject, first fact to show."""
        every = data.table("safety")["topic"].drop_duplicates()
        topics = [*FIRST, *every[~every.isin(FIRST)]]
        most = int(data.table("safety")["topic"].value_counts().max())
        return {
            "topic": dropdown("Subject", [(one.replace("toxicity", "harm"), one) for one in topics]),
            "first": slider("From fact", 1, most, 1),
        }

    def adapt(self, name: str) -> None:
        """Begin a new subject with its first fact."""
        if name == "topic":
            self.controls["first"].value = 1

    def visible(self, name: str) -> bool:
        """Offer to go on only where the subject's facts do not all fit, and to go back where the first is out of sight."""
        if name != "first":
            return True
        facts = self._facts()
        return self._first() > 1 or cast(FactList, self.live.drawing).fitting(facts) < len(facts)

    def make_evidence(self) -> pd.DataFrame:
        """Return the subject's facts, a row for each source of a fact."""
        facts = data.table("safety")
        facts = facts[facts["topic"] == self.value("topic")]
        sources = (facts["source_id"] + ";" + facts["further_source_ids"]).str.strip(";").str.split(";")
        rows = facts.assign(place=range(1, len(facts) + 1), source_id=sources).explode(
            "source_id", ignore_index=True
        )
        return rows.assign(key=rows["safety_id"] + " " + rows["source_id"])

    def make_drawing(self, look: Look) -> FactList:
        """Return the list."""
        return FactList(look, SLIDE_LINES if look.presenting else LINES)

    def view(self) -> FactsView:
        """Return the facts from the chosen one on."""
        facts, first = self._facts(), self._first()
        return FactsView(facts[first - 1 :], first, len(facts))

    def say(self) -> str:
        """Count the facts and read out their figures with who printed them."""
        facts = self._facts()
        printed = [f"{one.figure} ({one.source})" for one in facts if one.figure]
        figures = "; ".join(printed) if printed else "none of them is a count"
        sources = self._evidence()["source_id"].nunique()
        facts_said = "1 fact" if len(facts) == 1 else f"{len(facts)} facts"
        sources_said = "1 source" if sources == 1 else f"{sources} sources"
        return f"{self.value('topic').capitalize()}: {facts_said} from {sources_said}. Figures: {figures}."

    def about(self) -> str:
        """Say what these facts can and cannot tell."""
        return (
            "Doses, drugs and people differ from fact to fact: anaesthesia, depression, pain, recreational use, migraine. The"
            " figures are not rates of one treatment, and nothing here decides about a patient."
        )

    def recipe(self) -> str:
        """Return the same facts in pandas."""
        return (
            "from migraine_lab import data\n\n"
            f"facts = data.table('safety').query(\"topic == {self.value('topic')!r}\")\n"
            "sources = (facts.source_id + ';' + facts.further_source_ids).str.strip(';').str.split(';')\n"
            "rows = facts.assign(place=range(1, len(facts) + 1), source_id=sources).explode('source_id')\n"
            "rows['key'] = rows.safety_id + ' ' + rows.source_id\n"
        )

    # -- inside ----------------------------------------------------------------------------------------------------
    def _first(self) -> int:
        return int(min(self.value("first"), len(self._facts())))

    def _facts(self) -> list[Fact]:
        rows: Any = self._evidence().drop_duplicates("safety_id")
        short = data.table("sources").set_index("source_id")["short"]
        return [Fact(row.fact, row.figure, short[row.source_id]) for row in rows.itertuples()]
