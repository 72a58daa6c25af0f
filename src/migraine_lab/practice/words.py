"""Numbers in words: one way to write a rate, and prose that is filled from the data.

A row of the results (anything with ``events``, ``n`` and ``percent``) may stand in a template as it is:

    {row}          48 of 61 (79 %)      a rate never goes without its count
    {row:percent}  79 %
    {row:count}    48 of 61
    {row:printed}  77 %                 as the source prints it
    {row:n}        61
    {row:when}     5 days

A row of another table that holds one figure (``value``, ``unit``, ``low``, ``high``), or a share (``percent``), reads

    {row}          3.5 mm/min; where only a range is printed, 5 to 60 min
    {row:range}    5 to 60 min
    {row:value}    3.5

A value may also be an address, looked up in the data when the text is filled: ("schwenk2018", "ketamine_iv",
"fall_2_points") is study, arm, outcome and, where there are several, the time; ("timing", "viana2016_...") is a table
and the id of its row.
"""

from __future__ import annotations

import math
import string
from collections.abc import Mapping
from typing import Any

import pandas as pd
from IPython.display import HTML, Markdown, display

from migraine_lab import data

UNIT_WORDS = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "y": "year"}


def number(value: float, places: int | None = None) -> str:
    """Return a number as prose writes it: 40, 8.3, 0.26; ``places`` fixes the decimals."""
    value = float(value)
    if not math.isfinite(value):
        return "unknown"
    if places is None:
        size = abs(value)
        places = 0 if size >= 10 or value == round(value) else (1 if size >= 1 else 2)
    text = f"{value:.{places}f}"
    return text.replace("-", "\u2212") if float(text) else f"{0:.{places}f}"


def percent(value: float) -> str:
    """Return a percentage (0-100) in words: whole, with one decimal only where it would vanish otherwise."""
    value = float(value)
    if not math.isfinite(value):
        return "a percentage not printed"
    small = 0 < value < 1 or 99 < value < 100
    return f"{value:.1f} %" if small else f"{value:.0f} %"


def count(events: float, n: float) -> str:
    """'48 of 61'."""
    return f"{int(events)} of {int(n)}"


def rate(row: Any) -> str:
    """'48 of 61 (79 %)'; without a printed count it says so. A row of one figure gives that figure."""
    if is_figure(row):
        return figure(row)
    events, n, printed = _field(row, "events"), _field(row, "n"), _field(row, "percent")
    if known(events) and known(n) and n > 0:
        return f"{count(events, n)} ({percent(100 * events / n)})"
    if known(printed):
        return f"{percent(printed)} (count not printed)"
    return "a figure not printed"


def share(row: Any) -> float:
    """Return the percentage of a row (0-100): from its counts, else as printed, else NaN; or its one figure."""
    if is_figure(row):
        return float(row["value"]) if known(row["value"]) else math.nan
    events, n = _field(row, "events"), _field(row, "n")
    if known(events) and known(n) and n > 0:
        return 100 * float(events) / float(n)
    return float(_field(row, "percent")) if known(_field(row, "percent")) else math.nan


def when(row: Any) -> str:
    """'5 days'; 'at a time not stated' where the source gives none."""
    value, unit = _field(row, "time_value"), _field(row, "time_unit")
    if not known(value) or not isinstance(unit, str) or not unit:
        return "at a time not stated"
    word = UNIT_WORDS.get(unit, unit)
    text = number(value, 0 if float(value) >= 10 else None)
    return f"{text} {word}" if text == "1" else f"{text} {word}s"


def is_row(value: Any) -> bool:
    """Whether this can be read as a row of counts, of a share or of one figure."""
    return isinstance(value, (pd.Series, Mapping)) and any(
        name in value for name in ("events", "percent", "value")
    )


def is_figure(value: Any) -> bool:
    """Whether this is a row that holds one figure with its unit (a row of the results holds counts as well)."""
    if not isinstance(value, (pd.Series, Mapping)):
        return False
    return "value" in value and "unit" in value and "percent" not in value


def figure(row: Any, spec: str = "") -> str:
    """'3.5 mm/min' or '5 to 60 min'; 'a figure not printed' where the source gives neither value nor range."""
    low, high = _field(row, "low"), _field(row, "high")
    unit = _field(row, "unit") if known(_field(row, "unit")) else ""
    if spec == "range" or (not spec and not known(_field(row, "value"))):
        if not (known(low) and known(high)):
            return "a range not printed"
        return f"{number(low)} to {number(high)} {unit}".rstrip()
    value = _field(row, spec or "value")
    if spec and isinstance(value, str):
        return value
    if not known(value):
        return "a figure not printed"
    return number(value) if spec else f"{number(value)} {unit}".rstrip()


def known(value: Any) -> bool:
    """Whether a cell of a table holds something."""
    return value is not None and not (isinstance(value, float) and math.isnan(value)) and value is not pd.NA


def _field(row: Any, name: str) -> Any:
    return row.get(name)


class _Filler(string.Formatter):
    """str.format that knows rows of counts and writes plain numbers as prose does."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        if isinstance(key, str) and key not in kwargs:
            given = ", ".join(sorted(kwargs)) or "nothing"
            raise KeyError(f"the text asks for {{{key}}}, which was not given; given: {given}")
        return super().get_value(key, args, kwargs)

    def format_field(self, value: Any, format_spec: str) -> str:
        if is_figure(value):
            return figure(value, format_spec)
        if is_row(value):
            return self._row(value, format_spec)
        if isinstance(value, bool) or (not isinstance(value, (int, float)) and not hasattr(value, "dtype")):
            return str(super().format_field(value, format_spec))
        if format_spec == "percent":
            return percent(value)
        return number(value) if not format_spec else format(float(value), format_spec)

    @staticmethod
    def _row(row: Any, spec: str) -> str:
        if spec == "":
            return rate(row)
        if spec == "percent":
            return percent(share(row))
        if spec == "printed":
            return percent(row["percent"])
        if spec == "count":
            return count(row["events"], row["n"])
        if spec == "when":
            return when(row)
        if spec in row:
            value = row[spec]
            return number(value) if not isinstance(value, str) else value
        raise ValueError(f"a row cannot be written as {spec!r}")


def fill(template: str, **values: Any) -> str:
    """Return the template with its values written in. KeyError names a value that was not given."""
    return _Filler().format(template, **{name: look_up(value) for name, value in values.items()})


def look_up(value: Any) -> Any:
    """Return the row at an address: (study, arm, outcome, time) or (table, id); other values as they are."""
    if not isinstance(value, tuple):
        return value
    return data.fact(*value) if len(value) == 2 else data.result(*value)


def tell(template: str, **values: Any) -> None:
    """Show Markdown whose numbers come from the data: ``tell("On placebo {arm} improved.", arm=row)``."""
    markdown(fill(template, **values))


def markdown(text: str) -> None:
    """Show Markdown under the cell."""
    display(Markdown(text))  # type: ignore[no-untyped-call]


def page(html: str) -> None:
    """Show HTML under the cell."""
    display(HTML(html))  # type: ignore[no-untyped-call]
