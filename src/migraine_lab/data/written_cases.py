"""Written cases of a lesson (data/cases/NN.json): invented people, with only those features known that the story tells.

Figures of the criteria are not typed in a case; ``{criterion_id:low}`` and ``{criterion_id:high}`` in its texts stand for
the ends of a threshold of the table ``criteria``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from migraine_lab.data import package
from migraine_lab.data.tables import table

PLACE = re.compile(r"\{(\w+):(low|high)\}")


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that readers do give: its codes (none: "no diagnosis yet") and what to say to it."""

    codes: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class Case:
    """One invented person.

    ``features`` holds what the vignette states, everything else is unknown. ``codes`` is the answer ("red flag" where a
    warning sign ends the exercise), ``subtypes`` the kinds of medication overuse in it, ``explanation`` says why and why not
    the neighbour. ``decisive`` names features with another value each that would change the answer.
    """

    case_id: str
    title: str
    vignette: str
    features: Mapping[str, Any]
    codes: tuple[str, ...]
    subtypes: tuple[str, ...]
    explanation: str
    wrong: tuple[WrongAnswer, ...]
    decisive: Mapping[str, Any]


def cases(lesson: str, path: str | Path | None = None) -> tuple[Case, ...]:
    """Return the written cases of a lesson ("01"), in the order of the file. They are invented, and say so.

    ``path`` names another data folder. Raises :class:`~migraine_lab.data.DataError` with one sentence that names file,
    case and fault when the file is damaged, ``KeyError`` when the lesson has no cases.
    """
    folder = (Path(path) if path is not None else package.root()) / "cases"
    file = folder / f"{lesson}.json"
    if not file.is_file():
        there = ", ".join(sorted(one.stem for one in folder.glob("*.json"))) or "none"
        raise package.NotInPackage(
            f"there are no written cases of lesson {lesson!r}; there are cases of: {there}"
        )
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        listed = raw["cases"]
        if not isinstance(listed, list) or not listed:
            raise ValueError("'cases' must be a list of at least one case")
    except (ValueError, KeyError, TypeError) as error:
        raise package.DataError(f"{file.name}: the file of cases cannot be read ({_words(error)})") from error
    thresholds = table("criteria", path).set_index("criterion_id")[["at_least", "at_most"]]
    made: list[Case] = []
    for place, item in enumerate(listed, start=1):
        name = item.get("id", f"number {place}") if isinstance(item, dict) else f"number {place}"
        try:
            case = _case(item, thresholds)
            if case.case_id in [one.case_id for one in made]:
                raise ValueError("the id stands twice")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise package.DataError(f"{file.name}, case {name}: {_words(error)}") from error
        made.append(case)
    return tuple(made)


def _words(error: Exception) -> str:
    return f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)


def _case(item: Mapping[str, Any], thresholds: pd.DataFrame) -> Case:
    def text(words: Any) -> str:
        if not isinstance(words, str) or not words.strip():
            raise ValueError(f"a text is empty or no text: {words!r}")
        return PLACE.sub(lambda found: _end(found[1], found[2], thresholds), words)

    features, codes = dict(item["features"]), tuple(item["codes"])
    if not features or not codes:
        raise ValueError("a case needs at least one feature and one code")
    for name, value in features.items():
        if value is not None and not isinstance(value, bool | int | float):
            raise ValueError(f"feature {name!r} must be true, false, a number or null, not {value!r}")
    return Case(
        text(item["id"]),
        text(item["title"]),
        text(item["vignette"]),
        features,
        codes,
        tuple(item.get("subtypes", ())),
        text(item["explanation"]),
        tuple(WrongAnswer(tuple(one["codes"]), text(one["because"])) for one in item["wrong"]),
        dict(item["decisive"]),
    )


def _end(criterion_id: str, end: str, thresholds: pd.DataFrame) -> str:
    if criterion_id not in thresholds.index:
        raise ValueError(f"the table criteria has no row {criterion_id!r}")
    value = thresholds.at[criterion_id, {"low": "at_least", "high": "at_most"}[end]]
    if pd.isna(value):
        raise ValueError(f"the row {criterion_id!r} of the table criteria has no {end} end")
    return f"{value:g}"
