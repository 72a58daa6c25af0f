"""A forest plot of real trials: pooled where they ask one question, refused with the reason where they do not."""

from __future__ import annotations

from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from migraine_lab import data, stats
from migraine_lab.explore import forest_words as words
from migraine_lab.explore import poolable, pooled_package
from migraine_lab.explore.controls import check_box, dropdown, offer
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.explore.forest_page import ends, page, pooled_texts
from migraine_lab.explore.forest_rows import (
    ORDERS,
    Method,
    counts_of,
    cumulative,
    labelled,
    prediction,
    predicts,
    shown,
    weighed,
    with_effects,
    with_pooled,
)
from migraine_lab.explore.poolable import MIXTURES, Question
from migraine_lab.explore.poolable_reasons import AGAINST, Reason, reasons
from migraine_lab.figures.forest import ForestFigure, ForestView
from migraine_lab.figures.style import Look

NONE = "none"
FIRST = ("responder_50 migraine_days 12 wk", "CGRP antibody")
CAPACITIES = (3, 6, 10, 15, 24)
"""Heights of the picture, in trials: it changes seldom, and more trials than the last are told together in one row."""
SLIDE_ROWS = 7
DOSES = [("added up", "together"), ("the highest alone", "highest"), ("the lowest alone", "lowest")]


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
        self._all, self._outcomes = pooled_package.read()
        self._definitions = data.table("outcomes").set_index("outcome_id")
        self._kept: dict[str, tuple[Any, Any]] = {}
        self._capacity = CAPACITIES[2]
        self._figures: dict[Any, ForestFigure] = {}
        super().__init__(**state)
        if not self.live.png:  # a mixture asked for from the start
            self._ask_again()

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
        found = pooled_package.groups(controls["outcome"].value)
        options = [(f"{label} ({count})", key) for key, (label, _question, count) in found.items()]
        offer(controls["group"], options, first or options[0][1])
        self._offer_mixtures(controls)

    def _offer_mixtures(self, controls: dict[str, Any]) -> None:
        found = pooled_package.also(self._question(controls)[1])
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

    def _ask_again(self) -> None:
        """Draw the plot without the mixture, then ask for it: a refusal needs a picture to stand under."""
        mixture = self.value("also")
        self.set(also=NONE)
        self.set(also=mixture)

    def _look_changed(self, change: Any) -> None:
        """Draw in the new look where a mixture is refused as well; the old picture has the old size and colours."""
        super()._look_changed(change)
        if self.value("also") != NONE and self._refused():
            self._ask_again()

    # -- evidence --------------------------------------------------------------------------------------------------
    def _keep(self, name: str, key: Any, make: Any) -> Any:
        if name not in self._kept or self._kept[name][0] != key:
            self._kept[name] = (key, make())
        return self._kept[name][1]

    def _question(self, controls: dict[str, Any]) -> tuple[str, Question]:
        label, question, _count = pooled_package.groups(controls["outcome"].value)[controls["group"].value]
        return label.removeprefix("all: ").removeprefix("– "), question

    def _arms(self, controls: dict[str, Any]) -> pd.DataFrame:
        """One row a trial, labelled, with the rows that the student asked to add."""
        question = self._question(controls)[1]
        asked, doses = controls["also"].value, controls["doses"].value

        def make() -> pd.DataFrame:
            extra = pooled_package.also(question).get(asked, self._all.iloc[:0])
            rows = (
                pd.concat([pooled_package.main(question), extra])
                if len(extra)
                else pooled_package.main(question)
            )
            trials = poolable.one_row_a_trial(rows, "apart" if asked == "doses" else doses)
            return labelled(trials, extra, asked)

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
        if alone or (found and not self.value("anyway")):
            return words.refusal(found, not alone, self.live.drawing.look.presenting)
        method, kept = self._method(), self._trials()["key"].to_numpy() != self._left_out()
        return "" if method.always or method.possible(self._counts()[kept]) else words.EMPTY

    def _counts(self) -> NDArray[np.float64]:
        rows = self._trials()
        return self._keep("counts", self._kept["trials"][0], lambda: counts_of(rows))

    def _method(self) -> Method:
        return Method(
            *(self.value(name) for name in ("measure", "model", "weights", "tau2", "knapp_hartung"))
        )

    def _left_out(self) -> str:
        return "" if self.value("cumulative") or self.value("leave_out") == NONE else self.value("leave_out")

    def _pooled(self) -> tuple[pd.DataFrame, stats.Pooled | None, stats.Pooled | None]:
        """Trials with weights, the pooling, and the pooling with nothing left out where something is."""
        rows = self._trials()
        if self._refused():
            return rows, None, None
        method, left = self._method(), self._left_out()

        def make() -> tuple[pd.DataFrame, stats.Pooled, stats.Pooled | None]:
            trials, pooled = weighed(rows, self._counts(), method, left)
            if self.value("cumulative"):
                trials = cumulative(trials, method)
            return trials, pooled, self._whole(method) if left else None

        return self._keep("pooled", (self._kept["trials"][0], method, left, self.value("cumulative")), make)

    def _whole(self, method: Method) -> stats.Pooled:
        """Everything pooled, kept while one trial after the other is left out."""
        return self._keep("whole", (self._kept["trials"][0], method), lambda: method.pool(self._counts()))

    def make_evidence(self) -> pd.DataFrame:
        """Return the trials with effects and weights, then the pooled effect and the prediction, each with its source."""
        trials, pooled, _everything = self._pooled()
        return with_pooled(trials, pooled, self._method())

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> ForestFigure:
        """Return a figure with room for the trials: few heights, so that it seldom changes."""
        return ForestFigure(look, SLIDE_ROWS if look.presenting else self._capacity)

    def view(self) -> ForestView:
        """Return trials, diamond and prediction; what must not be pooled is refused with its reason."""
        if refused := self._refused():
            raise CannotShow(refused)
        trials, pooled, everything = self._pooled()
        self._fit(len(trials))
        method, kept = self._method(), int((~trials["left_out"]).sum())
        together = None if kept < 2 else pooled
        ratio = method.measure != "RD"
        room = self.live.drawing.capacity  # type: ignore[attr-defined]
        if self.live.drawing.look.presenting and self._reasons():
            room -= 1  # lines of a slide stand close, and the warning takes one
        rows = page(trials, method.measure, self.value("cumulative"), room)
        look = self.live.drawing.look
        against = AGAINST.get(str(trials["comparator_kind"].iloc[0]), "control")
        sides = (f"← favours {against}", "favours treatment →")
        if trials["better"].iloc[0] == "lower":
            sides = ("← favours treatment", f"favours {against} →")
        return ForestView(
            rows=rows,
            ends=self._ends(trials),
            log=ratio,
            scale=words.SCALES[method.measure] if not look.presenting else words.MEASURES[method.measure],
            sides=sides,
            pooled=None if together is None else shown(together, method),
            before=None if everything is None or together is None else shown(everything, method),
            prediction=prediction(together, method) if together and predicts(method, kept) else None,
            lines=pooled_texts(together, method, kept, look.presenting),
            heterogeneity="" if together is None else words.spread(together, method, look.presenting),
            warning=words.warning(self._reasons(), brief=True) if self._reasons() else "",
            heads=(
                "trial",
                "treated",
                against if len(against) < 10 else "control",
                "95 % interval",
                "weight",
            ),
        )

    def redraw(self) -> None:
        """Take the figure of this look and height, made once: going back to it costs no new figure."""
        look = self.screen.look()
        key = (look, SLIDE_ROWS if look.presenting else self._capacity)
        if key not in self._figures:
            self._figures[key] = self.make_drawing(look)
        self.live.use(self._figures[key])
        self._keep_room()

    def _ends(self, trials: pd.DataFrame) -> tuple[float, float]:
        key = (self._kept["trials"][0], self._method() if self.value("cumulative") else None)
        return self._keep("ends", key, lambda: ends(trials, self.value("measure") != "RD"))

    def _fit(self, many: int) -> None:
        """Give the figure the height that these trials need."""
        self._capacity = next((one for one in CAPACITIES if one >= many), CAPACITIES[-1])
        if not self.live.drawing.look.presenting and self.live.drawing.capacity != self._capacity:  # type: ignore[attr-defined]
            self.redraw()

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Read diamond, spread and prediction, and what was done to arms; a refusal says why nothing is pooled."""
        if refused := self._refused():
            return refused
        trials, pooled, everything = self._pooled()
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
            lines.append("Cumulative: each row is pooled with all above it; it is not one trial's result.")
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
        trials, pooled, _everything = self._pooled()
        shows = pooled is not None and (~trials["left_out"]).sum() > 1
        return words.recipe(
            self._question(self.controls)[1],
            trials,
            self._method(),
            self.state(),
            bool(self._reasons()),
            bool(shows),
        )
