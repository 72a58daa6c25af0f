"""How many ways there are to have a migraine: patterns of pain and company that fit the criteria."""

from __future__ import annotations

from itertools import product

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

PAIN = ("one_side", "pulsing", "strong", "worse_moving")
COMPANY = ("nausea", "light", "sound")


def patterns() -> pd.DataFrame:
    """Return every yes-or-no pattern of the four features of the pain and the three that come with it."""
    columns = [*PAIN, *COMPANY]
    return pd.DataFrame(product([False, True], repeat=len(columns)), columns=columns)


def _needed() -> int:
    return int(data.fact("criteria", "1_1_c_unilateral")["at_least"])


def _counts() -> tuple[pd.Series, pd.Series, pd.Series]:
    """Features of the pain; company as the rule has it; company with light or sound alone."""
    rows = patterns()
    both = rows["nausea"] | (rows["light"] & rows["sound"])
    return rows[list(PAIN)].sum(axis=1), both, rows[list(COMPANY)].any(axis=1)


def _fitting() -> int:
    pain, both, _ = _counts()
    return int(((pain >= _needed()) & both).sum())


def _mistakes() -> list[Mistake]:
    pain, both, either = _counts()
    enough = pain >= _needed()
    return [
        Mistake(
            "light or sound alone",
            int((enough & either).sum()),
            "Light alone or sound alone was let in. The rule asks for both together, unless there is nausea.",
        ),
        Mistake(
            "more than for at least",
            int(((pain > _needed()) & both).sum()),
            "You asked for more features of the pain than the rule: “at least” is >=, not >.",
        ),
        Mistake(
            "all three wanted",
            int((enough & patterns()[list(COMPANY)].all(axis=1)).sum()),
            "You asked for nausea, light and sound together. Nausea is enough by itself.",
        ),
        Mistake(
            "pain only",
            int(enough.sum()),
            "These fit by their pain (criterion C). The company (criterion D) has to fit too: c & d.",
        ),
        Mistake(
            "company only",
            int(both.sum()),
            "These fit by their company (criterion D). The pain (criterion C) has to fit too: c & d.",
        ),
        Mistake(
            "share for count",
            float((enough & both).mean()),
            "That is the share of the patterns. Asked is their number: sum() in place of mean().",
        ),
        Mistake("all patterns", len(pain), "This is the number of all patterns. How many of them fit?"),
    ]


EXERCISE = Exercise(
    "01-patterns",
    Numbers(("number of patterns",), 0.001),
    _fitting,
    _mistakes,
    "Not that many. Count the rows in which both c and d are true.",
    lambda truth: (
        f"{truth} of {len(patterns())} patterns fit, so no single picture of “the” migraine holds for everybody."
    ),
)
