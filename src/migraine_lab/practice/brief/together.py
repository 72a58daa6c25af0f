"""Which rows may stand side by side in a brief, and which may be put together into one estimate."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from migraine_lab import stats

from .questions import NOBODY

PURPOSES = {
    "acute": "treating an attack",
    "preventive": "preventing attacks over months",
    "ketamine": "ketamine, with outcomes and people of its own",
}
FEWEST = 2
COUNTS = ["events", "n", "comparator_events", "comparator_n"]


def why_not_beside(first: pd.DataFrame, second: pd.DataFrame) -> str:
    """Why the rows of two questions may not stand in one brief, as one sentence; "" where they may."""
    a, b = first.iloc[0], second.iloc[0]
    if set(first["result_id"]) & set(second["result_id"]):
        return "This is the same comparison again, so it would only show the same patients twice."
    if {a["scope"], b["scope"]} == {"acute", "preventive"}:
        return _two_purposes(a, b)
    if (a["comparator"] == NOBODY) != (b["comparator"] == NOBODY):
        return (
            "One has a comparator in its own study and the other has none: a rate without a comparator includes "
            "everybody who would have improved anyway, so the two are no pair."
        )
    if a["scope"] != b["scope"]:
        return _two_purposes(a, b)
    if a["outcome_id"] != b["outcome_id"]:
        return (
            f"“{a['outcome_words']}” and “{b['outcome_words']}” are two outcomes: a difference between "
            "their rates would come from the definitions as much as from the treatments."
        )
    if a["basis"] != b["basis"]:
        return (
            "They count different things in the same words (the basis of one is not that of the other), "
            "so equal percentages would not mean equal benefit."
        )
    if a["units"] != b["units"]:
        return (
            f"One counts {a['units']}, the other counts {b['units']}: the denominators differ, "
            "so the percentages cannot be compared."
        )
    if a["when"] != b["when"]:
        return (
            f"They were measured at different times ({a['when']} and {b['when']}), "
            "and a rate at one time is another result than a rate at another."
        )
    return _twice(first, second)


def _two_purposes(a: pd.Series, b: pd.Series) -> str:
    return (
        f"One is about {PURPOSES[a['scope']]}, the other about {PURPOSES[b['scope']]}: "
        "their rates answer two questions and cannot be compared."
    )


def _twice(first: pd.DataFrame, second: pd.DataFrame) -> str:
    """Why patients would be counted twice; "" where they would not."""
    for rows, others in ((first, second), (second, first)):
        inside = {one for listed in rows["overlaps"] for one in str(listed).split(";") if one}
        both = others[others["study_id"].isin(inside)]
        if not both.empty:
            return (
                f"{rows['study'].iloc[0]} shares patients with {both['study'].iloc[0]}: a review beside its own "
                "trials, or a second report beside the first, counts the same people twice."
            )
    arms = set(zip(first["study_id"], first["treatment_id"], strict=True))
    for study, treatment, name in zip(
        second["study_id"], second["treatment_id"], second["study"], strict=True
    ):
        if (study, treatment) in arms and set(first["people"]) != set(second["people"]):
            return f"Both take patients of {name}: a part of a trial beside another part or the whole counts people twice."
    return ""


def cautions(first: pd.DataFrame, second: pd.DataFrame) -> list[str]:
    """What has to be said where two comparisons do stand in one brief; a sentence each."""
    a, b = first.iloc[0], second.iloc[0]
    said = []
    if a["people"] != b["people"]:
        said.append(f"The people differ: {a['people_words']}; {b['people_words']}.")
    if a["comparator"] == NOBODY:
        said.append("Neither had a comparator, so the two rates say nothing about which treatment did more.")
    elif a["comparator"] != b["comparator"]:
        said.append(
            f"The comparators differ ({a['comparator_words']}; {b['comparator_words']}), so the two differences "
            "are measured from two starting lines."
        )
    elif set(first["study_id"]) & set(second["study_id"]):
        said.append("Some trials appear in both: their treated arms share one comparator arm.")
    if a["comparator"] != NOBODY and not set(first["study_id"]) & set(second["study_id"]):
        said.append(
            "The two were not compared with each other in these studies; set side by side they are an indirect comparison."
        )
    return said


@dataclass(frozen=True)
class Together:
    """Like trials put together: risk ratio with interval, and what it means at the comparator arms' own rate.

    ``base``, ``treated``, ``more``, ``more_low``, ``more_high`` are people of 100 (``more`` is signed).
    """

    studies: int
    people: int
    ratio: float
    low: float
    high: float
    base: float
    treated: float
    more: float
    more_low: float
    more_high: float
    i2: float
    note: str

    @property
    def method(self) -> str:
        """How it was done, as one sentence."""
        note = f" {self.note[:1].upper()}{self.note[1:]}." if self.note else ""
        return (
            "Method: risk ratios with random effects (inverse variance, Paule and Mandel's estimate of the spread between "
            f"trials), told at the comparator arms' own rate.{note} With so few trials the truth is less sure than the interval."
        )


def why_not_pooled(rows: pd.DataFrame) -> str:
    """Why the rows of one question are not put into one estimate, as one sentence; "" where they are."""
    first = rows.iloc[0]
    if first["comparator"] == NOBODY:
        return "Not put together: without comparators there is no effect to put together, only rates of different people."
    if first["studies"] == "reviews":
        return "Not put together: reviews already are sums of trials, and two reviews share trials."
    if first["studies"] == "again":
        return "Not put together: these are second reports of patients that are counted elsewhere."
    if rows["study_id"].nunique() < FEWEST:
        return "Not put together: one study is one study."
    if rows["study_id"].duplicated().any():
        shared = rows.loc[rows["study_id"].duplicated(), "study"].iloc[0]
        return (
            f"Not put together: several treated arms of {shared} share one comparator arm, whose people would count twice; "
            "choose one dose."
        )
    if len(set(rows["dose"])) > 1:
        return "Not put together: the doses differ from trial to trial; choose one dose."
    if not rows["randomised"].all():
        return "Not put together: not all of these groups were formed by chance."
    known = set(rows["pain_at_dosing"]) - {"unknown", ""}
    if len(known) > 1:
        return "Not put together: the trials treated at different strengths of pain."
    if first["units"] != "people":
        return f"Not put together: the rows count {first['units']}, not people."
    if first["when"] == "a time not stated":
        return (
            "Not put together: the sources do not say when this was counted, so it need not be the same time."
        )
    if len(set(rows["definition"])) > 1:
        return "Not put together: the studies define the outcome in different words; read them in the table."
    lacking = rows[rows[COUNTS].isna().any(axis=1)]
    if not lacking.empty:
        one = lacking["study"].iloc[0]
        return f"Not put together: {one} prints no counts for both arms, and leaving trials out would choose the answer."
    if rows["overlaps"].map(lambda listed: bool(set(str(listed).split(";")) & set(rows["study_id"]))).any():
        return "Not put together: two of these reports share patients."
    if (rows["events"].sum() == 0) or (rows["comparator_events"].sum() == 0):
        return (
            "Not put together: in one of the arms nobody had the outcome in any trial, so there is no ratio."
        )
    return ""


def put_together(rows: pd.DataFrame) -> Together | None:
    """The trials of one question as one estimate; None where :func:`why_not_pooled` gives a reason."""
    if why_not_pooled(rows):
        return None
    counts = [rows[name].to_numpy(float) for name in COUNTS]
    pooled = stats.pool_counts(*counts, measure="RR", model="random", tau2="PM")
    base = 100 * counts[2].sum() / counts[3].sum()

    def more(ratio: float) -> float:
        return min(100.0, base * float(ratio)) - base

    return Together(
        studies=len(rows),
        people=int(counts[1].sum() + counts[3].sum()),
        ratio=float(pooled.estimate),
        low=float(pooled.low),
        high=float(pooled.high),
        base=base,
        treated=base + more(pooled.estimate),
        more=more(pooled.estimate),
        more_low=more(pooled.low),
        more_high=more(pooled.high),
        i2=float(pooled.i2),
        note=pooled.zero_cells,
    )
