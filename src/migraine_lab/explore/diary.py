"""A headache diary as a calendar, with each month's counts beside the published lines: counting, not diagnosing."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from migraine_lab import data
from migraine_lab.data import package
from migraine_lab.explore.controls import dropdown, slider
from migraine_lab.explore.diary_words import (
    ANY,
    MEDICINES,
    Row,
    count,
    month_name,
    nearest,
    published,
    read_months,
    recipe,
)
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures import calendar
from migraine_lab.figures.calendar import CalendarFigure, CalendarView, Count, Month
from migraine_lab.figures.style import Look
from migraine_lab.models import diary
from migraine_lab.models.day_counts import COUNTED, TOGETHER
from migraine_lab.models.days import ROWS

START = 3
"""The example shown first: its months fall on both sides of a line."""
TEMPLATE, OWN = "template", "own"
NEAREST = "nearest"
SHOWN = calendar.MONTHS
TOLD = 3
"""Problems of a file that are told one by one."""


class Diary(Explorer):
    """One person's days, up to three months at a time: simulated examples, the template, or a diary of your own.

    ``diary``: a frame of ``data.read_diary``, or the list of problems that it gives instead (they are then said). A
    file may also be chosen below the picture; it is read, shown and not kept.
    """

    title: ClassVar[str] = "A diary, counted"
    columns: ClassVar[Mapping[str, str]] = {
        "month": "month", "what": "what is counted", "at_least": "at least", "at_most": "at most", "noted": "days noted",
        "days": "of days", "line": "published line", "reached": "beside the line", "code": "ICHD-3", "disorder": "of",
    }  # fmt: skip
    view_only: ClassVar[tuple[str, ...]] = ("first", "marked")
    recipe_columns: ClassVar[Mapping[str, str]] = {"at_least": "at_least", "at_most": "at_most"}
    recipe_key: ClassVar[str] = "key"

    def __init__(self, diary: pd.DataFrame | list[data.Problem] | None = None, **state: Any) -> None:
        self._own: pd.DataFrame | None = None
        self._own_name = "your diary"
        self._frames: dict[Any, pd.DataFrame] = {}
        self._counted: tuple[pd.DataFrame, pd.DataFrame, list[Row]] | None = None
        self._file = widgets.FileUpload(
            accept=".csv,.tsv,.txt", multiple=False, description="Choose a diary (CSV)",
            tooltip="Read a diary of your own from a CSV file", layout=widgets.Layout(width="auto"),
        )  # fmt: skip
        problems = self._take(diary) if diary is not None else []
        if self._own is not None:
            state.setdefault("person", OWN)
        super().__init__(**state)
        self._file.observe(lambda _change: self._file_chosen(), names="value")
        if problems:
            self._refuse(problems)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: whose diary, the first month shown, the medication that is marked and counted."""
        marked = [("nearest line", NEAREST)]
        marked += [(f"{words} days", key) for key, words in MEDICINES.items()]
        return {
            "person": dropdown("Diary", self._people(), value=OWN if self._own is not None else START),
            "first": slider("First month shown", 1, _starts(self._own), 1),
            "marked": dropdown("Medication counted", marked),
        }

    def _people(self) -> list[tuple[str, Any]]:
        people: list[tuple[str, Any]] = [
            (f"{one.name} (simulated)", number) for number, one in enumerate(diary.EXAMPLES, start=1)
        ]
        people.append(("the template (made up)", TEMPLATE))
        return people if self._own is None else [*people, (self._own_name, OWN)]

    def beside(self) -> list[widgets.Widget]:
        """Return the button that reads a file, and what happens to it."""
        note = widgets.HTML(
            "A diary in the form of <code>data/templates/diary.csv</code>, one row a day. It is read where this "
            "notebook runs (your machine, or the server it is on), shown here, and not kept."
        )
        flow = widgets.Layout(flex_flow="row wrap", align_items="center")
        self._reading = widgets.HBox([self._file, note], layout=flow)
        return [self._reading]

    def look_changed(self) -> None:
        """Keep the button for a file of one's own away from slides, which others see."""
        self._reading.layout.display = "none" if self.screen.look().presenting else None

    def adapt(self, name: str) -> None:
        """Let the slider reach the chosen diary's months."""
        if name == "person":
            self._fit_months()

    def _fit_months(self) -> None:
        self.controls["first"].max = _starts(self.frame())

    def visible(self, name: str) -> bool:
        """Hide the slider of months where all of them fit."""
        return name != "first" or self.controls["first"].max > 1

    def frame(self) -> pd.DataFrame:
        """Return the diary that is shown, as ``data.read_diary`` gives it."""
        person = self.value("person")
        if person == OWN and self._own is not None:
            return self._own
        if person not in self._frames:
            self._frames[person] = _template() if person == TEMPLATE else diary.example(person)
        return self._frames[person]

    def _rows(self) -> pd.DataFrame:
        """Every month's counts of the diary that is shown, kept until another one is chosen."""
        return self._count()[1]

    def _count(self) -> tuple[pd.DataFrame, pd.DataFrame, list[Row]]:
        frame = self.frame()
        if self._counted is None or self._counted[0] is not frame:
            rows = diary.monthly(frame)
            rows["key"] = rows["month"] + " " + rows["counted"]
            self._counted = (frame, rows, rows.to_dict("records"))
        return self._counted

    def make_evidence(self) -> pd.DataFrame:
        """Return every month's counts beside their lines, and what a simulated person was made from.

        ``source_id`` is the line's source; the counts are the diary's own.
        """
        rows = self._rows()
        if isinstance(self.value("person"), int):
            rows = pd.concat([rows, published(ROWS)], ignore_index=True)
        return rows

    def _shown(self) -> list[Row]:
        """Counts of the months in view, one month after the other."""
        start = len(COUNTED) * (self.value("first") - 1)
        return self._count()[2][start : start + len(COUNTED) * SHOWN]

    def _marked(self) -> str:
        chosen = self.value("marked")
        return nearest(self._shown()) if chosen == NEAREST else str(chosen)

    def make_drawing(self, look: Look) -> CalendarFigure:
        """Return the calendar."""
        return CalendarFigure(look)

    def view(self) -> CalendarView:
        """Return the months in view, day by day, with their counts."""
        rows, marked, frame = self._shown(), self._marked(), self.frame()
        months = []
        for start in range(0, len(rows), len(COUNTED)):
            counts = {row["counted"]: row for row in rows[start : start + len(COUNTED)]}
            months.append(_month(frame, counts["headache"], marked, _counts(counts, marked)))
        return CalendarView(tuple(months), MEDICINES[marked])

    def say(self) -> str:
        """Say each month's counts, the published lines, and that counting is not diagnosing."""
        made_up = "" if self.value("person") == OWN else "Simulated. "
        return made_up + read_months(self._shown(), self._marked())

    def recipe(self) -> str:
        """Return plain pandas that counts the same days."""
        return recipe(self.value("person"), TEMPLATE, OWN)

    # -- a diary of the student's own ------------------------------------------------------------------------------
    def _take(self, diary_or_problems: Any) -> list[str]:
        """Keep a diary that can be counted; return what is wrong with one that cannot, in sentences."""
        if isinstance(diary_or_problems, list):
            return [str(problem) for problem in diary_or_problems] or ["The diary holds no days."]
        try:
            diary.monthly(diary_or_problems)
        except ValueError as error:
            return [f"This diary cannot be shown: {error}."]
        self._own = diary_or_problems
        return []

    def _refuse(self, problems: list[str]) -> None:
        """Say what is wrong with a diary; the last good picture stays."""
        more = len(problems) - TOLD
        words = " ".join(one if one.endswith(".") else f"{one}." for one in problems[:TOLD])
        self._complaint = words + (f" And {more} more." if more > 0 else "")
        self._tell(self._complaint)

    def _file_chosen(self) -> None:
        if not self._file.value:
            return
        chosen = self._file.value[0]
        name = Path(str(chosen["name"])).name or "diary.csv"
        self._file.value = ()  # the same file, mended, can be chosen again
        found = read_upload(name, bytes(chosen["content"]))
        problems = self._take(found)
        if problems:
            self._refuse(problems)
            return
        self._own_name = f"your file: {name}"
        self._complaint = ""
        with self._held():
            person = self.controls["person"]
            person.options = self._people()
            person.value = OWN
            self._frame = None  # another file may stand under the same choice
            self.controls["first"].value = 1
            self._fit_months()


def _starts(frame: pd.DataFrame | None) -> int:
    """In how many places the months in view can start; the examples all fit."""
    if frame is None:
        return 1
    months = frame["date"].dt.year * 12 + frame["date"].dt.month
    return max(1, int(months.max() - months.min()) + 2 - SHOWN)


def read_upload(name: str, content: bytes) -> pd.DataFrame | list[data.Problem]:
    """Read a diary that a browser sent, by way of a file that is gone again at once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return data.read_diary(path)


def _template() -> pd.DataFrame:
    found = data.read_diary(package.root() / "templates" / "diary.csv")
    if isinstance(found, list):
        raise ValueError(f"the template cannot be read: {found[0]}")
    return found


def _counts(counts: dict[str, Row], marked: str) -> tuple[Count, ...]:
    """The three counts below a month."""
    shown = {"headache": "headache", "migraine": "migraine", marked: MEDICINES[marked]}
    return tuple(count(counts[key], words) for key, words in shown.items())


def _month(frame: pd.DataFrame, row: Row, marked: str, counts: tuple[Count, ...]) -> Month:
    """Lay one month's rows of a diary out by day."""
    dates = frame["date"].to_numpy("datetime64[D]")
    first = np.datetime64(row["first"], "D")
    some = np.flatnonzero((dates >= first) & (dates < first + row["days"]))
    day = (dates[some] - first).astype(int)
    kinds = np.full(row["days"], calendar.NOT_NOTED)
    kinds[day] = np.select(
        [_yes(frame, "migraine")[some], frame["headache"].to_numpy(bool)[some]],
        [calendar.MIGRAINE, calendar.HEADACHE],
        calendar.NONE,
    )
    took = _yes(frame, "acute_medication")[some]
    wanted = set(TOGETHER) if marked == "non-opioid" else {marked}
    classes = frame["medication_class"].to_numpy(object)[some]
    chosen = (
        took
        if marked == ANY
        else np.array([bool(wanted & set(str(one).split(";"))) for one in classes], bool)
    )
    taken = np.full(row["days"], calendar.NOTHING)
    taken[day] = np.select([chosen, took], [calendar.CHOSEN, calendar.OTHER], calendar.NOTHING)
    return Month(month_name(row["first"]), int(row["first"].weekday()), kinds, taken, counts)


def _yes(frame: pd.DataFrame, column: str) -> NDArray[np.bool_]:
    return frame[column].astype("boolean").fillna(False).to_numpy(bool)
