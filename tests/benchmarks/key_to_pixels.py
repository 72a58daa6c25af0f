"""From the key going down to the new picture on the screen, in Chromium within JupyterLab.

Three sliders in one notebook, pressed in turn: the flagship explorer, the same figure through ``interact`` and the
inline backend, and an echo (a slider whose value Python writes into a label): the floor under any round trip.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

from tests.benchmarks.lines import Line, Timing
from tests.benchmarks.python_steps import ROWS
from tests.browser.lab_server import LabServer
from tests.browser.notebook_page import NotebookPage, chromium_path, launch

PRESSES = 40
FLOOR_BUDGET, INTERACT_BUDGET = 1.6, 1 / 3.5

SETUP = """
%matplotlib inline
import ipywidgets
from IPython.display import display
from migraine_lab import explore
from migraine_lab.figures.response_rates import ResponseRatesFigure
from migraine_lab.figures.style import Look
"""
RATES = f"""
rates = explore.ResponseRates(rows_per_page={ROWS}, claim="own", sort="year")
rates
"""
INTERACT = f"""
kept = explore.ResponseRates(rows_per_page={ROWS}, claim="own", sort="year")
look = rates.live.drawing.look


def draw(claim):
    view = kept.view().__class__(**{{**vars(kept.view()), "claim": claim, "claim_label": f"claim: {{claim}} %"}})
    drawing = ResponseRatesFigure(look, {ROWS})
    drawing.update(view)
    display(drawing.figure)


box = ipywidgets.interactive(draw, claim=ipywidgets.IntSlider(value=75, min=0, max=100, description="interact"))
box.add_class("bench-interact")
box
"""
ECHO = """
slider, label = ipywidgets.IntSlider(value=75, min=0, max=100, description="echo"), ipywidgets.Label("75")
slider.observe(lambda change: setattr(label, "value", f"now {change['new']}"), names="value")
echo = ipywidgets.VBox([slider, label])
echo.add_class("bench-echo")
echo
"""
KINDS = {
    "explorer": (".ml-explorer", "[role=slider][aria-label='Claimed rate, %']", ".ml-picture img"),
    "interact": (".bench-interact", "[role=slider]", ".jp-OutputArea img"),
    "echo": (".bench-echo", "[role=slider]", ".widget-label:last-child"),
}

WATCH = """([root, handle, target]) => {
  const box = document.querySelector(root);
  const state = () => { const one = box.querySelector(target); return one && (one.src || one.textContent); };
  const old = state();
  window.pressed = null;
  window.painted = null;
  box.querySelector(handle).addEventListener('keydown', () => { window.pressed = performance.now(); },
    {capture: true, once: true});
  const observer = new MutationObserver(async () => {
    if (window.pressed === null || !state() || state() === old) return;
    observer.disconnect();
    const one = box.querySelector(target);
    // the frame that holds the new page: the message arrives right after its callback's frame is painted
    const frame = new Promise((done) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      channel.port2.postMessage(null);
    }));
    // and the picture in it: shown once it is decoded, which the frame waits for
    await Promise.all([frame, one.decode ? one.decode() : null]);
    window.painted = performance.now();
  });
  observer.observe(box, {subtree: true, childList: true, attributes: true, characterData: true});
  return null;
}"""


def notebook() -> nbformat.NotebookNode:
    """The notebook with the three sliders."""
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (SETUP, RATES, INTERACT, ECHO)]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def press(page: NotebookPage, kind: str, key: str) -> float:
    """Press ``key`` on one kind's slider; return milliseconds to the painted change."""
    root, handle, target = KINDS[kind]
    slider = page.page.locator(f"{root} {handle}").first
    slider.evaluate("(one) => { one.scrollIntoView({block: 'start'}); one.focus({preventScroll: true}); }")
    page.page.wait_for_timeout(250)  # scrolled and painted: what follows measures the press alone
    page.page.evaluate(WATCH, [root, handle, target])
    page.page.keyboard.press(key)
    page.page.wait_for_function("() => window.painted !== null")
    return float(page.page.evaluate("() => window.painted - window.pressed"))


def measure() -> dict[str, Timing]:
    """Open the notebook and press each slider in turn, PRESSES times each."""
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder) / "root"
        root.mkdir()
        nbformat.write(notebook(), root / "bench.ipynb")
        browser = launch(playwright)
        with LabServer(root, Path(folder) / "home") as server:
            page = NotebookPage(browser, server.url, "bench.ipynb", {"width": 1600, "height": 1200})
            page.run_all()
            if errors := page.cell_errors():
                raise RuntimeError("; ".join(errors))
            for root_class, handle, _target in KINDS.values():
                page.page.locator(f"{root_class} {handle}").first.wait_for(state="attached")
            page.page.wait_for_timeout(2000)
            for turn in range(PRESSES + 3):
                for kind in KINDS:
                    took = press(page, kind, "ArrowRight" if turn % 40 < 20 else "ArrowLeft")
                    if turn >= 3:
                        times[kind].append(took)
            if page.faults:
                raise RuntimeError("; ".join(page.faults))
            page.page.close()
        browser.close()
    return {kind: Timing(kind, tuple(took)) for kind, took in times.items()}


def lines() -> list[Line]:
    """Compare the explorer with the floor and with interact; nothing where there is no browser."""
    if chromium_path() is None:
        return []
    found = measure()
    explorer = Timing("explorer, key to pixels", found["explorer"].times)
    return [
        Line(explorer, Timing("echo slider", found["echo"].times), FLOOR_BUDGET),
        Line(explorer, Timing("interact + inline", found["interact"].times), INTERACT_BUDGET),
    ]
