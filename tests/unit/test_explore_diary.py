"""A diary of one's own in its explorer, and what regression to the mean says about who did what."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from migraine_lab import data, explore
from migraine_lab.data import package
from migraine_lab.explore.diary import OWN, Diary, read_upload
from migraine_lab.models import diary

TEMPLATE = (package.root() / "templates" / "diary.csv").read_bytes()


def upload(explorer: Diary, name: str, content: bytes) -> None:
    """What the browser does when a file was chosen."""
    kind, when = "text/csv", datetime(2025, 4, 1, tzinfo=UTC)
    explorer._file.value = (
        {
            "name": name,
            "type": kind,
            "size": len(content),
            "content": memoryview(content),
            "last_modified": when,
        },
    )


def message(explorer: Any) -> str:
    return html.unescape(explorer._message.value)


# -- the diary -----------------------------------------------------------------------------------------------------
def test_a_frame_of_ones_own_is_shown_and_is_not_called_simulated() -> None:
    own = diary.person(5, 40, interval=4.0)
    explorer = explore.Diary(diary=own)
    assert explorer.value("person") == OWN
    assert "imulated" not in explorer.say()
    counts = diary.monthly(own)
    pd.testing.assert_frame_equal(explorer.evidence()[list(counts.columns)], counts)
    assert "read_diary('my_diary.csv')" in explorer.recipe()


def test_simulated_people_and_the_template_are_called_so() -> None:
    explorer = explore.Diary()
    for person in explorer.controls["person"]._options_values:
        explorer.set(person=person)
        assert explorer.say().startswith("Simulated. "), person


def test_problems_given_in_place_of_a_diary_are_said() -> None:
    problems = data.read_diary("no_such_file.csv")
    explorer = explore.Diary(diary=problems)
    assert str(problems[0]) in message(explorer)
    assert explorer.live.png
    explorer.set(person=1)
    assert OWN not in explorer.controls["person"]._options_values


def test_what_is_no_diary_is_said_in_a_sentence() -> None:
    for wrong in (pd.DataFrame({"date": []}), diary.person(1, 5).head(0), "my_diary.csv"):
        assert "cannot be shown" in message(explore.Diary(diary=wrong)), wrong


def test_a_chosen_file_is_read_shown_and_gone() -> None:
    explorer = explore.Diary()
    before = explorer.live.png
    upload(explorer, "../../mine.csv", TEMPLATE)
    assert explorer.value("person") == OWN
    assert "your file: mine.csv" in [words for words, _ in explorer.controls["person"].options]
    assert explorer.live.png != before
    assert message(explorer) == ""
    assert explorer._file.value == (), "a file that stays could be kept with the notebook"
    pd.testing.assert_frame_equal(
        explorer.frame(), data.read_diary(package.root() / "templates" / "diary.csv")
    )


def test_a_second_file_takes_the_place_of_the_first() -> None:
    explorer = explore.Diary()
    upload(explorer, "one.csv", TEMPLATE)
    first = explorer.say()
    upload(explorer, "two.csv", b"date,headache\n2025-03-01,yes\n2025-03-02,no\n")
    assert explorer.say() != first
    assert "1 to 30" in explorer.say()
    assert explorer.evidence()["noted"].iloc[0] == 2


def test_a_faulty_file_is_said_and_the_last_good_picture_stays() -> None:
    explorer = explore.Diary()
    upload(explorer, "mine.csv", TEMPLATE)
    picture, words = explorer.live.png, explorer.say()
    upload(explorer, "wrong.csv", b"date,headache\n31/12/2024,yes\n2025-03-02,perhaps\n")
    assert "wrong.csv" in message(explorer) and "yes or no" in message(explorer)
    assert "Traceback" not in message(explorer)
    assert (explorer.live.png, explorer.say()) == (picture, words)
    explorer.set(marked="NSAID")
    explorer.controls["person"].value = 1
    assert message(explorer) == ""


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04rest", b"a,b\n1,2\n", b"\xff" * 50])
def test_any_bytes_give_a_sentence(content: bytes) -> None:
    explorer = explore.Diary()
    upload(explorer, "odd.csv", content)
    assert message(explorer)
    assert explorer.live.png


def test_a_file_passes_through_a_folder_that_is_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(data, "read_diary", lambda path: seen.append((path, path.exists())) or [])
    read_upload("mine.csv", TEMPLATE)
    assert seen[0][1] and not seen[0][0].exists() and not seen[0][0].parent.exists()


def test_a_long_diary_is_walked_month_by_month() -> None:
    explorer = explore.Diary(diary=diary.person(6, 400, interval=5.0))
    slider = explorer.controls["first"]
    assert slider.max == 14 - 2
    assert explorer.visible("first")
    slider.value = slider.max
    assert "December 2025" in [one.name for one in explorer.view().months]
    explorer.set(person=1)
    assert slider.max == 1 and not explorer.visible("first")
    assert len(explorer.view().months) == 3


def test_no_sentence_diagnoses_or_advises() -> None:
    explorer = explore.Diary()
    for person in explorer.controls["person"]._options_values:
        explorer.set(person=person)
        assert "no diagnosis" in explorer.say()
        assert not re.search(
            r"\b(you have|should|must|see a|ask a|stop|reduce)\b", explorer.say(), re.IGNORECASE
        )


def test_any_medicine_names_the_line_of_several_classes_and_another_class_its_lack() -> None:
    together = data.fact("criteria", "8_2_b_drug_8_2_6_several_classes_none_alone")["at_least"]
    explorer = explore.Diary(person=4, marked="medication")
    assert f"several together have one: {together:g} a month" in explorer.say()
    assert [month.counts[2].words.endswith("lines go by class") for month in explorer.view().months] == [
        True
    ] * 3
    explorer.set(marked="gepant")
    assert "print no line for it" in explorer.say()
    assert all(month.counts[2].words.endswith("no line published") for month in explorer.view().months)


def test_the_upload_stays_off_slides() -> None:
    explorer = explore.Diary()
    assert explorer._reading.layout.display is None
    explorer.screen.page = {"ratio": 1.0, "dark": False, "presenting": True, "width": 1200}
    assert explorer._reading.layout.display == "none"


# -- regression to the mean ----------------------------------------------------------------------------------------
def arms(explorer: Any) -> pd.DataFrame:
    return explorer.evidence().head(3).set_index("key")


def test_effects_touch_only_the_arms_they_belong_to() -> None:
    explorer = explore.RegressionToTheMean()
    bare = arms(explorer)
    explorer.set(drug=40)
    drug = arms(explorer)
    pd.testing.assert_frame_equal(bare.loc[["nothing", "placebo"]], drug.loc[["nothing", "placebo"]])
    assert drug.at["drug", "percent"] > bare.at["drug", "percent"] + 15
    assert (drug["n"] == bare["n"]).all()
    explorer.set(drug=0, placebo=30)
    both = arms(explorer)
    assert (both["percent"] > bare["percent"])[["placebo", "drug"]].all()
    assert both.at["nothing", "events"] == bare.at["nothing", "events"]


def test_what_is_kept_is_never_shown_for_another_choice() -> None:
    """Every control moved there and back gives the rows of an explorer that never saw another choice."""
    explorer = explore.RegressionToTheMean()
    changes = {
        "who": "8-14",
        "enrol": 10,
        "baseline": 3,
        "placebo": 20,
        "drug": 50,
        "follow_up": 3,
        "people": 7,
    }
    state: dict[str, Any] = {}
    for name, value in changes.items():
        state[name] = value
        explorer.set(**{name: value})
        pd.testing.assert_frame_equal(explorer.evidence(), explore.RegressionToTheMean(**state).evidence())


def test_the_curve_at_the_chosen_threshold_is_the_arms_taken_together() -> None:
    explorer = explore.RegressionToTheMean(enrol=9, baseline=2, follow_up=2)
    rows = explorer.evidence().set_index("key")
    point = rows.loc["2 before, from 9"]
    assert rows["n"].head(3).sum() == point["n"]
    assert rows["events"].head(3).sum() == point["events"], "with no effect all three were given nothing"


def test_nobody_enrolled_is_said_and_the_picture_stays() -> None:
    explorer = explore.RegressionToTheMean(who="0-3")
    picture = explorer.live.png
    explorer.set(enrol=20, baseline=4)
    assert "lower the line" in message(explorer)
    assert explorer.live.png == picture


def test_the_sentence_says_what_was_put_in_and_what_came_out() -> None:
    explorer = explore.RegressionToTheMean(placebo=20, drug=40)
    rows, words = arms(explorer), explorer.say()
    for name in rows.index:
        assert (
            f"{rows.at[name, 'percent']:.0f} ({rows.at[name, 'low']:.0f} to {rows.at[name, 'high']:.0f})"
            in words
        )
    assert "chance and selection" in words
    assert "20 % of days" in words and "40 % of the rest" in words
    gain = rows.at["drug", "percent"] - rows.at["placebo", "percent"]
    assert f"minus placebo {gain:+.0f}" in words


def test_another_draw_gives_other_people_by_the_button() -> None:
    explorer = explore.RegressionToTheMean()
    before = arms(explorer)["events"].to_numpy()
    explorer.actions()[0].click()
    assert (arms(explorer)["events"].to_numpy() != before).any()
    assert np.isfinite(arms(explorer)["percent"]).all()
