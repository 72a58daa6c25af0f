"""The glossary's sheet: short plain definitions, sources that exist, related terms that lead somewhere and back."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from migraine_lab import data

SHEET = Path(__file__).parents[2] / "tools" / "build_data" / "glossary.csv"
CONVENTION = "definition by convention"
SMALL = {
    "a",
    "an",
    "the",
    "of",
    "or",
    "and",
    "in",
    "to",
    "is",
    "that",
    "for",
    "by",
    "on",
    "with",
    "as",
    "it",
    "its",
}

with SHEET.open(encoding="utf-8", newline="") as handle:
    HEADER, *CELLS = list(csv.reader(handle))
ROWS = [dict(zip(HEADER, cells, strict=True)) for cells in CELLS]
TERMS = {row["term"]: row for row in ROWS}


def related(row: dict[str, str]) -> list[str]:
    return row["related"].split(";") if row["related"] else []


def words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text.lower())


def test_the_sheet_has_its_columns_and_enough_terms_each_once():
    assert HEADER == ["term", "definition", "source", "related"]
    assert len(ROWS) >= 160
    assert len({row["term"].lower() for row in ROWS}) == len(ROWS)
    assert [row["term"] for row in ROWS] == sorted(TERMS, key=str.lower)
    assert all(cell == cell.strip() for row in ROWS for cell in row.values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["term"])
def test_a_definition_is_a_short_readable_sentence(row):
    said = row["definition"]
    assert 4 <= len(said.split()) <= 40
    assert re.match(r"[A-Z]", said)
    assert said.endswith(".")
    assert not re.search(r"\.\s|\s[,.;:]|\s\s|[.,;:]{2}", said), "one sentence, evenly spaced"
    assert said.count("(") == said.count(")")
    # a definition must say something that the term does not
    own = set(words(row["term"])) | SMALL
    assert len([word for word in words(said) if word not in own]) >= 3
    assert not said.lower().startswith(row["term"].lower() + " ")


def test_related_terms_exist_and_point_back():
    for term, row in TERMS.items():
        names = related(row)
        assert names, f"{term} stands alone"
        assert len(set(names)) == len(names)
        assert term not in names
        for name in names:
            assert name in TERMS, f"{term}: {name} is no term"
            assert term in related(TERMS[name]), f"{name} does not point back to {term}"


def test_no_two_terms_share_a_definition():
    said = [row["definition"] for row in ROWS]
    assert len(set(said)) == len(said)


def test_words_of_the_course_are_there():
    wanted = [
        "prodrome", "aura", "headache phase", "postdrome", "interictal phase", "chronic migraine",
        "medication-overuse headache", "status migrainosus", "tension-type headache", "cluster headache",
        "red flag", "NMDA receptor", "bioavailability", "half-life", "confidence interval",
        "Wilson interval", "risk difference", "risk ratio", "number needed to treat", "odds ratio",
        "heterogeneity", "I-squared", "prediction interval", "regression to the mean",
        "intention to treat", "publication bias", "pain freedom", "pain relief", "responder rate",
        "monthly migraine days", "most bothersome symptom", "denominator",
    ]  # fmt: skip
    assert not [term for term in wanted if term not in TERMS]


def test_every_class_of_treatment_is_explained():
    other_names = {"behavioural": "behavioural treatment", "tricyclic": "tricyclic antidepressant"}
    other_names |= {"PACAP antibody": "PACAP", "mixed preventives": "preventive treatment"}
    other_names |= {"no treatment": "waiting list", "NMDA antagonist combination": "NMDA antagonist"}
    classes = {part for name in data.table("treatments")["drug_class"] for part in name.split(" + ")}
    assert not [name for name in sorted(classes) if other_names.get(name, name) not in TERMS]


def test_a_source_is_named_by_its_id_or_is_a_convention():
    named = {row["source"] for row in ROWS} - {CONVENTION}
    assert len(named) >= 50
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in named)
