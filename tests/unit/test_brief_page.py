"""The exported page: whole, readable without the picture, loading nothing, running nothing, whatever was typed into it."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migraine_lab import data
from migraine_lab.practice.brief import page, worked
from migraine_lab.practice.brief.brief import SAFETY, Brief, data_version
from migraine_lab.practice.brief.facts_for_notes import NOTES
from migraine_lab.practice.brief.questions import NOBODY, every_question, find
from migraine_lab.practice.brief.reading import one_row

EMPTY_TAGS = {"meta", "br", "img", "link", "input", "path", "use", "hr"}
TWO = {"people": "attack", "treatment": "rimegepant", "outcome": "pain_free", "dose": "75 mg"}


class Seen(HTMLParser):
    """What a page holds: tags with their attributes, words outside styles, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words, self._open = "", []
        self.feed(text)
        self.close()
        assert self._open == [], f"left open: {self._open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in EMPTY_TAGS:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        if tag in EMPTY_TAGS:
            return
        assert self._open.pop() == tag

    def handle_data(self, text):
        if "style" not in self._open:
            self.words += text

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def brief() -> Brief:
    return Brief(
        find(**TWO),
        notes={"conclusion": "More, but most were not."},
        author="A. Student",
        day=date(2026, 2, 3),
    )


def check(text: str, brief: Brief) -> Seen:
    """What holds for every exported page."""
    seen = Seen(text)
    assert seen.all("html") == [{"lang": "en"}]
    assert brief.title in seen.words
    for tag, attributes in seen.tags:
        for name in ("src", "srcset", "href", "xlink:href", "data", "action", "poster"):
            address = attributes.get(name, "")
            assert tag == "a" or address == "" or address.startswith(("data:", "#")), (tag, address)
        assert not [name for name in attributes if name.startswith("on")], attributes
    css = "".join(re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL))
    assert "@import" not in css
    assert not re.findall(r"url\((?![\"']?#)", text.split("<body>")[1] + css)
    assert not seen.all("script")
    assert not seen.all("img")
    pictures = [one for one in seen.all("svg") if one.get("role") == "img"]
    assert [one["aria-label"] for one in pictures] == [brief.alt] == [page.alt_of(text)]
    assert len(seen.all("h1")) == 1
    assert [tag for tag, _ in seen.tags if tag in ("h1", "h2")] == ["h1", *["h2"] * 4]
    assert len(seen.all("th")) == len(brief.rows) + len(
        [one for one in seen.all("th") if one.get("scope") == "col"]
    )
    assert not re.search(r"\bnan\b|\bNone\b|<NA>", seen.words)
    for row in brief.rows.to_dict("records"):
        assert row["study"] in seen.words
    assert SAFETY in seen.words.replace("\xa0", " ")
    assert f"data version {data_version()}" in seen.words
    return seen


def test_the_page_holds_everything(brief: Brief) -> None:
    seen = check(page.whole_page(brief), brief)
    plain = seen.words.replace("\xa0", " ")
    for source in brief.source_ids:
        assert data.cite(source)[:60] in plain
    dois = data.table("sources").set_index("source_id").loc[list(brief.source_ids), "doi"]
    links = [one["href"] for one in seen.all("a")]
    assert [f"https://doi.org/{doi}" for doi in dois if doi] == [one for one in links if "doi.org" in one]
    assert "3 February 2026" in plain.replace("03", "3")
    assert "by A. Student" in plain
    assert "More, but most were not." in plain
    assert plain.count(page.EMPTY) == len(NOTES) - 1
    for words in ("142 of 669", "randomised trial, double blind", "no pain at 2 h", "2019", "2 h"):
        assert words in plain


@given(st.sampled_from(every_question(doses=True)))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_question_makes_a_whole_page(question) -> None:
    check(page.whole_page(Brief(question)), Brief(question))


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "</dd></dl><img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "</style><script src='http://example.org/x.js'></script>",
        "<!-- <a href='javascript:alert(1)'>click</a>",
        "a < b & c > d, 24 % of \u201cthem\u201d\nnext line",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_what_a_student_types_stays_text(brief: Brief, typed: str) -> None:
    mine = Brief(brief.question, notes={note.key: typed for note in NOTES}, author=typed)
    text = page.whole_page(mine)
    seen = check(text, mine)
    assert seen.words.replace("\xa0", " ").count(typed) == len(NOTES) + 1
    harmless = Seen(page.whole_page(brief))
    assert [tag for tag, _ in seen.tags if tag != "span"] == [
        tag for tag, _ in harmless.tags if tag != "span"
    ]
    assert "default-src 'none'" in text


def test_light_dark_and_paper_are_all_there(brief: Brief) -> None:
    text = page.whole_page(brief)
    assert "@media screen and (prefers-color-scheme:dark)" in text
    assert "@media print" in text
    assert "break-inside: avoid" in text
    svg = text[text.index("<svg") : text.index("</svg>")]
    assert "var(--mb-treatment)" in svg
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", svg), "a colour that would not turn dark"


def test_inside_a_notebook_nothing_outside_the_brief_is_restyled(brief: Brief) -> None:
    text = page.within(brief)
    css = "".join(re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL))
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    rules = [one.strip() for one in re.findall(r"(?:^|[}{])\s*([^{}@]+)\{", css)]
    assert len(rules) > 20
    assert not [one for one in rules for part in one.split(", .") if ".mb-" not in part and "mb-" not in part]


def test_figures_of_two_pages_are_the_same_bytes(brief: Brief) -> None:
    assert page.whole_page(brief) == page.whole_page(
        Brief(brief.question, notes=brief.notes, author=brief.author, day=brief.day)
    )


def test_two_comparisons_stand_in_one_figure() -> None:
    both = Brief(
        find(**TWO), find(people="attack", treatment="zavegepant", outcome="pain_free", dose="10 mg")
    )
    check(page.whole_page(both), both)


# -- the worked example and the rubric ---------------------------------------------------------------------------------
def test_the_worked_brief_is_complete_and_its_figures_are_those_of_its_rows() -> None:
    brief = worked.example()
    seen = check(page.whole_page(brief), brief)
    assert page.EMPTY not in seen.words
    assert set(brief.written()) == {note.key for note in NOTES}
    held = brief.together[0]
    assert held is not None
    assert f"{held.people} people" in brief.notes["imprecision"]
    assert not re.search(r"[{}]", "".join(brief.notes.values()))


def test_the_worked_notes_type_no_figure_of_a_study() -> None:
    """Their numbers are filled in; what is typed is the outcome's two hours alone."""
    typed = " ".join(worked._read("worked.json")["notes"].values())
    assert set(re.findall(r"\d+", typed)) <= {"2", "100"}


def test_the_rubric_has_a_text_for_every_criterion_and_level(capsys: pytest.CaptureFixture[str]) -> None:
    levels, criteria = worked.criteria()
    assert len(levels) == 3
    assert len(criteria) >= 8
    for one in criteria:
        assert len(one["levels"]) == len(levels)
        assert len(set(one["levels"])) == len(levels)
        assert all(text.endswith(".") for text in one["levels"])
    told = " ".join(one["criterion"] for one in criteria).lower()
    for note in NOTES:
        key = {"unknown": "unknown", "conclusion": "conclusion"}.get(note.key, note.name.lower())
        assert key in told, note


def test_rubric_and_worked_brief_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(worked.words, "page", shown.append)
    worked.rubric()
    worked.worked_brief()
    assert Seen(shown[0]).words.count("Plain words") == 1
    assert worked.example().title in Seen(shown[1]).words


def test_sentence_and_table_give_one_difference() -> None:
    """Rounding the difference itself would print +17 beside "72 and 55: about 16 more"."""
    checked = 0
    for one in every_question():
        for row in Brief(one).rows.to_dict("records"):
            if row["comparator"] == NOBODY:
                continue
            more = re.search(r"about (\d+) (more|fewer)|about as many", one_row(row))
            told = int(more[1]) * (1 if more[2] == "more" else -1) if more[1] else 0
            cells = page._line(row).replace("\u2212", "-")
            assert int(re.search(r"<td>([+-]?\d+) of 100", cells)[1]) == told
            checked += not pd.isna(row["effect"]) and round(row["effect"]) != told
    assert checked > 20, "rows in which the rounded difference is another number"


def test_the_source_of_a_definition_says_what_it_is_for() -> None:
    page_words = Seen(page.whole_page(Brief(find(treatment="topiramate", people="prevention_young")))).words
    assert page_words.count("For the definition of the outcome: ") == 1
    assert page_words.index("For the definition of the outcome: ") > page_words.index("Lewis")
