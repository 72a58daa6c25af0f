"""Predictions, the quiz, the six questions, beliefs and the check of the room, driven as a student drives them."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migraine_lab import data, practice
from migraine_lab.practice import answers, beliefs, look, pictures, room

ROW = {"events": 48, "n": 61, "percent": 77.0}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(answers, "_memory", {})
    answers.notice()
    return tmp_path / "home"


def words(widget: widgets.HTML) -> str:
    """What a reader sees of an HTML block."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", widget.value).replace("&nbsp;", " ")).strip()


def everything(widget: Any) -> str:
    """All that the page gets of a widget and its children before anything is pressed."""
    own = " ".join(
        str(getattr(widget, name, ""))
        for name in ("value", "description", "placeholder", "tooltip", "options")
    )
    return own + " ".join(everything(child) for child in getattr(widget, "children", ()))


def answer(predict: practice.Predict, value: str) -> str:
    predict.field.value = value
    predict.commit.click()
    return words(predict.answer)


# -- predictions -------------------------------------------------------------------------------------------------------
def test_the_truth_is_not_on_the_page_before_the_guess() -> None:
    predict = practice.Predict("t-1", "How many?", truth=ROW, then="It was a surprise.")
    page = everything(predict).replace(look.CSS, "")
    assert "How many?" in page
    for secret in ("48", "61", "79", "77", "surprise"):
        assert secret not in page


def test_guess_and_truth_stand_side_by_side() -> None:
    said = answer(practice.Predict("t-1", "How many?", truth=ROW, then="Then this."), "40")
    assert "You guessed 40 %. The data say 48 of 61 (79 %). Your guess was 39 points too low." in said
    assert said.endswith("Then this.")


def test_the_picture_says_the_same_as_the_sentence() -> None:
    predict = practice.Predict("t-1", "How many?", truth=ROW)
    answer(predict, "40")
    label = re.search(r'<svg[^>]*role="img"[^>]*aria-label="([^"]*)"', predict.answer.value)
    assert label is not None
    assert label[1].replace("&nbsp;", " ") in words(predict.answer)


def test_first_guess_stays_kept() -> None:
    predict = practice.Predict("t-1", "How many?", truth=ROW)
    answer(predict, "40")
    said = answer(predict, "70")
    assert "You guessed 70 %" in said
    assert "Your first answer was 40 %; that one stays kept." in said
    assert practice.guess("t-1") == 40
    kept = answers.entry("guesses", "t-1")
    assert kept is not None
    assert (kept["last"], kept["tries"], round(kept["truth"], 1)) == (70, 2, 78.7)


def test_no_guess_is_kept_before_the_commit() -> None:
    predict = practice.Predict("t-1", "How many?", truth=ROW)
    predict.field.value = "40"
    assert practice.guess("t-1") is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write a number first"),
        ("many", "“many” is not one number"),
        ("40 60", "is not one number"),
        ("101", "from 0 to 100"),
        ("-1", "from 0 to 100"),
        ("0.4", "Did you mean 40?"),
    ],
)
def test_answers_that_are_no_percentage_are_named(typed: str, said: str) -> None:
    assert said in answer(practice.Predict("t-1", "How many?", truth=ROW), typed)
    assert practice.guess("t-1") is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [("40", 40), (" 40 % ", 40), ("40,5", 40.5), ("40 percent", 40), ("100", 100), ("0", 0)],
)
def test_percentages_may_be_written_in_several_ways(typed: str, value: float) -> None:
    assert "The data say" in answer(practice.Predict("t-1", "How many?", truth=ROW), typed)
    assert practice.guess("t-1") == value


def test_a_fraction_of_a_percent_counts_when_it_is_meant() -> None:
    predict = practice.Predict("t-1", "How many?", truth=ROW)
    answer(predict, "0.4")
    assert "You guessed 0.4 %" in answer(predict, "0.4")


def test_enter_commits() -> None:
    predict = practice.Predict("t-1", "How many?", truth=ROW)
    predict.field.value = "40"
    predict.field._handle_custom_msg({"event": "submit"}, [])
    assert practice.guess("t-1") == 40


def test_numbers_with_a_unit() -> None:
    predict = practice.Predict("t-1", "Of 100?", kind="number", unit="of 100", truth=10.4)
    said = answer(predict, "40")
    assert "You guessed 40 of 100. The data say 10 of 100. Your guess was 30 too high." in said
    assert ">100</text>" in predict.answer.value, "the scale of a count of 100 ends at 100"
    assert "That is close." in answer(practice.Predict("t-2", "?", kind="number", truth=10.4), "10")


def test_choices_are_marked_in_words() -> None:
    predict = practice.Predict("t-1", "Which?", kind="choice", options=["relief", "freedom"], truth="relief")
    assert "Choose one of the answers first" in answer(predict, "Choose one")
    assert "relief ← the data freedom ← your choice The data say otherwise." in answer(predict, "freedom")
    assert "relief ← your choice and the data" in answer(predict, "relief")


def test_belief_before_and_after() -> None:
    assert "Kept: 70 of 100." in answer(practice.Predict("t-1", "Sure?", kind="sure"), "70")
    after = practice.Predict("t-2", "Sure now?", kind="sure", before="t-1")
    assert "At the start you said 70 of 100; now you say 20 of 100." in answer(after, "20")
    alone = practice.Predict("t-3", "Sure now?", kind="sure", before="t-0")
    assert "was not found" in answer(alone, "20")


def test_truth_may_be_computed_late_and_may_be_missing() -> None:
    asked: list[int] = []
    predict = practice.Predict("t-1", "How many?", truth=lambda: asked.append(1) or 61.0)
    assert not asked
    assert "The data say 61 %" in answer(predict, "40")
    assert "prints no figure" in answer(practice.Predict("t-2", "?", truth=float("nan")), "40")


def test_an_address_is_looked_up() -> None:
    address = ("powers2017", "placebo", "responder_50")
    row = data.result(*address)
    predict = practice.Predict("t-1", "{row:count}?", truth=address, row=address)
    assert predict.title == f"{row['events']} of {row['n']}?"
    assert f"The data say {practice.rate(row)}" in answer(predict, "1")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"question_id": ""}, "needs a question_id"),
        ({"kind": "guess"}, "kind is 'guess'"),
        ({"truth": None}, "goes without a truth"),
        ({"kind": "choice", "options": ["a"], "truth": "a"}, "at least two options"),
        ({"kind": "choice", "options": ["a", "b"], "truth": "c"}, "not among the options"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        practice.Predict(**{"question_id": "t-1", "prompt": "?", "truth": 1.0, **given})


def test_guesses_are_shown_when_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(blocked))
    said = answer(practice.Predict("t-1", "How many?", truth=ROW), "40")
    assert "The data say 48 of 61" in said
    assert "only until you restart" in said


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=12))
def test_any_typing_gives_a_sentence(typed: str) -> None:
    assert answer(practice.Predict("t-any", "How many?", truth=ROW), typed)


@settings(max_examples=200)
@given(*[st.floats(-1e6, 1e6).map(lambda value: round(value, 6))] * 2)  # no guess is of 300 decimals
def test_marks_stay_inside_the_picture(guess: float, truth: float) -> None:
    low, high = pictures.ends([guess, truth])
    assert low <= min(guess, truth)
    assert high >= max(guess, truth)
    svg = pictures.scale(
        [pictures.Mark("your guess:", guess, "g", hollow=True), pictures.Mark("the data:", truth, "t")],
        low,
        high,
        "",
        "x",
    )
    places = [float(x) for x in re.findall(r'(?:cx|x1|x2)="([\d.]+)"', svg)]
    assert all(0 <= x <= pictures.WIDTH for x in places)


# -- the six questions -------------------------------------------------------------------------------------------------
def card() -> practice.TakeApart:
    now = ("schwenk2018", "ketamine_iv", "fall_2_points")
    return practice.TakeApart("c123", now, "Of {now:n}, {now:events}.", now=now)


def test_ours_is_made_from_the_data() -> None:
    ours = card().ours()
    row = data.result("schwenk2018", "ketamine_iv", "fall_2_points")
    assert ours["many"] == f"{practice.rate(row)}."
    assert row["definition"][1:] in ours["counted"]
    assert ours["against"].startswith("Nothing.")
    assert data.cite(row["source_id"]) in ours["says"]
    later = data.result("schwenk2018", "ketamine_iv", "sustained_2_points", "38.1 d")
    assert practice.fill("After {row:when}: {row}.", row=later) in ours["when"]


def test_a_study_with_a_comparator_names_it() -> None:
    shown = practice.TakeApart("c123", ("etchison2018", "ketamine_02", "ketamine_serious"))
    assert shown.ours()["against"] == "Saline IV."


def test_the_card_shows_ours_three_at_a_time_and_keeps_mine() -> None:
    shown = card()
    hidden = everything(shown).replace(look.CSS, "")
    assert "48 of 61" not in hidden
    shown.fields["whom"].value = "inpatients"
    shown.own.value = "A <b>clinic</b> says so."
    pages = []
    while not shown.compare.disabled:
        shown.compare.click()
        pages.append(words(shown.answer))
    assert [page.count("?") >= 3 for page in pages] == [True, True, False]
    assert "In whom? inpatients" in pages[0]
    assert "&lt;b&gt;" in shown.answer.value
    assert "Of 61, 48." in pages[-1]
    assert "unsupported" in pages[-1]
    kept = answers.entry("cards", "c123")
    assert kept is not None
    assert kept["first"]["whom"] == "inpatients"
    shown.back.click()
    assert shown.asking.layout.display == ""
    assert shown.fields["whom"].value == "inpatients"


def test_unknown_claims_are_named() -> None:
    with pytest.raises(KeyError, match="claims has no row with claim_id 'c999'"):
        practice.TakeApart("c999", ("schwenk2018", "ketamine_iv", "fall_2_points"))


# -- beliefs -----------------------------------------------------------------------------------------------------------
def test_ten_sentences_each_met_in_a_lesson() -> None:
    items = beliefs.statements()
    assert len(items) == 10
    assert len({item["belief_id"] for item in items}) == 10
    planned = {lesson["lesson"][:2] for lesson in room.lessons()}
    assert {item["lesson"] for item in items} <= planned


def test_beliefs_are_kept_and_shown_again() -> None:
    before = practice.Beliefs("before")
    before.save.click()
    assert "at least one" in words(before.answer)
    before.choices[0].value = "agree"
    before.save.click()
    assert "Kept: 1 of 10. Still open: 2, 3" in words(before.answer)
    before.choices[0].value = "disagree"
    before.save.click()
    after = practice.Beliefs("after")
    for row in after.choices:
        row.value = "cannot say"
    after.save.click()
    said = words(after.answer)
    assert f"{beliefs.statements()[0]['sentence']} agree cannot say lesson" in said


def test_beliefs_know_two_times_only() -> None:
    with pytest.raises(ValueError, match="before or after"):
        practice.Beliefs("during")


# -- the room ----------------------------------------------------------------------------------------------------------
def test_the_check_names_what_is_there() -> None:
    check = practice.CheckUp()
    assert "Not checked yet" in words(check.answer)
    check.press.click()
    said = words(check.answer)
    assert "widgets are alive" in said
    assert f"{len(data.table('studies'))} studies" in said
    assert "Everything is ready." in said


def test_the_check_names_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(room, "version", lambda name: None if name in ("scipy", room.SLIDESHOW) else "1.0")
    problem = data.Problem("results", 7, "events", "9", "must be at most n")
    monkeypatch.setattr(data, "check", lambda: [problem])
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(blocked / "under"))
    check = practice.CheckUp()
    check.press.click()
    said = words(check.answer)
    assert "Missing: scipy." in said
    assert "cannot be shown as slides" in said
    assert "must be at most n" in said
    assert "cannot be saved here" in said
    assert "4 of 6 things need a look." in said


def test_forgetting_takes_two_presses(home: Path) -> None:
    answer(practice.Predict("t-1", "How many?", truth=ROW), "40")
    forget = practice.Forget()
    forget.sure.click()
    assert answers.path().exists()
    forget.first.click()
    forget.sure.click()
    assert practice.guess("t-1") is None
    assert "Nothing is kept any more." in words(forget.answer)


def test_course_map_links_only_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(room.words, "page", shown.append)
    (tmp_path / "06_reading_a_response_rate.ipynb").write_text("{}", encoding="utf-8")
    practice.course_map(tmp_path)
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', shown[0]) == [
        ("06_reading_a_response_rate.ipynb", "06 Reading a response rate")
    ]
    assert all(lesson["question"] in shown[0] for lesson in room.lessons())


def test_sources_are_cited_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(room.words, "markdown", shown.append)
    practice.sources(["schwenk2018", "powers2017", "schwenk2018"])
    assert shown[0].splitlines() == [f"- {data.cite('schwenk2018')}", f"- {data.cite('powers2017')}"]
    with pytest.raises(KeyError, match="no study and no source is called nobody1999"):
        practice.sources(["nobody1999"])


def test_guesses_of_a_lesson_as_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(room.words, "markdown", shown.append)
    practice.my_guesses("06")
    assert "not kept a guess" in shown[-1]
    answer(practice.Predict("06-a", "How many?", truth=ROW), "40")
    answer(practice.Predict("07-a", "Elsewhere?", truth=ROW), "40")
    answer(practice.Predict("06-b", "Sure?", kind="sure"), "40")
    practice.my_guesses("06")
    assert "| How many? | 40 % | 79 % |" in shown[-1]
    assert "Elsewhere" not in shown[-1]
    assert "Sure?" not in shown[-1]


# -- all of them -------------------------------------------------------------------------------------------------------
def walk(widget: Any) -> list[Any]:
    return [widget, *(below for child in getattr(widget, "children", ()) for below in walk(child))]


@pytest.mark.parametrize(
    "make",
    [
        lambda: practice.Predict("t-1", "How many?", truth=ROW),
        lambda: practice.Predict("t-1", "Which?", kind="choice", options=["a", "b"], truth="a"),
        lambda: practice.Quiz("06"),
        lambda: practice.Beliefs(),
        card,
        practice.CheckUp,
        practice.Forget,
    ],
)
def test_every_input_has_a_label_and_no_slider_is_used(make: Any) -> None:
    made = make()
    inputs = [
        one
        for one in walk(made)
        if isinstance(one, (widgets.ValueWidget, widgets.Button)) and not isinstance(one, widgets.HTML)
    ]
    assert inputs
    assert all(one.description.strip() for one in inputs)
    assert not [one for one in inputs if isinstance(one, (widgets.IntSlider, widgets.FloatSlider))]
    assert re.fullmatch(r"\w+: .+", repr(made)), "a stored text form must not hold a memory address"


def test_addresses_in_the_comparison_are_links() -> None:
    shown = card()
    shown.compare.click()
    shown.compare.click()
    doi = data.table("sources").set_index("source_id")["doi"]["schwenk2018"]
    assert f'<a href="https://doi.org/{doi}"' in shown.answer.value


def test_a_press_waits_for_the_keys_that_are_still_on_their_way() -> None:
    """The page sends "5", then the press, then "50": the guess is 50."""

    async def type_and_press(question: practice.Predict) -> None:
        question.field.value = "5"
        question.commit.click()
        await asyncio.sleep(look.STILL / 3)
        question.field.value = "50"
        await asyncio.sleep(4 * look.STILL)

    question = practice.Predict("t-press", "How many of 100?", truth=ROW)
    asyncio.run(type_and_press(question))
    assert "You guessed 50" in question.answer.value


@pytest.mark.parametrize(
    ("teller", "words"), [("model", "The model says"), ("simulation", "The simulation says")]
)
def test_a_reveal_says_who_knows(teller: str, words: str) -> None:
    question = practice.Predict("t-teller", "How many?", kind="number", truth=12, told_by=teller)
    assert words in answer(question, "10")
    with pytest.raises(ValueError, match="told_by is one of data, model, simulation"):
        practice.Predict("t-teller", "How many?", truth=12, told_by="oracle")
