"""What the picture tests of every figure need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from matplotlib.figure import Figure

from migraine_lab.explore.live_figure import LiveFigure
from migraine_lab.figures.style import DARK, Look


def drawn(drawing: Any, view: Any) -> Figure:
    """Draw as an explorer does, then show the moving artists to the saving backend as well."""
    LiveFigure(drawing).show(view, "a picture")
    for layer in drawing.layers:
        for artist in layer:
            artist.set_animated(False)
    figure: Figure = drawing.figure
    return figure


def pictures(
    makers: Mapping[str, Callable[[Look], Figure]],
) -> tuple[Callable[[str], Figure], Callable[[str], Figure]]:
    """Two tests, in the light and the dark theme, that hold each figure to its picture in ``baseline``.

    Bind them as ``test_light, test_dark = pictures(MAKERS)``: the pictures' names come from the tests' names.
    """

    @pytest.mark.parametrize("name", makers)
    @pytest.mark.mpl_image_compare(style="default", tolerance=4, savefig_kwargs={"dpi": 96})
    def test_light(name: str) -> Figure:
        return makers[name](Look(width=760))

    @pytest.mark.parametrize("name", makers)
    @pytest.mark.mpl_image_compare(
        style="default", tolerance=4, savefig_kwargs={"dpi": 96, "facecolor": DARK.paper}
    )
    def test_dark(name: str) -> Figure:
        return makers[name](Look(dark=True, width=760))

    return test_light, test_dark
