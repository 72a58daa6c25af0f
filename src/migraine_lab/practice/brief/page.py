"""The brief as HTML: a part of a notebook, or one whole file that needs nothing else and prints on one page."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.look import escape, linked

from . import picture
from .brief import SAFETY, Brief, data_version
from .facts_for_notes import NOTES
from .questions import NOBODY
from .reading import DESIGNS, whole_gap

EMPTY = "not written yet"
PRINT = "To keep this page on paper or as a PDF file, print it from the browser (Ctrl+P, on a Mac Command+P)."
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a saved brief may load: nothing. It runs no script, even one that a note might hold."""


@lru_cache(maxsize=1)
def _css() -> str:
    return (resources.files(__package__) / "page.css").read_text(encoding="utf-8")


def article(brief: Brief) -> str:
    """The brief as one ``<article>``; its colours are CSS variables, see :func:`within` and :func:`whole_page`."""
    title = escape(brief.title)
    by = f" by {escape(brief.author.strip())}" if brief.author.strip() else ""
    said = "".join(f"<li>{escape(sentence)}</li>" for sentence in brief.reading)
    return (
        f'<article class="mb-brief"><header><p class="mb-kicker">Evidence brief{by}</p><h1>{title}</h1></header>'
        f'<section aria-label="In plain words"><h2>In plain words</h2><ul>{said}</ul></section>'
        f"<figure>{picture.svg(brief)}<figcaption>{escape(_caption(brief))}</figcaption></figure>"
        f'<section aria-label="The numbers"><h2>The numbers</h2>{_table(brief)}</section>'
        f'<section aria-label="How certain is this?"><h2>How certain is this?</h2>{_notes(brief)}</section>'
        f'<section aria-label="Sources"><h2>Sources</h2><ol>{_sources(brief)}</ol></section>'
        f"<footer><p>{escape(SAFETY)}</p><p>{escape(_stamp(brief))}</p>"
        f'<p class="mb-screen">{escape(PRINT)}</p></footer></article>'
    )


def within(brief: Brief) -> str:
    """The brief inside a notebook, in JupyterLab's light or dark theme."""
    return f"<style>{_shades()}{_css()}</style>{article(brief)}"


def whole_page(brief: Brief) -> str:
    """The brief as one HTML file: light or dark as the reader's system is, light on paper, nothing loaded from elsewhere."""
    light, dark = picture.variables(dark=False), picture.variables(dark=True)
    css = (
        f":root{{color-scheme:light dark;{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        "body{margin:0;background:var(--mb-paper)}@media print{body{background:none}}@page{margin:11mm 13mm}"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(brief.title)}</title>\n<style>{css}{_css()}</style>\n</head>\n"
        f"<body>\n<main>{article(brief)}</main>\n</body>\n</html>\n"
    )


def _shades() -> str:
    light, dark = picture.variables(dark=False), picture.variables(dark=True)
    return f'.mb-brief{{{light}}}[data-jp-theme-light="false"] .mb-brief{{{dark}}}'


def _caption(brief: Brief) -> str:
    if not brief.controlled:
        return f"Hollow: rates without a comparator. Lines: 95 % intervals (Wilson), where counts are printed. {brief.definition}"
    loose = " Dashed: groups not formed by chance." if not brief.rows["randomised"].all() else ""
    together = (
        " Diamond: the trials put together, at the comparator arms' own rate."
        if any(found is not None for found in brief.together)
        else ""
    )
    return (
        "Each treated arm is joined to the comparator of its own study; lines are 95 % intervals (Wilson; of the difference, "
        f"Newcombe), where counts are printed.{loose}{together} {brief.definition}"
    )


def _table(brief: Brief) -> str:
    heads = ["Study and arm", "Year", "Design", "What was counted", "Time", "Treated"]
    heads += ["Comparator", "Difference"] if brief.controlled else ["Comparator"]
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    body = "".join(_line(row) for row in brief.rows.to_dict("records"))
    words = "Every row of the figure: people with the outcome of people treated, percent, 95 % interval."
    return (
        f'<div class="mb-scroll" tabindex="0" role="region" aria-label="Table of the numbers"><table>'
        f"<caption>{escape(words)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(row: Mapping[str, Any]) -> str:
    alone = row["comparator"] == NOBODY
    blind = ", double blind" if row["blinding"] == "double" else ""
    year = f"{row['year']:.0f}" if pd.notna(row["year"]) else "not shown"
    cells = [
        escape(year),
        escape(DESIGNS.get(row["design"], row["design"].replace("_", " ")) + blind),
        escape(row["definition"] or row["outcome"]),
        escape(row["time"] or "not stated"),
        _arm(row, ""),
    ]
    cells += (
        ["no figure" if row["other_arms"] else "none"]
        if alone
        else [f"{escape(row['comparator_words'])}: {_arm(row, 'comparator_')}", _effect(row)]
    )
    label = f"{escape(row['study'])}: {escape(row['arm'])}"
    return f'<tr><th scope="row">{label}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _arm(row: Mapping[str, Any], prefix: str) -> str:
    events, n, percent = (row[prefix + name] for name in ("events", "n", "percent"))
    low, high = row[prefix + "low"], row[prefix + "high"]
    if pd.isna(events) or pd.isna(n):
        of = f" of {n:.0f}" if pd.notna(n) else ""
        return f"{percent:.1f}&nbsp;%{of} (count not printed)"
    return f"{events:.0f} of {n:.0f}: {percent:.0f}&nbsp;% <small>({low:.0f} to {high:.0f})</small>"


def _effect(row: Mapping[str, Any]) -> str:
    gap = whole_gap(row["percent"], row["comparator_percent"])
    said = f"{gap:+d} of 100".replace("-", "−") if gap else "0 of 100"
    if pd.isna(row["effect_low"]):
        return f"{said} (no interval)"
    ends = f"{row['effect_low']:.0f} to {row['effect_high']:.0f}".replace("-", "−")
    return f"{said} <small>({ends})</small>"


def _notes(brief: Brief) -> str:
    written = brief.written()
    items = ""
    for note in NOTES:
        text = written.get(note.key)
        shown = escape(text) if text else f'<span class="mb-empty">{EMPTY}</span>'
        items += f"<div><dt>{escape(note.name)}</dt><dd>{shown}</dd></div>"
    return f"<dl>{items}</dl>"


def _sources(brief: Brief) -> str:
    behind = set(brief.rows["source_id"])
    why = {one: "" if one in behind else "For the definition of the outcome: " for one in brief.source_ids}
    return "".join(f"<li>{words}{linked(data.cite(one))}</li>" for one, words in why.items())


def _stamp(brief: Brief) -> str:
    return f"Made on {brief.day:%d %B %Y} with migraine-lab, data version {data_version()}."


def alt_of(page: str) -> str:
    """The figure's text alternative as it stands in a page."""
    start = page.index('aria-label="', page.index('class="mb-figure"')) + len('aria-label="')
    return html.unescape(page[start : page.index('"', start)])
