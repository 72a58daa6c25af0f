"""The criteria of the headache classification as logic with three values, built from the rows of ``criteria``.

A condition is met, failed or unknown; unknown is never taken for absent. Every threshold, group size and count comes from
the table; what stands here is only which answer each condition looks at.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from migraine_lab import data

MET, FAILED, UNKNOWN = "met", "failed", "unknown"
State = bool | None
"""True: met; False: failed; None: unknown."""
FLAGS = "SNNOOP10"
EARLIER_AGE = "O5_alt"
"""The red flag list's other age: its earlier version disagrees with the printed one, so it warns but does not stop."""
NOT_CRITERIA = ("note", "C_note", "C_note_motor", "B_child")
"""Rows that explain or bend another criterion; they are read where that criterion is."""
ANY_OF = ("B_drug",)
"""Criteria of which one row is enough although the table gives no group size: each medicine has a row of its own."""


_WORDS = {True: MET, False: FAILED, None: UNKNOWN}


def word(state: State) -> str:
    """Say a state: "met", "failed" or "unknown"."""
    return _WORDS[state]


def all_of(states: Iterable[State]) -> State:
    """Three-valued and: one failed fails it, else one unknown leaves it unknown."""
    states = list(states)
    return False if False in states else None if None in states else True


def any_of(states: Iterable[State]) -> State:
    """Three-valued or: one met is enough, else one unknown leaves it unknown."""
    states = list(states)
    return True if True in states else None if None in states else False


def opposite(state: State) -> State:
    """Three-valued not: unknown stays unknown."""
    return None if state is None else not state


def at_least(states: Iterable[State], needed: int) -> State:
    """Met with ``needed`` met; failed when even the unknown ones could not reach it; else unknown."""
    states = list(states)
    met, unknown = states.count(True), states.count(None)
    return True if met >= needed else False if met + unknown < needed else None


@dataclass(frozen=True, slots=True)
class Condition:
    """One row of ``criteria``: the ends of its threshold are infinite where the table leaves them open."""

    criterion_id: str
    code: str
    disorder: str
    criterion: str
    item: str
    kind: str
    low: float
    high: float
    strict: bool
    unit: str
    group_size: int
    description: str
    source_id: str

    def holds(self, low: float | None, high: float | None = None) -> State:
        """State of a number known to lie from ``low`` to ``high`` (``high`` empty: it is ``low``; both empty: unknown)."""
        if low is None:
            return None
        high = low if high is None else high
        if self._inside(low) and self._inside(high):
            return True
        if not self._above(high) or not self._below(low):
            return False
        return None

    def _above(self, number: float) -> bool:
        return number > self.low if self.strict else number >= self.low

    def _below(self, number: float) -> bool:
        return number < self.high if self.strict else number <= self.high

    def _inside(self, number: float) -> bool:
        return self._above(number) and self._below(number)


@dataclass(frozen=True)
class Criterion:
    """A lettered criterion of a disorder: its conditions and how many of them must be met."""

    code: str
    disorder: str
    letter: str
    conditions: tuple[Condition, ...]
    needed: int
    instead: tuple[Condition, ...] = ()
    """Conditions that take the place of these for people under ``under`` years."""
    under: float = 0.0


@dataclass(frozen=True)
class Book:
    """Criteria by code and letter in the table's order, and the rows that bend them."""

    criteria: Mapping[str, Mapping[str, Criterion]]
    names: Mapping[str, str]
    rows: Mapping[tuple[str, str], tuple[Condition, ...]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def book() -> Book:
    """Read the table ``criteria`` once."""
    rows: dict[tuple[str, str], list[Condition]] = {}
    names: dict[str, str] = {}
    for row in data.table("criteria").itertuples():
        size = 0 if pd.isna(row.group_size) else int(row.group_size)
        one = Condition(
            row.criterion_id, row.code, row.disorder, row.criterion, row.item, row.kind,
            -math.inf if pd.isna(row.at_least) else float(row.at_least),
            math.inf if pd.isna(row.at_most) else float(row.at_most),
            bool(row.strict), row.unit, size, row.description, row.source_id,
        )  # fmt: skip
        rows.setdefault((one.code, one.criterion), []).append(one)
        names.setdefault(one.code, one.disorder)
    held = {key: tuple(found) for key, found in rows.items()}
    criteria: dict[str, dict[str, Criterion]] = {}
    for code in names:
        letters = {letter: _criterion(code, letter, held) for one, letter in held if one == code}
        criteria[code] = {letter: one for letter, one in sorted(letters.items()) if one is not None}
    return Book(criteria, names, held)


def _criterion(
    code: str, letter: str, rows: Mapping[tuple[str, str], tuple[Condition, ...]]
) -> Criterion | None:
    if letter in NOT_CRITERIA:
        return None
    found = rows[code, letter]
    needed = int(found[0].low) if found[0].group_size else 1 if letter in ANY_OF else len(found)
    child = rows.get((code, f"{letter}_child"), ())
    under = float(re.search(r"under_(\d+)$", child[0].item)[1]) if child else 0.0  # type: ignore[index]
    return Criterion(code, found[0].disorder, letter, found, needed, child, under)
