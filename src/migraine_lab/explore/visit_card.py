"""One step of a supervised visit, opened: what is done and why, who says what, the harms, the sources."""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from migraine_lab import data
from migraine_lab.explore.parts import source_card

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
GUIDELINE = "cohen2018"
"""The consensus guideline, which has a column of its own."""
ON_SLIDE = 3
"""Harms shown on a slide."""
SHORTEST, EDGE = 90, 60
"""A text gets at least the width that one of so many characters would get; ``EDGE`` makes up for ragged narrow columns."""
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


def source_ids(step: Mapping[str, Any]) -> list[str]:
    """Return a step's sources, the main one first."""
    return [one for one in (step["source_id"], *str(step["further_source_ids"]).split(";")) if one]


def card(step: Mapping[str, Any], part: str | None) -> str:
    """Return one part of a step in HTML for a slide, or with None all parts, each with who is behind it, and the sources."""
    if part == COURSE:
        return CSS + _course(step)
    if part == TEXTS:
        return CSS + _texts(step, named=False)
    risks = _risks(step["step_id"])
    if part == HARMS:
        return CSS + _harms([words for words, _ in risks[:ON_SLIDE]])
    told = _harms([f"{words} [{_short(source)}]" for words, source in risks])
    sources = dict.fromkeys([*source_ids(step), *(source for _, source in risks)])
    return CSS + _course(step) + _texts(step, named=True) + told + _cards(sources)


def _boxes(boxes: Sequence[tuple[str, str]]) -> str:
    """Set texts side by side; a longer one gets more of the width, so that all are about as high."""
    cells = "".join(f"<div><b>{html.escape(title)}</b>{html.escape(words)}</div>" for title, words in boxes)
    shares = " ".join(f"{max(len(words), SHORTEST) + EDGE}fr" for _, words in boxes)
    return f'<div class="ml-visit" style="grid-template-columns:{shares}">{cells}</div>'


def _course(step: Mapping[str, Any]) -> str:
    boxes = (("What is done", "done"), ("What is checked", "checked"), ("Why", "why"))
    return _boxes([(title, f"{step[name]}.") for title, name in boxes])


def _texts(step: Mapping[str, Any], named: bool) -> str:
    others = f"{step['others_say'] or 'Nothing was read'}."
    behind = [_short(one) for one in source_ids(step) if one != GUIDELINE]
    if named and behind:
        others = f"{others} [{'; '.join(behind)}]"
    return _boxes(
        [
            ("Articles", f"{step['articles_say'] or 'Nothing is said of this'}."),
            ("2018 guideline", f"{step['guideline_says']}."), ("Labels, trials, clinics", others),
        ]
    )  # fmt: skip


def _harms(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f'<div class="ml-visit"><div><b>Harms and limits known here</b><ul>{items}</ul></div></div>'


def _cards(sources: Collection[str]) -> str:
    """Return the sources' cards, folded: the step itself is to stay in sight."""
    cards = "".join(map(_source, sources))
    return f"<details><summary>Sources of this step ({len(sources)})</summary>{cards}</details>"


@lru_cache(maxsize=64)
def _risks(step_id: str) -> list[tuple[str, str]]:
    """Return each harm of a step in a sentence, with its source."""
    return [
        (
            f"{row.topic.capitalize()}: {row.fact.rstrip('.')}{f' ({row.figure})' if row.figure else ''}.",
            row.source_id,
        )
        for row in harms(step_id).itertuples()
    ]


_short = lru_cache(maxsize=256)(data.short_citation)
_source = lru_cache(maxsize=256)(source_card)
