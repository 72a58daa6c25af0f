"""How well the articles' claims on the supervised visit stand."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def claims_by_step() -> pd.Series:
    """Return the claim ids of the visit, one entry for each step that rests on it: some stand at two steps."""
    ids = data.table("visit_steps")["claim_ids"].str.split(";").explode()
    return ids[ids != ""]


def _verdicts(ids: pd.Series) -> pd.Series:
    return ids.map(data.table("claims").set_index("claim_id")["verdict"])


def _share() -> float:
    return float((_verdicts(claims_by_step().drop_duplicates()) == "supported").mean())


def _mistakes() -> list[Mistake]:
    ids = claims_by_step()
    once = _verdicts(ids.drop_duplicates())
    return [
        Mistake(
            "claims counted twice",
            float((_verdicts(ids) == "supported").mean()),
            "A claim that stands at two steps was counted twice. Keep each once: drop_duplicates().",
        ),
        Mistake(
            "in part counted as whole",
            float(once.isin(["supported", "partly_supported"]).mean()),
            "You counted those that hold only in part as well. Ask for == 'supported'.",
        ),
        Mistake(
            "every kind of supported",
            float(once.str.contains("supported").mean()),
            "The word 'unsupported' contains 'supported'. Ask for == 'supported'.",
        ),
        Mistake(
            "count for share",
            float((once == "supported").sum()),
            "That is the number of claims. Asked is their share: mean() in place of sum().",
        ),
        Mistake(
            "percent for proportion",
            100 * _share(),
            "The number is right, but as a percentage; the check wants a proportion between 0 and 1.",
        ),
    ]


EXERCISE = Exercise(
    "05-visit",
    Numbers(("share",), 0.001),
    _share,
    _mistakes,
    "Not yet. Each claim of the visit once, then the share whose verdict is exactly 'supported'.",
    lambda truth: (
        f"{100 * truth:.0f} of 100 hold as written. Most of the others hold in part: what is missing is as telling as "
        "what is said."
    ),
)
