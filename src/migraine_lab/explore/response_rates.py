"""The flagship: any reported response rate beside the rate in its own comparator arm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data
from migraine_lab.explore import claim_line, rate_words
from migraine_lab.explore.controls import STYLE, dropdown, slider, wide
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.explore.rate_rows import SORTS, choose, prepare, with_intervals
from migraine_lab.explore.row_card import RowCard, frequencies
from migraine_lab.figures.response_rates import ListView, ResponseRatesFigure
from migraine_lab.figures.style import Look

SCOPES = {"acute": "Acute treatment", "preventive": "Prevention", "ketamine": "Ketamine"}
SCALES = {"percent": "percent in each arm", "RD": "risk difference", "RR": "risk ratio", "OR": "odds ratio"}
ALL = "all"
NONE = "none"
MODES = [("shown", "open"), ("hidden until I guess", "guess"), ("shown beside my guess", "reveal")]
FILTERS = ("scope", "endpoint", "study", "drug_class", "route", "design", "years", "min_n", "reports", "sort")
FIRST_ENDPOINT = {"acute": "Pain freedom, 2 h"}
SLIDE_ROWS = 5
ONE_STUDY_ROWS = 2


class ResponseRates(Explorer):
    """Reported response rates with their comparators: filter, sort, change scale and level, lay a claim over them.

    Keyword arguments set the controls (``scope="ketamine"``, ``study="schwenk2018"``, ``claim="c095"`` ...);
    ``rows_per_page`` is the length of a page of the list; ``treatment`` (a treatment_id) keeps the arms of one treatment
    alone, and a treatment that no result reports raises ValueError.
    """

    title: ClassVar[str] = "Reported response rates, each beside its own comparator"
    columns: ClassVar[Mapping[str, str]] = {
        "study": "study", "arm": "treated arm", "time": "time",
        "events": "events", "n": "n", "percent": "%", "low": "low", "high": "high", "printed": "% as printed",
        "comparator": "comparator arm", "comparator_events": "its events", "comparator_n": "its n",
        "comparator_percent": "its %", "comparator_low": "its low", "comparator_high": "its high",
        "measure": "effect as", "effect": "effect", "effect_low": "effect low", "effect_high": "effect high",
        "definition": "what was counted", "pain_at_dosing": "pain at dosing", "unit_counted": "counted in",
        "read_where": "read in",
    }  # fmt: skip
    more = ("drug_class", "route", "design", "years", "min_n", "reports", "sort", "level")
    view_only = ("claim", "claim_percent", "guess", "page", "row")
    on_slide = ("endpoint", "scale", "claim_percent", "guess", "mode", "row")

    def __init__(self, *, rows_per_page: int = 12, treatment: str = ALL, **state: Any) -> None:
        self.rows_per_page, self._treatment = rows_per_page, treatment
        self._all = prepare(data.comparisons())
        if treatment != ALL:
            self._all = self._all[self._all["treatment_id"] == treatment].reset_index(drop=True)
        if self._all.empty:
            raise ValueError(
                f"no reported rate of a treatment {treatment!r}; data.comparisons() lists what there is"
            )
        self._outcomes = data.table("outcomes").set_index("outcome_id")
        self._claims = claim_line.claims_with_a_figure()
        self.card = RowCard()
        self._filtered: tuple[dict[str, Any], pd.DataFrame] = ({}, self._all)
        self._summed: pd.DataFrame | None = None
        self._sums: Any = None
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls in the order in which they depend on each other."""
        claims = [
            ("no claim", NONE),
            ("a figure of my own", "own"),
            *((row.label, row.claim_id) for row in self._claims.itertuples()),
        ]
        years = widgets.IntRangeSlider(
            description="Years", min=1985, max=2026, value=(1985, 2026), style=STYLE, layout=wide("360px")
        )
        scopes = set(self._all["scope"])
        controls: dict[str, widgets.Widget] = {
            "scope": dropdown("Treatment", [(words, name) for name, words in SCOPES.items() if name in scopes]),
            "study": dropdown("Study", [("all studies", ALL)]),
            "endpoint": dropdown("Outcome", ["-"]),
            "drug_class": dropdown("Class", [ALL]),
            "route": dropdown("Route", [ALL]),
            "design": dropdown("Design", [ALL]),
            "years": years,
            "min_n": dropdown("Smallest arm", [("any size", 0), *((f"at least {n}", n) for n in (20, 50, 100, 200, 500))]),
            "reports": dropdown("Same patients", [("counted once", "once"), ("show every report", "every")]),
            "sort": dropdown("Order by", [(words, name) for name, words in SORTS.items()]),
            "scale": dropdown("Show as", [(words, name) for name, words in SCALES.items()]),
            "level": dropdown("Interval", [("95 %", 95), ("90 %", 90), ("99 %", 99)]),
            "claim": dropdown("Claim", claims, value=NONE),
            "claim_percent": slider("Claimed rate, %", 0, 100, 75),
            "mode": dropdown("Control arms", MODES),
            "guess": slider("My guess for the control arms, %", 0, 100, 50),
            "page": dropdown("Rows", [("-", 0)]),
            "row": dropdown("Look closer at", [("no row", NONE)], value=NONE),
        }  # fmt: skip
        self._reveal = widgets.Button(
            description="Show the control arms", layout=widgets.Layout(width="200px", display="none")
        )
        self._reveal.on_click(lambda _button: self.set(mode="reveal"))
        self._offer_scope(controls)
        return controls

    def beside(self) -> list[widgets.Widget]:
        """Return the guess button and the opened row's card, under the picture."""
        return [self._reveal, self.card]

    def adapt(self, name: str) -> None:
        """Keep options, the claim and the guess in step with what was just chosen."""
        if name == "scope":
            self._offer_scope(self.controls)
        elif name == "study":
            self._offer_endpoints(self.controls)
        if name in FILTERS:
            self._offer_pages()
        if name in FILTERS or name == "page":
            self._offer_rows()
        if name in ("scope", "study"):
            self.redraw()
        if name == "claim" and self.value("claim") in self._claims.index:
            self.controls["claim_percent"].value = round(
                self._claims.at[self.value("claim"), "figure_percent"]
            )
        if name == "claim_percent" and self._claim_differs():
            self.controls["claim"].value = "own"
        if name == "mode":
            if self.value("mode") == "guess":
                self.controls["scale"].value = "percent"
                self.controls["row"].value = NONE
            self._reveal.layout.display = "" if self.value("mode") == "guess" else "none"
        if (
            name in ("scale", "row")
            and self.value("mode") == "guess"
            and (self.value("scale"), self.value("row")) != ("percent", NONE)
        ):
            self.controls[
                "mode"
            ].value = "open"  # a difference or an open row would give the control arms away
            self._reveal.layout.display = "none"

    def visible(self, name: str) -> bool:
        """Return False for the claim's slider without a claim, and for what would give hidden control arms away."""
        if name == "claim_percent":
            return bool(self.value("claim") != NONE)
        if name in ("scale", "row"):
            return bool(self.value("mode") != "guess")
        return self.value("mode") != "open" if name == "guess" else True

    def look_changed(self) -> None:
        """Cut the pages anew: a slide holds fewer rows."""
        self._offer_pages()
        self._offer_rows()

    def _claim_differs(self) -> bool:
        claim = self.value("claim")
        return claim in self._claims.index and self.value("claim_percent") != round(
            self._claims.at[claim, "figure_percent"]
        )

    def _offer(self, control: Any, options: list[Any], default: Any) -> None:
        """Give a list new options, keeping its value where it still exists."""
        old = control.value
        values = [option[1] if isinstance(option, tuple) else option for option in options]
        control.options = options
        control.value = old if old in values else default

    def _offer_scope(self, controls: dict[str, Any]) -> None:
        rows = self._all[self._all["scope"] == controls["scope"].value]
        studies = rows.drop_duplicates("study_id").sort_values("study", key=lambda names: names.str.lower())
        self._offer(
            controls["study"],
            [("all studies", ALL), *zip(studies["study"], studies["study_id"], strict=True)],
            ALL,
        )
        for name in ("drug_class", "route", "design"):
            words = sorted(rows[name].dropna().unique())
            self._offer(
                controls[name],
                [(f"all ({len(words)})", ALL), *((word.replace("_", " "), word) for word in words)],
                ALL,
            )
        years = (int(rows["year"].min()), int(rows["year"].max()))
        controls["years"].set_trait("value", (controls["years"].min, controls["years"].max))
        controls["years"].min, controls["years"].max = min(years[0], controls["years"].max), years[1]
        controls["years"].min = years[0]
        controls["years"].value = years
        self._offer_endpoints(controls)

    def _offer_endpoints(self, controls: dict[str, Any]) -> None:
        rows = self._all[self._all["scope"] == controls["scope"].value]
        if controls["study"].value != ALL:
            rows = rows[rows["study_id"] == controls["study"].value]
        counts = rows["endpoint"].value_counts()
        first = FIRST_ENDPOINT.get(controls["scope"].value, counts.index[0])
        options = [(f"{name} ({count})", name) for name, count in counts.items()]
        self._offer(controls["endpoint"], options, first if first in counts.index else counts.index[0])

    @property
    def _page_length(self) -> int:
        return min(SLIDE_ROWS, self.rows_per_page) if self.screen.look().presenting else self.rows_per_page

    def _offer_pages(self) -> None:
        count, length = len(self._evidence()), self._page_length
        pages = [
            (f"{start + 1} to {min(start + length, count)} of {count}", start // length)
            for start in range(0, count, length)
        ]
        self._offer(self.controls["page"], pages or [("none", 0)], 0)
        self.controls["page"].value = 0

    def _offer_rows(self) -> None:
        page = self._page()
        self._offer(
            self.controls["row"],
            [("no row", NONE), *zip(page["label"], page["result_id"], strict=True)],
            NONE,
        )

    # -- evidence --------------------------------------------------------------------------------------------------
    def make_evidence(self) -> pd.DataFrame:
        """Return every comparison that the filters leave, sorted, with intervals; comparators blank while guessing."""
        filters = {name: self.value(name) for name in FILTERS}
        if filters != self._filtered[0]:  # another scale or level takes the same rows
            self._filtered = (filters, choose(self._all, filters))
        hide = self.value("mode") == "guess"
        return with_intervals(self._filtered[1], self.value("scale"), self.value("level") / 100, hide=hide)

    def _page(self) -> pd.DataFrame:
        start = self.value("page") * self._page_length
        return self._evidence().iloc[start : start + self._page_length]

    def make_drawing(self, look: Look) -> ResponseRatesFigure:
        """Return the list's figure; on a slide it is shorter, with larger text; for one study as short as its rows."""
        capacity = min(SLIDE_ROWS, self.rows_per_page) if look.presenting else self.rows_per_page
        if self.controls["study"].value != ALL:
            capacity = min(capacity, max(ONE_STUDY_ROWS, len(self._page())))
        return ResponseRatesFigure(look, capacity)

    def view(self) -> ListView:
        """Return the page in view with claim, guess and chosen row."""
        page = self._page()
        if page.empty:
            raise CannotShow(
                "No comparison fits these filters; the picture still shows the last choice. "
                "Widen the class, route, design, years or arm size, or press Reset."
            )
        if self.value("scale") != "percent" and not page["effect"].notna().any():
            raise CannotShow(
                "None of these rows has counts in two arms, so no difference or ratio can be computed; "
                "the picture still shows the last choice. Show them as percent in each arm."
            )
        chosen = self.value("row")
        position = page["result_id"].tolist().index(chosen) if chosen in set(page["result_id"]) else None
        self._open_row(page.iloc[position] if position is not None else None)
        claimed = self.value("claim") != NONE
        return ListView(
            rows=page,
            scale=self.value("scale"),
            better=str(page["better"].iloc[0]),
            hide_comparators=self.value("mode") == "guess",
            claim=self.value("claim_percent") if claimed else None,
            claim_label=f"claim: {self.value('claim_percent')} %",
            guess=self.value("guess") if self.value("mode") != "open" else None,
            chosen=position,
        )

    def _open_row(self, row: pd.Series | None) -> None:
        look = self.live.drawing.look
        self.card.show(row, look, self.value("level") / 100)
        # on a slide there is no room for both: the opened row stands in the list's place
        hide_list = look.presenting and row is not None
        self.live.widget.layout.display = "none" if hide_list else ""

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Read the list: how far the arms range, how many reach the claim; on a slide only the last of these."""
        slide = self.live.drawing.look.presenting
        overview, arms = self._summary()
        if self.value("mode") == "guess":
            ask = "The control arms are hidden: set your guess, then show them."
            return ask if slide else f"{overview}\n{ask}"
        words = [overview]
        if slide and self.card.opened is not None:
            return frequencies(self.card.opened)
        if self.value("mode") == "reveal":
            words.append(rate_words.guess_against(arms, self.value("guess")))
        if self.value("claim") != NONE:
            claim = (
                self._claims.loc[self.value("claim")] if self.value("claim") in self._claims.index else None
            )
            words.append(claim_line.against(arms, self.value("claim_percent"), claim, brief=slide))
        return words[-1] if slide else "\n".join(words)

    def _summary(self) -> tuple[str, claim_line.Arms]:
        """Return what depends on the evidence alone; kept while a slider only moves a line over it."""
        rows = self._evidence()
        if self._summed is not rows:
            arms = claim_line.Arms.of(rows)
            choice = (self.value("endpoint"), self.value("scale"), self.value("level"))
            self._summed, self._sums = rows, (rate_words.overview(rows, arms, *choice), arms)
        return self._sums

    def about(self) -> str:
        """Return the definition of the outcome on screen and whose definition it is."""
        outcome = self._outcomes.loc[str(self._evidence()["outcome_id"].iloc[0])]
        whose = re.match(
            r".*?\b(?:19|20)\d\d\b", outcome["reference"]
        )  # authors and year; the rest stands in data/
        return f"{outcome['name']}: {outcome['definition'].rstrip('.')} ({whose[0] if whose else outcome['reference']})."

    def recipe(self) -> str:
        """Return the same selection and intervals in pandas and statsmodels."""
        state = {"treatment": self._treatment} | {name: self.value(name) for name in FILTERS}
        return rate_words.recipe(state, self.value("scale"), self.value("level"))
