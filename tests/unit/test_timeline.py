"""What the timeline says and counts."""

from __future__ import annotations

import re

import numpy as np
import pytest

from migraine_lab import data, explore
from migraine_lab.explore import timeline_words as words
from migraine_lab.explore.timeline import HOURS
from migraine_lab.models import attack


@pytest.fixture(scope="module")
def timeline() -> explore.Timeline:
    return explore.Timeline()


def test_counts_are_those_of_the_model(timeline: explore.Timeline) -> None:
    timeline.reset()
    timeline.set(hour=-0.5, figures="survey", hundred=7)
    attacks = attack.draw(100, 7, attack.parameters("ehf2018_p65", "ehf2018_p65"))
    shares = attack.share(attacks, -0.5)
    rows = timeline.evidence().set_index("key")
    for phase, share in shares.items():
        assert rows.at[f"now {phase}", "count"] == round(100 * share)


def test_an_hour_changes_only_the_counts(timeline: explore.Timeline) -> None:
    timeline.reset()
    before = timeline.evidence()
    timeline.set(hour=6.0)
    after = timeline.evidence()
    assert not before["count"].equals(after["count"])
    assert before.drop(columns="count").equals(after.drop(columns="count"))


def test_the_start_shows_four_phases_of_which_two_overlap(timeline: explore.Timeline) -> None:
    timeline.reset()
    rows = timeline.evidence().set_index("key")
    shown = rows[rows["what"].str.startswith("simulated attack")]
    assert shown["start_h"].notna().all() and len(shown) == 4
    aura = shown[shown["phase"] == "aura"].iloc[0]
    assert aura["start_h"] < 0 < aura["end_h"]


def test_the_button_draws_another_attack(timeline: explore.Timeline) -> None:
    timeline.reset()
    button = timeline.actions()[0]
    before = timeline.live.png
    button.click()
    assert timeline.value("attack") == 100
    assert timeline.live.png != before
    button.click()
    assert timeline.value("attack") == 1


@pytest.mark.parametrize("name", words.TREATED)
def test_treatment_says_its_figures_and_how_the_groups_came_about(
    timeline: explore.Timeline, name: str
) -> None:
    timeline.reset()
    timeline.set(treatment=name)
    chosen = words.TREATED[name]
    last = timeline.say().split("\n")[-1]
    for row_id in (chosen.early, chosen.late):
        row = data.fact("timing", row_id)
        assert f"{row['value']:g} % of" in last
        assert "2 h" in row["quantity"] and "pain-free" in row["quantity"]
        assert row["source_id"] in set(timeline.evidence()["source_id"])
    assert chosen.design in last
    population = data.fact("timing", chosen.early)["population"]
    if "chance decided" in chosen.design:
        assert "randomised double-blind" in population and "as allocated" in population
    else:
        assert re.search("not randomised|open-label|sorted by what people did", population)


def test_what_people_notice_carries_percentages_and_of_whom(timeline: explore.Timeline) -> None:
    for phase, row_ids in words.NOTICED.items():
        said = words.noticed(phase)
        for row_id in row_ids:
            row = data.fact("symptoms", row_id)
            assert row["phase_id"] == phase
            assert f"{row['symptom']} {row['percent']:.0f} %" in said
        assert re.search(r"\(of \d+|no count printed", said)


@pytest.mark.parametrize(
    ("hour", "said"),
    [(0.0, "onset of pain"), (-0.25, "15 min before"), (1.5, "1 h 30 min after"), (-48.0, "48 h before")],
)
def test_hours_in_words(hour: float, said: str) -> None:
    assert words.hour_words(hour) == said


def test_the_hours_are_finer_around_the_onset() -> None:
    steps = np.diff(HOURS)
    assert (steps > 0).all() and HOURS[0] == -48 and HOURS[-1] == 48
    near = np.abs(np.array(HOURS[:-1]) + steps / 2) < 2
    assert (steps[near] == 0.25).all() and (steps[~near] == 1).all()
