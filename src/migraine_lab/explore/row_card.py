"""One comparison, opened: 100-person icon arrays, natural frequencies, difference, NNT, and where it was read."""

from __future__ import annotations

import html

import ipywidgets as widgets
import pandas as pd

from migraine_lab import stats
from migraine_lab.explore.live_figure import LiveFigure
from migraine_lab.explore.parts import source_cards
from migraine_lab.explore.rate_words import inside
from migraine_lab.figures.icon_arrays import IconArrays, IconView
from migraine_lab.figures.style import Look

HALF_WIDTH = 620
"""Width of the two icon arrays on a page, CSS pixels."""


class RowCard(widgets.HBox):
    """Shows one row of ResponseRates, or nothing; words stand below the picture on a page, beside it on a slide."""

    def __init__(self) -> None:
        self._live: LiveFigure | None = None
        self.opened: pd.Series | None = None
        self._shown: tuple[object, ...] | None = None
        self._words = widgets.HTML()
        self._picture = widgets.VBox(layout=widgets.Layout(flex="0 0 auto"))
        super().__init__([self._picture, self._words], layout=widgets.Layout(display="none"))
        self.add_class("ml-row-card")

    def show(self, row: pd.Series | None, look: Look, level: float) -> None:
        """Open ``row`` at an interval ``level`` (0.95 and so on), or close the card with None."""
        self.opened = row
        self.layout.display = "none" if row is None else ""
        key = None if row is None else (row["result_id"], level, look)
        if row is None or key == self._shown:
            return
        self._shown = key
        self.layout.flex_flow = "row nowrap" if look.presenting else "column nowrap"
        look = look.with_(width=HALF_WIDTH)
        if self._live is None:
            self._live = LiveFigure(IconArrays(look))
            self._picture.children = [self._live.widget]
        elif self._live.drawing.look != look:
            self._live.use(IconArrays(look))
        sentence = frequencies(row)
        self._live.show(icon_view(row), sentence)
        facts = "".join(f"<li>{html.escape(fact)}</li>" for fact in comparison_facts(row, level))
        words = f"<ul>{facts}</ul>"
        if (
            not look.presenting
        ):  # a slide says the sentence below the picture, and leaves the source to the page
            words = f"<p><b>{html.escape(sentence)}</b></p>{words}{_details(row)}{source_cards([row['source_id']])}"
        self._words.value = words


def icon_view(row: pd.Series) -> IconView:
    """Round both arms' rates to people of 100."""
    compared = row["comparator_percent"]
    return IconView(
        treated=round(row["percent"]),
        compared=None if pd.isna(compared) else round(compared),
        treated_name=inside(row["treatment"]),
        compared_name=inside(row["comparator_treatment"]),
    )


def frequencies(row: pd.Series) -> str:
    """Say a row as people of 100, with counts and denominators."""
    event = str(row["definition"]).rstrip(".")
    treated = f"{row['percent']:.0f} of 100 with {inside(row['treatment'])}{_count(row['events'], row['n'])}"
    if pd.isna(row["comparator_percent"]):
        return f"{row['study']}, {event}: {treated}. There is no comparator, so this says nothing about what the treatment added."
    count = _count(row["comparator_events"], row["comparator_n"])
    compared = f"{row['comparator_percent']:.0f} of 100 with {inside(row['comparator_treatment'])}{count}"
    gap = round(row["percent"]) - round(row["comparator_percent"])
    words = f"{abs(gap)} {'more' if gap > 0 else 'fewer'} of 100" if gap else "no more and no fewer"
    return f"{row['study']}, {event}: {treated} and {compared}: {words}."


def comparison_facts(row: pd.Series, level: float) -> list[str]:
    """Say the same comparison as difference, NNT, risk ratio and odds ratio, with intervals, control risk and time."""
    arms = row[["events", "n", "comparator_events", "comparator_n"]]
    if arms.isna().any():
        return ["Counts are missing in one arm, so no interval, ratio or NNT can be computed."]
    percent = f"{100 * level:.0f} % interval"
    difference, ratio, odds = (
        stats.compare(*arms.astype(float), measure=measure, level=level, better=row["better"])
        for measure in ("RD", "RR", "OR")
    )
    after = f" after {row['time']}" if row["time"] else ""
    risk = f"{row['comparator_percent']:.0f} of 100 on the comparator{after}"
    return [
        f"Difference {100 * difference.estimate:.1f} in 100 "
        f"({percent} {100 * difference.low:.1f} to {100 * difference.high:.1f}).",
        f"{difference.nnt_text()}, at a control risk of {risk}.",
        f"Risk ratio {ratio.estimate:.2f} ({percent} {ratio.low:.2f} to {ratio.high:.2f}); "
        f"odds ratio {odds.estimate:.2f} ({odds.low:.2f} to {odds.high:.2f}). The odds ratio is not 'times as many people'.",
    ]


def _count(events: float, n: float) -> str:
    return f" ({events:.0f} of {n:.0f})" if pd.notna(events) and pd.notna(n) else " (count not printed)"


def _details(row: pd.Series) -> str:
    """Population, pain at dosing, how counts came about, notes of the source's own contradictions."""
    facts = [f"In whom: {row['population']}."] if row["population"] and pd.notna(row["population"]) else []
    if row["scope"] == "acute":
        facts.append(f"Pain at dosing: {str(row['pain_at_dosing']).replace('_', ' or ')}.")
    if not row["randomised"] and row["controlled"]:
        facts.append("The arms were not formed by chance: patients or doctors chose.")
    if row["derived"] == "percent" or row["comparator_derived"] == "percent":
        facts.append("At least one count was worked out from a printed percentage.")
    notes = (row[name] for name in ("mismatch_note", "note"))
    facts.extend(str(note).rstrip(".") + "." for note in notes if pd.notna(note) and note)
    return f"<p>{html.escape(' '.join(facts))}</p>" if facts else ""
