"""Where every number comes from: the data package, its tables, citations, comparisons and checks."""

from migraine_lab.data.bibliography import bibliography
from migraine_lab.data.checks import check
from migraine_lab.data.comparisons import comparisons
from migraine_lab.data.own_diary import read_diary
from migraine_lab.data.own_trials import read_trials
from migraine_lab.data.package import DataError, Problem
from migraine_lab.data.sources import cite
from migraine_lab.data.tables import result, table, tables, topics_without_home

__all__ = [
    "DataError",
    "Problem",
    "bibliography",
    "check",
    "cite",
    "comparisons",
    "read_diary",
    "read_trials",
    "result",
    "table",
    "tables",
    "topics_without_home",
]
