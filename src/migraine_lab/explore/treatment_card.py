"""One treatment, opened: all that was read of it, its reported rates beside their own comparators, its sources."""

from __future__ import annotations

import html
import textwrap
from typing import Any

import ipywidgets as widgets
import pandas as pd

from migraine_lab.explore.parts import source_cards
from migraine_lab.explore.rate_rows import prepare
from migraine_lab.explore.treatment_rows import CAUTIONS, reports

NOT_READ = "not read"
MOST = 240
"""Letters of one fact on a slide: two lines and a bit, so that harms get the same room as the rest."""
LISTED = 5
"""Reported rates listed on the card; the button opens all of them."""


class TreatmentCard(widgets.VBox):
    """Shows one treatment, or nothing; its button opens ResponseRates for that treatment alone, made when first asked for."""

    def __init__(self) -> None:
        self._words = widgets.HTML()
        self._button = widgets.Button(layout=widgets.Layout(width="auto"))
        self._button.on_click(lambda _button: self._open_or_close())
        self._inside = widgets.VBox()
        self._id = ""
        super().__init__([self._words, self._button, self._inside], layout=widgets.Layout(display="none"))

    def show(self, row: pd.Series | None, presenting: bool) -> None:
        """Open ``row`` (of treatment_rows.real()), or close the card with None; a slide shows the short form."""
        self.layout.display = "none" if row is None else ""
        if row is None:
            return
        self._words.value = short_form(row) if presenting else long_form(row)
        self._button.layout.display = "none" if presenting or not row["reported"] else ""
        name = row["studied_as"] or row["treatment_id"]
        if name != self._id:
            self._id, self._inside.children = name, ()
        self._label()

    def _open_or_close(self) -> None:
        from migraine_lab.explore.response_rates import ResponseRates  # seldom asked for, and a large one

        self._inside.children = () if self._inside.children else (ResponseRates(treatment=self._id),)
        self._label()

    def _label(self) -> None:
        what = "Close" if self._inside.children else "Open"
        self._button.description = f'{what} explore.ResponseRates(treatment="{self._id}")'
        self._button.tooltip = f"{what} the list of reported response rates of this treatment"


def short_form(row: pd.Series) -> str:
    """HTML of what fits on a slide, where the sentence says the target: time, harms at the same size, standing."""
    wanted = ("When", "Way in", "Unwanted effects", "Cautions", "Standing (US)")
    facts_ = facts(row)
    return _list(
        [
            (name, textwrap.shorten(facts_[name], MOST, placeholder=" … (all of it: on the page)"))
            for name in wanted
        ]
    )


def long_form(row: pd.Series) -> str:
    """HTML of everything, with sources."""
    names = [row["source_id"], *filter(None, row["further_source_ids"].split(";"))]
    return f"<p><b>{html.escape(row['name'])}</b></p>{_list(facts(row).items())}{rates(row)}{source_cards(names)}"


def facts(row: pd.Series) -> dict[str, str]:
    """Everything on the card by its heading, in words; what nobody read says so."""
    target, how = _known(row["target"]), _known(row["mechanism"])
    unsure = row["mechanism_basis"] == "background, unverified"
    when = _known(row["used_when"].replace(";", "; "))
    if row["used_when_basis"]:
        when += f" ({row['used_when_basis']})"
    year = row["approved_us"]
    standing = row["approval"] if row["approval"] != "unknown" else NOT_READ
    standing += f" ({year})" if pd.notna(year) else ""
    return {
        "Kind": f"{row['head']}; used as {_known(row['used_for'].replace(';', ' and '))} treatment",
        "Class": row["drug_class"],
        "Acts on": target + (" (background knowledge, not checked against a source)" if unsure and row["target"] else ""),
        "How": how + (" (background knowledge, not checked against a source)" if unsure and row["mechanism"] else ""),
        "Way in": _known(row["routes"]),
        "When": when,
        "Dose in what was read": _known(row["typical_dose"]),
        "Unwanted effects": _known(row["adverse_effects"]),
        "Cautions": _cautions(row),
        "Guidelines": _known(row["guideline"]),
        "Standing (US)": standing + (f": {row['approval_note']}" if row["approval_note"] else ""),
        "Reported rates": counted(row),
        "Read": _known(row["read_where"]),
    }  # fmt: skip


def counted(row: pd.Series) -> str:
    """Say how many rates this package reports of it, and how many have no comparator."""
    if not row["reported"]:
        return "none in this package"
    bare = int(row["reported"] - row["controlled"])
    words = f"{row['reported']} from {row['studies']} {'study' if row['studies'] == 1 else 'studies'}"
    words += f", {bare} of them without a comparator" if bare else ", each beside its own comparator"
    if row["studied_as"]:
        words += (
            "; its trials are listed under one name for several ways of giving it, and count here by route"
        )
    return words


def rates(row: pd.Series) -> str:
    """HTML list of a few reported rates: filled where a comparator stands beside, hollow where none does."""
    rows = reports(row)
    if rows.empty:
        return ""
    rows = prepare(rows)
    rows = rows[rows["percent"].notna() & rows["is_benefit"]].sort_values(
        ["controlled", "n"], ascending=False, kind="stable"
    )
    if rows.empty:  # scores and harms only: the treatment has reports, but no rate of benefit
        return ""
    firsts = pd.concat(
        [part.drop_duplicates("study_id").head(LISTED) for _, part in rows.groupby("controlled")]
    )
    firsts = firsts.sort_values("controlled", ascending=False, kind="stable").head(LISTED)
    items = "".join(f"<li>{html.escape(_rate(one))}</li>" for one in firsts.to_dict("records"))
    head = "The largest arms, one a study (● beside its own comparator, ◇ without one):"
    return f'<p>{head}</p><ul style="list-style:none">{items}</ul>'


def _rate(one: dict[str, Any]) -> str:
    mark = "●" if one["controlled"] else "◇"
    words = f"{mark} {one['study']}, {one['outcome']}: {_share(one['percent'], one['n'])}"
    if one["controlled"]:
        return f"{words}, and {_share(one['comparator_percent'], one['comparator_n'])} on {one['comparator_treatment'].lower()}"
    return f"{words}; no comparator"


def _share(percent: float, n: float) -> str:
    if pd.isna(percent):
        return "a rate that is not printed"
    return f"{percent:.0f} % of {n:.0f}" if pd.notna(n) else f"{percent:.0f} % (n not printed)"


def _cautions(row: pd.Series) -> str:
    named = [name for name in CAUTIONS if row[f"caution_{name}"] == "yes"]
    words = _known(row["cautions"])
    return f"{words} [named: {', '.join(named)}]" if named else words


def _known(value: Any) -> str:
    return str(value) if isinstance(value, str) and value else NOT_READ


def _list(facts_: Any) -> str:
    items = "".join(f"<li><b>{html.escape(name)}:</b> {html.escape(words)}</li>" for name, words in facts_)
    return f"<ul>{items}</ul>"
