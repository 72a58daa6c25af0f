"""A notebook open in JupyterLab, as the tests and the benchmark drive it: open, run, find, wait, present."""

from __future__ import annotations

import json
import shutil
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SLIDE = {"width": 1280, "height": 720}

_SHOWN = """() => {
  const cells = [...document.querySelectorAll('.jp-Deck .jp-Notebook .jp-Cell')];
  return cells.flatMap((cell, number) => {
    const has = (state) => cell.classList.contains('jp-deck-mod-' + state);
    return has('onscreen') && has('visible') ? [number] : [];
  });
}"""


def chromium_path() -> str | None:
    """Path of the system's Chromium or Chrome, None where there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """Start the system's browser without a window."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))


class NotebookPage:
    """One browser page with one notebook open; ``faults`` gathers every error of the console, none excused.

    ``url`` is the server's address, ``path`` the notebook below its root, ``size`` the window in CSS pixels.
    """

    _opened = 0

    def __init__(self, browser: Browser, url: str, path: str, size: dict[str, int] | None = None) -> None:
        self.page: Page = browser.new_page(viewport=size or SLIDE)  # type: ignore[arg-type]
        self.page.set_default_timeout(20_000)
        self.faults: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        # A workspace of its own: nothing of another page's layout is restored.
        NotebookPage._opened += 1
        self.address = f"{url}/lab/workspaces/w{NotebookPage._opened}/tree/{path}"
        self.page.goto(self.address)
        self._ready()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.faults.append(f"{message.text} ({where})")

    def _ready(self) -> None:
        self.page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.sessionContext")
        self.page.evaluate(
            "async () => { await jupyterapp.shell.currentWidget.sessionContext.ready; return null; }"
        )
        self.page.wait_for_function(
            "() => { const kernel = jupyterapp.shell.currentWidget.sessionContext.session?.kernel;"
            "        return kernel?.connectionStatus === 'connected'; }"
        )
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")

    def reload(self) -> None:
        """Load the page again, as after closing and reopening the window."""
        self.page.reload()
        self._ready()

    def command(self, name: str, arguments: dict[str, Any] | None = None, *, seconds: float = 20) -> None:
        """Run a command of JupyterLab and wait until it is done."""
        self.page.evaluate(
            """([name, args]) => { window.commandDone = false;
              jupyterapp.commands.execute(name, args).finally(() => { window.commandDone = true; });
              return null; }""",
            [name, arguments or {}],
        )
        self.page.wait_for_function("() => window.commandDone", timeout=seconds * 1000)

    def run_all(self, seconds: float = 150) -> None:
        """Run every cell and wait for the last one."""
        self.command("notebook:run-all-cells", seconds=seconds)

    def cell_errors(self) -> list[str]:
        """Errors in the outputs of the notebook, one line each."""
        return self.page.evaluate(
            """() => jupyterapp.shell.currentWidget.content.widgets.flatMap((cell, number) => {
              const outputs = cell.model.sharedModel.outputs || [];
              return outputs.filter((one) => one.output_type === 'error')
                .map((one) => `cell ${number}: ${one.ename}: ${one.evalue}`);
            })"""
        )

    def activate(self, number: int) -> None:
        """Make cell ``number`` (from 0) the active one."""
        self.page.evaluate(
            "(n) => { jupyterapp.shell.currentWidget.content.activeCellIndex = n; return null; }", number
        )

    def cell(self, number: int) -> Locator:
        """Cell ``number``, counted from 0."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(number)

    def theme(self, name: str) -> None:
        """Switch JupyterLab's theme ("JupyterLab Light", "JupyterLab Dark")."""
        self.command("apputils:change-theme", {"theme": name})
        self.page.wait_for_function("(name) => document.body.dataset.jpThemeName === name", arg=name)

    # -- slides --------------------------------------------------------------------------------------------
    @property
    def presenting(self) -> bool:
        """Whether the slide show runs."""
        return bool(self.page.evaluate("() => document.body.dataset.jpDeckMode === 'presenting'"))

    def present(self) -> None:
        """Start the slide show with the button in the notebook's toolbar."""
        self.page.click(".jp-NotebookPanel-toolbar [data-jp-item-name='deck']")
        self.page.wait_for_selector(".jp-Deck .jp-Cell", state="attached")
        self.page.wait_for_function("() => document.body.dataset.jpDeckMode === 'presenting'")
        # the extension folds the side bars a second after the start, which moves the page once more
        self.page.wait_for_timeout(1300)

    def shown(self) -> list[int]:
        """Numbers of the cells that the current slide shows."""
        return self.page.evaluate(_SHOWN)

    def can_go_on(self) -> bool:
        """Whether the show's own remote control offers a next slide or fragment."""
        arrows = ".jp-Deck-Remote .jp-deck-mod-direction-forward, .jp-Deck-Remote .jp-deck-mod-direction-down"
        return self.page.locator(f":is({arrows}):not(.jp-mod-disabled)").count() > 0

    def go_on(self) -> None:
        """Go one step forward with Page Down, as a presenter's clicker does."""
        self.page.keyboard.press("PageDown")
        self.page.wait_for_timeout(250)


class ExplorerOnPage:
    """One explorer on a page: its picture, sentence, message and controls, found as a reader finds them."""

    def __init__(self, page: Page, root: Locator) -> None:
        self.page = page
        self.root = root
        self.picture = root.locator(".ml-picture img").first

    @property
    def source(self) -> str:
        """The picture itself, as its data address."""
        return self.picture.get_attribute("src") or ""

    @property
    def alt(self) -> str:
        """The picture's text alternative."""
        return " ".join((self.picture.get_attribute("alt") or "").split())

    @property
    def sentence(self) -> str:
        """The sentence that reads the picture."""
        return " ".join(self.root.locator(".ml-sentence").first.inner_text().split())

    @property
    def message(self) -> str:
        """What the explorer says about a choice it cannot show."""
        return self.root.locator(".ml-message").first.inner_text().strip()

    def look(self) -> tuple[str, str, str]:
        """Picture, sentence and message together: what a reader sees."""
        return self.source, self.sentence, self.message

    def idle(self) -> bool:
        """Whether the kernel has nothing left to do."""
        return bool(
            self.page.evaluate(
                "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
            )
        )

    def settled(self, quiet: float = 0.3) -> tuple[str, str, str]:
        """Wait until the kernel rests and nothing has changed for ``quiet`` seconds; return what is seen."""
        seen = self.look()
        for _ in range(60):
            self.page.wait_for_timeout(quiet * 1000)
            now = self.look()
            if now == seen and self.idle():
                return now
            seen = now
        raise AssertionError("the explorer does not come to rest")

    def changed_from(self, before: tuple[str, str, str], seconds: float = 5) -> tuple[str, str, str]:
        """Wait until it differs from ``before`` and rests; raise AssertionError where it does not change."""
        for _ in range(int(seconds / 0.05)):
            if self.look() != before:
                return self.settled(0.2)
            self.page.wait_for_timeout(50)
        raise AssertionError("neither picture nor sentence changed")

    def reset(self) -> None:
        """Press Reset and wait until every control is back where it was when this was first called."""
        self.root.get_by_role("button", name="Reset", exact=True).click()
        self.settled()
        key = self.root.evaluate("(root) => (root.dataset.startValues ??= null)")
        if key in (None, "null"):
            self.root.evaluate(
                "(root, values) => { root.dataset.startValues = values; }", json.dumps(self.values())
            )
            return
        for _ in range(100):
            if self.values() == json.loads(key):
                self.settled(0.2)
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"Reset left {self.values()}, the start was {key}")

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a drop-down list by the words a reader sees."""
        at = self.options(label).index(option)
        self.root.get_by_label(label, exact=True).select_option(index=at)

    def options(self, label: str) -> list[str]:
        """Words of a drop-down list's options (ipywidgets writes them with non-breaking spaces)."""
        texts = self.root.get_by_label(label, exact=True).locator("option").all_inner_texts()
        return [" ".join(text.split()) for text in texts]

    def slider(self, label: str) -> Locator:
        """The handle of a slider by its name."""
        return self.root.get_by_role("slider", name=label, exact=True)

    def values(self) -> dict[str, str]:
        """Every drop-down list's and slider's value by its name."""
        return self.root.evaluate(
            r"""(root) => Object.fromEntries([
              ...[...root.querySelectorAll('select')].map((one) => [one.labels[0]?.textContent.trim(),
                  one.selectedOptions[0]?.textContent.replace(/\s+/g, ' ').trim()]),
              ...[...root.querySelectorAll('[role=slider]')].map((one) => [one.ariaLabel, one.ariaValueText]),
            ])"""
        )
