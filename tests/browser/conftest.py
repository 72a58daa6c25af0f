"""One browser and one JupyterLab for all browser tests; no Chromium means skipped, and failed in CI."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from tests.browser.lab_server import LabServer
from tests.browser.notebook_page import ExplorerOnPage, NotebookPage, chromium_path, launch

HERE = Path(__file__).resolve().parent
NOTEBOOKS = HERE.parents[1] / "notebooks"
FLAGSHIP = "flagship.ipynb"


def flagship_notebook() -> nbformat.NotebookNode:
    """A notebook with one flagship explorer, so that its controls are walked from a known start."""
    code = nbformat.v4.new_code_cell
    cells = [
        nbformat.v4.new_markdown_cell("# One explorer", metadata={"slideshow": {"slide_type": "slide"}}),
        code("from migraine_lab import explore", metadata={"slideshow": {"slide_type": "skip"}}),
        code("explore.ResponseRates()", metadata={"slideshow": {"slide_type": "slide"}}),
    ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, without a window."""
    if chromium_path() is None:
        reason = "no chromium, chromium-browser or google-chrome on the search path"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}: in CI the browser tests must run")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory, browser):
    """JupyterLab on a copy of the lessons, with nothing of the user's."""
    folder = tmp_path_factory.mktemp("lab")
    root = folder / "project"
    root.mkdir()
    if NOTEBOOKS.is_dir():
        shutil.copytree(NOTEBOOKS, root / "notebooks")
    nbformat.write(flagship_notebook(), root / FLAGSHIP)
    with LabServer(root, folder / "home") as server:
        yield server


@pytest.fixture
def no_faults():
    """Collects pages; at the end of the test none of their consoles may hold an error."""
    pages: list[NotebookPage] = []
    yield pages
    said = [fault for page in pages for fault in page.faults]
    for page in pages:
        page.faults.clear()
    assert not said


@pytest.fixture(scope="module")
def flagship_page(browser, lab):
    """The flagship's notebook, run, shared by a module's tests (each puts the explorer back to its start)."""
    page = NotebookPage(browser, lab.url, FLAGSHIP, {"width": 1400, "height": 1000})
    page.run_all()
    page.page.wait_for_selector(".ml-explorer .ml-picture img", state="attached")
    yield page
    page.page.close()


@pytest.fixture
def flagship(flagship_page, no_faults):
    """The flagship explorer at its start."""
    no_faults.append(flagship_page)
    root = flagship_page.page.locator(".ml-explorer").first
    explorer = ExplorerOnPage(flagship_page.page, root)
    root.scroll_into_view_if_needed()
    explorer.reset()
    return explorer
