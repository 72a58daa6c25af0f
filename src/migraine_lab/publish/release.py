"""Copies of the lessons to hand out: for students without solutions and notes, for instructors with both, or for nbgrader.

Everything is derived from the notebooks of the project when it is asked for; nothing derived is stored with them.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat

from migraine_lab.publish import grading
from migraine_lab.publish.lab import LabError, project_root

AUDIENCES = ("student", "instructor")
LINK = re.compile(r"\[([^\]]+)\]\(\d\d_\w+\.ipynb\)")
"""A link to another lesson: it leads nowhere from the folder of a single assignment."""

READ_ME = """# migraine-lab, {kind}

Lessons of migraine-lab {version}. They teach how to read evidence; they never advise a patient.

To run them, set up the project as its own README says, copy this folder into the project's folder, and open it in
JupyterLab (`make lab`). Begin with lesson 00, go from cell to cell with Shift + Enter, and guess before you look.
"""
GRADING = """# migraine-lab, nbgrader course

`source/` holds one assignment a lesson, made from migraine-lab {version}. In this folder, with the project's environment
activated (`source .venv/bin/activate`), run

    nbgrader generate_assignment LESSON
    nbgrader autograde LESSON

with the name of a folder in `source/`. Students and the grading machine need migraine-lab installed. Each exercise gives
one point; the line to mend is shown to the student as a comment.
"""
CONFIG = 'c = get_config()  # noqa: F821\n\nc.CourseDirectory.course_id = "migraine-lab"\n'


class ReleaseError(RuntimeError):
    """The copies cannot be made; the text is one sentence for the instructor: what, where, what to do."""


def release(audience: str, out: Path, *, nbgrader: bool = False) -> list[Path]:
    """Write clean copies of all lessons into the new or empty folder ``out`` and return their paths.

    audience: "student" (starters, no solutions, no notes) or "instructor" (with both). nbgrader: the instructor's version
    for nbgrader, one assignment a lesson that has exercises. Raises ReleaseError where it cannot be done; the folder is
    put in its place in one step, so a failed run leaves nothing behind.
    """
    if audience not in AUDIENCES:
        raise ReleaseError(f"There is no release for {audience!r}: say --for student or --for instructor.")
    if nbgrader and audience == "student":
        raise ReleaseError(
            "nbgrader makes the students' version itself: use --for instructor --nbgrader, "
            "then nbgrader generate_assignment."
        )
    try:
        lessons = project_root() / "notebooks"
    except LabError as problem:
        raise ReleaseError(str(problem).replace("migraine-lab lab", "migraine-lab release")) from None
    place = out.expanduser().resolve()
    _refuse(place, lessons)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".release-", dir=place.parent) as made:
            written = list(
                _course(lessons, Path(made)) if nbgrader else _copies(lessons, Path(made), audience)
            )
            if place.exists():
                place.rmdir()
            shutil.copytree(made, place)
    except OSError as error:
        raise ReleaseError(
            f"{place} could not be written ({error.strerror or error}): name a folder that you may write to."
        ) from None
    return [place / path for path in written]


def student_copy(notebook: Any) -> Any:
    """Return the lesson without solutions and without the instructor's notes."""
    return _kept(notebook, lambda cell: not _has_tag(cell, "solution") and not _is_note(cell))


def _copies(lessons: Path, place: Path, audience: str) -> Iterator[Path]:
    for path in sorted(lessons.glob("*.ipynb")):
        notebook = _read(path)
        _write(student_copy(notebook) if audience == "student" else notebook, place / path.name)
        yield Path(path.name)
    (place / "README.md").write_text(_filled(READ_ME, f"the {audience}'s copy"), encoding="utf-8")


def _course(lessons: Path, place: Path) -> Iterator[Path]:
    for path in sorted(lessons.glob("*.ipynb")):
        notebook = _read(path)
        if not any(_has_tag(cell, "solution") for cell in notebook.cells):
            continue
        assignment = grading.assignment(_kept(notebook, lambda cell: not _is_note(cell)))
        for cell in assignment.cells:
            if cell.cell_type == "markdown":
                cell.source = LINK.sub(r"\1", cell.source)
        name = Path("source", path.stem, path.name)
        (place / name).parent.mkdir(parents=True)
        _write(assignment, place / name)
        yield name
    (place / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    (place / "README.md").write_text(_filled(GRADING), encoding="utf-8")


def _read(path: Path) -> Any:
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]


def _write(notebook: Any, path: Path) -> None:
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def _filled(text: str, kind: str = "") -> str:
    from importlib.metadata import version

    return text.format(kind=kind, version=version("migraine-lab"))


def _refuse(place: Path, lessons: Path) -> None:
    if place == lessons or lessons in place.parents or place in lessons.parents:
        raise ReleaseError(
            f"{place} holds the lessons themselves or lies among them: name a folder elsewhere for the copies."
        )
    if place.exists() and not place.is_dir():
        raise ReleaseError(f"{place} is a file: name a new folder for the copies.")
    if place.is_dir() and any(place.iterdir()):
        raise ReleaseError(
            f"{place} is not empty, and nothing in it is overwritten: name a new folder or empty this one."
        )


def _kept(notebook: Any, wanted: Callable[[Any], bool]) -> Any:
    notebook.cells = [cell for cell in notebook.cells if wanted(cell)]
    return notebook


def _has_tag(cell: Any, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


def _is_note(cell: Any) -> bool:
    return cell.metadata.get("slideshow", {}).get("slide_type") == "notes"
