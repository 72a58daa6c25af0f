"""The lessons themselves in JupyterLab: they run, their explorers live, and their slides fit the screen."""

from __future__ import annotations

import re

import nbformat
import pytest

from migraine_lab.publish import slideshow
from tests.browser.conftest import NOTEBOOKS
from tests.browser.notebook_page import SLIDE, ExplorerOnPage, NotebookPage

UNNAMED = re.compile(r"- (combobox|slider|checkbox|button|tab|textbox|spinbutton|listbox|radio)\b(?! \")")
START = "00_start_here.ipynb"
LESSONS = [path.name for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.name != START]

OVERFLOW = """(limit) => {
  // Everything that a slide shows and that lies beyond the window, or that would have to be scrolled into view.
  const name = (one) => `${one.tagName.toLowerCase()}.${one.className?.baseVal ?? one.className}`.slice(0, 70)
    + ` "${(one.innerText || one.alt || '').trim().slice(0, 40)}"`;
  const found = [];
  const shown = document.querySelectorAll('.jp-Deck .jp-Cell.jp-deck-mod-onscreen.jp-deck-mod-visible');
  for (const cell of shown) {
    for (const one of [cell, ...cell.querySelectorAll('*')]) {
      if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
      const box = one.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      const leaf = one === cell || one.matches('img, svg, p, li, h1, h2, h3, td, button, select, input, label');
      if (leaf && (box.left < -1 || box.top < -1 || box.right > limit.width + 1 || box.bottom > limit.height + 1))
        found.push(`beyond the window (${Math.round(box.left)},${Math.round(box.top)} to `
          + `${Math.round(box.right)},${Math.round(box.bottom)}): ${name(one)}`);
      const scrolls = (over, inner, outer) => /auto|scroll/.test(over) && inner > outer + 2;
      const style = getComputedStyle(one);
      if (scrolls(style.overflowY, one.scrollHeight, one.clientHeight)
          || scrolls(style.overflowX, one.scrollWidth, one.clientWidth))
        found.push(`needs scrolling (${one.scrollWidth}x${one.scrollHeight} in `
          + `${one.clientWidth}x${one.clientHeight}): ${name(one)}`);
    }
  }
  return found;
}"""
SMALL_TEXT = """() => {
  // Text on the slide in CSS pixels of a 1280 x 720 slide, the smallest size of each cell.
  const found = [];
  const shown = document.querySelectorAll('.jp-Deck .jp-Cell.jp-deck-mod-onscreen.jp-deck-mod-visible');
  for (const cell of shown) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim(), one = walker.currentNode.parentElement;
      if (!text || !one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
      if (one.closest('style, script, .jp-InputArea-editor, sub, sup')) continue;
      const box = one.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      const drawn = one.closest('svg') ? one.getScreenCTM().a : 1; // a picture's own units
      const size = parseFloat(getComputedStyle(one).fontSize) * drawn;
      if (size < 23.9) found.push(`${size} px: ${text.slice(0, 50)}`);
    }
  }
  return found;
}"""


def notebook(name):
    return nbformat.read(NOTEBOOKS / name, as_version=4)


@pytest.fixture(scope="module", params=LESSONS, ids=lambda name: name[:2])
def lesson(request, browser, lab):
    """A lesson, run from top to bottom."""
    page = NotebookPage(browser, lab.url, f"notebooks/{request.param}")
    page.source = notebook(request.param)
    page.run_all()
    yield page
    page.page.close()


def unnamed(page):
    """Controls in a notebook's outputs that a screen reader could not name."""
    outputs = page.page.locator(".jp-Notebook .jp-OutputArea-output:has(.jupyter-widgets)")
    trees = [outputs.nth(at).aria_snapshot() for at in range(outputs.count())]
    assert trees
    return [line.strip() for tree in trees for line in tree.splitlines() if UNNAMED.match(line.strip())]


@pytest.fixture(scope="module")
def start(browser, lab):
    """Lesson 00, run from top to bottom."""
    page = NotebookPage(browser, lab.url, f"notebooks/{START}")
    page.run_all()
    yield page
    page.page.close()


def test_first_lesson_runs(start, no_faults):
    no_faults.append(start)
    assert start.cell_errors() == []
    assert unnamed(start) == []


def test_keys_in_practice_leave_the_notebook_alone(start, no_faults):
    """Without any explorer on the page, JupyterLab's own keys must not fire from inside a list or a button."""
    no_faults.append(start)
    cells = start.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    for kind in ("select", "button"):
        start.page.locator(f".jp-OutputArea-output .jupyter-widgets {kind}:visible").first.focus()
        for key in ("a", "b", "d", "d"):
            start.page.keyboard.press(key)
        start.page.wait_for_timeout(300)
        assert cells.count() == before
        assert start.page.evaluate("() => document.activeElement.tagName.toLowerCase()") == kind


def test_guess_is_kept_and_answered_by_keyboard(lesson, no_faults):
    no_faults.append(lesson)
    numbers = lesson.page.locator(".jp-Notebook .jp-Cell").evaluate_all(
        """(cells) => cells.flatMap((cell, at) => cell.querySelector('.jp-OutputArea input')
          && cell.textContent.includes('Commit my guess') ? [at] : [])"""
    )
    cell = lesson.cell(numbers[0])
    box = cell.locator("input").first
    box.scroll_into_view_if_needed()
    lesson.page.wait_for_timeout(300)
    before = cell.inner_text()
    box.focus()
    lesson.page.keyboard.type("50")
    lesson.page.keyboard.press("Tab")
    cell.get_by_role("button", name="Commit my guess").focus()
    lesson.page.keyboard.press("Enter")
    lesson.page.wait_for_timeout(1500)
    after = cell.inner_text()
    assert after != before
    assert "50" in after
    assert cell.locator("[role=alert], .jp-OutputArea-output[data-mime-type*=error]").count() == 0


def test_lesson_runs_and_shows_its_explorers(lesson, no_faults):
    no_faults.append(lesson)
    assert lesson.cell_errors() == []
    assert unnamed(lesson) == []
    expected = sum("explorer" in cell.metadata.get("tags", []) for cell in lesson.source.cells)
    assert expected >= 3
    explorers = lesson.page.locator(".ml-explorer")
    explorers.first.wait_for(state="attached")
    assert explorers.count() >= expected, "each explorer cell shows an explorer of its own"
    for at in range(explorers.count()):
        picture = explorers.nth(at).locator(".ml-picture img").first
        picture.wait_for(state="attached")
        assert picture.get_attribute("alt")
        assert picture.evaluate("async (one) => { await one.decode(); return one.naturalWidth; }") > 300


def test_every_control_of_every_explorer_answers_to_keys(lesson, no_faults):
    """Each visible list and slider, by keyboard alone: a picture or a sentence comes, never a fault."""
    no_faults.append(lesson)
    roots = lesson.page.locator(".ml-explorer")
    for at in range(roots.count()):
        root = roots.nth(at)
        root.scroll_into_view_if_needed()
        explorer = ExplorerOnPage(lesson.page, root)
        controls = root.locator(".ml-controls select:visible, .ml-controls [role=slider]:visible")
        seen = {explorer.settled(0.2)}
        for number in range(controls.count()):
            control = controls.nth(number)
            if not control.is_visible():
                continue
            control.focus()
            chooses = control.evaluate("(one) => one.tagName") == "SELECT"
            lesson.page.keyboard.press("ArrowDown" if chooses else "ArrowRight")
            seen.add(explorer.settled(0.2))
            assert "could not be drawn" not in explorer.message, explorer.message
            assert explorer.alt == explorer.sentence
        assert len(seen) > 1, f"explorer {at}: no key changed anything"
        explorer.root.get_by_role("button", name="Reset", exact=True).click()
        explorer.settled(0.2)


def walk(page):
    """Go through the show from the first cell, yielding (step, cells shown); fails where it does not end."""
    page.activate(0)
    page.page.wait_for_timeout(300)
    for step in range(80):
        yield step, page.shown()
        if not page.can_go_on():
            return
        page.go_on()
    pytest.fail("the slide show does not end")


@pytest.fixture(scope="module")
def show(lesson):
    """A lesson as a slide show, started with the button while its last cell is active."""
    lesson.page.set_viewport_size(SLIDE)
    lesson.present()
    return lesson


def test_show_started_from_the_last_cell_is_not_empty(show):
    assert show.shown()


def test_every_slide_fits_and_hides_what_is_hidden(show, no_faults):
    no_faults.append(show)
    kinds = [slideshow.slide_type(cell) for cell in show.source.cells]
    seen, wrong = set(), []
    for step, shown in walk(show):
        assert shown, f"step {step} shows nothing"
        assert not [number for number in shown if kinds[number] in slideshow.HIDDEN]
        show.page.wait_for_timeout(150)
        wrong += [f"cells {shown}: {one}" for one in show.page.evaluate(OVERFLOW, SLIDE)]
        wrong += [f"cells {shown}: {one}" for one in show.page.evaluate(SMALL_TEXT)]
        seen.update(shown)
    assert seen == {number for number, kind in enumerate(kinds) if kind not in slideshow.HIDDEN}
    assert not wrong, "\n" + "\n".join(dict.fromkeys(wrong))


def test_slides_fit_a_larger_screen_too(show):
    """The same layout enlarged: text grows with the screen and nothing is cut."""
    large = {"width": 1920, "height": 1080}
    show.page.set_viewport_size(large)
    show.page.wait_for_timeout(800)
    try:
        zoom = show.page.locator(".jp-Deck .jp-Notebook").evaluate("(one) => one.currentCSSZoom")
        assert zoom == pytest.approx(1.5)
        wrong = []
        for _, shown in walk(show):
            show.page.wait_for_timeout(150)
            wrong += [f"cells {shown}: {one}" for one in show.page.evaluate(OVERFLOW, large)]
        assert not wrong, "\n" + "\n".join(dict.fromkeys(wrong))
    finally:
        show.page.set_viewport_size(SLIDE)
        show.page.wait_for_timeout(800)


def test_explorer_on_a_slide_is_alive(show, no_faults):
    no_faults.append(show)
    for _, _shown in walk(show):
        root = show.page.locator(".jp-deck-mod-visible .ml-explorer:visible")
        if root.count() and moves(ExplorerOnPage(show.page, root.first)):
            break
    else:
        pytest.fail("no slide shows an explorer that moves")
    assert show.presenting
    shown = show.shown()
    show.go_on()
    assert show.shown() != shown, "Page Down does not lead on from inside an explorer"


def moves(explorer: ExplorerOnPage) -> bool:
    """Whether one of its controls moves picture or sentence; a vote waits for its button, and a filter may leave page one."""
    controls = explorer.root.locator("select:visible, [role=slider]:visible")
    for at in range(controls.count()):
        before = explorer.settled()
        controls.nth(at).focus()
        # The other way where the first choice is the last of its list, or nothing would move.
        key = controls.nth(at).evaluate(
            """(one) => one.tagName !== 'SELECT' ? 'ArrowRight'
              : one.selectedIndex < one.options.length - 1 ? 'ArrowDown' : 'ArrowUp'"""
        )
        explorer.page.keyboard.press(key)
        try:
            explorer.changed_from(before, seconds=2)
        except AssertionError:
            continue
        else:
            return True
        finally:
            explorer.root.get_by_role("button", name="Reset", exact=True).focus()
    return False


def test_hidden_cells_never_empty_the_screen(show):
    kinds = [slideshow.slide_type(cell) for cell in show.source.cells]
    for number in [at for at, kind in enumerate(kinds) if kind in slideshow.HIDDEN]:
        show.activate(number)
        show.page.wait_for_timeout(60)
        assert show.shown(), f"nothing is shown while cell {number} ({kinds[number]}) is active"
        assert min(show.shown()) < number  # its slide may go on below it


def test_page_opens_for_reading_after_a_show(browser, lab, show):
    assert show.presenting
    other = NotebookPage(browser, lab.url, f"notebooks/{START}")
    other.page.wait_for_timeout(1500)
    assert not other.presenting
    other.page.close()
    show.reload()
    show.page.wait_for_timeout(1500)
    assert not show.presenting
