"""How people were asked about a symptom, read from the record's own words and from nothing else.

A survey that reads a list aloud finds far more than one that waits for people to mention something, so the two are never
set side by side as if they were one. A row whose record does not say how people were asked stays "not said".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

KINDS: Mapping[str, str] = {
    "unprompted": "Asked without a list",
    "prompted": "Asked with a list, checklist or questionnaire",
    "diary": "Written in a diary",
    "pooled": "Pooled by a review",
    "experiment": "In an experiment",
    "unsaid": "How people were asked is not said",
}
_WORDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("experiment", ("population",), r"experiment"),
    ("pooled", ("population",), r"pooled|systematic review|^review statement"),
    ("unprompted", ("symptom", "note"), r"asked with no list|unprompted|open question, no list"),
    ("prompted", ("symptom", "population", "note"), r"\d+-item list|questionnaire|checklist|choice among|frequency scale"),
    ("diary", ("population", "note"), r"\bdiary\b(?! rates)|\bdiaries\b|diary-recorded"),
)  # fmt: skip
"""Kind, columns and the words in them that say so; the first that fits is taken."""
_BASE = re.compile(r"base of the percentage|base must be|exact subgroup size is not printed")


def with_kinds(symptoms: pd.DataFrame) -> pd.DataFrame:
    """Return rows of ``symptoms`` with the columns ``kind``, ``kind_why`` and ``n_usable``.

    kind: a key of KINDS; kind_why: the words that say so, "" where none do; n_usable: the printed n, nan where none is
    printed or where the note says that the percentage is of something else.
    """
    found = [_kind(row) for row in symptoms[["symptom", "population", "note"]].to_dict("records")]
    n = symptoms["n"].astype(float).to_numpy()
    unsure = np.array([bool(_BASE.search(str(note))) for note in symptoms["note"]])
    return symptoms.assign(
        kind=[kind for kind, _ in found],
        kind_why=[why for _, why in found],
        n_usable=np.where(unsure, np.nan, n),
    )


def _kind(row: Mapping[str, str]) -> tuple[str, str]:
    for kind, columns, pattern in _WORDS:
        for column in columns:
            found = re.search(pattern, str(row[column] or ""), re.IGNORECASE)
            if found:
                return kind, found[0]
    return "unsaid", ""
