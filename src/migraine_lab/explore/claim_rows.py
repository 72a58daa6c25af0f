"""Rows of Claims: the ledger, its orders and shuffled rounds, reported rates behind a claim, and the same in pandas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.explore import articles, claim_card, claim_line
from migraine_lab.explore.parts import brief
from migraine_lab.explore.verdicts import VERDICTS

ROUND = "round"
ORDERS = {
    "a shuffled round of ten": ROUND, "article by article": "article_id", "topic by topic": "topic",
    "easy ones first": "difficulty",
}  # fmt: skip
CARDS = 10
"""Claims of a shuffled round."""


@lru_cache(maxsize=8)
def rounds(seed: int) -> list[list[str]]:
    """Return the claim_ids of the shuffled rounds: ten each, the last one the rest; every claim stands in one round."""
    ids = ledger()["claim_id"].to_numpy()
    shuffled = ids[np.random.default_rng(seed).permutation(len(ids))].tolist()
    return [shuffled[start : start + CARDS] for start in range(0, len(shuffled), CARDS)]


@lru_cache(maxsize=1)
def ledger() -> pd.DataFrame:
    """Return the claims; ``verdict`` as a place in VERDICTS, its name and its words in columns of their own."""
    table = data.table("claims")
    return table.assign(
        verdict_name=table["verdict"],
        verdict_words=table["verdict"].map(VERDICTS),
        verdict=table["verdict"].map(list(VERDICTS).index).astype(float),
    )


def labels(rows: pd.DataFrame, order: str) -> list[str]:
    """Return what the list of claims says of each: its number, what it is sorted by, how it begins."""
    heads = {
        "article_id": rows["article_id"].map(articles.names()).str.slice(0, 18).str.rstrip(": "),
        "topic": rows["topic"].str.replace("_", " "),
        "difficulty": rows["difficulty"].map({1: "easy", 2: "middling", 3: "hard"}),
    }.get(order, rows["topic"].str.replace("_", " "))
    return [
        f"{claim_id}, {head}: {brief(words, 46)}"
        for claim_id, head, words in zip(rows["claim_id"], heads, rows["claim"], strict=True)
    ]


def rates_of(claim: Mapping[str, Any]) -> dict[str, Any]:
    """Return how ResponseRates opens at a claim's figure; empty where no reported rate shows what the claim is about."""
    if not claim["see_treatment"]:
        return {}
    state: dict[str, Any] = {"treatment": claim["see_treatment"]}
    rows = data.comparisons()
    rows = rows[rows["treatment_id"] == claim["see_treatment"]]
    named = rows[rows["outcome_id"] == claim["see_outcome"]] if claim["see_outcome"] else rows
    own = named[named["source_id"].isin(claim_card.source_ids(claim))]
    start = own if len(own) else named if claim["see_outcome"] else own
    if len(start):  # where the claim's own study stands, if any of its sources is one
        state |= {"scope": start["scope"].iloc[0], "endpoint": start["endpoint"].iloc[0]}
    if claim["claim_id"] in claim_line.claims_with_a_figure().index:
        state["claim"] = claim["claim_id"]
    return state


def recipe(order: str, number: int, seed: int, votes: Sequence[tuple[int, bool]]) -> str:
    """Return the lines that list the claims and count ``votes`` (percent sure, right) in pandas and statsmodels."""
    start = CARDS * (number - 1)
    chosen = (
        f"order = np.random.default_rng({seed}).permutation(len(claims))\n"
        f"rows = claims.iloc[order[{start}:{start + CARDS}]].copy()\n"
        if order == ROUND
        else f"rows = claims.sort_values(['{order}', 'claim_id'])\n"
    )
    counted = (
        f"votes = pd.DataFrame({votes}, columns=['sure', 'right'])\n"
        "groups = votes.groupby('sure')['right'].agg(right='sum', n='size').reset_index()\n"
        "low, high = proportion_confint(groups.right, groups.n, method='wilson')\n"
        "groups['percent'] = 100 * groups.right / groups.n\n"
        "groups['low'], groups['high'] = 100 * low, 100 * high\n"
        "groups['key'] = 'sure ' + groups.sure.astype(str)\n"
        "rows = pd.concat([rows, groups])\n"
        if votes
        else "rows[['percent', 'low', 'high']] = np.nan  # no votes yet\n"
    )
    return (
        "import numpy as np\nimport pandas as pd\nfrom migraine_lab import data\n"
        "from statsmodels.stats.proportion import proportion_confint\n\n"
        "claims = data.table('claims')\n"
        f"{chosen}"
        "rows['place'] = np.arange(1, len(rows) + 1)\n"
        f"verdicts = {list(VERDICTS)}\n"
        "rows['verdict'] = rows.verdict.map(verdicts.index)\n"
        "rows['source_id'] = rows.evidence_source_ids.str.split(';')\n"
        "rows = rows.explode('source_id')\n"
        "rows['key'] = (rows.claim_id + ' ' + rows.source_id).str.strip()\n"
        f"{counted}"
    )
