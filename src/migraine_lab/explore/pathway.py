"""Where on the pathway of head pain each class of treatment is said to act, and in what that was shown."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import Explorer
from migraine_lab.explore.parts import source_cards
from migraine_lab.figures.pathway import Pathway as PathwayFigure
from migraine_lab.figures.pathway import PathwayView
from migraine_lab.figures.style import Look

ALL = "all"
PLACES = {
    "scalp": "scalp: nerve endings outside the skull",
    "vessel": "a vessel of the brain's coverings",
    "nerve_ending": "trigeminal nerve endings in the brain's coverings",
    "ganglion": "trigeminal ganglion: the cell bodies of that nerve",
    "occipital_nerve": "occipital nerve, at the back of the head",
    "relay": "relay in brainstem and upper neck (trigeminocervical complex)",
    "trigger_zone": "zone of the brainstem that triggers vomiting",
    "brake": "pathways that damp pain from the brainstem down",
    "thalamus": "thalamus, the relay below the cortex",
    "cortex": "cortex",
    "any_synapse": "between nerve cells in general",
}
SHOWN = {"people": "in people", "animals": "in animals", "cells": "in cells", "review": "said by a review"}
FINDINGS = {"acts": "acts", "proposed": "proposed, not shown", "not found": "looked for, not found"}


class Pathway(Explorer):
    """Choose a class, and see its places; or a place, and see its classes."""

    title: ClassVar[str] = "Where does a treatment act?"
    columns: ClassVar[Mapping[str, str]] = {
        "drug_class": "class", "place": "place", "order": "from outside in", "part": "part of a synapse",
        "finding": "finding", "shown_in": "shown in", "effect": "what is said to happen", "basis": "known from",
        "source": "source", "read_where": "read in",
    }  # fmt: skip
    recipe_key = "site_id"
    recipe_columns: ClassVar[Mapping[str, str]] = {"order": "order"}

    def __init__(self, **state: Any) -> None:
        short = data.table("sources").set_index("source_id")["short"]
        rows = data.table("pathway_sites")
        self._all = rows.assign(source=rows["source_id"].map(short).fillna(""))
        self._counts = rows.groupby("place")["drug_class"].nunique().to_dict()
        self._list = widgets.HTML()
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: a class, or a place."""
        rows = self._all
        classes = sorted(rows["drug_class"].unique(), key=str.lower)
        places = [(words, name) for name, words in PLACES.items() if name in set(rows["place"])]
        return {
            "drug_class": dropdown("Class", [("every class", ALL), *((name, name) for name in classes)], value="triptan"),
            "place": dropdown("or place", [("every place", ALL), *places], value=ALL),
        }  # fmt: skip

    def adapt(self, name: str) -> None:
        """Let a class and a place take turns: choosing one sets the other back."""
        other = "place" if name == "drug_class" else "drug_class"
        if self.value(name) != ALL:
            self.controls[other].value = ALL

    def beside(self) -> list[widgets.Widget]:
        """Return the rows in words with their sources, under the picture."""
        return [self._list]

    def make_evidence(self) -> pd.DataFrame:
        """Return the rows of the chosen class or place, from the outside of the head to the cortex."""
        rows = self._all
        for name in ("drug_class", "place"):
            if self.value(name) != ALL:
                rows = rows[rows[name] == self.value(name)]
        return rows.reset_index(drop=True)

    def make_drawing(self, look: Look) -> PathwayFigure:
        """Return the drawing of the pathway."""
        return PathwayFigure(look)

    def view(self) -> PathwayView:
        """Return the marks of a class, or how many classes each place has."""
        rows = self._evidence()
        presenting = self.live.drawing.look.presenting
        self._list.value = "" if presenting else _in_words(rows)
        if self.value("drug_class") != ALL:
            return PathwayView(rows)
        place = self.value("place")
        counts = self._counts
        return PathwayView(rows, "" if place == ALL else place, counts)

    def say(self) -> str:
        """Say the places of the class, or the classes of the place, and in what that was shown."""
        rows, presenting = self._evidence(), self.live.drawing.look.presenting
        if self.value("drug_class") != ALL:
            found = "; ".join(_finding(row, presenting) for row in rows.itertuples())
            words = f"{_upper(self.value('drug_class'))}: {found}."
        elif self.value("place") != ALL:
            names = "; ".join(
                f"{row.drug_class} ({_how(row, presenting)})"
                for row in rows.itertuples(index=False, name="Row")
            )
            words = f"{_upper(PLACES[self.value('place')])}: {names}."
        else:
            bare = rows.loc[rows["basis"] != "source", "drug_class"].nunique()
            words = (
                f"{rows['drug_class'].nunique()} classes have a place here, many of them more than one; for {bare} of the "
                "classes nothing was read, only taken for granted. The figures in brackets count classes."
            )
        if presenting:
            return words
        return f"{words} That a drug can act at a place does not show that this is why it helps."

    def about(self) -> str:
        """Say what the marks mean."""
        return (
            "Pain of an attack runs from nerve endings in the brain's coverings over ganglion, relay and thalamus to the cortex. "
            "◆ an effect was shown or is described there; ◇ it is proposed; ✕ it was looked for and not found. "
            "A schematic drawing: sizes mean nothing."
        )

    def recipe(self) -> str:
        """Return the same choice in pandas."""
        chosen = {name: self.value(name) for name in ("drug_class", "place") if self.value(name) != ALL}
        lines = [f"rows = rows[rows.{name} == {value!r}]\n" for name, value in chosen.items()]
        return (
            "from migraine_lab import data\n\n"
            "rows = data.table('pathway_sites')\n"
            f"{''.join(lines)}"
            "print(rows.groupby('place').drug_class.nunique())  # classes at each place\n"
        )


def _how(row: Any, brief: bool = False) -> str:
    if brief:
        return str(row.shown_in or "not checked") if row.finding == "acts" else str(row.finding)
    shown = SHOWN.get(row.shown_in, "background knowledge, not checked against a source")
    return shown if row.finding == "acts" else f"{FINDINGS[row.finding]}: {shown}"


def _finding(row: Any, brief: bool) -> str:
    return f"{PLACES[row.place].split(':')[0].split(',')[0].split(' (')[0]} ({_how(row, brief)})"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _in_words(rows: pd.DataFrame) -> str:
    items = "".join(
        f"<li><b>{html.escape(row.drug_class)}, {html.escape(PLACES[row.place])}:</b> {html.escape(row.effect)} "
        f"({html.escape(_how(row))}{'; ' + html.escape(row.source) if row.source else ''})</li>"
        for row in rows.itertuples(index=False, name="Row")
    )
    region = '<div class="ml-scroll" tabindex="0" role="region" aria-label="What is said of each place">'
    return f"{region}<ul>{items}</ul></div>{source_cards(rows['source_id'])}"
