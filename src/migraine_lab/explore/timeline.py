"""One attack in time, drawn from published figures, over the textbook's outline and above a hundred others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.explore import timeline_words as words
from migraine_lab.explore.controls import STYLE, check_box, dropdown, next_button, slider, wide
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures.style import Look
from migraine_lab.figures.timeline import TimelineFigure
from migraine_lab.figures.timeline_view import EDGE, NAMES, PHASES, Bars, TimelineView, stretched
from migraine_lab.models import attack

HUNDRED = 100
NONE = "none"
SETS: Mapping[str, tuple[str, str, str]] = {
    "clinic": ("one clinic's histories (Kelman)", "kelman2004", "kelman2006post"),
    "survey": ("a survey (EHF 2018)", "ehf2018_p65", "ehf2018_p65"),
}
"""Sources of prodrome and postdrome; the headache's bands are the survey's in both, for only it prints them."""
HOURS = tuple(float(hour) for hour in (*range(-48, -2), *np.arange(-2, 2.01, 0.25), *range(3, 49)))
"""Stops of the hour: whole hours far from the onset, quarters of an hour around it."""
FINE = np.sinh(np.linspace(-stretched(EDGE), stretched(EDGE), 481))
"""Hours at which the hundred are counted for their curves: evenly spread on the stretched axis."""
CURVE = np.concatenate([np.linspace(0, 4, 81), np.linspace(4, 72, 137)[1:]])
DEFAULTS = {"hundred": 1, "attack": 99, "other": 34}
"""An attack with all four phases, its aura running into the pain, and one whose pain waits for the aura to end."""


COMMON = ["what", "phase", "quantity", "row_id", "value", "unit", "source_id"]


@dataclass(frozen=True)
class Hundred:
    """A hundred attacks with their counts over FINE by phase, and their pain over CURVE."""

    attacks: attack.Attacks
    crowd: Mapping[str, np.ndarray]
    pain: np.ndarray
    mild_until: np.ndarray

    def bars(self, number: int) -> Bars:
        """Return attack ``number`` (from 1) as the figure shows it."""
        place = number - 1
        spans = {}
        for phase in PHASES:
            start, end = (float(side[place]) for side in self.attacks.span(phase))
            if np.isfinite(start):
                spans[phase] = (start, end)
        inside = spans["headache"][1] >= CURVE if "headache" in spans else CURVE < 0
        mild = float(self.mild_until[place])
        return Bars(
            f"Attack {number} (simulated)", spans, CURVE[inside], self.pain[place, inside], mild if np.isfinite(mild) else None
        )  # fmt: skip


class Timeline(Explorer):
    """Phases of a simulated attack (or two) from two days before to two days after the onset of pain."""

    title: ClassVar[str] = "An attack in time (simulated from published figures)"
    columns: ClassVar[Mapping[str, str]] = {
        "what": "what", "phase": "phase", "quantity": "quantity",
        "count": "of 100 at this hour", "start_h": "start, h", "end_h": "end, h", "value": "published figure",
        "unit": "unit", "n": "n", "population": "in whom", "source_id": "source",
    }  # fmt: skip
    more = ("figures", "hundred", "axis")
    on_slide = ("hour",)
    recipe_columns: ClassVar[Mapping[str, str]] = {"count": "count", "start_h": "start_h", "end_h": "end_h"}
    recipe_key = "key"

    def __init__(self, **state: Any) -> None:
        self._drawn: tuple[tuple[str, int], Hundred] | None = None
        self._kept: tuple[tuple[Any, ...], pd.DataFrame] | None = None
        phases = data.table("phases").set_index("phase_id")
        self._outline = {
            name: (float(phases.at[name, "start_h"]), float(phases.at[name, "end_h"])) for name in PHASES
        }
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: the hour, which of the hundred, a second one, treatment, sources, axis."""
        hour = widgets.SelectionSlider(
            description="Hour", options=[(words.hour_words(one), one) for one in HOURS], value=-0.25, style=STYLE,
            layout=wide("440px"),
        )  # fmt: skip
        treated = [(one.words, name) for name, one in words.TREATED.items()]
        return {
            "hour": hour,
            "attack": slider("Attack", 1, HUNDRED, DEFAULTS["attack"]),
            "pair": check_box("Another attack below"),
            "other": slider("Other attack", 1, HUNDRED, DEFAULTS["other"]),
            "treatment": dropdown("Tablet early or late", [("not shown", NONE), *treated], value=NONE),
            "figures": dropdown(
                "Prodrome and postdrome from", [(one[0], name) for name, one in SETS.items()]
            ),
            "hundred": slider("Which hundred attacks", 1, 50, DEFAULTS["hundred"]),
            "axis": dropdown("Time axis", [("stretched around the onset", "wide"), ("even hours", "even")]),
        }

    def actions(self) -> list[widgets.Widget]:
        """Return the button that goes to the next of the hundred attacks."""
        return [next_button("Draw another attack", self.controls["attack"])]

    def adapt(self, name: str) -> None:
        """Make room for a second attack, and for the tablet's line."""
        if name in ("pair", "treatment"):
            self.redraw()

    def visible(self, name: str) -> bool:
        """Return False for the second attack's number without a second attack."""
        return bool(name != "other" or self.value("pair"))

    # -- evidence --------------------------------------------------------------------------------------------------
    def _hundred(self) -> Hundred:
        key = (self.value("figures"), self.value("hundred"))
        if self._drawn is None or self._drawn[0] != key:
            attacks = attack.draw(HUNDRED, key[1], self._parameters())
            crowd = {phase: HUNDRED * shares for phase, shares in attack.share(attacks, FINE).items()}
            self._drawn = (
                key,
                Hundred(attacks, crowd, attack.pain(attacks, CURVE), attack.mild_until(attacks)),
            )
        return self._drawn[1]

    def _parameters(self) -> attack.Parameters:
        _, prodrome, postdrome = SETS[self.value("figures")]
        return attack.parameters(prodrome, postdrome)

    def _numbers(self) -> list[int]:
        return [self.value("attack"), *([self.value("other")] if self.value("pair") else [])]

    def _counts(self) -> dict[str, int]:
        inside = attack.present(self._hundred().attacks, self.value("hour"))
        return {phase: int(inside[phase].sum()) for phase in NAMES}

    def make_evidence(self) -> pd.DataFrame:
        """Return the counts at the hour, the shown attacks' phases (both simulated), and the published rows behind them."""
        key = (self.value("figures"), self.value("hundred"), self.value("treatment"), *self._numbers())
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, pd.concat([self._simulated(), self._published()], ignore_index=True))
        rows = self._kept[1].copy()
        counts = np.full(len(rows), np.nan)
        counts[: len(NAMES)] = list(self._counts().values())
        rows["count"] = counts  # all that an hour changes
        return rows

    def _simulated(self) -> pd.DataFrame:
        every = attack.table(self._hundred().attacks)
        attacks = pd.concat([every[every["attack"] == number] for number in dict.fromkeys(self._numbers())])
        names = "attack " + attacks["attack"].astype(str)
        counted = pd.DataFrame(
            {"key": [f"now {phase}" for phase in NAMES], "what": "of 100 simulated attacks", "phase": list(NAMES),
             "quantity": "in this phase at the hour", "unit": "attacks"}
        )  # fmt: skip
        bars = pd.DataFrame(
            {"key": names + " " + attacks["phase"], "what": "simulated " + names, "phase": attacks["phase"],
             "quantity": np.where(attacks["present"], "from start to end", "absent in this attack"),
             "start_h": attacks["start_h"], "end_h": attacks["end_h"], "unit": "h"}
        )  # fmt: skip
        return pd.concat([counted, bars], ignore_index=True).assign(source_id="")

    def _published(self) -> pd.DataFrame:
        drawn = self._parameters().table().drop(columns="table")
        drawn = drawn.rename(columns={"low_h": "start_h", "high_h": "end_h"})
        frames = [drawn.assign(what="attacks are drawn from")]
        noticed = data.table("symptoms").set_index("symptom_id")
        noticed = noticed.loc[[one for ids in words.NOTICED.values() for one in ids]].reset_index(
            names="row_id"
        )
        noticed = noticed.rename(columns={"phase_id": "phase", "symptom": "quantity", "percent": "value"})
        frames.append(noticed.assign(what="what people notice", unit="%")[[*COMMON, "n", "population"]])
        if self.value("treatment") != NONE:
            chosen = words.TREATED[self.value("treatment")]
            pair = data.table("timing").set_index("timing_id").loc[[chosen.early, chosen.late]]
            pair = pair.reset_index(names="row_id").rename(columns={"phase_id": "phase"})
            frames.append(pair.assign(what="treated early or late")[[*COMMON, "population"]])
        outline = data.table("phases").rename(columns={"phase_id": "phase", "label": "quantity"})
        outline = outline[outline["phase"].isin(PHASES)].assign(what="textbook outline", unit="h", row_id="")
        frames.append(
            outline[["what", "phase", "quantity", "row_id", "start_h", "end_h", "unit", "source_id"]]
        )
        rows = pd.concat(frames, ignore_index=True)
        return rows.assign(key=[f"published {place}" for place in range(len(rows))])

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> TimelineFigure:
        """Return the timeline; a slide with two attacks has no room for the hundred."""
        pair = bool(self.value("pair"))
        return TimelineFigure(
            look,
            panels=2 if pair else 1,
            crowd=not (pair and look.presenting),
            treated=self.value("treatment") != NONE,
        )

    def view(self) -> TimelineView:
        """Return the chosen attacks, the hundred and the hour."""
        drawn, chosen = self._hundred(), self.value("treatment")
        return TimelineView(
            attacks=tuple(drawn.bars(number) for number in self._numbers()),
            outline=self._outline,
            crowd_hours=FINE,
            crowd=drawn.crowd,
            hour=self.value("hour"),
            hour_words=words.hour_words(self.value("hour")),
            counts=self._counts(),
            treated=None if chosen == NONE else words.treated(chosen)[:2],
            wide=self.value("axis") == "wide",
        )

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Say where the attack is at the hour, what people notice then, and how many of the hundred are where."""
        hour = words.hour_words(self.value("hour"))
        inside = attack.present(self._hundred().attacks, self.value("hour"))
        now = {number: [name for name in PHASES if inside[name][number - 1]] for number in self._numbers()}
        states = ", ".join(f"attack {number} is {words.phases_now(names)}" for number, names in now.items())
        now_words = f"{hour[0].upper()}{hour[1:]}: {states}."
        phases = list(dict.fromkeys(name for names in now.values() for name in names)) or ["interictal"]
        if self.live.drawing.look.presenting:
            if self.value("treatment") != NONE:
                return words.treated(self.value("treatment"), brief=True)[2]
            return f"{now_words} {words.REPORT[phases[-1]]}: {words.noticed(phases[-1])}."
        reports = " ".join(f"{words.REPORT[name]}: {words.noticed(name)}." for name in phases)
        counts = f"Of these 100 simulated attacks, {words.counted(self._counts())}; phases may overlap."
        said = f"{now_words} {reports} {counts}"
        return (
            said
            if self.value("treatment") == NONE
            else f"{said}\n{words.treated(self.value('treatment'))[2]}"
        )

    def about(self) -> str:
        """Say what is drawn and what is chosen."""
        return (
            "Simulated: lengths and shares come from the sources, what lies between them is drawn by chance; the rise and "
            "fall of pain is a shape, not a measurement. Dashed: the textbook\u2019s outline. Hour 0 is the onset of pain, "
            "or the aura\u2019s end where no pain comes."
        )

    def recipe(self) -> str:
        """Return the same draw and the counts in pandas."""
        _, prodrome, postdrome = SETS[self.value("figures")]
        return (
            "import pandas as pd\n"
            "from migraine_lab.models import attack\n\n"
            f"chosen = attack.parameters(prodrome={prodrome!r}, postdrome={postdrome!r})\n"
            f"phases = attack.table(attack.draw({HUNDRED}, seed={self.value('hundred')}, parameters=chosen))\n\n"
            f"hour = {self.value('hour')}\n"
            "now = phases[(phases.start_h <= hour) & (hour < phases.end_h)]\n"
            "counts = now.groupby('phase')['attack'].count()\n"
            f"counts = counts.reindex({list(PHASES)}, fill_value=0)\n"
            f"counts['interictal'] = {HUNDRED} - now['attack'].nunique()  # in no phase\n"
            "counted = pd.DataFrame({'key': 'now ' + counts.index, 'count': counts.values})\n\n"
            f"shown = phases[phases['attack'].isin({self._numbers()})]\n"
            "shown = shown.assign(key='attack ' + shown['attack'].astype(str) + ' ' + shown['phase'])\n"
            "rows = pd.concat([counted, shown[['key', 'start_h', 'end_h']]])\n"
        )
