"""Criteria of a few disorders as a board: each criterion and each of its conditions is met, not met or not known.

A state is said by a mark's shape, by its colour, and for whole criteria by a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import QuickText, width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, shorten, write

MET, FAILED, UNKNOWN, FLAG, ABSENT = "met", "failed", "unknown", "flag", "absent"
WORDS = {MET: "met", FAILED: "not met", UNKNOWN: "not known", FLAG: "there", ABSENT: "not there"}
SHAPES = {MET: "o", FAILED: "x", UNKNOWN: "o", FLAG: "^", ABSENT: "_"}


@dataclass(frozen=True)
class Line:
    """A criterion: its letter in words, its state, what it asks for, and its conditions where it has several."""

    letter: str
    state: str
    label: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Group:
    """A disorder: its title, how it stands ("all met", "nearly: ..."), its criteria."""

    title: str
    standing: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class BoardView:
    """Groups from top to bottom; after the first, one that does not fit is cut to what it lacks, or left out."""

    groups: tuple[Group, ...]


Side = Literal["left", "right"]
Saying = tuple[tuple[float, float], str, str, Side]
"""A text on the board: its place, words, colour and the side on which it is held."""
_cut, _wide = lru_cache(maxsize=1024)(shorten), lru_cache(maxsize=1024)(width)


class CriteriaBoard:
    """Drawing of a BoardView on ``capacity`` lines of text."""

    def __init__(self, look: Look, capacity: int) -> None:
        self.look, self.capacity = look, capacity
        self._row = look.row_height
        self._pixels = look.text / 72 * CSS_DPI
        self.figure: Figure = new_figure(look, capacity * self._row + 12)
        self.axes = place(self.figure, 0, 6, look.width, capacity * self._row)
        self.axes.set(xlim=(0, look.width), ylim=(capacity, 0))
        self.axes.axis("off")
        colours = look.palette
        self._colours = {
            MET: colours.treatment, FAILED: colours.comparator, UNKNOWN: colours.muted, FLAG: colours.claim,
            ABSENT: colours.muted,
        }  # fmt: skip
        size = self._pixels * 0.62
        self._marks = {
            state: self.axes.plot(
                [], [], ls="", marker=SHAPES[state], ms=size * (0.9 if state == FAILED else 1),
                mfc="none" if state == UNKNOWN else colour, mec=colour, mew=2.2 if state == FAILED else 1.5, clip_on=False,
            )[0]
            for state, colour in self._colours.items()
        }  # fmt: skip
        self._rules = [self.axes.plot([], [], color=colours.line, lw=1)[0] for _ in range(8)]
        self._fixed = [write(self.figure, 0, 0, look) for _ in range(capacity * 7)]
        self._moving = [write(self.figure, 0, 0, look) for _ in range(capacity * 2)]
        self.layers: list[list[Artist]] = [[*self._marks.values(), *self._moving]]
        self._static: list[Saying] = []
        self._last: list[Saying] = []
        self.left_out = 0
        """Groups of the last view for which the board had no room."""

    def update(self, view: BoardView) -> int:
        """Move marks, states and counts (1); write what is asked for anew when that changed (0)."""
        self._sayings: tuple[list[Saying], list[Saying]] = ([], [])
        self._points: dict[str, list[tuple[float, float]]] = {state: [] for state in self._marks}
        self.left_out, rules, line = 0, [], 0.0
        for number, whole in enumerate(view.groups):
            group = self._that_fits(whole, self.capacity - line) if number else whole
            if group is None:
                self.left_out += 1
                continue
            if number:
                rules.append(line)
            self._heading(group, line)
            line += 1
            for one in group.lines:
                rows = self._rows(one)
                if line + 1 + len(rows) <= self.capacity:
                    self._criterion(one, rows, line)
                    line += 1 + len(rows)
        for state, marks in self._marks.items():
            marks.set_data([x for x, _ in self._points[state]], [y for _, y in self._points[state]])
        fixed, moving = self._sayings
        _put(self._moving, moving, self._last)
        self._last = moving
        if fixed == self._static:
            return 1
        _put(self._fixed, fixed, self._static)
        self._static = fixed
        for rule, at in zip(self._rules, [*rules, *[None] * len(self._rules)], strict=False):
            rule.set_data([] if at is None else [8, self.look.width - 8], [] if at is None else [at, at])
        return 0

    def _that_fits(self, group: Group, room: float) -> Group | None:
        """Return the whole group, or what it lacks alone, or nothing where there is no room for either."""
        lacking = tuple(one for one in group.lines if one.state != MET)
        short = Group(group.title, f"{group.standing}, rest met" if lacking else group.standing, lacking)
        for one in (group, short):
            if 1 + sum(1 + len(self._rows(line)) for line in one.lines) <= room:
                return one
        return None

    def _say(
        self, x: float, line: float, words: str, colour: str, right: bool = False, moves: bool = False
    ) -> None:
        height = self.figure.get_size_inches()[1] * CSS_DPI
        place_ = (x / self.look.width, 1 - (6 + (line + 0.5) * self._row) / height)
        self._sayings[moves].append((place_, words, colour, "right" if right else "left"))

    def _heading(self, group: Group, line: float) -> None:
        colours, text = self.look.palette, self.look.text
        room = self.look.width - 24
        standing = _cut(group.standing, room * 0.5, text)
        self._say(self.look.width - 8, line, standing, colours.muted, right=True, moves=True)
        left = room - _wide(standing, self._pixels) - 12
        self._say(8, line, _cut(group.title, left, text), colours.claim)

    def _criterion(self, one: Line, rows: list[list[tuple[str, str]]], line: float) -> None:
        colours, em = self.look.palette, self._pixels
        self._points[one.state].append((8 + 0.5 * em, line + 0.5))
        self._say(8 + 1.3 * em, line, WORDS[one.state], self._colours[one.state], moves=True)
        start = 8 + 7.4 * em
        said = _cut(f"{one.letter}  {one.label}".strip(), self.look.width - start - 8, self.look.text)
        self._say(start, line, said, colours.ink, moves=bool(rows))
        for down, row in enumerate(rows, start=1):
            x = start + em
            for words, state in row:
                self._points[state].append((x + 0.4 * em, line + down + 0.5))
                self._say(x + 1.2 * em, line + down, words, colours.ink)
                x += 2.2 * em + _wide(words, em)

    def _rows(self, one: Line) -> list[list[tuple[str, str]]]:
        """Break a criterion's conditions into lines that fit."""
        rows: list[list[tuple[str, str]]] = []
        em, used = self._pixels, np.inf
        room = self.look.width - 16 - 8.4 * em
        for words, state in one.parts if len(one.parts) > 1 else ():
            cut = _cut(words, room - 1.2 * em, self.look.text)
            need = 2.2 * em + _wide(cut, em)
            if used + need - em > room:
                rows.append([])
                used = 0.0
            rows[-1].append((cut, state))
            used += need
        return rows


def _put(texts: list[QuickText], sayings: list[Saying], before: list[Saying]) -> None:
    """Write the sayings, only where they differ from those before: to set a text costs more than to compare two."""
    for place_, text in enumerate(texts):
        now = sayings[place_] if place_ < len(sayings) else None
        if now == (before[place_] if place_ < len(before) else None):
            continue
        if now is None:
            text.set_text("")
            continue
        position, words, colour, side = now
        text.set_position(position)
        text.set_text(words)
        text.set_color(colour)
        text.set_horizontalalignment(side)
