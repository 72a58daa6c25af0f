"""A lesson as an nbgrader assignment: each exercise becomes an answer cell with its solution marked, and a test cell.

nbgrader's own steps make the rest: `generate_assignment` takes the marked lines out, `autograde` runs the test cells.
The cell metadata are those of nbgrader's schema 3 (https://nbgrader.readthedocs.io/en/stable/contributor_guide/metadata.html).
"""

from __future__ import annotations

import ast
import difflib
import re
from typing import Any

import nbformat

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
TO_MEND = "# To mend: "
_SOLUTION = re.compile(r"```python\n(.*)\n```", re.DOTALL)
_TAG = re.compile(r"exercise-(\d\d-\w+)")
_SCHEMA = {"schema_version": 3, "task": False, "cell_type": "code"}


def assignment(notebook: Any) -> Any:
    """Return the notebook with its exercises as nbgrader cells; folded solutions are gone. Changes the notebook given."""
    solutions = {
        _exercise(cell): _SOLUTION.search(cell.source)
        for cell in notebook.cells
        if "solution" in cell.metadata.get("tags", [])
    }
    cells = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "solution" in tags:
            continue
        cells.append(cell)
        if "exercise" in tags:
            exercise = _exercise(cell)
            solution = solutions[exercise]
            assert solution is not None, exercise
            cells.append(_made_gradable(cell, exercise, solution[1]))
    notebook.cells = cells
    return notebook


def answer_source(starter: str, solution: str) -> str:
    """Return the answer cell: the solution's statements, those that differ marked, the starter's beside them as a comment.

    The value that is checked is named ``answer`` first, so that a test can read it whatever a student computed.
    """
    before, after = (_statements(code) for code in (starter, solution))
    lines: list[str] = []
    steps = difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    for kind, a, b, c, d in steps:
        if kind == "equal":
            lines += after[c:d]
            continue
        lines += [TO_MEND + line for statement in before[a:b] for line in statement.splitlines()]
        lines += [BEGIN, *after[c:d], END]
    exercise = re.search(r'practice\.check\("([\w-]+)"', solution)
    assert exercise is not None
    return "\n".join([*lines, f'practice.check("{exercise[1]}", answer)'])


def _statements(code: str) -> list[str]:
    """Return the top statements of a cell as written; the last one, the check, becomes ``answer = ...``."""
    body = ast.parse(code).body
    lines = code.splitlines()
    found = ["\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in body[:-1]]
    check = body[-1]
    assert isinstance(check, ast.Expr) and isinstance(check.value, ast.Call), code
    value = ast.get_source_segment(code, check.value.args[1])
    return [*found, f"answer = {value}"]


def _exercise(cell: Any) -> str:
    return next(match[1] for tag in cell.metadata.tags if (match := _TAG.fullmatch(tag)))


def _made_gradable(cell: Any, exercise: str, solution: str) -> Any:
    """Make the starter cell an answer cell in place and return its test cell."""
    cell.source = answer_source(cell.source, solution)
    cell.metadata["nbgrader"] = {
        **_SCHEMA,
        "grade_id": exercise,
        "grade": False,
        "solution": True,
        "locked": False,
    }
    test = nbformat.v4.new_code_cell(  # type: ignore[no-untyped-call]
        # Taken out of the room, so that an exercise left open is not judged by the answer to the one before.
        f'verdict = practice.judge("{exercise}", globals().pop("answer", None))\n'
        "assert verdict.right, verdict.sentence",
        id=f"{cell.id}-test",
        metadata={
            "nbgrader": {
                **_SCHEMA,
                "grade_id": f"{exercise}-test",
                "grade": True,
                "solution": False,
                "locked": True,
                "points": 1,
            }
        },
    )
    test.metadata["slideshow"] = {"slide_type": "skip"}
    test.metadata["jupyterlab-slideshow"] = {"layer": "none"}
    return test
