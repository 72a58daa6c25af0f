"""The practice room: is everything here, what lessons are there, which sources does a lesson rest on."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
from collections.abc import Iterable
from pathlib import Path

from migraine_lab import data
from migraine_lab.data import package

from . import answers, look, words
from .questions import QuizError, folder

NEEDED = ("jupyterlab", "ipywidgets", "matplotlib", "pandas", "scipy", "statsmodels")
SLIDESHOW = "jupyterlab-slideshow"


def version(name: str) -> str | None:
    """Return the installed version of a package, or None."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def findings() -> list[tuple[bool, str]]:
    """(well, sentence) for Python, the packages, the data, the slides and the answers file."""
    found = [(True, f"Python {platform.python_version()} is running.")]
    versions = {name: version(name) for name in NEEDED}
    missing = [name for name, number in versions.items() if number is None]
    listed = ", ".join(f"{name} {number}" for name, number in versions.items() if number)
    found.append(
        (
            not missing,
            f"Missing: {', '.join(missing)}. Run the setup again." if missing else f"Found {listed}.",
        )
    )
    found.append(_data_finding())
    slides = version(SLIDESHOW)
    found.append(
        (
            slides is not None,
            f"The slideshow is there ({SLIDESHOW} {slides})."
            if slides
            else f"{SLIDESHOW} is missing: the lessons work, but cannot be shown as slides.",
        )
    )
    found.append(_answers_finding())
    return found


def _data_finding() -> tuple[bool, str]:
    problems = data.check()
    if problems:
        return False, f"The data have {len(problems)} problems. The first one: {problems[0]}"
    sizes = {name: len(data.table(name)) for name in data.tables()}
    trials = f"{sizes['studies']} studies, {sizes['results']} results and {sizes['sources']} sources"
    return True, f"The data are whole: {trials}."


def _answers_finding() -> tuple[bool, str]:
    place = answers.folder()
    there = next(parent for parent in (place, *place.parents) if parent.exists())
    if there.is_dir() and os.access(there, os.W_OK):
        return True, f"Your answers will be kept in {answers.path()}, on this computer only."
    return False, "Your answers cannot be saved here. The lessons work; answers last until you restart."


class CheckUp(look.Box):
    """One press tells whether the course can be used here; that the press is heard is part of the test."""

    title = "Is everything here?"

    def __init__(self) -> None:
        self.press = look.button("Check this computer")
        self.press.on_click(lambda _: self._show())
        self.answer = look.text(
            "<p>Not checked yet. If nothing happens after the press, restart the kernel.</p>"
        )
        super().__init__([self.press, self.answer])

    def _show(self) -> None:
        look.show(self.answer, "<p>Looking \u2026</p>")
        found = [(True, "The button was heard: widgets are alive."), *findings()]
        signs = {True: "\u2713", False: "\u2717 <strong>Look here.</strong>"}
        rows = "".join(f"<li>{signs[well]} {look.escape(text)}</li>" for well, text in found)
        bad = sum(not well for well, _ in found)
        end = "Everything is ready." if not bad else f"{bad} of {len(found)} things need a look."
        look.show(
            self.answer,
            f"<ul style='list-style:none;padding-left:0'>{rows}</ul><p><strong>{end}</strong></p>",
        )


class Forget(look.Box):
    """Delete the kept answers: two presses, so that it does not happen by accident."""

    title = "Forget my answers"

    def __init__(self) -> None:
        self.first = look.button("Forget my answers")
        self.sure = look.button("Yes, delete them")
        self.sure.disabled = True
        self.answer = look.text(f"<p>Your answers are in {look.escape(answers.path())}.</p>", spoken=True)
        self.first.on_click(lambda _: self._ask())
        self.sure.on_click(lambda _: self._delete())
        super().__init__([self.first, self.sure, self.answer])

    def _ask(self) -> None:
        self.sure.disabled = False
        look.show(
            self.answer,
            "<p>All guesses, scores, beliefs and drafts of briefs will be deleted. Press the second button to do it.</p>",
        )

    def _delete(self) -> None:
        if self.sure.disabled:  # the first button was not pressed
            return
        self.sure.disabled = True
        done = answers.forget()
        look.show(
            self.answer,
            "<p>Nothing is kept any more.</p>"
            if done
            else f"<p>{look.escape(answers.path())} could not be deleted here.</p>",
        )


def lessons() -> list[dict[str, str]]:
    """Return the planned lessons: lesson, notebook, question, minutes."""
    try:
        found: list[dict[str, str]] = json.loads((folder() / "course.json").read_text(encoding="utf-8"))[
            "lessons"
        ]
    except (OSError, ValueError, KeyError) as error:
        raise QuizError(f"course.json: {error}") from error
    return found


def course_map(notebooks: Path | None = None) -> None:
    """Show the lessons as a table; those that are in the notebooks folder are links."""
    place = notebooks or Path(package.root()).parent / "notebooks"
    rows = "<tr><th>lesson</th><th>question</th><th>minutes</th></tr>"
    for item in lessons():
        file, named = f"{item['notebook']}.ipynb", look.escape(item["lesson"])
        if (place / file).is_file():
            named = f'<a href="{file}">{named}</a>'
        cells = (named, look.escape(item["question"]), look.escape(item["minutes"]))
        rows += f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    words.page(f'{look.styled()}<div class="mlp-text"><table class="mlp-map">{rows}</table></div>')


def sources(names: Iterable[str]) -> None:
    """Show the sources of these studies, or sources named themselves, as a list made from the data."""
    of_study = data.table("studies").set_index("study_id")["source_id"].to_dict()
    listed = set(data.table("sources")["source_id"])
    wanted = dict.fromkeys(of_study.get(name, name) for name in names)
    unknown = [name for name in wanted if name not in listed]
    if unknown:
        raise KeyError(f"no study and no source is called {', '.join(unknown)}")
    words.markdown("\n".join(f"- {data.cite(source)}" for source in wanted))


def my_guesses(lesson: str) -> None:
    """Show the first guesses of a lesson beside the answers, as a table."""
    kept = {key: entry for key, entry in answers.read()["guesses"].items() if key.startswith(f"{lesson}-")}
    rows = ["| question | your first guess | the answer |", "|---|---|---|"]
    for entry in kept.values():
        if entry.get("truth") is not None:
            unit = entry.get("unit", "")
            rows.append(
                f"| {entry.get('prompt', '')} | {_said(entry.get('first'), unit)} "
                f"| {_said(entry['truth'], unit)} |"
            )
    words.markdown("\n".join(rows) if len(rows) > 2 else "You have not kept a guess in this lesson yet.")


def _said(value: object, unit: str) -> str:
    return f"{words.number(value)}{unit}" if isinstance(value, (int, float)) else str(value)
