"""What cards about claims share: a question before the verdict, the verdict beside the answer, sources, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets as widgets

from migraine_lab import data
from migraine_lab.explore.articles import publishers

from . import answers, look

UNASKED = "Choose one"
ASK = "<p>Choose one of the answers first; a rough guess will do.</p>"


def asking(description: str, options: Sequence[Any]) -> widgets.Dropdown:
    """Return a list to choose from, its question above it."""
    made = widgets.Dropdown(options=options, description=description)
    made.add_class("mlp-ask")
    made.layout = widgets.Layout(width="100%", height="auto")
    return made


def score_line() -> widgets.HTML:
    """Return the block of the score: beside the buttons, where a slide has room for it."""
    made = look.text(spoken=True)
    made.layout.width, made.layout.margin = "auto", "0 0 0 12px"
    return made


def row(*children: widgets.Widget) -> widgets.HBox:
    """Return buttons and score in a row that wraps."""
    return widgets.HBox(list(children), layout=widgets.Layout(flex_flow="row wrap", align_items="center"))


def quoted(claim: Mapping[str, Any]) -> str:
    """Return where a claim comes from, and its words."""
    kind = publishers()[claim["article_id"]]
    return (
        f"from an article ({look.escape(kind)}): <strong>\u201c{look.escape(claim['claim'])}\u201d</strong>"
    )


def judged(claim: Mapping[str, Any], vote: str) -> str:
    """Return the student's vote beside our verdict and its reason."""
    verdict = str(claim["verdict"]).replace("_", " ")
    return (
        f"<p>You: {look.escape(vote)}. Our verdict: <strong>{look.escape(verdict)}</strong>. "
        f"{look.escape(claim['why'])}</p>"
    )


def sources(claim: Mapping[str, Any]) -> str:
    """Return a claim's sources by their short names, in full when unfolded."""
    ids = [one for one in str(claim["evidence_source_ids"]).split(";") if one]
    if not ids:
        return "<p>No study was found, so there is no source to name.</p>"
    full = "".join(f"<li>{look.linked(data.cite(one))}</li>" for one in ids)
    short = look.escape("; ".join(data.short_citation(one) for one in ids))
    # a long list scrolls in its place (by keyboard too): unfolded on a slide it would push the button off it
    room = 'style="max-height:6em;overflow:auto" tabindex="0" aria-label="Full sources"'
    return f"<details><summary>Sources: {short}</summary><ul {room}>{full}</ul></details>"


def keep(key: str, vote: str) -> None:
    """Keep a vote; the first one stays beside the last."""

    def change(old: answers.Entry | None) -> answers.Entry:
        return {"first": (old or {}).get("first", vote), "last": vote}

    answers.keep("cards", key, change)
