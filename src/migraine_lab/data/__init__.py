"""Where every number comes from: the data package, its tables, citations, comparisons and checks."""

from migraine_lab.data.checks import check
from migraine_lab.data.comparisons import comparisons
from migraine_lab.data.package import DataError, Problem
from migraine_lab.data.sources import cite
from migraine_lab.data.tables import result, table, tables

__all__ = ["DataError", "Problem", "check", "cite", "comparisons", "result", "table", "tables"]
