"""One step of a supervised visit, opened: what is done and why, who says what, the harms, the sources."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pandas as pd

from migraine_lab import data
from migraine_lab.explore.parts import source_cards

TEXTS, COURSE, HARMS = "texts", "course", "harms"
PARTS = [("who says what", TEXTS), ("what is done and why", COURSE), ("harms known here", HARMS)]
HARM_TOPICS = {
    "talk": ("guideline on migraine", "regulatory status"),
    "exclude": ("contraindications",),
    "test": ("liver",),
    "agree": ("compounded ketamine", "regulatory status"),
    "fast": ("esketamine",),
    "arrive": ("blood pressure",),
    "infuse": ("dissociation", "stopping for side effects"),
    "monitor": ("blood pressure", "esketamine"),
    "rescue": ("stopping for side effects", "blood pressure"),
    "reassure": ("dissociation",),
    "leave": ("driving", "esketamine"),
    "ask_again": ("liver", "abuse and dependence"),
    "repeat": ("bladder toxicity", "abuse and dependence", "liver"),
}
"""Topics of the safety table that belong to each step."""
ON_SLIDE = 3
"""Harms shown on a slide."""
SHORTEST = 90
"""A text gets at least the width that one of so many characters would get."""
CSS = """<style>
.ml-visit{display:grid;gap:4px 20px;line-height:1.4}
.ml-visit>div{border-top:2px solid var(--jp-border-color2,#d3cfc4);padding-top:3px}
.ml-visit b{display:block}
.ml-visit ul{margin:0;padding-left:1.1em}
.ml-presenting .ml-visit{font-size:24px;line-height:1.25}
</style>"""


def harms(step_id: str) -> pd.DataFrame:
    """Return the rows of the safety table that belong to a step, a row each topic first, so that none is crowded out."""
    safety, topics = data.table("safety"), HARM_TOPICS[step_id]
    rows = safety[safety["topic"].isin(topics)]
    turn = rows.groupby("topic").cumcount()
    rank = rows["topic"].map({topic: place for place, topic in enumerate(topics)})
    return rows.assign(turn=turn, rank=rank).sort_values(["turn", "rank"]).drop(columns=["turn", "rank"])


def source_ids(step: pd.Series) -> list[str]:
    """Return a step's sources, the main one first."""
    return [one for one in (step["source_id"], *str(step["further_source_ids"]).split(";")) if one]


def card(step: pd.Series, part: str | None) -> str:
    """Return one part of a step in HTML for a slide, or with None all parts and the sources."""
    parts = {
        COURSE: _course(step),
        TEXTS: _texts(step),
        HARMS: _harms(step, None if part is None else ON_SLIDE),
    }
    if part is not None:
        return CSS + parts[part]
    risks = harms(step["step_id"])["source_id"]
    return CSS + "".join(parts.values()) + source_cards([*source_ids(step), *risks])


def _boxes(boxes: Sequence[tuple[str, str]]) -> str:
    """Set texts side by side; a longer one gets more of the width, so that all are about as high."""
    cells = "".join(
        f"<div><b>{html.escape(title)}</b>{html.escape(words or 'Nothing was read')}.</div>"
        for title, words in boxes
    )
    shares = " ".join(f"{max(len(words), SHORTEST)}fr" for _, words in boxes)
    return f'<div class="ml-visit" style="grid-template-columns:{shares}">{cells}</div>'


def _course(step: pd.Series) -> str:
    return _boxes(
        [("What is done", step["done"]), ("What is checked", step["checked"]), ("Why", step["why"])]
    )


def _texts(step: pd.Series) -> str:
    return _boxes(
        [
            ("Articles", step["articles_say"]), ("2018 guideline", step["guideline_says"]),
            ("Labels, trials, clinics", step["others_say"]),
        ]
    )  # fmt: skip


def _harms(step: pd.Series, limit: int | None) -> str:
    rows = harms(step["step_id"]).head(limit)
    items = "".join(f"<li>{html.escape(line)}</li>" for line in _lines(rows))
    return f'<div class="ml-visit"><div><b>Harms and limits known here</b><ul>{items}</ul></div></div>'


def _lines(rows: pd.DataFrame) -> Sequence[str]:
    return [
        f"{row.topic.capitalize()}: {row.fact.rstrip('.')}{f' ({row.figure})' if row.figure else ''}."
        for row in rows.itertuples()
    ]
