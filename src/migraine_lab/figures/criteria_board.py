"""Criteria of a few disorders as a board: each criterion and each of its conditions is met, not met or not known.

A state is said by a mark's shape, by its colour, and for whole criteria by a word.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import width
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
        size = (self._pixels * 0.62) ** 2
        self._marks = {
            state: self.axes.scatter(
                [], [], s=size * (0.8 if state == FAILED else 1), marker=SHAPES[state],
                facecolors="none" if state == UNKNOWN else colour, edgecolors=None if SHAPES[state] in "x_" else colour,
                linewidths=2.2 if state == FAILED else 1.5, clip_on=False,
            )
            for state, colour in self._colours.items()
        }  # fmt: skip
        self._rules = [self.axes.plot([], [], color=colours.line, lw=1)[0] for _ in range(8)]
        self._texts = [write(self.figure, 0, 0, look) for _ in range(capacity * 7)]
        self.layers: list[list[Artist]] = [[*self._rules, *self._marks.values(), *self._texts]]
        self.left_out = 0
        """Groups of the last view for which the board had no room."""

    def update(self, view: BoardView) -> int:
        """Write the board anew; nothing on it is static, so one layer always moves."""
        self._used = 0
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
        for text in self._texts[self._used :]:
            text.set_text("")
        for state, marks in self._marks.items():
            marks.set_offsets(np.array(self._points[state]).reshape(-1, 2))
        for rule, at in zip(self._rules, [*rules, *[None] * len(self._rules)], strict=False):
            rule.set_data([] if at is None else [8, self.look.width - 8], [] if at is None else [at, at])
        return 1

    def _that_fits(self, group: Group, room: float) -> Group | None:
        """Return the whole group, or what it lacks alone, or nothing where there is no room for either."""
        lacking = tuple(one for one in group.lines if one.state != MET)
        short = Group(group.title, f"{group.standing}, the others met", lacking)
        for one in (group, short):
            if one.lines and 1 + sum(1 + len(self._rows(line)) for line in one.lines) <= room:
                return one
        return None

    def _say(self, x: float, line: float, words: str, colour: str, right: bool = False) -> None:
        text = self._texts[self._used]
        self._used += 1
        height = self.figure.get_size_inches()[1] * CSS_DPI
        text.set_position((x / self.look.width, 1 - (6 + (line + 0.5) * self._row) / height))
        text.set(text=words, color=colour, ha="right" if right else "left")

    def _heading(self, group: Group, line: float) -> None:
        colours = self.look.palette
        room = self.look.width - 24
        standing = shorten(group.standing, room * 0.5, self.look.text)
        self._say(self.look.width - 8, line, standing, colours.muted, right=True)
        left = room - width(standing, self._pixels) - 12
        self._say(8, line, shorten(group.title, left, self.look.text), colours.claim)

    def _criterion(self, one: Line, rows: list[list[tuple[str, str]]], line: float) -> None:
        colours, em = self.look.palette, self._pixels
        self._points[one.state].append((8 + 0.5 * em, line + 0.5))
        self._say(8 + 1.3 * em, line, WORDS[one.state], self._colours[one.state])
        start = 8 + 7.4 * em
        said = f"{one.letter}  {one.label}".strip()
        self._say(start, line, shorten(said, self.look.width - start - 8, self.look.text), colours.ink)
        for down, row in enumerate(rows, start=1):
            x = start + em
            for words, state in row:
                self._points[state].append((x + 0.4 * em, line + down + 0.5))
                self._say(x + 1.1 * em, line + down, words, colours.ink if state == MET else colours.muted)
                x += 2.1 * em + width(words, em)

    def _rows(self, one: Line) -> list[list[tuple[str, str]]]:
        """Break a criterion's conditions into lines that fit."""
        rows: list[list[tuple[str, str]]] = []
        em, used = self._pixels, np.inf
        room = self.look.width - 8 - 8.4 * em - 8
        for words, state in one.parts if len(one.parts) > 1 else ():
            cut = shorten(words, room - 1.1 * em, self.look.text)
            need = 2.1 * em + width(cut, em)
            if used + need - em > room:
                rows.append([])
                used = 0.0
            rows[-1].append((cut, state))
            used += need
        return rows
