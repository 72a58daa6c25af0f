"""What the picture tests of every figure need."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from migraine_lab.explore.live_figure import LiveFigure


def drawn(drawing: Any, view: Any) -> Figure:
    """Draw as an explorer does, then show the moving artists to the saving backend as well."""
    LiveFigure(drawing).show(view, "a picture")
    for layer in drawing.layers:
        for artist in layer:
            artist.set_animated(False)
    figure: Figure = drawing.figure
    return figure
