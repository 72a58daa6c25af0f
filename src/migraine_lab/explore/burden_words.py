"""Words for the burden explorer: headings, labels, the sentence that reads the list, the recipe."""

from __future__ import annotations

from typing import Any

import pandas as pd

from migraine_lab.explore.burden_rows import AGE_SEX, CHRONIC, HOW_MANY, LOST, NOT_PER_PERSON, PER_100
from migraine_lab.figures.survey_rows import CRITERIA, MODELLED, OWN_WORDS, SAID

ASKED = {
    CRITERIA: "by the criteria of its time",
    OWN_WORDS: "in people's own words, not by the criteria",
    MODELLED: "pooled or modelled from many surveys",
}

LONG_NAME = ("US Health Resources and Services Administration", "HRSA")
"""A source's name that would fill its line, and how it is called for short."""


def heading(row: Any) -> str:
    """Name a panel: what was measured, and how it was asked where that differs between panels."""
    return row.measure if row.asked != MODELLED else f"{row.measure} (pooled or modelled)"


def label(row: Any, topic: str) -> str:
    """Name a row: its group in one survey's list, its source, year and people elsewhere."""
    age = {"all": "all ages", "age-standardised": "all ages, standardised"}.get(row.age_group, row.age_group)
    who = f"{SAID.get(row.sex, row.sex)}, {age}"
    if topic == AGE_SEX:
        return who
    source = row.short.replace(*LONG_NAME)
    whom = row.population.split(",")[0]  # all of it stands in the table of numbers
    people = f"{source} ({row.years}): {whom}"
    return people if row.sex == "both" or topic == HOW_MANY else f"{SAID.get(row.sex, row.sex)}: {people}"


def about(rows: pd.DataFrame, topic: str) -> str:
    """Say whose figures these are: population, years and way of asking of one survey, or that several are not pooled."""
    first = rows.iloc[0]
    if topic == AGE_SEX:
        n = f"n = {int(first['n'])}" if pd.notna(first["n"]) else "no n was printed where it was read"
        return (
            f"{first['measure']}. {first['population']}, {first['years']}, {ASKED.get(first['asked'], '')}; "
            f"{n} ({first['short']}; read in: {first['read_where']})."
        )
    return (
        "Each row is one source's figure. Panels differ in what was asked, of whom and over what time, so nothing is pooled. "
        "Intervals worked out here from counts hold chance alone, not who answered."
    )


def say(rows: pd.DataFrame, topic: str, who: str) -> str:
    """Read the list in two or three sentences."""
    people = rows[rows["percent"].notna()]
    if topic == AGE_SEX:
        return _one_survey(people)
    if topic == HOW_MANY:
        return _many(people, who)
    if topic == CHRONIC:
        return _chronic(people)
    if topic == LOST:
        worst, days = people.iloc[0], rows[rows["unit"] == "days/year"].iloc[0]
        return (
            f"{_start(worst['measure'])}: {worst['percent']:.1f} % ({worst['population']}). {days['population']}: "
            f"{days['value']:g} {days['measure']}. {_start(days['note'])}. Rows without a mark have units of their own."
        )
    diagnosed = people[people["measure"].str.startswith("had a medical")].iloc[0]
    eligible, using = (
        people[people["measure"].str.startswith(start)].iloc[0]
        for start in ("eligible for preventive", "currently using preventive")
    )
    return (
        f"In one survey {diagnosed['percent']:.0f} of 100 with migraine {diagnosed['measure']} "
        f"({diagnosed['population']}). {_start(eligible['measure'])}: {eligible['percent']:.1f} %; "
        f"{using['measure']}: {using['percent']:.1f} %. Answers of a web panel come from those who joined it."
    )


def _one_survey(rows: pd.DataFrame) -> str:
    top, low = rows.loc[rows["percent"].idxmax()], rows.loc[rows["percent"].idxmin()]
    words = (
        f"Most often {_who(top)}: {top['percent']:.1f} of 100; least often {_who(low)}: {low['percent']:.1f}."
    )
    asked = ASKED.get(rows["asked"].iloc[0], "")
    bare = rows["low"].isna().sum()
    none = f" For {bare} of these {len(rows)} figures no interval was printed." if bare else ""
    if bare == len(rows):
        none = " No interval was printed where these figures were read, so their marks are hollow."
    return f"{words} It was asked {asked}.{none}"


def _who(row: pd.Series) -> str:
    return label(row, AGE_SEX)


def _many(rows: pd.DataFrame, who: str) -> str:
    parts = []
    for asked, words in ASKED.items():
        of = rows[(rows["asked"] == asked) & ~rows["measure"].str.startswith(("lifetime", "cumulative"))]
        if len(of):
            low, high = of["percent"].min(), of["percent"].max()
            span = f"{low:.1f}" if low == high else f"{low:.1f} to {high:.1f}"
            parts.append(f"{span} of 100 {words} ({len(of)} {'rows' if len(of) > 1 else 'row'})")
    whom = "women and men together" if who == "both" else who
    twice = rows.duplicated(["population", "years", "measure"]).any()
    again = " One survey stands there twice, counted by two papers." if twice else ""
    return f"Of {whom}: {'; '.join(parts)}.{again} The questions differ, so nothing is averaged; lifetime figures stand apart."


def _chronic(rows: pd.DataFrame) -> str:
    of = rows[rows["measure"].str.startswith("share of people with migraine who have 15+")]
    low, high = of.loc[of["percent"].idxmin()], of.loc[of["percent"].idxmax()]
    apart = high["low"] > low["high"]
    return (
        f"{len(of)} surveys: {low['percent']:.1f} % ({low['population']}, n = {int(low['n'])}) to {high['percent']:.1f} % "
        f"({high['population']}, n = {int(high['n'])}) of people with migraine have that many headache days. Their intervals "
        f"{'do not overlap: chance alone does not explain it, whom they asked may' if apart else 'overlap'}."
    )


def _start(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def recipe(ids: list[str]) -> str:
    """Return the figures of 100 with printed intervals, or Wilson's from the counts, in pandas and statsmodels."""
    return (
        "import pandas as pd\n"
        "from migraine_lab import data\n"
        "from statsmodels.stats.proportion import proportion_confint\n\n"
        "table = data.table('epidemiology').set_index('epidemiology_id')\n"
        f"rows = table.loc[{ids!r}].reset_index()\n"
        f"per_100 = rows.unit.map({PER_100!r}).where(~rows.measure.str.contains({'|'.join(NOT_PER_PERSON)!r}))\n"
        "rows['percent'], rows['low'], rows['high'] = rows.value * per_100, rows.low * per_100, rows.high * per_100\n"
        "counted = rows.events.notna() & rows.n.notna() & rows.low.isna() & per_100.notna()\n"
        "low, high = proportion_confint(rows.events[counted].astype(float), rows.n[counted].astype(float), method='wilson')\n"
        "rows.loc[counted, 'low'], rows.loc[counted, 'high'] = 100 * low, 100 * high\n"
    )
