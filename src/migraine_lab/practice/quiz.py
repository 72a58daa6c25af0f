"""The self-check: one question at a time, feedback to every answer, a score that counts first tries."""

from __future__ import annotations

import re
from functools import partial

import ipywidgets as widgets

from . import answers, look
from .questions import Question, load

LETTERS = "ABCDEFGH"


class Quiz(look.Box):
    """The quiz of a lesson, e.g. ``Quiz("06")``. One may try again; the score counts first tries only."""

    def __init__(self, quiz_id: str) -> None:
        self.quiz_id = quiz_id
        self.title, self.questions = load(quiz_id)
        self.first: dict[str, bool] = {}
        self.place = 0
        self.heading = look.text()
        self.body = widgets.VBox()
        self.feedback = look.text(spoken=True)
        self.score = look.text(spoken=True)
        self.back, self.forward = look.button("Previous question"), look.button("Next question")
        self.again = look.button("Start again")
        self.back.on_click(lambda _: self.go(self.place - 1))
        self.forward.on_click(lambda _: self.go(self.place + 1))
        self.again.on_click(lambda _: self.restart())
        steps = widgets.HBox(
            [self.back, self.forward, self.again], layout=widgets.Layout(flex_flow="row wrap")
        )
        super().__init__([self.heading, self.body, self.feedback, steps, self.score])
        self.go(0)

    @property
    def question(self) -> Question:
        """The question on screen."""
        return self.questions[self.place]

    def go(self, place: int) -> None:
        """Show the question at this place, counted from 0."""
        self.place = min(max(place, 0), len(self.questions) - 1)
        number = f"Question {self.place + 1} of {len(self.questions)}"
        look.show(
            self.heading, f"<p><strong>{look.escape(self.title)}</strong> \u00b7 {number}</p>", spoken=False
        )
        look.show(self.feedback, "")
        self.body.children = self._number() if self.question.is_number else self._choice()
        self.back.disabled = self.place == 0
        self.forward.disabled = self.place == len(self.questions) - 1
        self._show_score()

    def restart(self) -> None:
        """Forget this round's answers and begin at the first question."""
        self.first = {}
        self.go(0)

    def _choice(self) -> tuple[widgets.Widget, ...]:
        ask = look.text(f"<p>{look.escape(self.question.ask)}</p>")
        buttons = []
        for place, option in enumerate(self.question.options):
            button = widgets.Button(description=f"{LETTERS[place]}.  {option.answer}", tooltip=option.answer)
            button.add_class("mlp-option")
            button.on_click(partial(self._chosen, place))
            buttons.append(button)
        return (ask, *buttons)

    def _chosen(self, place: int, button: widgets.Button) -> None:
        option = self.question.options[place]
        mark = "\u2713" if option.right else "\u2717"
        button.description = f"{LETTERS[place]}.  {option.answer}  {mark}"
        self._answered(option.right, option.because)

    def _number(self) -> tuple[widgets.Widget, ...]:
        field = widgets.Text(description=self.question.ask, placeholder=f"a number{self._unit()}")
        field.add_class("mlp-ask")
        field.layout = widgets.Layout(width="100%", height="auto")
        send = look.button("Check my number")
        look.when_typed(field, send, lambda: self._typed(field.value))
        return (field, send)

    def _unit(self) -> str:
        return f" ({self.question.unit})" if self.question.unit else ""

    def _typed(self, typed: str) -> None:
        match = re.fullmatch(r"\s*([+\-]?\d+(?:[.,]\d+)?)\s*%?\s*", typed.replace("\u2212", "-"))
        if not match:
            look.show(self.feedback, "<p>Write one number, digits only.</p>")
            return
        self._answered(*self.question.judge_number(float(match[1].replace(",", "."))))

    def _answered(self, right: bool, because: str) -> None:
        self.first.setdefault(self.question.question_id, right)
        answers.keep_question(self.question.question_id, right)
        if len(self.first) == len(self.questions):
            answers.keep_score(self.quiz_id, self.first)
        said, trouble = look.verdict(right, look.escape(because)), answers.notice()
        said += f'<p class="mlp-quiet">{look.escape(trouble)}</p>' if trouble else ""
        look.show(self.feedback, said)
        self._show_score()

    def _show_score(self) -> None:
        look.first_tries(self.score, self.first, len(self.questions))
