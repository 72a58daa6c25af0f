"""Lesson 10: its exercises, quiz, predictions and sentences hold against the tables, reached by other roads."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

from migraine_lab.data import package
from migraine_lab.practice import answers, facts, questions
from migraine_lab.practice.exercises import EXERCISES
from tests.unit.notebook_files import NOTEBOOKS, read
from tests.unit.test_exercises import code_of
from tests.unit.test_lessons import made_by, tagged

NOTEBOOK = next(path for path in NOTEBOOKS if path.stem.startswith("10"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path))
    monkeypatch.setattr(answers, "_memory", {})


def stored(table: str) -> list[dict[str, str]]:
    """A table's rows straight from its CSV file."""
    with (package.root() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def claims() -> dict[str, dict[str, str]]:
    return {row["claim_id"]: row for row in stored("claims")}


def asked(cell_id: str) -> Any:
    """The prediction that a cell of the lesson makes."""
    notebook = read(NOTEBOOK)
    return made_by(notebook, next(cell for cell in notebook.cells if cell.id == cell_id))


@pytest.mark.parametrize("cell", tagged(read(NOTEBOOK), "explorer"), ids=lambda cell: cell.id)
def test_every_explorer_opens_as_the_cell_asks(cell: Any) -> None:
    """A choice that an explorer does not have would only show a sentence, and the lesson would speak of another picture."""
    assert made_by(read(NOTEBOOK), cell)._message.value == ""


# -- exercises --------------------------------------------------------------------------------------------------------
def test_misleading_sentences_that_hold_are_counted_one_by_one() -> None:
    misleading = [row["verdict"] for row in stored("claims") if row["impression"] == "misleading"]
    passed = sum(verdict.endswith("supported") and verdict != "unsupported" for verdict in misleading)
    assert EXERCISES["10-missed"].truth() == pytest.approx(passed / len(misleading))


def test_the_votes_of_the_gap_are_those_that_the_notebook_shows() -> None:
    notebook = read(NOTEBOOK)
    solution = next(cell for cell in notebook.cells if cell.id == "s2-solution")
    shown: dict[str, Any] = {}
    exec("\n".join(code_of(solution).splitlines()[:2]), shown)
    gap = np.mean(shown["sure"]) - 100 * np.mean(shown["right"])
    assert EXERCISES["10-gap"].truth() == pytest.approx(gap)
    high = proportion_confint(sum(shown["right"]), len(shown["right"]), method="wilson")[1]
    assert ("luck could do that" in EXERCISES["10-gap"].praise(gap)) == (100 * high > np.mean(shown["sure"]))


def test_sentences_in_conflict_are_counted_once() -> None:
    ids = {row[side] for row in stored("claim_conflicts") for side in ("claim_a", "claim_b")}
    supported = [one for one in ids if claims()[one]["verdict"] == "supported"]
    assert EXERCISES["10-sentences"].truth() == (len(ids), len(supported))


def test_an_article_is_counted_over_its_own_sentences() -> None:
    own = [row["verdict"] for row in stored("claims") if row["article_id"] == "unlocking_relief"]
    events = own.count("supported")
    wanted = (events / len(own), *proportion_confint(events, len(own), method="wilson"))
    assert EXERCISES["10-article"].truth() == pytest.approx(wanted)


def test_the_range_behind_the_quoted_figure_is_that_of_its_count_and_holds_it() -> None:
    row = next(
        row for row in stored("results") if row["result_id"] == "schwenk2018_ketamine_iv_fall_2_points_5d"
    )
    low, high = proportion_confint(int(row["events"]), int(row["n"]), method="wilson")
    assert EXERCISES["10-figure"].truth() == pytest.approx((low, high))
    assert low < float(claims()["c095"]["figure_percent"]) / 100 < high


# -- quiz and predictions ---------------------------------------------------------------------------------------------
def test_the_numbers_asked_for_in_the_quiz_are_those_of_the_counts() -> None:
    rows = stored("claims")
    number = {question.question_id: question.number for question in questions.load("10")[1]}
    misleading = [row for row in rows if row["impression"] == "misleading"]
    part = sum(row["verdict"] == "partly_supported" for row in misleading)
    assert number["10-q3"] == pytest.approx(100 * part / len(misleading))
    of = {
        kind: [row["verdict"] == "supported" for row in rows if row["kind"] == kind]
        for kind in ("advice", "causal")
    }
    assert number["10-q7"] == pytest.approx(100 * (np.mean(of["advice"]) - np.mean(of["causal"])))


def test_ninety_lies_above_both_intervals_and_the_second_is_much_narrower() -> None:
    few, many = (proportion_confint(events, n, method="wilson") for events, n in ((6, 10), (60, 100)))
    assert max(few[1], many[1]) < 0.9
    assert np.ptp(many) < np.ptp(few) / 2


def test_claims_stand_as_the_quiz_and_the_readings_say() -> None:
    wanted = {
        "c082": ("supported", "misleading"), "c095": ("supported", "misleading"), "c028": ("partly_supported", "fair"),
        "c133": ("partly_supported", "fair"), "c063": ("supported", "fair"), "c144": ("supported", "fair"),
        "c098": ("supported", "fair"), "c083": ("unsupported", "misleading"), "c087": ("partly_supported", "misleading"),
    }  # fmt: skip
    assert {one: (claims()[one]["verdict"], claims()[one]["impression"]) for one in wanted} == wanted
    assert {claims()[one]["verdict"] for one in ("c040", "c105")} == {"supported"}
    assert claims()["c087"]["key_concept"] == "theory_alone"


def test_predictions_are_those_of_the_tables() -> None:
    rows = stored("claims")
    both = [row for row in rows if row["verdict"] == "supported" and row["impression"] != "fair"]
    assert asked("s1-predict")._truth == len(both)
    assert asked("s2-predict")._truth == pytest.approx(100 * binom.pmf(8, 10, 0.8))
    carries = {"supported": 2, "partly_supported": 1}
    apart = [
        carries.get(claims()[row["claim_a"]]["verdict"], 0)
        != carries.get(claims()[row["claim_b"]]["verdict"], 0)
        for row in stored("claim_conflicts")
    ]
    assert asked("s3-predict")._truth == sum(apart)
    sellers = {row["article_id"] for row in stored("articles") if row["sells_treatment"] == "yes"}
    assert len(sellers) == 2
    own = [row["verdict"] for row in rows if row["article_id"] in sellers]
    truth = asked("s4-predict")._truth
    assert (truth["events"], truth["n"]) == (own.count("supported"), len(own))


# -- what the prose says ----------------------------------------------------------------------------------------------
def test_intervals_of_the_articles_overlap_as_the_reading_says() -> None:
    by = Counter(row["article_id"] for row in stored("claims"))
    held = Counter(row["article_id"] for row in stored("claims") if row["verdict"] == "supported")
    ends = [proportion_confint(held[one], n, method="wilson") for one, n in by.items()]
    assert max(low for low, _ in ends) < min(high for _, high in ends)


def test_most_sentences_have_a_concept_and_four_lead_the_list() -> None:
    met = Counter(row["key_concept"] for row in stored("claims") if row["key_concept"])
    assert met.total() > len(stored("claims")) / 2
    named = [n for _, n in met.most_common()]
    assert named[0] > named[1]
    assert named[3] > named[4]
    first = met.most_common(1)[0][0]
    names = {row["concept_id"]: row["name"] for row in stored("key_concepts")}
    assert asked("s5-predict")._truth == names[first]


def test_the_next_sentence_has_no_number() -> None:
    assert claims()["c103"]["figure_percent"] == ""
    assert not any(sign.isdigit() for sign in claims()["c103"]["claim"])


# -- counting rows as a fact of a quiz --------------------------------------------------------------------------------
def test_rows_are_counted_among_those_that_fit() -> None:
    spec = {
        "count": "claims",
        "where": {"verdict": ["supported", "partly_supported"]},
        "of": {"kind": "promise"},
    }
    found = facts.resolve({"row": spec, "rate": {"rate_of": "row"}, "all": {"count": "claims", "where": {}}})
    promises = [row["verdict"] for row in stored("claims") if row["kind"] == "promise"]
    events = promises.count("supported") + promises.count("partly_supported")
    assert (found["row"]["events"], found["row"]["n"]) == (events, len(promises))
    assert found["rate"] == pytest.approx(100 * events / len(promises))
    assert found["all"]["events"] == found["all"]["n"] == len(stored("claims"))


def test_counting_among_no_rows_is_named() -> None:
    with pytest.raises(facts.FactError, match="no row of claims fits"):
        facts.resolve({"a": {"count": "claims", "where": {}, "of": {"kind": "rumour"}}})
