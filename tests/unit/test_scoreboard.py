"""The scoreboard: every claim counted once, two verdicts apart, shares with Wilson's intervals, nobody named."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import proportion_confint

from migraine_lab import data, explore
from migraine_lab.explore import articles
from migraine_lab.explore.scoreboard import BRIEF, COLUMNS, GROUPS, ROWS, WARNING, WORDS

CLAIMS = data.table("claims")
VIEWS = [(column, by) for column in COLUMNS.values() for by in GROUPS.values()]


@pytest.fixture(scope="module")
def board() -> explore.Scoreboard:
    return explore.Scoreboard()


@pytest.mark.parametrize(("column", "by"), VIEWS)
def test_every_claim_is_counted_once(board: explore.Scoreboard, column: str, by: str) -> None:
    board.set(verdict=column, by=by)
    rows = board.evidence()
    counts = rows[rows["events"].notna()]
    assert counts["events"].sum() == len(CLAIMS) == 145
    assert (counts.groupby("group")["events"].sum() == counts.groupby("group")["n"].first()).all()
    for row in counts.itertuples():
        assert row.events == ((CLAIMS[by] == row.group) & (CLAIMS[column] == row.name)).sum()
        low, high = proportion_confint(row.events, row.n, method="wilson")
        assert (row.low, row.high) == pytest.approx((100 * low, 100 * high), abs=1e-9)
    behind = rows[rows["events"].isna()]
    assert set(behind["key"]) == set(CLAIMS["claim_id"]), (
        "the claims behind the counts are there with their sources"
    )


def test_the_two_verdicts_are_never_in_one_picture(board: explore.Scoreboard) -> None:
    for column in COLUMNS.values():
        board.set(verdict=column)
        offered = [words for words, _ in board.view().verdicts]
        assert offered == [BRIEF.get(name, words) for name, words in WORDS[column].items()]
        assert set(board.evidence()["name"]) <= set(WORDS[column])
        assert board.value("share") in WORDS[column]


def test_the_picture_and_the_words_warn(board: explore.Scoreboard) -> None:
    board.set(by="kind")
    assert board.live.drawing._warning.get_text() == WARNING
    assert "no sample" in board.say()


def test_tone_and_sale_stand_beside_articles_alone(board: explore.Scoreboard) -> None:
    pages = data.table("articles").set_index("article_id")
    board.set(by="article_id")
    shown = {row.label: (row.tone, row.sells) for row in board.view().rows}
    for one, name in articles.names().items():
        assert shown[name] == (pages.at[one, "promotional_tone"], pages.at[one, "sells_treatment"])
    board.set(by="topic")
    assert {(row.tone, row.sells) for row in board.view().rows} == {(0, "")}


def test_sellers_and_others_are_counted_apart(board: explore.Scoreboard) -> None:
    board.set(verdict="impression", by="article_id", share="misleading")
    pages = data.table("articles").set_index("article_id")["sells_treatment"]
    sold = CLAIMS["article_id"].map(pages) == "yes"
    wrong = CLAIMS["impression"] == "misleading"
    assert f"{(sold & wrong).sum()} of {sold.sum()} in the 2 articles that sell" in board.say()
    assert f"{(~sold & wrong).sum()} of {(~sold).sum()} in the 3 articles" in board.say()


def test_order_and_parts(board: explore.Scoreboard) -> None:
    board.reset()
    board.set(verdict="impression", by="topic", sort="percent")
    shares = [row.percent for row in board.view().rows]
    assert shares == sorted(shares, reverse=True)
    board.set(sort="n")
    claims = [sum(row.counts) for row in board.view().rows]
    assert claims == sorted(claims, reverse=True)
    try:
        board.screen.page = {"ratio": 1.0, "dark": False, "presenting": True, "width": 1200}
        seen = []
        for part in range(len(board.controls["page"].options)):
            board.set(page=part)
            seen += [row.label for row in board.view().rows]
            assert len(board.view().rows) <= ROWS[True]
        assert len(seen) == len(set(seen)) == CLAIMS["topic"].nunique()
    finally:
        board.screen.page = {"ratio": 1.0, "dark": False, "presenting": False, "width": 920}


def test_least_and_most_are_said_with_their_counts(board: explore.Scoreboard) -> None:
    board.reset()
    board.set(verdict="impression", by="kind", share="misleading")
    wrong = (CLAIMS["impression"] == "misleading").groupby(CLAIMS["kind"]).agg(["sum", "size", "mean"])
    for kind in (wrong["mean"].idxmin(), wrong["mean"].idxmax()):
        assert f"“{kind}” ({wrong.at[kind, 'sum']} of {wrong.at[kind, 'size']}," in board.say()
