"""Explorers that show one card at a time: what is so stands on the page only once the student has voted on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import ipywidgets as widgets

from migraine_lab.explore.controls import options
from migraine_lab.explore.explorer import Explorer

UNASKED = "choose"
GUESS, SHOWN = "guess", "open"
MODES = [("hidden until I vote", GUESS), ("shown", SHOWN)]
"""What the control ``mode`` of such an explorer offers."""
SHOW, NEXT = "Show the verdict", "Next"
ASK = "Vote first, in each list; a rough guess will do."

CSS = """<style>
.ml-vote{line-height:1.45;max-width:72em;margin-bottom:6px}
.ml-vote p{margin:2px 0}
.ml-vote .ml-sides{display:grid;gap:4px 24px;margin:4px 0}
.ml-vote .ml-sides>div{border-top:2px solid var(--jp-border-color2,#d3cfc4);padding-top:3px}
.ml-vote .ml-quiet{color:var(--jp-content-font-color2,#656a6e)}
.ml-vote summary{cursor:pointer}
.ml-presenting .ml-vote{font-size:24px;line-height:1.25;max-width:none}
</style>"""


class VoteFirst(Explorer):
    """One card of many; a subclass has a control ``mode`` (MODES), names its other parts here and writes ``card_words``.

    A vote counts once: it stands until Reset. On a slide an opened card takes the picture's place.
    """

    card: ClassVar[str] = ""
    """Control that opens a card."""
    asks: ClassVar[Sequence[str]] = ()
    """Lists that a vote has to be chosen from."""

    def __init__(self, **state: Any) -> None:
        self._votes: dict[str, Any] = self.recall()
        self._go_on = widgets.Button(description=SHOW, layout=widgets.Layout(width="auto", min_width="150px"))
        self._go_on.on_click(lambda _button: self.go_on())
        self._words = widgets.HTML()
        super().__init__(**state)

    # -- what a subclass writes ------------------------------------------------------------------------------------
    def vote(self) -> Any:
        """Return the vote that the controls hold now."""
        raise NotImplementedError

    def card_words(self) -> str:
        """Return the open card in HTML; of an answer only where ``seen()``."""
        raise NotImplementedError

    def recall(self) -> dict[str, Any]:
        """Return votes given before, by card (none unless a subclass keeps them)."""
        return {}

    def remember(self, card: str, vote: Any) -> str:
        """Keep a vote beyond this explorer (not done unless a subclass does); return a sentence where that failed."""
        return ""

    # -- what they share -------------------------------------------------------------------------------------------
    def seen(self, card: str | None = None) -> bool:
        """Return whether the answer of a card (the open one) may stand on the page."""
        return bool(self.value("mode") == SHOWN or (card or self.value(self.card)) in self._votes)

    def go_on(self) -> None:
        """Show the verdict when a vote is chosen; from a verdict go on to the next card."""
        if self.seen():
            self.next_card()
        elif any(self.value(name) == UNASKED for name in self.asks):
            self._tell(ASK)
        else:
            card = self.value(self.card)
            self._votes[card] = self.vote()
            self._complaint = self.remember(card, self._votes[card])
            self._frame = None  # a vote is no control: the rows behind the picture are to be made anew
            with self._held():
                self.adapt("vote")

    def next_card(self) -> None:
        """Open the next card; after the last comes the first."""
        cards = options(self.controls[self.card]) or []
        self.set(**{self.card: cards[(cards.index(self.value(self.card)) + 1) % len(cards)]})

    def adapt(self, name: str) -> None:
        """Ask afresh for each card."""
        if name not in self.asks and name in (self.card, "mode"):
            for one in self.asks:
                self.controls[one].value = UNASKED

    def visible(self, name: str) -> bool:
        """Ask for a vote only while the answer is hidden."""
        return not self._is_vote(name) or not self.seen()

    def _is_vote(self, name: str) -> bool:
        return name in self.asks

    def actions(self) -> list[widgets.Widget]:
        """Return the button that shows the verdict, then goes on: one place for the keyboard."""
        return [self._go_on]

    def above(self) -> list[widgets.Widget]:
        """Return the card, above the picture."""
        return [self._words]

    def refresh(self) -> None:
        """Draw the choice, write the card, name the button."""
        super().refresh()
        seen = self.seen()
        self._words.value = (
            f'{CSS}<div class="ml-vote" role="status" aria-live="polite">{self.card_words()}</div>'
        )
        self._go_on.description = self._go_on.tooltip = NEXT if seen else SHOW
        hide = seen and self.live.drawing.look.presenting
        for widget in (self.live.widget, self._sentence):
            widget.layout.display = "none" if hide else ""

    def reset(self) -> None:
        """Forget the votes that are kept nowhere and bring every control back."""
        self._votes = self.recall()
        self._frame = None
        super().reset()
