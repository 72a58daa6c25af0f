"""Exercise checks that name the mistake: each knows the right answer and the usual wrong ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from IPython.display import display

from . import answers, look


class MisfitError(ValueError):
    """An answer of the wrong type or shape; the text says what was expected."""


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that people do give: its short name, its value, and what to say about it."""

    name: str
    value: Any
    hint: str


@dataclass(frozen=True)
class Verdict:
    """What a check found. ``mistake`` is the short name of a recognised mistake, or empty."""

    right: bool
    sentence: str
    mistake: str = ""

    def _repr_html_(self) -> str:
        judged = look.verdict(self.right, look.escape(self.sentence))
        return f'{look.styled()}<div class="mlp-text">{judged}</div>'

    def __repr__(self) -> str:
        return f"{'Right.' if self.right else 'Not yet.'} {self.sentence}"


@dataclass(frozen=True)
class Numbers:
    """An answer of some numbers, e.g. Numbers(("low", "high"), 0.01); right within ``tolerance`` of each.

    ``relative`` makes the tolerance a share of the right value (for NNT), otherwise it is absolute.
    """

    parts: tuple[str, ...]
    tolerance: float
    relative: bool = False

    def read(self, answer: Any) -> tuple[float, ...]:
        """Return the answer as floats. MisfitError says what was expected."""
        wanted = " and ".join(self.parts) if len(self.parts) < 3 else ", ".join(self.parts)
        items = list(_items(answer))
        if len(items) != len(self.parts):
            expected = "one number" if len(self.parts) == 1 else f"{len(self.parts)} numbers"
            raise MisfitError(f"The check needs {expected} ({wanted}); it was given {_counted(items)}.")
        return tuple(_number(item, name) for item, name in zip(items, self.parts, strict=True))

    def same(self, answer: tuple[float, ...], truth: Any) -> bool:
        """Whether every part is near enough."""
        truths = tuple(_items(truth))
        return len(truths) == len(answer) and all(
            abs(a - t) <= self.tolerance * (abs(t) if self.relative else 1) + 1e-12
            for a, t in zip(answer, truths, strict=True)
        )


@dataclass(frozen=True)
class Names:
    """An answer of names, in any order, e.g. studies; one name may stand alone."""

    what: str

    def read(self, answer: Any) -> frozenset[str]:
        """Return the answer as a set of texts. MisfitError says what was expected."""
        items = list(_items(answer))
        if not items:
            raise MisfitError(f"The check needs {self.what}; it was given an empty list.")
        if not all(isinstance(item, str) for item in items):
            kind = type(next(item for item in items if not isinstance(item, str))).__name__
            raise MisfitError(
                f"The check needs {self.what}, as text; it was given {_counted(items)} of type {kind}."
            )
        return frozenset(items)

    def same(self, answer: frozenset[str], truth: Any) -> bool:
        """Whether the names are the same ones."""
        return answer == frozenset(_items(truth))


@dataclass(frozen=True)
class Exercise:
    """One exercise. ``truth`` and ``mistakes`` are functions: nothing is computed before it is asked for.

    otherwise : said to an answer that is wrong in a way nobody foresaw.
    praise : said to the right answer; it gets the truth.
    """

    exercise_id: str
    shape: Numbers | Names
    truth: Callable[[], Any]
    mistakes: Callable[[], Sequence[Mistake]]
    otherwise: str
    praise: Callable[[Any], str] = field(default=lambda truth: "That is it.")

    def judge(self, answer: Any) -> Verdict:
        """Right, a recognised mistake, or a plain no."""
        if answer is None or answer is Ellipsis:
            return Verdict(
                False, "There is no answer yet: give the check the value that you computed.", "empty"
            )
        try:
            given = self.shape.read(answer)
        except MisfitError as misfit:
            return Verdict(False, str(misfit), "shape")
        truth = self.truth()
        if self.shape.same(given, truth):  # type: ignore[arg-type]
            return Verdict(True, self.praise(truth))
        for mistake in self.mistakes():
            if self.shape.same(given, mistake.value):  # type: ignore[arg-type]
                return Verdict(False, mistake.hint, mistake.name)
        return Verdict(False, self.otherwise)


def judge(exercise_id: str, answer: Any) -> Verdict:
    """Return the verdict on an answer, not shown. KeyError names the exercises that exist."""
    from .exercises import EXERCISES  # here, because the exercises are written with the classes above

    if exercise_id not in EXERCISES:
        raise KeyError(f"there is no exercise {exercise_id!r}; there are {', '.join(sorted(EXERCISES))}")
    return EXERCISES[exercise_id].judge(answer)


def check(exercise_id: str, answer: Any) -> None:
    """Show one sentence: right, or which mistake it looks like. That it was solved is kept for the student."""
    verdict = judge(exercise_id, answer)
    if verdict.right:
        answers.keep_solved(exercise_id)
    display(verdict)  # type: ignore[no-untyped-call]


def as_percent(mistaken: Any) -> Any:
    """Return the same numbers a hundred times larger, for the commonest mistake of all."""
    return tuple(100 * part for part in _items(mistaken))


def _items(answer: Any) -> Iterable[Any]:
    if isinstance(answer, pd.DataFrame):
        raise MisfitError(
            f"The check was given a whole table ({answer.shape[0]} rows); give it only the answer."
        )
    if isinstance(answer, dict):
        raise MisfitError("The check was given a dictionary; give it the answer alone.")
    if isinstance(answer, str) or not hasattr(answer, "__iter__") or getattr(answer, "ndim", 1) == 0:
        return [answer]
    return list(answer)


def _number(item: Any, name: str) -> float:
    if isinstance(item, (bool, str)) or item is None:
        raise MisfitError(
            f"“{name}” should be a number; it was given {item!r}. Did quotation marks slip in?"
            if isinstance(item, str)
            else f"“{name}” should be a number; it was given {item!r}."
        )
    try:
        value = float(item)
    except (TypeError, ValueError):
        raise MisfitError(f"“{name}” should be a number; it was given a {type(item).__name__}.") from None
    if math.isnan(value):
        raise MisfitError(f"“{name}” is NaN, “not a number”: a count was missing where you computed it.")
    return value


def _counted(items: Sequence[Any]) -> str:
    return "one value" if len(items) == 1 else f"{len(items)} values"
