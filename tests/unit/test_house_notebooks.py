"""The form of a lesson file: short cells, no stored outputs, slides on every cell, stable ids."""

import re

import nbformat
import pytest

from migraine_lab.publish import slideshow
from tests.unit.notebook_files import NOTEBOOKS, code_cells, name, read, tags

# What tests and exporters act on, then the parts of a lesson, then an exercise's own name.
KNOWN_TAGS = {
    "setup", "exercise", "solution", "raises-exception", "hide-input", "remove-input",
    "nbval-skip", "nbval-ignore-output", "nbval-check-output",
    "predict", "explorer", "reading", "card", "check", "quiz", "beliefs", "map", "recap", "sources",
}  # fmt: skip
EXERCISE_NAME = re.compile(r"exercise-\d\d-[a-z_]+")

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name)


def test_lessons_sort_in_teaching_order():
    assert NOTEBOOKS, "there are no lessons"
    assert NOTEBOOKS[0].name == "00_start_here.ipynb"
    assert all(re.fullmatch(r"\d\d_[a-z0-9_]+", path.stem) for path in NOTEBOOKS)


def test_readme_lists_every_lesson():
    readme = (NOTEBOOKS[0].parents[1] / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `notebooks/(\w+\.ipynb)` \|", readme, re.MULTILINE) == [p.name for p in NOTEBOOKS]


@each_notebook
def test_is_a_valid_notebook_for_the_python3_kernel(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}


@each_notebook
def test_cell_ids_are_unique_and_readable(path):
    ids = [cell.id for cell in read(path).cells]
    assert len(set(ids)) == len(ids)
    # Ids that a program draws change at each rewrite and make every difference unreadable.
    drawn = [i for i in ids if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}-.*)?", i)]
    assert not drawn


@each_notebook
def test_code_cells_are_at_most_eight_lines(path):
    for i, cell in code_cells(read(path)):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= 8, (
            f"cell {i} ({cell.id}) has {len(lines)} lines: move what is machinery to the package"
        )


@each_notebook
def test_outputs_are_not_stored_unless_compared(path):
    for i, cell in code_cells(read(path)):
        if "nbval-check-output" in tags(cell):
            assert cell.outputs, f"cell {i} ({cell.id}) is to be compared but has no stored output"
        else:
            assert not cell.outputs, f"cell {i} ({cell.id}) has stored outputs"
            assert cell.execution_count is None, f"cell {i} ({cell.id}) has an execution count"


@each_notebook
def test_every_cell_says_what_it_is_on_the_slides(path):
    notebook = read(path)
    silent = [cell.id for cell in notebook.cells if "slideshow" not in cell.metadata]
    assert not silent
    assert not slideshow.faults(notebook)


@each_notebook
def test_first_cell_is_the_title_and_one_setup_cell_imports(path):
    notebook = read(path)
    assert re.match(r"# \S", notebook.cells[0].source)
    code = code_cells(notebook)
    setup = [i for i, cell in code if "setup" in tags(cell)]
    assert setup == [code[0][0]], "the first code cell, and no other, is tagged setup"
    late = [cell.id for _, cell in code[1:] if re.search(r"^\s*(import|from) ", cell.source, re.MULTILINE)]
    assert not late, f"imports outside the setup cell: {late}"


@each_notebook
def test_tags_are_known_and_cells_have_no_magic(path):
    for i, cell in enumerate(read(path).cells):
        unknown = {tag for tag in tags(cell) - KNOWN_TAGS if not EXERCISE_NAME.fullmatch(tag)}
        assert not unknown, f"cell {i} ({cell.id})"
    for i, cell in code_cells(read(path)):
        assert not re.search(r"^\s*[%!]", cell.source, re.MULTILINE), f"cell {i} ({cell.id}) uses a magic"


@each_notebook
def test_pictures_have_text_alternatives(path):
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"!\[\s*\]\(|<img(?![^>]*\balt=)", cell.source), cell.id


@each_notebook
def test_each_named_exercise_has_one_starter_and_one_solution(path):
    parts = {}
    for cell in read(path).cells:
        for tag in tags(cell):
            if EXERCISE_NAME.fullmatch(tag):
                parts.setdefault(tag, []).append(tags(cell) & {"exercise", "solution"})
    assert all(found == [{"exercise"}, {"solution"}] for found in parts.values()), parts
