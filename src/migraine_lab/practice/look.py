"""The calm look that all practice widgets share; colours follow JupyterLab's light or dark theme."""

from __future__ import annotations

import html
import re
import textwrap
from importlib import resources

import ipywidgets as widgets

from migraine_lab.explore.keys import Keys

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


def button(description: str, tooltip: str = "") -> widgets.Button:
    """Return a plain button that grows with its words."""
    made = widgets.Button(description=description, tooltip=tooltip or description)
    made.add_class("mlp-button")
    return made


class Box(widgets.VBox):
    """A framed column: the outside of every practice widget. Its text form names it, not its address."""

    title = "Practice"

    def __init__(self, children: list[widgets.Widget]) -> None:
        style = widgets.HTML(styled(), layout=widgets.Layout(display="none"))
        super().__init__(children=[style, *children, Keys()])
        self.add_class("mlp-box")

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {textwrap.shorten(self.title, 70)}"
