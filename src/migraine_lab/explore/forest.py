"""A forest plot of real trials: pooled where they ask one question, refused with the reason where they do not."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.explore import forest_words as words
from migraine_lab.explore import poolable
from migraine_lab.explore.controls import check_box, dropdown
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.explore.forest_rows import (
    ORDERS,
    Method,
    cumulative,
    labelled,
    pooled_rows,
    predicts,
    shown,
    with_effects,
)
from migraine_lab.explore.poolable import MIXTURES, Question
from migraine_lab.explore.poolable_reasons import AGAINST, Reason, reasons
from migraine_lab.explore.rate_rows import prepare
from migraine_lab.figures.forest import ForestFigure, ForestView
from migraine_lab.figures.style import Look

NONE = "none"
FIRST = ("responder_50 migraine_days 12 wk", "CGRP antibody")
CAPACITIES = (4, 6, 9, 13, 18, 24)
"""Heights of the picture, in trials: it changes seldom, and more trials than the last are told together in one row."""
SLIDE_ROWS = 7
DOSES = [("added up", "together"), ("the highest alone", "highest"), ("the lowest alone", "lowest")]


@lru_cache(maxsize=1)
def _package() -> tuple[pd.DataFrame, dict[str, tuple[str, Question]]]:
    """The package's comparisons, and every outcome that two of its trials share; read once for all forest plots."""
    rows = prepare(data.comparisons())
    return rows, poolable.outcomes(rows)


class Forest(Explorer):
    """Trials of one class or treatment and one outcome, each with its weight, and all of them pooled.

    Keyword arguments set the controls: ``outcome="pain_free 2 h"``, ``group="triptan"`` (a class or a treatment_id) ...
    """

    title: ClassVar[str] = "Trials together, where they ask one question"
    columns: ClassVar[dict[str, str]] = {
        "study": "trial", "arm": "treated arm", "events": "events", "n": "n", "comparator": "comparator arm",
        "comparator_events": "its events", "comparator_n": "its n", "estimate": "effect", "low": "low", "high": "high",
        "weight": "weight, %", "left_out": "left out", "time": "time", "definition": "what was counted",
        "population": "who", "pain_at_dosing": "pain at dosing", "design": "design", "read_where": "read in",
    }  # fmt: skip
    more: ClassVar[tuple[str, ...]] = ("weights", "tau2", "knapp_hartung", "doses", "order", "cumulative")
    on_slide: ClassVar[tuple[str, ...]] = ("group", "model", "leave_out", "also", "anyway")
    recipe_columns: ClassVar[dict[str, str]] = {"low": "low", "high": "high", "estimate": "estimate"}
    recipe_key: ClassVar[str] = "key"

    def __init__(self, **state: Any) -> None:
        self._all, self._outcomes = _package()
        self._definitions = data.table("outcomes").set_index("outcome_id")
        self._kept: dict[str, tuple[Any, Any]] = {}
        self._capacity = CAPACITIES[1]
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls in the order in which they depend on each other."""
        outcomes = [(label, key) for key, (label, _question) in self._outcomes.items()]
        controls: dict[str, widgets.Widget] = {
            "outcome": dropdown("Outcome", outcomes, value=FIRST[0]),
            "group": dropdown("Treatment", ["-"]),
            "measure": dropdown("Measure", [(name, key) for key, name in words.MEASURES.items()]),
            "model": dropdown("Model", [("random effects", "random"), ("fixed effect", "fixed")]),
            "leave_out": dropdown("Leave out", [("no trial", NONE)], value=NONE),
            "also": dropdown("Also add", [("nothing", NONE)], value=NONE),
            "anyway": check_box("Pool anyway, with a warning"),
            "weights": dropdown("Weights", [(name, key) for key, name in words.WEIGHTS.items()]),
            "tau2": dropdown("Spread (τ²) by", [(name, key) for key, name in words.TAU2.items()]),
            "knapp_hartung": check_box("Knapp and Hartung's interval"),
            "doses": dropdown("Several doses", DOSES),
            "order": dropdown("Order by", [(name, key) for key, name in ORDERS.items()]),
            "cumulative": check_box("Cumulative: each with all above it"),
        }
        self._offer_groups(controls, FIRST[1])
        return controls

    def adapt(self, name: str) -> None:
        """Keep treatments, mixtures and the list of trials in step with what was just chosen."""
        if name == "outcome":
            self._offer_groups(self.controls)
        elif name == "group":
            self._offer_mixtures(self.controls)
        elif name in ("also", "doses", "order"):
            self._offer_trials(self.controls)
        if name == "also":
            self.controls[
                "anyway"
            ].value = False  # a warning once accepted does not hold for the next mixture

    def visible(self, name: str) -> bool:
        """Return False for what has no meaning with the chosen model, or without a mixture."""
        if name in ("tau2", "knapp_hartung"):
            return bool(self.value("model") == "random")
        if name == "weights":
            return bool(self.value("model") == "fixed")
        if name == "leave_out":
            return not self.value("cumulative")
        return self.value("also") != NONE if name == "anyway" else True

    def _offer_groups(self, controls: dict[str, Any], first: str = "") -> None:
        found = self._keep(
            "groups",
            controls["outcome"].value,
            lambda: poolable.groups(self._all, self._outcomes[controls["outcome"].value][1]),
        )
        options = [(f"{label} ({count})", key) for key, (label, _question, count) in found.items()]
        offer(controls["group"], options, first or options[0][1])
        self._offer_mixtures(controls)

    def _offer_mixtures(self, controls: dict[str, Any]) -> None:
        found = self._also(controls)
        options = [("nothing", NONE)]
        options += [
            (MIXTURES[key] + (f" ({len(rows)})" if len(rows) else ""), key) for key, rows in found.items()
        ]
        offer(controls["also"], options, NONE)
        controls["also"].value = NONE
        controls["anyway"].value = False
        self._offer_trials(controls)

    def _offer_trials(self, controls: dict[str, Any]) -> None:
        rows = self._arms(controls)
        options = [("no trial", NONE)]
        if len(rows) > 1:  # leaving out the only one leaves nothing
            options += list(zip(rows["label"], rows["key"], strict=True))
        offer(controls["leave_out"], options, NONE)

    # -- evidence --------------------------------------------------------------------------------------------------
    def _keep(self, name: str, key: Any, make: Any) -> Any:
        if name not in self._kept or self._kept[name][0] != key:
            self._kept[name] = (key, make())
        return self._kept[name][1]

    def _question(self, controls: dict[str, Any]) -> tuple[str, Question]:
        label, question, _count = self._kept["groups"][1][controls["group"].value]
        return label.removeprefix("all: ").removeprefix("– "), question

    def _also(self, controls: dict[str, Any]) -> dict[str, pd.DataFrame]:
        question = self._question(controls)[1]
        return self._keep("also", question, lambda: poolable.also(self._all, question))

    def _arms(self, controls: dict[str, Any]) -> pd.DataFrame:
        """One row a trial, labelled, with the rows that the student asked to add."""
        question = self._question(controls)[1]
        asked, doses = controls["also"].value, controls["doses"].value

        def make() -> pd.DataFrame:
            extra = self._also(controls).get(asked, self._all.iloc[:0])
            rows = (
                pd.concat([poolable.main(self._all, question), extra])
                if len(extra)
                else poolable.main(self._all, question)
            )
            trials = poolable.one_row_a_trial(rows, "apart" if asked == "doses" else doses)
            return labelled(trials, extra)

        return self._keep("arms", (question, asked, doses), make)

    def _trials(self) -> pd.DataFrame:
        """The trials with their effects, in order."""
        rows, measure, order = self._arms(self.controls), self.value("measure"), self.value("order")
        key = (self._kept["arms"][0], measure, order)
        return self._keep("trials", key, lambda: with_effects(rows, measure, order))

    def _reasons(self) -> list[Reason]:
        rows = self._arms(self.controls)
        return self._keep("reasons", self._kept["arms"][0], lambda: reasons(rows))

    def _refused(self) -> str:
        """The sentence that refuses this mixture, "" where it is shown."""
        found = self._reasons()
        alone = any(one.name == "uncontrolled" for one in found)
        return words.refusal(found, not alone) if found and (alone or not self.value("anyway")) else ""

    def _method(self) -> Method:
        return Method(
            *(self.value(name) for name in ("measure", "model", "weights", "tau2", "knapp_hartung"))
        )

    def _left_out(self) -> str:
        return "" if self.value("cumulative") or self.value("leave_out") == NONE else self.value("leave_out")

    def _pooled(self) -> tuple[pd.DataFrame, stats.Pooled | None, stats.Pooled | None]:
        """Trials and pooled rows, the pooling, and the pooling with nothing left out where something is."""
        rows = self._trials()
        if self._refused():
            return rows.assign(kind="trial", left_out=False, weight=np.nan), None, None
        method, left = self._method(), self._left_out()

        def make() -> tuple[pd.DataFrame, stats.Pooled | None, stats.Pooled | None]:
            shown_rows, pooled = pooled_rows(rows, method, left)
            if self.value("cumulative"):
                trials = shown_rows["kind"] == "trial"
                shown_rows = pd.concat([cumulative(shown_rows[trials], method), shown_rows[~trials]])
            return shown_rows, pooled, method.pool(rows) if left and len(rows) > 1 else None

        return self._keep("pooled", (self._kept["trials"][0], method, left, self.value("cumulative")), make)

    def make_evidence(self) -> pd.DataFrame:
        """Return the trials with effects and weights, then the pooled effect and the prediction, each with its source."""
        return self._pooled()[0].reset_index(drop=True)

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> ForestFigure:
        """Return a figure with room for the trials: few heights, so that it seldom changes."""
        return ForestFigure(look, SLIDE_ROWS if look.presenting else self._capacity)

    def view(self) -> ForestView:
        """Return trials, diamond and prediction; what must not be pooled is refused with its reason."""
        if refused := self._refused():
            raise CannotShow(refused)
        rows, pooled, everything = self._pooled()
        trials = rows[rows["kind"] == "trial"]
        self._fit(len(trials))
        method, kept = self._method(), int((~trials["left_out"]).sum())
        together = None if kept < 2 else pooled
        ratio = method.measure != "RD"
        page = _fold(_written(trials, method, self.value("cumulative")), self.live.drawing.capacity)  # type: ignore[attr-defined]
        look = self.live.drawing.look
        against = AGAINST.get(str(trials["comparator_kind"].iloc[0]), "control")
        sides = (f"← favours {against}", "favours treatment →")
        if trials["better"].iloc[0] == "lower":
            sides = ("← favours treatment", f"favours {against} →")
        return ForestView(
            rows=page,
            ends=_ends(trials, ratio),
            log=ratio,
            scale=words.SCALES[method.measure] if not look.presenting else words.MEASURES[method.measure],
            sides=sides,
            pooled=None if together is None else shown(together, method),
            before=None if everything is None or together is None else shown(everything, method),
            prediction=self._prediction(pooled, method, kept),
            lines=self._lines(pooled, method, kept),
            heterogeneity="" if together is None else words.spread(together, method, look.presenting),
            warning=words.warning(self._reasons()) if self._reasons() else "",
            heads=(
                "trial",
                "treated",
                against if len(against) < 10 else "control",
                "95 % interval",
                "weight",
            ),
        )

    def _fit(self, many: int) -> None:
        """Give the figure the height that these trials need."""
        self._capacity = next((one for one in CAPACITIES if one >= many), CAPACITIES[-1])
        if not self.live.drawing.look.presenting and self.live.drawing.capacity != self._capacity:  # type: ignore[attr-defined]
            self.redraw()

    @staticmethod
    def _prediction(pooled: stats.Pooled | None, method: Method, kept: int) -> tuple[float, float] | None:
        if pooled is None or not predicts(method, kept):
            return None
        return method.times * float(pooled.prediction_low), method.times * float(pooled.prediction_high)

    def _lines(self, pooled: stats.Pooled | None, method: Method, kept: int) -> Any:
        """The texts beside diamond and bar."""
        brief = self.live.drawing.look.presenting
        if pooled is None or kept < 2:
            return (("One trial: nothing to pool", "", ""), ("", "", ""))
        first = (words.model(method, brief), words.effect(shown(pooled, method), method.measure), "100 %")
        ends = self._prediction(pooled, method, kept)
        if ends is None:
            return (first, (words.no_prediction(method, kept), "", ""))
        low, high = (words.number(end, method.measure) for end in ends)
        return (first, ("A further trial (prediction)", f"{low} to {high}", ""))

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Read diamond, spread and prediction, and what was done to arms; a refusal says why nothing is pooled."""
        if refused := self._refused():
            return refused
        rows, pooled, everything = self._pooled()
        trials = rows[rows["kind"] == "trial"]
        kept = trials[~trials["left_out"]]
        method, (name, _question) = self._method(), self._question(self.controls)
        name, outcome = name[:1].upper() + name[1:], self._outcomes[self.value("outcome")][0]
        if pooled is None or len(kept) < 2:
            return words.single(kept.iloc[0], method, name, outcome)
        lines = words.reading(trials, pooled, method, name, outcome, everything)
        if found := self._reasons():
            lines.insert(0, words.warning(found) + ".")
        if self.live.drawing.look.presenting:
            return lines[-1] if everything is not None or found else lines[0]
        lines.append(words.further(pooled, method, len(kept), str(kept["better"].iloc[0])))
        if self.value("cumulative"):
            lines.append(
                "Cumulative: each row is pooled with all rows above it, so it is not one trial's result."
            )
        if noted := words.notes(
            kept, pooled, self.value("doses") if self.value("also") != "doses" else "apart"
        ):
            lines.append(noted)
        return "\n".join(lines)

    def about(self) -> str:
        """Return what was counted."""
        outcome = self._definitions.loc[self._question(self.controls)[1].outcome_id]
        return f"{outcome['name']}: {outcome['definition'].rstrip('.')}."

    def recipe(self) -> str:
        """Return selection, effects and pooling in pandas, statsmodels and plain formulas."""
        rows, pooled, _everything = self._pooled()
        trials = rows[rows["kind"] == "trial"]
        shows = pooled is not None and (rows["kind"] == "pooled").any()
        return words.recipe(
            self._question(self.controls)[1],
            trials,
            self._method(),
            self.state(),
            bool(self._reasons()),
            bool(shows),
        )


def offer(control: Any, options: list[tuple[str, Any]], default: Any) -> None:
    """Give a list new options, keeping its value where it still exists."""
    old = control.value
    control.options = options
    control.value = old if old in [value for _words, value in options] else default


def _written(trials: pd.DataFrame, method: Method, cumulated: bool) -> pd.DataFrame:
    """Add the texts of each row: counts, effect, weight."""
    values = trials[["estimate", "low", "high"]].to_numpy(float)
    weights = trials["weight"].to_numpy(float)
    left = trials["left_out"].to_numpy(bool)
    return trials.assign(
        treated=[f"{events:.0f}/{n:.0f}" for events, n in trials[["events", "n"]].to_numpy(float)],
        control=[
            f"{events:.0f}/{n:.0f}"
            for events, n in trials[["comparator_events", "comparator_n"]].to_numpy(float)
        ],
        text=[words.effect(row, method.measure) for row in values],
        weight=np.nan if cumulated else weights,
        weight_text=[
            "out" if out else "" if cumulated or np.isnan(one) else f"{one:.1f} %"
            for one, out in zip(weights, left, strict=True)
        ],
    )


def _fold(page: pd.DataFrame, capacity: int) -> pd.DataFrame:
    """Tell the lightest trials together in one row where there are more than the picture holds."""
    if len(page) <= capacity:
        return page
    order = (
        page["weight"].fillna(101.0).sort_values(ascending=False, kind="stable").index
    )  # one left out stays in sight
    kept, rest = page.loc[order[: capacity - 1]].sort_index(), page.loc[order[capacity - 1 :]]
    share = rest["weight"].sum()
    last = dict.fromkeys(("treated", "control", "text"), "") | {
        "label": f"and {len(rest)} more", "weight_text": f"{share:.1f} %" if share else "", "left_out": False,
    }  # fmt: skip
    return pd.concat([kept, pd.DataFrame([last])], ignore_index=True)


def _ends(trials: pd.DataFrame, ratio: bool) -> tuple[float, float]:
    """Ends of the axis: all estimates and most of their intervals; no difference always stands inside."""
    known = trials[["estimate", "low", "high"]].dropna().to_numpy(float)
    values = np.log(known) if ratio else known
    least, most = values[:, 0].min(), values[:, 0].max()
    reach = max(most - least, np.median(values[:, 2] - values[:, 1]), np.log(1.3) if ratio else 6.0)
    low = max(values[:, 1].min(), least - 0.75 * reach)
    high = min(values[:, 2].max(), most + 0.75 * reach)
    low, high = min(low, -0.15 * reach), max(high, 0.15 * reach)
    pad = 0.04 * (high - low)
    low, high = low - pad, high + pad
    return (float(np.exp(low)), float(np.exp(high))) if ratio else (float(low), float(high))
