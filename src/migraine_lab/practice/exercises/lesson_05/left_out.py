"""Who was kept out of a trial and is named by no article."""

from __future__ import annotations

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Names

TRIAL, ARTICLE = "KetHead trial", "named by an article"


def _named(column: str, value: str) -> frozenset[str]:
    rows = data.table("exclusions")
    return frozenset(rows.loc[rows[column] == value, "feature"])


def _only_trial() -> frozenset[str]:
    return _named("published_by", TRIAL) - _named("strength", ARTICLE)


def _mistakes() -> list[Mistake]:
    trial, articles = _named("published_by", TRIAL), _named("strength", ARTICLE)
    rows = data.table("exclusions")
    return [
        Mistake(
            "in both",
            trial & articles,
            "These are named by both. Asked are those of the trial that no article names: trial - articles.",
        ),
        Mistake(
            "the other way round",
            articles - trial,
            "These are named by an article but kept nobody out of this trial. Turn the difference round.",
        ),
        Mistake(
            "the whole trial",
            trial,
            "That is the trial's whole list. Take away what an article names too.",
        ),
        Mistake(
            "either",
            trial | articles,
            "That is everything that one or the other names: | joins, - takes away.",
        ),
        Mistake(
            "row ids",
            frozenset(
                rows.loc[
                    rows["feature"].isin(_only_trial()) & (rows["published_by"] == TRIAL), "exclusion_id"
                ]
            ),
            "These are the right rows, named by exclusion_id. Give their features: the column feature.",
        ),
    ]


EXERCISE = Exercise(
    "05-left_out",
    Names("features"),
    _only_trial,
    _mistakes,
    "Not those. The trial's features, minus the features that an article names.",
    lambda truth: (
        f"{len(truth)} features kept people out of the trial and stand in no article. What the trial will find says "
        "nothing about such people, and a reader of the articles would not know that she is one of them."
    ),
)
