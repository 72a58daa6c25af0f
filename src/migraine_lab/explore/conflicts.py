"""Where two articles contradict each other: both sentences side by side, and the evidence between them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.explore import articles, claim_card
from migraine_lab.explore.claim_card import escape
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.parts import brief
from migraine_lab.explore.verdicts import VERDICTS
from migraine_lab.explore.vote_first import GUESS, MODES, UNASKED, VoteFirst
from migraine_lab.figures.rungs import DISPUTED, FIRM, SOME, Rung, Rungs, RungsView
from migraine_lab.figures.style import Look

SIDES = ("a", "b")
A, BOTH, NEITHER, B = "side A more", "both", "neither", "side B more"
SUPPORTS = {A: FIRM, BOTH: SOME, NEITHER: DISPUTED, B: FIRM}
"""What the evidence may support, from left to right, and its mark."""
STRENGTH = {"supported": 2, "partly_supported": 1, "unsupported": 0, "contradicted": 0, "not_checkable": 0}
"""How far a verdict carries a sentence; the side whose verdict carries further is supported more."""
ONE_WORD = {
    "supported": "holds", "partly_supported": "part", "contradicted": "wrong", "unsupported": "none",
    "not_checkable": "open",
}  # fmt: skip
LINES, SLIDE_LINES, LABELS = 10, 4, 0.5


class Conflicts(VoteFirst):
    """Pairs of claims that pull apart, one a card; ``Conflicts(conflict="c029_c125")`` opens one."""

    title: ClassVar[str] = "Where the articles contradict each other: which side does the evidence support?"
    columns: ClassVar[Mapping[str, str]] = {
        "what_differs": "what differs", "side": "side", "claim": "what the side says (in our words)", "verdict_words": "verdict",
        "supports_words": "the evidence supports", "you_said": "you said",
    }  # fmt: skip
    recipe_columns: ClassVar[Mapping[str, str]] = {"supports": "supports", "strength": "strength"}
    recipe_key: ClassVar[str] = "key"
    card: ClassVar[str] = "conflict"
    asks = ("supports",)
    view_only = ("conflict", "supports")
    more = ("mode",)
    on_slide = ("supports",)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the conflict, whether answers are hidden, and the student's own answer."""
        labels = [
            (brief(f"{one['number']}. {one['differs']}", 72), one["conflict_id"]) for one in pairs().values()
        ]
        return {
            "conflict": dropdown("Conflict", labels),
            "mode": dropdown("Verdicts", MODES),
            "supports": dropdown("The evidence supports", [UNASKED, *SUPPORTS]),
        }

    def vote(self) -> str:
        """Return the side that the student chose."""
        return str(self.value("supports"))

    def make_evidence(self) -> pd.DataFrame:
        """Return a row for each conflict, side and source; what may not be seen yet is empty."""
        rows = pd.DataFrame(
            {"conflict_id": one["conflict_id"], "what_differs": one["differs"], "side": side.upper(),
             "claim_id": one[side]["claim_id"], "claim": one[side]["claim"], "strength": STRENGTH[one[side]["verdict"]],
             "verdict_words": VERDICTS[one[side]["verdict"]], "supports": list(SUPPORTS).index(one["supports"]),
             "supports_words": one["supports"], "you_said": self._votes.get(one["conflict_id"], ""), "source_id": source}
            for one in pairs().values() for side in SIDES for source in claim_card.source_ids(one[side]) or [""]
        )  # fmt: skip
        rows = rows.astype({"strength": float, "supports": float})
        hidden = ~rows["conflict_id"].map(self.seen).astype(bool)
        for column in ("strength", "supports", "verdict_words", "supports_words"):
            rows[column] = rows[column].mask(hidden, np.nan if column in self.recipe_columns else "")
        return rows.assign(key=rows["conflict_id"] + " " + rows["side"] + " " + rows["source_id"])

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> Rungs:
        """Return the list of conflicts, a part of it around the open one."""
        return Rungs(look, SLIDE_LINES if look.presenting else LINES, len(SUPPORTS), LABELS)

    def view(self) -> RungsView:
        """Return the conflicts, with the supported side where it may be seen and the student's guess."""
        columns = list(SUPPORTS)
        rungs = []
        for card, one in pairs().items():
            seen, yours = self.seen(card), self._votes.get(card)
            words = " / ".join(ONE_WORD[one[side]["verdict"]] for side in SIDES)
            rungs.append(
                Rung(
                    f"{one['number']}. {one['differs']}", columns.index(one["supports"]) if seen else None,
                    SUPPORTS[one["supports"]], words if seen else "?", columns.index(yours) if yours else None,
                )
            )  # fmt: skip
        heads = ("A", "both", "neither", "B")
        place = list(pairs()).index(self.value("conflict"))
        return RungsView(heads, rungs, place, "A/B, △ yours" if self._votes else "A/B")

    # -- words -----------------------------------------------------------------------------------------------------
    def card_words(self) -> str:
        """Return both sentences, and once they may be seen the verdicts, what differs and the sources of each side."""
        one, slide = pairs()[self.value("conflict")], self.live.drawing.look.presenting
        boxes = "".join(self._side(one, side) for side in SIDES)
        sides = f'<div class="ml-sides" style="grid-template-columns:1fr 1fr">{boxes}</div>'
        place = f'<p class="ml-quiet">Conflict {one["number"]} of {len(pairs())}; both sentences in our words.</p>'
        if not self.seen():
            return f"{place}{sides}<p><b>They differ on:</b> {escape(one['differs'])}.</p>"
        yours = self._votes.get(one["conflict_id"])
        said = f" You said: {escape(yours)}." if yours else ""
        ids = [source for side in SIDES for source in claim_card.source_ids(one[side])]
        return (
            f"{place}{sides}<p><b>The evidence supports {escape(one['supports'])}.</b>{said}</p>"
            f"<p><b>What differs:</b> {escape(one['what_differs'])}</p>{claim_card.sources(ids, slide)}"
        )

    def _side(self, one: Mapping[str, Any], side: str) -> str:
        claim = one[side]
        who = f"{side.upper()} ({claim['claim_id']}), {articles.said_by(claim['article_id'])}:"
        words = f"<div><span class='ml-quiet'>{escape(who)}</span><br><b>“{escape(claim['claim'])}”</b>"
        if self.seen():
            words += f"<br><b>{escape(VERDICTS[claim['verdict']].capitalize())}.</b> {escape(claim['why'])}"
        return f"{words}</div>"

    def say(self) -> str:
        """Say how the open conflict stands and how many guesses agreed."""
        one = pairs()[self.value("conflict")]
        agree = sum(pairs()[card]["supports"] == vote for card, vote in self._votes.items())
        score = f"You have judged {len(self._votes)} of {len(pairs())} conflicts, {agree} of them as the verdicts do."
        if self.value("mode") != GUESS:
            found = [pair["supports"] for pair in pairs().values()]
            score = "; ".join(f"{name}: {found.count(name)}" for name in SUPPORTS)
            score = f"Of {len(pairs())} conflicts the evidence supports {score}."
        if self.live.drawing.look.presenting:
            return score
        if not self.seen():
            return f"Conflict {one['number']}, {_low(one['differs'])}: which side does the evidence support more?\n{score}"
        verdicts = "; ".join(f"{side.upper()}: {VERDICTS[one[side]['verdict']]}" for side in SIDES)
        return f"Conflict {one['number']}, {_low(one['differs'])}. {verdicts}. The evidence supports {one['supports']}.\n{score}"

    def about(self) -> str:
        """Say how the answer follows from the verdicts."""
        return (
            "The answer follows from the verdicts on both sentences: the side whose verdict carries further is supported more."
            " Two sentences can differ and yet both hold; then ask what each leaves out."
        )

    def recipe(self) -> str:
        """Return the supported side of every conflict in pandas."""
        return (
            "import numpy as np\nimport pandas as pd\nfrom migraine_lab import data\n\n"
            f"carries = {STRENGTH}\n"
            "claims = data.table('claims').set_index('claim_id')\n"
            "claims['strength'] = claims.verdict.map(carries)\n"
            "pairs = data.table('claim_conflicts')\n"
            "a, b = (pairs[side].map(claims.strength) for side in ('claim_a', 'claim_b'))\n"
            f"# {', '.join(f'{place}: {words}' for place, words in enumerate(SUPPORTS))}\n"
            "pairs['supports'] = np.select([a > b, b > a, a > 0], [0, 3, 1], 2)\n"
            "sides = [pairs.assign(side=side, claim_id=pairs[f'claim_{side.lower()}']) for side in 'AB']\n"
            "rows = pd.concat(sides).merge(claims[['strength', 'evidence_source_ids']], left_on='claim_id', right_index=True)\n"
            "rows['source_id'] = rows.evidence_source_ids.str.split(';')\n"
            "rows = rows.explode('source_id')\n"
            "rows['key'] = rows.conflict_id + ' ' + rows.side + ' ' + rows.source_id\n"
            "print(pairs.supports.value_counts())\n"
        )


@lru_cache(maxsize=1)
def pairs() -> dict[str, dict[str, Any]]:
    """Return the conflicts by id: both claims (``a``, ``b``), what differs, and which side is supported more.

    ``differs`` leaves out what stands in brackets, which tells the answer.
    """
    claims = {row["claim_id"]: dict(row) for row in data.table("claims").to_dict("records")}
    found = {}
    for number, row in enumerate(data.table("claim_conflicts").itertuples(), start=1):
        a, b = claims[row.claim_a], claims[row.claim_b]
        found[row.conflict_id] = {
            "conflict_id": row.conflict_id, "number": number, "a": a, "b": b, "what_differs": row.what_differs,
            "differs": re.sub(r"\s*\([^)]*\)", "", row.what_differs).rstrip("."),
            "supports": supported(a["verdict"], b["verdict"]),
        }  # fmt: skip
    return found


def supported(verdict_a: str, verdict_b: str) -> str:
    """Return which of two sentences the evidence supports more, from the verdicts of both."""
    a, b = STRENGTH[verdict_a], STRENGTH[verdict_b]
    if a == b:
        return BOTH if a else NEITHER
    return A if a > b else B


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]
