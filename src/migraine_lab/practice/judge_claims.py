"""Judge what articles say: one claim at a time; the student votes, then sees verdict, reason and sources."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data

from . import answers, look

UNASKED = "Choose one"
VOTES = {
    "It holds as written": ("supported",),
    "It holds in part": ("partly_supported",),
    "The sources say otherwise": ("contradicted",),
    "Nothing found stands behind it": ("unsupported", "not_checkable"),
}
"""What a student may vote, and the verdicts of the claims table that it stands for."""
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
        self.vote = widgets.Dropdown(
            options=[UNASKED, *VOTES], description="How does it stand to its sources, do you think?"
        )
        self.vote.add_class("mlp-ask")
        self.vote.layout = widgets.Layout(width="100%", height="auto")
        self.answer, self.score = look.text(spoken=True), look.text(spoken=True)
        self.score.layout.width, self.score.layout.margin = "auto", "0 0 0 12px"
        self.go_on = look.button(SHOW)
        self.go_on.on_click(lambda _: self._go_on())
        wrapped = widgets.Layout(flex_flow="row wrap", align_items="center")
        super().__init__(
            [self.sentence, self.vote, self.answer, widgets.HBox([self.go_on, self.score], layout=wrapped)]
        )
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
        articles = data.table("articles").set_index("article_id")
        kind = str(articles["publisher_type"][self.claim["article_id"]]).split(" (")[0]
        look.show(
            self.sentence,
            f"<p>Claim {place + 1} of {len(self.claims)}, from an article ({look.escape(kind)}): "
            f"<strong>\u201c{look.escape(self.claim['claim'])}\u201d</strong></p>",
        )
        self.vote.value, self.vote.layout.display = UNASKED, ""
        look.show(self.answer, "")
        self._name_button(SHOW)

    def _judge(self) -> None:
        if self.vote.value == UNASKED:
            look.show(self.answer, "<p>Choose one of the answers first; a rough guess will do.</p>")
            return
        claim, vote = self.claim, str(self.vote.value)
        self.shown = True
        self.right.setdefault(claim["claim_id"], claim["verdict"] in VOTES[vote])
        self._keep(vote)
        verdict = str(claim["verdict"]).replace("_", " ")
        said = (
            f"<p>You: {look.escape(vote)}. Our verdict: <strong>{look.escape(verdict)}</strong>. "
            f"{look.escape(claim['why'])}</p>"
        )
        self.vote.layout.display = "none"
        look.show(self.answer, said + self._sources())
        self._name_button(AGAIN if self.place == len(self.claims) - 1 else NEXT)
        agreed = f"You and our verdict agreed in {sum(self.right.values())} of {len(self.right)}."
        look.show(self.score, f'<p class="mlp-quiet">{agreed}</p>')

    def _name_button(self, words: str) -> None:
        self.go_on.description = self.go_on.tooltip = words

    def _sources(self) -> str:
        ids = [one for one in str(self.claim["evidence_source_ids"]).split(";") if one]
        if not ids:
            return "<p>No study was found, so there is no source to name.</p>"
        full = "".join(f"<li>{look.linked(data.cite(one))}</li>" for one in ids)
        short = look.escape("; ".join(data.short_citation(one) for one in ids))
        # a long list scrolls in its place (by keyboard too): unfolded on a slide it would push the button off it
        room = 'style="max-height:6em;overflow:auto" tabindex="0" aria-label="Full sources"'
        return f"<details><summary>Sources: {short}</summary><ul {room}>{full}</ul></details>"

    def _keep(self, vote: str) -> None:
        def change(old: answers.Entry | None) -> answers.Entry:
            return {"first": (old or {}).get("first", vote), "last": vote}

        answers.keep("cards", f"vote-{self.claim['claim_id']}", change)
