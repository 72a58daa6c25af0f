"""Claims on trial with a memory: votes and confidence stay in the student's answers file, so the score goes on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from migraine_lab.explore.claim_rows import rounds
from migraine_lab.explore.claim_votes import Vote
from migraine_lab.explore.claims import Claims

from . import answers

PREFIX = "trial-"


class ClaimsOnTrial(Claims):
    """explore.Claims that opens where the student left off; her first vote on a claim is the one that counts."""

    def __init__(self, *, seed: int = 1, **state: Any) -> None:
        kept = self.recall()
        if kept and not {"order", "round", "claim"} & set(state):
            waiting = ((number, one) for number, ids in enumerate(rounds(seed), start=1) for one in ids)
            number, claim = next((pair for pair in waiting if pair[1] not in kept), (1, rounds(seed)[0][0]))
            state |= {"round": number, "claim": claim}
        super().__init__(seed=seed, **state)

    def recall(self) -> dict[str, Vote]:
        """Return the first votes kept so far; what is no vote is passed over."""
        found = {}
        for key, entry in answers.read()["cards"].items():
            vote = _vote(entry.get("first")) if key.startswith(PREFIX) else None
            if vote:
                found[key.removeprefix(PREFIX)] = vote
        return found

    def remember(self, card: str, vote: Vote) -> str:
        """Keep a vote; return a sentence where the answers file could not take it."""

        def change(old: answers.Entry | None) -> answers.Entry:
            return {"first": (old or {}).get("first", asdict(vote)), "last": asdict(vote)}

        answers.keep("cards", PREFIX + card, change)
        return answers.notice()


def _vote(kept: Any) -> Vote | None:
    """Return what the file holds as a vote, or None where it is none (edited by hand, or of another version)."""
    try:
        return Vote(**kept)
    except (TypeError, ValueError):
        return None
