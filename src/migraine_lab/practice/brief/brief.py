"""One brief: a question (or two that may stand together), its rows, its sentences, its sources, the student's notes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from migraine_lab import data
from migraine_lab.data import package

from .facts_for_notes import NOTES
from .questions import NOBODY, NoQuestion, Question, rows_of
from .reading import happened, named, reading, title
from .together import Together, cautions, put_together, why_not_beside

SAFETY = (
    "Written for a course on reading evidence. It is not medical advice: it does not tell anybody what to take or to stop. "
    "Questions about your own treatment belong to a doctor or pharmacist."
)


@dataclass(frozen=True)
class Brief:
    """A brief. ``second`` is a further question shown under the first; ``notes`` by the keys of NOTES.

    Raises NoQuestion, with the reason in one sentence, where the two may not stand in one brief.
    """

    question: Question
    second: Question | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    day: date = field(default_factory=date.today)

    def __post_init__(self) -> None:
        if self.second is not None:
            reason = why_not_beside(rows_of(self.question), rows_of(self.second))
            if reason:
                raise NoQuestion(reason)

    @cached_property
    def parts(self) -> list[tuple[Question, pd.DataFrame]]:
        """Each question with its rows."""
        return [(one, rows_of(one)) for one in (self.question, self.second) if one is not None]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """All rows, with ``part`` 0 or 1."""
        return pd.concat(
            [rows.assign(part=number) for number, (_, rows) in enumerate(self.parts)], ignore_index=True
        )

    @property
    def title(self) -> str:
        """The question in words."""
        first, *second = self.parts
        asked = title(first[1], first[0])
        if not second:
            return asked
        question, rows = second[0]
        return f"{asked[:-1]} – and with {named(rows, question)}?"

    @property
    def controlled(self) -> bool:
        """Whether the rows have a comparator in their own study."""
        return self.question.comparator != NOBODY

    @cached_property
    def reading(self) -> list[str]:
        """The plain-language reading, a sentence or two an item."""
        said = [sentence for _question, rows in self.parts for sentence in reading(rows)]
        if self.second is not None:
            said += cautions(self.parts[0][1], self.parts[1][1])
        return list(dict.fromkeys(said))

    @cached_property
    def together(self) -> list[Together | None]:
        """The trials of each part put together, None where they are not."""
        return [put_together(rows) for _question, rows in self.parts]

    @property
    def alt(self) -> str:
        """What the figure shows, for those who do not see it: every row with its numbers."""
        lines = []
        for _question, rows in self.parts:
            for row in rows.to_dict("records"):
                rate = f"{row['study']}, {row['arm']}: {row['percent']:.0f} of 100"
                if row["comparator"] != NOBODY:
                    rate += f", {row['comparator_words']} {row['comparator_percent']:.0f} of 100"
                lines.append(rate)
        first = self.rows.iloc[0]
        kind = (
            "each treated arm beside its own comparator"
            if self.controlled
            else "single rates without a comparator, hollow"
        )
        return f"Figure: how many of 100 {happened(first)}; {kind}. {'; '.join(lines)}."

    @property
    def source_ids(self) -> list[str]:
        """Sources of the rows, then of the outcome's definition."""
        outcome = _outcomes().loc[self.question.outcome.split(" / ")[0]]
        return list(
            dict.fromkeys(
                [*self.rows["source_id"], *([outcome["source_id"]] if outcome["source_id"] else [])]
            )
        )

    @property
    def definition(self) -> str:
        """How the field defines the outcome."""
        outcome = _outcomes().loc[self.question.outcome.split(" / ")[0]]
        return f"{outcome['name']}: {outcome['definition'].rstrip('.')}."

    def written(self) -> dict[str, str]:
        """The notes that hold something, by key."""
        return {note.key: text for note in NOTES if (text := str(self.notes.get(note.key, "")).strip())}


@lru_cache(maxsize=1)
def _outcomes() -> pd.DataFrame:
    return data.table("outcomes").set_index("outcome_id")


@lru_cache(maxsize=1)
def data_version() -> str:
    """Version of the data package that the brief rests on."""
    return str(json.loads((Path(package.root()) / "datapackage.json").read_text("utf-8"))["version"])
