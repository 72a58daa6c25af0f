"""Risk of bias, domain by domain: who judged which study by what, what was not said, and which trials nobody judged."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.controls import check_box, dropdown
from migraine_lab.explore.explorer import CannotShow, Explorer
from migraine_lab.explore.parts import source_cards
from migraine_lab.explore.rate_words import plural
from migraine_lab.figures.bias_table import BiasTable, BiasView
from migraine_lab.figures.style import Look

ALL, NONE = "all", "none"
DOMAINS = {
    "randomisation": "by chance",
    "deviations": "as planned",
    "missing_outcome": "people lost",
    "measurement": "measuring",
    "selection_of_report": "reporting",
    "overall": "overall",
}
"""Columns of the quality table, with the words that head them."""
SHORT = ("chance", "planned", "lost", "measured", "told", "overall")
ASKS = {
    "randomisation": "were the groups formed by chance, so that they are alike at the start",
    "deviations": "did people and staff keep to what was planned, without knowing who got what",
    "missing_outcome": "is an outcome known for everybody who was entered",
    "measurement": "was it measured in the same way in all, by somebody who did not know",
    "selection_of_report": "is what was told what had been planned to be told",
}
RISKS = {"low": "low", "some": "some", "high": "high", "no information": "not said"}
WORKED = ("powers2017", "aurora2010", "diener2010", "diener2019", "najib2022", "reuter2022")
"""Trials of this lesson's worked cases; no table of judgements of them was read."""
NOBODY = "nobody, as far as was read"
JUDGES = {"own reading": "own reading (not a formal assessment)"}
PAGE, SLIDE_PAGE = 12, 7


class RiskOfBias(Explorer):
    """Judgements of the quality table as symbols with words, with filters and a card for the study chosen."""

    title: ClassVar[str] = "What can go wrong inside a study"
    columns: ClassVar[Mapping[str, str]] = {
        "label": "study", "design": "design", "tool": "judged by", **DOMAINS, "basis": "read in", "note": "why",
    }  # fmt: skip
    view_only: ClassVar[tuple[str, ...]] = ("row",)
    on_slide: ClassVar[tuple[str, ...]] = ("design", "overall", "page", "row")
    recipe_columns: ClassVar[Mapping[str, str]] = {"judged": "judged", "high": "judged_high"}
    recipe_key: ClassVar[str] = "key"

    def __init__(self, **state: object) -> None:
        self._all = _judgements()
        self._card = widgets.HTML()
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: design, tool, overall judgement, the unjudged too, the page, and the row to open."""
        designs = sorted(self._all.loc[self._all["tool"] != NOBODY, "design"].unique())
        tools = sorted(set(self._all["tool"]) - {NOBODY})
        return {
            "design": dropdown("Design", [("every design", ALL), *((_plain(one), one) for one in designs)]),
            "tool": dropdown("Judged by", [("anybody", ALL), *((one, one) for one in tools)]),
            "overall": dropdown("Overall risk", [("any", ALL), *((words, name) for name, words in RISKS.items())]),
            "unjudged": check_box("Add this lesson's trials that nobody judged"),
            "page": dropdown("Studies", _pages(int((self._all["tool"] != NOBODY).sum()), PAGE)),
            "row": dropdown("Open a study", _offer(self._all[self._all["tool"] != NOBODY])),
        }  # fmt: skip

    def beside(self) -> list[widgets.Widget]:
        """Return the card of the opened study."""
        return [self._card]

    def adapt(self, name: str) -> None:
        """Cut pages and offer the studies that are left; turn to the page of the opened one."""
        if name == "row":
            self._turn()
        elif name != "page":
            self._offer_pages()
            control = self.controls["row"]
            old, control.options = control.value, _offer(self._evidence())
            control.value = old if old in [key for _, key in control.options] else NONE
            self._turn()

    def look_changed(self) -> None:
        """Cut the pages anew: a slide holds fewer rows."""
        self._offer_pages()
        self._turn()

    def _turn(self) -> None:
        """Bring the opened study into view."""
        keys = self._evidence()["key"].tolist()
        if self.value("row") in keys:
            self.controls["page"].value = keys.index(self.value("row")) // self._length

    @property
    def _length(self) -> int:
        return SLIDE_PAGE if self.screen.look().presenting else PAGE

    def _offer_pages(self) -> None:
        self.controls["page"].options = _pages(len(self._evidence()), self._length)
        self.controls["page"].value = 0

    def make_evidence(self) -> pd.DataFrame:
        """Return the judgements that the filters leave, and where they were read."""
        rows = self._all
        chosen = rows["tool"] != NOBODY
        for name in ("design", "tool", "overall"):
            if self.value(name) != ALL:
                chosen &= rows[name] == self.value(name)
        if self.value("unjudged"):
            chosen |= rows["tool"] == NOBODY
        return rows[chosen].reset_index(drop=True)

    def _page(self) -> pd.DataFrame:
        start = self.value("page") * self._length
        return self._evidence().iloc[start : start + self._length]

    def make_drawing(self, look: Look) -> BiasTable:
        """Return the table of symbols."""
        heads = SHORT if look.presenting else tuple(DOMAINS.values())
        return BiasTable(look, SLIDE_PAGE if look.presenting else PAGE, heads)

    def view(self) -> BiasView:
        """Return the page in view, the opened row marked."""
        page = self._page()
        if page.empty:
            raise CannotShow(
                "No study fits these choices; the picture still shows the last ones. Choose another design, judge or risk."
            )
        keys = page["key"].tolist()
        opened = keys.index(self.value("row")) if self.value("row") in keys else None
        self._open(page.iloc[opened] if opened is not None else None)
        foot = "; ".join(JUDGES.get(one, one) for one in sorted(set(page["tool"])))
        judged = page[list(DOMAINS)].to_numpy().tolist()
        return BiasView(page["label"].tolist(), judged, opened, f"judged by: {foot}")

    def about(self) -> str:
        """Return how to read a cell."""
        return (
            "Low, some or high: the risk that this part of the study bends its result. Not said, nobody (has judged it) and n/a "
            "(the question does not arise without groups formed by chance) are no judgement, least of all a good one."
        )

    def say(self) -> str:
        """Count the judgements, name what nobody knows, and read the opened study."""
        rows = self._evidence()
        if rows.empty:
            return "No study fits these choices: choose another design, judge or overall risk."
        slide = self.live.drawing.look.presenting
        opened = rows[rows["key"] == self.value("row")]
        if len(opened) and slide:
            return _one(opened.iloc[0])
        judged = rows[rows["tool"] != NOBODY]
        counts = {name: int((judged["overall"] == name).sum()) for name in RISKS}
        told = ", ".join(f"{count} {RISKS[name]}" for name, count in counts.items() if count)
        cells = judged[list(ASKS)].to_numpy()
        silent = int(((cells == "no information") | (cells == "does not apply")).sum())
        words = ""
        if len(judged):
            mine = int((judged["tool"] == "own reading").sum())
            words = (
                f"{plural(len(judged), 'judgement')} of a whole study: {told}. {silent} of {cells.size} single cells hold "
                f"no judgement. {mine} of the {len(judged)} are one reader's own, not a formal assessment."
            )
        unknown = rows.loc[rows["tool"] == NOBODY, "label"]
        if len(unknown):
            words += f" Not judged by anybody that was read: {', '.join(unknown)}; that says nothing about their risk."
        if len(opened):
            words += f"\n{_one(opened.iloc[0])}"
        return words.strip()

    def recipe(self) -> str:
        """Return the count of judged and of high domains a study, in pandas."""
        rows = self._evidence()
        keys = rows.loc[rows["tool"] != NOBODY, "key"].tolist()
        return (
            "import pandas as pd\n"
            "from migraine_lab import data\n\n"
            "quality = data.table('quality')\n"
            "quality['key'] = quality.study_id + ' ' + quality.groupby('study_id').cumcount().add(1).astype(str)\n"
            f"domains = {list(ASKS)}\n"
            f"chosen = quality[quality.key.isin({keys})]\n"
            "cells = chosen[domains]\n"
            "rows = pd.DataFrame({'key': chosen.key, 'judged': (cells != 'na').sum(axis=1),\n"
            "                     'high': (cells == 'high').sum(axis=1)})\n"
        )

    def _open(self, row: pd.Series | None) -> None:
        slide = self.live.drawing.look.presenting
        if row is None or slide:  # a slide says the opened study in its sentence
            self._card.value = ""
            return
        facts = f"<p><b>{html.escape(_one(row))}</b></p>"
        if row["tool"] != NOBODY:
            asked = "".join(
                f"<li>{html.escape(DOMAINS[name].capitalize())}: {html.escape(row[name])} "
                f"<i>({html.escape(question)}?)</i></li>"
                for name, question in ASKS.items()
            )
            facts += f"<ul>{asked}</ul><p>Read in: {html.escape(row['basis'])}.</p>"
        self._card.value = facts + source_cards([row["source_id"]])


def _one(row: pd.Series) -> str:
    """Read one study's row."""
    if row["tool"] == NOBODY:
        return (
            f"{row['label']} ({_plain(row['design'])}): not judged. No table that judges it was read; "
            "look for one before you trust or dismiss it."
        )
    note = str(row["note"]).rstrip(".")
    how = "one reader's own reading" if row["tool"] == "own reading" else row["tool"]
    return (
        f"{row['label']} ({_plain(row['design'])}), overall risk {RISKS[row['overall']]}, by {how}. {note}."
    )


def _pages(count: int, length: int) -> list[tuple[str, int]]:
    pages = [
        (f"{start + 1} to {min(start + length, count)} of {count}", start // length)
        for start in range(0, count, length)
    ]
    return pages or [("none", 0)]


def _offer(rows: pd.DataFrame) -> list[tuple[str, str]]:
    return [("no study", NONE), *zip(rows["label"], rows["key"], strict=True)]


def _plain(design: str) -> str:
    return design.replace("rct", "trial").replace("_", " ")


def _judgements() -> pd.DataFrame:
    """The quality table with names, designs and sources of the studies, then this lesson's trials without judgement."""
    studies = data.table("studies").set_index("study_id")
    rows = data.table("quality")
    number = rows.groupby("study_id").cumcount() + 1
    rows = rows.assign(key=rows["study_id"] + " " + number.astype(str))
    several = rows.groupby("study_id")["study_id"].transform("size") > 1
    rows["label"] = rows["study_id"].map(studies["short"]) + [
        f", judgement {at}" if more else "" for at, more in zip(number, several, strict=True)
    ]
    unjudged = [one for one in WORKED if one not in set(rows["study_id"])]
    more = pd.DataFrame({"study_id": unjudged, "key": unjudged, "tool": NOBODY, "basis": "", "note": ""})
    more["label"] = more["study_id"].map(studies["short"])
    more[list(DOMAINS)] = "not assessed"
    for name in DOMAINS:
        rows[name] = [_cell(name, row) for row in rows.to_dict("records")]
    cells = rows[list(ASKS)].to_numpy()
    rows["judged"] = ((cells != "no information") & (cells != "does not apply")).sum(axis=1)
    rows["judged_high"] = (cells == "high").sum(axis=1)
    together = pd.concat([rows, more], ignore_index=True)
    for column in ("design", "source_id"):
        together[column] = together["study_id"].map(studies[column])
    return together


def _cell(name: str, row: Mapping[str, Any]) -> str:
    """A judgement; where there is none, whether the question does not arise or nothing was seen."""
    if row[name] != "na":
        return str(row[name])
    alone = "no randomised comparison" in row["note"] and name in ("randomisation", "deviations")
    return "does not apply" if alone else "no information"
