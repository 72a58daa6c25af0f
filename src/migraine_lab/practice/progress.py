"""How far a student has come: which objectives of the lessons her own answers show, and what is kept of her work."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from . import answers, look, room
from .questions import QuizError, folder

REACHED, BEGUN, OPEN = "reached", "begun", "open"
SIGNS = {REACHED: "\u2713", BEGUN: "\u25d0", OPEN: "\u25cb"}
"""What stands before each word, so that a list can be scanned; the word itself is always there too."""
WHERE = {"beliefs/before": "what you believe, lesson 00", "beliefs/after": "what you believe, lesson 11"}


@dataclass(frozen=True)
class Objective:
    """One objective of a lesson, and what shows that it is reached.

    shown_by : an exercise ("06-nnt"), a question of the self-check ("06-q4"), or a section of the answers file
    and a key in it ("beliefs/before"; "briefs/*" stands for any key).
    """

    lesson: str
    words: str
    shown_by: tuple[str, ...]

    def missing(self, book: answers.Book) -> list[str]:
        """Return what is still to be done for it, in the words of a student."""
        return [_named(one) for one in self.shown_by if not _done(one, book)]

    def state(self, book: answers.Book) -> str:
        """Return "reached", "begun" or "open"."""
        left = len(self.missing(book))
        return REACHED if not left else OPEN if left == len(self.shown_by) else BEGUN


@cache
def objectives() -> tuple[Objective, ...]:
    """Return the objectives of all lessons in their order. QuizError when the file cannot be read."""
    try:
        raw = json.loads((folder() / "objectives.json").read_text(encoding="utf-8"))["objectives"]
        return tuple(
            Objective(lesson, item["objective"], tuple(item["shown_by"]))
            for lesson, items in raw.items()
            for item in items
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise QuizError(f"objectives.json: {error}") from error


class Progress(look.Box):
    """Objectives reached across the lessons, scores and guesses, all from the student's own file; a copy, and a reset.

    Nothing is marked and nothing leaves the computer.
    """

    title = "How far have you come?"

    def __init__(self) -> None:
        self.report = look.text(spoken=True)
        self.again, self.copy = look.button("Look again"), look.button("Save a copy of my answers")
        self.copied = look.text(spoken=True)
        self.again.on_click(lambda _: self.refresh())
        self.copy.on_click(lambda _: self._save())
        self.forget = room.Forget()
        super().__init__([self.report, self.again, self.copy, self.copied, self.forget])
        self.refresh()

    def refresh(self) -> None:
        """Read the file again and show what it holds."""
        book = answers.read()
        rows = [_row(item["lesson"], book) for item in room.lessons()]
        states = [one.state(book) for one in objectives()]
        trouble = answers.notice()
        said = [
            f"Objectives reached: {states.count(REACHED)} of {len(states)}; begun: {states.count(BEGUN)}."
        ]
        said += [f"Your answers are in {answers.path()}, on this computer only."]
        said += [trouble] if trouble else []
        heads = ("lesson", "objectives", "exercises solved", "self-check, first and last", "guesses kept")
        head = "".join(f'<th scope="col">{one}</th>' for one in heads)
        lists = "".join(_list(item["lesson"], book) for item in room.lessons())
        look.show(
            self.report,
            f"<p>{look.escape(' '.join(said))}</p><table><tr>{head}</tr>{''.join(rows)}</table>{lists}",
        )

    def _save(self) -> None:
        try:
            copy = answers.save_copy()
        except OSError as error:
            where = error.filename or "this folder"
            look.show(
                self.copied,
                f"<p>The copy could not be written to {look.escape(where)}. {_download()}</p>",
            )
            return
        look.show(self.copied, f"<p>Saved as {look.escape(copy)}. {_download()}</p>")


def _download() -> str:
    """Return a link that holds the answers themselves: it works where the kernel's folder is out of reach."""
    held = base64.b64encode(answers.as_text(answers.read()).encode()).decode()
    return (
        f'<a download="migraine-lab-answers.json" href="data:application/json;base64,{held}">'
        "Or download them here.</a>"
    )


def _row(lesson: str, book: answers.Book) -> str:
    number = lesson[:2]
    states = [one.state(book) for one in objectives() if one.lesson == number]
    exercises = [one for one in _exercises() if one.startswith(f"{number}-")]
    solved = sum(one in book["exercises"] for one in exercises)
    guessed = sum(key.startswith(f"{number}-") for key in book["guesses"])
    cells = (
        f"{states.count(REACHED)} of {len(states)}" if states else "\u2013",
        f"{solved} of {len(exercises)}" if exercises else "\u2013",
        _scores(book["quizzes"].get(number, {})),
        str(guessed) if guessed else "\u2013",
    )
    return (
        f'<tr><th scope="row">{look.escape(lesson)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
    )


def _scores(kept: answers.Entry) -> str:
    """Return "5, then 8 of 8"; a dash where no round was finished or the entry makes no sense."""
    rounds = [kept.get(name) for name in ("first", "last")]
    pairs = [(one.get("right"), one.get("of")) for one in rounds if isinstance(one, dict)]
    if len(pairs) < 2 or not all(isinstance(part, int) for pair in pairs for part in pair):
        return "\u2013"
    (first, _), (last, of) = pairs
    return f"{first}, then {last} of {of}"


def _list(lesson: str, book: answers.Book) -> str:
    """Return the objectives of a lesson, folded, each with its state and what is missing."""
    mine = [one for one in objectives() if one.lesson == lesson[:2]]
    if not mine:
        return ""
    lines = "".join(f"<li>{_line(one, book)}</li>" for one in mine)
    return f"<details><summary>{look.escape(lesson)}</summary><ul style='list-style:none;padding-left:0'>{lines}</ul></details>"


def _line(one: Objective, book: answers.Book) -> str:
    state, missing = one.state(book), one.missing(book)
    rest = f" Still open: {look.escape('; '.join(missing))}." if missing else ""
    return f"{SIGNS[state]} <strong>{state}</strong>: {look.escape(one.words)}.{rest}"


def _exercises() -> Iterable[str]:
    from .exercises import EXERCISES  # here: they read tables, and a page of progress need not wait for them

    return EXERCISES


def _is_question(name: str) -> bool:
    return name[3:4] == "q" and name[4:].isdigit()


def _done(name: str, book: answers.Book) -> bool:
    section, found, key = name.partition("/")
    if found:
        return bool(book[section]) if key == "*" else key in book[section]
    if _is_question(name):
        return bool(book["questions"].get(name, {}).get("right"))
    return name in book["exercises"]


def _named(name: str) -> str:
    if "/" in name:
        return WHERE.get(name, f"an entry in {name.partition('/')[0]}")
    return f"question {name[4:]} of the self-check" if _is_question(name) else f"exercise {name[3:]}"
