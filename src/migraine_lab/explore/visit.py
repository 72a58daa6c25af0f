"""A supervised ketamine visit, step by step: what is done, what is checked and why, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data
from migraine_lab.explore import visit_card
from migraine_lab.explore.controls import dropdown, next_button, slider
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures.style import Look
from migraine_lab.figures.visit import NONE, NOTED, SAYS, SILENT, UNREAD, CourseView, Step, VisitCourse

BOTH, ARTICLES, GUIDELINE = "both", "articles", "guideline"
WHOSE = [("everybody's", BOTH), ("the articles'", ARTICLES), ("the 2018 guideline's", GUIDELINE)]
NOT_READ = "not read here"
"""Words by which the table says that the guideline has something on a step that could not be read."""
SLIDE_ROWS = 4
TEACHES = "It shows what is written about such a visit; it gives nobody a treatment and advises nobody."


class Visit(Explorer):
    """Go through a supervised visit; each step shows the articles' words beside the guideline's, and the harms."""

    title: ClassVar[str] = "A supervised ketamine visit, step by step"
    columns: ClassVar[Mapping[str, str]] = {
        "step": "step", "stage": "part of the visit", "claims": "claims of the articles", "says": "what the source is read for",
        "figure": "figure", "source_id": "source",
    }  # fmt: skip
    view_only = ("step", "part")
    on_slide = ("step", "part")
    recipe_columns: ClassVar[Mapping[str, str]] = {"claims": "claims"}
    recipe_key = "row_id"

    def __init__(self, **state: Any) -> None:
        steps = data.table("visit_steps").sort_values("order").reset_index(drop=True)
        steps["articles"] = steps["claim_ids"] != ""
        steps["guideline"] = ~steps["guideline_says"].str.contains(NOT_READ, regex=False)
        self._steps = steps
        self._records = [
            {str(name): value for name, value in row.items()} for row in steps.to_dict("records")
        ]
        self._gaps = int((steps["conflict"] != "").sum())
        super().__init__(**state)

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the step, whose steps are meant, and on a slide which part of the card is open."""
        return {
            "whose": dropdown("Whose steps", WHOSE),
            "step": slider("Step", 1, len(self._steps), 1),
            "part": dropdown("Show", visit_card.PARTS),
        }

    def actions(self) -> list[widgets.Widget]:
        """Return the button that goes on to the next step."""
        return [next_button("Next step", self.controls["step"])]

    def visible(self, name: str) -> bool:
        """Return True; but a page has room for the whole card, so only a slide asks for a part of it."""
        return bool(name != "part" or self.live.drawing.look.presenting)

    def beside(self) -> list[widgets.Widget]:
        """Return the card of the chosen step, under the picture."""
        self._card = widgets.HTML()
        return [self._card]

    def _told(self, step: Mapping[str, Any]) -> bool:
        whose = self.value("whose")
        return whose == BOTH or bool(step[whose])

    def _step(self) -> dict[str, Any]:
        return self._records[self.value("step") - 1]

    def make_evidence(self) -> pd.DataFrame:
        """Return a row for each step and source, with the number of the articles' claims, and the harms of each step."""
        rows = []
        for step in filter(self._told, self._records):
            where = {name: step[name] for name in ("step_id", "order", "stage", "step")}
            claims = step["claim_ids"].count("c")
            for source in visit_card.source_ids(step):
                says = step["guideline_says"] if source == visit_card.GUIDELINE else step["others_say"]
                rows.append({**where, "row_id": f"{step['step_id']} {source}", "claims": claims, "says": says,
                             "figure": "", "source_id": source})  # fmt: skip
            rows.extend(
                {**where, "row_id": f"{step['step_id']} {risk.safety_id}", "claims": None, "says": risk.fact,
                 "figure": risk.figure, "source_id": risk.source_id}
                for risk in visit_card.harms(step["step_id"]).itertuples()
            )  # fmt: skip
        return pd.DataFrame(rows).astype({"claims": float})

    # -- picture ---------------------------------------------------------------------------------------------------
    def make_drawing(self, look: Look) -> VisitCourse:
        """Return the course: every step on a page, the steps around the chosen one on a slide."""
        return VisitCourse(look, SLIDE_ROWS if look.presenting else len(self._steps))

    def view(self) -> CourseView:
        """Return the steps with how each text stands to them; those that the chosen teller leaves out are muted."""
        steps = (Step(one["stage"], one["step"], _standings(one), self._told(one)) for one in self._records)
        return CourseView(tuple(steps), self.value("step") - 1)

    def refresh(self) -> None:
        """Draw the choice and open the chosen step's card."""
        super().refresh()
        part = self.value("part") if self.live.drawing.look.presenting else None
        self._card.value = visit_card.card(self._step(), part)

    # -- words -----------------------------------------------------------------------------------------------------
    def about(self) -> str:
        """Return what the picture is, and that it gives nobody a treatment."""
        return f"Pieced together from several texts; no single source prescribes this visit. {TEACHES}"

    def say(self) -> str:
        """Name the step, say whether the chosen teller has it, and where the texts part."""
        step, slide = self._step(), self.live.drawing.look.presenting
        first = f"Step {step['order']} of {len(self._steps)}, {step['stage']}: {_low(step['step'])}."
        gap = f"Apart or missing: {_low(step['conflict'])}." if step["conflict"] else ""
        if slide:
            return gap or f"{first} No difference between the texts was noted. {self._left_out(step)}".strip()
        gap = gap or "No difference between the texts was noted here."
        return " ".join(one for one in (first, self._left_out(step), gap, self._summary()) if one)

    def _left_out(self, step: Mapping[str, Any]) -> str:
        whose = self.value("whose")
        if whose == ARTICLES and not step["articles"]:
            return "The articles leave this step out."
        if whose == GUIDELINE and not step["guideline"]:
            return "The guideline's own words on this step were not read, so nothing is said for it."
        return ""

    def _summary(self) -> str:
        steps, whose = self._steps, self.value("whose")
        if whose == ARTICLES:
            names = steps.loc[~steps["articles"], "step"]
            told = f"The articles speak of {len(steps) - len(names)} of {len(steps)} steps"
            return f"{told}, not of {' and '.join(names.map(_low))}." if len(names) else f"{told}."
        if whose == GUIDELINE:
            return (
                f"For {steps['guideline'].sum()} of {len(steps)} steps the guideline's statement could be read, in texts "
                "about it; the other steps are not missing from it, they were not read."
            )
        return f"At {self._gaps} of {len(steps)} steps the texts pull apart, or leave something out."

    def recipe(self) -> str:
        """Return the lines that pair steps with sources and count the articles' claims in pandas."""
        keep = {
            BOTH: "",
            ARTICLES: "steps = steps[steps['claim_ids'] != '']\n",
            GUIDELINE: f"steps = steps[~steps['guideline_says'].str.contains('{NOT_READ}')]\n",
        }[self.value("whose")]
        return (
            "from migraine_lab import data\n\n"
            "steps = data.table('visit_steps')\n"
            f"{keep}"
            "sources = steps['source_id'] + ';' + steps['further_source_ids']\n"
            "rows = steps.assign(source_id=sources.str.strip(';').str.split(';')).explode('source_id')\n"
            "rows['row_id'] = rows['step_id'] + ' ' + rows['source_id']\n"
            "rows['claims'] = rows['claim_ids'].str.count('c')  # the articles' claims on that step\n"
        )


def _low(words: str) -> str:
    return words[0].lower() + words[1:]


def _standings(step: Mapping[str, Any]) -> tuple[str, ...]:
    """How the articles, the guideline and the others stand to a step, and whether they part."""
    return (
        SAYS if step["articles"] else SILENT,
        SAYS if step["guideline"] else UNREAD,
        SAYS if step["others_say"] else SILENT,
        NOTED if step["conflict"] else NONE,
    )
