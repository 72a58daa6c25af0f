"""A percentage is a fraction: how wide a range of truths fits 'x of n', with real studies beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.explore.controls import dropdown, slider
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures.rate_strip import RateStrip, StripView
from migraine_lab.figures.style import Look

OWN = "own"
LARGEST = 700
STUDIES = 9
SLIDE_ROWS = 7


class OneProportion(Explorer):
    """One 'x of n' with its Wilson interval above uncontrolled rates that studies of ketamine printed."""

    title: ClassVar[str] = "How sure is 'x of n'?"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "what",
        "events": "events",
        "n": "n",
        "percent": "%",
        "low": "low",
        "high": "high",
        "definition": "what was counted",
    }

    def __init__(self, **state: object) -> None:
        rows = data.comparisons(scope="ketamine")
        rows = rows[
            (rows["comparator_kind"] == "none") & rows["events"].notna() & rows["n"].between(1, LARGEST)
        ]
        rows = rows[rows["is_benefit"] & rows["countable"] & (rows["unit_counted"] == "patients")]
        self._studies = rows.sort_values("n").drop_duplicates("study_id").head(STUDIES).reset_index(drop=True)
        labels = self._studies["study"] + ": " + self._studies["definition"]
        columns = ["label", "events", "n", "source_id", "definition"]
        own = pd.DataFrame([["your numbers", 0, 1, "", ""]], columns=columns)
        self._rows = pd.concat([own, self._studies.assign(label=labels)[columns]], ignore_index=True)
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: a real study to start from, events, n, level of the interval."""
        real = [
            (f"{row.study}: {row.events:.0f} of {row.n:.0f}", row.study_id)
            for row in self._studies.itertuples()
        ]
        return {
            "study": dropdown("Start from", [("numbers of my own", OWN), *real], value=OWN),
            "n": slider("Patients (n)", 1, LARGEST, 6),
            "events": slider("With the event (x)", 0, 6, 6),
            "level": dropdown("Interval", [("95 %", 95), ("90 %", 90), ("99 %", 99)]),
        }

    def adapt(self, name: str) -> None:
        """Keep events within n, and let a real study set both."""
        n, events, study = self.controls["n"], self.controls["events"], self.controls["study"]
        if name == "study" and study.value != OWN:
            row = self._studies.set_index("study_id").loc[study.value]
            n.value = int(row["n"])
            events.max = n.value
            events.value = int(row["events"])
        if name == "n":
            events.max = n.value  # ipywidgets lowers the value with the maximum
        if name in ("n", "events"):
            study.value = OWN

    def make_evidence(self) -> pd.DataFrame:
        """Return the student's fraction and the studies', each with its interval in percent."""
        rows = self._rows.copy()
        events, n = (rows[name].to_numpy(float, copy=True) for name in ("events", "n"))
        events[0], n[0] = self.value("events"), self.value("n")
        _, low, high = stats.proportion(events, n, level=self.value("level") / 100)
        rows["events"], rows["n"] = events, n
        # not as printed: some sources print a percentage that does not fit their count
        rows["percent"], rows["low"], rows["high"] = 100 * events / n, 100 * low, 100 * high
        rows["text"] = [f"{x:.0f} of {size:.0f}" for x, size in zip(events, n, strict=True)]
        return rows

    def make_drawing(self, look: Look) -> RateStrip:
        """Return the strip: the student's row and the studies."""
        return RateStrip(look, SLIDE_ROWS if look.presenting else 1 + len(self._studies))

    def view(self) -> StripView:
        """Return all rows, the student's own marked."""
        return StripView(self._evidence(), own=0)

    def say(self) -> str:
        """Read the student's fraction and its interval; name the widest real one."""
        rows = self._evidence()
        own, studies = rows.iloc[0], rows.iloc[1:]
        widest = studies.loc[(studies["high"] - studies["low"]).idxmax()]
        return (
            f"{own['text']} is {own['percent']:.0f} %, and true rates from {own['low']:.0f} to {own['high']:.0f} % would fit it "
            f"({self.value('level')} % interval). Of the studies below, {widest['text']} fits the widest range: "
            f"{widest['low']:.0f} to {widest['high']:.0f} %."
        )

    def recipe(self) -> str:
        """Return the interval of the student's fraction in statsmodels."""
        return (
            "import pandas as pd\n"
            "from statsmodels.stats.proportion import proportion_confint\n\n"
            f"events, n = {self.value('events')}, {self.value('n')}\n"
            f"low, high = proportion_confint(events, n, alpha={1 - self.value('level') / 100:.2f}, method='wilson')\n"
            "rows = pd.DataFrame({'events': [events], 'n': [n], 'low': [100 * low], 'high': [100 * high]})\n"
        )
