"""The flagship explorer in a real browser: every control by mouse and keyboard, words, names, no movement."""

import re

import pytest
from playwright.sync_api import expect

# What a control needs before it has something to change.
FIRST = {
    "Claimed rate, %": {"Claim": "a figure of my own"},
    "My guess for the control arms, %": {"Control arms": "shown beside my guess"},
}
UNNAMED = re.compile(r"- (combobox|slider|checkbox|button|tab|textbox|spinbutton|listbox|radio)\b(?! \")")


def open_more(explorer):
    button = explorer.root.get_by_role("button", name="More choices")
    if not explorer.root.get_by_label("Class", exact=True).is_visible():
        button.click()
        expect(explorer.root.get_by_label("Class", exact=True)).to_be_visible()


def prepare(explorer, name):
    for label, option in FIRST.get(name, {}).items():
        explorer.choose(label, option)
    return explorer.settled()


def test_picture_and_words_are_there(flagship):
    assert flagship.source.startswith("data:image/png;base64,")
    assert flagship.alt
    assert flagship.alt == flagship.sentence
    assert flagship.message == ""


def test_every_dropdown_changes_what_is_seen(flagship):
    """Each list, driven by keyboard alone: some of its options change picture or sentence, none breaks it."""
    open_more(flagship)
    lists = flagship.root.locator("select")
    names = lists.evaluate_all("(all) => all.map((one) => one.labels[0].textContent.trim())")
    assert len(names) >= 10
    for name in names:
        flagship.reset()
        before = flagship.settled(0.2)
        box = flagship.root.get_by_label(name, exact=True)
        if len(flagship.options(name)) < 2:
            continue
        box.focus()
        seen = set()
        for _ in range(min(3, len(flagship.options(name)) - 1)):
            flagship.page.keyboard.press("ArrowDown")
            seen.add(flagship.settled(0.2))
            assert "could not be drawn" not in flagship.message, f"{name}: {flagship.message}"
            assert flagship.alt
        assert seen - {before}, f"{name} changes nothing"


@pytest.mark.parametrize("name", ["Claimed rate, %", "My guess for the control arms, %"])
def test_slider_by_keyboard_and_by_mouse(flagship, name):
    before = prepare(flagship, name)
    handle = flagship.slider(name)
    handle.focus()
    value = handle.get_attribute("aria-valuenow")
    flagship.page.keyboard.press("ArrowRight")
    by_key = flagship.changed_from(before)
    assert handle.get_attribute("aria-valuenow") != value
    assert by_key[0] != before[0]
    assert by_key[1] != before[1]
    assert flagship.alt == by_key[1]

    box = handle.bounding_box()
    track = handle.locator("xpath=ancestor::*[contains(@class,'noUi-base')]").bounding_box()
    mouse = flagship.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(track["x"] + track["width"] * 0.25, box["y"] + box["height"] / 2, steps=8)
    mouse.up()
    by_mouse = flagship.changed_from(by_key)
    assert abs(float(handle.get_attribute("aria-valuenow")) - 25) <= 2
    assert by_mouse[0] != by_key[0]
    assert by_mouse[1] != by_key[1]


def test_range_of_years_narrows_the_list(flagship):
    open_more(flagship)
    before = flagship.settled(0.2)
    flagship.slider("Years from").focus()
    for _ in range(8):
        flagship.page.keyboard.press("PageUp")
    after = flagship.changed_from(before)
    assert after[1] != before[1]


def test_many_quick_presses_end_at_the_last_value(flagship):
    prepare(flagship, "Claimed rate, %")
    handle = flagship.slider("Claimed rate, %")
    handle.focus()
    start = float(handle.get_attribute("aria-valuenow"))
    for _ in range(20):
        flagship.page.keyboard.press("ArrowRight")
    settled = flagship.settled()
    assert float(handle.get_attribute("aria-valuenow")) == start + 20
    flagship.page.keyboard.press("ArrowLeft")
    flagship.changed_from(settled)
    flagship.page.keyboard.press("ArrowRight")
    slowly = flagship.settled()
    assert slowly == settled, "a flood of presses ended at another picture than single presses do"


def test_nothing_moves_while_a_slider_moves(flagship):
    prepare(flagship, "Claimed rate, %")
    flagship.slider("Claimed rate, %").focus()
    flagship.page.evaluate(
        """() => {
          const root = document.querySelector('.ml-explorer');
          window.boxes = new Set(); window.watching = true;
          const box = (one) => { const r = one.getBoundingClientRect();
            return [r.x, r.y, r.width, r.height].map((side) => Math.round(side)).join(' '); };
          const look = () => {
            const picture = root.querySelector('.ml-picture img');
            window.boxes.add(box(root) + ' | ' + (picture ? box(picture) : 'no picture'));
            if (window.watching) requestAnimationFrame(look);
          };
          look();
        }"""
    )
    for _ in range(15):
        flagship.page.keyboard.press("ArrowRight")
        flagship.page.wait_for_timeout(60)
    flagship.settled()
    boxes = flagship.page.evaluate("() => { window.watching = false; return [...window.boxes]; }")
    assert len(boxes) == 1, boxes


def test_reset_brings_everything_back(flagship):
    start, values = flagship.settled(0.2), flagship.values()
    flagship.choose("Treatment", "Prevention")
    flagship.changed_from(start)
    flagship.choose("Claim", "a figure of my own")
    before = flagship.settled()
    assert flagship.values() != values
    flagship.root.get_by_role("button", name="Reset", exact=True).click()
    assert flagship.changed_from(before) == start
    assert flagship.values() == values


def test_empty_filter_gives_a_sentence_and_keeps_the_picture(flagship):
    open_more(flagship)
    flagship.choose("Treatment", "Ketamine")
    before = flagship.settled()
    flagship.choose("Smallest arm", "at least 500")
    picture, sentence, message = flagship.changed_from(before)
    assert re.search(r"[A-Z].*\.", message)
    assert picture == before[0]
    assert sentence == before[1]
    flagship.choose("Smallest arm", "any size")
    assert flagship.settled() == before


def test_every_control_has_a_name(flagship):
    open_more(flagship)
    flagship.choose("Claim", "a figure of my own")
    flagship.choose("Control arms", "shown beside my guess")
    flagship.settled()
    for tab in ("Figure", "Numbers", "Sources", "Recipe"):
        flagship.root.get_by_role("tab", name=tab, exact=True).click()
        flagship.page.wait_for_timeout(300)
        tree = flagship.root.aria_snapshot()
        unnamed = [line.strip() for line in tree.splitlines() if UNNAMED.match(line.strip())]
        assert not unnamed, f"{tab}: {unnamed}"
    assert tree.count("- combobox ") >= 10
    assert tree.count("- slider ") >= 4


def test_words_are_announced(flagship):
    assert flagship.root.locator(".ml-sentence[role=status]").count() == 1
    assert flagship.root.locator(".ml-message[role=alert]").count() == 1


def test_tab_key_alone_reaches_every_control(flagship):
    open_more(flagship)
    waiting = flagship.root.evaluate(
        """(root) => {
          const kinds = 'select, button, [role=slider], [contenteditable], [tabindex="0"], a[href]';
          const seen = (one) => one.checkVisibility({visibilityProperty: true});
          const reachable = [...root.querySelectorAll(kinds)]
            .filter((one) => seen(one) && !one.disabled && (one.tabIndex >= 0 || one.isContentEditable));
          reachable.forEach((one, at) => { one.dataset.tabOrder = at; });
          return reachable.length;
        }"""
    )
    assert waiting >= 14
    flagship.root.locator("[data-tab-order]").first.focus()
    reached = []
    for _ in range(waiting + 5):
        at = flagship.page.evaluate("() => document.activeElement?.dataset.tabOrder ?? null")
        if at is None:
            break
        reached.append(int(at))
        flagship.page.keyboard.press("Tab")
    left = flagship.page.evaluate("() => document.activeElement?.outerHTML.slice(0, 150)")
    assert reached == list(range(waiting)), f"left out, or not in the order of the page; then came {left}"
    assert at is None, "the Tab key does not lead out of the explorer"


def test_tabs_open_by_keyboard(flagship):
    flagship.root.get_by_role("tab", name="Figure", exact=True).focus()
    flagship.page.keyboard.press("ArrowRight")
    flagship.page.keyboard.press("Enter")
    expect(flagship.root.get_by_role("link", name=re.compile("as CSV"))).to_be_visible()
    expect(flagship.root.get_by_role("tab", name="Numbers", exact=True)).to_have_attribute(
        "aria-selected", "true"
    )


def test_keys_typed_into_a_list_leave_the_notebook_alone(flagship):
    """JupyterLab's own keys (A adds a cell, D D deletes it) must not fire from inside an explorer."""
    cells = flagship.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    flagship.root.get_by_label("Claim", exact=True).focus()
    for key in ("a", "b", "d", "d", "x", "m"):
        flagship.page.keyboard.press(key)
    flagship.page.wait_for_timeout(500)
    assert cells.count() == before
    assert flagship.root.is_visible()
    assert flagship.page.evaluate("() => document.activeElement.tagName") == "SELECT"


def test_tabs_show_numbers_sources_and_recipe(flagship):
    root = flagship.root
    root.get_by_role("tab", name="Numbers", exact=True).click()
    link = root.get_by_role("link", name=re.compile("as CSV"))
    expect(link).to_be_visible()
    with flagship.page.expect_download() as download:
        link.click()
    saved = download.value.path().read_text().splitlines()
    assert "source_id" in saved[0].split(",")
    assert len(saved) > 20
    root.get_by_role("tab", name="Sources", exact=True).click()
    expect(root.get_by_role("link", name=re.compile("^DOI ")).first).to_be_visible()
    root.get_by_role("tab", name="Recipe", exact=True).click()
    expect(root.get_by_text("from migraine_lab import data")).to_be_visible()


def test_guess_hides_the_control_arms_until_shown(flagship):
    before = flagship.settled(0.2)
    flagship.choose("Control arms", "hidden until I guess")
    hidden = flagship.changed_from(before)
    assert hidden[0] != before[0]
    button = flagship.root.get_by_role("button", name="Show the control arms")
    expect(button).to_be_visible()
    button.focus()
    flagship.page.keyboard.press("Enter")
    revealed = flagship.changed_from(hidden)
    assert revealed[0] != hidden[0]
    assert flagship.values()["Control arms"] == "shown beside my guess"


def test_opened_row_shows_its_card(flagship):
    before = flagship.settled(0.2)
    flagship.choose("Look closer at", flagship.options("Look closer at")[1])
    flagship.changed_from(before)
    card = flagship.root.locator(".ml-row-card")
    expect(card.locator("img")).to_be_visible()
    assert card.locator("img").get_attribute("alt")
    expect(card.get_by_role("link", name=re.compile("^DOI |PubMed|page where")).first).to_be_visible()


def test_dark_theme_gives_a_dark_picture(flagship, flagship_page):
    def corner():
        return flagship.picture.evaluate(
            """async (picture) => {
              await picture.decode();
              const canvas = document.createElement('canvas');
              canvas.width = canvas.height = 8;
              const pen = canvas.getContext('2d');
              pen.drawImage(picture, 0, 0);
              return [...pen.getImageData(2, 2, 1, 1).data].slice(0, 3);
            }"""
        )

    before = flagship.settled(0.2)
    assert min(corner()) > 200
    flagship_page.theme("JupyterLab Dark")
    try:
        flagship.changed_from(before)
        assert max(corner()) < 80
    finally:
        flagship_page.theme("JupyterLab Light")
    flagship.settled()
    assert min(corner()) > 200
