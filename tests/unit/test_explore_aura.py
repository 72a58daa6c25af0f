"""What the aura's two explorers say and let choose, beyond the contract that all explorers keep."""

from __future__ import annotations

import pytest

from migraine_lab import data, explore
from migraine_lab.explore.controls import SLOWEST_FRAME
from migraine_lab.models import aura, spreading


def test_a_source_sets_the_speed_and_a_hand_leaves_the_source() -> None:
    one = explore.Aura()
    for key, (_, speed) in one._speeds.items():
        one.set(source=key)
        assert one.value("speed") == pytest.approx(speed) and one.value("source") == key
    one.controls["speed"].value = 4.4
    assert one.value("source") == "own"
    assert one.evidence()["source_id"].str.contains("hadjikhani").sum() == 1, (
        "the spread alone, no speed of hers"
    )


def test_every_published_speed_can_be_chosen() -> None:
    offered = {speed for _, speed in explore.Aura()._speeds.values()}
    rows = data.table("spreading_depression")
    rows = rows[rows["quantity"].str.startswith("velocity") & (rows["unit"] == "mm/min")]
    assert {*rows["value"].dropna(), *rows["low"].dropna(), *rows["high"].dropna()} <= offered


def test_the_clock_is_still_until_it_is_asked_for() -> None:
    one = explore.Aura()
    (play,) = one.actions()
    assert not play.playing and play.interval >= SLOWEST_FRAME >= 500
    play.value = 7
    assert one.value("minutes") == 7 and "After 7 min" in one.say()


def test_minutes_cost_no_selection() -> None:
    one = explore.Aura()
    held = one._evidence()
    one.set(minutes=33, half="left", shape="straight", reach=10)
    assert one._evidence() is held


@pytest.mark.parametrize(
    ("speed", "words"),
    [(3.5, "within the 5 to 20 min"), (2.0, "longer than the 5 to 20 min"), (10.0, "within")],
)
def test_it_says_whether_the_crossing_fits(speed: float, words: str) -> None:
    one = explore.Aura(speed=speed)
    assert words in one.say()
    assert f"takes {aura.crossing_minutes(1, 60, speed):.0f} min" in one.say()


def test_a_front_beyond_the_map_is_said() -> None:
    assert "has left the map" in explore.Aura(speed=9, minutes=60).say()


def test_the_models_limits_stand_under_the_picture() -> None:
    (box,) = explore.Aura().beside()
    for words in ("One hemisphere", "constant speed", "cannot show that a patient"):
        assert words in box.value


def test_the_gap_to_observation_is_said() -> None:
    one = explore.SpreadingWave()
    assert f"{3.5 / spreading.threshold_speed():.1f} times too slow" in one.say()
    one.set(release=4, diffusion=4)
    assert "With your multiples" in one.say() and "times as fast" in one.say()
    one.set(removal=4, threshold=4, release=0.25)
    assert "no wave at all" in one.say()


def test_each_question_shows_its_own_controls() -> None:
    one = explore.SpreadingWave()
    assert one.visible("release") and not one.visible("far")
    one.set(model="excitability")
    assert one.visible("far") and not one.visible("release")


def test_raising_excitability_lets_the_wave_through() -> None:
    one = explore.SpreadingWave(model="excitability")
    assert "stops at" in one.say()
    one.set(far=90)
    assert "crosses the whole strip" in one.say()
