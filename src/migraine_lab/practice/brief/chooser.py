"""Dropdowns that choose a question: each narrows the next, and none is ever empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import ipywidgets as widgets

from .questions import EVERY, LEVELS, Question, choices, settle

ASKED = {
    "people": "People",
    "treatment": "Treatment",
    "comparator": "Compared with",
    "outcome": "Outcome, time and what is counted",
    "studies": "Reports",
    "dose": "Dose",
}


class Chooser(widgets.VBox):
    """One dropdown a level; ``changed`` is called once after all of them are in line again. Hidden: those with one choice."""

    def __init__(self, start: Question, changed: Callable[[], None], told: str = "") -> None:
        self._changed, self._holding = changed, True
        self.lists = {level: self._list(f"{told}{ASKED[level]}") for level in LEVELS}
        columns = "repeat(auto-fit, minmax(300px, 1fr))"
        grid = widgets.GridBox(
            list(self.lists.values()),
            layout=widgets.Layout(width="100%", grid_template_columns=columns, grid_gap="4px 16px"),
        )
        super().__init__([grid])
        self.question = start
        for level, control in self.lists.items():
            control.observe(lambda _change, level=level: self._moved(level), names="value")
        self.set(start)

    @staticmethod
    def _list(words: str) -> widgets.Dropdown:
        control = widgets.Dropdown(description=words)
        control.add_class("mlp-ask")
        control.layout = widgets.Layout(width="100%", height="auto")
        return control

    def set(self, question: Question) -> None:
        """Take a question: every list offers what the choices before it leave."""
        self._holding = True
        try:
            chosen: dict[str, str] = {}
            for level, control in self.lists.items():
                offered = choices(level, chosen)
                control.options = offered
                chosen[level] = getattr(question, level)
                control.value = chosen[level]
                alone = len(offered) == 1 and level in ("studies", "dose")
                control.layout.display = "none" if alone else ""
            self.question = question
        finally:
            self._holding = False

    def _moved(self, level: str) -> None:
        if self._holding:
            return
        wanted = asdict(self.question) | {level: self.lists[level].value}
        if level != "dose" and level != "studies":
            wanted["dose"] = EVERY
        self.set(settle(wanted))
        self._changed()
