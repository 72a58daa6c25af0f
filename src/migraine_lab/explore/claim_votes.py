"""A student's vote on a claim, and how votes are counted against the verdicts of the claims table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migraine_lab import stats
from migraine_lab.explore.verdicts import IMPRESSIONS, VOTES
from migraine_lab.figures.calibration import Group

SURE = (50, 100, 10)
"""Lowest and highest confidence that can be given, and the step, in percent."""


@dataclass(frozen=True)
class Vote:
    """A student's vote on one claim: accuracy (a key of VOTES), confidence in it (percent), impression.

    ValueError where a part is none that can be given.
    """

    accuracy: str
    sure: int
    impression: str

    def __post_init__(self) -> None:
        low, high, step = SURE
        if (
            self.accuracy not in VOTES
            or self.sure not in range(low, high + 1, step)
            or self.impression not in IMPRESSIONS
        ):
            raise ValueError(f"no vote: {self}")

    def right(self, verdict: str) -> bool:
        """Whether the vote on accuracy agrees with a verdict of the claims table."""
        return verdict in VOTES[self.accuracy]


@dataclass(frozen=True)
class Score:
    """Votes counted: how many, how many agreed in accuracy and in impression, mean confidence, interval, by confidence."""

    n: int
    right: int
    impressions: int
    sure: float
    low: float
    high: float
    groups: tuple[Group, ...]

    @classmethod
    def of(
        cls, votes: Mapping[str, Vote], verdicts: Mapping[str, str], impressions: Mapping[str, str]
    ) -> Score:
        """Count votes by claim_id against both columns of the claims table."""
        right = [vote.right(verdicts[one]) for one, vote in votes.items()]
        same = sum(vote.impression == impressions[one] for one, vote in votes.items())
        if not votes:
            return cls(0, 0, 0, 0.0, 0.0, 0.0, ())
        sure = [vote.sure / 100 for vote in votes.values()]
        by_step = stats.calibration(sure, right)
        groups = tuple(
            Group(round(100 * at), int(hits), int(n), 100 * low, 100 * high)
            for at, hits, n, _, low, high in zip(*by_step, strict=True)
        )
        _, low, high = stats.proportion(sum(right), len(right))
        return cls(len(right), sum(right), same, 100 * sum(sure) / len(sure), 100 * low, 100 * high, groups)

    def lines(self) -> tuple[str, str]:
        """Say both counts, a line each; never mixed into one."""
        if not self.n:
            return ("No votes yet.", "Accuracy and impression are counted apart.")
        return (
            f"Accuracy: agreed in {self.right} of {self.n}",
            f"Impression: agreed in {self.impressions} of {self.n}",
        )

    def read(self, brief: bool = False) -> str:
        """Read confidence against the share right; ``brief`` leaves the impressions to the picture."""
        if not self.n:
            coming = "Once you vote, the picture sets how sure you were beside how often you were right."
            return coming if brief else f"No votes yet. {coming}"
        share = 100 * self.right / self.n
        whole = (
            f"You and the verdicts on accuracy agreed in {self.right} of {self.n} ({share:.0f} %, 95 % interval "
            f"{self.low:.0f} to {self.high:.0f}); on average you were {self.sure:.0f} % sure."
        )
        if self.sure > self.high:
            meaning = "You were surer than you were right."
        elif self.sure < self.low:
            meaning = "You were right more often than you were sure."
        else:
            meaning = f"The interval holds your confidence, so {self.n} vote{'s' * (self.n > 1)} cannot tell the two apart."
        if brief:
            return f"{whole} {meaning}"
        return f"{whole} {meaning} Impressions agreed in {self.impressions} of {self.n}."
