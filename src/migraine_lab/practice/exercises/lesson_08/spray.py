"""Milligrams of a nasal dose that reach the blood, by the share measured at each dose."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

SOURCE = "pk_in2022"
QUOTED = "yanagihara2003_ketamine_f_intranasal"


def sprays() -> pd.DataFrame:
    """Return dose (mg, read from the note of its row) and share (%) of each group, smallest dose first."""
    rows = data.table("kinetics")
    rows = rows[(rows["source_id"] == SOURCE) & (rows["parameter"] == "F")]
    doses = rows["note"].str.split().str[0].astype(float)
    return pd.DataFrame({"dose": doses, "share": rows["value"]}).sort_values("dose")


def _arrived() -> tuple[float, ...]:
    rows = sprays()
    return tuple(rows["dose"] * rows["share"] / 100)


def _mistakes() -> list[Mistake]:
    rows = sprays()
    truth = _arrived()
    quoted = float(data.fact("kinetics", QUOTED)["value"])
    return [
        Mistake(
            "quoted share for all",
            tuple(rows["dose"] * quoted / 100),
            "That is the often quoted figure, from three people and another dose. "
            "These groups were measured themselves: their shares stand in the column value of rows.",
        ),
        Mistake(
            "one share for all",
            tuple(rows["dose"] * rows["share"].iloc[0] / 100),
            "The first group's share was used for all three. Each group has its own.",
        ),
        Mistake(
            "mean share for all",
            tuple(rows["dose"] * rows["share"].mean() / 100),
            "The mean of the shares hides what was found: the share falls as the dose grows. Give each group its own.",
        ),
        Mistake(
            "percent for proportion",
            tuple(100 * part for part in truth),
            "More than was sprayed cannot arrive: the share is a percentage, divide by 100.",
        ),
        Mistake(
            "what is lost",
            tuple(rows["dose"] - pd.Series(truth, index=rows.index)),
            "These are the milligrams that did not arrive. Asked are those that did.",
        ),
        Mistake("shares, not milligrams", tuple(rows["share"]), "These are percentages. Multiply each by its dose."),
        Mistake("order swapped", truth[::-1], "The right numbers from the back: the smallest dose comes first."),
    ]  # fmt: skip


EXERCISE = Exercise(
    "08-spray",
    Numbers(("smallest dose", "middle dose", "largest dose"), 0.01, relative=True),
    _arrived,
    _mistakes,
    "Not those. Multiply each dose by the share of its own row and divide by 100.",
    lambda truth: (
        f"{truth[0]:.1f}, {truth[1]:.1f} and {truth[2]:.1f} mg: the last group was given "
        f"{sprays()['dose'].iloc[-1] / sprays()['dose'].iloc[0]:.0f} times as much as the first, and "
        f"{truth[-1] / truth[0]:.1f} times as much arrived."
    ),
)
