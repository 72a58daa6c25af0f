"""One light and one dark picture of every figure, and what pictures alone cannot show."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from migraine_lab.explore.live_figure import LiveFigure
from migraine_lab.explore.painter import Painter
from migraine_lab.figures.icon_arrays import IconArrays, IconView
from migraine_lab.figures.quick_text import QuickText
from migraine_lab.figures.rate_strip import RateStrip, StripView
from migraine_lab.figures.response_rates import ListView, ResponseRatesFigure
from migraine_lab.figures.style import DARK, LIGHT, Look, new_figure, shorten
from tests.unit.figure_tools import drawn, pictures


def list_rows() -> pd.DataFrame:
    """Five made-up rows: two trials, one without randomisation, one single arm, one percentage without a count."""
    rows = pd.DataFrame(
        {
            "label": [f"Example {letter}: drug {letter}" for letter in "ABCDE"],
            "events_text": ["21/100", "30/60", "11/32", "6/6", "77 % of ?"],
            "comparator_text": ["11/100", "24/60", "23/45", "", ""],
            "controlled": [True, True, True, False, False],
            "randomised": [True, True, False, False, False],
            "percent": [21.0, 50.0, 34.4, 100.0, 77.0],
            "low": [14.2, 37.7, 20.4, 61.0, np.nan],
            "high": [30.0, 62.3, 51.7, 100.0, np.nan],
            "comparator_percent": [11.0, 40.0, 51.1, np.nan, np.nan],
            "comparator_low": [6.3, 28.6, 37.0, np.nan, np.nan],
            "comparator_high": [18.6, 52.6, 65.0, np.nan, np.nan],
        }
    )
    rows["effect"] = rows["percent"] - rows["comparator_percent"]
    rows["effect_low"], rows["effect_high"] = rows["effect"] - 12, rows["effect"] + 12
    return rows


MAKERS: dict[str, Callable[[Look], Figure]] = {
    "rates": lambda look: drawn(
        ResponseRatesFigure(look, 6),
        ListView(list_rows(), claim=75, claim_label="claim: 75 %", guess=30, chosen=1),
    ),
    "rates_difference": lambda look: drawn(ResponseRatesFigure(look, 6), ListView(list_rows(), scale="RD")),
    "icons": lambda look: drawn(IconArrays(look), IconView(21, 11, "drug A", "placebo")),
    "strip": lambda look: drawn(
        RateStrip(look, 4),
        StripView(
            list_rows().tail(3).assign(text=["11 of 32", "6 of 6", "no count"]).reset_index(drop=True),
            own=0,
            joined=True,
        ),
    ),
}


test_light, test_dark = pictures(MAKERS)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (W3C, WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
        linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_marks_stand_out_without_glare(palette: Any) -> None:
    for text in ("ink", "muted", "claim", "guess"):
        assert contrast(getattr(palette, text), palette.paper) >= 4.5, text
    for mark in ("treatment", "comparator", "uncontrolled"):
        assert contrast(getattr(palette, mark), palette.paper) >= 3, mark
    assert contrast(palette.ink, palette.paper) <= 13, "black on white glares"


def test_uncontrolled_rates_are_hollow_and_in_a_panel_of_their_own() -> None:
    drawing = ResponseRatesFigure(Look(), 6)
    LiveFigure(drawing).show(ListView(list_rows()), "")
    alone, treated = drawing._marks["alone"], drawing._marks["treated"]
    paper = np.array([int(LIGHT.paper[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    np.testing.assert_allclose(alone.get_facecolors()[0, :3], paper, atol=0.01)
    assert len(alone.get_offsets()) == 2 and len(treated.get_offsets()) == 3
    assert alone.get_offsets()[:, 1].min() > treated.get_offsets()[:, 1].max() + 1, (
        "a heading stands between the panels"
    )


def test_hidden_comparators_are_not_drawn_anywhere() -> None:
    drawing = ResponseRatesFigure(Look(), 6)
    LiveFigure(drawing).show(ListView(list_rows(), hide_comparators=True), "")
    assert len(drawing._marks["compared"].get_offsets()) == 0
    assert not [text.get_text() for text in drawing._compared if "/" in text.get_text()]


def test_a_change_redraws_no_more_than_it_must() -> None:
    drawing = ResponseRatesFigure(Look(), 6)
    rows = list_rows()
    assert drawing.update(ListView(rows, claim=10)) == 0
    assert drawing.update(ListView(rows, claim=11)) == 2, "a line alone"
    assert drawing.update(ListView(rows.assign(low=rows["low"] - 2), claim=11)) == 1, (
        "another level: the arms"
    )
    assert drawing.update(ListView(rows.head(3), claim=11)) == 0, "other rows: everything"


def test_a_step_shows_what_a_fresh_drawing_shows() -> None:
    rows = list_rows()
    fresh, stepped = LiveFigure(ResponseRatesFigure(Look(), 6)), LiveFigure(ResponseRatesFigure(Look(), 6))
    fresh.show(ListView(rows, claim=40, claim_label="claim: 40 %"), "")
    for claim in (75, 20, 40):
        stepped.show(ListView(rows, claim=claim, claim_label=f"claim: {claim} %"), "")
    assert stepped.png == fresh.png


def test_the_palette_keeps_every_colour_of_the_house() -> None:
    for palette in (LIGHT, DARK):
        colours = np.array(
            [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in astuple(palette)]
        )
        frame = np.dstack([colours[None].astype(np.uint8), np.full((1, len(colours)), 255, np.uint8)])
        shown = np.asarray(Image.open(io.BytesIO(Painter(palette).png(frame))).convert("RGB"))[0].astype(int)
        assert np.abs(shown - colours).max() <= 8


def test_quick_texts_stand_where_ordinary_texts_stand() -> None:
    def ink(text_class: type[Text]) -> np.ndarray:
        figure = new_figure(Look(width=400), 60)
        place_of = {"ha": "right", "va": "center", "fontsize": 11, "color": "black"}
        figure.add_artist(
            text_class(0.9, 0.5, "Goadsby 2017: 142/669", transform=figure.transFigure, **place_of)
        )
        figure.canvas.draw()
        dark = np.asarray(figure.canvas.buffer_rgba())[..., 0] < 128  # type: ignore[attr-defined]
        rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
        return np.array([rows[0], rows[-1], columns[0], columns[-1]])

    quick, ordinary = ink(QuickText), ink(Text)
    assert np.abs(quick - ordinary)[[0, 1, 3]].max() <= 2, "top, bottom and the aligned end"
    assert (quick[3] - quick[2]) / (ordinary[3] - ordinary[2]) == pytest.approx(1, abs=0.08)


@pytest.mark.parametrize("treated", [0, 11, 100])
def test_icon_arrays_always_hold_100_people(treated: int) -> None:
    drawing = IconArrays(Look(width=620))
    drawing.update(IconView(treated, 11, "drug", "placebo"))
    assert [sum(len(mark.get_xdata()) for mark in marks) for marks in drawing._marks] == [100, 100]


def test_shorten_cuts_only_what_does_not_fit() -> None:
    assert shorten("short", 200, 11) == "short"
    cut = shorten("a very long label that cannot fit in here", 120, 11)
    assert cut.endswith("…") and 5 < len(cut) < 25
