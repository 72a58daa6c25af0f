"""Run one trial, twenty or a thousand of the same truth: what chance, size and choices make of a response rate."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.explore.controls import dropdown, next_button, slider
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.figures.style import Look
from migraine_lab.figures.trial_lab import LabView, TrialLabFigure
from migraine_lab.models import trial

REAL = (
    "reuter2018_erenumab_140_responder_50_12wk",
    "goadsby2017_erenumab_70_responder_50_6mo",
    "croop2019_rimegepant_75_pain_free_2h",
    "powers2017_topiramate_responder_50_24wk",
    "najib2022_nvns_responder_50_12wk",
)
"""Trials with counts in both arms to take a truth from: the rates that they found, and their size."""
OWN = "own"
LONG_RUN = 20_000
"""Trials behind the power that the long run gives; fewer where each trial draws many outcomes."""
LISTED = 20
"""Trials with a row of their own in the numbers."""
KINDS = {"all": "all trials", "significant": "significant", "rest": "not significant"}


class TrialLab(Explorer):
    """Simulated two-arm trials of one truth, with dropout, outcome switching and subgroups to choose."""

    title: ClassVar[str] = "The trial lab: many trials of one truth"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "what", "trials": "trials", "percent": "% of all", "low": "low", "high": "high",
        "events": "better, treatment", "n": "of", "comparator_events": "better, placebo", "comparator_n": "of ",
        "difference": "difference, points", "significant": "significant",
    }  # fmt: skip
    more: ClassVar[tuple[str, ...]] = ("start", "dropout", "missing", "outcomes", "subgroups", "draw")
    on_slide: ClassVar[tuple[str, ...]] = ("trials", "n_per_arm", "placebo", "effect")
    recipe_columns: ClassVar[Mapping[str, str]] = {
        "trials": "trials", "percent": "percent", "difference": "difference",
    }  # fmt: skip
    recipe_key: ClassVar[str] = "key"

    def __init__(self, **state: object) -> None:
        self._real = _real_trials()
        self._run: tuple[Any, trial.Trials | None] = (None, None)
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: how many trials, the truth, the size, and what may bend a trial."""
        first = self._real.iloc[0]
        names = [(f"{row.study}, {row.treatment}", row.result_id) for row in self._real.itertuples()]
        return {
            "trials": dropdown("Trials", [("1 trial", 1), ("20 trials", 20), ("1000 trials", 1000)], value=1000),
            "n_per_arm": slider("People an arm", 10, 400, _size(first), step=5),
            "placebo": slider("True rate on placebo, %", 0, 90, _placebo(first)),
            "effect": slider("True gain, points", 0, 60, _gain(first)),
            "start": dropdown("Take the truth from", [*names, ("numbers of my own", OWN)]),
            "dropout": slider("Drop out, %", 0, 60, 0, step=5),
            "missing": dropdown("Who drops out", [("counts as not better", "failure"), ("is left out", "left_out")]),
            "outcomes": slider("Outcomes measured, best one told", 1, 10, 1),
            "subgroups": slider("Subgroups looked at, best one told", 1, 8, 1),
            "draw": slider("Draw, number", 1, 50, 1),
        }  # fmt: skip

    def adapt(self, name: str) -> None:
        """Let a real trial set rates and size; once they are moved, they are the student's own."""
        if name == "start" and self.value("start") != OWN:
            row = self._real.set_index("result_id").loc[self.value("start")]
            for control, value in (
                ("n_per_arm", _size(row)),
                ("placebo", _placebo(row)),
                ("effect", _gain(row)),
            ):
                self.controls[control].value = value
        if name in ("n_per_arm", "placebo", "effect") and self.value("start") != OWN:
            row = self._real.set_index("result_id").loc[self.value("start")]
            truth = (_size(row), _placebo(row), _gain(row))
            if truth != tuple(self.value(one) for one in ("n_per_arm", "placebo", "effect")):
                self.controls["start"].value = OWN

    def visible(self, name: str) -> bool:
        """Return False for how dropouts count where nobody drops out."""
        return bool(self.value("dropout")) if name == "missing" else True

    def actions(self) -> list[widgets.Widget]:
        """Return the button that runs the same trials again with other people."""
        return [next_button("Run again", self.controls["draw"], "The same trials with other people")]

    def _truth(self) -> dict[str, Any]:
        return {
            "n_per_arm": self.value("n_per_arm"),
            "placebo_rate": self.value("placebo") / 100,
            "effect": self.value("effect") / 100,
            "dropout": self.value("dropout") / 100,
            "missing": self.value("missing"),
            "outcomes": self.value("outcomes"),
            "subgroups": self.value("subgroups"),
        }

    def _found(self) -> trial.Trials:
        """The trials of the present choice, kept while only a look at them changes."""
        truth = self._truth()
        key = (self.value("trials"), self.value("draw"), *truth.values())
        if self._run[0] != key:
            try:
                found = trial.run(self.value("trials"), seed=self.value("draw"), **truth)
            except ValueError as error:
                words = str(error)
                if "placebo_rate + effect" in words:
                    words = (
                        f"A true rate of {self.value('placebo')} % on placebo and {self.value('effect')} points more "
                        "would be more than all: lower one of them."
                    )
                raise CannotShow(words) from None
            self._run = (key, found)
        assert self._run[1] is not None
        return self._run[1]

    def make_evidence(self) -> pd.DataFrame:
        """Return the simulated trials in sum, the first ones singly, and the real trials whose rates may be taken."""
        real = _real_rows(self._real)
        try:
            found = self._found()
        except CannotShow:  # the picture says why; the real trials stand as they are
            return real.reindex(columns=[*dict.fromkeys([*real, *self.recipe_columns.values()])])
        return pd.concat([_sums(found), _singles(found), real], ignore_index=True)

    def make_drawing(self, look: Look) -> TrialLabFigure:
        """Return the two panels of bars."""
        return TrialLabFigure(look)

    def view(self) -> LabView:
        """Return all trials of this run with the truth."""
        found = self._found()
        marked = found.significant()
        truth = (float(self.value("placebo")), float(self.value("placebo") + self.value("effect")))
        reported = float(100 * found.difference[marked].mean()) if marked.any() else None
        many, hits = len(marked), int(marked.sum())
        first = f"{_number(many)}, {self.value('n_per_arm')} an arm"
        return LabView(
            100 * found.rate_b,
            100 * found.rate_a,
            marked,
            truth,
            reported,
            (first, f"{hits} of {many} significant"),
        )

    def say(self) -> str:
        """Say how many trials are significant, what they report against the truth, and what was done to them."""
        try:
            found = self._found()
        except CannotShow as reason:
            return str(reason)
        truth, many = self.value("effect"), self.value("trials")
        rates = f"{self.value('placebo')} of 100 people get better on placebo"
        gain = (
            f"{self.value('placebo') + truth} of 100 on the treatment"
            if truth
            else "as many on the treatment"
        )
        lines = [f"Simulated: in truth {rates} and {gain}.{self._bent()}"]
        lines.append(self._one(found) if many == 1 else self._many(found))
        return lines[-1] if self.live.drawing.look.presenting else "\n".join(lines)

    def _one(self, found: trial.Trials) -> str:
        if not np.isfinite(found.difference[0]):
            return "In this trial nobody was left to count in one of the arms: it reports nothing."
        x, n, y, m = (int(part[0]) for part in (found.events_a, found.n_a, found.events_b, found.n_b))
        verdict = "significant" if found.significant()[0] else "not significant"
        gap = 100 * found.difference[0]
        return (
            f"This one trial counts {x} of {n} on treatment and {y} of {m} on placebo: a difference of {gap:.0f} points, "
            f"{verdict}. Run it again and see what else the same truth may give."
        )

    def _many(self, found: trial.Trials) -> str:
        marked, truth = found.significant(), self.value("effect")
        hits, many = int(marked.sum()), len(marked)
        _, low, high = (100 * part for part in stats.proportion(hits, many))
        run = LONG_RUN // (self.value("outcomes") * self.value("subgroups"))
        power = 100 * _long_run(run, tuple(self._truth().items()))
        name = "power" if truth else "share of false alarms"
        span = f", {low:.0f} to {high:.0f}" if 0 < hits < many else ""
        words = (
            f"{hits} of {many} simulated trials are significant ({100 * hits / many:.0f} %{span}); "
            f"in the long run it is {_percent(power)} (the {name})."
        )
        if self.live.drawing.look.presenting:  # two lines of a slide
            words = f"{hits} of {many} trials are significant ({name}: {_percent(power)})."
        if not hits:
            return words + " No trial would be told as a success."
        told = 100 * found.difference[marked].mean()
        if not truth:
            return (
                words + f" Each of them tells of a gain ({told:.0f} points on average) that does not exist."
            )
        times = told / truth
        verdict = "more than the truth: the winner's curse" if times > 1.05 else "close to the truth"
        return words + (
            f" Their mean gain is {told:.0f} points where the truth is {truth}: {times:.1f} times, {verdict}."
        )

    def _bent(self) -> str:
        """Say what was done to the trials besides chance."""
        done = []
        if self.value("dropout"):
            how = "counted as not better" if self.value("missing") == "failure" else "left out of the count"
            done.append(f"{self.value('dropout')} % of each arm drop out and are {how}")
        if self.value("outcomes") > 1:
            done.append(f"each trial measures {self.value('outcomes')} outcomes and tells the best")
        if self.value("subgroups") > 1:
            done.append(f"each looks at {self.value('subgroups')} subgroups afterwards and tells the best")
        return f" And {', '.join(done)}." if done else ""

    def recipe(self) -> str:
        """Return the run and the counting in pandas."""
        given = ", ".join(f"{name}={value!r}" for name, value in self._truth().items())
        if self._impossible():
            return (
                "import pandas as pd\n\n# rates above 100 %: nothing to run\n"
                "rows = pd.DataFrame({'key': [], 'trials': [], 'percent': [], 'difference': []})\n"
            )
        return (
            "import pandas as pd\n"
            "from migraine_lab.models import trial\n\n"
            f"found = trial.run({self.value('trials')}, seed={self.value('draw')},\n"
            f"                  {given})\n"
            "trials = pd.DataFrame({'difference': 100 * found.difference, 'significant': found.z > 1.959964})\n"
            "parts = {'all': trials, 'significant': trials[trials.significant], 'rest': trials[~trials.significant]}\n"
            "rows = pd.DataFrame([{'key': key, 'trials': len(part), 'percent': 100 * len(part) / len(trials),\n"
            "                      'difference': part.difference.mean()} for key, part in parts.items()])\n"
        )

    def _impossible(self) -> bool:
        try:
            self._found()
        except CannotShow:
            return True
        return False


@lru_cache(maxsize=256)
def _long_run(trials: int, truth: tuple[tuple[str, Any], ...]) -> float:
    """Share of very many trials that are significant; the seed is none of those that the button goes through."""
    return trial.power(trial.run(trials, seed=0, **dict(truth)))


def _real_trials() -> pd.DataFrame:
    rows = data.comparisons().set_index("result_id", drop=False)
    return rows.loc[[one for one in REAL if one in rows.index]].reset_index(drop=True)


def _size(row: Any) -> int:
    """People an arm, to the slider's step."""
    return int(min(400, 5 * round((row["n"] + row["comparator_n"]) / 10)))


def _placebo(row: Any) -> int:
    return round(100 * row["comparator_events"] / row["comparator_n"])


def _gain(row: Any) -> int:
    """Rate on treatment less that on placebo, whole points, and none where placebo did better."""
    return max(0, round(100 * row["events"] / row["n"]) - _placebo(row))


def _real_rows(real: pd.DataFrame) -> pd.DataFrame:
    rows = real[["events", "n", "comparator_events", "comparator_n", "source_id"]].copy()
    rates = 100 * real["events"] / real["n"] - 100 * real["comparator_events"] / real["comparator_n"]
    label = "real trial: " + real["study"] + ", " + real["treatment"]
    return rows.assign(key=real["result_id"], label=label, difference=rates)


def _sums(found: trial.Trials) -> pd.DataFrame:
    """All trials, the significant and the others: how many, which share with its interval, their mean difference."""
    marked = found.significant()
    parts = [np.ones_like(marked), marked, ~marked]
    counts = np.array([int(part.sum()) for part in parts])
    _, low, high = stats.proportion(counts, len(marked))
    with np.errstate(invalid="ignore"):
        means = [_mean(100 * found.difference[part]) for part in parts]
    return pd.DataFrame(
        {
            "key": list(KINDS), "label": [f"simulated: {words}" for words in KINDS.values()], "trials": counts,
            "percent": 100 * counts / len(marked), "low": 100 * low, "high": 100 * high, "difference": means,
            "source_id": "",
        }
    )  # fmt: skip


def _mean(values: Any) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _singles(found: trial.Trials) -> pd.DataFrame:
    shown = slice(0, LISTED)
    marked = found.significant()[shown]
    return pd.DataFrame(
        {
            "key": [f"trial {at + 1}" for at in range(len(marked))],
            "label": [f"simulated: trial {at + 1}" for at in range(len(marked))],
            "events": found.events_a[shown], "n": found.n_a[shown],
            "comparator_events": found.events_b[shown], "comparator_n": found.n_b[shown],
            "difference": 100 * found.difference[shown], "significant": np.where(marked, "yes", "no"),
            "source_id": "",
        }
    )  # fmt: skip


def _number(trials: int) -> str:
    return "One trial" if trials == 1 else f"{trials} trials"


def _percent(value: float) -> str:
    return "under 1 %" if value < 1 else "over 99 %" if value > 99 else f"{value:.0f} %"
