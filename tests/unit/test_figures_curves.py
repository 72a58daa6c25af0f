"""A light and a dark picture of the curves, and what the explorers of lesson 08 must say beside them."""

from __future__ import annotations

import html
import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from migraine_lab import data, explore
from migraine_lab.explore.published_levels import STUDIED
from migraine_lab.figures.curves import Curves, Line, Panel, Points, Range
from migraine_lab.figures.style import Look
from tests.unit.figure_tools import drawn

X = np.linspace(0, 6, 60)


def panels(count: int) -> tuple[Panel, ...]:
    """A made-up drug by two routes, with two kinds of points; in the second panel a band on a logarithmic axis."""
    by_time = Panel(
        title="plasma, ng/mL", x_label="hours", x_limits=(0, 6), y_limits=(0, 100),
        ticks=tuple((at, f"{at}") for at in range(7)),
        lines=(Line("by nose", X, 90 * X * np.exp(-X)), Line("by mouth", X, 30 * X * np.exp(-X / 2))),
        ranges=(Range("some effect", 40, 70), Range("another effect", 60, 95)),
        points=(Points("measured", [0.5, 2], [60, 20]), Points("elsewhere", [1], [80])), here=(3, 13.4),
    )  # fmt: skip
    by_dose = Panel(
        title="blocked, %", x_label="umol/L", x_limits=(0.01, 100), y_limits=(0, 100), log_x=True,
        ticks=((0.01, "0.01"), (1, "1"), (100, "100")),
        lines=(Line("", np.logspace(-2, 2, 50), np.linspace(0, 100, 50)),),
        ranges=(Range("low", 0.1, 0.4, upright=True), Range("high", 8, 20, upright=True)), here=(1, 50),
    )  # fmt: skip
    return (by_time, by_dose)[:count]


def picture(kind: str, dark: bool) -> Figure:
    count = 2 if kind == "curves_pair" else 1
    look = Look(dark=dark, presenting=kind == "curves_slide", width=1180 if kind == "curves_slide" else 920)
    return drawn(Curves(look, count), panels(count))


@pytest.mark.parametrize("kind", ["curves_one", "curves_pair", "curves_slide"])
@pytest.mark.mpl_image_compare(savefig_kwargs={"facecolor": "auto"})
def test_light(kind: str) -> Figure:
    return picture(kind, dark=False)


@pytest.mark.parametrize("kind", ["curves_one", "curves_pair"])
@pytest.mark.mpl_image_compare(savefig_kwargs={"facecolor": "auto"})
def test_dark(kind: str) -> Figure:
    return picture(kind, dark=True)


def test_only_curves_and_points_move_while_the_frame_stands() -> None:
    drawing, (first, _) = Curves(Look()), panels(2)
    assert drawing.update((first,)) == 0
    assert drawing.update((first,)) == 1
    moved = Panel(**{**vars(first), "lines": first.lines[:1]})
    assert drawing.update((moved,)) == 0, "another number of curves"


@pytest.mark.parametrize("studied", STUDIED, ids=lambda one: one.row_id)
def test_a_studied_dose_stands_in_the_note_of_its_row(studied: object) -> None:
    one = next(each for each in STUDIED if each is studied)
    note = data.fact("kinetics", one.row_id)["note"]
    assert re.search(rf"\b{re.escape(one.words)}\b", note), note
    dose, unit = re.match(r"([\d.]+) (mg/kg|mg)", one.words).groups()
    assert one.dose_mg == float(dose) * (70 if unit == "mg/kg" else 1)
    over = re.search(r"over (\d+) min", one.words)
    assert one.infusion_min == (int(over[1]) if over else 0)
    printed = re.search(r"peak at (\d+) min", note)
    assert np.isnan(one.peak_min) if printed is None else one.peak_min == int(printed[1])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"dose": -5}, "Dose"),
        ({"dose": 10_000}, "10000"),
        ({"weight": 0}, "weight"),
        ({"infusion": -1}, "-1"),
    ],
)
def test_impossible_input_comes_as_one_sentence(given: dict[str, int], words: str) -> None:
    one = explore.Concentration(**given)
    said = html.unescape(one._message.value)
    assert words in said and "cannot be shown here; it takes" in said and said.count(".") == 1
    assert one.state()[next(iter(given))] == explore.Concentration().state()[next(iter(given))]


def test_arterial_blood_and_a_bolus_are_told_apart_from_the_model() -> None:
    arterial = explore.Concentration(start="simons2022_s_ketamine_cmax_iv").say()
    assert "arterial" in arterial and "times what the model gives" in arterial
    bolus = explore.Concentration(start="pk_in2022_ketamine_cmax_iv")
    assert "after 2 minutes" in bolus.say() and "peak" not in bolus.say().split(";")[0]
    top = bolus.view()[0].y_limits[1]
    assert top < bolus.evidence()["peak"].iloc[0], "the first instant must not squash the picture"


def test_a_dose_moved_by_hand_is_ones_own_again() -> None:
    one = explore.Concentration(start="perezruixo2021_s_ketamine_cmax_check_intranasal_3")
    assert (one.value("dose"), one.value("way")) == (84, "esketamine_nose")
    one.controls["dose"].value = 40
    assert one.value("start") == "own" and "Published peak" not in one.say()


def test_a_dose_by_weight_is_no_longer_the_published_one_in_another_body() -> None:
    one = explore.Concentration(start="zanos2018_ketamine_cmax_iv")
    assert "Published peak" in one.say()
    one.controls["weight"].value = 110
    assert one.value("start") == "own" and "Published peak" not in one.say() and not one.view()[0].points
    one.controls["start"].value = "zanos2018_ketamine_cmax_iv"
    assert one.value("weight") == 70 and "Published peak" in one.say()
    by_hand = explore.Concentration(start="pk_in2022_ketamine_cmax_iv", weight=110)
    assert "Published peak" in by_hand.say(), "10 mg whatever the body weighs"


def test_levels_belong_to_the_racemic_drug_and_large_sprays_to_nobody() -> None:
    anaesthesia = data.fact("kinetics", "zanos2018_ketamine_c_anaesthesia_iv")["low"]
    below = explore.Concentration(way="ketamine_vein", dose=35, infusion=40)
    assert below.evidence()["peak"].iloc[0] < anaesthesia
    assert "on racemic ketamine, below anaesthesia; none was measured in migraine" in below.say()
    asleep = explore.Concentration(way="ketamine_vein", dose=200, infusion=1)
    assert asleep.evidence()["peak"].iloc[0] > anaesthesia and "below anaesthesia" not in asleep.say()
    assert "is a guess" not in explore.Concentration(dose=84).say()
    assert "end at 84 mg; beyond that its curve is a guess" in explore.Concentration(dose=85).say()


def test_channel_block_names_what_was_measured() -> None:
    one = explore.ChannelBlock(measured="both")
    rows = one.evidence().set_index("key")
    assert one.say().count("umol/L") >= 6
    assert rows.loc["blocked", "percent"] == pytest.approx(51, abs=0.5)
    assert {panel.title for panel in one.view()} == {"blocked, %"}
    assert [kind.label for kind in one.view()[0].points] == ["cell-attached", "outside-out"]
