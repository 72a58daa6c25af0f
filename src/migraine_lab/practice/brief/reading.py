"""The sentences of a brief: people of 100, counts, intervals in words; every number comes from the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from migraine_lab.explore.rate_words import inside, plural

from .questions import BASES, EVERY, NOBODY, Question, phrases
from .together import Together, put_together, why_not_pooled

NO_COMPARATOR = (
    "There was no comparator: nobody knows how many would have come out the same without the treatment, "
    "so no difference can be given."
)
NO_FIGURE = (
    "The study had other groups, but no figure of a comparator stands in the data for this outcome; "
    "so it is read as a rate alone, and no difference can be given."
)
NO_COUNTS = "The source prints no counts for both arms, so no interval can be given."
FEW = 20
"""Below this many people a rate without a comparator is told as its count alone."""
CROSSOVER = (
    "In a crossover trial people get both treatments in turn; its interval is worked out here as for two groups of "
    "different people, which as a rule makes it too wide."
)
DESIGNS = {
    "rct_parallel": "randomised trial",
    "rct_crossover": "randomised crossover trial",
    "controlled_trial": "controlled trial",
    "cohort_prospective": "people followed forward",
    "cohort_retrospective": "records looked back at",
    "case_series": "series of cases",
    "case_report": "report of cases",
    "meta_analysis": "several trials put together",
    "systematic_review": "review of trials",
    "review": "review",
    "meeting_release": "meeting abstract",
}


def of_hundred(percent: float) -> str:
    """A percentage as people of 100: 'about 24', 'fewer than 1', 'more than 99'; nobody and everybody as they are."""
    if 0 < percent < 0.5:
        return "fewer than 1"
    if 99.5 < percent < 100:
        return "more than 99"
    return f"{percent:.0f}" if percent in (0, 100) else f"about {percent:.0f}"


def named(rows: pd.DataFrame, question: Question) -> str:
    """The treatment inside a sentence: 'sumatriptan by mouth (100 mg)'."""
    words = inside(rows["treatment_words"].iloc[0].replace(", ", " "))
    dose = "" if question.dose in (EVERY, "dose not stated") else f" ({question.dose})"
    return f"{words}{dose}"


def happened(row: Mapping[str, Any]) -> str:
    """What the counted people had, as a verb: 'were free of pain at 2 h'."""
    if row["units"] != "people":
        return f"counted as “{row['outcome_words'].split(', counted in')[0]}”"
    stated = row["when"] != "a time not stated"
    at = f" at {row['when']}" if stated else ""
    until = f" up to {row['when']}" if stated else ""
    basis = BASES.get(row["basis"], BASES[""]).split(" (")[0]
    return phrases()[row["outcome_id"]].format(at=at, until=until, basis=basis)


def whom(row: Mapping[str, Any]) -> str:
    """The people of a title: 'people who treated a migraine attack', 'attacks (people who ...)'."""
    if row["units"] == "people":
        return str(row["people_words"])
    return f"{row['units'].split(' (')[0]} ({row['people_words']})"


def title(rows: pd.DataFrame, question: Question) -> str:
    """The brief's title: one question."""
    first = rows.iloc[0]
    asked = f"Of 100 {whom(first)}, how many {happened(first)} with {named(rows, question)}"
    if question.comparator == NOBODY:
        return f"{asked}, as far as rates without a comparator can tell?"
    return f"{asked}, and how many with {first['comparator_words']}?"


def whole_gap(treated: float, compared: float) -> int:
    """The difference of 100, from the whole numbers that a reader sees, so that sentence and table say the same."""
    return round(treated) - round(compared)


def difference(treated: float, compared: float) -> str:
    """'about 12 more', 'about 3 fewer' or 'about as many' of 100."""
    gap = whole_gap(treated, compared)
    return f"about {abs(gap)} {'more' if gap > 0 else 'fewer'} of 100" if gap else "about as many"


def between(low: float, high: float) -> str:
    """An interval of a difference in words: 'from 5 to 19 more', 'from 3 fewer to 19 more'."""
    a, b = round(low), round(high)
    if a == b:
        return f"at {abs(a)} {'fewer' if a < 0 else 'more'}"
    if a >= 0:
        return f"from {a} to {b} more"
    if b <= 0:
        return f"from {-b} to {-a} fewer"
    return f"from {-a} fewer to {b} more"


def fits_none(low: float, high: float) -> str:
    """What an interval that includes no difference means; "" where it does not include it."""
    return " So no difference at all would fit these data too." if low <= 0 <= high else ""


def counted(events: float, n: float) -> str:
    """' (48 of 61)', or that the count is not printed."""
    return f" ({events:.0f} of {n:.0f})" if pd.notna(events) and pd.notna(n) else " (count not printed)"


def one_row(row: Mapping[str, Any]) -> str:
    """Read one row: both arms, the difference, its interval; a rate without comparator says so."""
    if row["n"] < FEW and row["comparator"] == NOBODY:
        return _few(row)
    units = row["units"].split(" (")[0]
    treated = (
        f"of 100 {units}, {of_hundred(row['percent'])} {happened(row)} with {inside(row['treatment_name'])}"
    )
    treated += counted(row["events"], row["n"])
    if row["comparator"] == NOBODY:
        known = pd.notna(row["low"]) and pd.notna(row["high"])
        told = f"; the 95 % interval runs from {row['low']:.0f} to {row['high']:.0f} of 100" if known else ""
        return f"{treated}{told}."
    compared = f"{of_hundred(row['comparator_percent'])} with {row['comparator_words']}"
    compared += counted(row["comparator_events"], row["comparator_n"])
    words = f"{treated} and {compared}: {difference(row['percent'], row['comparator_percent'])}"
    if pd.isna(row["effect_low"]):
        return f"{words}. {NO_COUNTS}"
    interval = f"{between(row['effect_low'], row['effect_high'])} with {inside(row['treatment_name'])}"
    return f"{words}. The 95 % interval of the difference runs {interval}.{fits_none(row['effect_low'], row['effect_high'])}"


def _few(row: Mapping[str, Any]) -> str:
    """Read a rate of a few people: as the count that it is, for "of 100" would make it look like many."""
    units = row["units"].split(" (")[0]
    return (
        f"{row['events']:.0f} of {row['n']:.0f} {units} {happened(row)} with {inside(row['treatment_name'])}; among so few the "
        f"95 % interval runs from {row['low']:.0f} to {row['high']:.0f} of 100."
    )


def pooled_words(found: Together, row: Mapping[str, Any]) -> str:
    """Read the trials put together, at the rate that their comparator arms had."""
    treatment = inside(row["treatment_name"])
    return (
        f"Put together, {plural(found.studies, 'trial')} with {found.people} people: of 100 people, "
        f"{of_hundred(found.treated)} {happened(row)} with {treatment} and {of_hundred(found.base)} with "
        f"{row['comparator_words']}; so {difference(found.treated, found.base)} with {treatment}. The 95 % interval runs "
        f"{between(found.more_low, found.more_high)} (risk ratio {found.ratio:.2f}, {found.low:.2f} to {found.high:.2f}; I2 "
        f"{found.i2:.0f} %).{fits_none(found.more_low, found.more_high)}"
    )


def reading(rows: pd.DataFrame) -> list[str]:
    """The plain-language reading of one question: a few sentences, each able to stand alone."""
    alone = rows["comparator"].iloc[0] == NOBODY
    found = put_together(rows)
    said: list[str] = []
    if found:
        said = [pooled_words(found, rows.iloc[0]), found.method]
    elif len(rows) == 1:
        row = rows.iloc[0]
        said = [f"{row['study']}: {one_row(row)}", *_alone(rows)]
    else:
        said = [_range(rows, alone), _largest(rows), *_alone(rows)]
    said += [] if found or alone else [why_not_pooled(rows)]
    if rows["better"].iloc[0] == "lower":
        said.append("Here fewer is better.")
    if not alone and not rows["randomised"].all():
        said.append("Not all of these groups were formed by chance, so other differences may speak too.")
    if not alone and ((rows["design"] == "rct_crossover") & rows["effect_low"].notna()).any():
        said.append(CROSSOVER)
    return said


def _alone(rows: pd.DataFrame) -> list[str]:
    """Why rates without a comparator give no difference: there was none, or its figure is not here."""
    if rows["comparator"].iloc[0] != NOBODY:
        return []
    return [
        words
        for words, holds in ((NO_COMPARATOR, ~rows["other_arms"]), (NO_FIGURE, rows["other_arms"]))
        if holds.any()
    ]


def span(values: pd.Series) -> str:
    """'22 to 37', or one number where all are the same when rounded."""
    low, high = round(values.min()), round(values.max())
    return f"{low}" if low == high else f"{low} to {high}"


def _range(rows: pd.DataFrame, alone: bool) -> str:
    first = rows.iloc[0]
    units, treatment = first["units"].split(" (")[0], inside(first["treatment_name"])
    of = f"of 100 {units}, {span(rows['percent'])} {happened(first)} with {treatment}"
    what = plural(len(rows), "rate" if alone else "comparison")
    studies = plural(rows["study_id"].nunique(), "study", "studies")
    words = f"{what} from {studies}: {of}"
    return (
        f"{words}."
        if alone
        else f"{words} and {span(rows['comparator_percent'])} with {first['comparator_words']}."
    )


def _largest(rows: pd.DataFrame) -> str:
    sizes = rows["n"].fillna(-1) + rows["comparator_n"].fillna(0)
    if sizes.max() < 0:
        return "No row prints its counts, so nothing can be said of how sure these rates are."
    row = rows.loc[sizes.idxmax()]
    dose = f", {row['arm']}" if (rows["study_id"] == row["study_id"]).sum() > 1 else ""
    return f"The largest, {row['study']}{dose}: {one_row(row)}"
