"""What the diary's explorer says: counts, published lines and how they stand to each other, never a judgement."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.figures.calendar import Count
from migraine_lab.models.day_counts import ABOVE, BELOW, NO_LINE

Row = dict[str, Any]
"""One count: a row of ``models.diary.monthly``."""
ANY = "medication"
MEDICINES = {
    "triptan": "triptan", "NSAID": "NSAID", "simple analgesic": "simple analgesic",
    "non-opioid": "NSAID or analgesic", "combination analgesic": "combination", "opioid": "opioid", "ergot": "ergot",
    "gepant": "gepant", "ditan": "ditan", "antiemetic": "antiemetic", "other": "other class", ANY: "any medicine",
}  # fmt: skip
"""Short words for the medication that is counted, by the keys of ``models.day_counts.COUNTED``."""
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def month_name(first: pd.Timestamp, year: bool = True) -> str:
    """Name a month in English whatever the machine's language."""
    return f"{MONTH_NAMES[first.month - 1]} {first.year}" if year else MONTH_NAMES[first.month - 1]


def days(row: Row, between: str = "–") -> str:
    """Write a count, as a range where days or cells were not noted."""
    low, high = int(row["at_least"]), int(row["at_most"])
    return str(low) if low == high else f"{low}{between}{high}"


def count(row: Row, words: str) -> Count:
    """Return one count as the figure writes it beside its line."""
    line = row["line"]
    none = "lines go by class" if row["counted"] == ANY else "no line published"
    beside = {ABOVE: f"at or above {line:g}", BELOW: f"below {line:g}", NO_LINE: none}
    words = f"{words} {days(row)}: {beside.get(row['reached'], f'unclear at {line:g}')}"
    return Count(words, float(row["at_least"]), float(row["at_most"]), float(line))


def nearest(rows: list[Row]) -> str:
    """Return the medication whose count comes nearest to (or most above) its line; ANY where none was taken."""
    taken = [
        (row["at_least"] / row["line"], row["counted"])
        for row in rows
        if row["counted"] in MEDICINES and row["at_least"] and np.isfinite(row["line"])
    ]
    return str(max(taken, key=lambda pair: pair[0])[1]) if taken else ANY


def read_months(rows: list[Row], marked: str) -> str:
    """Say the months' counts of headache, migraine and the marked medication, and the published lines."""
    headache, migraine, medicine = (
        [row for row in rows if row["counted"] == key] for key in ("headache", "migraine", marked)
    )
    several = len(headache) > 1
    listed = [f"{month_name(row['first'], not several)} {days(row, ' to ')}" for row in headache]
    first = (
        f"Headache days: {', '.join(listed)} (line of {_disorder(headache)}: {headache[0]['line']:g} a "
        f"month for more than {_lasting():g} months; {_beside(headache)})."
    )
    second = f"Migraine days: {_listed(migraine)} (line: {migraine[0]['line']:g}). "
    second += f"Days with {MEDICINES[marked]}: {_listed(medicine)}"
    if np.isfinite(medicine[0]["line"]):
        overuse = medicine[0]["line"]
        second += f" (line of {_disorder(medicine)}: {overuse:g} a month; {_beside(medicine)})."
    elif marked == ANY:
        second += f" (lines go by class; where no class reaches its own, several together have one: {_together():g} a month)."
    else:
        second += " (the criteria print no line for it)."
    missing = sum(row["days"] - row["noted"] for row in headache)
    if missing:
        second += f" {missing} days were not noted, so the counts are ranges."
    return f"{first} {second} A count is no diagnosis: the criteria ask for more."


@lru_cache(maxsize=1)
def _lasting() -> float:
    """Months that the criterion of chronic migraine asks for."""
    return float(data.fact("criteria", "1_3_a_months_at_this_frequency")["at_least"])


@lru_cache(maxsize=1)
def _together() -> float:
    """Days a month with several classes together from which the criteria speak of overuse."""
    return float(data.fact("criteria", "8_2_b_drug_8_2_6_several_classes_none_alone")["at_least"])


def _disorder(rows: list[Row]) -> str:
    name = str(rows[0]["disorder"])
    return name[:1].lower() + name[1:]


def _beside(rows: list[Row]) -> str:
    """Say how many months stand at or above the line, and of how many that cannot be told."""
    above = sum(row["reached"] == ABOVE for row in rows)
    unclear = sum(row["reached"] not in (ABOVE, BELOW) for row in rows)
    if len(rows) == 1:
        word = "unclear" if unclear else ("at or above" if above else "below")
        return f"this month, {word}"
    words = f"{above or 'none'} of {len(rows)} months at or above"
    return words + (f", {unclear} unclear" if unclear else "")


def _listed(rows: list[Row]) -> str:
    return ", ".join(days(row, " to ") for row in rows)


def recipe(person: Any, template: Any, own: Any) -> str:
    """Return plain pandas that counts the same days; ``template`` and ``own`` are the choices that are no example."""
    read = {
        template: "frame = data.read_diary(package.root() / 'templates' / 'diary.csv')\n",
        own: "frame = data.read_diary('my_diary.csv')  # the name of your file\n",
    }
    classes = [key for key in MEDICINES if key not in ("non-opioid", ANY)]
    return (
        "import pandas as pd\nfrom migraine_lab import data\nfrom migraine_lab.data import package\n"
        "from migraine_lab.models import diary\n\n"
        + read.get(person, f"frame = diary.example({person!r})\n")
        + "month = frame['date'].dt.to_period('M')\n"
        "taken = frame['medication_class'].str.split(';')\n"
        "marks = pd.DataFrame({'headache': frame['headache'], 'migraine': frame['migraine'].fillna(False),\n"
        "                      'medication': frame['acute_medication'].fillna(False)})\n"
        f"for name in {classes}:\n"
        "    marks[name] = [name in some for some in taken]\n"
        "marks['non-opioid'] = marks['NSAID'] | marks['simple analgesic']\n"
        "every = pd.period_range(month.min(), month.max(), freq='M')\n"
        "counts = marks.astype(int).groupby(month).sum().reindex(every, fill_value=0)\n"
        "missing = every.days_in_month - month.value_counts().reindex(every, fill_value=0)\n"
        "# a day that was not noted may hold anything; cells left empty on a noted day would widen the ranges too\n"
        "rows = pd.DataFrame([{'key': f'{one} {name}', 'at_least': n, 'at_most': n + missing[one]}\n"
        "                     for one in every for name, n in counts.loc[one].items()])\n"
    )


@lru_cache(maxsize=1)
def published(row_ids: tuple[str, ...]) -> pd.DataFrame:
    """Rows of ``timing`` that a simulated person stands on, in the columns of the explorer's evidence."""
    timing = data.table("timing").set_index("timing_id").loc[list(row_ids)].reset_index()
    values = [
        f"{row.value:g}" if np.isfinite(row.value) else f"{row.low:g} to {row.high:g}"
        for row in timing.itertuples()
    ]
    return pd.DataFrame(
        {
            "key": timing["timing_id"], "month": "", "counted": "published", "noted": "", "days": "",
            "what": [
                f"behind the simulation: {row.quantity}, {value} {row.unit}"
                for row, value in zip(timing.itertuples(), values, strict=True)
            ],
            "reached": "", "code": "", "disorder": "", "source_id": timing["source_id"],
        }
    )  # fmt: skip
