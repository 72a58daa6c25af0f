"""Where every number comes from: the data package, its tables, citations, comparisons and checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from migraine_lab.data.bibliography import bibliography
from migraine_lab.data.checks import check
from migraine_lab.data.comparisons import comparisons
from migraine_lab.data.package import DataError, Problem
from migraine_lab.data.sources import cite, short_citation
from migraine_lab.data.tables import fact, result, table, tables, topics_without_home

if TYPE_CHECKING:
    from migraine_lab.data.written_cases import Case

__all__ = [
    "DataError",
    "Problem",
    "bibliography",
    "cases",
    "check",
    "cite",
    "comparisons",
    "fact",
    "read_diary",
    "read_trials",
    "result",
    "short_citation",
    "table",
    "tables",
    "topics_without_home",
]


def read_trials(path: str | Path) -> pd.DataFrame | list[Problem]:
    """Read a student's own trials from CSV; see :func:`migraine_lab.data.own_trials.read_trials`."""
    from migraine_lab.data import own_trials  # most lessons never read a file of the student's

    return own_trials.read_trials(path)


def read_diary(path: str | Path) -> pd.DataFrame | list[Problem]:
    """Read a student's own headache diary from CSV; see :func:`migraine_lab.data.own_diary.read_diary`."""
    from migraine_lab.data import own_diary

    return own_diary.read_diary(path)


def cases(lesson: str) -> tuple[Case, ...]:
    """Return the written cases of a lesson; see :func:`migraine_lab.data.written_cases.cases`."""
    from migraine_lab.data import written_cases

    return written_cases.cases(lesson)
