"""Twenty treatments to put into their categories, one at a time, by choosing; each answer comes back with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import pandas as pd

from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import Explorer
from migraine_lab.explore.parts import source_cards
from migraine_lab.explore.treatment_rows import CATEGORIES, real
from migraine_lab.figures.sorting_board import BoardView, SortingBoard
from migraine_lab.figures.style import Look

COUNT, AT_MOST, ROUNDS = 20, 3, 40
OPEN = "?"
MEANS = {
    "acute": "is taken against an attack that has begun",
    "preventive": "is taken or done regularly, attack or not, to have fewer of them",
    "onabotulinumtoxinA": "is a nerve toxin injected at set points of head and neck, a kind of its own",
    "nerve block": "puts a local anaesthetic beside a nerve",
    "neuromodulation": "stimulates a nerve or the brain with a device",
    "behavioural": "is something one learns and practises, with a therapist or a course",
    "complementary": "is used beside medicine: a supplement, a plant, needles, a food or cold",
    "lifestyle": "is a habit of everyday life",
    "ketamine": "is ketamine or its relative; it is given off label, and stands apart",
}
"""What puts a treatment into a category, in the words of the feedback."""


class Sorting(Explorer):
    """Choose a category for the treatment in hand and put it there; the first choice counts, a later one may mend it."""

    title: ClassVar[str] = "Which kind of treatment is this?"
    columns: ClassVar[Mapping[str, str]] = {
        "name": "treatment", "category": "category", "drug_class": "class", "used_for": "used for", "first": "your first choice",
        "now": "your last choice", "right_first": "right at once",
    }  # fmt: skip
    view_only = ("answer",)
    on_slide = ("item", "answer")
    recipe_key = "treatment_id"
    recipe_columns: ClassVar[Mapping[str, str]] = {"place": "place"}

    def __init__(self, **state: Any) -> None:
        self._all = real()
        self._choices: dict[tuple[int, str], list[str]] = {}
        self._feedback = widgets.HTML()
        self._drawn: tuple[int, pd.DataFrame] = (0, self._all)
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls: the round, the treatment in hand, the category chosen for it."""
        kinds = [("choose a kind", OPEN), *((words, name) for name, words in CATEGORIES.items())]
        first = draw(self._all, 1)
        items = list(zip(first["name"], first["treatment_id"], strict=True))
        return {
            "round": dropdown("Round", [(str(number), number) for number in range(1, ROUNDS + 1)]),
            "item": dropdown("Treatment", items),
            "answer": dropdown("is", kinds, value=OPEN),
        }

    def actions(self) -> list[widgets.Widget]:
        """Return the buttons: put it there, the next treatment, another round."""
        self._put = widgets.Button(
            description="Put it there",
            tooltip="Answer with the kind chosen",
            layout=widgets.Layout(width="auto"),
        )
        self._put.on_click(lambda _button: self.put())
        self._next = widgets.Button(
            description="Next treatment", tooltip="Take the next treatment that is not sorted yet",
            layout=widgets.Layout(width="auto"),
        )  # fmt: skip
        self._next.on_click(lambda _button: self.next())
        another = widgets.Button(
            description="Another round", tooltip="Draw twenty treatments anew", layout=widgets.Layout(width="auto")
        )  # fmt: skip
        another.on_click(lambda _button: self.set(round=self.value("round") % ROUNDS + 1))
        return [self._put, self._next, another]

    def beside(self) -> list[widgets.Widget]:
        """Return the feedback's sources, under the picture."""
        return [self._feedback]

    def adapt(self, name: str) -> None:
        """Offer the treatments of the round, and show an answer that was given before."""
        if name == "round":
            control: Any = self.controls["item"]
            rows = self._round()
            control.options = list(zip(rows["name"], rows["treatment_id"], strict=True))
            control.value = rows["treatment_id"].iloc[0]
        if name in ("round", "item"):
            given = self._given(self.value("item"))
            self.controls["answer"].value = given[-1] if given else OPEN

    def put(self) -> None:
        """Put the treatment in hand where the student chose; without a choice nothing happens but a word."""
        if self.value("answer") != OPEN:
            choices = self._choices.setdefault((self.value("round"), self.value("item")), [])
            if not choices or choices[-1] != self.value("answer"):
                choices.append(self.value("answer"))
            self._frame = None  # the answers stand in the evidence, but are no control
        self.refresh()

    def next(self) -> None:
        """Take the next treatment of the round that is not in its place yet."""
        ids = list(self._evidence()["treatment_id"])
        here = ids.index(self.value("item"))
        waiting = [name for name in ids[here + 1 :] + ids[:here] if not self._given(name)]
        if waiting:
            self.set(item=waiting[0])

    def reset(self) -> None:
        """Take all answers back and start with the first round."""
        self._choices.clear()
        self._frame = None
        super().reset()

    def _round(self) -> pd.DataFrame:
        """Return the treatments of the round, drawn once."""
        number = self.value("round")
        if self._drawn[0] != number:
            self._drawn = (number, draw(self._all, number))
        return self._drawn[1]

    def _given(self, name: str) -> list[str]:
        return self._choices.get((self.value("round"), name), [])

    # -- evidence --------------------------------------------------------------------------------------------------
    def make_evidence(self) -> pd.DataFrame:
        """Return the round's treatments with their categories and the student's choices so far."""
        rows = self._round()
        given = [self._given(name) for name in rows["treatment_id"]]
        first, now = ([choices[spot] if choices else "" for choices in given] for spot in (0, -1))
        return rows.assign(first=first, now=now, right_first=rows["category"] == first)

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> SortingBoard:
        """Return the board of the categories."""
        return SortingBoard(look, list(CATEGORIES.values()))

    def view(self) -> BoardView:
        """Return what lies in each category."""
        rows, item = self._evidence(), self._item()
        slide = self.live.drawing.look.presenting
        self._feedback.value = (
            source_cards([item["source_id"]]) if self._given(item["treatment_id"]) and not slide else ""
        )
        board: dict[str, list[tuple[str, str]]] = {}
        columns = (rows[name].tolist() for name in ("name", "category", "now", "right_first"))
        for name, category, now, right in zip(*columns, strict=True):
            if now:
                state = "wrong" if now != category else "first" if right else "later"
                board.setdefault(CATEGORIES[now], []).append((name, state))
        return BoardView(board, item["name"], self._score())

    def _item(self) -> pd.Series:
        rows = self._evidence()
        return rows[rows["treatment_id"] == self.value("item")].iloc[0]

    def _score(self) -> str:
        rows = self._evidence()
        sorted_ = int((rows["now"] != "").sum())
        return f"{sorted_} of {len(rows)} sorted, {int(rows['right_first'].sum())} right at once"

    # -- words -----------------------------------------------------------------------------------------------------
    def say(self) -> str:
        """Ask for the treatment in hand, or say whether the answer given fits and why."""
        item = self._item()
        score = self._score()
        if not self._given(item["treatment_id"]):
            asked = f"{item['name']}: choose its kind and put it there."
            return f"{asked} {score[0].upper()}{score[1:]} in round {self.value('round')}."
        words = feedback(item, item["now"])
        return words if self.live.drawing.look.presenting else f"{words}\n{score[0].upper()}{score[1:]}."

    def about(self) -> str:
        """Say by which rule the table sorts."""
        return (
            "The first choice counts; you may mend it. A treatment that is used in two ways stands under its main one, "
            "so a second look can find a good reason for another answer."
        )

    def recipe(self) -> str:
        """Return the round's treatments in pandas: drawn with a seed, at most three of a category."""
        return (
            "import numpy as np\n"
            "import pandas as pd\n"
            "from migraine_lab import data\n"
            "from migraine_lab.explore.treatment_rows import real\n\n"
            "rows = real()  # data.table('treatments') without comparators and mixed arms, in the map's order\n"
            f"rng = np.random.default_rng({self.value('round')})\n"
            "rows = rows.iloc[rng.permutation(len(rows))]\n"
            f"rows = rows[rows.groupby('category').cumcount() < {AT_MOST}].copy()\n"
            "one_of_each = rows.groupby('category').cumcount() == 0\n"
            f"rows = pd.concat([rows[one_of_each], rows[~one_of_each]]).head({COUNT})\n"
            "rows = rows.iloc[rng.permutation(len(rows))]\n"
            f"rows['place'] = np.arange(1, {COUNT} + 1)\n"
        )


def draw(treatments: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Draw twenty treatments for a round: one of each category, no more than three of any, in random order.

    ``place`` counts them from 1. The same seed draws the same treatments.
    """
    rng = np.random.default_rng(seed)
    categories = treatments["category"].to_numpy()
    met: Counter[str] = Counter()
    firsts: list[int] = []
    others: list[int] = []
    for row in rng.permutation(len(treatments)):
        met[categories[row]] += 1
        if met[categories[row]] <= AT_MOST:
            (firsts if met[categories[row]] == 1 else others).append(int(row))
    chosen = np.array([*firsts, *others][:COUNT])
    rows = treatments.iloc[chosen[rng.permutation(len(chosen))]].reset_index(drop=True)
    return rows.assign(place=np.arange(1, len(rows) + 1))


def feedback(row: pd.Series, answer: str) -> str:
    """Say whether ``answer`` is the category of a treatment, with what the table says of it."""
    name, truth = row["name"], row["category"]
    why = f"It {MEANS[truth]} (class: {row['drug_class']})."
    if answer == truth:
        also = [use for use in row["used_for"].split(";") if use and use != truth]
        more = (
            f" It is used as {' and '.join(also)} treatment as well."
            if also and truth in ("acute", "preventive")
            else ""
        )
        return f"Right: {name} belongs under {CATEGORIES[truth]}. {why}{more}"
    if answer in row["used_for"].split(";"):
        return f"Half right: {name} is used as {answer} treatment, but the table keeps it under {CATEGORIES[truth]}. {why}"
    return f"Not there: {name} belongs under {CATEGORIES[truth]}. {why} What you chose {MEANS[answer]}."
