"""The sentences of Forest, its texts in the picture, and its recipe; every number comes from the rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab import stats
from migraine_lab.explore.forest_rows import FEWEST_FOR_PREDICTION, Method, heterogeneity, prediction, shown
from migraine_lab.explore.poolable import Question
from migraine_lab.explore.poolable_reasons import AGAINST, Reason
from migraine_lab.explore.rate_words import inside, plural

MEASURES = {"RR": "risk ratio", "OR": "odds ratio", "RD": "risk difference"}
SCALES = {"RR": "risk ratio (log axis)", "OR": "odds ratio (log axis)", "RD": "difference, of 100"}
TAU2 = {"PM": "Paule and Mandel", "DL": "DerSimonian and Laird"}
WEIGHTS = {"IV": "inverse variance", "MH": "Mantel and Haenszel"}
LITTLE = 10
"""Fewer trials than this cannot show how far trials differ; the sentence says so."""


def number(value: float, measure: str) -> str:
    """Write one effect: ratios with two decimals, differences in whole points, with a true minus."""
    places = (0 if abs(value) >= 1 else 1) if measure == "RD" else 2 if value < 10 else 0
    text = f"{value:.{places}f}"
    return ("0" if float(text) == 0 and measure == "RD" else text).replace("-", "−")


def effect(values: Sequence[float], measure: str) -> str:
    """Write "1.58 (1.43 to 1.75)", "" where nothing is known."""
    if not np.isfinite(values[0]):
        return ""
    middle, low, high = (number(float(one), measure) for one in values)
    return f"{middle} ({low} to {high})"


def model(method: Method, brief: bool = False) -> str:
    """Name model and estimator as they stand beside the diamond."""
    if method.model == "fixed":
        return "Fixed effect" if brief else f"Fixed effect ({WEIGHTS[method.weights]})"
    words = "Random effects" if brief else f"Random effects ({TAU2[method.tau2]})"
    return words + (
        " KH" if brief and method.knapp_hartung else ", Knapp–Hartung" if method.knapp_hartung else ""
    )


def spread(pooled: stats.Pooled, method: Method, brief: bool) -> str:
    """Write the heterogeneity line; I2 and tau2 as the model has them."""
    one = heterogeneity(pooled, method)
    p = "p < 0.001" if one["p"] < 0.001 else f"p = {one['p']:.2g}"
    tau2 = f"τ² = {one['tau2']:.3g}" if method.model == "random" else "τ² not estimated"
    unit = (
        ""
        if brief or method.model == "fixed"
        else " (points squared)"
        if method.measure == "RD"
        else " (logarithms)"
    )
    start = "" if brief else "How far the trials differ: "
    return f"{start}Q = {one['q']:.1f}, df = {one['df']}, {p}; I² = {one['i2']:.0f} %; {tau2}{unit}"


def no_prediction(method: Method, trials: int) -> str:
    """Say why there is no prediction interval."""
    if method.model == "fixed":
        return "No prediction: a fixed effect has one truth"
    return f"No prediction: it needs {FEWEST_FOR_PREDICTION} trials, here {trials}"


def refusal(found: Sequence[Reason], anyway_helps: bool, brief: bool = False) -> str:
    """Say in one sentence why these rows are not pooled, and what can be done; brief enough for a slide if so asked."""
    if brief:
        return f"Not pooled: {found[0].words}. The picture still shows the last choice."
    words = "; ".join(one.words for one in found[:2])
    end = "tick “pool anyway” to see the number with its warning" if anyway_helps else "add something else"
    return f"Not pooled: {words}. The picture still shows the last choice; {end}, or add nothing."


EMPTY = (
    "Mantel and Haenszel's weights need an event in each arm of some trial, and here an arm has none. The picture still "
    "shows the last choice; take weights by inverse variance, or put the trial back."
)
"""Said where there are no counts to weigh."""


def warning(found: Sequence[Reason], brief: bool = False) -> str:
    """Return the line that warns of what must not be pooled; brief enough for a line of the picture if so asked."""
    words = [re.sub(r" \(.*?\)", "", one.words) for one in found]
    if brief:  # what follows a colon says why, and stands under the picture
        words = [one.partition(":")[0] for one in words]
    return "NOT ALIKE, POOLED ANYWAY: " + "; ".join(words)


def people(rows: pd.DataFrame) -> int:
    """Count the people of these trials, an arm that several rows share once."""
    shared = dict(zip(rows["comparator_result_id"], rows["comparator_n"], strict=True))
    return int(rows["n"].sum() + sum(shared.values()))


def reading(
    rows: pd.DataFrame,
    pooled: stats.Pooled,
    method: Method,
    name: str,
    outcome: str,
    everything: stats.Pooled | None,
) -> list[str]:
    """Read the plot, a line each subject: the diamond, how far trials differ, the trial left out, what to know."""
    kept = rows[~rows["left_out"]]
    kinds = kept["comparator_kind"].unique()
    against = AGAINST.get(kinds[0], kinds[0]) if len(kinds) == 1 else "different comparators"
    told = effect(shown(pooled, method), method.measure)
    count = f"{plural(len(kept), 'trial')} against {against}, {people(kept)} people"
    studies = len(set(kept["study_id"]))
    if len(kept) > studies:  # some people stand in two rows
        count = f"{len(kept)} rows of {plural(studies, 'trial')} against {against}"
    first = (
        f"{name}, {inside(outcome)}: {count}. "
        f"{model(method)}: {MEASURES[method.measure]} {told}{' points' if method.measure == 'RD' else ''}, 95 % interval."
    )
    lines = [first]
    if everything is not None:
        left = rows.loc[rows["left_out"], "study"].iloc[0]
        lines.append(f"Without {left}: {told}; with it: {effect(shown(everything, method), method.measure)}.")
    return lines


def further(pooled: stats.Pooled, method: Method, trials: int, better: str) -> str:
    """Read the prediction interval, or say why there is none."""
    if method.model == "fixed":
        return (
            "A fixed effect takes one truth for all trials, so it says nothing of a further one; "
            f"{pooled.i2:.0f} % of the spread is more than chance explains (I²)."
        )
    if trials < FEWEST_FOR_PREDICTION:
        return f"A prediction interval needs {FEWEST_FOR_PREDICTION} trials; there are {trials}."
    low, high = prediction(pooled, method)
    none = 0.0 if method.measure == "RD" else 1.0
    words = f"A further trial's true effect may lie anywhere from {number(low, method.measure)} to {number(high, method.measure)}"
    if low <= none <= high:
        words += ", no difference included"
    elif (low > none) == (better == "higher"):
        words += ", a gain throughout"
    few = f"; with {trials} trials, the spread itself is little known" if trials < LITTLE else ""
    return words + few + "."


def notes(rows: pd.DataFrame, pooled: stats.Pooled | None, doses: str) -> str:
    """Say what was done to arms, crossover trials and empty cells; "" where nothing was."""
    said = []
    several = int((rows["arms"].to_numpy() > 1).sum())
    if doses == "together" and several:
        said.append(
            f"In {plural(several, 'trial')} all treated arms are added up, so that their comparator counts once."
        )
    elif doses in ("highest", "lowest") and len(rows):
        said.append(
            f"Of several doses the {doses} is taken; of several drugs in one trial, the one listed first."
        )
    crossed = rows["design"].tolist().count("rct_crossover")
    if crossed:
        one = "is a crossover trial" if crossed == 1 else "are crossover trials"
        said.append(f"{crossed} {one}, counted here as if the arms were different people.")
    if pooled is not None and pooled.zero_cells:
        said.append(f"Empty cells: {pooled.zero_cells}.")
    return " ".join(said)


def single(row: pd.Series, method: Method, name: str, outcome: str) -> str:
    """Read a question with one trial, where there is nothing to pool."""
    told = effect((row["estimate"], row["low"], row["high"]), method.measure)
    return (
        f"{name}, {inside(outcome)}: one trial is left, {row['study']}, {MEASURES[method.measure]} {told}. One trial cannot be "
        "pooled, and it says nothing of how far trials differ: there is no diamond, no heterogeneity and no prediction."
    )


# -- recipe ------------------------------------------------------------------------------------------------------------
STATISTICS = {"RR": "risk-ratio", "OR": "odds-ratio", "RD": "diff"}
SUMS = """arms = rows.groupby(["comparison_id", "comparator_result_id"], sort=False)
rows = arms.agg(study_id=("study_id", "first"), year=("year", "first"), study=("study", "first"), events=("events", "sum"),
                n=("n", "sum"), comparator_events=("comparator_events", "first"), comparator_n=("comparator_n", "first"))
rows = rows.reset_index().rename(columns={"comparison_id": "key"})  # doses added up: a placebo arm counts once
"""
COLUMNS = '["events", "n", "comparator_events", "comparator_n"]'


def recipe(
    question: Question,
    rows: pd.DataFrame,
    method: Method,
    state: Mapping[str, Any],
    extra: bool,
    pooled: bool,
) -> str:
    """Write the same selection, effects and pooling with pandas, statsmodels and plain formulas.

    ``rows`` are those of the evidence that stand for trials; ``extra`` says that rows were added which are unlike.
    """
    together = state["doses"] == "together" and state["also"] != "doses"
    chosen = listed(rows, together) if extra or not together else _selection(question, rows)
    return _head(method) + chosen + _effects(method, state, pooled)


def _head(method: Method) -> str:
    paule_mandel = method.model == "random" and method.tau2 == "PM"
    return (
        "import numpy as np\nimport pandas as pd\n"
        + ("from scipy.optimize import brentq\n" if paule_mandel else "")
        + "from scipy.stats import norm, t\n"
        "from statsmodels.stats.meta_analysis import combine_effects, effectsize_2proportions\n"
        f"from migraine_lab import data{', stats' if _by_mantel(method) else ''}\n\n"
    )


def _by_mantel(method: Method) -> bool:
    return method.model == "fixed" and method.weights == "MH"


def listed(rows: pd.DataFrame, together: bool) -> str:
    """Write a choice of arms that no plain rule gives, by their names."""
    counted = rows[rows["comparator_kind"] != "none"]
    if together:
        ids = ",\n       ".join(repr(one) for some in counted["result_ids"] for one in some.split(";"))
        return f"ids = [{ids}]\nrows = data.comparisons()\nrows = rows[rows.result_id.isin(ids)]  # these arms\n{SUMS}"
    listed = ",\n        ".join(f"{row.result_id!r}: {row.key!r}" for row in counted.itertuples())
    return (
        f"keys = {{{listed}}}\nrows = data.comparisons().set_index('result_id').loc[list(keys)].reset_index()\n"
        "rows = rows.assign(key=rows.result_id.map(keys))  # these arms, one a row\n"
    )


def _selection(question: Question, rows: pd.DataFrame) -> str:
    """Write the rule by which the trials were chosen, line by line."""
    first = rows.iloc[0]
    days = (
        "rows.time_days.isna()"
        if np.isnan(question.first_day)
        else f"rows.time_days.between({question.first_day!r}, {question.last_day!r})"
    )
    against = f"(rows.comparator_kind == {first['comparator_kind']!r})"
    if first["comparator_kind"] == "active_control":
        against += f" & (rows.comparator_treatment == {first['comparator_treatment']!r})"
    pain = sorted({*rows["pain_at_dosing"], "unknown", ""})
    return (
        f"rows = data.comparisons({question.scope!r}, {question.outcome_id!r}).dropna(subset={COLUMNS})\n"
        f"rows = rows[(rows.{question.column} == {question.value!r}) & (rows.basis == {question.basis!r}) & {days}]\n"
        f"rows = rows[{against} & (rows.unit_counted == {first['unit_counted']!r})\n"
        f"            & rows.pain_at_dosing.isin({pain}) & (rows.randomised == {bool(first['randomised'])})]\n"
        "rows = rows[rows.countable & ~rows.design.isin(['meta_analysis', 'systematic_review', 'review'])]\n"
        "rows = rows[~rows.definition.str.contains('after the second dose')]  # one question, nobody counted twice\n"
        + SUMS
    )


def _effects(method: Method, state: Mapping[str, Any], pooled: bool) -> str:
    back = "100 * ends" if method.measure == "RD" else "np.exp(ends)"
    lines = [
        "",
        "def effects(counts):",
        "    a, m, b, n = counts",
        "    empty = (a == 0) | (a == m) | (b == 0) | (b == n)  # zero_correction of statsmodels 0.15 would add to all",
        "    filled = a + empty / 2, m + empty, b + empty / 2, n + empty",
        f"    return effectsize_2proportions(*filled, statistic={STATISTICS[method.measure]!r})",
        "",
        f"counts = rows[{COLUMNS}].to_numpy(float).T",
        "effect, variance = effects(counts)",
        "se = variance ** 0.5",
        "ends = np.array([effect, effect - norm.ppf(0.975) * se, effect + norm.ppf(0.975) * se])",
        f"rows['estimate'], rows['low'], rows['high'] = {back}",
    ]
    cumulated = pooled and state["cumulative"]
    if pooled:
        lines += ["", *_pooling(method)]
    if cumulated:
        key = {"year": "rows.year", "effect": "-rows.estimate", "size": "-(rows.n + rows.comparator_n)"}[
            state["order"]
        ]
        lines += [
            "",
            f"order = np.lexsort((rows.study, {key}))",
            "rows, counts = rows.iloc[order].reset_index(drop=True), counts[:, order]",
            "ends = np.array([pool(counts[:, :many])[:3] for many in range(1, len(rows) + 1)]).T",
            f"rows['estimate'], rows['low'], rows['high'] = {back}  # each with all before it",
        ]
    if pooled:
        left = state["leave_out"]
        kept = "counts" if left == "none" or cumulated else f"counts[:, (rows.key != {left!r}).to_numpy()]"
        lines += [
            "",
            f"mean, low, high, predicted = pool({kept})",
            "ends = np.array([[mean, low, high], [np.nan, *predicted]])",
            f"both = pd.DataFrame({back}, columns=['estimate', 'low', 'high']).assign(key=['pooled', 'prediction'])",
            "rows = pd.concat([rows, both.dropna(subset=['low'])], ignore_index=True)",
        ]
    return "\n".join(lines) + "\n"


_MANTEL = {"RR": "a.any() and b.any()", "OR": "(a * (n - b)).any() and (b * (m - a)).any()", "RD": "len(a)"}


def _pooling(method: Method) -> list[str]:
    if _by_mantel(method):
        return [
            "def pool(counts):",
            "    a, m, b, n = counts",
            f"    if not ({_MANTEL[method.measure]}):  # an empty arm gives no ratio",
            "        return (np.nan,) * 3 + ((np.nan,) * 2,)",
            f"    found = stats.pool_counts(*counts, measure={method.measure!r}, model='fixed', weights='MH')",
            "    ends = found.estimate, found.low, found.high",
            f"    return *{'ends' if method.measure == 'RD' else 'np.log(ends)'}, (np.nan, np.nan)",
        ]
    effects = "    y, v = effects(counts)"
    if method.model == "fixed":
        return [
            "def pool(counts):", effects,
            "    mean, half = (y / v).sum() / (1 / v).sum(), norm.ppf(0.975) * (1 / v).sum() ** -0.5  # one trial will do",
            "    return mean, mean - half, mean + half, (np.nan, np.nan)",
        ]  # fmt: skip
    hartung = [
        "        spread = (weight * (y - mean) ** 2).sum() / df  # Knapp and Hartung",
        "        se, quantile = (spread / weight.sum()) ** 0.5, t.ppf(0.975, df)",
    ]
    moments = [
        "def between(y, v):",
        "    with np.errstate(all='ignore'):  # statsmodels lets it fall below 0",
        "        found = combine_effects(y, v, method_re='dl').tau2 if len(y) > 1 else 0",
        "    return max(found, 0)",
    ]
    paule_mandel = [
        "def between(y, v):  # Paule and Mandel: Q as large as its degrees of freedom; statsmodels' steps may give up",
        "    def excess(tau2):",
        "        weight = 1 / (v + tau2)",
        "        return (weight * (y - (weight * y).sum() / weight.sum()) ** 2).sum() - (len(y) - 1)",
        "    return brentq(excess, 0, 1000, xtol=1e-15) if len(y) > 1 and excess(0) > 0 else 0",
    ]
    return [
        *(moments if method.tau2 == "DL" else paule_mandel), "",
        "def pool(counts):", effects,
        "    df, tau2 = len(y) - 1, between(y, v)",
        "    weight = 1 / (v + tau2)",
        "    mean, se, quantile = (weight * y).sum() / weight.sum(), weight.sum() ** -0.5, norm.ppf(0.975)",
        *(["    if df:", *hartung] if method.knapp_hartung else []),
        f"    half = quantile * (tau2 + se**2) ** 0.5 if df >= {FEWEST_FOR_PREDICTION - 1} else np.nan",
        "    return mean, mean - quantile * se, mean + quantile * se, (mean - half, mean + half)",
    ]  # fmt: skip
