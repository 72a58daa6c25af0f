"""A saved brief in a real browser without a network: whole, with its text alternative, on one page of paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migraine_lab.practice.brief import files, worked
from migraine_lab.practice.brief.brief import Brief
from migraine_lab.practice.brief.questions import find

TYPED = {"unknown": "<script>window.ran = true</script>"}
BRIEFS = {
    "worked": worked.example,
    "alone": lambda: Brief(find(treatment="ketamine", people="ketamine_inpatients"), notes=TYPED),
}
ROOM = """() => { const wide = document.documentElement;
  const figure = document.querySelector('svg.mb-figure').getBoundingClientRect();
  return {beyond: wide.scrollWidth - wide.clientWidth, figure: figure.width, right: figure.right,
          ran: window.ran === true, h1: document.querySelectorAll('h1').length}; }"""


@pytest.mark.parametrize("name", BRIEFS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_saved_brief_opens_and_prints_without_a_network(
    browser, tmp_path: Path, name: str, scheme: str
) -> None:
    brief = BRIEFS[name]()
    saved = files.save(brief, "html", tmp_path)
    context = browser.new_context(offline=True, color_scheme=scheme, viewport={"width": 900, "height": 1200})
    try:
        page = context.new_page()
        asked, faults = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(saved.as_uri())
        assert asked == [saved.as_uri()], "the page asks for nothing else"
        assert faults == []
        figure = page.get_by_role("img", name=re.compile("^Figure: how many of 100 "))
        assert figure.count() == 1
        assert figure.get_attribute("aria-label") == brief.alt
        seen = page.evaluate(ROOM)
        assert seen["beyond"] == 0
        assert seen["figure"] > 600
        assert not seen["ran"]
        assert seen["h1"] == 1
        paper, ink = page.evaluate(
            "() => { const style = getComputedStyle(document.querySelector('.mb-brief'));"
            " return [style.backgroundColor, style.color].map((one) => Number(one.match(/\\d+/)[0])); }"
        )
        assert (paper > ink) == (scheme == "light")
        for paper_size in ("A4", "Letter"):
            pdf = page.pdf(format=paper_size)
            assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, paper_size
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 690, "height": 1030})
        printed = page.evaluate(ROOM)
        assert printed["right"] <= 690
        assert printed["beyond"] == 0
        ink = page.evaluate(
            "() => getComputedStyle(document.querySelector('.mb-brief')).color.match(/\\d+/)[0]"
        )
        assert int(ink) < 100, "dark ink on paper, whatever the screen"
        page.screenshot(path=tmp_path / "print.png", full_page=True)
    finally:
        context.close()
