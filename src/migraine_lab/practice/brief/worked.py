"""A worked brief with its notes, and the rubric by which a brief is marked."""

from __future__ import annotations

import json
from typing import Any

from migraine_lab.practice import look, words

from .brief import Brief
from .page import within
from .questions import find, folder
from .together import put_together


def example() -> Brief:
    """The worked brief: its notes are written for it, their figures filled from its rows."""
    held = _read("worked.json")
    question = find(**held["question"])
    rows = Brief(question).rows
    together = put_together(rows)
    if together is None:
        raise ValueError("worked.json: the worked example needs trials that can be put together")
    values: dict[str, Any] = {
        "studies": rows["study_id"].nunique(),
        "randomised": int(rows["randomised"].sum()),
        "low_rate": round(rows["percent"].min()),
        "high_rate": round(rows["percent"].max()),
        "people": together.people,
        "more": round(together.treated) - round(together.base),
        "more_low": round(together.more_low),
        "more_high": round(together.more_high),
        "treated": round(together.treated),
        "base": round(together.base),
    }
    notes = {key: words.fill(text, **values) for key, text in held["notes"].items()}
    return Brief(question, notes=notes, author="the course, as a worked example")


def worked_brief() -> None:
    """Show the worked brief under the cell."""
    words.page(within(example()))


def criteria() -> tuple[list[str], list[dict[str, Any]]]:
    """(names of the levels, criteria) of the rubric; each criterion has a text a level."""
    held = _read("rubric.json")
    return held["levels"], held["criteria"]


def rubric() -> None:
    """Show the marking rubric as a table: a line a criterion, a column a level with its points."""
    levels, lines = criteria()
    heads = "".join(
        f'<th scope="col">{look.escape(name)} ({points})</th>' for points, name in enumerate(levels)
    )
    body = "".join(
        f'<tr><th scope="row">{look.escape(line["criterion"])}</th>'
        + "".join(f"<td>{look.escape(text)}</td>" for text in line["levels"])
        + "</tr>"
        for line in lines
    )
    most = (len(levels) - 1) * len(lines)
    caption = (
        f"Points stand in brackets; the most is {most}. "
        "A missing comparator, or advice to a patient, is talked about, not only marked."
    )
    told = f'<caption style="text-align:left">{look.escape(caption)}</caption>'
    head = f'<thead><tr><th scope="col">criterion</th>{heads}</tr></thead>'
    table = f'<table class="mlp-map">{told}{head}<tbody>{body}</tbody></table>'
    words.page(f'{look.styled()}<div class="mlp-text">{table}</div>')


def _read(name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((folder() / name).read_text(encoding="utf-8"))
    return held
