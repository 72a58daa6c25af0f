"""EvidenceBrief: choose a question, read its brief, write the notes on certainty, save it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ipywidgets as widgets

from migraine_lab.practice import answers, look

from . import drafts, files
from .brief import Brief
from .chooser import Chooser
from .facts_for_notes import NOTES, facts
from .page import within
from .questions import Question, every_question, find, rows_of
from .together import why_not_beside

ONE, KEPT, OUTCOMES = (
    "this brief",
    "all briefs for which I have written notes",
    "every outcome of this comparison",
)
START = {"people": "attack", "treatment": "rimegepant", "outcome": "pain_free", "dose": "75 mg"}


class EvidenceBrief(look.Box):
    """A brief of one page on a question that the data can answer.

    Words or keys of the question may be given: ``EvidenceBrief(treatment="ketamine", outcome="sustained_2_points")``;
    what is not named takes the best covered choice. NoQuestion (a ValueError) says what there is instead.
    ``folder`` is where files go; the folder of the notebook unless said otherwise.
    """

    title = "Your evidence brief"

    def __init__(self, folder: str | Path = ".", **question: str) -> None:
        start = find(**(question or START))
        self.chooser = Chooser(start, self._asked)
        self.more = widgets.ToggleButton(value=False, description="Also show a second comparison")
        self.more.add_class("mlp-button")
        self.also = Chooser(start, self._also_asked, told="Also: ")
        self.also.layout.display = "none"
        self.more.observe(lambda _change: self._also_opened(), names="value")
        self.refusal, self.page = look.text(spoken=True), look.text()
        self.notes = {note.key: self._note(f"{note.name}. {note.ask}") for note in NOTES}
        self.hints = {note.key: look.text() for note in NOTES}
        self.author = widgets.Text(
            description="Name on the page (may stay empty; it is not kept)", placeholder="your name"
        )
        self.author.add_class("mlp-ask")
        self.author.continuous_update = False
        self.author.observe(lambda _change: self._show(), names="value")
        self.folder = widgets.Text(
            value=str(Path(folder).expanduser().resolve()), description="Folder for the files"
        )
        self.folder.add_class("mlp-ask").add_class("mlp-wide")
        for field in (self.author, self.folder):
            field.layout = widgets.Layout(width="100%", height="auto")
        self.which = widgets.Dropdown(options=[ONE, KEPT, OUTCOMES], description="What to save")
        self.which.add_class("mlp-ask").add_class("mlp-line")
        self.which.layout = widgets.Layout(width="100%", height="auto")
        self.save_page, self.save_sources = look.button("Save as HTML"), look.button("Save BibTeX")
        self.save_page.on_click(lambda _: self._save("html"))
        self.save_sources.on_click(lambda _: self._save("bib"))
        self.links = look.button("Make download links", "Links that hand the files to your browser")
        self.links.on_click(lambda _: self._link())
        self.bar = widgets.IntProgress(
            min=0, max=1, description="Saving", layout=widgets.Layout(display="none", width="60%")
        )
        self.saved = look.text(spoken=True)
        self._filling = False
        noted = [one for note in NOTES for one in (self.notes[note.key], self.hints[note.key])]
        row = widgets.HBox(
            [self.save_page, self.save_sources, self.links], layout=widgets.Layout(flex_flow="row wrap")
        )
        super().__init__(
            [
                _heading("1. The question"), self.chooser, self.more, self.also, self.refusal,
                _heading("2. The brief"), self.page,
                _heading("3. How certain is it? Your notes"), *noted,
                _heading("4. Keep it"), self.author, self.which, self.folder, row, self.bar, self.saved,
            ]
        )  # fmt: skip
        self._asked()

    def _note(self, words: str) -> widgets.Textarea:
        field = widgets.Textarea(description=words, rows=2, continuous_update=False)
        field.add_class("mlp-ask").add_class("mlp-wide")
        field.layout = widgets.Layout(width="100%", height="auto")
        field.observe(lambda _change: self._noted(), names="value")
        return field

    # -- the question ----------------------------------------------------------------------------------------------
    @property
    def question(self) -> Question:
        """The question chosen."""
        return self.chooser.question

    @property
    def second(self) -> Question | None:
        """The second question where one is shown: only one that may stand beside the first."""
        if not self.more.value or why_not_beside(rows_of(self.question), rows_of(self.also.question)):
            return None
        return self.also.question

    @property
    def brief(self) -> Brief:
        """The brief as it stands now."""
        written = {key: field.value for key, field in self.notes.items()}
        return Brief(self.question, self.second, written, self.author.value)

    def _asked(self) -> None:
        """Take another question: its kept notes come back, and the facts behind each note are made anew."""
        self._filling = True
        try:
            for key, text in drafts.notes_of(self.question).items():
                self.notes[key].value = text
        finally:
            self._filling = False
        kept = drafts.second_of(self.question)
        if kept is not None:
            self.also.set(kept)
            self.more.value = True
        elif not self.more.value:
            self.also.set(self.question)
        told = facts(rows_of(self.question))
        for key, hint in self.hints.items():
            look.show(
                hint,
                f'<p class="mlp-quiet">{look.escape(told[key])}</p>' if key in told else "",
                spoken=False,
            )
        look.show(self.saved, "")
        self._show()

    def _also_opened(self) -> None:
        self.also.layout.display = "" if self.more.value else "none"
        if self.more.value and self.also.question == self.question:
            self.also.set(neighbour(self.question) or self.question)
        self._show()

    def _also_asked(self) -> None:
        self._show()
        if self.second is not None and any(field.value.strip() for field in self.notes.values()):
            self._keep()

    def _show(self) -> None:
        reason = ""
        if self.more.value:
            reason = why_not_beside(rows_of(self.question), rows_of(self.also.question))
        look.show(
            self.refusal,
            f"<p><strong>Not shown together.</strong> {look.escape(reason)}</p>" if reason else "",
        )
        self.page.value = within(self.brief)

    # -- notes and files -------------------------------------------------------------------------------------------
    def _noted(self) -> None:
        if not self._filling:
            self._keep()
            self._show()

    def _keep(self) -> None:
        drafts.keep(self.question, {key: field.value for key, field in self.notes.items()}, self.second)
        trouble = answers.notice()
        look.show(self.saved, f"<p>{look.escape(trouble or 'Your notes are kept as a draft.')}</p>")

    def chosen_briefs(self) -> list[Brief]:
        """What a save writes: this brief, the kept ones, or one for every outcome of the comparison on screen."""
        if self.which.value == KEPT:
            return drafts.kept_briefs(self.author.value)
        if self.which.value == OUTCOMES:
            name = self.author.value
            return [Brief(one, notes=drafts.notes_of(one), author=name) for one in outcomes_of(self.question)]
        return [self.brief]

    def _save(self, kind: str) -> None:
        briefs = self.chosen_briefs()
        if not briefs:
            look.show(self.saved, "<p>No notes are kept yet: write one, and its brief is kept with it.</p>")
            return
        paths, trouble = [], ""
        for step in self._with_bar(files.save_all(briefs, kind, self.folder.value or ".")):
            trouble = step.trouble
            paths += [step.path] if step.path else []
        said = "".join(f"<li>{look.escape(path)}</li>" for path in paths)
        many = f"Saved {len(paths)} of {len(briefs)}" if len(briefs) > 1 else "Saved"
        head = f"<p>{many}:</p><ul>{said}</ul>" if paths else ""
        if kind == "html" and paths:
            head += "<p>Open it in a browser; from there it prints, to paper or to a PDF file.</p>"
        look.show(self.saved, head + (f"<p>{look.escape(trouble)}</p>" if trouble else ""))

    def _with_bar(self, steps: Iterator[files.Step]) -> Iterator[files.Step]:
        """Show how far a long export has come; a single file needs no bar."""
        for step in steps:
            if step.of > 1:
                self.bar.max, self.bar.value, self.bar.layout.display = step.of, step.number, ""
                self.bar.description = f"{step.number} of {step.of}"
            yield step
        self.bar.layout.display = "none"

    def _link(self) -> None:
        links = "".join(f"<li>{files.download_link(self.brief, kind)}</li>" for kind in files.KINDS)
        look.show(self.saved, f"<p>This brief, for your browser's downloads:</p><ul>{links}</ul>")


def neighbour(question: Question) -> Question | None:
    """Another treatment's question that may stand beside this one, None where the data hold none."""
    here, shared = rows_of(question), ("people", "outcome", "comparator", "studies")
    for other in every_question():
        alike = all(getattr(other, level) == getattr(question, level) for level in shared)
        if alike and other.treatment != question.treatment and not why_not_beside(here, rows_of(other)):
            return other
    return None


def outcomes_of(question: Question) -> list[Question]:
    """One question an outcome that this comparison in these people has."""
    shared = ("people", "treatment", "comparator", "studies")
    return [
        one
        for one in every_question()
        if all(getattr(one, level) == getattr(question, level) for level in shared)
    ]


def _heading(words: str) -> widgets.HTML:
    heading = look.text(f'<p role="heading" aria-level="3"><strong>{look.escape(words)}</strong></p>')
    heading.layout.margin = "14px 0 0"
    return heading
