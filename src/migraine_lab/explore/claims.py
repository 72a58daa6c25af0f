"""Claims on trial: one sentence of an article at a time; the student votes, then sees two verdicts and the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab.explore import claim_card, claim_rows
from migraine_lab.explore.claim_rows import ORDERS, ROUND, labels, ledger, rates_of, rounds
from migraine_lab.explore.claim_votes import SURE, Score, Vote
from migraine_lab.explore.controls import dropdown, options, slider
from migraine_lab.explore.verdicts import IMPRESSIONS, VOTES
from migraine_lab.explore.vote_first import MODES, UNASKED, VoteFirst
from migraine_lab.figures.calibration import AGREED, DIFFERED, OPEN, CalibrationFigure, CalibrationView
from migraine_lab.figures.style import Look

SEE = "See the figure among reported rates"
HIDDEN = ("verdict", "verdict_words", "why", "impression", "impression_reason", "key_concept", "lesson_point")
FEWEST = f"{SURE[0]} %: as likely right as wrong, {SURE[1]} %: certain; a blind guess among {len(VOTES)} is right less often."


class Claims(VoteFirst):
    """The ledger of claims, one a card; ``Claims(claim="c095")`` opens one, ``seed`` shuffles the rounds."""

    title: ClassVar[str] = "Claims on trial: vote first"
    columns: ClassVar[Mapping[str, str]] = {
        "claim": "claim (in our words)", "topic": "topic", "verdict_words": "accuracy", "impression": "impression",
        "you_said": "you said", "you_sure": "% sure", "your_impression": "your impression", "right": "right", "n": "votes",
        "percent": "% right", "low": "low", "high": "high",
    }  # fmt: skip
    recipe_columns: ClassVar[Mapping[str, str]] = {
        "place": "place", "verdict": "verdict", "percent": "percent", "low": "low", "high": "high",
    }  # fmt: skip
    recipe_key: ClassVar[str] = "key"
    card: ClassVar[str] = "claim"
    asks = ("accuracy", "impression")
    view_only = ("claim", "accuracy", "sure", "impression")
    more = ("mode",)
    on_slide = ("round", "accuracy", "sure", "impression")

    def __init__(self, *, seed: int = 1, **state: Any) -> None:
        self.seed = seed
        self._all = ledger()
        self._rows = {str(row["claim_id"]): row for row in self._all.to_dict("records")}
        self._verdicts = dict(zip(self._all["claim_id"], self._all["verdict_name"], strict=True))
        self._impressions = dict(zip(self._all["claim_id"], self._all["impression"], strict=True))
        self._drawn: tuple[Any, pd.DataFrame] = (None, self._all)
        if "claim" in state and not {"order", "round"} & set(state):
            state["order"] = "article_id"  # every claim has its place there
        self._see = widgets.Button(
            description=SEE, layout=widgets.Layout(width="auto", display="none", align_self="flex-start")
        )
        self._see.on_click(lambda _button: self._open_rates())
        self._rates = widgets.VBox()
        self._rates_of = ""
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the order, the round, the claim, whether verdicts are hidden, and the three parts of a vote."""
        controls = {
            "order": dropdown("Order", list(ORDERS.items())),
            "round": slider("Round", 1, len(rounds(self.seed)), 1),
            "claim": dropdown("Claim", ["-"]),
            "mode": dropdown("Verdicts", MODES),
            "accuracy": dropdown("Accuracy", [UNASKED, *VOTES]),
            "sure": slider("How sure, %", SURE[0], SURE[1], 70, step=SURE[2]),
            "impression": dropdown("Impression", [UNASKED, *IMPRESSIONS]),
        }
        self._offer(controls)
        return controls

    def adapt(self, name: str) -> None:
        """Offer the claims of the order or round; ask afresh for each claim."""
        if name == "order" or (name == "round" and self.value("order") == ROUND):
            self._offer(self.controls)
            name = "claim"
        super().adapt(name)
        if name == "claim":
            self.controls["sure"].value = 70
            self._close_rates()

    def _offer(self, controls: dict[str, Any]) -> None:
        """Fill the list of claims, keeping the open one where it is among them."""
        rows = self._listed(controls["order"].value, controls["round"].value)
        control, kept = controls["claim"], controls["claim"].value
        ids = rows["claim_id"].tolist()
        control.options = list(zip(rows["label"], ids, strict=True))
        control.value = kept if kept in ids else ids[0]

    def visible(self, name: str) -> bool:
        """Show the round only in that order, and ask for a vote only while the verdict is hidden."""
        return self.value("order") == ROUND if name == "round" else super().visible(name)

    def _is_vote(self, name: str) -> bool:
        return name == "sure" or super()._is_vote(name)

    def next_card(self) -> None:
        """Open the next claim; after a round's last one begin the next round."""
        cards = options(self.controls["claim"]) or []
        if self.value("order") != ROUND or self.value("claim") != cards[-1]:
            super().next_card()
            return
        slider_ = self.controls["round"]
        following = slider_.min if slider_.value == slider_.max else slider_.value + 1
        first = self._listed(ROUND, following)["claim_id"].iloc[0]
        self.set(round=following, claim=first)

    def vote(self) -> Vote:
        """Return the vote that the controls hold."""
        return Vote(self.value("accuracy"), self.value("sure"), self.value("impression"))

    def above(self) -> list[widgets.Widget]:
        """Return the card and the button that opens reported rates."""
        return [*super().above(), self._see]

    def beside(self) -> list[widgets.Widget]:
        """Return the place where reported rates open."""
        return [self._rates]

    # -- rows ------------------------------------------------------------------------------------------------------
    def _listed(self, order: str, number: int) -> pd.DataFrame:
        """Return the claims in an order, or those of a shuffled round; the same seed gives the same rounds."""
        key = (order, number if order == ROUND else 0)
        if self._drawn[0] != key:
            if order == ROUND:
                rows = self._all.set_index("claim_id", drop=False).loc[rounds(self.seed)[number - 1]]
            else:
                rows = self._all.sort_values([order, "claim_id"])
            rows = rows.assign(place=np.arange(1.0, len(rows) + 1), label=labels(rows, order))
            self._drawn = (key, rows)
        return self._drawn[1]

    def make_evidence(self) -> pd.DataFrame:
        """Return a row for each claim and source, then the votes by confidence; what may not be seen yet is empty."""
        rows = self._listed(self.value("order"), self.value("round")).drop(columns="label")
        votes = [self._votes.get(one) for one in rows["claim_id"]]
        rows = rows.assign(
            you_said=[one.accuracy if one else "" for one in votes],
            you_sure=[float(one.sure) if one else np.nan for one in votes],
            your_impression=[one.impression if one else "" for one in votes],
        )
        hidden = ~rows["claim_id"].map(self.seen).astype(bool)
        for column in HIDDEN:
            rows[column] = rows[column].mask(hidden, np.nan if column == "verdict" else "")
        rows = rows.assign(source_id=rows["evidence_source_ids"].str.split(";")).explode(
            "source_id", ignore_index=True
        )
        rows = rows.drop(columns=["evidence_source_ids", "verdict_name"])
        rows = rows.assign(key=(rows["claim_id"] + " " + rows["source_id"]).str.strip())
        groups = pd.DataFrame(
            {"key": f"sure {one.sure:.0f}", "claim": f"votes given at {one.sure:.0f} % sure", "you_sure": one.sure,
             "right": float(one.right), "n": float(one.n), "percent": 100 * one.right / one.n, "low": one.low,
             "high": one.high, "source_id": ""}
            for one in self._score().groups
        )  # fmt: skip
        numbers = ["place", "right", "n", "percent", "low", "high"]
        rows = pd.concat(
            [
                rows.reindex(columns=[*rows.columns, *numbers[1:]]).astype(dict.fromkeys(numbers, float)),
                groups,
            ]
        )
        texts = rows.columns[rows.dtypes.map(pd.api.types.is_string_dtype)]
        rows[texts] = rows[texts].fillna("")
        return rows.reset_index(drop=True)

    def _score(self) -> Score:
        return Score.of(self._votes, self._verdicts, self._impressions)

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> CalibrationFigure:
        """Return the round beside confidence against the share right."""
        return CalibrationFigure(look)

    def view(self) -> CalibrationView:
        """Return the state of each claim of the list and the votes by confidence."""
        ids = options(self.controls["claim"]) or []
        score = self._score()
        return CalibrationView(
            [self._state(one) for one in ids], ids.index(self.value("claim")), score.groups, score.lines()
        )

    def _state(self, claim_id: str) -> str:
        vote = self._votes.get(claim_id)
        return OPEN if vote is None else AGREED if vote.right(self._verdicts[claim_id]) else DIFFERED

    def refresh(self) -> None:
        """Draw, write the card, and offer the reported rates where the claim's figure can be found among them."""
        super().refresh()
        offered = self.seen() and not self.live.drawing.look.presenting and bool(rates_of(self._claim()))
        self._see.layout.display = "" if offered and not self._rates_of else "none"
        self._rates.layout.display = "none" if self.live.drawing.look.presenting else ""

    def _claim(self) -> dict[str, Any]:
        return self._rows[self.value("claim")]

    def _open_rates(self) -> None:
        """Open ResponseRates below, made only now."""
        from migraine_lab.explore.response_rates import ResponseRates

        self._rates_of = self.value("claim")
        self._rates.children = [ResponseRates(**rates_of(self._claim()))]
        self._see.layout.display = "none"

    def _close_rates(self) -> None:
        for one in self._rates.children:
            one.close()
        self._rates.children, self._rates_of = [], ""

    # -- words -----------------------------------------------------------------------------------------------------
    def card_words(self) -> str:
        """Return the sentence on trial, and once it may be seen both verdicts, the lesson and the sources."""
        ids = options(self.controls["claim"]) or []
        claim, place = self._claim(), ids.index(self.value("claim")) + 1
        where = f"round {self.value('round')}, claim" if self.value("order") == ROUND else "claim"
        words = claim_card.asked(
            claim, f"{where[0].upper()}{where[1:]} {place} of {len(ids)} ({claim['claim_id']})"
        )
        if not self.seen():
            return words
        verdict = claim | {"verdict": claim["verdict_name"]}
        return words + claim_card.judged(
            verdict, self._votes.get(claim["claim_id"]), self.live.drawing.look.presenting
        )

    def say(self) -> str:
        """Say how the open claim stands, then read confidence against being right."""
        slide = self.live.drawing.look.presenting
        claim, read = self._claim(), self._score().read(brief=slide)
        if slide:
            return read
        vote = self._votes.get(claim["claim_id"])
        if not self.seen():
            asks = "on accuracy, on how sure you are, and on what a reader carries away"
            return f"Claim {claim['claim_id']} waits for your vote: {asks}.\n{read}"
        yours = f" You said: {vote.accuracy}, {vote.sure} % sure; {vote.impression}." if vote else ""
        return f"Claim {claim['claim_id']}: accuracy {claim['verdict_words']}; impression {claim['impression']}.{yours}\n{read}"

    def about(self) -> str:
        """Say what the two verdicts are about."""
        return (
            "Two verdicts, never mixed. Accuracy: does the sentence fit its sources? Impression: what does a reader carry"
            f" away? Both are about sentences, not about people. {FEWEST}"
        )

    def recipe(self) -> str:
        """Return the list's claims in their order and the votes by confidence, in pandas and statsmodels."""
        votes = [(vote.sure, vote.right(self._verdicts[one])) for one, vote in self._votes.items()]
        return claim_rows.recipe(self.value("order"), self.value("round"), self.seed, votes)
