"""Symptoms phase by phase: how often, of whom, asked how; a lay article's list may be laid over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.explore import article_lists
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.explore.survey_kinds import KINDS, with_kinds
from migraine_lab.figures.style import Look
from migraine_lab.figures.symptom_list import SymptomList, SymptomView, pages

ALL, NONE = "all", "none"
PHASES = ("prodrome", "aura", "headache", "postdrome", "interictal")
SORTS = {"percent": "most frequent first", "n": "largest n first", "name": "name"}
LINES, SLIDE_LINES = 16, 9
SHORTER = {r" and \S+(?= \d{4}$)": "", r"European Headache Federation congress": "EHF"}
"""Names of sources that do not fit their column: the second author and a society's full name stand in the table alone."""
PLAINER = {r" \(asked with [^)]*\)": "", r"premonitory symptom": "early sign", r"\(migraine (?=with)": "("}
"""Words of a row that its heading says, or that would be cut off in their column."""


class Symptoms(Explorer):
    """Each survey's percentage with its own denominator; kinds of survey stand apart and are never pooled."""

    title: ClassVar[str] = "How often, of whom, asked how?"
    columns: ClassVar[Mapping[str, str]] = {
        "symptom": "symptom", "phase_id": "phase", "category": "category", "percent": "% as printed",
        "low": "low", "high": "high",
        "events": "events", "n": "n", "unit_counted": "counted in", "population": "population", "kind": "asked how",
        "kind_why": "words that say so", "named": "named in the article as", "source": "source", "interval": "interval",
        "mismatch_note": "contradiction in the source", "note": "note", "read_where": "read in",
    }  # fmt: skip
    more = ("category", "source", "sort")
    view_only = ("page",)
    on_slide = ("phase", "kind", "article", "page")
    recipe_key = "symptom_id"

    def __init__(self, **state: Any) -> None:
        rows = with_kinds(data.table("symptoms"))
        short = data.table("sources").set_index("source_id")["short"]
        self._all = _with_intervals(rows.assign(source=rows["source_id"].map(short)))
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: phase, kind of survey, an article, category, source, order, page."""
        rows = self._all
        phases = [(f"{name} ({(rows['phase_id'] == name).sum()})", name) for name in PHASES]
        kinds = [(words, name) for name, words in KINDS.items()]
        categories = sorted(rows["category"].unique())
        sources = rows.drop_duplicates("source_id").sort_values("source")
        articles = [(title, name) for name, title in article_lists.articles().items()]
        return {
            "phase": dropdown("Phase", [*phases, ("all phases", ALL)]),
            "kind": dropdown("Asked how", [("every way, set apart", ALL), *kinds]),
            "article": dropdown("A lay article's list", [("none", NONE), *articles], value=NONE),
            "category": dropdown("Category", [("all", ALL), *((name, name) for name in categories)]),
            "source": dropdown("Source", [("all", ALL), *zip(sources["source"], sources["source_id"], strict=True)]),
            "sort": dropdown("Order by", [(words, name) for name, words in SORTS.items()]),
            "page": dropdown("Rows", [("-", 0)]),
        }  # fmt: skip

    def adapt(self, name: str) -> None:
        """Cut the pages anew when other rows were chosen."""
        if name != "page":
            self._offer_pages()

    def look_changed(self) -> None:
        """Cut the pages anew: a slide holds fewer lines."""
        self._offer_pages()

    def _lines(self, look: Look) -> int:
        return SLIDE_LINES if look.presenting else LINES

    def _cut(self) -> list[slice]:
        return pages(list(self._evidence()["group"]), self._lines(self.screen.look()))

    def _offer_pages(self) -> None:
        cut, count = self._cut(), len(self._evidence())
        offered = [(f"{one.start + 1} to {one.stop} of {count}", place) for place, one in enumerate(cut)]
        control: Any = self.controls["page"]
        control.options = offered if count else [("none", 0)]
        control.value = 0

    # -- evidence --------------------------------------------------------------------------------------------------
    def make_evidence(self) -> pd.DataFrame:
        """Return the chosen rows in groups by kind of survey, sorted in each, with intervals where a count allows one."""
        rows = self._all
        for name, column in (
            ("phase", "phase_id"),
            ("kind", "kind"),
            ("category", "category"),
            ("source", "source_id"),
        ):
            if self.value(name) != ALL:
                rows = rows[rows[column] == self.value(name)]
        article = self.value("article")
        rows = rows.assign(named="" if article == NONE else article_lists.named(rows, article))
        rank = rows["kind"].map({kind: place for place, kind in enumerate(KINDS)})
        by = {
            "percent": (-rows["percent"], rows["symptom"]),
            "n": (-rows["n_usable"].fillna(0), -rows["percent"]),
            "name": (rows["symptom"].str.lower(), -rows["percent"]),
        }[self.value("sort")]
        order = np.lexsort((by[1].to_numpy(), by[0].to_numpy(), rank.to_numpy()))
        return rows.iloc[order].reset_index(drop=True)

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> SymptomList:
        """Return the list, shorter on a slide."""
        return SymptomList(look, self._lines(look))

    def view(self) -> SymptomView:
        """Return the page in view."""
        rows = self._evidence()
        if rows.empty:
            raise CannotShow(
                "No row of the table fits these choices; the picture still shows the last one. "
                "Choose another phase, category, source or way of asking, or press Reset."
            )
        overlay = "" if self.value("article") == NONE else "▲ named in the article"
        page = rows.iloc[self._cut()[self.value("page")]]
        return SymptomView(page.assign(source=page["source"].replace(SHORTER, regex=True)), overlay)

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Say how far apart the ways of asking lie, and what the article's list has to do with it."""
        rows = self._evidence()
        if rows.empty:
            return "No row of the table fits these choices: choose another phase, category, source or way of asking."
        where = "all phases" if self.value("phase") == ALL else f"the {_phase(self.value('phase'))}"
        first = (
            f"{_many(len(rows), 'row')} on {where} from {_many(rows['source_id'].nunique(), 'source')}, "
            "set apart by how people were asked and never pooled."
        )
        twice = _asked_twice(rows)
        if self.value("article") != NONE:
            article = self._article_words(rows)
            return article if self._presenting else f"{first}{twice}\n{article}"
        bare = int(rows["low"].isna().sum())
        if bare and not self._presenting:
            twice += f" {_many(bare, 'row')} \u201cof ?\u201d: no count printed, so no interval."
        return first + twice

    @property
    def _presenting(self) -> bool:
        return self.live.drawing.look.presenting

    def _article_words(self, rows: pd.DataFrame) -> str:
        article, phase = self.value("article"), self.value("phase")
        listed = article_lists.items(article, phase)
        judged = [
            f"\u201c{row.claim}\u201d The evidence {row.answer}: {row.why}"
            for row in article_lists.verdicts(article, phase).itertuples()
        ]
        if not listed:
            words = "This article lists no symptom of this phase in the claims that were read."
            return words if self._presenting else "\n".join([words, *judged])
        every = self._all if phase == ALL else self._all[self._all["phase_id"] == phase]
        counted = set(article_lists.named(every, article)) - {""}
        missing = [item.words for item in listed if item.words not in counted]
        found = [item.words for item in listed if item.words in counted]
        words = f"The article names {_listing([item.words for item in listed])}."
        if missing:
            words += f" No survey in the table counts {_listing(missing, 'or')} here."
        elif found:
            words += " Each of them is counted by a survey here."
        if self._presenting:
            return words
        return "\n".join([words, *judged])

    def about(self) -> str:
        """Say what marker and line mean."""
        return (
            "Each line is one survey's own percentage of its own people or attacks, with the 95 % Wilson interval where its "
            "count is printed (or the interval that a review prints). Lines under different headings were asked differently."
        )

    def recipe(self) -> str:
        """Return the choice and the intervals in pandas and statsmodels."""
        chosen = [
            (column, self.value(name))
            for name, column in (("phase", "phase_id"), ("category", "category"), ("source", "source_id"))
            if self.value(name) != ALL
        ]
        lines = [f"rows = rows[rows.{column} == {value!r}]\n" for column, value in chosen]
        if self.value("kind") != ALL:
            ids = self._evidence()["symptom_id"].tolist()
            lines.append(f"rows = rows[rows.symptom_id.isin({ids})]  # {KINDS[self.value('kind')].lower()}\n")
        return (
            "from statsmodels.stats.proportion import proportion_confint\n"
            "from migraine_lab import data\n\n"
            "rows = data.table('symptoms')\n"
            f"{''.join(lines)}"
            "unsure = rows.note.str.contains('base of the percentage|base must be|exact subgroup size is not printed')\n"
            "n = rows.n.astype(float).mask(unsure)\n"
            "events = rows.events.astype(float).fillna((rows.percent * n / 100).round())\n"
            "low, high = proportion_confint(events, n, alpha=0.05, method='wilson')\n"
            "rows = rows.assign(low=rows.low.fillna(100 * low), high=rows.high.fillna(100 * high))\n"
        )


def _with_intervals(rows: pd.DataFrame) -> pd.DataFrame:
    """Add low, high, interval, group, label and text to rows of symptoms with their kinds."""
    n = rows["n_usable"].to_numpy(float)
    events = (
        rows["events"].astype(float).fillna((rows["percent"] * rows["n_usable"] / 100).round()).to_numpy()
    )
    printed = rows["low"].notna().to_numpy()
    counted = np.isfinite(n) & ~printed
    low, high = rows["low"].to_numpy(float).copy(), rows["high"].to_numpy(float).copy()
    _, lower, upper = stats.proportion(events[counted], n[counted])
    low[counted], high[counted] = 100 * np.asarray(lower), 100 * np.asarray(upper)
    kinds = np.select([printed, counted], ["as printed", "Wilson, 95 %"], "none: no count printed")
    texts = []
    for row, usable in zip(rows.itertuples(), n, strict=True):
        share = f"{row.percent:.3g} %"
        texts.append(f"{share} of {usable:.0f}" if np.isfinite(usable) else f"{share} of ?")
    return rows.assign(
        low=low,
        high=high,
        interval=kinds,
        group=rows["kind"].map(KINDS),
        label=rows["symptom"].replace(PLAINER, regex=True),
        text=texts,
    )


def _asked_twice(rows: pd.DataFrame) -> str:
    """Say what the same people answered with and without a list, where a source asked both ways; "" elsewhere."""
    for (source, n), part in rows.dropna(subset="n_usable").groupby(["source", "n_usable"]):
        shares = part.groupby("kind")["percent"].max()
        if {"unprompted", "prompted"} <= set(shares.index):
            return (
                f" The same {n:.0f} people ({source}): {shares['unprompted']:g} % when asked without a list, "
                f"{shares['prompted']:g} % with one."
            )
    return ""


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _listing(words: list[str], joint: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


def _phase(name: str) -> str:
    return "time between attacks" if name == "interictal" else name
