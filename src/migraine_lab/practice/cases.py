"""Invented people, one at a time: the student names the headache, the criteria that decide answer her."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets

from migraine_lab import data
from migraine_lab.data.written_cases import Case
from migraine_lab.models import diagnosis

from . import answers, look

UNASKED = "Choose one"
STOP = "A red flag: the exercise ends here, this person needs a doctor now"
NO_NAME = "No name yet: too little is known"
FLAG = (diagnosis.RED_FLAG,)
STATES = {diagnosis.FAILED: "not met", diagnosis.UNKNOWN: "not known"}
SHORT = {"B_drug": "enough days with a medicine"}
"""Words for a criterion whose own would name every medicine and its days."""
Codes = tuple[str, ...]
"""Codes of an answer; an empty one means that no name can be given yet."""


class Cases(look.Box):
    """The people of a lesson, e.g. ``Cases("01")``. One may choose again; the score counts first tries only."""

    def __init__(self, lesson: str = "01") -> None:
        self.lesson, self.title = lesson, "What would you call it?"
        self.people = data.cases(lesson)
        self.first: dict[str, bool] = {}
        self.place = 0
        self.story = look.text(spoken=True)
        self.choice = widgets.Dropdown(options=options(self.people), description=self.title)
        self.choice.add_class("mlp-ask").add_class("mlp-line")
        self.choice.layout = widgets.Layout(width="100%", height="auto")
        self.feedback, self.score = look.text(spoken=True), look.text(spoken=True)
        self.check = look.button("Check my answer")
        self.back, self.forward = look.button("Previous person"), look.button("Next person")
        self.again = look.button("Start again")
        self.check.on_click(lambda _: self._answered())
        self.back.on_click(lambda _: self.go(self.place - 1))
        self.forward.on_click(lambda _: self.go(self.place + 1))
        self.again.on_click(lambda _: self.restart())
        steps = widgets.HBox(
            [self.check, self.back, self.forward, self.again],
            layout=widgets.Layout(flex_flow="row wrap", margin="0 0 6px 0"),
        )
        super().__init__([self.story, self.choice, steps, self.feedback, self.score])
        self.go(0)

    @property
    def case(self) -> Case:
        """The person on screen."""
        return self.people[self.place]

    def go(self, place: int) -> None:
        """Show the person at this place, counted from 0."""
        self.place = min(max(place, 0), len(self.people) - 1)
        number = f"Person {self.place + 1} of {len(self.people)}"
        look.show(
            self.story,
            f"<p><strong>{number}: {look.escape(self.case.title)}</strong></p>"
            f"<p>{look.escape(self.case.vignette)}</p>",
        )
        look.show(self.feedback, "")
        self.choice.value = UNASKED
        self.back.disabled = self.place == 0
        self.forward.disabled = self.place == len(self.people) - 1
        self._show_score()

    def restart(self) -> None:
        """Forget this round's answers and begin with the first person."""
        self.first = {}
        self.go(0)

    def _answered(self) -> None:
        """Judge the choice; the first one counts."""
        chosen = self.choice.value
        if chosen == UNASKED:
            look.show(self.feedback, "<p>Choose an answer first.</p>")
            return
        right, said = judge(self.case, chosen)
        self.first.setdefault(self.case.case_id, right)
        why = decides(self.case, chosen)
        more = f'<p class="mlp-quiet">{look.escape(why)}</p>' if why else ""
        look.show(self.feedback, look.verdict(right, look.escape(said)) + more)
        self._show_score()
        if len(self.first) == len(self.people):
            answers.keep_score(f"{self.lesson}-cases", self.first)

    def _show_score(self) -> None:
        look.first_tries(self.score, self.first, len(self.people))


def options(people: Sequence[Case]) -> list[tuple[str, Codes | str]]:
    """Every answer that is right or tempting for anybody, so that the list gives nothing away about one person.

    Names come in the order of the classification, the two answers without a name last.
    """
    given = dict.fromkeys(
        codes for case in people for codes in (case.codes, *(one.codes for one in case.wrong))
    )
    named = sorted(codes for codes in given if codes and codes != FLAG)
    rest = [codes for codes in ((), FLAG) if codes in given]
    return [(UNASKED, UNASKED), *((label(codes), codes) for codes in (*named, *rest))]


def label(codes: Codes) -> str:
    """Say an answer, e.g. "1.3 Chronic migraine, and 8.2 Medication-overuse headache"."""
    if codes == FLAG:
        return STOP
    names = dict(diagnosis.codes())
    return ", and ".join(f"{code} {names[code]}" for code in codes) if codes else NO_NAME


def judge(case: Case, chosen: Codes) -> tuple[bool, str]:
    """(right, what to say) for an answer."""
    if chosen == case.codes:
        return True, case.explanation
    own = {one.codes: one.because for one in case.wrong}
    return False, own.get(chosen) or _otherwise(case, chosen)


def _otherwise(case: Case, chosen: Codes) -> str:
    """Answer a choice for which the case has no words of its own."""
    if case.codes == FLAG:
        return "A name can wait. Read the story once more: something in it has to be looked at first."
    if chosen == FLAG:
        return "Caution is never foolish. But nothing in the story is on the list of warning signs."
    if not chosen:
        return "It takes courage to say so. Here enough is known: the criteria give it a name."
    if set(chosen) & set(case.codes):
        return "Part of it is right. Which names hold together?"
    return "Not by the criteria; see which lines decide, and choose again."


def decides(case: Case, chosen: Codes) -> str:
    """Name the lines of the criteria that speak for or against an answer, as the model reads them.

    It never names the right answer to somebody who gave another one.
    """
    found = diagnosis.classify(case.features)
    if found.red_flags:
        return f"Red flags here: {_listed([one.label for one in found.red_flags])}."
    if chosen == FLAG:
        unknown = len(found.flags_not_asked)
        return f"No red flag was told{f'; not asked about: {unknown}' if unknown else ''}."
    if not chosen:
        return "All lines of a name are met here. Which one?"
    said = [_lines(found, code) for code in chosen]
    if set(chosen) < set(case.codes):
        said.append("The lines of another name are met as well.")
    elif all(_met(found, code) for code in chosen) and chosen != case.codes:
        said.append("But another name says more.")
    return " ".join(said)


def _met(found: diagnosis.Diagnosis, code: str) -> bool:
    return all(one.state == diagnosis.MET for one in found.of(code))


def _lines(found: diagnosis.Diagnosis, code: str) -> str:
    """The lines of one disorder in short: those not met, else those not known, else that all are met."""
    lines = found.of(code)
    if _met(found, code):
        letters = dict.fromkeys(_letter(one) for one in lines)
        return f"{code}, met: {'line' if len(letters) == 1 else 'lines'} {_listed(list(letters))}."
    state = next(state for state in STATES if any(one.state == state for one in lines))
    open_ = [
        f"line {_letter(one)} ({SHORT.get(one.criterion, one.label)})" for one in lines if one.state == state
    ]
    return f"{code}, {STATES[state]}: {'; '.join(open_)}."


def _letter(one: diagnosis.Finding) -> str:
    """The letter of a criterion; parts of one (B_drug, C_day) go by its letter."""
    return one.criterion.split("_")[0]


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
