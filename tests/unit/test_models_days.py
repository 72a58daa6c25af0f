"""One simulated person's days, and the counts of a diary beside the published lines."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from migraine_lab import data
from migraine_lab.data import package
from migraine_lab.models import day_counts, days, diary

DRAWS = 100_000


def template() -> pd.DataFrame:
    found = data.read_diary(package.root() / "templates" / "diary.csv")
    assert isinstance(found, pd.DataFrame)
    return found


# -- a person ------------------------------------------------------------------------------------------------------
def test_a_simulated_diary_has_the_columns_and_types_of_one_that_was_read(tmp_path) -> None:
    made, read = diary.person(1, 60, aura=0.5), template()
    assert list(made.columns) == list(read.columns)
    assert made.dtypes.astype(str).to_dict() == read.dtypes.astype(str).to_dict()
    assert set(made["note"]) == {"simulated"}


@pytest.mark.parametrize("number", range(1, len(diary.EXAMPLES) + 1))
def test_every_example_survives_being_written_and_read(number: int, tmp_path) -> None:
    made = diary.example(number)
    made.assign(date=made["date"].dt.strftime("%Y-%m-%d")).to_csv(tmp_path / "made.csv", index=False)
    read = data.read_diary(tmp_path / "made.csv")
    assert isinstance(read, pd.DataFrame), read
    pd.testing.assert_frame_equal(made, read, check_dtype=False)


def test_durations_fall_into_the_bands_of_ehf2018_p65() -> None:
    hours = days.durations(DRAWS, np.random.default_rng(1))
    rows = data.table("timing").set_index("timing_id").loc[list(days.ROWS[1:4])]
    printed = rows["value"] / rows["value"].sum()
    found = np.histogram(hours, [0, 4, 24, 72])[0] / DRAWS
    assert np.abs(found - printed).max() < 4.5 * np.sqrt(0.25 / DRAWS)
    assert hours.max() <= data.fact("timing", days.ROWS[4])["high"]


def test_attacks_come_at_the_mean_interval_of_gamma_intervals2008_and_bunch() -> None:
    onsets, _ = days._attacks(np.random.default_rng(2), 300_000, None, 0.7)
    gaps = np.diff(onsets[(onsets > 0) & (onsets < 300_000)])
    published = data.fact("timing", days.ROWS[0])["value"]
    spread = published / np.sqrt(0.7)
    assert gaps.mean() == pytest.approx(published, abs=4.5 * spread / np.sqrt(len(gaps)))
    assert gaps.std() > 1.1 * gaps.mean(), "a gamma shape below 1 bunches attacks more than pure chance does"


def test_hours_of_overlapping_attacks_count_once_and_run_over_midnight() -> None:
    onsets, lasting = np.array([0.5, 0.75, 3.0 + 23.5 / 24, -0.25]), np.array([24.0, 4.0, 1.0, 8.0])
    np.testing.assert_allclose(days._hours_a_day(onsets, lasting, 6), [14, 12, 0, 1, 1, 0])


def test_settings_do_what_they_say() -> None:
    never = diary.person(3, 400, interval=4.0, takes=0.0, other=0.0)
    assert not never["acute_medication"].any()
    assert (never["headache"] == never["migraine"]).all()
    every = diary.person(3, 400, interval=4.0, takes=1.0, missed=0.3)
    assert (every["headache"] == every["acute_medication"]).all()
    assert 0.6 < len(every) / 400 < 0.8
    rare, often = (diary.person(4, 2000, interval=one)["headache"].mean() for one in (20.0, 5.0))
    assert rare < often / 2
    assert set(diary.person(5, 300, preferred="simple analgesic")["medication_class"]) <= {
        "", "simple analgesic", "simple analgesic;NSAID",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"days": 0}, "days"), ({"interval": 0.0}, "interval"), ({"cluster": 0.0}, "cluster"),
        ({"takes": 1.5}, "takes"), ({"missed": -0.1}, "missed"), ({"preferred": "tea"}, "preferred"),
    ],
)  # fmt: skip
def test_impossible_people_are_refused_by_name(wrong: dict, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        diary.person(1, **wrong)


def test_another_example_is_refused() -> None:
    with pytest.raises(ValueError, match="examples 1 to"):
        diary.example(0)


# -- counts --------------------------------------------------------------------------------------------------------
def days_of(**columns: list) -> pd.DataFrame:
    """A diary of consecutive days from 1 June 2025, blank but for the columns given."""
    length = len(next(iter(columns.values())))
    blank = {
        "date": pd.date_range("2025-06-01", periods=length), "headache": [False] * length,
        "migraine": pd.array([False] * length, dtype="boolean"), "aura": pd.array([False] * length, dtype="boolean"),
        "acute_medication": pd.array([False] * length, dtype="boolean"), "medication_class": [""] * length,
    }  # fmt: skip
    return pd.DataFrame(blank | columns)


def counted(frame: pd.DataFrame, key: str, **settings: object) -> pd.Series:
    rows = diary.monthly(frame, **settings)
    return rows[rows["counted"] == key].iloc[0]


def test_the_template_is_counted_as_by_hand() -> None:
    frame = template()
    for key, expected in (
        ("headache", frame["headache"].sum()),
        ("migraine", frame["migraine"].sum()),
        ("medication", frame["acute_medication"].sum()),
        ("triptan", frame["medication_class"].str.contains("triptan").sum()),
        ("NSAID", frame["medication_class"].str.contains("NSAID").sum()),
    ):
        row = counted(frame, key)
        assert (row["at_least"], row["at_most"], row["noted"], row["days"]) == (expected, expected, 31, 31), (
            key
        )


def test_lines_are_those_of_the_criteria_table() -> None:
    rows = diary.monthly(template())
    criteria = data.table("criteria").set_index("criterion_id")
    lined = rows[rows["line"].notna()]
    assert {"headache", "migraine", "triptan", "NSAID", "non-opioid", "opioid", "ergot"} <= set(
        lined["counted"]
    )
    for row in lined.itertuples():
        fact = criteria.loc[row.criterion_id]
        assert (row.line, row.code, row.disorder, row.source_id) == (
            fact["at_least"], fact["code"], fact["disorder"], fact["source_id"],
        )  # fmt: skip
        assert not fact["strict"], "a line that must be exceeded would need another comparison"
    assert (rows.loc[rows["line"].isna(), "reached"] == day_counts.NO_LINE).all()


@pytest.mark.parametrize(
    ("headaches", "noted", "reached"),
    [
        (15, 30, day_counts.ABOVE),
        (14, 30, day_counts.BELOW),
        (14, 29, day_counts.OPEN),
        (15, 15, day_counts.ABOVE),
    ],
)
def test_the_line_counts_from_the_line_on_and_days_not_noted_leave_it_open(
    headaches: int, noted: int, reached: str
) -> None:
    row = counted(days_of(headache=[True] * headaches + [False] * (noted - headaches)), "headache")
    assert (row["at_least"], row["at_most"]) == (headaches, headaches + 30 - noted)
    assert row["reached"] == reached


def test_cells_left_empty_widen_the_range_and_never_count_as_no() -> None:
    frame = days_of(
        headache=[True, True, False, False],
        migraine=pd.array([pd.NA, True, pd.NA, False], dtype="boolean"),
        acute_medication=pd.array([pd.NA, True, False, True], dtype="boolean"),
        medication_class=["", "triptan;NSAID", "", "not known"],
    )
    empty = 30 - 4
    for key, low, high in (
        ("migraine", 1, 2),  # the third day had no headache and no aura
        ("medication", 2, 3),
        ("triptan", 1, 3),
        ("non-opioid", 1, 3),
        ("opioid", 0, 2),
    ):
        row = counted(frame, key)
        assert (row["at_least"], row["at_most"]) == (low, high + empty), key


def test_analgesics_of_two_classes_count_a_day_once_together() -> None:
    frame = days_of(
        headache=[True] * 3,
        acute_medication=pd.array([True] * 3, dtype="boolean"),
        medication_class=["NSAID", "simple analgesic", "NSAID;simple analgesic"],
    )
    assert counted(frame, "non-opioid")["at_least"] == 3
    assert counted(frame, "NSAID")["at_least"] == counted(frame, "simple analgesic")["at_least"] == 2


def test_months_between_noted_days_are_counted_as_unknown() -> None:
    frame = days_of(headache=[True, True])
    frame.loc[1, "date"] = pd.Timestamp("2025-08-31")
    rows = diary.monthly(frame)
    july = rows[(rows["month"] == "2025-07") & (rows["counted"] == "headache")].iloc[0]
    assert (july["noted"], july["at_least"], july["at_most"]) == (0, 0, 31)


def test_windows_of_28_days_begin_with_the_diary() -> None:
    rows = diary.monthly(days_of(headache=[True] * 30), window=28)
    headache = rows[rows["counted"] == "headache"]
    assert headache["month"].tolist() == ["days 1-28", "days 29-56"]
    assert headache["at_least"].tolist() == [28, 2]
    assert headache["at_most"].tolist() == [28, 28]
    assert headache["first"].tolist() == [pd.Timestamp("2025-06-01"), pd.Timestamp("2025-06-29")]


@pytest.mark.parametrize(
    ("frame", "window", "named"),
    [
        ([data.Problem("a.csv", 1, "date", "x", "must be a date")], None, "could not be read"),
        (pd.DataFrame({"date": []}), None, "lacks the columns headache"),
        (days_of(headache=[True]).head(0), None, "no days"),
        (pd.concat([days_of(headache=[True])] * 2), None, "twice"),
        (days_of(headache=[True]), 0, "window"),
    ],
)
def test_what_is_no_diary_is_refused_in_a_sentence(frame: object, window: int | None, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        diary.monthly(frame, window)
