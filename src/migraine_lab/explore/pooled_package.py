"""The package's comparisons as they may be pooled, read once for all forest and funnel plots. Frames are not to be changed."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from migraine_lab import data
from migraine_lab.explore import poolable
from migraine_lab.explore.poolable import Question
from migraine_lab.explore.rate_rows import prepare


@lru_cache(maxsize=1)
def read() -> tuple[pd.DataFrame, dict[str, tuple[str, Question]]]:
    """Return the comparisons, and every outcome that two trials share (see ``poolable.outcomes``)."""
    rows = prepare(data.comparisons())
    return rows, poolable.outcomes(rows)


@lru_cache(maxsize=64)
def groups(outcome: str) -> dict[str, tuple[str, Question, int]]:
    """Return the classes and treatments of an outcome's key (see ``poolable.groups``)."""
    rows, outcomes = read()
    return poolable.groups(rows, outcomes[outcome][1])


@lru_cache(maxsize=256)
def main(question: Question) -> pd.DataFrame:
    """Return the arms that may stand together (see ``poolable.main``)."""
    return poolable.main(read()[0], question)


@lru_cache(maxsize=256)
def also(question: Question) -> dict[str, pd.DataFrame]:
    """Return what could be asked to be added (see ``poolable.also``)."""
    return poolable.also(read()[0], question)
