"""Rows of ``epidemiology`` for the burden of migraine: chosen by topic, set apart by how it was asked, with intervals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.figures.survey_rows import CRITERIA, MODELLED, OTHER, OWN_WORDS

AGE_SEX, HOW_MANY, CHRONIC, LOST, TREATED = "age_sex", "how_many", "chronic", "lost", "treated"
TOPICS = {
    AGE_SEX: "prevalence by age and sex",
    HOW_MANY: "how many have it",
    CHRONIC: "chronic share",
    LOST: "days lost and impairment",
    TREATED: "who is diagnosed and treated",
}
MEASURES = {
    HOW_MANY: (
        "1-year prevalence of migraine", "3-month prevalence of self-reported", "prevalence of self-reported",
        "prevalence of active migraine", "age-standardised point prevalence of migraine", "lifetime prevalence of migraine",
        "cumulative lifetime incidence",
    ),
    CHRONIC: (
        "share of people with migraine who have 15+", "prevalence of chronic migraine", "people with episodic migraine who",
        "people with chronic migraine who", "remission from chronic", "prevalence of headache on 15 or more",
    ),
    LOST: (
        "people with migraine reporting severe", "people with migraine having 3 or more", "working days lost",
        "days lost from work", "age-standardised YLD", "rank among causes of years", "mean yearly cost per person",
    ),
    TREATED: (
        "had a medical diagnosis", "consulted a professional", "called sinus headache", "eligible for preventive",
        "currently using", "people with migraine who should", "people with migraine for whom",
        "people with migraine currently using", "failed ",
    ),
}  # fmt: skip
"""Beginnings of the measures of a topic, in the order of the panels."""
MODELS = ("stovner2022", "safiri2021")
"""Sources that pool or model many surveys; they never stand in a panel with a single survey."""
PER_100 = {"%": 1.0, "per 100000": 1e-3}
NOT_PER_PERSON = ("YLD", "incidence of")
"""Rates per 100000 that do not count people who have it."""
YOUNGEST = {"all": -1, "age-standardised": -1}


def prepare() -> pd.DataFrame:
    """Return all rows of ``epidemiology`` with topic, panel, way of asking, and figure and interval of 100 people.

    Where a row counts something else than people, ``percent``, ``low`` and ``high`` are empty.

    ``how`` says where the interval comes from: printed, from the counts (Wilson, 95 %), or none.
    """
    rows = data.table("epidemiology").merge(
        data.table("sources")[["source_id", "short"]], on="source_id", how="left"
    )
    starts = [
        (topic, place, start) for topic, listed in MEASURES.items() for place, start in enumerate(listed)
    ]
    found = [
        next(((topic, place) for topic, place, start in starts if measure.startswith(start)), ("", 99))
        for measure in rows["measure"]
    ]
    rows["topic"], rows["place"] = zip(*found, strict=True)
    people = rows["unit"].isin(list(PER_100)) & ~rows["measure"].str.contains("|".join(NOT_PER_PERSON))
    scale = rows["unit"].map(PER_100).where(people)
    for name in ("value", "low", "high"):
        rows[f"of_100_{name}"] = rows[name] * scale
    rows = rows.rename(columns={"low": "printed_low", "high": "printed_high"})
    rows["low"], rows["high"] = rows["of_100_low"], rows["of_100_high"]
    rows["how"] = np.where(rows["low"].notna(), "printed " + rows["interval_kind"], "")
    counted = rows["events"].notna() & rows["n"].notna() & rows["low"].isna() & people
    _, low, high = stats.proportion(
        rows.loc[counted, "events"].to_numpy(float), rows.loc[counted, "n"].to_numpy(float)
    )
    rows.loc[counted, "low"], rows.loc[counted, "high"] = 100 * np.asarray(low), 100 * np.asarray(high)
    rows.loc[counted, "how"] = "from the counts (Wilson, 95 %)"
    rows["percent"] = rows["of_100_value"]
    rows["asked"] = np.select(
        [rows["source_id"].isin(MODELS), rows["measure"].str.contains("self-reported"), people],
        [MODELLED, OWN_WORDS, CRITERIA],
        OTHER,
    )
    rows["youngest"] = [_youngest(age) for age in rows["age_group"]]
    rows["years"] = [_years(row.year_from, row.year_to) for row in rows.itertuples()]
    rows["said"] = [_said(row) for row in rows.itertuples()]
    return rows


def _youngest(age: str) -> float:
    digits = "".join(one if one.isdigit() else " " for one in age).split()
    return YOUNGEST.get(age, float(digits[0]) if digits else -1.0)


def _years(first: object, last: object) -> str:
    known = list(dict.fromkeys(str(one) for one in (first, last) if not pd.isna(one)))
    return "-".join(known) or "year not given"


def _said(row: Any) -> str:
    """A row's figure in words, with its interval where there is one."""
    value, low, high, unit = row.value, row.printed_low, row.printed_high, row.unit
    if not pd.isna(row.percent):
        value, low, high, unit = row.percent, row.low, row.high, "%"
    number = "" if pd.isna(value) else f"{_short(value)} {unit.replace('/', ' a ')}".replace(" rank", "")
    if unit == "rank":
        number = f"rank {value:g}"
    ends = "" if pd.isna(low) else f"{_short(low)} to {_short(high)}"
    return f"{number} ({ends})" if number and ends else number or f"{ends} {unit}"


def _short(number: float) -> str:
    return f"{number:,.0f}".replace(",", " ") if abs(number) >= 1000 else f"{number:.3g}"


def surveys(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return (name, key) of surveys that print at least two groups by sex or age for one way of asking."""
    chosen = rows[(rows["topic"] == HOW_MANY) & rows["percent"].notna()]
    listed = []
    for (source, measure, population, years), one in chosen.groupby(
        ["source_id", "measure", "population", "years"], sort=False
    ):
        if len(one) > 1:
            how = "own words" if one["asked"].iloc[0] == OWN_WORDS else measure.split(" prevalence")[0]
            listed.append(
                (
                    len(one),
                    f"{one['short'].iloc[0]}: {population}, {years} ({how})",
                    f"{source}|{measure}|{years}",
                )
            )
    return [(name, key) for _count, name, key in sorted(listed, key=lambda one: -one[0])]


def choose(rows: pd.DataFrame, topic: str, survey: str, who: str) -> pd.DataFrame:
    """Return the rows of a topic in the order in which they stand: panels, then surveys by year, then sex and age."""
    if topic == AGE_SEX:
        source, measure, years = survey.split("|")
        same = (
            (rows["source_id"] == source) & rows["measure"].str.startswith(measure) & (rows["years"] == years)
        )
        chosen = rows[same]
        return chosen.sort_values(["sex", "youngest"], kind="stable").reset_index(drop=True)
    chosen = rows[rows["topic"] == topic]
    if topic == HOW_MANY:
        whole = chosen.groupby(["source_id", "measure", "years", "sex"])["youngest"].transform("min")
        chosen = chosen[(chosen["sex"] == who) & (chosen["youngest"] == whole)]
        chosen = chosen[~chosen["measure"].str.contains("peak|highest|out aura|with aura")]
        chosen = chosen.drop_duplicates(["source_id", "measure", "population", "years"])
    return chosen.sort_values(["place", "measure", "year_from", "sex"], kind="stable").reset_index(drop=True)
