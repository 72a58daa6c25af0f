"""Cells of a student's own table: numbers, dates and yes or no as people write them, never a guess.

Each reader returns the value, or raises ``ValueError`` with the rule that the cell breaks in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from migraine_lab.data.own_file import Refused, Sheet, plain
from migraine_lab.data.package import Problem

NOTHING = frozenset({"", "-", "–", "?", ".", "na", "n/a", "nan", "none", "null", "unknown"})
"""What stands for an unknown value, in lower case."""

MOST = 100
"""Problems that are listed one by one; the last one says how many more there are."""

_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "wahr"})
_NO = frozenset({"no", "n", "false", "0", "nein", "falsch"})
_NUMBER = re.compile(r"[+-]?(\d{1,9}([.,]\d{0,9})?|[.,]\d{1,9})", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_POINTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_DATE_FORMS = "write it as 2026-03-31 or 31.03.2026"


@dataclass(frozen=True)
class Column:
    """A column that we know: its name, what may stand in it, and what it means.

    ``needed``: the column must be there; ``required``: every cell of it must be filled as well.
    """

    name: str
    kind: str
    says: str
    required: bool = False
    needed: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    def read(self, cell: str) -> Any:
        """Value of a cell; None where nothing is known. Raises ``ValueError`` with the broken rule."""
        if cell.lower() in NOTHING and not (self.choices and cell.lower() in self.choices):
            if self.required:
                raise ValueError("a value is required")
            return None
        if self.kind == "number":
            return number(cell, self.low, self.high)
        if self.kind == "whole":
            return whole(cell, self.low, self.high)
        if self.kind == "date":
            return day(cell)
        if self.kind == "yes or no":
            return yes_or_no(cell)
        if self.choices:
            return one_of(cell, self.choices)
        return cell


def number(cell: str, low: float | None = None, high: float | None = None) -> float:
    """A number with a decimal point or comma, without thousands separators, within ``low`` and ``high``.

    A percent sign may follow where ``high`` is 100.
    """
    written = cell.replace("−", "-")
    if high == 100:
        written = written.removesuffix("%").strip()
    if not _NUMBER.fullmatch(written):
        raise ValueError("must be a number, such as 2 or 2.5 or 2,5, without thousands separators")
    if _THOUSANDS.fullmatch(written):
        thousands = float(re.sub(r"[.,]", "", written))
        if high is None or thousands <= high:
            raise ValueError(
                f"could mean {thousands:.0f} or {_float(written):g}; write it without a separator"
            )
    value = _float(written)
    if low is not None and value < low:
        raise ValueError(f"must be at least {low:g}")
    if high is not None and value > high:
        raise ValueError(f"must be at most {high:g}")
    return value


def whole(cell: str, low: float | None = None, high: float | None = None) -> int:
    """A whole number; ``12.0`` and ``12,0``, as spreadsheets write them, are whole too."""
    value = number(cell, low, high)
    if value != int(value):
        raise ValueError("must be a whole number")
    return int(value)


def _float(written: str) -> float:
    return float(written.replace(",", "."))


def day(cell: str, today: date | None = None) -> date:
    """A day as YYYY-MM-DD or DD.MM.YYYY, from 1950 to today."""
    found = _ISO.fullmatch(cell)
    parts = found.groups() if found else None
    if found is None and (found := _POINTS.fullmatch(cell)):
        parts = found.groups()[::-1]
    if parts is None:
        raise ValueError(_no_date(cell))
    year, month, number_of_day = (int(part) for part in parts)
    try:
        value = date(year, month, number_of_day)
    except ValueError:
        raise ValueError("there is no such day in the calendar") from None
    # one day of grace: it may already be tomorrow where the diary is kept
    if not date(1950, 1, 1) <= value <= (today or date.today()) + timedelta(days=1):
        raise ValueError("must not lie in the future or before 1950")
    return value


def _no_date(cell: str) -> str:
    if re.fullmatch(r"\d{5}([.,]\d+)?", cell, re.ASCII):
        return f"is a spreadsheet's day count, not a date; format the column as a date, or {_DATE_FORMS}"
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2,4}", cell, re.ASCII):
        return f"day and month could be meant either way round; {_DATE_FORMS}"
    if re.fullmatch(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2}", cell, re.ASCII):
        return f"the year needs four digits; {_DATE_FORMS}"
    return f"must be a date; {_DATE_FORMS}"


def yes_or_no(cell: str) -> bool:
    """True for yes, y, true, 1, x (ja, j, wahr); false for no, n, false, 0 (nein, falsch)."""
    word = cell.lower()
    if word not in _YES | _NO:
        raise ValueError("must be yes or no")
    return word in _YES


def one_of(cell: str, choices: tuple[str, ...]) -> str:
    """One of some words, whatever the case and with spaces or underscores."""
    known = {plain(choice): choice for choice in choices}
    if plain(cell) not in known:
        raise ValueError("must be one of " + ", ".join(choices))
    return known[plain(cell)]


@dataclass
class Row:
    """One row of a student's table: its line, values by column, further columns as text."""

    line: int
    given: dict[str, Any]
    extra: dict[str, str]
    broken: set[str]


def read_rows(sheet: Sheet, columns: tuple[Column, ...]) -> tuple[list[Row], list[Problem]]:
    """Values of the known columns, row by row, and a problem for each cell that breaks its column's rule.

    Raises :class:`~migraine_lab.data.own_file.Refused` when a required column is missing or one is there
    twice. A row keeps the names of its ``broken`` cells, so that rules between columns can pass them over.
    """
    places, extras = _header(sheet, columns)
    rows: list[Row] = []
    problems: list[Problem] = []
    width = len(sheet.columns)
    for line, cells in zip(sheet.lines, sheet.rows, strict=True):
        if len(cells) < width or any(cells[width:]):
            hint = (
                "; a decimal comma needs quotation marks where commas also part the columns"
                if len(cells) > width and sheet.delimiter == "comma"
                else ""
            )
            rule = f"the row has {len(cells)} cells, the header has {width}{hint}"
            problems.append(Problem(sheet.name, line, "", "", rule))
            continue
        row = Row(line, {}, {name: cells[place] for name, place in extras.items()}, set())
        for column in columns:
            cell = cells[places[column.name]] if column.name in places else ""
            try:
                row.given[column.name] = column.read(cell)
            except ValueError as error:
                row.given[column.name] = None
                row.broken.add(column.name)
                problems.append(Problem(sheet.name, line, column.name, cell, str(error)))
        rows.append(row)
    if not sheet.rows:
        problems.append(Problem(sheet.name, None, "", "", "the file has a header but no rows"))
    return rows, problems


def _header(sheet: Sheet, columns: tuple[Column, ...]) -> tuple[dict[str, int], dict[str, int]]:
    """Places of the known columns and of the others, which are kept under their own names."""
    names = {column.name for column in columns}
    places: dict[str, int] = {}
    extras: dict[str, int] = {}
    for place, written in enumerate(sheet.columns):
        name = plain(written)
        if not name:
            filled = any(len(cells) > place and cells[place] for cells in sheet.rows)
            if filled:
                extras[f"column_{place + 1}"] = place
        elif name in places or written in extras:
            raise Refused(sheet.name, "the column is there twice", 1, " ".join(written.split()))
        elif name in names:
            places[name] = place
        else:
            extras[written] = place
    lacking = [
        column.name for column in columns if (column.required or column.needed) and column.name not in places
    ]
    if lacking:
        raise Refused(
            sheet.name,
            f"the column is missing; the file has {', '.join(map(repr, sheet.columns[:12]))}"
            + (f" (also missing: {', '.join(lacking[1:])})" if lacking[1:] else ""),
            1,
            lacking[0],
        )
    return places, extras


def shortened(problems: list[Problem], name: str) -> list[Problem]:
    """The first problems in the order of the file; a last one counts the rest."""
    ordered = sorted(problems, key=lambda problem: problem.row or 0)
    if len(ordered) <= MOST:
        return ordered
    more = len(ordered) - MOST
    return [
        *ordered[:MOST],
        Problem(name, None, "", "", f"there are {more} more problems; mend these first, then read it again"),
    ]


Fault = tuple[str, Any, str]
"""A broken rule between columns: column, value, rule."""


def apply_rule(name: str, rows: list[Row], rule: Callable[[Row], list[Fault]]) -> list[Problem]:
    """Problems of a rule between columns, leaving out cells that are already broken in themselves."""
    return [
        Problem(name, row.line, column, _written(value), said)
        for row in rows
        for column, value, said in rule(row)
        if column not in row.broken
    ]


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def with_extras(frame: pd.DataFrame, rows: list[Row]) -> pd.DataFrame:
    """Add the further columns of a file as text, as ``own_...`` where our column of that name would be hidden."""
    for name in rows[0].extra:
        free = name
        while free in frame:
            free = f"own_{free}"
        frame[free] = pd.Series([row.extra[name] for row in rows], dtype="str", index=frame.index)
    return frame
