"""One person's features, and which criteria of which headache they meet: what a diagnosis is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

import ipywidgets as widgets
import pandas as pd

from migraine_lab import data
from migraine_lab.explore import person_controls as person
from migraine_lab.explore.controls import dropdown
from migraine_lab.explore.explorer import Explorer
from migraine_lab.figures.criteria_board import ABSENT, FLAG, MET, BoardView, CriteriaBoard, Group, Line
from migraine_lab.figures.style import Look
from migraine_lab.models import diagnosis
from migraine_lab.models.criteria import ANY_OF, FLAGS, book

OWN, BEST = "own", "best"
LETTERS = {
    "B_drug": "B", "B_exclusion": "B, shut out", "C_day": "C, such a day is",
}  # fmt: skip
SIDE = 310
"""Width of the column of controls on a page, CSS pixels."""
LINES = {False: 18, True: 9}
"""Lines of the board on a page and on a slide."""
TEACHES = "It shows how criteria are read; it diagnoses nobody."


class Diagnosis(Explorer):
    """Set what is known of a person; criteria light up, and the disorders that are met or nearly met are named.

    Keyword arguments set features (``hours=3``, ``aura=False``) or a written case (``case="sinus"``); what is not set is not
    known.
    """

    title: ClassVar[str] = "Which criteria are met?"
    columns: ClassVar[Mapping[str, str]] = {
        "disorder": "disorder", "code": "code", "criterion": "criterion", "label": "what it asks for",
        "state": "state", "needed": "conditions needed", "have": "conditions met", "unknown": "not known",
    }  # fmt: skip
    view_only = ("case", "board", "group")
    on_slide = ("case", "attacks", "hours", "nausea_or_vomiting")
    recipe_columns: ClassVar[Mapping[str, str]] = {"needed": "needed", "have": "have"}
    recipe_key = "finding_id"

    def __init__(self, **state: Any) -> None:
        self._cases = {one.case_id: one for one in data.cases("01")}
        self._found: tuple[dict[str, Any], diagnosis.Diagnosis] | None = None
        super().__init__(**state)

    # -- controls --------------------------------------------------------------------------------------------------
    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the written case, whose criteria to show, what to ask about, and a control for each feature."""
        first = next(iter(self._cases.values()))
        features = diagnosis.features()
        groups = list(dict.fromkeys(one.group for one in features))
        needed = {
            one.name: [
                case.features[one.name]
                for case in self._cases.values()
                if case.features.get(one.name) is not None
            ]
            for one in features
            if one.kind == "number"
        }
        controls: dict[str, widgets.Widget] = {
            "case": dropdown(
                "Person", [*((one.title, one.case_id) for one in self._cases.values()), ("one of my own", OWN)]
            ),
            "board": dropdown(
                "Criteria of", [("what fits best", BEST), *((f"{code} {name}", code) for code, name in diagnosis.codes()),
                                ("warning signs", FLAGS)]
            ),
            "group": dropdown("Ask about", groups, value=groups[1]),
        }  # fmt: skip
        for feature in features:
            made = person.control(feature, needed.get(feature.name, ()))
            made.value = person.value(first.features, feature.name)
            controls[feature.name] = made
        return controls

    def adapt(self, name: str) -> None:
        """Fill in a written case when it is chosen; a feature changed by hand makes the person one's own."""
        case = self._cases.get(self.value("case"))
        if name == "case" and case:
            for feature in diagnosis.features():
                self.controls[feature.name].value = person.value(case.features, feature.name)
        elif name not in self.view_only and case and self.value(name) != person.value(case.features, name):
            self.controls["case"].value = OWN

    def visible(self, name: str) -> bool:
        """Return True for the features of the group that is asked about; on a slide for the few that stand there."""
        if name in self.view_only or self.live.drawing.look.presenting:
            return True
        return bool(diagnosis.feature(name).group == self.value("group"))

    def known(self) -> dict[str, Any]:
        """Return the features that are set, as the model takes them."""
        found = {one.name: person.answer(self.value(one.name)) for one in diagnosis.features()}
        return {name: value for name, value in found.items() if value is not None}

    def found(self) -> diagnosis.Diagnosis:
        """Return what the criteria say of the person now."""
        known = self.known()
        if self._found is None or self._found[0] != known:
            self._found = (known, diagnosis.classify(known))
        return self._found[1]

    def make_evidence(self) -> pd.DataFrame:
        """Return one row a criterion: its state, how many of its conditions are needed and met, what is not known."""
        rows = [
            {
                "finding_id": f"{one.code} {one.criterion}", "disorder": one.disorder, "code": one.code,
                "criterion": one.criterion, "label": one.label, "state": one.state, "needed": one.needed,
                "have": one.have, "unknown": ", ".join(one.unknown), "source_id": one.source_ids[0],
            }
            for one in self.found().findings
        ]  # fmt: skip
        return pd.DataFrame(rows)

    # -- picture ---------------------------------------------------------------------------------------------------
    def _arrange(self) -> list[widgets.Widget]:
        head, controls, _more, about, tabs, *rest = super()._arrange()
        self._first = controls
        self._side = widgets.HBox([controls, tabs])
        return [head, about, self._side, *rest]

    def look_changed(self) -> None:
        """Put the controls beside the picture on a page, above it on a slide."""
        slide = self.screen.look().presenting
        self._side.layout = widgets.Layout(
            flex_flow="column" if slide else "row", align_items="stretch" if slide else "flex-start"
        )
        self._first.layout = widgets.Layout(
            width="auto" if slide else f"{SIDE}px", flex="0 0 auto", flex_flow="row wrap", overflow="visible"
        )
        self._tabs.layout = widgets.Layout(flex="1 1 0%", min_width="0")
        for name, control in self.controls.items():
            own = slide or name in self.view_only
            control.layout.width = "auto" if slide else f"{SIDE - 24}px"
            control.style.description_width = "initial" if own else "140px"

    def make_drawing(self, look: Look) -> CriteriaBoard:
        """Return the board, narrower on a page, where the controls stand beside it."""
        width = look.width if look.presenting else look.width - SIDE
        return CriteriaBoard(look.with_(width=width), LINES[look.presenting])

    def view(self) -> BoardView:
        """Return the disorders to show: those met and nearest first, or the one chosen; warning signs alone if one is there."""
        found, board = self.found(), self.value("board")
        if board == FLAGS or (board == BEST and found.red_flags):
            return BoardView((_flags(found),))
        if board != BEST:
            return BoardView((_group(found, board, in_full=not self.screen.look().presenting),))
        near = [one.code for one in found.nearest]
        met = [one.code for one in found.all_met]
        lacks = Counter(one.code for one in found.findings if one.state != diagnosis.MET)
        rest = sorted(
            (
                code
                for code, _ in diagnosis.codes()
                if code not in (*met, *near) and _comes_in_question(code, lacks)
            ),
            key=lambda code: lacks[code],
        )
        return BoardView(tuple(_group(found, code) for code in (*met, *near, *rest)[:4]))

    # -- words -----------------------------------------------------------------------------------------------------
    def about(self) -> str:
        """Return the written case, or that the person is the student's own; and that it diagnoses nobody."""
        case = self._cases.get(self.value("case"))
        return (
            f"{case.vignette} (An invented person.) {TEACHES}" if case else f"A person of your own. {TEACHES}"
        )

    def say(self) -> str:
        """Name what is met and why, what is nearly met and what separates it; stop where a warning sign is there."""
        found, slide = self.found(), self.live.drawing.look.presenting
        if found.red_flags:
            signs = ", ".join(one.label for one in found.red_flags)
            return (
                f"Stop: {'a warning sign is' if len(found.red_flags) == 1 else 'warning signs are'} there ({signs}). "
                f"Another cause has to be looked for before any criterion is counted. {TEACHES}"
            )
        names = " and ".join(_named(one) for one in found.all_met)
        words = [
            f"{names}: all criteria are met."
            if names
            else "No diagnosis yet: no disorder has all its criteria met."
        ]
        if found.subtypes:
            words.append(f"The overuse is of the kind {' and '.join(found.subtypes)}.")
        if found.nearest:
            near = found.nearest[0]
            words.append(
                f"{'Next' if names else 'Nearest'} is {_named(near)}: {near.missing[0]}{_more(near)}."
            )
        if not slide:
            words.extend(found.notes)
            if found.flags_not_asked:
                count, all_flags = len(found.flags_not_asked), len(book().criteria[FLAGS]) - 1
                words.append(f"Of {all_flags} warning signs {count} have not been asked about.")
        return " ".join([*words, TEACHES])

    def recipe(self) -> str:
        """Return the lines that classify these features and count the conditions in pandas."""
        known = ",\n         ".join(f"{name!r}: {value!r}" for name, value in self.known().items())
        return (
            "import pandas as pd\n"
            "from migraine_lab.models import diagnosis\n\n"
            f"known = {{{known}}}  # everything else is not known\n"
            "found = diagnosis.classify(known)\n"
            "parts = pd.DataFrame([{'finding_id': f'{one.code} {one.criterion}', 'needed': one.needed, 'met': state == 'met'}\n"
            "                      for one in found.findings for _, state in one.parts])\n"
            "rows = parts.groupby('finding_id', sort=False).agg(needed=('needed', 'first'), have=('met', 'sum'))\n"
            "rows = rows.reset_index()\n"
        )


def _comes_in_question(code: str, lacks: Mapping[str, int]) -> bool:
    """Whether a disorder may fill the board: not a kind of what is not met, nor one that has given way to another name."""
    parent = diagnosis.PART_OF.get(code)
    return bool(lacks[code]) and code not in diagnosis.PROBABLE and not (parent and lacks[parent])


def _named(one: diagnosis.Named | diagnosis.Near) -> str:
    return f"{one.name} ({one.code})"


def _more(near: diagnosis.Near) -> str:
    rest = len(near.missing) - 1
    return f", and {rest} more {'criterion' if rest == 1 else 'criteria'}" if rest else ""


def _group(found: diagnosis.Diagnosis, code: str, in_full: bool = False) -> Group:
    findings = found.of(code)
    failed = sum(one.state == diagnosis.FAILED for one in findings)
    unknown = sum(one.state == diagnosis.UNKNOWN for one in findings)
    lacks = [f"{failed} not met"] * bool(failed) + [f"{unknown} not known"] * bool(unknown)
    standing = "all met" if not lacks else ", ".join(lacks)
    if any(one.code == code for one in found.nearest):
        standing = f"nearly: {standing}"
    return Group(f"{code}  {findings[0].disorder}", standing, tuple(_line(one, in_full) for one in findings))


def _line(one: diagnosis.Finding, in_full: bool) -> Line:
    letter = LETTERS.get(one.criterion, one.criterion)
    if one.criterion in ANY_OF and not in_full:  # a line for each medicine would fill the board
        taken = [words for words, state in one.parts if state == MET]
        return Line(
            letter, one.state, ", ".join(taken) or "one class of medicine too often, by its own limit"
        )
    if len(one.parts) == 1:
        return Line(letter, one.state, one.label)
    asks = (
        "all of these" if one.needed == len(one.parts) else f"at least {one.needed} of these {len(one.parts)}"
    )
    return Line(letter, one.state, f"{asks}: {one.have} met", one.parts)


def _flags(found: diagnosis.Diagnosis) -> Group:
    findings = found.of(FLAGS)
    first = sorted(findings, key=lambda one: one.state != diagnosis.MET)
    standing = "stop: the exercise ends here" if found.red_flags else "none is there"
    states = {diagnosis.MET: FLAG, diagnosis.FAILED: ABSENT}
    lines = tuple(Line("", states.get(one.state, one.state), one.label) for one in first)
    return Group("Warning signs", standing, lines)
