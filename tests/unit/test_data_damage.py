"""A damaged package gives one clear sentence and nothing half-loaded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from migraine_lab import data
from migraine_lab.data import package


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for path in package.root().glob("*.*"):
        if path.is_file():
            shutil.copy(path, folder / path.name)
    return folder


def change(folder: Path, table: str, line: int, column: str, value: str) -> None:
    """Put a value into one cell; `line` is that of the file, 1 being the header."""
    import csv

    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    rows[line - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(rows)


def said(folder: Path) -> list[str]:
    """What check() says; table() must say the first of it and give no table at all."""
    problems = data.check(folder)
    assert problems, "the damage was not seen"
    for name in ("sources", "results"):
        with pytest.raises(data.DataError) as error:
            data.table(name, folder)
        assert str(error.value).startswith(str(problems[0]))
        assert "\n" not in str(error.value)
    return [str(problem) for problem in problems]


def line_of(table: str, **where: object) -> int:
    frame = data.table(table)
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return int(frame.index[0]) + 2


def test_a_missing_file(copy):
    (copy / "arms.csv").unlink()
    assert said(copy) == ["Table arms: the file arms.csv is missing."]


def test_an_empty_file(copy):
    (copy / "arms.csv").write_text("")
    assert said(copy) == ["Table arms: the file arms.csv is empty."]


def test_a_utf_16_file(copy):
    path = copy / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")
    assert said(copy) == [
        "Table claims: the file claims.csv is not UTF-8 but looks like UTF-16; save it as CSV UTF-8."
    ]


def test_a_file_in_another_encoding_names_the_line(copy):
    path = copy / "articles.csv"
    raw = path.read_bytes().split(b"\n")
    raw[2] = raw[2].replace(b"Relief", b"R\xe9lief")
    path.write_bytes(b"\n".join(raw))
    assert said(copy) == [
        "Table articles, line 3: the file articles.csv is not UTF-8 text; save it as CSV UTF-8."
    ]


def test_a_byte_order_mark_does_no_harm(copy):
    path = copy / "articles.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert data.check(copy) == []


def test_text_in_a_number_column(copy):
    line = line_of("results", result_id="cady1991_suma_sc_6_pain_relief_1h")
    change(copy, "results", line, "n", "many")
    assert said(copy) == [f"Table results, line {line}, column n, value 'many': must be a whole number."]
    problem = data.check(copy)[0]
    assert (problem.table, problem.row, problem.column, problem.value) == ("results", line, "n", "many")


def test_events_above_n(copy):
    line = line_of("results", result_id="cady1991_suma_sc_6_pain_relief_1h")
    change(copy, "results", line, "events", "735")
    assert (
        f"Table results, line {line}, column events, value '735': events must not exceed n, which is 734."
        in said(copy)
    )


def test_a_percentage_that_the_counts_contradict(copy):
    line = line_of("results", result_id="goadsby2000_ele_80_pain_free_2h")
    change(copy, "results", line, "percent", "39")
    assert said(copy) == [
        f"Table results, line {line}, column percent, value '39': 44 of 118 is 37.29 %, and mismatch_note "
        "says nothing."
    ]


def test_an_unknown_study(copy):
    line = line_of("quality", study_id="petersen2022")
    change(copy, "quality", line, "study_id", "petersen2099")
    assert said(copy) == [
        f"Table quality, line {line}, column study_id, value 'petersen2099': not found in table studies."
    ]


def test_an_unknown_study_among_results(copy):
    line = line_of("results", result_id="cady1991_suma_sc_6_pain_relief_1h")
    change(copy, "results", line, "study_id", "cady2091")
    assert said(copy) == [
        f"Table results, line {line}, column study_id, value 'cady2091': not found in table studies."
    ]


def test_an_arm_of_another_study(copy):
    line = line_of("results", result_id="cady1991_suma_sc_6_pain_relief_1h")
    change(copy, "results", line, "arm_id", "suma_100")
    assert said(copy) == [
        f"Table results, line {line}, column study_id, arm_id, value 'cady1991, suma_100': not found in table arms."
    ]


def test_a_duplicate_key(copy):
    change(copy, "claims", 3, "claim_id", "c001")
    assert said(copy) == [
        "Table claims, line 3, column claim_id, value 'c001': the same key stands in line 2."
    ]


def test_a_missing_and_a_foreign_column(copy):
    path = copy / "articles.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("promotional_tone,", "tone,", 1), encoding="utf-8"
    )
    assert said(copy) == [
        "Table articles, line 1, column promotional_tone: the column is missing.",
        "Table articles, line 1, column tone: the column is not in the descriptor.",
    ]


def test_a_row_with_a_cell_too_few(copy):
    path = copy / "articles.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[1] = "reduce_the_pain,Too short"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert said(copy)[0] == "Table articles, line 2: the row has 2 cells, the header has 8."


def test_an_open_quotation_mark(copy):
    path = copy / "articles.csv"
    path.write_text(path.read_text(encoding="utf-8") + 'x,"never closed', encoding="utf-8")
    assert "is not well-formed CSV" in said(copy)[0]


def test_a_word_outside_the_list(copy):
    change(copy, "claims", 2, "verdict", "true")
    assert said(copy) == [
        "Table claims, line 2, column verdict, value 'true': must be one of contradicted, not_checkable, "
        "partly_supported, supported, unsupported."
    ]


def test_a_verdict_without_a_source(copy):
    change(copy, "claims", 2, "evidence_source_ids", "")
    assert said(copy) == [
        "Table claims, line 2, column evidence_source_ids: a verdict of contradicted needs a source."
    ]


def test_an_interval_the_wrong_way_round(copy):
    line = line_of("contrasts", study_id="benish2019")
    change(copy, "contrasts", line, "low", "30")
    assert said(copy) == [
        f"Table contrasts, line {line}, column low, value '30': must not exceed high, which is 19.4."
    ]


def test_rows_of_a_comparison_that_are_not_alike(copy):
    line = line_of("results", result_id="goadsby2000_placebo_pain_free_2h")
    change(copy, "results", line, "time_value", "4")
    assert f"Table results, line {line}, column time_value, value '4'" in said(copy)[0]


def test_a_required_value(copy):
    change(copy, "outcomes", 2, "definition", "")
    assert said(copy) == ["Table outcomes, line 2, column definition: a value is required."]


def test_a_source_without_any_address(copy):
    line = line_of("sources", source_id="schwenk2018")
    for column in ("doi", "pmid", "registry_id", "url"):
        change(copy, "sources", line, column, "")
    assert said(copy) == [
        f"Table sources, line {line}, column url: source schwenk2018 needs a DOI, a PubMed number, a "
        "registry number or a public address."
    ]


def test_a_descriptor_that_is_missing_or_no_json(copy):
    (copy / "datapackage.json").write_text("{")
    assert "the file is not JSON" in str(data.check(copy)[0])
    (copy / "datapackage.json").write_text(json.dumps({"resources": [{"name": "x"}]}))
    assert "does not describe tables" in str(data.check(copy)[0])
    (copy / "datapackage.json").unlink()
    assert "the file is missing" in str(data.check(copy)[0])
    assert "there is no such folder" in str(data.check(copy / "nowhere")[0])


def test_a_descriptor_that_names_a_column_it_does_not_have(copy):
    descriptor = json.loads((copy / "datapackage.json").read_text())
    descriptor["resources"][0]["schema"]["primaryKey"] = ["source_name"]
    (copy / "datapackage.json").write_text(json.dumps(descriptor))
    assert said(copy) == ["Table datapackage.json, column source_name: table sources lacks this column."]


def test_the_second_reader_sees_what_the_rules_do_not_know(copy):
    """Frictionless reads on its own: a descriptor that it refuses is a problem although our reader copes."""
    descriptor = json.loads((copy / "datapackage.json").read_text())
    descriptor["resources"][0]["schema"]["fields"][0]["type"] = "wording"
    (copy / "datapackage.json").write_text(json.dumps(descriptor))
    assert data.check(copy)
