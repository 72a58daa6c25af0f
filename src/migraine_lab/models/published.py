"""One published figure as a model uses it: number or range, unit, and the row and source it was read from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from migraine_lab import data


@dataclass(frozen=True)
class Published:
    """A row of a table: ``value`` (NaN where only a range is printed), ``low``, ``high``, ``unit``, what it describes.

    ``equation`` is empty for rows of numbers; ``row_id`` and ``source_id`` say where it stands and who printed it.
    """

    table: str
    row_id: str
    source_id: str
    value: float
    low: float
    high: float
    unit: str
    about: str
    equation: str

    @property
    def middle(self) -> float:
        """The value, or the middle of the range where the source prints a range alone."""
        return (self.low + self.high) / 2 if math.isnan(self.value) else self.value


@lru_cache(maxsize=256)
def published(table: str, row_id: str) -> Published:
    """Return one row of ``spreading_depression`` or ``timing`` by its id. Raises ``KeyError`` naming ids that exist."""
    return _figure(table, row_id, data.fact(table, row_id))


def _figure(table: str, row_id: str, row: pd.Series) -> Published:
    numbers = {name: float(row[name]) for name in ("value", "low", "high")}
    about = str(row["system"] if table == "spreading_depression" else row["quantity"])
    return Published(
        table, row_id, str(row["source_id"]), unit=str(row["unit"]), about=about,
        equation=str(row.get("equation", "")), **numbers,
    )  # fmt: skip
