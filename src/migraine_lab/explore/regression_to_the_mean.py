"""Pick people by a bad month, give them nothing, and count "responders"; then add placebo and drug and part the three."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from migraine_lab import data, stats
from migraine_lab.explore.controls import dropdown, next_button, slider
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.figures.regression import ARMS, RegressionFigure, RegressionView
from migraine_lab.figures.style import Look
from migraine_lab.models import diary

PEOPLE = 9000
BEFORE, AFTER = 4, 3
"""Months simulated before and after treatment starts; the sliders choose among them."""
THRESHOLDS = np.arange(1, 21)
SLOPES = 60
"""People drawn as lines: the first of those enrolled, in the order in which they were made."""
SPREAD = np.linspace(-0.3, 0.3, SLOPES)
"""Days added to a person's line, so that people with the same counts do not hide each other."""
FEWEST = 50
"""A point of the curve needs this many people."""
EVERYONE = "everyone"
GROUP = np.arange(PEOPLE) % len(ARMS)
"""The people are made by chance, so taking turns divides them by chance."""


class RegressionToTheMean(Explorer):
    """Simulated people enrolled by a threshold: how many halve their days with nothing, placebo and drug."""

    title: ClassVar[str] = "Pick a bad month, give nothing, count the responders"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "who, or what", "events": "halved", "n": "enrolled", "percent": "of 100", "low": "low",
        "high": "high", "before": "days before", "after": "days after", "value": "published value", "unit": "unit",
    }  # fmt: skip
    more: ClassVar[tuple[str, ...]] = ("follow_up", "arm", "people")
    view_only: ClassVar[tuple[str, ...]] = ("arm",)
    on_slide: ClassVar[tuple[str, ...]] = ("who", "enrol", "baseline", "placebo", "drug")
    recipe_columns: ClassVar[Mapping[str, str]] = {"low": "low", "high": "high", "n": "n", "events": "events"}
    recipe_key: ClassVar[str] = "key"

    def __init__(self, **state: object) -> None:
        self._kept: dict[Any, Any] = {}
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: who there is, who is enrolled, how long is looked, what placebo and drug prevent."""
        bands = [
            (f"usually {band.low:.0f} to {band.high:.0f} days", band.name)
            for band in diary.parameters().bands
        ]
        return {
            "who": dropdown("People", [("everyone with migraine", EVERYONE), *bands], value=bands[1][1]),
            "enrol": slider("Enrol from, days a month", int(THRESHOLDS[0]), int(THRESHOLDS[-1]), 8),
            "baseline": slider("Months before", 1, BEFORE, 1),
            "placebo": slider("Placebo prevents, %", 0, 60, 0, step=5),
            "drug": slider("Drug prevents, %", 0, 80, 0, step=5),
            "follow_up": slider("Months after", 1, AFTER, 1),
            "arm": dropdown("Lines show people given", [(name, at) for at, name in enumerate(ARMS)]),
            "people": slider("Draw of people, number", 1, 50, 2),
        }

    def actions(self) -> list[widgets.Widget]:
        """Return the button that makes other people by chance."""
        return [next_button("Other people", self.controls["people"], "Make other people by chance")]

    def _untreated(self) -> NDArray[np.int64]:
        """Months as they would be with nothing, kept until other people are asked for."""
        who, seed = self.value("who"), self.value("people")
        return self._keep(
            "months", (who, seed), lambda: diary.months(PEOPLE, BEFORE + AFTER, seed, usual=_usual(who))
        )

    def _keep(self, name: str, key: Any, make: Any) -> Any:
        if self._kept.get(name, (None,))[0] != key:
            self._kept[name] = (key, make())
        return self._kept[name][1]

    def _treated(self) -> NDArray[np.int64]:
        """Months with what each third was given."""
        placebo, drug = self.value("placebo") / 100, self.value("drug") / 100
        key = (self.value("who"), self.value("people"), placebo, drug)
        return self._keep(
            "treated",
            key,
            lambda: diary.treated(
                self._untreated(),
                self.value("people"),
                effect=np.where(GROUP == 2, drug, 0),
                placebo=np.where(GROUP > 0, placebo, 0),
                from_month=BEFORE,
            ),
        )

    def _people(self) -> diary.Responders:
        baseline, follow_up, enrol = self.value("baseline"), self.value("follow_up"), self.value("enrol")
        months = self._treated()[:, BEFORE - baseline : BEFORE + follow_up]
        key = (*self._kept["treated"][0], baseline, follow_up, enrol)
        return self._keep("people", key, lambda: diary.responders(months, baseline, follow_up, enrol))

    def _rest(self) -> tuple[pd.DataFrame, NDArray[np.float64]]:
        """Rows that few controls change, had everybody been given nothing: the curve and what was published; its points.

        Points: responders of 100, a row for each number of months before, NaN where too few are enrolled.
        """
        follow_up = self.value("follow_up")
        return self._keep(
            "rest",
            (self.value("who"), self.value("people"), follow_up),
            lambda: _rest(self._untreated(), follow_up),
        )

    def _arms(self) -> pd.DataFrame:
        """The three groups as rows of evidence."""
        found, rows = self._people(), []
        for at, name in enumerate(ARMS):
            mine = found.enrolled & (at == GROUP)
            n = int(mine.sum())
            rows.append(
                {
                    "key": name, "kind": "arm", "label": f"simulated, given {name}",
                    "events": int((found.responded & mine).sum()), "n": n,
                    "before": found.before[mine].mean() if n else np.nan,
                    "after": found.after[mine].mean() if n else np.nan,
                }
            )  # fmt: skip
        return _with_intervals(pd.DataFrame(rows)).assign(source_id="")

    def make_evidence(self) -> pd.DataFrame:
        """Return the three arms, the curve by threshold (all simulated), and the published rows they stand on."""
        return pd.concat([self._arms(), self._rest()[0]], ignore_index=True)

    def make_drawing(self, look: Look) -> RegressionFigure:
        """Return the figure of slopes, steps and curve."""
        return RegressionFigure(look, diary.DAYS, int(THRESHOLDS[-1]))

    def view(self) -> RegressionView:
        """Return some people, the arms and the curve; nobody enrolled is said instead."""
        rows = self._evidence()
        arms = rows.head(len(ARMS))
        if (arms["n"] == 0).any():
            raise CannotShow(self._nobody())
        found, arm = self._people(), self.value("arm")
        some = np.flatnonzero(found.enrolled & (arm == GROUP))[:SLOPES]
        one = arms.iloc[arm]
        return RegressionView(
            before=found.before[some] + SPREAD[: len(some)],
            after=np.maximum(found.after[some] + SPREAD[: len(some)], 0),
            halved=found.responded[some],
            means=(one["before"], one["after"]),
            arm=arm,
            percent=arms["percent"].to_numpy(float),
            low=arms["low"].to_numpy(float),
            high=arms["high"].to_numpy(float),
            counts=tuple(
                f"{row.percent:.0f} % ({row.events:.0f} of {row.n:.0f})" for row in arms.itertuples()
            ),
            threshold=float(self.value("enrol")),
            thresholds=THRESHOLDS.astype(float),
            curves=self._rest()[1],
            baseline=self.value("baseline"),
        )

    def _nobody(self) -> str:
        return (
            f"Too few of these {PEOPLE} simulated people have {self.value('enrol')} or more headache days over "
            f"{_months(self.value('baseline'))}, so one group would be empty; lower the line or take other people."
        )

    def say(self) -> str:
        """Say what came of nothing, and which part of the drug's figure is selection, placebo and drug."""
        rows = self._evidence()
        nothing, placebo, drug = (rows.iloc[at] for at in range(len(ARMS)))
        if not min(nothing["n"], placebo["n"], drug["n"]):
            return self._nobody()
        first = (
            f"Simulated: of 100 enrolled with {self.value('enrol')} or more headache days a month over "
            f"{_months(self.value('baseline'))}, {_of_100(nothing)} halve their days with nothing "
            f"(mean {nothing['before']:.1f} to {nothing['after']:.1f} days): chance and selection."
        )
        added = [self._added("placebo", placebo, nothing), self._added("drug", drug, placebo)]
        return f"{first} {' '.join(added)}"

    def _added(self, name: str, with_it: pd.Series, without: pd.Series) -> str:
        beside = "nothing" if name == "placebo" else "placebo"
        found = stats.compare(
            int(with_it["events"]), int(with_it["n"]), int(without["events"]), int(without["n"]), measure="RD"
        )
        low, middle, high = (100 * float(one) for one in (found.low, found.estimate, found.high))
        true = self.value(name)
        days = "days" if name == "placebo" else "the rest"
        truth = f"prevents {true} % of {days}" if true else "prevents nothing"
        return (
            f"{name.capitalize()} ({truth}): {_of_100(with_it)}; minus {beside} {middle:+.0f} "
            f"({low:+.0f} to {high:+.0f})."
        ).replace("-", "−")

    def recipe(self) -> str:
        """Return the same counts from one call of the model and plain numpy and pandas."""
        usual = _usual(self.value("who"))
        return (
            "import numpy as np\nimport pandas as pd\n"
            "from statsmodels.stats.proportion import proportion_confint\n"
            "from migraine_lab.models import diary\n\n"
            f"people, group = {PEOPLE}, np.arange({PEOPLE}) % 3  # 0 nothing, 1 placebo, 2 drug\n"
            "given = {'placebo': np.where(group > 0, "
            f"{self.value('placebo') / 100}, 0), 'effect': np.where(group == 2, {self.value('drug') / 100}, 0)}}\n"
            f"who = {{'people': people, 'months': {BEFORE + AFTER}, 'seed': {self.value('people')}, 'usual': {usual!r}}}\n"
            f"treated, untreated = diary.months(**who, **given, from_month={BEFORE}), diary.months(**who)\n\n"
            "def count(key, months, baseline, line, some):\n"
            f"    before = months[:, {BEFORE} - baseline:{BEFORE}].mean(axis=1)\n"
            f"    after = months[:, {BEFORE}:{BEFORE + self.value('follow_up')}].mean(axis=1)\n"
            "    enrolled = some & (before >= line)\n"
            "    return {'key': key, 'n': enrolled.sum(), 'events': (enrolled & (after <= before / 2)).sum()}\n\n"
            f"rows = [count(name, treated, {self.value('baseline')}, {self.value('enrol')}, group == at)\n"
            f"        for at, name in enumerate({list(ARMS)})]\n"
            "rows += [count(f'{months} before, from {line}', untreated, months, line, group >= 0)\n"
            f"         for months in range(1, {BEFORE + 1}) for line in range(1, {int(THRESHOLDS[-1]) + 1})]\n"
            "rows = pd.DataFrame(rows).query('n > 0')\n"
            "low, high = proportion_confint(rows.events, rows.n, method='wilson')\n"
            "rows = rows.assign(low=100 * low, high=100 * high)\n"
        )


def _with_intervals(rows: pd.DataFrame) -> pd.DataFrame:
    """Add responders of 100 with their Wilson interval; NaN where nobody is enrolled."""
    events, n = rows["events"].to_numpy(float), rows["n"].to_numpy(float)
    found = np.full((3, len(rows)), np.nan)
    some = n > 0
    if some.any():
        found[:, some] = 100 * np.array(stats.proportion(events[some], n[some]))
    return rows.assign(percent=found[0], low=found[1], high=found[2])


def _rest(untreated: NDArray[np.int64], follow_up: int) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """Rows of the curve for each number of months before and each threshold, then the published ones; its points."""
    parts = []
    for baseline in range(1, BEFORE + 1):
        part = untreated[:, BEFORE - baseline : BEFORE + follow_up]
        n, events = diary.by_threshold(part, baseline, follow_up, THRESHOLDS)
        words = f"or more days over {_months(baseline)}"
        parts.append(
            pd.DataFrame(
                {
                    "key": [f"{baseline} before, from {line}" for line in THRESHOLDS],
                    "label": [f"simulated, all given nothing, {line} {words}" for line in THRESHOLDS],
                    "events": events,
                    "n": n,
                }
            )
        )
    curve = _with_intervals(pd.concat(parts, ignore_index=True)).assign(kind="curve", source_id="")
    points = curve["percent"].where(curve["n"] >= FEWEST).to_numpy(float).reshape(BEFORE, len(THRESHOLDS))
    return pd.concat([curve, _published()], ignore_index=True), points


@lru_cache(maxsize=1)
def _published() -> pd.DataFrame:
    """The rows of ``timing`` that the simulation was made from."""
    used = dict(diary.parameters().rows)
    timing = data.table("timing").set_index("timing_id").loc[list(used)].reset_index()
    return pd.DataFrame(
        {
            "key": timing["timing_id"], "kind": "published", "value": timing["value"], "unit": timing["unit"],
            "label": [f"published: {row.quantity}" for row in timing.itertuples()],
            "source_id": timing["source_id"],
        }
    )  # fmt: skip


def _usual(who: str) -> str | None:
    return None if who == EVERYONE else who


def _months(number: int) -> str:
    return "one month" if number == 1 else f"{number} months"


def _of_100(row: pd.Series) -> str:
    return f"{row['percent']:.0f} ({row['low']:.0f} to {row['high']:.0f})"
