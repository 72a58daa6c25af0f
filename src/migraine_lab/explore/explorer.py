"""The contract of every explorer: controls, evidence, drawing, a sentence that reads it, a recipe; four tabs, one reset.

A new explorer writes ``make_controls``, ``evidence``, ``make_drawing``, ``view``, ``say`` and ``recipe``; everything
else (tabs, messages, themes, slides, names for screen readers, keeping the last good picture) happens here.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab.explore import parts
from migraine_lab.explore.controls import domain, domain_text, options
from migraine_lab.explore.keys import Keys
from migraine_lab.explore.live_figure import Drawing, LiveFigure
from migraine_lab.explore.screen import Screen
from migraine_lab.figures.style import Look

TABS = ("Figure", "Numbers", "Sources", "Recipe")


class CannotShow(Exception):
    """Raised by an explorer when the current choice gives no picture; its text is one sentence for the person."""


class Explorer(widgets.VBox):
    """A picture with controls, the numbers behind it, their sources and a recipe.

    Keyword arguments set controls by name; a name or value that does not exist is said in a sentence on the explorer.
    """

    title: ClassVar[str] = ""
    columns: ClassVar[Mapping[str, str]] = {}
    """Columns of evidence() shown in the Numbers tab, with their headings."""
    more: ClassVar[tuple[str, ...]] = ()
    """Controls that wait behind the button "More choices"."""
    view_only: ClassVar[tuple[str, ...]] = ()
    """Controls that change the picture but not the evidence, so that moving them costs no selection or statistics."""
    recipe_columns: ClassVar[Mapping[str, str]] = {"low": "low", "high": "high"}
    """Columns of the recipe's ``rows`` and those of evidence() that hold the same numbers; a test compares them."""
    recipe_key: ClassVar[str] = "result_id"
    """Column by which the recipe's rows find theirs in evidence(); where ``rows`` lacks it, the first rows are meant."""
    on_slide: ClassVar[tuple[str, ...]] = ()
    """Controls that stay on a slide, where room is short (all of them where this is empty)."""

    def __init__(self, **state: Any) -> None:
        self._holding = True
        self._frame: pd.DataFrame | None = None
        self._frame_state: tuple[Any, ...] = ()
        self.controls: dict[str, widgets.Widget] = self.make_controls()
        self.screen = Screen()
        self.live = LiveFigure(self.make_drawing(self.screen.look()))
        self._about, self._sentence, self._message = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._about.add_class("ml-about")
        self._sentence.add_class("ml-sentence")
        self._message.add_class("ml-message")
        self._pages = {name: widgets.HTML() for name in TABS[1:]}
        super().__init__(children=self._arrange())
        self.add_class("ml-explorer")
        self._start = self.state()
        self._complaint = ""
        try:
            self.set(**state)
        except ValueError as error:
            self._complaint = str(error)  # stays in sight until a control is moved
        self._start = self.state()
        for name, control in self.controls.items():
            control.observe(lambda _change, name=name: self._changed(name), names="value")
        self.screen.observe(self._look_changed, names="page")
        self._tabs.observe(lambda _change: self._fill_tab(), names="selected_index")
        self.look_changed()
        self._holding = False
        self._show_controls()
        self.refresh()

    # -- what an explorer writes -----------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls by name; each has ``options`` or ``min``/``max``, so that tests and export can walk it."""
        raise NotImplementedError

    def adapt(self, name: str) -> None:
        """Bring other controls into line after control ``name`` changed (new options, for example)."""

    def make_evidence(self) -> pd.DataFrame:
        """Return the rows behind the picture for the current choice, with a source_id each. No side effects."""
        raise NotImplementedError

    def make_drawing(self, look: Look) -> Drawing:
        """Return the drawing for a look; called again when theme, room or pixel ratio change."""
        raise NotImplementedError

    def view(self) -> Any:
        """Return what the drawing shows now; raise CannotShow when there is nothing to show."""
        raise NotImplementedError

    def say(self) -> str:
        """Return the sentences that read the figure, a line each subject; also the picture's text alternative."""
        raise NotImplementedError

    def about(self) -> str:
        """Return a line that stands above the picture, such as the definition of the chosen outcome ("" for none)."""
        return ""

    def recipe(self) -> str:
        """Return a few lines of pandas / statsmodels that end in a frame ``rows`` with the numbers of evidence()."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Make the drawing anew, for another look or another number of rows; the next refresh shows it."""
        self.live.use(self.make_drawing(self.screen.look()))
        self._keep_room()

    def look_changed(self) -> None:
        """Bring controls into line after theme, room or presenting changed (pages are shorter on a slide)."""

    def visible(self, name: str) -> bool:
        """Return whether control ``name`` has a meaning just now (a claim's slider only with a claim, for example)."""
        return True

    def actions(self) -> list[widgets.Widget]:
        """Return buttons to stand beside Reset, such as "Draw another attack" (none unless an explorer says so)."""
        return []

    def above(self) -> list[widgets.Widget]:
        """Return widgets to stand above the picture (none unless an explorer says so)."""
        return []

    def beside(self) -> list[widgets.Widget]:
        """Return widgets to stand under the picture (none unless an explorer says so)."""
        return []

    # -- what everybody uses ---------------------------------------------------------------------------------------
    def evidence(self) -> pd.DataFrame:
        """Return a copy of the rows behind the picture for the current choice."""
        return self._evidence().copy()

    def draw(self) -> Any:
        """Bring the figure up to date and return it (a matplotlib Figure)."""
        self.refresh()
        return self.live.drawing.figure

    def state(self) -> dict[str, Any]:
        """Return the controls' values by name."""
        return {name: control.value for name, control in self.controls.items()}

    def set(self, **state: Any) -> None:
        """Set several controls at once, with one redraw. Raises ValueError, naming what exists, for a bad name or value."""
        with self._held():
            order = list(
                self.controls
            )  # what others depend on comes first, whatever the order of the arguments
            for name in sorted(state, key=lambda one: order.index(one) if one in order else -1):
                self._refuse_outside(name, state[name])
                self._set_one(name, state[name])

    def reset(self) -> None:
        """Bring every control back to where this explorer started."""
        self._complaint = ""
        with self._held():
            for name, value in self._start.items():
                self._set_one(name, value)
        self._tabs.selected_index = 0

    def value(self, name: str) -> Any:
        """Return the value of control ``name``."""
        return self.controls[name].value

    def refresh(self) -> None:
        """Draw the current choice. Whatever goes wrong becomes a sentence in place; the last good picture stays."""
        try:
            view = self.view()
            words = self.say()
            self.live.show(view, words.replace("\n", " "))
        except CannotShow as reason:
            self._tell(str(reason))
        except Exception as error:
            self._tell(
                f"This choice could not be drawn ({type(error).__name__}: {error}). Press Reset to go back."
            )
        else:
            self._tell(self._complaint)
            self._about.value = html.escape(self.about())
            self._sentence.value = "".join(f"<p>{html.escape(line)}</p>" for line in words.split("\n"))
            self._fill_tab()

    # -- inside ----------------------------------------------------------------------------------------------------
    def _arrange(self) -> list[widgets.Widget]:
        head = widgets.HTML(
            f'{parts.CSS}<span class="ml-title" role="heading" aria-level="3">{html.escape(self.title)}</span>'
        )
        reset = widgets.Button(
            description="Reset",
            tooltip="Bring every control back to the start",
            layout=widgets.Layout(width="90px"),
        )
        reset.on_click(lambda _button: self.reset())
        first: list[widgets.Widget] = [one for name, one in self.controls.items() if name not in self.more]
        hidden = self._row([self.controls[name] for name in self.more])
        hidden.layout.display = "none"
        self._opener = widgets.ToggleButton(description="More choices", layout=widgets.Layout(width="130px"))
        self._opener.observe(
            lambda change: setattr(hidden.layout, "display", None if change["new"] else "none"),
            names="value",
        )
        if self.more:
            first.append(self._opener)
        rows = [self._row([*first, *self.actions(), reset]), hidden]
        self._picture_page = widgets.VBox(
            [*self.above(), self.live.widget, self._sentence, self._message, *self.beside()]
        )
        self._tabs = widgets.Tab(children=[self._picture_page, *self._pages.values()], titles=TABS)
        self._tabs.add_class("ml-tabs")
        self._keep_room()
        return [head, *rows, self._about, self._tabs, self.screen, Keys()]

    @staticmethod
    def _row(controls: list[widgets.Widget]) -> widgets.HBox:
        row = widgets.HBox(controls, layout=widgets.Layout(flex_flow="row wrap"))
        row.add_class("ml-controls")
        return row

    def _show_controls(self) -> None:
        slide = self.live.drawing.look.presenting and bool(self.on_slide)
        for name, control in self.controls.items():
            shown = self.visible(name) and (not slide or name in self.on_slide)
            control.layout.display = None if shown else "none"
        empty = slide and not set(self.more) & set(self.on_slide)
        self._opener.layout.display = "none" if empty else None  # a button that opens nothing is no choice

    def _keep_room(self) -> None:
        """Hold the picture's place, so that nothing on the page moves when it is replaced."""
        self.live.widget.layout.min_height = f"{self.live.height + 4}px"

    def _evidence(self) -> pd.DataFrame:
        state = tuple(control.value for name, control in self.controls.items() if name not in self.view_only)
        if self._frame is None or state != self._frame_state:
            self._frame, self._frame_state = self.make_evidence(), state
        return self._frame

    def _tell(self, words: str) -> None:
        self._message.value = html.escape(words)
        # a slide has room for one of the two: what was just asked and refused comes before the last picture's reading
        hidden = bool(words) and self.live.drawing.look.presenting
        self._sentence.layout.display = "none" if hidden else None

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Let several changes pass with one redraw at the end."""
        outer, self._holding = self._holding, True
        try:
            yield
        finally:
            self._holding = outer
        if not outer:
            self._show_controls()
            self.refresh()

    def _refuse_outside(self, name: str, value: Any) -> None:
        """Refuse a number beyond a slider's ends: ipywidgets would move it to the nearer end and say nothing."""
        ends = domain(self.controls[name]) if name in self.controls else None
        if isinstance(ends, tuple) and isinstance(value, int | float) and not ends[0] <= value <= ends[1]:
            words = self.controls[name].description
            raise ValueError(f"{words}: {value:g} cannot be shown here; it takes {ends[0]:g} to {ends[1]:g}.")

    def _set_one(self, name: str, value: Any) -> None:
        if name not in self.controls:
            raise ValueError(f"There is no control '{name}' here; there are: {', '.join(self.controls)}.")
        control = self.controls[name]
        chosen = options(control)
        if chosen is not None and value not in chosen:
            near = ", ".join(str(option) for option in chosen[:12])
            raise ValueError(f"'{value}' is no choice for {name} here; choose one of: {near}.")
        if control.value == value:
            return
        try:
            control.value = value
        except Exception:
            raise ValueError(f"'{value}' is no value for {name}; it takes {domain_text(control)}.") from None
        if self._holding:
            self.adapt(name)

    def _changed(self, name: str) -> None:
        # A slider's flood needs no queue here: ipywidgets sends one change at a time and merges those that wait.
        if self._holding:
            return
        self._complaint = ""
        with self._held():
            self.adapt(name)

    def _look_changed(self, _change: Any) -> None:
        look = self.screen.look()
        if look == self.live.drawing.look:
            return
        if look.presenting:
            self.add_class("ml-presenting")
        else:
            self.remove_class("ml-presenting")
        with self._held():
            self.look_changed()
            self.redraw()

    def _fill_tab(self) -> None:
        """Write the tab in view; the others wait until they are opened."""
        name = TABS[self._tabs.selected_index or 0]
        if name == "Figure":
            return
        frame = self._evidence()
        if name == "Numbers":
            words = parts.table(
                frame, self.columns, f"{self.title}: numbers behind the figure", f"{type(self).__name__}.csv"
            )
        elif name == "Sources":
            words = parts.source_cards(frame["source_id"])
        else:
            words = parts.recipe(self.recipe())
        self._pages[name].value = words

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {self.live.alt}"
