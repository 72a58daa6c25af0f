"""Pictures of the ladder and of the list of facts, and what the explorers of mechanisms and harms promise."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from migraine_lab import data, explore
from migraine_lab.explore.corrections import BESIDE, CLAIM_TOPICS, JUDGED
from migraine_lab.explore.hypotheses import FIRMNESS, NAMES, RUNGS
from migraine_lab.figures.fact_list import Fact, FactList, FactsView
from migraine_lab.figures.rungs import DISPUTED, FIRM, SOME, WEAK, Rung, Rungs, RungsView
from migraine_lab.figures.style import Look
from tests.unit.figure_tools import drawn

COLUMNS = ("nobody", "mice", "people")


def ladder(chosen: int = 2) -> RungsView:
    """Seven made-up statements, one still hidden, three guessed at."""
    marks = [FIRM, SOME, WEAK, DISPUTED, FIRM, SOME, WEAK]
    rows = [
        Rung(
            f"statement {number}: a little longer than the room it has here",
            None if number == 3 else number % 3,
            mark,
            "?" if number == 3 else mark,
            guess={0: 0, 1: 2, 3: 1}.get(number),
        )
        for number, mark in enumerate(marks)
    ]
    return RungsView(COLUMNS, rows, chosen, "judged")


def facts() -> FactsView:
    words = "something was seen in people who had been given a drug that is made up for this picture, more than once"
    return FactsView(
        [Fact(words, "3 of 6", "Example 2001"), Fact("a rule", "", "Label"), Fact(words, "", "B")], 1, 3
    )


MAKERS = {
    "rungs": lambda look: drawn(Rungs(look, 5, 3), ladder()),
    "facts": lambda look: drawn(FactList(look, 5), facts()),
}


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.mpl_image_compare(savefig_kwargs={"facecolor": "auto"})
def test_light(kind: str) -> Figure:
    return MAKERS[kind](Look())


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.mpl_image_compare(savefig_kwargs={"facecolor": "auto"})
def test_dark(kind: str) -> Figure:
    return MAKERS[kind](Look(dark=True))


def test_the_open_row_is_always_in_the_window() -> None:
    for chosen in range(7):
        drawing = Rungs(Look(), 4, 3)
        drawing.update(ladder(chosen))
        line = int(drawing._frame.get_y())
        assert drawing._labels[line].get_text().startswith(f"statement {chosen}")
    whole = Rungs(Look(), 7, 3)
    assert [whole.update(ladder(at)) for at in (0, 0, 3)] == [0, 2, 2], "only the frame moves"


def test_facts_that_do_not_fit_wait_for_the_next_view() -> None:
    assert FactList(Look(), 5).fitting(facts().facts) == 2
    assert FactList(Look(), 1).fitting(facts().facts) == 1


def test_every_level_judgement_and_mechanism_of_the_table_is_known() -> None:
    table = data.table("mechanisms")
    ideas = table[table["kind"] == "hypothesis"]
    assert set(ideas["mechanism_id"]) == set(NAMES)
    assert set(ideas["evidence_level"]) <= set(RUNGS)
    assert set(ideas["judgement"]) <= set(FIRMNESS)
    claims = data.table("claims")
    claims = claims[claims["topic"].isin(CLAIM_TOPICS) & (claims["verdict"] == "supported")]
    assert set(table.loc[table["kind"] != "hypothesis", "judgement"]) | set(claims["verdict"]) <= set(JUDGED)
    assert set(BESIDE) <= set(table["mechanism_id"])


def test_hypotheses_are_filtered_by_article_and_level() -> None:
    one = explore.Hypotheses(article="infusion_clinic", level="animal")
    rows = one.evidence()
    assert (
        set(rows["evidence_level"]) == {"animal"}
        and rows["article_ids"].str.contains("infusion_clinic").all()
    )
    assert rows["mechanism_id"].nunique() == len(one.controls["choose"].options)
    unclaimed = explore.Hypotheses(article="nobody").evidence()
    assert len(unclaimed) and (unclaimed["article_ids"] == "").all()
    nothing = explore.Hypotheses(article="destin_clinic", level="human clinical")
    assert "No idea is claimed there" in nothing._message.value


def test_a_card_says_what_speaks_against_an_idea_and_names_its_sources() -> None:
    one = explore.Hypotheses(choose="mtor_synaptogenesis")
    row = data.fact("mechanisms", "mtor_synaptogenesis")
    assert "Against it" in one._card.value and "rapamycin" in one._card.value
    assert one._card.value.count('class="ml-card"') == len(row["source_ids"].split(";"))


def test_a_verdict_stays_hidden_until_the_student_gives_hers() -> None:
    one = explore.Corrections(mode="guess", choose="claim_reduce_the_pain_synthesis_year")
    hidden = one.evidence()
    assert hidden["verdict"].isna().all() and (hidden["is_so"] == "").all()
    assert "1962" not in one.say() + one._card.value + one.evidence().to_csv()
    assert all(rung.column is None and rung.word == "?" for rung in one.view().rows)
    one.controls["vote"].value = "wrong"
    assert (
        "1962" in one.say() and "You said: wrong" in one.say() and "1 of them as the sources do" in one.say()
    )
    one.controls["choose"].value = "claim_reduce_the_pain_ion_direction"
    assert one.value("vote") == "not yet" and "potassium out" not in one.say()
    one.controls["choose"].value = "claim_reduce_the_pain_synthesis_year"
    assert one.value("vote") == "wrong", "a verdict stays with its statement"
    one.reset()
    assert "You have judged 0" in one.say()


def test_no_notable_side_effects_stands_beside_what_was_counted() -> None:
    one = explore.Corrections(choose="claim_reduce_the_pain_no_side_effects")
    rows = one.evidence().set_index("key")
    counted = data.table("results").set_index("result_id").loc["yuan2023_ketamine_in_ketamine_adverse_any"]
    row = rows.loc["yuan2023_ketamine_in_ketamine_adverse_any"]
    assert (row["events"], row["n"]) == (counted["events"], counted["n"])
    assert row["low"] < row["percent"] < row["high"]
    assert f"{counted['events']:.0f} of {counted['n']:.0f} patients" in one.say()


def test_corrections_can_be_right_too() -> None:
    verdicts = set(explore.Corrections().evidence()["verdict_words"].dropna())
    assert {"right", "in part", "wrong", "no support"} <= verdicts


def test_the_quoted_nasal_share_is_told_with_its_three_people() -> None:
    one = explore.ReachesBlood(route="nose", drug="ketamine")
    rows = one.evidence().set_index("kinetics_id")
    quoted = rows.loc["yanagihara2003_ketamine_f_intranasal"]
    measured = rows[rows["source_id"] == "pk_in2022"]["percent"]
    assert quoted["people"] == 3 and measured.max() < quoted["percent"] / 2
    assert f"The {quoted['percent']:g} % often quoted for the nose comes from 3 people" in one.say()
    drawn_rows = explore.ReachesBlood(route="nose", mine=True, guess=30).view().rows
    assert drawn_rows["label"].iloc[0] == "my guess" and len(drawn_rows) <= 9


def test_few_people_are_only_spoken_of_where_they_were_few() -> None:
    tongue = explore.ReachesBlood(route="tongue")
    assert f"At most {tongue.evidence()['people'].max():.0f} people" in tongue.say()
    spray = explore.ReachesBlood(route="nose", drug="S-ketamine")
    assert spray.evidence()["people"].max() > 500 and "Not every source read says how many" in spray.say()


@pytest.mark.parametrize(
    "topic", ["dissociation", "blood pressure", "bladder toxicity", "abuse and dependence", "liver"]
)
def test_safety_facts_are_all_read_out_with_their_sources(topic: str) -> None:
    one = explore.SafetyFacts(topic=topic)
    table = data.table("safety").query("topic == @topic")
    assert set(one.evidence()["safety_id"]) == set(table["safety_id"])
    assert all(figure in one.say() for figure in table["figure"])
    one.controls["first"].value = 2
    assert one.view().facts[0].words == table["fact"].iloc[1]


def test_the_way_to_further_facts_is_shown_where_there_are_more_than_fit() -> None:
    one = explore.SafetyFacts(topic="contraindications")
    way = one.controls["first"]
    assert way.layout.display == "none", "on the page all of them fit"
    one.screen.page = {"ratio": 1.0, "dark": False, "presenting": True, "width": 1200}
    assert way.layout.display is None
    way.value = 3
    one.screen.page = {"ratio": 1.0, "dark": False, "presenting": False, "width": 920}
    assert way.layout.display is None, "the first facts can be brought back"
    one.controls["topic"].value = "driving"
    assert way.value == 1 and way.layout.display == "none"
