"""From a web sentence back to the published figure that may lie behind it, and what changed on the way: an inference."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.data.tables import time_text
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import Explorer
from migraine_lab.explore.parts import source_cards
from migraine_lab.figures.study_rows import Scale, StudiesView, StudyLine, StudyRows
from migraine_lab.figures.style import Look

FIRST = "article_infusion_clinic"
LINES, SLIDE_LINES = 14, 8
SCALE = Scale(
    heads=("of 100", "count", "what was given, when"), page=(0.42, 0.62, 0.74), slide=(0.39, 0.58, 0.76)
)
CHANGES = {
    "figure_changed": "figure", "who_changed": "people", "time_changed": "time, course", "definition_changed": "definition",
}  # fmt: skip


class FigureTrail(Explorer):
    """A sentence with a response rate beside the published figures that may lie behind it; inferred, and said so."""

    title: ClassVar[str] = "Where may this figure come from?"
    columns: ClassVar[Mapping[str, str]] = {
        "study": "published by", "definition": "what was counted", "time": "when", "events": "events", "n": "n",
        "percent": "%", "low": "low", "high": "high", "printed": "% as printed", "link_basis": "link", "figure_changed": "figure",
        "who_changed": "people", "time_changed": "time, course", "definition_changed": "definition",
    }  # fmt: skip
    recipe_key: ClassVar[str] = "result_id"
    view_only: ClassVar[tuple[str, ...]] = ("open",)
    on_slide: ClassVar[tuple[str, ...]] = ("sentence", "open")

    def __init__(self, **state: Any) -> None:
        self._card = widgets.HTML()
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: the sentence, and the published figure to read closely."""
        told = data.table("retellings")
        names = [
            (f"{row.kind}: {row.figure} ({_teller(row._asdict())})", row.retelling_id)
            for row in told.itertuples()
        ]
        return {
            "sentence": dropdown("Sentence", names, value=FIRST),
            "open": dropdown("What changed from", _choices(FIRST)),
        }

    def adapt(self, name: str) -> None:
        """Offer the published figures of the sentence."""
        if name == "sentence":
            control: Any = self.controls["open"]
            control.options = _choices(self.value("sentence"))

    def beside(self) -> list[widgets.Widget]:
        """Return what changed, and the sources, under the picture."""
        return [self._card]

    # -- evidence --------------------------------------------------------------------------------------------------
    def make_evidence(self) -> pd.DataFrame:
        """Return the published figures that may lie behind the sentence, with their intervals and what changed."""
        return _candidates(self.value("sentence")).copy()

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> StudyRows:
        """Return a list of the sentence and its candidates."""
        return StudyRows(look, SLIDE_LINES if look.presenting else LINES, SCALE)

    def view(self) -> StudiesView:
        """Return the sentence over the published figures, hollow, for none of them has a comparator."""
        rows, told = self._evidence(), self._told()
        presenting = self.live.drawing.look.presenting
        self._card.value = "" if presenting else self._words()
        lines = [StudyLine("The sentence", head=True)]
        lines.append(
            StudyLine(
                f"{told['kind']}: {told['figure']}",
                detail=told["says"],
                text=f"n {told['n']}" if pd.notna(told["n"]) else "no n given",
                harm=told["course"] or "not said",
                value=told["percent"],
                told=True,
            )
        )
        head = "Published figures that may lie behind it: " + (
            "an inference" if (rows["link_basis"] == "inference").all() else "the page says where from"
        )
        lines.append(StudyLine(head, head=True))
        lines += [_line(row, presenting) for row in rows.to_dict("records")]
        chosen = rows["result_id"].tolist().index(self.value("open"))
        return StudiesView(lines, len(lines) - len(rows) + chosen)

    def _told(self) -> dict[str, Any]:
        return dict(data.fact("retellings", self.value("sentence")))

    def _opened(self) -> dict[str, Any]:
        rows = self._evidence()
        return dict(rows[rows["result_id"] == self.value("open")].iloc[0])

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Say the sentence, the published figure beside it, and what changed."""
        rows, told, row = self._evidence(), self._told(), self._opened()
        changes = _changes(row)
        changed = "; ".join(f"{name}: {words}" for name, words in changes.items()) or "nothing that was read"
        sure = (
            "The page says where the figure is from."
            if row["link_basis"] == "named"
            else "That this figure lies behind it is an inference."
        )
        gives = f"{'an' if told['kind'][0] in 'aeiou' else 'a'} {told['kind']}"
        words = f"{told['figure']} in {gives}; published by {row['study']}: {_share(row)}. {sure}"
        words += f" What changed on the way: {changed}."
        if len(rows) == 1 or self.live.drawing.look.presenting:
            return words
        return f"{words}\n{len(rows)} published figures come near this one, and the sentence itself names none of them."

    def about(self) -> str:
        """Say on what the links rest."""
        return (
            "The links rest on the same figure, the same number of people or the same words; unless a page says where its figure"
            " is from, they are an inference of this package, not a fact. The triangle is the sentence's figure."
        )

    def _words(self) -> str:
        row, told = self._opened(), self._told()
        changes = {name: html.escape(words) for name, words in _changes(row).items()}
        items = (
            "".join(f"<li><b>{name}:</b> {words}</li>" for name, words in changes.items())
            or "<li>nothing that was read</li>"
        )
        link = "the page says where from" if row["link_basis"] == "named" else "inference"
        head = f"<p><b>From {html.escape(row['study'])} to the sentence: what changed ({link})</b></p>"
        return f"{head}<ul>{items}</ul>{source_cards([row['source_id'], told['source_id']])}"

    def recipe(self) -> str:
        """Return the candidates and their Wilson intervals."""
        return (
            "from statsmodels.stats.proportion import proportion_confint\n"
            "from migraine_lab import data\n\n"
            f"links = data.table('retelling_links').query(\"retelling_id == {self.value('sentence')!r}\")\n"
            "rows = links.merge(data.table('results'), on='result_id')\n"
            "low, high = proportion_confint(rows.events.astype(float), rows.n.astype(float), method='wilson')\n"
            "rows = rows.assign(low=100 * low, high=100 * high)\n"
        )


@lru_cache(maxsize=32)
def _candidates(sentence: str) -> pd.DataFrame:
    links = data.table("retelling_links")
    rows = links[links["retelling_id"] == sentence].merge(data.table("results"), on="result_id")
    studies = data.table("studies").set_index("study_id")
    arms = data.table("arms").set_index(["study_id", "arm_id"])
    rows["study"] = rows["study_id"].map(studies["short"])
    rows["population"] = rows["study_id"].map(studies["population"])
    rows["arm"] = [arms.at[place, "label"] for place in zip(rows["study_id"], rows["arm_id"], strict=True)]
    rows["time"] = time_text(rows)
    rows["printed"] = rows["percent"]
    events, n = rows["events"].to_numpy(float, na_value=np.nan), rows["n"].to_numpy(float, na_value=np.nan)
    counted = np.isfinite(events) & np.isfinite(n)
    rows["percent"] = np.where(counted, 100 * events / np.where(counted, n, 1), rows["printed"])
    rows["low"] = rows["high"] = np.nan
    if counted.any():
        _, low, high = stats.proportion(events[counted], n[counted])
        rows.loc[counted, "low"], rows.loc[counted, "high"] = 100 * np.asarray(low), 100 * np.asarray(high)
    return rows


def _choices(sentence: str) -> list[tuple[str, str]]:
    rows = _candidates(sentence)
    return [(f"{row.study}: {_share(row._asdict())}", row.result_id) for row in rows.itertuples()]


def _line(row: Mapping[str, Any], presenting: bool) -> StudyLine:
    # how long it was given stands last in the arm's name, and is what a retelling changes first
    course = row["arm"].removeprefix("Ketamine ").rpartition(", ")[2]
    visit = "visit" in row["definition"]
    when = f"at {row['time']}" if row["time"] else "later" if visit else "at the end"
    return StudyLine(
        row["study"],
        detail=row["definition"],
        text=_share(row),
        harm=course if presenting and not visit else f"{course}, {when}",
        value=row["percent"],
        low=row["low"],
        high=row["high"],
        hollow=True,
        key=row["result_id"],
    )


def _share(row: Mapping[str, Any]) -> str:
    if pd.notna(row["events"]) and pd.notna(row["n"]):
        return f"{row['events']} of {row['n']}"
    return f"{row['printed']:g} % of {row['n']}" if pd.notna(row["n"]) else f"{row['printed']:g} % of ?"


def _changes(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: row[column] for column, name in CHANGES.items() if row[column]}


def _teller(told: Mapping[str, Any]) -> str:
    """Who says it: the article's title, or the site of the page."""
    if told["article_id"]:
        from migraine_lab.explore import articles

        return articles.names()[told["article_id"]]
    source = data.fact("sources", told["source_id"])
    return str(source["url"]).split("/")[2].removeprefix("www.")
