"""Every explorer, through its whole contract: any state of its controls gives a picture or a sentence, never a fault."""

from __future__ import annotations

import html
import io
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from migraine_lab import data as package
from migraine_lab import explore
from migraine_lab.explore.controls import domain
from migraine_lab.explore.explorer import Explorer
from tests.benchmarks.every_explorer import STEPS

NAMES = explore.__all__
CALM = settings(
    max_examples=40,
    deadline=None,
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # a state is short as it is; making it shorter takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module", params=NAMES)
def explorer(request: pytest.FixtureRequest) -> Explorer:
    """One explorer of each class, made with no argument."""
    return getattr(explore, request.param)()


def picture(one: Explorer) -> Image.Image:
    return Image.open(io.BytesIO(one.live.png))


def spoken(one: Explorer) -> str:
    """The sentences as the text alternative holds them: in one line."""
    return one.say().replace("\n", " ")


def test_usable_with_no_argument(explorer: Explorer) -> None:
    assert picture(explorer).size == (explorer.live.width, explorer.live.height)
    assert explorer._message.value == ""
    assert len(explorer.say()) > 40
    assert spoken(explorer) in repr(explorer)


def test_picture_carries_the_sentence_as_its_text_alternative(explorer: Explorer) -> None:
    explorer.reset()
    assert explorer.live.alt == spoken(explorer)
    assert 'alt="' in explorer.live.widget.value


def test_every_row_of_fact_has_a_source(explorer: Explorer) -> None:
    explorer.reset()
    rows = explorer.evidence()
    known = set(package.table("sources")["source_id"])
    facts = rows[rows["source_id"] != ""]
    assert len(facts)
    assert set(facts["source_id"]) <= known


def test_every_control_has_a_label_and_a_domain(explorer: Explorer) -> None:
    for name, control in explorer.controls.items():
        assert control.description.strip(), name
        assert len(domain(control)) >= 1, name


def test_evidence_is_pure(explorer: Explorer) -> None:
    first = explorer.evidence()
    first.iloc[:, 0] = None
    pd.testing.assert_frame_equal(explorer.evidence(), explorer.evidence())
    assert explorer.evidence().iloc[:, 0].notna().any()


MOVES = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000)), min_size=1, max_size=6
)


def move(explorer: Explorer, which: int, first: int, second: int) -> None:
    """Set one control as a hand would: any option, any place of a slider, any two places of a range."""
    name = list(explorer.controls)[which % len(explorer.controls)]
    control, ends = explorer.controls[name], domain(explorer.controls[name])
    if isinstance(ends, list):
        control.value = ends[first % len(ends)]
        return
    low, high = (round(end / control.step) for end in ends)
    places = sorted(control.step * (low + one % (high - low + 1)) for one in (first, second))
    control.value = tuple(places) if isinstance(control.value, tuple) else places[0]


@given(moves=MOVES)
@CALM
def test_any_state_gives_a_picture_and_words(explorer: Explorer, moves: list[tuple[int, int, int]]) -> None:
    explorer.reset()
    for one in moves:
        move(explorer, *one)
        assert "could not be drawn" not in explorer._message.value, explorer._message.value
    if not explorer._message.value:  # otherwise the last good picture stays, whatever its size
        assert picture(explorer).size == (explorer.live.width, explorer.live.height)
    words = explorer.say()
    assert words and not re.search(r"\b(nan|inf|NaN|None)\b(?! of)", words), words


@given(moves=MOVES)
@CALM
def test_recipe_gives_the_numbers_of_the_evidence(
    explorer: Explorer, moves: list[tuple[int, int, int]]
) -> None:
    explorer.reset()
    for one in moves:
        move(explorer, *one)
    if "mode" in explorer.controls:
        explorer.set(
            mode="open"
        )  # while the control arms are hidden the evidence hides them, the recipe cannot
    scope: dict[str, pd.DataFrame] = {}
    exec(explorer.recipe(), scope)  # the recipe is the product here: students paste it
    assert_same_numbers(explorer, scope["rows"])


def assert_same_numbers(explorer: Explorer, rows: pd.DataFrame) -> None:
    """Hold a recipe's rows to the evidence, in the columns that the explorer names (and of the effect where one is shown)."""
    mine = explorer.evidence()
    key = explorer.recipe_key
    named = key in rows
    mine = mine.set_index(key).loc[rows[key]] if named else mine.head(len(rows))
    effect = "scale" in explorer.controls and explorer.value("scale") != "percent"
    pairs = {"low": "effect_low", "high": "effect_high"} if effect else explorer.recipe_columns
    for theirs, ours in pairs.items():
        np.testing.assert_allclose(
            rows[theirs].to_numpy(float), mine[ours].to_numpy(float), rtol=1e-9, atol=1e-9
        )
    if not effect and named:
        ours = next(iter(pairs.values()))
        assert mine[ours].notna().sum() == explorer.evidence()[ours].notna().sum(), "the recipe left rows out"


def test_tabs_fill_when_opened(explorer: Explorer) -> None:
    explorer.reset()
    for index in (1, 2, 3):
        explorer._tabs.selected_index = index
    numbers, sources, recipe = (page.value for page in explorer._pages.values())
    assert "Download" in numbers and "<caption>" in numbers
    assert "doi.org" in sources or "http" in sources
    assert "import" in recipe
    explorer.reset()
    assert explorer._tabs.selected_index == 0


def test_reset_brings_the_first_state_back(explorer: Explorer) -> None:
    explorer.reset()
    start = explorer.state()
    for control in explorer.controls.values():
        ends = domain(control)
        if isinstance(ends, list):
            control.value = ends[-1]
    explorer.reset()
    assert explorer.state() == start


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_name_or_value_is_said_in_a_sentence(name: str) -> None:
    made = getattr(explore, name)(no_such_control=1)
    assert "no control 'no_such_control'" in html.unescape(made._message.value)
    made.screen.page = {"ratio": 2.0, "dark": True, "presenting": False, "width": 900}
    assert "no control" in made._message.value, "the page's report must not wipe the sentence away"
    made.reset()
    assert made._message.value == ""
    first = next(iter(made.controls))
    with pytest.raises(ValueError, match=r"choose one of|it takes"):
        made.set(**{first: "no such choice"})


def test_dark_and_presenting_looks_redraw(explorer: Explorer) -> None:
    explorer.reset()
    light = np.asarray(picture(explorer).convert("L")).mean()
    try:
        explorer.screen.page = {"ratio": 2.0, "dark": True, "presenting": False, "width": 900}
        dark = picture(explorer)
        assert np.asarray(dark.convert("L")).mean() < light / 2
        assert dark.size[0] == 2 * explorer.live.width
        explorer.screen.page = {"ratio": 1.0, "dark": False, "presenting": True, "width": 1200}
        assert explorer.live.width == 1180
        assert explorer.live.drawing.look.text >= 18
    finally:
        explorer.screen.page = {"ratio": 1.0, "dark": False, "presenting": False, "width": 920}


def test_a_fault_inside_becomes_a_sentence_and_keeps_the_picture(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer.reset()
    before = explorer.live.png
    monkeypatch.setattr(type(explorer), "view", lambda _self: 1 / 0)
    explorer.refresh()
    assert "could not be drawn" in explorer._message.value
    assert "Traceback" not in explorer._message.value
    assert explorer.live.png == before
    monkeypatch.undo()
    explorer.refresh()
    assert explorer._message.value == ""


def test_rows_unlike_their_neighbours_say_so_in_front() -> None:
    """Pooled reviews, arms not formed by chance, mild pain and attacks must not pass for an ordinary trial's row."""
    every = explore.ResponseRates(reports="every")._all
    for label, holds in (
        ("pooled", every["design"] == "meta_analysis"),
        ("not randomised", every["controlled"] & ~every["randomised"]),
        ("mild pain", every["pain_at_dosing"] == "mild"),
        ("attacks", every["unit_counted"] == "attacks"),
    ):
        assert holds.any(), label
        assert every.loc[holds, "label"].str.match(rf"\[[^]]*{label}").all(), label
    plain = every[
        (every["design"] == "rct_parallel") & (every["unit_counted"] == "patients") & every["randomised"]
    ]
    assert not plain.loc[plain["pain_at_dosing"] != "mild", "label"].str.startswith("[").any()


def test_every_explorer_has_a_line_in_the_benchmark() -> None:
    assert {*STEPS, "ResponseRates"} == set(NAMES), "the flagship has a part of its own"
