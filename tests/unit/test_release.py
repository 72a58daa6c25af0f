"""Copies to hand out: what students and instructors get, what is refused, and nbgrader's own steps over one lesson."""

from __future__ import annotations

import ast
import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from typer.testing import CliRunner

from migraine_lab.publish import grading
from migraine_lab.publish.cli import app
from migraine_lab.publish.release import ReleaseError, release
from tests.unit.notebook_files import NOTEBOOKS, read, tags

NAMES = [path.name for path in NOTEBOOKS]
WITH_EXERCISES = [path for path in NOTEBOOKS if any("exercise" in tags(cell) for cell in read(path).cells)]
LESSON = "06_reading_a_response_rate"


@pytest.fixture(scope="module")
def student(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "student"
    release("student", out)
    return out


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "course"
    release("instructor", out, nbgrader=True)
    return out


def notebooks(folder: Path) -> dict[str, Any]:
    return {path.name: read(path) for path in sorted(folder.rglob("*.ipynb"))}


def nbgrader_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if "nbgrader" in cell.metadata]


# -- students and instructors ------------------------------------------------------------------------------------------
def test_students_get_every_lesson_without_solutions_and_notes(student: Path) -> None:
    copies = notebooks(student)
    assert list(copies) == NAMES
    for path in NOTEBOOKS:
        given, own = copies[path.name], read(path)
        text = "\n".join(cell.source for cell in given.cells)
        assert "A solution</summary>" not in text
        assert "For the instructor</summary>" not in text
        kept = {cell.id for cell in given.cells}
        for cell in own.cells:
            hidden = "solution" in tags(cell) or "<summary>For the instructor" in cell.source
            assert (cell.id in kept) != hidden, cell.id
    assert "never advise a patient" in (student / "README.md").read_text(encoding="utf-8")


def test_students_copies_run_a_starter_and_hold_no_output_but_a_checked_one(student: Path) -> None:
    for notebook in notebooks(student).values():
        nbformat.validate(notebook)
        for cell in notebook.cells:
            if cell.cell_type == "code" and "nbval-check-output" not in tags(cell):
                assert not cell.outputs
    starters = [cell for cell in notebooks(student)[f"{LESSON}.ipynb"].cells if "exercise" in tags(cell)]
    assert len(starters) >= 4


def test_instructors_get_solutions_and_notes(tmp_path: Path) -> None:
    written = release("instructor", tmp_path / "out")
    assert [path.name for path in written] == NAMES
    for path in NOTEBOOKS:
        assert [c.source for c in read(tmp_path / "out" / path.name).cells] == [
            c.source for c in read(path).cells
        ]


def test_an_empty_folder_that_is_there_is_used(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert len(release("student", tmp_path / "out")) == len(NAMES)


# -- refusals: one sentence, nothing written ---------------------------------------------------------------------------
def test_what_is_in_a_folder_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ReleaseError, match="is not empty, and nothing in it is overwritten"):
        release("student", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("inside", ["", "copies", "../notebooks/deep/er"])
def test_the_lessons_themselves_are_no_place_for_copies(inside: str) -> None:
    place = NOTEBOOKS[0].parent / inside
    with pytest.raises(ReleaseError, match="holds the lessons themselves"):
        release("student", place)
    assert not (NOTEBOOKS[0].parent / "deep").exists()


def test_a_file_and_a_folder_out_of_reach_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ReleaseError, match="is a file"):
        release("student", tmp_path / "file")
    with pytest.raises(ReleaseError, match="could not be written"):
        release("student", tmp_path / "file" / "under")


def test_a_failed_run_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []

    def full(*arguments: Any) -> None:
        written.append(arguments)
        if len(written) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(nbformat, "write", full)
    with pytest.raises(ReleaseError, match="No space left on device"):
        release("student", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--for", "everyone"], "--for student or --for instructor"),
        (["--for", "student", "--nbgrader"], "nbgrader makes the students' version itself"),
    ],
)
def test_the_command_says_in_one_sentence_what_it_cannot_do(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    result = CliRunner().invoke(app, ["release", str(tmp_path / "out"), *arguments])
    assert result.exit_code == 1
    assert words in result.output
    assert len(result.output.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_the_command_writes_and_counts(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["release", str(tmp_path / "out"), "--for", "student"])
    assert result.exit_code == 0
    assert f"{len(NAMES)} lessons for the student are in" in result.output


# -- nbgrader ----------------------------------------------------------------------------------------------------------
def test_each_exercise_is_an_answer_cell_and_a_test_cell_of_one_point(course: Path) -> None:
    made = notebooks(course)
    assert list(made) == [path.name for path in WITH_EXERCISES]
    for path in WITH_EXERCISES:
        notebook = made[path.name]
        nbformat.validate(notebook)
        exercises = sum("exercise" in tags(cell) for cell in read(path).cells)
        kinds = [
            (cell.metadata.nbgrader.solution, cell.metadata.nbgrader.grade)
            for cell in nbgrader_cells(notebook)
        ]
        assert kinds == [(True, False), (False, True)] * exercises
        assert all(cell.metadata.nbgrader.points == 1 for cell in nbgrader_cells(notebook)[1::2])
        assert not any("solution" in tags(cell) for cell in notebook.cells)


def test_each_answer_cell_is_the_solution_with_the_line_to_mend_beside_it(course: Path) -> None:
    for notebook in notebooks(course).values():
        for cell in nbgrader_cells(notebook)[::2]:
            ast.parse(cell.source)
            lines = cell.source.splitlines()
            assert lines.count(grading.BEGIN) == lines.count(grading.END) >= 1
            assert any(line.startswith(grading.TO_MEND) for line in lines)
            assert lines[-1].endswith(", answer)")
            # What stays for the student is whole statements: nothing is torn out of the middle of one.
            outside, keep = [], True
            for line in lines:
                keep = line != grading.BEGIN and (keep or line == grading.END)
                outside += [line] if keep else []
            ast.parse("\n".join(outside))


def test_a_value_computed_in_the_check_itself_is_part_of_the_solution() -> None:
    made = grading.answer_source('x = 1\npractice.check("06-a", x)', 'x = 1\npractice.check("06-a", x + 1)')
    assert made.splitlines() == [
        "x = 1", "# To mend: answer = x", grading.BEGIN, "answer = x + 1", grading.END, 'practice.check("06-a", answer)'
    ]  # fmt: skip


def test_links_to_other_lessons_are_words_where_there_are_no_other_lessons(course: Path) -> None:
    made = notebooks(course)
    assert not any(".ipynb)" in cell.source for notebook in made.values() for cell in notebook.cells)
    assert any("Before this: 00 Start here" in cell.source for cell in made[f"{LESSON}.ipynb"].cells)


def test_nbgrader_makes_the_students_version_and_marks_a_solved_and_an_open_one(
    course: Path, tmp_path: Path
) -> None:
    place = Path(shutil.copytree(course, tmp_path / "course"))
    for other in (place / "source").iterdir():
        if other.name != LESSON:
            shutil.rmtree(other)
    # nbgrader calls a command that was installed beside it.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {
        **os.environ,
        "PATH": path,
        "MIGRAINE_LAB_HOME": str(tmp_path / "home"),
        "HOME": str(tmp_path),
    }

    def run(*words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *words], cwd=place, env=environment, capture_output=True, text=True, check=False
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]

    run("generate_assignment", LESSON)
    released = place / "release" / LESSON / f"{LESSON}.ipynb"
    text = released.read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    source = nbgrader_cells(read(place / "source" / LESSON / f"{LESSON}.ipynb"))[::2]
    assert text.count("raise NotImplementedError()") == len(source)

    answers = {cell.metadata.nbgrader.grade_id: cell.source for cell in source}
    for who, solved in (("ada", len(source)), ("eve", 1), ("sam", 0)):
        shutil.copytree(released.parent, place / "submitted" / who / LESSON)
        theirs = place / "submitted" / who / LESSON / released.name
        notebook = read(theirs)
        for cell in nbgrader_cells(notebook)[: 2 * solved : 2]:
            cell.source = answers[cell.metadata.nbgrader.grade_id]
        nbformat.write(notebook, theirs)
    run("autograde", LESSON)
    run("export")
    with (place / "grades.csv").open(encoding="utf-8") as file:
        marks = {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}
    assert marks == {"ada": len(source), "eve": 1, "sam": 0}
