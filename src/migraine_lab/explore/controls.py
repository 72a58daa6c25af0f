"""Controls in the house's style, and what each can be set to."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

STYLE = {"description_width": "initial"}
SLOWEST_FRAME = 500
"""Milliseconds a frame stays when something is played: at most two frames a second, for readers with migraine."""


def wide(width: str = "auto") -> widgets.Layout:
    """Return a control's layout; each has its own, because hiding one must not hide the others."""
    return widgets.Layout(width=width, min_width="240px", max_width="460px", margin="2px 14px 2px 0")


def options(control: widgets.Widget) -> list[Any] | None:
    """Values that a choosing control offers, or None where it takes a range."""
    if hasattr(control, "_options_values"):
        return list(control._options_values)
    return None


def domain(control: widgets.Widget) -> list[Any] | tuple[float, float]:
    """Return what a control can be set to: the list of its options, or (min, max)."""
    chosen = options(control)
    if chosen is not None:
        return chosen
    if isinstance(control, widgets.Checkbox):
        return [False, True]
    return (control.min, control.max)


def domain_text(control: widgets.Widget) -> str:
    """Say a control's domain in words."""
    ends = domain(control)
    return f"{ends[0]} to {ends[1]}" if isinstance(ends, tuple) else ", ".join(str(one) for one in ends[:12])


def dropdown(words: str, options: Any, **settings: Any) -> widgets.Dropdown:
    """Make a labelled drop-down list in the house's style."""
    return widgets.Dropdown(description=words, options=options, style=STYLE, layout=wide(), **settings)


def slider(words: str, low: int, high: int, value: int, **settings: Any) -> widgets.IntSlider:
    """Make a labelled whole-number slider in the house's style (arrow keys move it by one step)."""
    return widgets.IntSlider(
        description=words, min=low, max=high, value=value, style=STYLE, layout=wide("380px"), **settings
    )


def fine_slider(
    words: str, low: float, high: float, value: float, step: float, **settings: Any
) -> widgets.FloatSlider:
    """Make a labelled slider in steps of ``step``, a tenth or a hundredth of a unit."""
    digits = f".{len(str(step).partition('.')[2])}f"
    return widgets.FloatSlider(
        description=words, min=low, max=high, value=value, step=step, readout_format=digits, style=STYLE,
        layout=wide("380px"), **settings,
    )  # fmt: skip


def check_box(words: str, value: bool = False, **settings: Any) -> widgets.Checkbox:
    """Make a labelled check box in the house's style."""
    return widgets.Checkbox(description=words, value=value, indent=False, layout=wide(), **settings)


def next_button(words: str, control: widgets.Widget, tooltip: str = "") -> widgets.Button:
    """Make a button that moves a slider on by one step, from its end back to its start ("draw another attack")."""
    button = widgets.Button(description=words, tooltip=tooltip or words, layout=widgets.Layout(width="auto"))

    def step(_button: widgets.Button) -> None:
        control.value = control.min if control.value >= control.max else control.value + control.step

    button.on_click(step)
    return button


def player(control: widgets.Widget, words: str = "Play") -> widgets.Play:
    """Make a Play button for a slider: still until pressed, then at most two frames a second, once through."""
    play = widgets.Play(
        min=control.min, max=control.max, step=control.step, value=control.value, interval=SLOWEST_FRAME,
        show_repeat=False, description=words,
    )  # fmt: skip
    widgets.link((play, "value"), (control, "value"))
    return play


def offer(control: Any, options: list[tuple[str, Any]], default: Any) -> None:
    """Give a list new options, keeping its value where it still exists."""
    old = control.value
    control.options = options
    control.value = old if old in [value for _words, value in options] else default
