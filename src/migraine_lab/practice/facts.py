"""Facts that a quiz names: every figure in a question is looked up or computed here, none is typed.

A fact is a small dictionary (data/quizzes/*.json, key ``facts``) of one of these forms:

    {"row": {"study_id": ..., "arm_id": ..., "outcome_id": ..., "time": ...}}    a row of the results
    {"fact": ["timing", "viana2016_..."]}         a row of another table: one figure with its unit
    {"value_of": fact}                            its number alone; with "column": "low" another of its numbers
    {"table": "studies", "where": {"study_id": ...}, "column": "n_enrolled"}     one cell
    {"count": "claims", "where": {"verdict": "supported"}, "of": {"kind": "promise"}}    rows of a table counted; no
                                                  "of": out of all its rows. Reads as a row of the results
    {"percent_of": [fact, fact], "of": "n"}       events of the first row out of n (or "events") of the second
    {"compare": [fact, fact], "measure": "RD"}    first arm against second: RD (in points), RR, OR or NNT
    {"interval": fact, "end": "low"}              an end of the 95 % Wilson interval, in percent
    {"rate_of": fact}, {"n_of": fact}             the percentage or the denominator of a row
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from migraine_lab import data, stats

from . import words

Specs = Mapping[str, Mapping[str, Any]]


class FactError(ValueError):
    """A quiz asks for a fact that the data package cannot give."""


def resolve(specs: Specs) -> dict[str, Any]:
    """All named facts with their values; facts may rest on facts named before or after them."""
    found: dict[str, Any] = {}
    for name in specs:
        _find(name, specs, found, ())
    return found


def _find(name: str, specs: Specs, found: dict[str, Any], asking: tuple[str, ...]) -> Any:
    if name in found:
        return found[name]
    if name not in specs:
        raise FactError(f"no fact is named {name!r}")
    if name in asking:
        raise FactError(f"the fact {name!r} rests on itself")
    spec = specs[name]

    def other(wanted: str) -> Any:
        return _find(wanted, specs, found, (*asking, name))

    try:
        found[name] = _value(spec, other)
    except FactError:
        raise
    except (KeyError, ValueError, TypeError) as error:
        raise FactError(f"fact {name!r}: {error}") from error
    return found[name]


def _value(spec: Mapping[str, Any], other: Any) -> Any:
    if "row" in spec:
        return data.result(**spec["row"])
    if "fact" in spec:
        return data.fact(*spec["fact"])
    if "value_of" in spec:
        return float(other(spec["value_of"])[spec.get("column", "value")])
    if "table" in spec:
        return _cell(spec["table"], spec["where"], spec["column"])
    if "count" in spec:
        return _counted(spec["count"], spec["where"], spec.get("of", {}))
    if "percent_of" in spec:
        part, whole = (other(name) for name in spec["percent_of"])
        base = whole["n"] if spec.get("of", "n") == "n" else whole["events"]
        return 100 * float(part["events"]) / float(base)
    if "compare" in spec:
        a, b = (other(name) for name in spec["compare"])
        return _compared(a, b, spec["measure"])
    if "interval" in spec:
        row = other(spec["interval"])
        return 100 * float(getattr(stats.proportion(row["events"], row["n"]), spec["end"]))
    if "rate_of" in spec:
        return words.share(other(spec["rate_of"]))
    if "n_of" in spec:
        return float(other(spec["n_of"])["n"])
    raise FactError(f"a fact has none of the known forms: {', '.join(spec)}")


def _chosen(frame: pd.DataFrame, where: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows whose columns hold these values; where a list is given, one of them."""
    for name, value in where.items():
        frame = frame[frame[name].isin(value if isinstance(value, list) else [value])]
    return frame


def _counted(table: str, where: Mapping[str, Any], of: Mapping[str, Any]) -> pd.Series:
    """Return events, n and percent: rows of the table that fit both, out of those that fit ``of``."""
    among = _chosen(data.table(table), of)
    if among.empty:
        raise FactError(f"no row of {table} fits {dict(of)}")
    events, n = len(_chosen(among, where)), len(among)
    return pd.Series({"events": events, "n": n, "percent": 100 * events / n})


def _cell(table: str, where: Mapping[str, Any], column: str) -> Any:
    frame = _chosen(data.table(table), where)
    if len(frame) != 1:
        raise FactError(f"{len(frame)} rows of {table} fit {dict(where)}; exactly one is needed")
    value = frame[column].iloc[0]
    if pd.isna(value):
        raise FactError(f"{table}.{column} is empty for {dict(where)}")
    return value


def _compared(a: Any, b: Any, measure: str) -> float:
    counts = (a["events"], a["n"], b["events"], b["n"])
    if measure == "NNT":
        return float(stats.compare(*counts).nnt)
    size = float(stats.compare(*counts, measure=measure).estimate)
    return 100 * size if measure == "RD" else size
