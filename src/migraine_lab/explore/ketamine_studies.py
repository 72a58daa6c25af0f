"""The whole ketamine literature on headache, a row a study: design, size, route, definition, result, unwanted effects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab.explore import ketamine_rows as rows_of
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.explore.ketamine_card import card
from migraine_lab.figures import study_rows
from migraine_lab.figures.study_rows import Scale, StudiesView, StudyLine, StudyRows
from migraine_lab.figures.style import Look

ALL, NONE = "all", "none"
LINES, SLIDE_LINES = 24, 8
SCALE = Scale(heads=("of 100", "result", "unwanted effects"), slide=(0.28, 0.49, 0.71))


class KetamineStudies(Explorer):
    """Every ketamine study of this package: filter by design, definition, route; open one to read all of it."""

    title: ClassVar[str] = "Ketamine for headache: every study"
    columns: ClassVar[Mapping[str, str]] = {
        "name": "study", "year": "year", "design": "design", "n_enrolled": "n", "setting": "setting", "route": "route",
        "dose": "dose", "definition": "what counted as the result", "time": "when", "events": "events", "n": "of",
        "value": "result, hundredths", "low": "low", "high": "high", "interval_from": "interval from",
        "comparator": "compared with", "other_value": "comparator, hundredths", "other_low": "its low",
        "other_high": "its high", "harm": "unwanted effects", "countable": "patients counted once",
    }  # fmt: skip
    recipe_key: ClassVar[str] = "row_id"
    recipe_columns: ClassVar[Mapping[str, str]] = {"low": "counted_low", "high": "counted_high"}
    view_only: ClassVar[tuple[str, ...]] = ("page", "study")
    more: ClassVar[tuple[str, ...]] = ("route", "level")
    on_slide: ClassVar[tuple[str, ...]] = ("design", "page", "study")

    def __init__(self, **state: Any) -> None:
        self._card = widgets.HTML()
        self._cut_from: tuple[pd.DataFrame | None, Look | None, list[list[StudyLine]]] = (None, None, [])
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: design, definition, route, level, page, study to open."""
        rows, results = rows_of.every(), rows_of.results()
        sizes = rows.drop_duplicates("study_id")["kind"].value_counts()
        kinds = [(f"{words} ({sizes[name]})", name) for name, words in rows_of.DESIGNS.items()]
        named = results.groupby(["outcome_id", "outcome"])["study_id"].nunique().reset_index()
        order = {name: place for place, name in enumerate(rows_of.LEADS)}
        named = named.sort_values("outcome_id", key=lambda column: column.map(order))
        outcomes = [(f"{row.outcome} ({row.study_id})", row.outcome_id) for row in named.itertuples()]
        routes = [(rows_of.ROUTES.get(name, name), name) for name in sorted(rows["route"].unique()) if name]
        return {
            "design": dropdown("Design", [(f"all ({rows['study_id'].nunique()} studies)", ALL), *kinds]),
            "outcome": dropdown("Definition", [("each study's main result", ALL), *outcomes]),
            "route": dropdown("Way in", [("any", ALL), *routes]),
            "level": dropdown("Interval", [("95 %", 95), ("90 %", 90), ("99 %", 99)]),
            "page": dropdown("Rows", [("-", 0)]),
            "study": dropdown("Open", _named(rows)),
        }

    def adapt(self, name: str) -> None:
        """Offer the studies and pages that the filters leave."""
        if name in ("design", "outcome", "route"):
            self._offer()
            self.controls["page"].value = 0

    def look_changed(self) -> None:
        """Cut the pages anew: a slide holds fewer rows."""
        self._offer()

    def visible(self, name: str) -> bool:
        """Return False for pages where everything stands on one, and where a card stands in the list's place."""
        carded = self.screen.look().presenting and self.value("study") != NONE
        return name != "page" or (len(self.controls["page"].options) > 1 and not carded)

    def beside(self) -> list[widgets.Widget]:
        """Return the opened study's card, under the picture."""
        return [self._card]

    def _offer(self) -> None:
        rows = self._evidence()
        studies: Any = self.controls["study"]
        old = studies.value
        studies.options = _named(rows)
        studies.value = old if old in {one for _, one in studies.options} else NONE
        page: Any = self.controls["page"]
        old, parts, start = page.value, self._cut(self.screen.look()), 0
        options = []
        for number, part in enumerate(parts):
            count = sum(not line.head for line in part)
            options.append((f"{start + 1} to {start + count} of {len(rows)}", number))
            start += count
        page.options = options
        page.value = old if old < len(parts) else 0

    # -- evidence --------------------------------------------------------------------------------------------------
    def make_evidence(self) -> pd.DataFrame:
        """Return the studies that the filters leave, with the chosen result of each and its intervals."""
        outcome = self.value("outcome")
        rows = rows_of.every() if outcome == ALL else rows_of.by_outcome(outcome)
        for name, column in (("design", "kind"), ("route", "route")):
            if self.value(name) != ALL:
                rows = rows[rows[column] == self.value(name)]
        rows = rows_of.intervals(rows.reset_index(drop=True), self.value("level") / 100)
        counted = rows["interval_from"] == "counts"
        return rows.assign(counted_low=rows["low"].where(counted), counted_high=rows["high"].where(counted))

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> StudyRows:
        """Return the list, shorter on a slide."""
        return StudyRows(look, self._length(look), SCALE)

    def view(self) -> StudiesView:
        """Return the page in view and the opened study's place in it."""
        look = self.live.drawing.look
        opened = self.value("study")
        self._card.value = "" if opened == NONE else card(opened, look.presenting)
        # on a slide there is no room for both: the card stands in the list's place
        self.live.widget.layout.display = "none" if look.presenting and opened != NONE else ""
        if self._evidence().empty:
            raise CannotShow(
                "No study fits these choices; the picture still shows the last one. Widen one of them."
            )
        parts = self._cut(look)
        lines = parts[min(self.value("page"), len(parts) - 1)]
        chosen = next((place for place, line in enumerate(lines) if line.key == opened), None)
        return StudiesView(lines, chosen)

    @staticmethod
    def _length(look: Look) -> int:
        return SLIDE_LINES if look.presenting else LINES

    def _cut(self, look: Look) -> list[list[StudyLine]]:
        rows = self._evidence()
        if self._cut_from[0] is not rows or self._cut_from[1] != look:  # opening a study takes the same pages
            lines: list[StudyLine] = []
            panel = ""
            for row in rows.to_dict("records"):
                if row["panel"] != panel:
                    panel = row["panel"]
                    lines.append(StudyLine(rows_of.PANELS[panel], head=True))
                lines.append(_line(row, look.presenting))
            self._cut_from = (rows, look, study_rows.pages(lines, self._length(look), look))
        return self._cut_from[2]

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Count the studies by what they can tell; read the opened one."""
        rows = self._evidence()
        opened = rows[rows["study_id"] == self.value("study")]
        if len(opened):
            return "\n".join(_read(row) for row in opened.to_dict("records"))
        if rows.empty:
            return "No study fits these choices, so there is nothing to read here."
        if self.live.drawing.look.presenting:
            return _trials(rows)
        studies = rows.drop_duplicates("study_id")
        kinds = studies["kind"].value_counts()
        parts = [f"{words} {kinds[name]}" for name, words in rows_of.DESIGNS.items() if name in kinds]
        words = f"{_many(len(studies), 'study', 'studies')} ({'; '.join(parts)})."
        bare = rows[(rows["panel"] == "bare_share") & rows["value"].notna()]
        if len(bare) > 1:
            words += (
                f" Shares without a comparator run from {bare['value'].min():.0f} to {bare['value'].max():.0f} of 100, under "
                f"{_many(bare['outcome_id'].nunique(), 'definition', 'definitions')}."
            )
        return f"{words}\n{_trials(rows)}"

    def about(self) -> str:
        """Say what filled and hollow marks are."""
        return (
            "Filled circle: ketamine, joined with its comparator's square. Hollow diamond: no comparator. Dotted: not a 95 %"
            " interval but the middle half of the patients (IQR). No interval: the source prints neither count nor spread."
            " Pain scores are shown as hundredths of their own scale."
        )

    def recipe(self) -> str:
        """Return the shares with a count, and their Wilson intervals, in pandas and statsmodels."""
        rows = self._evidence()
        counted = rows[rows["counted_low"].notna()]
        pairs = dict(zip(counted["row_id"], counted["result_id"], strict=True))
        return (
            "from statsmodels.stats.proportion import proportion_confint\n"
            "from migraine_lab import data\n\n"
            f"chosen = {pairs}  # row: result (those with a count)\n"
            "results = data.table('results').set_index('result_id')\n"
            "rows = results.loc[list(chosen.values())].assign(row_id=list(chosen))\n"
            "low, high = proportion_confint(\n"
            f"    rows.events.astype(float), rows.n.astype(float), alpha={1 - self.value('level') / 100:.2f}, method='wilson'\n"
            ")\n"
            "rows = rows.assign(low=100 * low, high=100 * high)\n"
        )


def _named(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Options of the studies by name, after "no study"."""
    studies = rows.drop_duplicates("study_id")
    names = sorted(zip(studies["study"], studies["study_id"], strict=True), key=lambda one: one[0].lower())
    return [("no study", NONE), *names]


def _line(row: Mapping[str, Any], brief: bool) -> StudyLine:
    size = f"n {row['n_enrolled']}" if pd.notna(row["n_enrolled"]) else "n not printed"
    size = f"{row['planned_n']} planned" if pd.notna(row["planned_n"]) else size
    way = rows_of.ROUTES.get(row["route"], row["route"])
    short = row["name"].replace(", year not shown", "")
    label = (
        short.partition(" (")[0]
        if brief
        else " · ".join(filter(None, [short, size, f"{way} {row['dose']}".strip()]))
    )
    return StudyLine(
        label,
        detail=_detail(row),
        text=_result(row).partition(" (")[0] if brief or row["kind"] == "awaited" else _result(row),
        harm=(row["harm"].partition(" (")[0] if brief else row["harm"])
        or ("" if row["kind"] == "awaited" else "none read"),
        value=row["value"],
        low=row["low"],
        high=row["high"],
        other=row["other_value"],
        other_low=row["other_low"],
        other_high=row["other_high"],
        hollow=row["kind"] == "bare",
        rough=row["interval_from"] == "IQR",
        key=row["study_id"],
    )


def _detail(row: Mapping[str, Any]) -> str:
    """What was counted, and where; on reviews and awaited trials in whom."""
    where = rows_of.SETTINGS.get(row["setting"], "")
    if row["kind"] == "awaited":
        seen = f"{row['status'].partition(',')[0]}, {row['last_seen'][:7]}"
        words = f"{seen}; against {row['against']}; {row['population']}"
    elif row["kind"] == "review":
        words = row["population"]
    elif not row["definition"]:
        words = f"against {row['against']}" if row["against"] else row["population"]
    else:
        words = ", ".join(filter(None, [_small(row["outcome"]), row["time"]]))
    repeat = "" if row["countable"] or row["kind"] == "review" else "patients of another row: "
    return f"{repeat}{where}: {words}" if where else f"{repeat}{words}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _result(row: Mapping[str, Any]) -> str:
    if row["kind"] == "awaited":
        return f"no result yet ({row['status'].partition(',')[0]}, {row['last_seen'][:7]})"
    if not row["result_id"]:
        return "no pooled figure read" if row["kind"] == "review" else row["verdict"] or "no figure printed"
    mine, other = _figures(row, ""), _figures(row, "other_") if row["other_id"] else ""
    if other and row["measure"] != rows_of.SHARE:  # the same scale: named once
        mine = mine.partition(" of ")[0]
    return f"{mine} v {other}" if other else mine


def _figures(row: Mapping[str, Any], side: str) -> str:
    if row["measure"] == rows_of.SHARE:
        if np.isfinite(row[f"{side}events"]):
            return f"{row[f'{side}events']:.0f} of {row[f'{side}n']:.0f}"
        of = f" of {row[f'{side}n']:.0f}" if np.isfinite(row[f"{side}n"]) else " of ?"
        return f"{row[f'{side}value']:g} %{of}"
    unit = row["unit"].rpartition("-")[2] if "-" in row["unit"] else ""
    return f"{row[f'{side}raw']:g}{f' of {unit}' if unit else ' %'}"


def _read(row: Mapping[str, Any]) -> str:
    """Read one study: result, interval, comparator, harms, and what it cannot show."""
    if not row["result_id"]:
        return f"{row['name']}: {_result(row)}. In whom: {row['population']}. Unwanted effects: {row['harm'] or 'none read'}."
    when = f" at {row['time']}" if row["time"] else ""
    kind = "IQR" if row["interval_from"] == "IQR" else "interval"
    ends = f" ({kind} {row['low']:.0f} to {row['high']:.0f} of 100)" if np.isfinite(row["low"]) else ""
    words = f"{row['name']}, {row['definition']}{when}: {_figures(row, '')}{ends}"
    words += f", and {_figures(row, 'other_')} with {row['comparator']}" if row["other_id"] else ""
    late = row["other_id"] and row["other_time"] != row["time"]
    words += f" (measured at {row['other_time'] or 'another time'})" if late else ""
    if row["kind"] == "bare":
        words += ". Nobody was treated otherwise, so how much of this the drug did is not known"
    if row["kind"] == "two":
        words += ". Chance did not decide who got which"
    return f"{words}. Unwanted effects: {row['harm'] or 'none read'}."


def _trials(rows: pd.DataFrame) -> str:
    """Say what the randomised trials found, ketamine first."""
    trials = rows[rows["kind"] == "trial"]
    if (rows["kind"] == "awaited").all():
        return "Registered, but without a result: nothing can be read yet."
    if trials.empty:
        return "None of these rows compares by chance, so none shows what the drug adds."
    shown = trials[trials["value"].notna()]
    found = []
    for panel, part in shown.groupby("panel", sort=False):
        what = "pain fell by" if panel == "trial_fall" else "of the pain was left:"
        named = [f"{_result(row)} ({row['study']})" for row in part.to_dict("records")]
        found.append(f"{what} {'; '.join(named)}")
    none = len(trials) - len(shown)
    verdicts = [f"{row.verdict} ({row.study})" for row in trials[trials["verdict"] != ""].itertuples()]
    only = f", though one verdict: {'; '.join(verdicts)}" if verdicts else ""
    left = (
        f" {_many(none, 'more trial prints', 'more trials print')} no figure for headache here{only}."
        if none
        else ""
    )
    return (f"By chance, ketamine v comparator: {'; '.join(found)}." if found else "Randomised, but:") + left


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
