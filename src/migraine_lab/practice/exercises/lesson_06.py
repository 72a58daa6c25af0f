"""Exercises of lesson 06, Reading a response rate. Starters and solutions stand in the notebook only."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Names, Numbers
from migraine_lab.practice.words import count

RELIEF_LINE = 30.0  # percent, the line of the counting exercise
GAP = 1.0  # points by which a printed percentage must miss its counts to be called wrong


# -- 1: an interval for a series in which everybody responded ----------------------------------------
def _four() -> pd.Series:
    return data.result("kim2023", "ketamine_iv", "pain_reduction_50")


def _interval() -> tuple[float, float]:
    row = _four()
    found = stats.proportion(row["events"], row["n"])
    return float(found.low), float(found.high)


def _interval_mistakes() -> list[Mistake]:
    low, high = _interval()
    row = _four()
    events, n = int(row["events"]), int(row["n"])
    wald = proportion_confint(events, n, method="normal")
    other = {
        method: proportion_confint(events, n, method=method)
        for method in ("agresti_coull", "beta", "jeffreys")
    }
    near = "That is a sound interval of another kind. Here Wilson's is asked for: method='wilson'."
    return [
        Mistake(
            "normal interval",
            wald,
            "This is the normal interval, the first choice of statsmodels. It says that four "
            "patients settle the "
            "matter. For small groups ask for method='wilson'.",
        ),
        Mistake(
            "percent for proportion",
            (100 * low, 100 * high),
            "The numbers are right, but as percentages; the check wants proportions between 0 and 1.",
        ),
        Mistake(
            "ends swapped",
            (high, low),
            "Both ends are right but in the wrong order: the low end comes first.",
        ),
        Mistake(
            "rounded too early",
            (round(low, 1), round(high, 1)),
            "Very near, but rounded too early: give the check the numbers as they were computed.",
        ),
        *(Mistake(f"{method} interval", value, near) for method, value in other.items()),
    ]


# -- 2: what the definition moves: the rate, or the advantage over placebo ---------------------------
def both_endpoints() -> pd.DataFrame:
    """Return the treated arms with relief and freedom at two hours against placebo: columns (what, outcome).

    ``percent`` is the rate on treatment, ``gain`` that rate minus the rate on placebo, both in points.
    """
    rows = _against_placebo(["pain_relief", "pain_free"])
    rows = rows.assign(gain=rows["percent"] - rows["comparator_percent"])
    return rows.pivot_table(index=["study", "arm"], columns="outcome", values=["percent", "gain"]).dropna()


def _against_placebo(outcomes: list[str]) -> pd.DataFrame:
    rows = data.comparisons("acute")
    wanted = (
        rows["outcome_id"].isin(outcomes) & (rows["time"] == "2 h") & (rows["comparator_kind"] == "placebo")
    )
    return rows[wanted & rows["countable"]]


def _falls() -> tuple[pd.Series, pd.Series]:
    table = both_endpoints()
    return tuple(table[what]["Pain relief"] - table[what]["Pain freedom"] for what in ("percent", "gain"))


def _moves() -> tuple[float, float]:
    rate, gain = _falls()
    return float(rate.median()), float(gain.median())


def _definition_mistakes() -> list[Mistake]:
    rate, gain = _falls()
    first, second = _moves()
    return [
        Mistake(
            "rate twice",
            (first, first),
            "Both numbers are the fall of the rate. For the second one subtract the placebo arm first: "
            "percent - comparator_percent.",
        ),
        Mistake("order swapped", (second, first), "Both are right but in the wrong order: first the rate."),
        Mistake("signs turned", (-first, -second), "The signs are turned: take relief minus freedom."),
        Mistake(
            "mean for median",
            (float(rate.mean()), float(gain.mean())),
            "These are the means. Asked are the medians, which a single odd trial cannot pull away.",
        ),
        Mistake(
            "proportion for percent",
            (first / 100, second / 100),
            "The numbers are right, but as proportions; the check wants points (0 to 100).",
        ),
    ]


# -- 3: how many control arms pass a line without any drug -------------------------------------------
def placebo_arms() -> pd.DataFrame:
    """Return pain relief at two hours against placebo; a placebo arm may stand in several rows."""
    rows = _against_placebo(["pain_relief"])
    return rows[rows["comparator_percent"].notna()]


def _above(rows: pd.DataFrame) -> int:
    return int((rows["comparator_percent"] > RELIEF_LINE).sum())


def _passing() -> int:
    return _above(placebo_arms().drop_duplicates("comparator_result_id"))


def _passing_mistakes() -> list[Mistake]:
    rows = placebo_arms()
    once = rows.drop_duplicates("comparator_result_id")
    return [
        Mistake(
            "arms counted twice",
            _above(rows),
            "Trials with several doses share one placebo arm, and here it is counted once for each dose. "
            "Keep one row an arm: drop_duplicates('comparator_result_id').",
        ),
        Mistake(
            "treated arms",
            int((rows["percent"] > RELIEF_LINE).sum()),
            "These are the treated arms (column percent). The placebo arms stand in comparator_percent.",
        ),
        Mistake(
            "proportion for percent",
            int((once["comparator_percent"] > RELIEF_LINE / 100).sum()),
            "Nearly every arm passes this line: 0.30 was taken, but the column holds percentages (0 to 100).",
        ),
        Mistake(
            "the other side",
            int((once["comparator_percent"] <= RELIEF_LINE).sum()),
            "These are the arms that stay below the line. Which way does your sign point?",
        ),
        Mistake(
            "all arms", len(once), "This is the number of all placebo arms. How many of them pass the line?"
        ),
        Mistake(
            "share for count",
            float((once["comparator_percent"] > RELIEF_LINE).mean()),
            "That is the share of the arms. Asked is their number: sum() in place of mean().",
        ),
    ]


# -- 4: number needed to treat with its interval -----------------------------------------------------
def _strive() -> tuple[pd.Series, pd.Series]:
    drug = data.result("goadsby2017", "erenumab_140", "responder_50")
    return drug, data.result("goadsby2017", "placebo", "responder_50")


def _needed() -> tuple[float, float, float]:
    drug, placebo = _strive()
    found = stats.compare(drug["events"], drug["n"], placebo["events"], placebo["n"])
    return float(found.nnt), float(found.nnt_low), float(found.nnt_high)


def _needed_mistakes() -> list[Mistake]:
    drug, placebo = _strive()
    nnt, low, high = _needed()
    difference = (1 / nnt, 1 / high, 1 / low)
    treated = 1 / stats.proportion(drug["events"], drug["n"]).estimate
    ratio = stats.compare(drug["events"], drug["n"], placebo["events"], placebo["n"], measure="RR")
    return [
        Mistake(
            "difference for NNT",
            difference,
            (
                "These are the difference and its interval. The number needed to treat is 1 divided "
                "by each of them."
            ),
        ),
        Mistake(
            "arms swapped",
            (-nnt, -high, -low),
            "The numbers are negative: the arms are swapped. Take the treated arm minus placebo.",
        ),
        Mistake(
            "arms swapped", (-nnt, -low, -high), "Negative: the arms are swapped. Take treated minus placebo."
        ),
        Mistake(
            "limits swapped",
            (nnt, high, low),
            (
                "The two limits are the wrong way round: the largest difference gives the smallest "
                "number to treat."
            ),
        ),
        Mistake(
            "percent for proportion",
            tuple(part / 100 for part in (nnt, low, high)),
            "A hundred times too small: you divided 1 by points. Divide 1 by the difference of proportions.",
        ),
        Mistake(
            "placebo forgotten",
            (float(treated), low, high),
            "The first number is 1 divided by the rate on the drug alone. What did the placebo arm do?",
        ),
        Mistake(
            "ratio for difference",
            (1 / float(ratio.estimate), 1 / float(ratio.high), 1 / float(ratio.low)),
            "You divided 1 by the ratio of the rates. Divide 1 by their difference.",
        ),
        Mistake(
            "cut off",
            tuple(float(math.floor(part)) for part in (nnt, low, high)),
            (
                "Nearly: the digits after the point were cut off. Give the numbers unrounded; in "
                "print they are rounded up."
            ),
        ),
    ]


# -- 5: printed percentages that do not add up -------------------------------------------------------
def printed_rates() -> pd.DataFrame:
    """Return the ketamine results that print count, denominator and percentage."""
    scope = data.table("studies").set_index("study_id")["scope"]
    rows = data.table("results").dropna(subset=["events", "n", "percent"])
    return rows[rows["study_id"].map(scope) == "ketamine"]


def _missing_by(rows: pd.DataFrame) -> pd.Series:
    return rows["percent"] - 100 * rows["events"] / rows["n"]


def _not_adding_up() -> frozenset[str]:
    rows = printed_rates()
    return frozenset(rows.loc[_missing_by(rows).abs() > GAP, "study_id"])


def _not_adding_up_mistakes() -> list[Mistake]:
    rows = printed_rates()
    gap = _missing_by(rows)
    return [
        Mistake(
            "one direction only",
            frozenset(rows.loc[gap > GAP, "study_id"]),
            "You found those printed too high. A figure may also be printed too low: compare gap.abs().",
        ),
        Mistake(
            "one direction only",
            frozenset(rows.loc[gap < -GAP, "study_id"]),
            "You found those printed too low. A figure may also be printed too high: compare gap.abs().",
        ),
        Mistake(
            "percent against proportion",
            frozenset(rows.loc[(rows["percent"] - rows["events"] / rows["n"]).abs() > GAP, "study_id"]),
            (
                "Almost every study is in your list: a percentage was compared with a proportion. "
                "Multiply by 100."
            ),
        ),
        Mistake(
            "rounding counted as error",
            frozenset(rows.loc[gap.abs() > 0, "study_id"]),
            "Your list holds figures that were only rounded. Keep those that miss by more than one point.",
        ),
        Mistake(
            "row ids",
            frozenset(rows.loc[gap.abs() > GAP, "result_id"]),
            "These are the right rows, named by result_id. Give their studies: the column study_id.",
        ),
    ]


def _praise_interval(truth: Any) -> str:
    low, high = truth
    row = _four()
    return f"{count(row['events'], row['n'])} fits any true rate from {100 * low:.0f} to {100 * high:.0f} %."


def _praise_needed(truth: Any) -> str:
    nnt, low, high = truth
    return (
        f"About {math.ceil(nnt)} people treated for one more responder, and anything from {math.ceil(low)} "
        f"to {math.ceil(high)} fits the trial. It holds against placebo, for this definition and "
        f"at this trial's placebo rate."
    )


EXERCISES = (
    Exercise(
        "06-interval",
        Numbers(("low", "high"), 0.005),
        _interval,
        _interval_mistakes,
        "That is not the interval. The low end comes from proportion_confint(events, n, method='wilson').",
        _praise_interval,
    ),
    Exercise(
        "06-definition",
        Numbers(("fall of the rate", "fall of the advantage"), 0.05),
        _moves,
        _definition_mistakes,
        (
            "Not those. For each arm take relief minus freedom, once with percent, once with gain, "
            "then the medians."
        ),
        lambda truth: (
            f"The rate falls by {truth[0]:.0f} points, the advantage over placebo by only {truth[1]:.0f}: "
            "placebo arms fall too."
        ),
    ),
    Exercise(
        "06-placebo",
        Numbers(("number of arms",), 0.0),
        _passing,
        _passing_mistakes,
        (
            "Not that many. Keep one row a placebo arm, then count those whose comparator_percent "
            "is above the line."
        ),
        lambda truth: f"{truth} placebo arms pass the line, and nobody in them got the treatment.",
    ),
    Exercise(
        "06-nnt",
        Numbers(("nnt", "low", "high"), 0.03, relative=True),
        _needed,
        _needed_mistakes,
        (
            "Not yet. Take the difference treated minus placebo with its interval, then 1 divided "
            "by each of the three."
        ),
        _praise_needed,
    ),
    Exercise(
        "06-recompute",
        Names("study ids"),
        _not_adding_up,
        _not_adding_up_mistakes,
        "Not those. Compute 100 * events / n, subtract it from percent, keep gaps of more than one point.",
        lambda truth: (
            f"{' and '.join(sorted(truth))}: the printed percentage and the printed count disagree."
        ),
    ),
)
