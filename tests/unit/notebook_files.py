"""The lessons as files: what the tests of their form and of their cells both need."""

from pathlib import Path

import nbformat

NOTEBOOKS = sorted(p for p in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def name(path):
    """Short id of a notebook for test names."""
    return path.stem


def read(path):
    """Return the notebook as stored, without any upgrade in passing."""
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def tags(cell):
    """Tags of a cell."""
    return set(cell.metadata.get("tags", []))


def code_cells(notebook):
    """Return (position, cell) of each code cell."""
    return [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
