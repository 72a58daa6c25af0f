"""EvidenceBrief driven as a student drives it: choose, write, come back, be refused, save."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import ipywidgets as widgets
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migraine_lab import practice
from migraine_lab.practice import answers
from migraine_lab.practice.brief import drafts
from migraine_lab.practice.brief import widget as brief_widget
from migraine_lab.practice.brief.questions import LEVELS, NOBODY, NoQuestion, find
from migraine_lab.practice.brief.widget import KEPT, OUTCOMES


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(answers, "_memory", {})
    answers.notice()
    (tmp_path / "out").mkdir()
    return tmp_path / "home"


def words(widget: widgets.HTML) -> str:
    return re.sub(
        r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", widget.value, flags=re.DOTALL)
    ).strip()


def walk(widget):
    return [widget, *(below for child in getattr(widget, "children", ()) for below in walk(child))]


@pytest.fixture
def box(tmp_path: Path) -> practice.EvidenceBrief:
    return practice.EvidenceBrief(folder=tmp_path / "out")


def test_it_opens_on_a_brief(box: practice.EvidenceBrief) -> None:
    assert "how many were free of pain at 2 h with rimegepant" in words(box.page)
    assert box.refusal.value.count("Not shown") == 0
    assert repr(box) == "EvidenceBrief: Your evidence brief"


def test_every_input_has_a_label_and_no_two_the_same(box: practice.EvidenceBrief) -> None:
    inputs = [
        one
        for one in walk(box)
        if isinstance(one, (widgets.ValueWidget, widgets.Button)) and not isinstance(one, widgets.HTML)
    ]
    labels = [one.description.strip() for one in inputs]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_a_question_is_asked_for_by_name_or_refused(tmp_path: Path) -> None:
    ketamine = practice.EvidenceBrief(treatment="ketamine", people="ketamine_inpatients")
    assert ketamine.question.comparator == NOBODY
    assert "There was no comparator" in words(ketamine.page)
    with pytest.raises(NoQuestion, match="No row answers for treatment"):
        practice.EvidenceBrief(treatment="nothing such")


MOVES = st.tuples(st.sampled_from(LEVELS), st.integers(0, 400))


@given(st.lists(MOVES, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_walk_through_the_lists_keeps_them_in_line(moves: list[tuple[str, int]]) -> None:
    chooser = brief_widget.Chooser(find(treatment="rimegepant"), lambda: None)
    for level, place in moves:
        control = chooser.lists[level]
        control.value = control.options[place % len(control.options)][1]
        assert asdict(chooser.question) == {name: one.value for name, one in chooser.lists.items()}
        assert all(one.options for one in chooser.lists.values())


def test_another_choice_shows_another_brief(box: practice.EvidenceBrief) -> None:
    box.chooser.lists["people"].value = "ketamine_inpatients"
    assert "ketamine" in words(box.page)
    assert "rimegepant" not in words(box.page)


def test_notes_come_back_with_their_question(box: practice.EvidenceBrief) -> None:
    box.notes["imprecision"].value = "Quite wide."
    assert "Quite wide." in words(box.page)
    assert "kept as a draft" in words(box.saved)
    here = box.question
    box.chooser.lists["people"].value = "ketamine_inpatients"
    assert box.notes["imprecision"].value == ""
    assert answers.entry("briefs", box.question.key) is None, "looking is no draft"
    again = practice.EvidenceBrief(**asdict(here))
    assert again.notes["imprecision"].value == "Quite wide."


def test_a_second_comparison_is_shown_or_refused_with_the_reason(box: practice.EvidenceBrief) -> None:
    box.more.value = True
    assert box.second is not None
    assert "indirect comparison" in words(box.page) or "appear in both" in words(box.page)
    box.also.set(find(people="ketamine_inpatients", treatment="ketamine"))
    box._also_asked()
    assert "Not shown together. One has a comparator in its own study" in words(box.refusal)
    assert box.second is None
    assert "ketamine" not in words(box.page)
    box.more.value = False
    assert words(box.refusal) == ""


def test_the_second_comparison_is_kept_with_the_draft(box: practice.EvidenceBrief) -> None:
    box.more.value = True
    second = box.second
    box.notes["conclusion"].value = "Both did something."
    again = practice.EvidenceBrief(**asdict(box.question))
    assert again.more.value
    assert again.second == second


@pytest.mark.parametrize(
    "kept",
    [
        {"notes": "no table"},
        {"notes": {"imprecision": 3}, "question": {"people": "x"}},
        {"question": {"wrong": 1}, "second": 5, "notes": {}},
        {},
    ],
)
def test_drafts_that_make_no_sense_do_no_harm(kept: dict, tmp_path: Path) -> None:
    question = find(**brief_widget.START)
    answers.keep("briefs", question.key, lambda _old: kept)
    box = practice.EvidenceBrief(folder=tmp_path)
    assert all(field.value == "" for field in box.notes.values())
    assert drafts.kept_briefs() == []


def test_saving_prints_the_path_and_does_not_overwrite(box: practice.EvidenceBrief, tmp_path: Path) -> None:
    box.save_page.click()
    first = next((tmp_path / "out").glob("*.html"))
    assert str(first) in words(box.saved)
    assert "it prints" in words(box.saved)
    box.notes["conclusion"].value = "Changed my mind."
    box.save_page.click()
    box.save_sources.click()
    assert sorted(one.suffix for one in (tmp_path / "out").iterdir()) == [".bib", ".html", ".html"]
    assert "Changed my mind." not in first.read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_said_in_place(box: practice.EvidenceBrief, tmp_path: Path) -> None:
    box.folder.value = str(tmp_path / "nowhere")
    box.save_page.click()
    assert "There is no folder" in words(box.saved)
    assert "Saved" not in words(box.saved)


def test_kept_briefs_are_saved_with_progress(
    box: practice.EvidenceBrief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.which.value = KEPT
    box.save_page.click()
    assert "No notes are kept yet" in words(box.saved)
    box.notes["conclusion"].value = "One."
    box.chooser.lists["treatment"].value = "zavegepant / intranasal"
    box.notes["conclusion"].value = "Two."
    seen: list[tuple[int, int, str, str]] = []
    box.bar.observe(
        lambda _change: seen.append(
            (box.bar.value, box.bar.max, box.bar.description, box.bar.layout.display)
        ),
        "description",
    )
    box.which.value = KEPT
    box.save_page.click()
    assert seen == [(1, 2, "1 of 2", ""), (2, 2, "2 of 2", "")]
    assert box.bar.layout.display == "none"
    assert "Saved 2 of 2" in words(box.saved)
    texts = [one.read_text(encoding="utf-8") for one in (tmp_path / "out").iterdir()]
    assert sorted("One." in text for text in texts) == [False, True]


def test_an_emptied_draft_is_not_saved_and_every_page_has_its_author(box: practice.EvidenceBrief) -> None:
    box.notes["conclusion"].value = "One."
    box.author.value = "A. Student"
    for which in (KEPT, OUTCOMES):
        box.which.value = which
        assert {one.author for one in box.chosen_briefs()} == {"A. Student"}
    box.notes["conclusion"].value = "  "
    box.which.value = KEPT
    assert box.chosen_briefs() == []


def test_every_outcome_of_a_comparison(box: practice.EvidenceBrief, tmp_path: Path) -> None:
    box.which.value = OUTCOMES
    wanted = box.chosen_briefs()
    assert len(wanted) > 2
    assert {(one.question.people, one.question.treatment) for one in wanted} == {
        (box.question.people, box.question.treatment)
    }
    box.save_sources.click()
    assert len(list((tmp_path / "out").iterdir())) == len(wanted)


def test_links_hand_over_both_files(box: practice.EvidenceBrief) -> None:
    box.links.click()
    assert box.saved.value.count("<a download=") == 2


def test_scripts_typed_into_notes_do_not_reach_the_page_as_scripts(box: practice.EvidenceBrief) -> None:
    box.notes["unknown"].value = "<script>alert(1)</script>"
    box.author.value = "<img src=x onerror=alert(1)>"
    assert "<script" not in box.page.value
    assert "<img" not in box.page.value


def test_drafts_stand_in_the_answers_file(box: practice.EvidenceBrief, home: Path) -> None:
    box.author.value = "A name"
    box.notes["conclusion"].value = "Mine."
    held = json.loads((home / "answers.json").read_text(encoding="utf-8"))
    assert [entry["notes"]["conclusion"] for entry in held["briefs"].values()] == ["Mine."]
    assert "A name" not in json.dumps(held), "nobody's name is kept"
