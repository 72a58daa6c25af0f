"""Every code cell of a lesson runs alone, right after the setup cell, in any order."""

import contextlib
import io

import matplotlib.pyplot as plt
import pytest
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets import Widget

from tests.unit.notebook_files import NOTEBOOKS, code_cells, name, read, tags


def every_cell():
    for path in NOTEBOOKS:
        setup, *rest = [cell for _, cell in code_cells(read(path))]
        for cell in [setup, *rest]:
            yield pytest.param(setup.source, cell, id=f"{name(path)}-{cell.id}")


@pytest.fixture
def shell(monkeypatch):
    """A fresh IPython without history, in this process: a kernel a cell would cost seconds."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(colors="nocolor")
    shell.history_manager.enabled = False
    monkeypatch.setattr("builtins.input", lambda *_: pytest.fail("a lesson must not wait at a prompt"))
    yield shell
    Widget.close_all()
    plt.close("all")
    shell.history_manager.end_session()
    InteractiveShell.clear_instance()


def run(shell, source):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        result = shell.run_cell(source, store_history=False)
    return result, printed.getvalue()


@pytest.mark.parametrize(("setup", "cell"), [*every_cell()])
def test_cell_runs_right_after_setup(shell, setup, cell):
    result, printed = run(shell, setup)
    assert result.success, printed
    if "setup" in tags(cell):
        return
    result, printed = run(shell, cell.source)
    if "raises-exception" in tags(cell):
        assert not result.success, "the cell is tagged raises-exception but runs"
    else:
        assert result.success, printed
