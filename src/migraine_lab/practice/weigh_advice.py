"""Weigh a piece of advice: guess what studies found, see what is known, then how a diary could test it."""

from __future__ import annotations

import ipywidgets as widgets

from . import claim_parts, look
from .advice import Advice, load
from .claim_parts import UNASKED

GUESSES = {
    "Studies support it": ("supported",),
    "Mixed: weak, small or only in part": ("partly_supported",),
    "No study found supports it": ("unsupported", "not_checkable"),
    "Studies speak against it": ("contradicted",),
}
"""What a student may guess, and the verdicts of the claims table that it stands for."""

STEPS = ("Show what is known", "How could a diary test it?", "Next advice")


class WeighAdvice(look.Box):
    """The advice of a lesson, one piece at a time, e.g. ``WeighAdvice("04")``; a guess comes before the verdict."""

    def __init__(self, lesson: str) -> None:
        self.lesson = lesson
        self.title, self.items = load(lesson)
        self.right: dict[str, bool] = {}
        self.step = 0
        self.choice = claim_parts.asking(
            "Which advice?", [(one.short, place) for place, one in enumerate(self.items)]
        )
        self.sentence = look.text(spoken=True)
        self.guess = claim_parts.asking("What did studies find, do you think?", [UNASKED, *GUESSES])
        self.answer = look.text(spoken=True)
        self.go_on, self.back = look.button(STEPS[0]), look.button("Back to the advice")
        self.score = claim_parts.score_line()
        self.choice.observe(lambda _: self._ask(), names="value")
        self.go_on.on_click(lambda _: self._go_on())
        self.back.on_click(lambda _: self._ask())
        self.asking = widgets.VBox([self.choice, self.sentence, self.guess])
        steps = claim_parts.row(self.go_on, self.back, self.score)
        super().__init__([self.asking, self.answer, steps])
        self._ask()

    @property
    def advice(self) -> Advice:
        """The advice on screen."""
        return self.items[self.choice.value]

    def _ask(self) -> None:
        """Show the advice and the question; nothing of the answer is on the page yet."""
        claim = self.advice.claim
        said = claim_parts.quoted(claim)
        look.show(self.sentence, f"<p>{said[0].upper()}{said[1:]}</p>")
        self.guess.value = UNASKED
        self._show(0, "")

    def _go_on(self) -> None:
        if self.step == 0:
            self._known()
        elif self.step == 1:
            self._show(2, _test(self.advice))
        else:
            self.choice.value = (self.choice.value + 1) % len(self.items)

    def _known(self) -> None:
        if self.guess.value == UNASKED:
            look.show(self.answer, claim_parts.ASK)
            return
        claim, guessed = self.advice.claim, self.guess.value
        self.right.setdefault(claim["claim_id"], claim["verdict"] in GUESSES[guessed])
        claim_parts.keep(f"{self.lesson}-{claim['claim_id']}", guessed)
        again = f"<p>\u201c{look.escape(claim['claim'])}\u201d</p>"
        self._show(1, again + claim_parts.judged(claim, guessed) + claim_parts.sources(claim))

    def _show(self, step: int, body: str) -> None:
        self.step = step
        look.show(self.answer, body)
        self.go_on.description = self.go_on.tooltip = STEPS[step]
        self.asking.layout.display = "" if step == 0 else "none"
        self.back.layout.display = "none" if step == 0 else ""
        done, right = len(self.right), sum(self.right.values())
        line = f"Your guess and our verdict agreed in {right} of {done}; {len(self.items)} in all."
        look.show(self.score, f'<p class="mlp-quiet">{line if done else ""}</p>')


def _test(advice: Advice) -> str:
    """HTML of the test: what could turn out wrong, what to write, what to compare, what else, what would convince."""
    columns = "; ".join(
        f"<code>{look.escape(column)}</code>: {look.escape(what)}" for column, what in advice.write.items()
    )
    rows = (
        ("The hypothesis", look.escape(advice.hypothesis)),
        ("Write down", columns),
        ("Compare", look.escape(advice.compare)),
        ("Another explanation", look.escape(advice.instead)),
        ("What would change a mind", look.escape(advice.change)),
    )
    body = "".join(f"<tr><th scope='row'>{name}</th><td>{text}</td></tr>" for name, text in rows)
    return f"<table class='mlp-parts'>{body}</table>"
