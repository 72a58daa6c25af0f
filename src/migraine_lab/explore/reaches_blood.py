"""Which share of a dose reaches the blood, by way of giving it: published figures one below the other, not averaged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.controls import check_box, dropdown, slider
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.figures.rate_strip import RateStrip, StripView
from migraine_lab.figures.style import Look

ROUTES = {
    "nose": ("into the nose", ("intranasal",)),
    "mouth": ("swallowed", ("oral",)),
    "tongue": ("under the tongue", ("sublingual", "sublingual or buccal film")),
    "other": ("breathed in, rectal or into a muscle", ("inhaled", "rectal", "im")),
}
"""What each choice is called, and the routes of the table ``kinetics`` that belong to it."""
DRUGS = {"both": "either", "ketamine": "racemic ketamine", "S-ketamine": "esketamine"}
MOST = 9
"""Lines of the picture: the longest list, and the guess."""


class ReachesBlood(Explorer):
    """Bioavailability as published, by route and drug, with the student's own guess among it."""

    title: ClassVar[str] = "Which share of a dose reaches the blood?"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "drug and people", "route": "route", "percent": "% of the dose", "low": "low", "high": "high",
        "model": "how", "note": "note", "source_id": "source",
    }  # fmt: skip
    recipe_columns: ClassVar[Mapping[str, str]] = {"value": "percent"}
    recipe_key: ClassVar[str] = "kinetics_id"
    view_only: ClassVar[tuple[str, ...]] = ("mine", "guess")

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: route, drug, the student's guess and whether it is drawn."""
        return {
            "route": dropdown("Given", [(words, name) for name, (words, _) in ROUTES.items()]),
            "drug": dropdown("Drug", [(words, name) for name, words in DRUGS.items()]),
            "mine": check_box("Draw my guess"),
            "guess": slider("My guess, %", 0, 100, 50),
        }

    def visible(self, name: str) -> bool:
        """Ask for a guess only where it is drawn."""
        return name != "guess" or bool(self.value("mine"))

    def make_evidence(self) -> pd.DataFrame:
        """Return the published figures of the route and drug, the highest first."""
        rows = _all()
        rows = rows[rows["route"].isin(ROUTES[self.value("route")][1])]
        if self.value("drug") != "both":
            rows = rows[rows["drug"] == self.value("drug")]
        return rows.reset_index(drop=True)

    def make_drawing(self, look: Look) -> RateStrip:
        """Return the strip."""
        return RateStrip(look, MOST)

    def view(self) -> StripView:
        """Return the figures, the guess first where it is drawn."""
        rows = self._evidence()
        if rows.empty:
            raise CannotShow(
                "No figure for this drug by that route was read; choose the other drug or another route."
            )
        if not self.value("mine"):
            return StripView(rows)
        guess = float(self.value("guess"))
        own = pd.DataFrame(
            [{"label": "my guess", "percent": guess, "low": np.nan, "high": np.nan, "text": f"{guess:.0f} %"}]
        )
        return StripView(pd.concat([own, rows[own.columns]], ignore_index=True), own=0)

    def say(self) -> str:
        """Say the highest and the lowest figure and in whom each was found, and how far the guess is from them."""
        rows = self._evidence()
        route = ROUTES[self.value("route")][0]
        if rows.empty:
            return f"No share that reaches the blood was read for {DRUGS[self.value('drug')]} {route}."
        high, low = rows.iloc[0], rows.iloc[-1]
        words = f"Of a dose {route}, {low['percent']:g} % ({low['label']})"
        if len(rows) > 1:
            words += f" to {high['percent']:g} % ({high['label']})"
        words += " reaches the blood"
        if len(rows) > 1:
            words += f"; {len(rows)} figures, not averaged"
        inside = low["percent"] <= self.value("guess") <= high["percent"]
        guess = (
            f" Your guess of {self.value('guess')} % lies {'among' if inside else 'outside'} them."
            if self.value("mine")
            else ""
        )
        return f"{words}.{guess}\n{self._why(rows)}"

    def about(self) -> str:
        """Say what the figures leave out."""
        return (
            "A share of the dose over hours, against the same dose into a vein. It says nothing of how fast it arrives or of"
            " what it does there. A line is an interval where one is printed; people and methods differ from row to row."
        )

    def recipe(self) -> str:
        """Return the same figures in pandas."""
        routes = list(ROUTES[self.value("route")][1])
        drug = "" if self.value("drug") == "both" else f" and drug == {self.value('drug')!r}"
        return (
            "from migraine_lab import data\n\n"
            f"rows = data.table('kinetics').query(\"parameter == 'F' and route in {routes}{drug}\")\n"
            "rows = rows.sort_values('value', ascending=False)[['kinetics_id', 'drug', 'value', 'population', 'note']]\n"
        )

    # -- inside ----------------------------------------------------------------------------------------------------
    def _why(self, rows: pd.DataFrame) -> str:
        if self.value("route") == "mouth":
            return "What is swallowed passes gut and liver first, and most of it is broken down there."
        few = rows[(rows["drug"] == "ketamine") & (rows["people"] <= 3)]
        if self.value("route") == "nose" and len(few) and (rows["source_id"] == "pk_in2022").any():
            row = few.iloc[0]
            return (
                f"The {row['percent']:g} % often quoted for the nose comes from {row['people']:.0f} people."
            )
        if rows["people"].isna().any():
            return "Not every source read says how many people stand behind its figure."
        return f"At most {rows['people'].max():.0f} people stand behind any of these figures."


@lru_cache(maxsize=1)
def _all() -> pd.DataFrame:
    """Every published share, with a label that says drug, people and dose."""
    rows = (
        data.table("kinetics").query("parameter == 'F'").sort_values("value", ascending=False, kind="stable")
    )
    dose = rows["note"].map(lambda note: found[0] if (found := re.match(r"[\d.]+ mg", note)) else "")
    crowd = (
        rows["population"]
        .str.split(r" \(", regex=True)
        .str[0]
        .str.replace(r" \d+-\d+ y\b", "", regex=True)
        .str.replace(r"^n=(\d+)", r"\1 people", regex=True)
    )
    return rows.assign(
        percent=rows["value"].astype(float),
        low=rows["low"].astype(float),
        high=rows["high"].astype(float),
        people=crowd.str.extract(r"^(\d+)")[0].astype(float),
        label=[
            ", ".join(one for one in (DRUGS[drug].removesuffix(" ketamine"), who, size) if one)
            for drug, who, size in zip(rows["drug"], crowd, dose, strict=True)
        ],
        text=[f"{value:g} %" for value in rows["value"]],
    )
