"""Tables of the data package as data frames."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab.data import package


def tables(path: str | Path | None = None) -> list[str]:
    """Names of the tables, in the order of the descriptor."""
    return list(package.load(path))


def table(name: str, path: str | Path | None = None) -> pd.DataFrame:
    """One table as a data frame of its own; types come from the descriptor.

    Text is ``str`` (unknown: empty text), required whole numbers are ``int64``, others ``Int64`` (unknown:
    ``<NA>``), numbers ``float64`` (unknown: ``nan``), yes-or-no columns ``bool``. ``path`` names another
    folder.

    Raises :class:`~migraine_lab.data.DataError` when the package is damaged, ``KeyError`` when there is no
    such table.
    """
    return _frame(name, Path(path) if path is not None else package.root()).copy()


@lru_cache(maxsize=64)
def _frame(name: str, path: Path) -> pd.DataFrame:
    held = package.load(path)
    if name not in held:
        raise package.NotInPackage(f"there is no table {name!r}; the tables are {', '.join(held)}")
    raw = held[name]
    columns = zip(*raw.rows, strict=True)
    return pd.DataFrame(
        {field.name: _column(field, cells) for field, cells in zip(raw.fields, columns, strict=True)}
    )


# one type for all columns: to find it by its name takes longer than to fill a column
_TEXT = pd.StringDtype(na_value=np.nan)
_WHOLE = pd.Int64Dtype()


def _column(field: package.Field, cells: tuple[str, ...]) -> Any:
    """The cells as an array of the field's type."""
    if field.kind == "boolean":
        return np.array([cell == "true" for cell in cells], dtype=bool)
    if field.kind == "number":
        return np.array([float(cell) if cell else np.nan for cell in cells], dtype="float64")
    if field.kind == "integer":
        if field.required:
            return np.array([int(cell) for cell in cells], dtype="int64")
        return pd.array([int(cell) if cell else None for cell in cells], dtype=_WHOLE)
    return pd.array(np.array(cells, dtype=object), dtype=_TEXT)


def fact(table_name: str, row_id: str) -> pd.Series:
    """One row of a table by the value of its first column, which names it: ``fact("timing", "viana2016_...")``.

    Raises ``KeyError`` that names a few ids which look alike where there is no such row.
    """
    frame = table(table_name)
    ids = frame.iloc[:, 0]
    found = frame[ids == row_id]
    if found.empty:
        start = row_id.split("_")[0]
        near = [one for one in ids.astype(str) if one.startswith(start)] or list(ids.astype(str))
        raise package.NotInPackage(f"{table_name} has no row {row_id!r}; there are: {', '.join(near[:12])}")
    return found.iloc[0]


def topics_without_home() -> pd.DataFrame:
    """Topics of the articles that no lesson meets yet: rows of ``topics`` with an empty ``lesson``."""
    topics = table("topics")
    return topics[topics["lesson"] == ""].reset_index(drop=True)


def result(
    study_id: str, arm_id: str, outcome_id: str, time: str | float | None = None, **where: Any
) -> pd.Series:
    """One row of ``results``: a study's arm, an outcome and, where there are several, its time ("2 h" or 2).

    Further columns can be named (``unit_counted="attacks"``). Raises ``KeyError`` that names what there is
    when no row or more than one fits.
    """
    frame = table("results")
    asked = f"{study_id}, {arm_id}, {outcome_id}"
    wanted: dict[str, Any] = {"study_id": study_id, "arm_id": arm_id, "outcome_id": outcome_id, **where}
    for column, value in wanted.items():
        if column not in frame:
            raise package.NotInPackage(f"results has no column {column!r}")
        left = frame[frame[column] == value]
        if left.empty:
            there = (
                ", ".join(sorted({str(item) for item in frame[column]})[:20])
                if column != "study_id"
                else "see data.table('studies')"
            )
            raise package.NotInPackage(f"no result with {column} {value!r}; there is: {there}")
        frame = left
    times = time_text(frame)
    if time is not None:
        fits = (times == time) if isinstance(time, str) else (frame["time_value"] == float(time))
        if not fits.any():
            there = ", ".join(sorted(set(times)))
            raise package.NotInPackage(f"no result of {asked} at {time}; there is: {there}")
        frame = frame[fits]
    if len(frame) > 1:
        there = "; ".join(
            f"{row.result_id} ({when or 'time not given'}: {row.definition})"
            for row, when in zip(frame.itertuples(), time_text(frame), strict=True)
        )
        raise package.NotInPackage(
            f"{len(frame)} results fit {asked}: {there}; name the time or another column, such as result_id"
        )
    return frame.iloc[0]


def time_text(frame: pd.DataFrame) -> pd.Series:
    """Times in words ("2 h"), empty where the source gives none."""
    words = [
        f"{value:g} {unit}" if unit else ""
        for value, unit in zip(frame["time_value"], frame["time_unit"], strict=True)
    ]
    return pd.Series(words, index=frame.index, dtype="str")
