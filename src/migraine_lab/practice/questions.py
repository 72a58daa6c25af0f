"""Quiz questions read from data/quizzes/: their figures are filled from the data, then they can be asked."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migraine_lab.data import package

from . import facts, words


class QuizError(ValueError):
    """A quiz file that cannot be asked; the text names the file and the place."""


@dataclass(frozen=True)
class Option:
    """One offered answer; ``because`` says why it is right, or why someone would think so all the same."""

    answer: str
    because: str
    right: bool = False


@dataclass(frozen=True)
class Slip:
    """A wrong number that people do give, and what to say about it."""

    value: float
    because: str


@dataclass(frozen=True)
class Question:
    """One question: a choice among options, or a number with its known slips."""

    question_id: str
    ask: str
    options: tuple[Option, ...] = ()
    number: float = math.nan
    tolerance: float = 0.0
    unit: str = ""
    praise: str = ""
    slips: tuple[Slip, ...] = ()
    otherwise: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the answer is typed rather than chosen."""
        return not self.options

    def judge_number(self, value: float) -> tuple[bool, str]:
        """(right, what to say) for a typed number."""
        if abs(value - self.number) <= self.tolerance:
            return True, self.praise
        for slip in self.slips:
            if abs(value - slip.value) <= self.tolerance:
                return False, slip.because
        return False, self.otherwise


def folder() -> Path:
    """data/quizzes, beside the tables."""
    return Path(package.root()) / "quizzes"


def load(quiz_id: str) -> tuple[str, tuple[Question, ...]]:
    """(title, questions) of a quiz. QuizError names the file and what is wrong in it."""
    path = folder() / f"{quiz_id}.json"
    if not path.is_file():
        there = ", ".join(sorted(file.stem for file in folder().glob("[0-9]*.json"))) or "none"
        raise QuizError(f"there is no quiz {quiz_id!r}; there are: {there}")
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        known = facts.resolve(raw.get("facts", {}))
        questions = tuple(_question(item, known) for item in raw["questions"])
        title = raw["title"]
    except (KeyError, ValueError, TypeError) as error:
        raise QuizError(f"{path.name}: {error}") from error
    return title, questions


def _question(item: Mapping[str, Any], known: Mapping[str, Any]) -> Question:
    def filled(text: str) -> str:
        return words.fill(text, **known)

    if "options" in item:
        options = tuple(
            Option(filled(one["answer"]), filled(one["because"]), bool(one.get("right", False)))
            for one in item["options"]
        )
        if sum(option.right for option in options) != 1:
            raise QuizError(f"question {item['question_id']} needs exactly one right option")
        return Question(item["question_id"], filled(item["ask"]), options=options)
    return Question(
        item["question_id"],
        filled(item["ask"]),
        number=float(known[item["answer"]]),
        tolerance=float(item["tolerance"]),
        unit=item.get("unit", ""),
        praise=filled(item["because"]),
        slips=tuple(Slip(float(known[slip["answer"]]), filled(slip["because"])) for slip in item["slips"]),
        otherwise=filled(item["otherwise"]),
    )
