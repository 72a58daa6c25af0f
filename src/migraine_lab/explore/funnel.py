"""A funnel of simulated trials, some of them kept in the drawer: what becomes of the pooled gain; real ones beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from migraine_lab import data, stats
from migraine_lab.explore import poolable, pooled_package
from migraine_lab.explore.controls import dropdown, next_button, slider
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.explore.forest_rows import POINTS
from migraine_lab.explore.forest_words import listed
from migraine_lab.explore.poolable import COUNTS
from migraine_lab.figures.funnel import FunnelFigure, FunnelView, PooledLine
from migraine_lab.figures.style import Look
from migraine_lab.models import trial

SIMULATED = "simulated"
FROM = "croop2019_rimegepant_75_pain_free_2h"
"""The real trial whose two rates are the truth at the start."""
SIZES = tuple(int(one) for one in np.unique(np.geomspace(20, 300, 20).round()))
EACH = 3
"""Simulated trials of each size (people an arm): many small ones, few large ones, as in life."""
SMALL = 60
"""Trials with fewer people an arm are called small in the sentence."""
FIRST_DRAW = 8
"""A draw whose trials all together come near the truth, so that the first picture shows the drawer and not bad luck."""
REAL = {
    "gepant": ("pain_free 2 h", "Gepants, pain freedom"),
    "NSAID": ("pain_free 2 h", "NSAIDs, pain freedom"),
    "triptan": ("pain_relief 2 h", "Triptans, pain relief"),
    "CGRP antibody": ("responder_50 migraine_days 12 wk", "CGRP antibodies, days halved"),
}
"""Classes with the most trials that may stand together, and their outcomes."""


class Funnel(Explorer):
    """Simulated trials of one truth in a funnel; those without a significant gain may stay in the drawer."""

    title: ClassVar[str] = "The drawer: which trials are printed"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "what", "printed": "printed", "events": "better, treatment", "n": "of",
        "comparator_events": "better, comparator", "comparator_n": "of ", "estimate": "gain, points", "low": "low",
        "high": "high", "error": "standard error, points",
    }  # fmt: skip
    on_slide: ClassVar[tuple[str, ...]] = ("shown", "drawer", "effect")
    recipe_columns: ClassVar[Mapping[str, str]] = {"estimate": "estimate", "low": "low", "high": "high"}
    recipe_key: ClassVar[str] = "key"

    def __init__(self, **state: object) -> None:
        self._kept: dict[str, tuple[Any, Any]] = {}
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: which trials, and for simulated ones the truth and what the drawer keeps."""
        row = _start()
        placebo = round(100 * row["comparator_events"] / row["comparator_n"])
        gain = round(100 * row["events"] / row["n"]) - placebo
        shown = [
            ("simulated", SIMULATED),
            *((f"real: {words}", name) for name, (_key, words) in REAL.items()),
        ]
        return {
            "shown": dropdown("Trials", shown),
            "drawer": slider("Not significant: kept in the drawer, %", 0, 100, 100, step=5),
            "effect": slider("True gain, points", 0, 40, gain),
            # up to a rate that leaves room for the largest gain
            "placebo": slider("True rate on placebo, %", 2, 60, placebo),
            "draw": slider("Draw, number", 1, 50, FIRST_DRAW),
        }

    def actions(self) -> list[widgets.Widget]:
        """Return the button that runs other trials of the same truth."""
        self._other = next_button("Other trials", self.controls["draw"], "Other trials of the same truth")
        return [self._other]

    def adapt(self, name: str) -> None:
        """Take the button away beside real trials: there are no others."""
        if name == "shown":
            self._other.layout.display = None if self.value("shown") == SIMULATED else "none"

    def visible(self, name: str) -> bool:
        """Return False for the truth and the drawer beside real trials: nobody knows theirs."""
        return name == "shown" or bool(self.value("shown") == SIMULATED)

    # -- evidence --------------------------------------------------------------------------------------------------
    def _keep(self, name: str, key: Any, make: Any) -> Any:
        if name not in self._kept or self._kept[name][0] != key:
            self._kept[name] = (key, make())
        return self._kept[name][1]

    def _trials(self) -> pd.DataFrame:
        """The trials with gain, interval and standard error in points, before any is put in the drawer."""
        if self.value("shown") != SIMULATED:
            return _real(self.value("shown"))
        key = tuple(self.value(name) for name in ("placebo", "effect", "draw"))
        return self._keep("trials", key, lambda: _gains(_simulated(*key)))

    def _printed(self) -> NDArray[np.bool_]:
        """Which trials are printed: all real ones; of the simulated each significant one, and the others as asked."""
        rows = self._trials()
        if self.value("shown") != SIMULATED:
            return np.ones(len(rows), bool)
        return np.asarray(rows["significant"] | (rows["luck"] >= self.value("drawer") / 100))

    def make_evidence(self) -> pd.DataFrame:
        """Return trials, the pooled gains of all and of the printed ones, and the real trial behind the truth."""
        rows, printed = self._trials(), self._printed()
        parts = [
            rows.assign(printed=np.where(printed, "yes", "no")),
            pd.DataFrame(self._pooled(rows, printed)),
        ]
        if self.value("shown") == SIMULATED:
            truth = pd.DataFrame([_start()[["result_id", "study", *COUNTS, "source_id"]]])
            parts.append(
                truth.assign(kind="published", key="truth", label="real trial the first truth was taken from")
            )
        rows = pd.concat(parts, ignore_index=True)
        return rows[["label", *rows.columns.drop("label")]]

    def _pooled(self, rows: pd.DataFrame, printed: NDArray[np.bool_]) -> list[dict[str, Any]]:
        """Pooled gains by a fixed effect; one truth for all is true of simulated trials."""
        found = []
        named = [("all", "all trials", np.ones(len(rows), bool)), ("printed", "printed trials", printed)]
        for key, label, some in named if self.value("shown") == SIMULATED else named[:1]:
            if some.any():
                one = stats.pool(rows.loc[some, "estimate"], rows.loc[some, "error"] ** 2, model="fixed")
                ends = {"estimate": one.estimate, "low": one.low, "high": one.high}
                found.append(
                    {"key": key, "kind": "pooled", "label": f"{label}, pooled", "source_id": "", **ends}
                )
        return found

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> FunnelFigure:
        """Return the funnel's figure."""
        return FunnelFigure(look)

    def view(self) -> FunnelView:
        """Return trials, funnel and diamonds."""
        rows, printed = self._trials(), self._printed()
        if not printed.any():
            raise CannotShow(
                "None of these trials is significant, and the drawer keeps all the others, so nothing is printed; "
                "the picture still shows the last choice. Empty the drawer a little, or raise the true gain."
            )
        pooled = {one["key"]: one for one in self._pooled(rows, printed)}
        simulated = self.value("shown") == SIMULATED
        gains, errors = rows["estimate"].to_numpy(float), rows["error"].to_numpy(float)
        lines = [_line(f"all {len(rows)}, pooled", pooled["all"], not simulated)]
        if simulated:
            lines.append(_line(f"printed, {int(printed.sum())}, pooled", pooled["printed"], True))
        centre = float(self.value("effect")) if simulated else float(pooled["all"]["estimate"])
        reach = np.array(
            [*gains, centre, 0.0, *(end for one in pooled.values() for end in (one["low"], one["high"]))]
        )
        return FunnelView(
            gains=gains,
            errors=errors,
            printed=printed,
            centre=centre,
            centre_label=f"truth: {centre:.0f} points" if simulated else "pooled gain",
            ends=(float(10 * np.floor(reach.min() / 10 - 0.2)), float(10 * np.ceil(reach.max() / 10 + 0.2))),
            depth=float(np.ceil(errors.max() * 1.05)),
            pooled=lines,
            simulated=simulated,
        )

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Set the pooled gain of the printed trials beside that of all, and both beside the truth."""
        rows, printed = self._trials(), self._printed()
        pooled = {one["key"]: one for one in self._pooled(rows, printed)}
        told = {key: _told(one["estimate"], one["low"], one["high"]) for key, one in pooled.items()}
        if self.value("shown") != SIMULATED:
            return self._say_real(rows, told["all"])
        first = (
            f"Simulated: {len(rows)} trials of one truth, a gain of {self.value('effect')} points. "
            f"All of them pooled: {told['all']}"
        )
        if not printed.any():
            return f"{first}. None is significant and the drawer keeps the rest: nothing is printed, nobody learns of it."
        drawer = len(rows) - int(printed.sum())
        if not drawer:
            return f"{first}. The drawer is empty, so this is also what a reader would find."
        words = f"{first}; printed, {int(printed.sum())} of them: {told['printed']}. In the drawer: {drawer}."
        if self.live.drawing.look.presenting:
            return words
        small = rows[rows["significant"] & printed & (rows["n"] < SMALL).to_numpy()]
        if len(small):
            words += (
                f"\nSignificant trials with fewer than {SMALL} people an arm: {len(small)}. Their mean gain is "
                f"{small['estimate'].mean():.0f} points, for chance had to help them to be significant."
            )
        return words

    def _say_real(self, rows: pd.DataFrame, told: str) -> str:
        half = rows.sort_values("error")
        parts = [half.head(len(half) // 2), half.tail(len(half) - len(half) // 2)]
        sure, unsure = (
            f"{stats.pool(one['estimate'], one['error'] ** 2, model='fixed').estimate:.1f}" for one in parts
        )
        words = (
            f"Real: {REAL[self.value('shown')][1]}, {len(rows)} trials, pooled gain {told} points. "
            f"The surer half comes to {sure} points, the less sure half to {unsure}."
        )
        if self.live.drawing.look.presenting:
            return words
        return (
            f"{words}\nWhere small trials report more, some may be missing; but they may also have had other patients, higher "
            "doses, weaker methods, or luck. A funnel cannot tell these apart, and nobody knows what lies in a drawer."
        )

    def about(self) -> str:
        """Say what was counted in the real trials."""
        if self.value("shown") == SIMULATED:
            return ""
        return f"Counted: {pooled_package.read()[1][REAL[self.value('shown')][0]][0]}. Fixed effect, inverse variance."

    # -- recipe ----------------------------------------------------------------------------------------------------
    def recipe(self) -> str:
        """Return the same gains and pooled gains with numpy, pandas and statsmodels."""
        head = (
            "import numpy as np\nimport pandas as pd\nfrom scipy.stats import norm\n"
            "from statsmodels.stats.meta_analysis import combine_effects, effectsize_2proportions\n"
        )
        gains = (
            "a, m, b, n = rows[['events', 'n', 'comparator_events', 'comparator_n']].to_numpy(float).T\n"
            "empty = (a == 0) | (a == m) | (b == 0) | (b == n)  # such trials get half a person in each cell\n"
            "gain, variance = effectsize_2proportions(a + empty / 2, m + empty, b + empty / 2, n + empty, statistic='diff')\n"
            "z, se = norm.ppf(0.975), variance ** 0.5\n"
            "rows = rows.assign(estimate=100 * gain, low=100 * (gain - z * se), high=100 * (gain + z * se))\n\n"
            "def pool(key, some):\n"
            "    found = combine_effects(gain[some], variance[some])\n"
            "    mean, half = 100 * found.mean_effect_fe, 100 * z * found.sd_eff_w_fe\n"
            "    return {'key': key, 'estimate': mean, 'low': mean - half, 'high': mean + half}\n\n"
        )
        if self.value("shown") != SIMULATED:
            return (
                f"{head}from migraine_lab import data\n\n{listed(_real(self.value('shown')), True)}\n{gains}"
                "rows = pd.concat([rows, pd.DataFrame([pool('all', gain == gain)])], ignore_index=True)\n"
            )
        draw = self.value("draw")
        count = int(self._printed().sum())
        parts = ["rows", "pd.DataFrame([pool('all', gain == gain)])"]
        if count == 1:  # statsmodels pools no single trial
            parts.append("rows[printed].assign(key='printed')")
        elif count:
            parts[1] = "pd.DataFrame([pool('all', gain == gain), pool('printed', printed)])"
        printed = f"rows = pd.concat([{', '.join(parts)}], ignore_index=True)\n"
        return (
            f"{head}from migraine_lab.models import trial\n\n"
            f"parts = [trial.run({EACH}, size, {self.value('placebo') / 100}, {self.value('effect') / 100}, "
            f"seed={draw * 1000} + at)\n         for at, size in enumerate({list(SIZES)})]\n"
            "rows = pd.DataFrame({name: np.concatenate([getattr(part, of) for part in parts]) for name, of in (\n"
            "    ('events', 'events_a'), ('n', 'n_a'), ('comparator_events', 'events_b'), ('comparator_n', 'n_b'))})\n"
            "rows['key'] = [f'trial {at + 1}' for at in range(len(rows))]\n"
            "significant = np.concatenate([part.significant() for part in parts])\n"
            f"luck = np.random.default_rng({draw}).random(len(rows))\n"
            f"printed = significant | (luck >= {self.value('drawer') / 100})\n\n{gains}{printed}"
        )


@lru_cache(maxsize=1)
def _start() -> pd.Series:
    rows = data.comparisons(outcome="pain_free").set_index("result_id", drop=False)
    return rows.loc[FROM]


def _simulated(placebo: int, effect: int, draw: int) -> pd.DataFrame:
    """Counts of the simulated trials, smallest first, whether each is significant, and its luck with the drawer."""
    parts = [
        trial.run(EACH, size, placebo / 100, effect / 100, seed=1000 * draw + at)
        for at, size in enumerate(SIZES)
    ]
    rows = pd.DataFrame(
        {
            name: np.concatenate([getattr(part, of) for part in parts])
            for name, of in zip(COUNTS, ("events_a", "n_a", "events_b", "n_b"), strict=True)
        }
    )
    names = [f"trial {at + 1}" for at in range(len(rows))]
    return rows.assign(
        key=names,
        label=[f"simulated {name}" for name in names],
        kind="trial",
        source_id="",
        significant=np.concatenate([part.significant() for part in parts]),
        luck=np.random.default_rng(draw).random(len(rows)),
    )


@lru_cache(maxsize=8)
def _real(name: str) -> pd.DataFrame:
    """The trials of a class that may stand together, as rows with gain and standard error."""
    question = pooled_package.groups(REAL[name][0])[name][1]
    rows = poolable.one_row_a_trial(pooled_package.main(question))
    kept = rows[["key", "result_id", "result_ids", "comparator_kind", "study", "arm", *COUNTS, "source_id"]]
    labels = [f"{study}: {arm}" for study, arm in rows[["study", "arm"]].itertuples(index=False)]
    return _gains(kept.assign(kind="trial", label=labels))


def _gains(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the gain of each trial with its interval and standard error, all in points."""
    found = stats.pool_counts(*rows[COUNTS].to_numpy(float).T[..., None], measure="RD", model="fixed")
    shown = {"estimate": found.estimate, "low": found.low, "high": found.high, "error": found.se}
    return rows.assign(**{name: POINTS * np.asarray(values) for name, values in shown.items()})


def _line(label: str, pooled: Mapping[str, Any], printed: bool) -> PooledLine:
    values = (float(pooled["estimate"]), float(pooled["low"]), float(pooled["high"]))
    return PooledLine(label, _told(*values), values, printed)


def _told(estimate: float, low: float, high: float) -> str:
    """Write a gain in points with its interval."""
    return f"{estimate:.1f} ({low:.1f} to {high:.1f})".replace("-", "−")
