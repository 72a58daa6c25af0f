"""Count a diary month by month beside the published lines: a count, never a diagnosis.

A day that was not noted may hold anything, so each count is a range, from the days that are known to the days that
are possible. The lines come from the table ``criteria`` (ICHD-3); the criteria ask for more than a count of one month.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from migraine_lab import data

NOT_KNOWN = "not known"
COUNTED = {
    "headache": ("headache days", "1_3_a_headache_days_per_month"),
    "migraine": ("migraine days", "1_3_c_migraine_days_per_month"),
    "medication": ("days with any acute medication", ""),
    "triptan": ("triptan days", "8_2_b_drug_8_2_2_triptan"),
    "ergot": ("ergot days", "8_2_b_drug_8_2_1_ergotamine"),
    "opioid": ("opioid days", "8_2_b_drug_8_2_4_opioid"),
    "combination analgesic": ("combination analgesic days", "8_2_b_drug_8_2_5_combination_analgesic"),
    "NSAID": ("NSAID days", "8_2_b_drug_8_2_3_2_nsaid"),
    "simple analgesic": ("simple analgesic days", "8_2_b_drug_8_2_3_1_paracetamol"),
    "non-opioid": (
        "days with NSAID or simple analgesic", "8_2_b_drug_8_2_3_non_opioid_analgesics_together",
    ),
    "gepant": ("gepant days", ""),
    "ditan": ("ditan days", ""),
    "antiemetic": ("antiemetic days", ""),
    "other": ("days with another medicine", ""),
}  # fmt: skip
"""What is counted: its name in words and the row of ``criteria`` with its line ("" where ICHD-3 as read gives none)."""
TOGETHER = ("NSAID", "simple analgesic")
ABOVE, BELOW, OPEN, NO_LINE = "at or above the line", "below the line", "cannot be told", "no line published"


def monthly(diary: pd.DataFrame, window: int | None = None) -> pd.DataFrame:
    """Count a diary (a frame of ``data.read_diary`` or :func:`~migraine_lab.models.days.person`) month by month.

    A row for each month and each thing counted: ``month``, ``first``, ``last``, ``days`` of the month, ``noted`` days,
    ``counted`` (a key of COUNTED) and ``what`` in words, ``at_least`` and ``at_most`` days (they differ where days or
    cells were not noted), ``line`` (days a month; NaN where none is published), ``reached`` ("at or above the line",
    "below the line", "cannot be told" or "no line published"), ``criterion_id``, ``code``, ``disorder``, ``source_id``.

    ``window``: None for calendar months, or a number of days (28, 30) from the first day noted; days of the first and
    last month outside the diary are days not noted. Raises ValueError for no frame of a diary (such as the list of
    problems that an unreadable file gives), an empty one, a day that stands twice, or a window of less than one day.
    """
    _check(diary, window)
    dates = diary["date"].to_numpy("datetime64[D]")
    labels, first, length = _months(dates, window)
    where = np.searchsorted(first, dates, side="right") - 1
    noted = np.bincount(where, minlength=len(labels))
    marks = np.array(list(_marks(diary).values()))  # things counted, (sure, possible), days
    counts = np.zeros((len(labels), *marks.shape[:2]), int)
    np.add.at(counts, where, np.moveaxis(marks, 2, 0).astype(int))
    sure, most = counts[:, :, 0], counts[:, :, 1] + (length - noted)[:, None]
    lines = _lines()
    line = lines["line"].to_numpy(float)
    reached = np.select(
        [np.broadcast_to(np.isnan(line), sure.shape), sure >= line, most < line],
        [NO_LINE, ABOVE, BELOW],
        OPEN,
    )
    things, each = np.tile(np.arange(len(lines)), len(labels)), np.repeat(np.arange(len(labels)), len(lines))
    facts = {name: lines[name].to_numpy()[things] for name in lines}
    return pd.DataFrame(
        {
            "month": np.array(labels, object)[each],
            "first": first.astype("datetime64[ns]")[each],
            "last": (first + (length - 1)).astype("datetime64[ns]")[each],
            "days": length[each],
            "noted": noted[each],
            "counted": facts.pop("counted"),
            "what": facts.pop("what"),
            "at_least": sure.ravel(),
            "at_most": most.ravel(),
            "line": facts.pop("line"),
            "reached": reached.ravel(),
            **facts,
        }
    )


@lru_cache(maxsize=1)
def _lines() -> pd.DataFrame:
    """The line of each thing counted, in the order of COUNTED."""
    criteria = data.table("criteria").set_index("criterion_id")
    rows = []
    for key, (words, row) in COUNTED.items():
        found = criteria.loc[row] if row else None
        rows.append(
            {
                "counted": key, "what": words,
                "line": float("nan") if found is None else float(found["at_least"]),
                "criterion_id": row,
                **{name: "" if found is None else str(found[name]) for name in ("code", "disorder", "source_id")},
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _months(
    dates: NDArray[np.datetime64], window: int | None
) -> tuple[list[str], NDArray[np.datetime64], NDArray[np.int64]]:
    """Names, first days and lengths (days) of the months from the first day to the last."""
    if window is None:
        names = np.arange(dates.min().astype("datetime64[M]"), dates.max().astype("datetime64[M]") + 1)
        first = names.astype("datetime64[D]")
        length = ((names + 1).astype("datetime64[D]") - first).astype(int)
        return [str(name) for name in names], first, length
    number = int((dates.max() - dates.min()).astype(int)) // window + 1
    first = dates.min() + window * np.arange(number)
    labels = [f"days {window * one + 1}-{window * (one + 1)}" for one in range(number)]
    return labels, first, np.full(number, window)


def _marks(diary: pd.DataFrame) -> dict[str, tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """For each thing counted, whether each noted day has it for sure and whether it may have it."""
    headache = diary["headache"].to_numpy(bool)
    aura = _boolean(diary, "aura")[0]
    migraine, maybe_migraine = _boolean(diary, "migraine")
    medication, maybe = _boolean(diary, "acute_medication")
    classes = [set(words.split(";")) for words in diary["medication_class"].fillna("")]
    open_class = np.array([NOT_KNOWN in some for some in classes]) | (maybe & ~medication)
    marks = {}
    for key in COUNTED:
        if key == "headache":
            marks[key] = headache, headache
        elif key == "migraine":
            # without headache and aura a day is no migraine day, whether or not that was written down
            marks[key] = migraine, migraine | (maybe_migraine & (headache | aura))
        elif key == "medication":
            marks[key] = medication, maybe
        else:
            kinds = set(TOGETHER) if key == "non-opioid" else {key}
            taken = np.array([bool(kinds & some) for some in classes])
            marks[key] = taken, taken | open_class
    return marks


def _boolean(diary: pd.DataFrame, column: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether a yes-or-no column says yes, and whether it may (yes, or not noted)."""
    cells = diary[column].astype("boolean")
    return cells.fillna(False).to_numpy(bool), cells.fillna(True).to_numpy(bool)


def _check(diary: pd.DataFrame, window: int | None) -> None:
    if not isinstance(diary, pd.DataFrame):
        raise ValueError(
            "monthly() counts a diary's frame; a list of problems means that the file could not be read"
        )
    wanted = ("date", "headache", "migraine", "aura", "acute_medication", "medication_class")
    lacking = [name for name in wanted if name not in diary]
    if lacking:
        raise ValueError(f"the diary lacks the columns {', '.join(lacking)}")
    if diary.empty:
        raise ValueError("the diary has no days")
    if diary["date"].duplicated().any():
        raise ValueError("a day stands twice in the diary")
    if window is not None and (window != int(window) or window < 1):
        raise ValueError(f"window must be a whole number of days, 1 or more, not {window!r}")
