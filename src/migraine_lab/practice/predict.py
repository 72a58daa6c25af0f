"""Guess first, then look. The answer is not on the page until the student has committed herself."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import ipywidgets as widgets

from . import answers, look, pictures, words

Truth = float | int | str | Any
KINDS = ("percent", "number", "choice", "sure")
TELLERS = {"data": "say", "model": "says", "simulation": "says"}
NAMES = {"sure": ("How sure, 0 to 100", " of 100"), "percent": ("0 to 100", " %")}


class Predict(look.Box):
    """One question, one labelled input, one button; then the guess and the data side by side.

    question_id : readable id such as ``"06-placebo-champ"``; the guess is kept under it.
    prompt : the question; it is the label of the input.
    kind : "percent" (0-100), "number", "choice" (from ``options``) or "sure" (0-100, a belief: no truth).
    truth : a number, an option, a row with events and n (its counts are then told), or a function giving one.
    unit : word after a number, e.g. "days".
    before : id of an earlier guess to set this one beside, for before and after.
    values : what stands in braces in ``prompt`` and ``then``, see :mod:`words`; ``truth`` may be an address.
    told_by : who knows the truth: "data", "model" or "simulation"; the reveal says so.
    then : a sentence, or a function of the guess that gives one, shown after the truth.

    The first guess stays kept however often the question is asked again.
    """

    def __init__(
        self,
        question_id: str,
        prompt: str,
        kind: str = "percent",
        truth: Truth | Callable[[], Truth] | None = None,
        options: Sequence[str] = (),
        unit: str = "",
        before: str | None = None,
        then: str | Callable[[Any], str] = "",
        told_by: str = "data",
        **values: Any,
    ) -> None:
        truth, prompt = words.look_up(truth), words.fill(prompt, **values)
        then = words.fill(then, **values) if isinstance(then, str) else then
        _refuse(question_id, kind, truth, options)
        if told_by not in TELLERS:
            raise ValueError(f"told_by is one of {', '.join(TELLERS)}, not {told_by!r}")
        self._teller = f"the {told_by}"
        self._says = f"The {told_by} {TELLERS[told_by]}"
        self.question_id, self.title, self.kind = question_id, prompt, kind
        self._truth, self._options, self._unit, self._then, self._before = (
            truth,
            list(options),
            unit,
            then,
            before,
        )
        self.field = self._input(prompt)
        self.commit = look.button("Keep my answer" if kind == "sure" else "Commit my guess")
        look.when_typed(self.field, self.commit, self._answer)
        self.answer = look.text(spoken=True)
        self._asked_twice: Any = None
        super().__init__([self.field, self.commit, self.answer])

    def _input(self, prompt: str) -> widgets.Widget:
        if self.kind == "choice":
            field = widgets.Dropdown(options=["Choose one", *self._options], description=prompt)
        else:
            hint = NAMES.get(self.kind, (f"a number ({self._unit})" if self._unit else "a number", ""))[0]
            field = widgets.Text(placeholder=hint, description=prompt)
        field.add_class("mlp-ask")
        field.layout = widgets.Layout(width="100%", height="auto")
        return field

    def _answer(self) -> None:
        """Read the input; keep the guess and show the data, or say what is missing."""
        guessed, problem = self._read()
        if problem:
            look.show(self.answer, f"<p>{look.escape(problem)}</p>")
            return
        truth = self._truth() if callable(self._truth) else self._truth
        kept = keep_guess(self.question_id, guessed, self.title, _plain(truth), self._unit_text())
        said = [self._shown(guessed, truth)]
        then = self._then(guessed) if callable(self._then) else self._then
        said += [f"<p>{look.escape(then)}</p>"] if then else []
        if kept["tries"] > 1 and kept["first"] != guessed:
            said.append(
                f'<p class="mlp-quiet">Your first answer was {look.escape(self._written(kept["first"]))}; '
                "that one stays kept.</p>"
            )
        trouble = answers.notice()
        said += [f'<p class="mlp-quiet">{look.escape(trouble)}</p>'] if trouble else []
        look.show(self.answer, "".join(said))
        self.commit.description = "Answer again"

    def _read(self) -> tuple[Any, str]:
        """(guess, "") or (None, what to do)."""
        typed = str(self.field.value or "").strip()
        if self.kind == "choice":
            return (typed, "") if typed in self._options else (None, "Choose one of the answers first.")
        if not typed:
            return None, "Write a number first; a rough one will do."
        match = re.fullmatch(
            r"([+\-\u2212]?\d+(?:[.,]\d+)?)\s*(%|percent|" + re.escape(self._unit or "%") + ")?", typed
        )
        if not match:
            return None, f"“{typed}” is not one number. Write digits only, for example 40."
        value = float(match[1].replace(",", ".").replace("\u2212", "-"))
        if self.kind in ("percent", "sure") and not 0 <= value <= 100:
            return None, "Write a number from 0 to 100."
        if self.kind == "percent" and 0 < value < 1 and self._asked_twice != value:
            self._asked_twice = value
            meant = words.number(100 * value)
            return (
                None,
                f"That is less than one in a hundred. Did you mean {meant}? If not, commit once more.",
            )
        return value, ""

    def _shown(self, guessed: Any, truth: Any) -> str:
        if self.kind == "choice":
            return self._shown_choice(guessed, truth)
        if self.kind == "sure":
            return self._shown_belief(guessed)
        value = words.share(truth) if words.is_row(truth) else float(truth)
        if not math.isfinite(value):
            return f"<p>You guessed {look.escape(self._written(guessed))}. The source prints no figure.</p>"
        told = words.rate(truth) if words.is_row(truth) else self._written(value)
        sentence = (
            f"You guessed {self._written(guessed)}. {self._says} {told}. {self._distance(guessed, value)}"
        )
        marks = [
            pictures.Mark("your guess:", guessed, self._written(guessed), hollow=True),
            pictures.Mark(f"{self._teller}:", value, self._written(value)),
        ]
        of_hundred = self.kind == "percent" or (self._unit == "of 100" and 0 <= guessed <= 100)
        low, high = (0.0, 100.0) if of_hundred else pictures.ends([guessed, value])
        unit = " %" if self.kind == "percent" else ""
        return pictures.scale(marks, low, high, unit, sentence) + f"<p>{look.escape(sentence)}</p>"

    def _shown_choice(self, guessed: str, truth: str) -> str:
        lines = []
        for option in self._options:
            signs = [
                word
                for word, held in (("your choice", option == guessed), (self._teller, option == truth))
                if held
            ]
            note = f" \u2190 <strong>{' and '.join(signs)}</strong>" if signs else ""
            lines.append(f"<li>{look.escape(option)}{note}</li>")
        right = f"You and {self._teller} agree." if guessed == truth else f"{self._says} otherwise."
        return f"<ul>{''.join(lines)}</ul><p>{right}</p>"

    def _shown_belief(self, value: float) -> str:
        earlier = guess(self._before) if self._before else None
        if not isinstance(earlier, (int, float)):
            missing = "Your answer from the start was not found, so there is nothing to set beside it."
            more = missing if self._before else "You will meet it again."
            return f"<p>Kept: {words.number(value)} of 100. {more}</p>"
        sentence = (
            f"At the start you said {words.number(earlier)} of 100; now you say {words.number(value)} of 100."
        )
        marks = [
            pictures.Mark("at the start:", earlier, words.number(earlier), hollow=True),
            pictures.Mark("now:", value, words.number(value)),
        ]
        return pictures.scale(marks, 0, 100, "", sentence) + f"<p>{look.escape(sentence)}</p>"

    def _distance(self, guessed: float, truth: float) -> str:
        gap = guessed - truth
        small = 2 if self.kind == "percent" else abs(truth) * 0.05
        if abs(gap) <= small:
            return "That is close."
        size = words.number(abs(gap), 0 if self.kind == "percent" or abs(gap) >= 10 else None)
        size += " points" if self.kind == "percent" else ""
        return f"Your guess was {size} too {'high' if gap > 0 else 'low'}."

    def _written(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        return words.percent(value) if self.kind == "percent" else words.number(value) + self._unit_text()

    def _unit_text(self) -> str:
        return NAMES[self.kind][1] if self.kind in NAMES else (f" {self._unit}" if self._unit else "")


def guess(question_id: str) -> float | str | None:
    """Return the first guess kept under this id; None when there is none or the entry makes no sense."""
    kept = answers.entry("guesses", question_id) or {}
    first = kept.get("first")
    return first if isinstance(first, (int, float, str)) and not isinstance(first, bool) else None


def keep_guess(question_id: str, guessed: Any, prompt: str, truth: Any, unit: str) -> answers.Entry:
    """Keep a guess; the first one is never replaced. Returns the entry."""
    entry: answers.Entry = {}

    def change(old: answers.Entry | None) -> answers.Entry:
        old = old or {}
        now = datetime.now(UTC).isoformat(timespec="seconds")
        tries = old.get("tries")
        entry.update(old)
        entry.update(
            last=guessed,
            tries=(tries if isinstance(tries, int) else 0) + 1,
            prompt=prompt,
            truth=truth,
            unit=unit,
        )
        entry.setdefault("first", guessed)
        entry.setdefault("first_at", now)
        return entry

    answers.keep("guesses", question_id, change)
    return entry


def _plain(truth: Any) -> Any:
    """Return the truth as JSON can hold it."""
    if truth is None or isinstance(truth, str):
        return truth
    value = words.share(truth) if words.is_row(truth) else float(truth)
    return value if math.isfinite(value) else None


def _refuse(question_id: str, kind: str, truth: Any, options: Sequence[str]) -> None:
    if not question_id:
        raise ValueError("a prediction needs a question_id to be kept under")
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}; it can be {', '.join(KINDS)}")
    if kind == "choice" and len(options) < 2:
        raise ValueError(f"{question_id}: a choice needs at least two options")
    if kind == "choice" and not callable(truth) and truth not in options:
        raise ValueError(f"{question_id}: the truth {truth!r} is not among the options")
    if kind != "sure" and truth is None:
        raise ValueError(f"{question_id}: only a question of kind 'sure' goes without a truth")
