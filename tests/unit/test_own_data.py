"""A student's own CSV: usual habits of writing are understood, faults are said by line and column, nothing is guessed."""

from __future__ import annotations

import csv
import io
import os
import re
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migraine_lab import data, explore
from migraine_lab.data import own_cells, own_file, package
from migraine_lab.data.own_diary import DIARY
from migraine_lab.data.own_trials import TRIALS

TEMPLATES = package.root() / "templates"
TRIAL = "study,scope,outcome,treatment,events,n\nMine 2020,acute,pain_free,Sumatriptan,44,118\n"
DAY = "date,headache\n2025-03-01,yes\n"


@pytest.fixture
def write(tmp_path):
    def write(content: str | bytes, name: str = "mine.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def said(result) -> list[str]:
    assert isinstance(result, list), "the fault was not seen"
    assert result
    assert all(isinstance(problem, data.Problem) for problem in result)
    return [str(problem) for problem in result]


def frame(result) -> pd.DataFrame:
    assert isinstance(result, pd.DataFrame), [str(problem) for problem in result]
    return result


def trial(**cells: str) -> str:
    """A trials file of one row with some cells changed or added."""
    row = {**dict(zip(*csv.reader(io.StringIO(TRIAL)), strict=True)), **cells}
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([row.keys(), row.values()])
    return out.getvalue()


def day(**cells: str) -> str:
    row = {"date": "2025-03-01", "headache": "yes", **cells}
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([row.keys(), row.values()])
    return out.getvalue()


# -- templates -----------------------------------------------------------------------------------------------------
def test_templates_can_be_read_as_they_are_and_say_that_they_are_made_up():
    trials = frame(data.read_trials(TEMPLATES / "trials.csv"))
    assert len(trials) >= 3
    assert trials["study"].str.startswith("SIMULATED").all()
    assert trials["mismatch_note"].eq("").all()
    diary = frame(data.read_diary(TEMPLATES / "diary.csv"))
    assert len(diary) >= 28
    assert diary["note"].eq("simulated").all()


@pytest.mark.parametrize(("name", "columns"), [("trials.csv", TRIALS), ("diary.csv", DIARY)])
def test_the_readme_describes_every_column_as_the_code_knows_it(name, columns):
    section = (TEMPLATES / "README.md").read_text(encoding="utf-8").split(f"## {name}")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    assert [row[0].strip("`") for row in rows] == [column.name for column in columns]
    for row, column in zip(rows, columns, strict=True):
        assert (row[1], row[2].strip(" |")) == (column.kind, column.says)
        rule = row[3] if len(row) > 3 else ""
        assert column.required == rule.startswith("required")
        assert column.needed == rule.startswith("the column is required")
        assert re.findall(r"`(\w+)`", rule) == list(column.choices)
        for bound in (column.low, column.high):
            assert bound is None or re.search(rf"\b{bound:g}\b", rule), column.name
    header = (TEMPLATES / name).read_text(encoding="utf-8").splitlines()[0].split(",")
    assert set(header) <= {column.name for column in columns}


# -- the frames ----------------------------------------------------------------------------------------------------
def test_trials_have_the_columns_and_types_of_comparisons():
    mine, ours = frame(data.read_trials(TEMPLATES / "trials.csv")), data.comparisons()
    assert list(mine.columns) == list(ours.columns)
    assert mine.dtypes.to_dict() == ours.dtypes.to_dict()


def test_the_explorer_shows_a_students_trials(monkeypatch):
    mine = frame(data.read_trials(TEMPLATES / "trials.csv"))
    monkeypatch.setattr(data, "comparisons", lambda: mine)
    shown = explore.ResponseRates(scope="acute")
    rows = shown.evidence()
    assert list(rows["events"]) == [28]
    assert list(rows["comparator_n"]) == [98]
    assert "29 of 100 with sumatriptan" in shown.say()
    shown.set(endpoint="Pain relief, 2 h")
    shown.set(row="own_3")
    assert "(58 of 96)" in shown.card._words.value, "a row without a source of ours opens too"
    for scope in ("preventive", "ketamine"):
        shown.set(scope=scope)
        assert len(shown.evidence()) == 1
        assert shown.draw() is not None


def test_what_a_trial_row_becomes(write):
    text = trial(
        comparator="Lactose capsule (placebo)",
        comparator_events="31",
        comparator_n="119",
        randomised="yes",
        time_value="120",
        time_unit="min",
        dose="50 mg",
        year="2020",
        my_mark="liked it",
        percent="37.3",
        endpoint="my own word",
    )
    row = frame(data.read_trials(write(text))).iloc[0]
    assert (row["events"], row["n"], row["percent"]) == (44.0, 118.0, 37.3)
    assert (row["comparator_kind"], row["comparator_events"]) == ("placebo", 31.0)
    assert (row["endpoint"], row["arm"], row["drug_class"]) == (
        "Pain freedom, 2 h",
        "Sumatriptan 50 mg",
        "triptan",
    )
    assert row["randomised"]
    assert row["mismatch_note"] == "", "37.3 is 44 of 118 to its last digit"
    assert row["my_mark"] == "liked it"
    assert row["own_endpoint"] == "my own word", "a further column never hides one of ours"
    assert row["source_id"] == ""


@pytest.mark.parametrize(
    ("comparator", "kind"),
    [
        ("Placebo", "placebo"),
        ("Sham stimulation", "placebo"),
        ("Waiting list", "no_treatment"),
        ("Ibuprofen", "active_control"),
        ("midazolam 2 mg", "active_control"),
    ],
)
def test_the_kind_of_comparator_follows_from_its_name(write, comparator, kind):
    row = frame(data.read_trials(write(trial(comparator=comparator, randomised="no")))).iloc[0]
    assert row["comparator_kind"] == kind
    assert not row["randomised"]


def test_a_percentage_that_the_counts_contradict_is_kept_and_said(write):
    row = frame(data.read_trials(write(trial(events="48", n="61", percent="77")))).iloc[0]
    assert row["percent"] == 77
    assert row["mismatch_note"] == "printed 77 %, but 48 of 61 is 78.7 %"


def test_outcomes_and_treatments_are_found_by_name_too(write):
    row = frame(data.read_trials(write(trial(outcome="Pain Freedom", treatment="acetaminophen")))).iloc[0]
    assert (row["outcome_id"], row["treatment_id"]) == ("pain_free", "paracetamol")
    row = frame(data.read_trials(write(trial(treatment="Moonlight tea")))).iloc[0]
    assert (row["treatment_id"], row["drug_class"]) == ("own_moonlight_tea", "not given")


def test_arms_with_the_same_control_share_it(write):
    head, row = trial(
        comparator="Placebo", comparator_events="10", comparator_n="90", randomised="yes"
    ).splitlines()
    rows = frame(data.read_trials(write("\n".join([head, row, row.replace("Sumatriptan", "Ibuprofen")]))))
    assert len(set(rows["comparison_id"])) == 1
    assert len(set(rows["comparator_result_id"])) == 1
    assert len(set(rows["result_id"])) == 2


def test_what_a_diary_becomes(write):
    text = (
        "Date;Headache;Migraine;Intensity;Hours;Medication;Doses;Sleep\n"
        "02.03.2025;ja;ja;7,5;12;Sumatriptan + ibuprofen;2;5 h\n"
        "01.03.2025;nein;;;;;;8 h\n"
        "03.03.2025;yes;no;3;2;my tea;1;7 h\n"
    )
    diary = frame(data.read_diary(write(text)))
    assert list(diary["date"]) == list(pd.to_datetime(["2025-03-01", "2025-03-02", "2025-03-03"]))
    assert diary["headache"].tolist() == [False, True, True]
    assert diary["headache"].dtype == bool
    assert diary["migraine"].isna().tolist() == [True, False, False]
    assert diary["intensity"].tolist()[1:] == [7.5, 3.0]
    assert diary["medication_class"].tolist() == ["", "triptan;NSAID", "not known"]
    assert diary["acute_medication"].tolist() == [False, True, True]
    assert diary["Sleep"].tolist() == ["8 h", "5 h", "7 h"]


def test_an_empty_cell_about_medication_means_unknown_where_the_question_was_asked(write):
    diary = frame(data.read_diary(write(day(acute_medication="", medication=""))))
    assert diary["acute_medication"].isna().all()
    diary = frame(data.read_diary(write(day(acute_medication="yes"))))
    assert diary["medication_class"].tolist() == ["not known"]
    diary = frame(data.read_diary(write(DAY)))
    assert diary["acute_medication"].isna().all()


def test_classes_of_the_student_outrank_names(write):
    diary = frame(
        data.read_diary(write(day(medication="Brand X", medication_class="Combination_analgesic; opioid")))
    )
    assert diary["medication_class"].tolist() == ["combination analgesic;opioid"]


def test_aura_without_headache_is_no_fault(write):
    assert len(frame(data.read_diary(write(day(headache="no", migraine="yes", aura="yes"))))) == 1


# -- ways of writing -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_delimiters_and_line_ends(write, encoding, delimiter, newline):
    text = trial(study="Müller 2020", percent="37.3").replace(",", delimiter).replace("\n", newline)
    row = frame(data.read_trials(write(text.encode(encoding)))).iloc[0]
    assert (row["study"], row["percent"]) == ("Müller 2020", 37.3)


def test_a_line_that_names_the_delimiter_counts_as_a_line(write):
    text = "sep=;\r\n" + trial(n="many").replace(",", ";")
    assert said(data.read_trials(write(text)))[0].startswith("Table mine.csv, line 3, column n")


def test_rows_and_columns_that_a_spreadsheet_leaves_empty_are_passed_over(write):
    head, row = TRIAL.splitlines()
    rows = frame(data.read_trials(write(f"{head},,\n{row},,\n,,,,,,,\n\n")))
    assert len(rows) == 1
    assert len(rows.columns) == len(data.comparisons().columns)


def test_columns_in_any_order_and_case(write):
    mine = frame(
        data.read_trials(
            write("N,Events,TREATMENT,Outcome,Scope,study\n118,44,Sumatriptan,pain_free,acute,A\n")
        )
    )
    assert (mine.loc[0, "events"], mine.loc[0, "n"]) == (44, 118)


# -- faults --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (
            {"n": "many"},
            "column n, value 'many': must be a number, such as 2 or 2.5 or 2,5, without thousands separators.",
        ),
        ({"events": "119"}, "column events, value '119': events must not exceed n, which is 118."),
        ({"events": "-1"}, "column events, value '-1': must be at least 0."),
        ({"n": "0"}, "column n, value '0': must be at least 1."),
        ({"n": ""}, "column n: events of the treated arm are given without n."),
        ({"n": "1.180"}, "column n, value '1.180': could mean 1180 or 1.18; write it without a separator."),
        ({"n": "117.5"}, "column n, value '117.5': must be a whole number."),
        ({"events": "", "n": ""}, "column events: give events and n, or the printed percentage."),
        ({"percent": "137"}, "column percent, value '137': must be at most 100."),
        (
            {"percent": "0.373"},
            "column percent, value '0.373': looks like a proportion; percentages here run from 0 to 100.",
        ),
        ({"study": ""}, "column study: a value is required."),
        ({"scope": "chronic"}, "column scope, value 'chronic': must be one of acute, preventive, ketamine."),
        (
            {"outcome": "painfree"},
            "column outcome, value 'painfree': is no outcome of scope acute; perhaps pain_free",
        ),
        (
            {"outcome": "acute_pain_score"},
            "column outcome, value 'acute_pain_score': is a score, not a share of people",
        ),
        ({"comparator": "Placebo"}, "column randomised: say yes or no: did chance form the arms?."),
        (
            {"comparator_n": "20"},
            "column comparator_n, value '20': a figure of a comparator arm, but the row names no comparator.",
        ),
        (
            {"comparator_kind": "placebo"},
            "column comparator_kind, value 'placebo': needs the comparator's name.",
        ),
        (
            {"comparator": "Placebo", "comparator_events": "9", "comparator_n": "8", "randomised": "yes"},
            "column comparator_events, value '9': events must not exceed n, which is 8.",
        ),
        ({"basis": "attacks"}, "column basis, value 'attacks': must be empty where scope is acute."),
        ({"time_value": "2"}, "column time_unit: time_value is given without time_unit."),
        (
            {"time_value": "2", "time_unit": "hours"},
            "column time_unit, value 'hours': must be one of min, h, d, wk, mo.",
        ),
    ],
)
def test_a_fault_in_a_trial(write, cells, line):
    problems = said(data.read_trials(write(trial(**cells))))
    assert len(problems) == 1
    assert problems[0].startswith(f"Table mine.csv, line 2, {line}")


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ({"date": "31.02.2025"}, "column date, value '31.02.2025': there is no such day in the calendar."),
        ({"date": "2025-13-01"}, "column date, value '2025-13-01': there is no such day in the calendar."),
        (
            {"date": "03/04/2025"},
            "column date, value '03/04/2025': day and month could be meant either way round; write it as 2026-03-31 or 31.03.",
        ),
        (
            {"date": "31.03.25"},
            "column date, value '31.03.25': the year needs four digits; write it as 2026-03-31 or 31.03.2026.",
        ),
        ({"date": "45718"}, "column date, value '45718': is a spreadsheet's day count, not a date"),
        ({"date": "yesterday"}, "column date, value 'yesterday': must be a date; write it as"),
        (
            {"date": "2925-03-01"},
            "column date, value '2925-03-01': must not lie in the future or before 1950.",
        ),
        ({"date": ""}, "column date: a value is required."),
        ({"headache": "maybe"}, "column headache, value 'maybe': must be yes or no."),
        ({"headache": ""}, "column headache: a value is required."),
        ({"intensity": "11"}, "column intensity, value '11': must be at most 10."),
        (
            {"intensity": "0"},
            "column intensity, value '0': a headache has an intensity above 0; leave it empty if unknown.",
        ),
        (
            {"headache": "no", "hours": "3,5"},
            "column hours, value '3.5': a day without headache has no length; check headache.",
        ),
        ({"hours": "25"}, "column hours, value '25': must be at most 24."),
        (
            {"headache": "no", "migraine": "yes"},
            "column migraine, value 'yes': a migraine day without headache needs aura = yes; check headache and aura.",
        ),
        (
            {"acute_medication": "no", "medication": "ibuprofen"},
            "column medication, value 'ibuprofen': stands beside acute_medication = no.",
        ),
        (
            {"medication": "ibuprofen", "doses": "0"},
            "column doses, value '0': 0 doses, but a medication was taken that day; leave it empty if unknown.",
        ),
        ({"medication": "no"}, "column medication, value 'no': write the name, or leave the cell empty."),
        (
            {"medication_class": "vitamins"},
            "column medication_class, value 'vitamins': each class must be one of triptan,",
        ),
    ],
)
def test_a_fault_in_a_diary(write, cells, line):
    problems = said(data.read_diary(write(day(**cells))))
    assert len(problems) == 1
    assert problems[0].startswith(f"Table mine.csv, line 2, {line}")


def test_a_day_and_a_trial_that_stand_there_twice(write):
    text = DAY + "02.03.2025,no\n01.03.2025,no\n"
    assert said(data.read_diary(write(text))) == [
        "Table mine.csv, line 4, column date, value '2025-03-01': the same day stands in line 2; write one row a day."
    ]
    text = TRIAL + TRIAL.splitlines()[1].replace("44", "45")
    assert said(data.read_trials(write(text))) == [
        "Table mine.csv, line 3, column study, value 'Mine 2020': the same arm, outcome and time stand in line 2; "
        "if they differ, say so in dose or definition."
    ]


def test_missing_and_doubled_columns(write):
    assert said(data.read_trials(write("study,events,n\nA,1,2\n"))) == [
        "Table mine.csv, line 1, column scope: the column is missing; the file has 'study', 'events', 'n' "
        "(also missing: outcome, treatment)."
    ]
    assert said(data.read_diary(write("date,headache,Date\n2025-03-01,no,2025-03-02\n"))) == [
        "Table mine.csv, line 1, column Date: the column is there twice."
    ]


def test_a_decimal_comma_among_commas_is_explained(write):
    problems = said(data.read_diary(write("date,headache,hours\n2025-03-01,yes,2,5\n")))
    assert problems == [
        "Table mine.csv, line 2: the row has 4 cells, the header has 3; a decimal comma needs quotation marks where "
        "commas also part the columns."
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \r\n", "the file is empty"),
        (
            b"PK\x03\x04\x14\x00",
            "this is a spreadsheet or a zip file, not a CSV file; open it in a spreadsheet and save",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is an old spreadsheet file, not a CSV file"),
        (b"%PDF-1.7 ...", "this is a PDF, not a CSV file"),
        (b"<!DOCTYPE html><html>", "this is a web page or XML, not a CSV file"),
        (b"date,headache\n2025-03-01,\x00yes\n", "the file holds zero bytes"),
        ("date,headache\n".encode("utf-16-le"), "the file holds zero bytes"),
        ("date,headache\n".encode("utf-16")[:-1], "the file begins as UTF-16 text but is cut off or damaged"),
        ("date,headache\n".encode("utf-32"), "the file holds zero bytes"),
        (b"date,headache,note\n2025-03-01,yes,\x81\n", "the text is neither UTF-8 nor Windows-1252"),
        (b'date,headache\n"2025-03-01,yes\n', "the file is not well-formed CSV"),
        (b"date,headache\n", "the file has a header but no rows"),
        (b"just some words\nand more of them\n", "the column is missing; the file has 'just some words'"),
    ],
)
@pytest.mark.parametrize("read", [data.read_trials, data.read_diary])
def test_files_that_cannot_be_read(write, read, content, says):
    if read is data.read_trials:
        content = (
            content.replace(b"date,headache", TRIAL.splitlines()[0].encode())
            if b"date," in content
            else content
        )
    (problem,) = read(write(content))
    assert says in problem.rule
    assert problem.table == "mine.csv"


def test_a_file_above_2_mb_is_not_even_opened(write, monkeypatch):
    path = write(DAY.encode() + b" " * own_file.LIMIT)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    assert said(data.read_diary(path)) == [
        "Table mine.csv: the file has 2.0 MB, and at most 2 MB are read; keep only the rows and columns you need."
    ]


def test_a_file_of_just_2_mb_is_read(write):
    assert len(frame(data.read_diary(write(DAY + "\n" * (own_file.LIMIT - len(DAY)))))) == 1


def test_a_folder_and_a_path_that_leads_nowhere(tmp_path):
    assert "this is a folder" in said(data.read_diary(tmp_path))[0]
    assert "there is no such file" in said(data.read_trials(tmp_path / "none.csv"))[0]
    assert "cannot be read" in said(data.read_trials("a\0b.csv"))[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_does_not_make_it_wait(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    assert "not an ordinary file" in said(data.read_diary(tmp_path / "pipe.csv"))[0]


def test_many_problems_are_counted_rather_than_listed(write):
    text = "date,headache\n" + "x,perhaps\n" * 500
    problems = said(data.read_diary(write(text)))
    assert len(problems) == own_cells.MOST + 1
    assert (
        problems[-1] == "Table mine.csv: there are 900 more problems; mend these first, then read it again."
    )


def test_nothing_is_written(write):
    path = write(TRIAL)
    before = path.read_bytes(), path.stat().st_mtime_ns
    frame(data.read_trials(path))
    said(data.read_diary(path))
    assert [one.name for one in path.parent.iterdir()] == ["mine.csv"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_every_word_for_yes_and_no(write):
    for word in ("yes", "Y", "true", "1", "x", "ja", "J", "WAHR"):
        assert frame(data.read_diary(write(day(headache=word))))["headache"].tolist() == [True]
    for word in ("no", "N", "false", "0", "nein", "FALSCH"):
        assert frame(data.read_diary(write(day(headache=word))))["headache"].tolist() == [False]


def test_three_decimals_are_read_where_thousands_are_impossible(write):
    row = frame(data.read_trials(write(trial(events="", n="", percent="37,288")))).iloc[0]
    assert row["percent"] == 37.288


def test_a_column_without_a_name_is_kept_when_it_holds_something(write):
    mine = frame(data.read_diary(write("date,headache,\n2025-03-01,yes,rain\n")))
    assert mine["column_3"].tolist() == ["rain"]


def test_a_row_may_end_in_empty_cells_but_not_in_others(write):
    assert len(frame(data.read_diary(write("date,headache\n2025-03-01,yes,,\n")))) == 1
    assert said(data.read_diary(write("date,headache\n2025-03-01,yes,,rain\n")))[0].startswith(
        "Table mine.csv, line 2: the row has 4 cells, the header has 2"
    )


def test_a_broken_cell_is_said_once(write):
    assert len(said(data.read_trials(write(trial(comparator="Placebo", randomised="perhaps"))))) == 1


def test_patients_are_counted_and_ergots_are_a_class_of_their_own(write):
    assert frame(data.read_trials(write(TRIAL))).loc[0, "unit_counted"] == "patients"
    diary = frame(data.read_diary(write(day(medication="Dihydroergotamine"))))
    assert diary["medication_class"].tolist() == ["ergot"]


# -- properties ----------------------------------------------------------------------------------------------------
quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
NOTES = st.text(st.characters(codec="cp1252", exclude_categories=("C", "Z")), max_size=12)


@st.composite
def diaries(draw):
    count = draw(st.integers(1, 12))
    start = draw(st.dates(date(1960, 1, 1), date(2024, 1, 1)))
    rows = []
    for number in draw(st.permutations(range(count))):
        headache = draw(st.booleans())
        pain = draw(st.one_of(st.none(), st.integers(1, 20).map(lambda half: half / 2))) if headache else None
        rows.append((start + timedelta(days=number), headache, pain, "n" + draw(NOTES)))
    return rows


@quick
@given(
    rows=diaries(),
    delimiter=st.sampled_from(",;\t"),
    comma=st.booleans(),
    points=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_a_diary_is_the_same_however_it_is_written(
    tmp_path, rows, delimiter, comma, points, encoding, newline
):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerow(["date", "headache", "intensity", "note"])
    for on, headache, pain, note in rows:
        number = "" if pain is None else str(pain).replace(".", "," if comma else ".")
        written = on.strftime("%d.%m.") + f"{on.year:04d}" if points else on.isoformat()
        writer.writerow([written, "yes" if headache else "no", number, note])
    path = tmp_path / "mine.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    diary = frame(data.read_diary(path))
    rows = sorted(rows)
    assert [stamp.date() for stamp in diary["date"]] == [row[0] for row in rows]
    assert diary["headache"].tolist() == [row[1] for row in rows]
    assert [None if pd.isna(pain) else pain for pain in diary["intensity"]] == [row[2] for row in rows]
    if encoding != "cp1252":  # a few bytes of Windows-1252 can happen to be UTF-8
        assert diary["note"].tolist() == [row[3] for row in rows]


@quick
@given(events=st.integers(0, 5000), n=st.integers(1, 5000))
def test_counts_come_back_whole_or_are_refused(tmp_path, events, n):
    path = tmp_path / "mine.csv"
    path.write_text(trial(events=str(events), n=str(n)), encoding="utf-8")
    result = data.read_trials(path)
    if events > n:
        assert said(result)[0].endswith(f"events must not exceed n, which is {n}.")
    else:
        row = frame(result).iloc[0]
        assert (row["events"], row["n"]) == (events, n)
        assert row["percent"] == pytest.approx(100 * events / n)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    where=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 6),
    new=st.one_of(
        st.binary(max_size=8), st.sampled_from([b'"', b"\n", b",", b";;;", b"\xff\xfe", b"\x00", b"1e9"])
    ),
    name=st.sampled_from(["trials.csv", "diary.csv"]),
)
def test_no_damage_makes_it_crash_or_half_read(tmp_path, where, length, new, name):
    raw = (TEMPLATES / name).read_bytes()
    place = int(where * len(raw))
    path = tmp_path / name
    path.write_bytes(raw[:place] + new + raw[place + length :])
    read = data.read_trials if name == "trials.csv" else data.read_diary
    result = read(path)
    if isinstance(result, list):
        assert all(text.endswith(".") and text.startswith(f"Table {name}") for text in said(result))
        lines = (raw[:place] + new + raw[place + length :]).count(b"\n") + 2
        assert all(problem.row is None or 1 <= problem.row <= lines for problem in result)
    else:
        assert len(result) >= 1


@quick
@given(raw=st.binary(max_size=300))
def test_no_file_makes_it_crash(tmp_path, raw):
    path = tmp_path / "any.csv"
    path.write_bytes(raw)
    for read in (data.read_trials, data.read_diary):
        said(read(path))
