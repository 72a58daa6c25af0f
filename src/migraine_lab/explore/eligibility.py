"""One person's features, and which published reasons against ketamine they meet: who says so, and how strongly."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures.reasons_board import NO, STRENGTHS, UNKNOWN, YES, BoardView, ReasonsBoard, Row
from migraine_lab.figures.style import Look

NOT_KNOWN = "not known"
ANSWERS = [(NOT_KNOWN, NOT_KNOWN), ("yes", "yes"), ("no", "no")]
MARKS = {"yes": YES, "no": NO, NOT_KNOWN: UNKNOWN}
OWN = "own"
PUBLISHERS = {
    "2018 US consensus guideline": ("US 2018", "guideline"),
    "US label of Ketalar": ("US label", "ketamine"),
    "UK product information 2019": ("UK label", "ketamine"),
    "US label of esketamine": ("US label", "spray"),
    "Schwenk 2021, pilot in chronic migraine": ("pilot", "Schwenk"),
    "KetHead trial": ("trial", "KetHead"),
}
"""Heading of each publisher's column; articles share the last column."""
ARTICLES = ("the", "articles")
PERSONS: dict[str, tuple[str, str, dict[str, str]]] = {
    "teacher": (
        "teacher, high pressure",
        "A teacher has tried five preventives. Her blood pressure is high and not under control; there was never a stroke, and "
        "she cannot be pregnant. Nobody has asked about her eyes or her liver.",
        {"high_blood_pressure": "yes", "stroke": "no", "pregnancy": "no", "few_treatments_tried": "no", "under_18": "no"},
    ),
    "nurse": (
        "nurse, breastfeeding",
        "A nurse feeds a baby of four months. Heart, liver and blood pressure are sound. She had a coffee on the way here.",
        {"breastfeeding": "yes", "not_fasted": "yes", "heart_or_vessel_disease": "no", "high_blood_pressure": "no",
         "severe_liver_disease": "no", "raised_liver_values": "no", "pregnancy": "no", "under_18": "no"},
    ),
    "driver": (
        "driver, back pain",
        "A driver takes an opioid every day for his back. His liver values were raised last year; no newer ones are there.",
        {"sedating_drugs": "yes", "pregnancy": "no", "breastfeeding": "no", "under_18": "no"},
    ),
    "blank": ("nobody asked yet", "Nothing has been asked yet.", {}),
}  # fmt: skip
"""Invented persons: how the list calls them, what is told, and what that answers."""
GROUPS = {
    "heart, vessels, brain": (
        "heart_or_vessel_disease", "high_blood_pressure", "aneurysm", "brain_bleeding", "stroke", "pressure_in_skull_or_eye",
    ),
    "mind and substances": ("psychosis", "post_traumatic_stress", "substance_misuse"),
    "liver, kidneys, glands": (
        "severe_liver_disease", "raised_liver_values", "kidney_disease", "overactive_thyroid", "phaeochromocytoma",
    ),
    "pregnancy and age": ("pregnancy", "breastfeeding", "under_18"),
    "medicines and the day itself": ("allergy", "sedating_drugs", "theophylline", "not_fasted", "few_treatments_tried"),
}  # fmt: skip
"""Features by what is asked about together."""
ON_SLIDE = ("high_blood_pressure", "raised_liver_values", "pregnancy")
SLIDE_ROWS = 6
TEACHES = "Teaching only: a published list decides about nobody."
CSS = "<style>.ml-presenting .ml-met{display:none}.ml-met ul{margin:0;padding-left:1.2em;line-height:1.4}</style>"


class Eligibility(Explorer):
    """Answer what is known of a person; every published reason against ketamine that is met lights up.

    Keyword arguments answer features (``pregnancy="yes"``) or choose an invented person (``person="nurse"``); what is
    not answered is not known, and what is not known is not absent.
    """

    title: ClassVar[str] = "Which published reasons against ketamine are met? (Teaching only)"
    columns: ClassVar[Mapping[str, str]] = {
        "feature": "feature", "answer": "answer", "strength": "how strongly", "condition": "condition as published",
        "drug": "about", "published_by": "published by", "met": "met", "open": "not known",
    }  # fmt: skip
    view_only = ("person", "group")
    on_slide = ("person", *ON_SLIDE)
    recipe_columns: ClassVar[Mapping[str, str]] = {"met": "met", "open": "open"}
    recipe_key = "exclusion_id"

    def __init__(self, **state: Any) -> None:
        rows = data.table("exclusions")
        self._rows = rows.assign(feature_id=rows["feature"], feature=rows["feature"].map(name_of))
        self._records = [
            {str(name): value for name, value in row.items()} for row in self._rows.to_dict("records")
        ]
        questions = dict(zip(rows["feature"], rows["question"], strict=True))
        self._questions = {feature: questions[feature] for group in GROUPS.values() for feature in group}
        self._board = strengths(rows)
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the invented person, and what to ask about, and for each feature a list of not known, yes and no."""
        people = [(words, name) for name, (words, _, _) in PERSONS.items()]
        controls: dict[str, widgets.Widget] = {
            "person": dropdown("Person", [*people, ("one of my own", OWN)]),
            "group": dropdown("Ask about", list(GROUPS)),
        }
        first = next(iter(PERSONS.values()))[2]
        for feature, question in self._questions.items():
            controls[feature] = dropdown(
                name_of(feature), ANSWERS, value=first.get(feature, NOT_KNOWN), tooltip=question
            )
        return controls

    def adapt(self, name: str) -> None:
        """Fill in an invented person when one is chosen; an answer changed by hand makes the person one's own."""
        chosen = self.value("person")
        if chosen == OWN:
            return
        told = PERSONS[chosen][2]
        if name == "person":
            for feature in self._questions:
                self.controls[feature].value = told.get(feature, NOT_KNOWN)
        elif name != "group" and self.value(name) != told.get(name, NOT_KNOWN):
            self.controls["person"].value = OWN

    def visible(self, name: str) -> bool:
        """Return True for the features that are asked about; on a slide for the few that stand there."""
        return (
            name in self.view_only or self.live.drawing.look.presenting or name in GROUPS[self.value("group")]
        )

    def make_evidence(self) -> pd.DataFrame:
        """Return one row a published reason: the answer, whether it is met (1), and whether that is not known (1)."""
        answers = self._rows["feature_id"].map({name: self.value(name) for name in self._questions})
        return self._rows.assign(
            answer=answers, met=(answers == "yes").astype(float), open=(answers == NOT_KNOWN).astype(float)
        )

    def _answered(self, answer: str) -> list[dict[str, Any]]:
        """Return the published reasons whose feature has this answer."""
        features = {feature for feature in self._questions if self.value(feature) == answer}
        return [row for row in self._records if row["feature_id"] in features]

    # -- picture ---------------------------------------------------------------------------------------------------
    def beside(self) -> list[widgets.Widget]:
        """Return the list of reasons that are met, in the words in which they are published."""
        self._list = widgets.HTML()
        return [self._list]

    def make_drawing(self, look: Look) -> ReasonsBoard:
        """Return the board: every feature on a page, the first few on a slide."""
        rows = SLIDE_ROWS if look.presenting else len(self._questions)
        return ReasonsBoard(look, rows, (*PUBLISHERS.values(), ARTICLES))

    def view(self) -> BoardView:
        """Return all features in the table's order; on a slide those answered yes first, then the open ones."""
        rows = [
            Row(name_of(feature), MARKS[self.value(feature)], self._board[feature])
            for feature in self._questions
        ]
        if self.live.drawing.look.presenting:
            rows.sort(key=lambda row: [YES, UNKNOWN, NO].index(row.answer))
        return BoardView(tuple(rows))

    def refresh(self) -> None:
        """Draw the choice and list what is met."""
        super().refresh()
        order = [*STRENGTHS]
        items = "".join(
            f"<li><b>{html.escape(row['strength'])}</b>, {html.escape(row['feature'])}: {html.escape(row['condition'])} "
            f"({html.escape(row['published_by'])}; {html.escape(row['drug'])})</li>"
            for row in sorted(self._answered("yes"), key=lambda row: order.index(row["strength"]))
        )
        self._list.value = f'{CSS}<div class="ml-met"><ul>{items}</ul></div>'

    # -- words -----------------------------------------------------------------------------------------------------
    def about(self) -> str:
        """Return what is told of an invented person, or that the person is the student's own."""
        told = PERSONS.get(self.value("person"))
        return f"{told[1]} (Invented.) {TEACHES}" if told else f"A person of your own. {TEACHES}"

    def say(self) -> str:
        """Say how many published reasons are met and who published them, and how many stay open."""
        met, unknown = self._answered("yes"), self._answered(NOT_KNOWN)
        if met:
            slide = self.live.drawing.look.presenting  # the board's columns name them there
            by = Counter(
                f"{row['published_as']}s" if slide else short_name(row["published_by"]) for row in met
            )
            names = "; ".join(f"{count} by {'' if slide else 'the '}{name}" for name, count in by.items())
            first = f"Of {len(self._rows)} published reasons {len(met)} {'is' if len(met) == 1 else 'are'} met ({names})."
        else:
            first = f"Of {len(self._rows)} published reasons none is met by what was answered with yes."
        if unknown:
            count = len({row["feature"] for row in unknown})
            still = (
                f"{count} {'feature is' if count == 1 else 'features are'} not known, and not known is not absent: "
                f"{len(unknown)} more {'reason' if len(unknown) == 1 else 'reasons'} may be met."
            )
        else:
            still = "Every feature on the board was answered; what nobody published is not on it."
        return f"{first} {still} {TEACHES}"

    def recipe(self) -> str:
        """Return the lines that find met and open reasons in pandas."""
        answers = {name: self.value(name) for name in self._questions}
        known = ", ".join(f"{name!r}: {value!r}" for name, value in answers.items() if value != NOT_KNOWN)
        return (
            "from migraine_lab import data\n\n"
            f"known = {{{known}}}\n"
            "rows = data.table('exclusions')\n"
            "answer = rows['feature'].map(known)  # missing where nothing is known\n"
            "rows['met'] = (answer == 'yes').astype(int)\n"
            "rows['open'] = answer.isna().astype(int)\n"
        )


def name_of(feature: str) -> str:
    """Return a feature's name for people."""
    return feature.replace("_", " ")


def short_name(publisher: str) -> str:
    """Return a publisher's name for a sentence; an article's title is put in quotes."""
    return publisher if publisher in PUBLISHERS else f"article '{publisher.rstrip('?')}'"


def strengths(rows: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return for each feature the strongest word of each publisher's column, "" where it names none."""
    order, columns = [*STRENGTHS], [*PUBLISHERS, ARTICLES]
    board: dict[str, list[str]] = {feature: [""] * len(columns) for feature in rows["feature"]}
    for row in rows.itertuples():
        place = columns.index(row.published_by) if row.published_by in PUBLISHERS else len(columns) - 1
        here = board[row.feature][place]
        if not here or order.index(row.strength) < order.index(here):
            board[row.feature][place] = row.strength
    return {feature: tuple(found) for feature, found in board.items()}
