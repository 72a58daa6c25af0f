"""Judge what articles say: one claim at a time; the student votes, then sees verdict, reason and sources."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.explore.verdicts import VOTES

from . import claim_parts, look
from .claim_parts import UNASKED

SHOW, NEXT, AGAIN = "Show our verdict", "Next claim", "Back to the first claim"


class JudgeClaims(look.Box):
    """Claims of the articles by their ids, e.g. ``JudgeClaims("c067", "c050")``; a vote comes before the verdict.

    KeyError names a claim that is not in the table; ValueError says that none, or one twice, was given.
    """

    title = "Judge what the articles say"

    def __init__(self, *claim_ids: str) -> None:
        if not claim_ids or len(set(claim_ids)) < len(claim_ids):
            raise ValueError("JudgeClaims needs at least one claim_id, and each only once")
        table = data.table("claims").set_index("claim_id", drop=False)
        for one in claim_ids:
            if one not in table.index:
                raise KeyError(f"the claims table has no {one!r}")
        self.claims: list[pd.Series] = [table.loc[one] for one in claim_ids]
        self.right: dict[str, bool] = {}
        self.place, self.shown = 0, False
        self.sentence = look.text(spoken=True)
        self.vote = claim_parts.asking("How does it stand to its sources, do you think?", [UNASKED, *VOTES])
        self.answer, self.score = look.text(spoken=True), claim_parts.score_line()
        self.go_on = look.button(SHOW)
        self.go_on.on_click(lambda _: self._go_on())
        super().__init__([self.sentence, self.vote, self.answer, claim_parts.row(self.go_on, self.score)])
        self._ask(0)

    @property
    def claim(self) -> pd.Series:
        """The claim on screen, a row of the claims table."""
        return self.claims[self.place]

    def _go_on(self) -> None:
        if self.shown:
            self._ask((self.place + 1) % len(self.claims))
        else:
            self._judge()

    def _ask(self, place: int) -> None:
        """Show a claim and the question; nothing of the answer is on the page yet."""
        self.place, self.shown = place, False
        where = f"Claim {place + 1} of {len(self.claims)}"
        look.show(self.sentence, f"<p>{where}, {claim_parts.quoted(self.claim)}</p>")
        self.vote.value, self.vote.layout.display = UNASKED, ""
        look.show(self.answer, "")
        self._name_button(SHOW)

    def _judge(self) -> None:
        if self.vote.value == UNASKED:
            look.show(self.answer, claim_parts.ASK)
            return
        claim, vote = self.claim, str(self.vote.value)
        self.shown = True
        self.right.setdefault(claim["claim_id"], claim["verdict"] in VOTES[vote])
        claim_parts.keep(f"vote-{claim['claim_id']}", vote)
        self.vote.layout.display = "none"
        look.show(self.answer, claim_parts.judged(claim, vote) + claim_parts.sources(claim))
        self._name_button(AGAIN if self.place == len(self.claims) - 1 else NEXT)
        agreed = f"You and our verdict agreed in {sum(self.right.values())} of {len(self.right)}."
        look.show(self.score, f'<p class="mlp-quiet">{agreed}</p>')

    def _name_button(self, words: str) -> None:
        self.go_on.description = self.go_on.tooltip = words
