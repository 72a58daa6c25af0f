"""The calm look that all practice widgets share; colours follow JupyterLab's light or dark theme."""

from __future__ import annotations

import asyncio
import html
import re
import textwrap
from collections.abc import Callable, Mapping
from importlib import resources

import ipywidgets as widgets

from migraine_lab.explore.keys import Keys

STILL = 0.12
"""Seconds for which a text must not change before a press counts: shorter than anybody notices."""
CSS = (resources.files(__package__) / "look.css").read_text(encoding="utf-8")


def escape(text: object) -> str:
    """Return text made safe to stand in HTML; a percent sign stays on the line of its number."""
    return html.escape(str(text)).replace(" %", "&nbsp;%")


def linked(text: object) -> str:
    """Return text made safe, its web addresses made links."""
    return re.sub(
        r"(https?://[^\s<]*[^\s<.,;)])", r'<a href="\1" target="_blank" rel="noopener">\1</a>', escape(text)
    )


def styled() -> str:
    """Return the style element that HTML outside a Box needs."""
    return f"<style>{CSS}</style>"


def text(body: str = "", spoken: bool = False) -> widgets.HTML:
    """Return a block of HTML; ``spoken`` makes screen readers say it when it changes."""
    widget = widgets.HTML(layout=widgets.Layout(width="100%", height="auto", margin="0"))
    show(widget, body, spoken)
    return widget


def show(widget: widgets.HTML, body: str, spoken: bool = True) -> None:
    """Put HTML into a block made by :func:`text`."""
    role = ' role="status" aria-live="polite"' if spoken else ""
    widget.value = f'<div class="mlp-text"{role}>{body}</div>'


def verdict(right: bool, sentence: str) -> str:
    """HTML of one judged sentence; a word and a border carry what colour alone may not."""
    kind, word = ("mlp-verdict mlp-verdict-right", "Right.") if right else ("mlp-verdict", "Not yet.")
    return f'<div class="{kind}"><strong>{word}</strong> {sentence}</div>'


def first_tries(field: widgets.HTML, tries: Mapping[str, bool], whole: int) -> None:
    """Show how many first tries of a round of ``whole`` were right so far; nothing before the first one."""
    done, right = len(tries), sum(tries.values())
    line = f"Right at the first try: {right} of {done} answered, {whole} in all."
    if done == whole:
        line = f"All answered. Right at the first try: {right} of {done}."
    show(field, f'<p class="mlp-quiet">{line if done else ""}</p>')


def button(description: str, tooltip: str = "") -> widgets.Button:
    """Return a plain button that grows with its words."""
    made = widgets.Button(description=description, tooltip=tooltip or description)
    made.add_class("mlp-button")
    return made


def when_typed(field: widgets.Text, press: widgets.Button, action: Callable[[], None]) -> None:
    """Run ``action`` on Enter in a text field or a press of its button, with everything that was typed.

    The page holds back the latest keys while the kernel is at work, but not a press: "50" and a press right after it
    arrive as "5", press, "0". So a press waits until the text has stood still for a moment.
    """

    def settle(loop: asyncio.AbstractEventLoop, seen: str, turns: int) -> None:
        if turns == 0 or field.value == seen:
            action()
        else:
            loop.call_later(STILL, settle, loop, field.value, turns - 1)

    def pressed() -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel, as in a test: nothing is on its way
            action()
        else:
            loop.call_later(STILL, settle, loop, field.value, 5)

    press.on_click(lambda _: pressed())
    field.on_msg(lambda _, content, __: pressed() if content.get("event") == "submit" else None)


class Box(widgets.VBox):
    """A framed column: the outside of every practice widget. Its text form names it, not its address."""

    title = "Practice"

    def __init__(self, children: list[widgets.Widget]) -> None:
        style = widgets.HTML(styled(), layout=widgets.Layout(display="none"))
        super().__init__(children=[style, *children, Keys()])
        self.add_class("mlp-box")

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {textwrap.shorten(self.title, 70)}"
