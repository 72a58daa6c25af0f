"""Every category of treatment: class, treatment, what it acts on, when, at what cost, with what behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import Explorer
from migraine_lab.explore.treatment_card import TreatmentCard, counted
from migraine_lab.explore.treatment_rows import CATEGORIES, CAUTIONS, PHASES, TARGETS, real
from migraine_lab.figures.style import Look
from migraine_lab.figures.treatment_map import Layout, MapView, TreatmentMap, lay_out

ALL, NONE = "all", "none"
SLIDE_LINES, PAGE_LINES = 9, 30
CAUTION_WORDS = {
    "pregnancy": "pregnancy",
    "cardiovascular": "heart and vessels",
    "liver": "the liver",
    "overuse": "medication overuse",
}


class Treatments(Explorer):
    """The map of treatments: filter by when, how, on what and with which caution; open one treatment's card."""

    title: ClassVar[str] = "Treatments: which kind, which class, acting on what?"
    columns: ClassVar[Mapping[str, str]] = {
        "name": "treatment", "category": "category", "drug_class": "class", "used_for": "used for", "target": "acts on",
        "mechanism": "how", "mechanism_basis": "known from", "routes": "way in", "used_when": "when",
        "adverse_effects": "unwanted effects", "cautions": "cautions", "guideline": "guidelines", "approval": "standing (US)",
        "approved_us": "year", "reported": "rates reported", "controlled": "beside a comparator", "studies": "studies",
    }  # fmt: skip
    more = ("route", "target", "approval")
    view_only = ("treatment", "page")
    on_slide = ("category", "phase", "caution", "treatment", "page")
    recipe_key = "treatment_id"
    recipe_columns: ClassVar[Mapping[str, str]] = {"reported": "reported", "controlled": "controlled"}

    def __init__(self, **state: Any) -> None:
        self._all = real()
        self.card = TreatmentCard()
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: category, phase of the attack, caution, route, target, standing; the card's treatment."""
        rows = self._all
        sizes = rows["category"].value_counts()
        kinds = [(f"{words} ({sizes[name]})", name) for name, words in CATEGORIES.items() if name in sizes]
        routes = sorted({one for words in rows["routes"] for one in re.split(r"; | \(.*?\)", words) if one})
        return {
            "category": dropdown("Kind", [(f"every kind ({len(rows)})", ALL), *kinds]),
            "phase": dropdown("Used in", [("any phase", ALL), *((name, name) for name in PHASES)]),
            "caution": dropdown(
                "No caution read on", [("no filter", NONE), *((CAUTION_WORDS[name], name) for name in CAUTIONS)]
            ),
            "route": dropdown("Way in", [("any way", ALL), *((name, name) for name in routes)]),
            "target": dropdown("Acts on", [("anything", ALL), *((name, name) for name in TARGETS), ("not read", NONE)]),
            "approval": dropdown(
                "Standing (US)", [("any", ALL), *((name, name) for name in sorted(rows["approval"].unique()))]
            ),
            "treatment": dropdown("Open", _named(rows), value=NONE),
            "page": dropdown("Lines", [("all", 0)]),
        }  # fmt: skip

    def adapt(self, name: str) -> None:
        """Offer the treatments that fit, and cut the map into pages where a category is opened."""
        if name == "page":
            self.redraw()
        elif name != "treatment":
            self._offer_treatments()
        if name == "category":
            self._offer_pages()
            self.redraw()

    def look_changed(self) -> None:
        """Cut the pages anew: a slide holds fewer lines."""
        self._offer_pages()

    def visible(self, name: str) -> bool:
        """Return False for the pages where everything stands on one, and where a card stands in the map's place."""
        carded = self.screen.look().presenting and self.value("treatment") != NONE
        return name != "page" or (len(self.controls["page"].options) > 1 and not carded)

    def _offer_treatments(self) -> None:
        control: Any = self.controls["treatment"]
        old, rows = control.value, self._evidence()
        offered = _named(rows)
        control.options = offered
        control.value = old if old in {name for _, name in offered} else NONE

    def _offer_pages(self) -> None:
        lines, length = self._layout(self.screen.look()).lines, self._length(self.screen.look())
        pages = [
            (f"{start + 1} to {min(start + length, lines)} of {lines}", start) for start in range(0, lines, length)
        ]  # fmt: skip
        control: Any = self.controls["page"]
        control.options = pages
        control.value = 0

    def _length(self, look: Look) -> int:
        return SLIDE_LINES if look.presenting else PAGE_LINES

    def beside(self) -> list[widgets.Widget]:
        """Return the opened treatment's card, under the picture."""
        return [self.card]

    # -- evidence --------------------------------------------------------------------------------------------------
    def make_evidence(self) -> pd.DataFrame:
        """Return the treatments that all choices leave, in the map's order."""
        rows = self._all
        if self.value("category") != ALL:
            rows = rows[rows["category"] == self.value("category")]
        if self.value("phase") != ALL:
            rows = rows[rows["used_when"].str.contains(self.value("phase"), regex=False)]
        if self.value("caution") != NONE:
            rows = rows[rows[f"caution_{self.value('caution')}"] != "yes"]
        if self.value("route") != ALL:
            rows = rows[rows["routes"].str.contains(rf"\b{self.value('route')}\b")]
        if self.value("target") == NONE:
            rows = rows[rows["target"] == ""]
        elif self.value("target") != ALL:
            rows = rows[rows["target"].str.contains(TARGETS[self.value("target")])]
        if self.value("approval") != ALL:
            rows = rows[rows["approval"] == self.value("approval")]
        return rows.reset_index(drop=True)

    # -- picture ---------------------------------------------------------------------------------------------------
    def _layout(self, look: Look) -> Layout:
        category = self.value("category")
        if category == ALL:
            return lay_out(self._all, False, look)
        rows = self._all[self._all["category"] == category]
        return lay_out(rows.assign(head=rows["drug_class"]), True, look)

    def make_drawing(self, look: Look) -> TreatmentMap:
        """Return the map of all categories, or of the opened one."""
        layout, length = self._layout(look), self._length(look)
        return TreatmentMap(look, layout.page(min(self.value("page"), layout.lines - 1), length))

    def view(self) -> MapView:
        """Return which treatments fit and which is opened."""
        chosen = self._chosen()
        presenting = self.live.drawing.look.presenting
        self.card.show(chosen, presenting)
        # on a slide there is no room for both: the card stands in the map's place
        self.live.widget.layout.display = "none" if presenting and chosen is not None else ""
        return MapView(
            set(self._evidence()["treatment_id"]), "" if chosen is None else chosen["treatment_id"]
        )

    def _chosen(self) -> pd.Series | None:
        found = self._all[self._all["treatment_id"] == self.value("treatment")]
        return None if found.empty else found.iloc[0]

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Say how many treatments fit, of which classes, and how many have a rate beside a comparator; or the opened one."""
        rows, chosen = self._evidence(), self._chosen()
        presenting = self.live.drawing.look.presenting
        if chosen is not None and presenting:
            return _opened(chosen)
        words = self._overview(rows, presenting)
        return words if chosen is None else f"{words}\n{_opened(chosen)}"

    def _overview(self, rows: pd.DataFrame, presenting: bool) -> str:
        category = self.value("category")
        pool = self._all if category == ALL else self._all[self._all["category"] == category]
        where = "of every kind" if category == ALL else f"under {CATEGORIES[category]}"
        if rows.empty:
            return f"None of the {len(pool)} treatments {where} fits these choices: every dot is hollow. Widen one of them."
        classes = rows["drug_class"].value_counts()
        words = (
            f"{_all_or_part(len(rows), len(pool))} {where} fit, in {_many(len(classes), 'class', 'classes')}"
        )
        words += (
            f"; the largest class is {classes.index[0]} ({classes.iloc[0]})." if len(classes) > 1 else "."
        )
        if self.value("caution") != NONE:
            about = CAUTION_WORDS[self.value("caution")]
            words += f" No caution on {about} was read for them, which is not the same as safe."
        elif not presenting:
            words += _rates(rows)
        return words

    def about(self) -> str:
        """Say what a dot is, and what the map leaves to the table."""
        return (
            "Each dot is a treatment. A treatment that is used in two ways stands under its main one. "
            "The map shows what was read, for learning; it is no advice on what to take."
        )

    def recipe(self) -> str:
        """Return the same choice and counts in pandas."""
        names = list(CATEGORIES) if self.value("category") == ALL else [self.value("category")]
        lines = [f"rows = rows[rows.category.isin({names})]"]
        if self.value("phase") != ALL:
            lines.append(f"rows = rows[rows.used_when.str.contains({self.value('phase')!r}, regex=False)]")
        if self.value("caution") != NONE:
            lines.append(f"rows = rows[rows.caution_{self.value('caution')} != 'yes']")
        if self.value("route") != ALL:
            lines.append(f"rows = rows[rows.routes.str.contains(r'\\b{self.value('route')}\\b')]")
        if self.value("target") == NONE:
            lines.append("rows = rows[rows.target == '']")
        elif self.value("target") != ALL:
            lines.append(f"rows = rows[rows.target.str.contains({TARGETS[self.value('target')]!r})]")
        if self.value("approval") != ALL:
            lines.append(f"rows = rows[rows.approval == {self.value('approval')!r}]")
        return (
            "from migraine_lab import data\n\n"
            "rows = data.table('treatments')\n" + "\n".join(lines) + "\n\n"
            "rates = data.comparisons()\n\n"
            "def reported(row):\n"
            "    '''Rates in which it is the treated arm; what trials list under another name counts by route.'''\n"
            "    if row.studied_as:\n"
            "        return rates[(rates.treatment_id == row.studied_as) & rates.route.isin(row.routes.split('; '))]\n"
            "    return rates[rates.treatment_id == row.treatment_id]\n\n"
            "found = [reported(row) for row in rows.itertuples()]\n"
            "rows = rows.assign(\n"
            "    reported=[len(one) for one in found],\n"
            "    controlled=[(one.comparator_kind != 'none').sum() for one in found],\n"
            ")\n"
        )


def _named(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Options of the treatments by name, after "no treatment"."""
    names = sorted(zip(rows["name"], rows["treatment_id"], strict=True), key=lambda one: one[0].lower())
    return [("no treatment", NONE), *names]


def _opened(row: pd.Series) -> str:
    target = f"acts on {row['target']}" if row["target"] else "what it acts on was not read"
    unsure = " (not checked against a source)" if row["target"] and row["mechanism_basis"] != "source" else ""
    return f"{row['name']} ({row['drug_class']}): {target}{unsure}. Reported rates: {counted(row)}."


def _rates(rows: pd.DataFrame) -> str:
    """Say for how many treatments no rate is at hand, or only rates without a comparator; "" where all have one."""
    none, bare = (
        (rows["reported"] == 0).sum(),
        ((rows["reported"] > 0) & (rows["controlled"] == 0)).sum(),
    )
    said = f" For {none} of them this package holds no response rate." if none else ""
    return f"{said} For {bare} it holds only rates without a comparator." if bare else said


def _all_or_part(count: int, whole: int) -> str:
    return f"All {whole} treatments" if count == whole else f"{count} of {whole} treatments"


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
