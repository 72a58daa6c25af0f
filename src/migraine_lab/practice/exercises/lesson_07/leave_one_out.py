"""Does the answer hang on one trial? Each is put into the drawer in turn."""

from __future__ import annotations

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.exercises.lesson_07.rows import COUNTS, antibodies, pooled


def _without(**options: str) -> dict[str, float]:
    rows = antibodies()
    return {study: pooled(rows.drop(study), **options) for study in rows.index}


def _ends(**options: str) -> tuple[float, float]:
    found = _without(**options).values()
    return min(found), max(found)


def _mistakes() -> list[Mistake]:
    rows = antibodies()
    low, high = _ends()
    alone = [pooled(rows.loc[[study]]) for study in rows.index]
    together = pooled(rows)
    return [
        Mistake(
            "each alone",
            (min(alone), max(alone)),
            "These are the trials one by one: all others were put away. Put away the one and keep the rest: "
            "counts.drop(study).",
        ),
        Mistake(
            "none left out",
            (together, together),
            "Both numbers are the estimate of all trials: none was left out. Use counts.drop(study) inside the "
            "loop.",
        ),
        Mistake("order swapped", (high, low), "Both are right but in the wrong order: the lowest first."),
        Mistake(
            "difference for ratio",
            _ends(measure="RD"),
            "You pooled differences of rates. Asked is the ratio, the first choice of stats.pool_counts.",
        ),
        Mistake(
            "odds for risk",
            _ends(measure="OR"),
            "You pooled odds ratios. Asked is the ratio of the rates, measure='RR'.",
        ),
        Mistake(
            "fixed effect",
            _ends(model="fixed"),
            "You pooled as if all trials had one effect. Here they differ: model='random'.",
        ),
        Mistake(
            "another estimator",
            _ends(tau2="DL"),
            "Sound, but with DerSimonian and Laird's estimate of how trials differ. The picture above takes "
            "Paule and Mandel's, the first choice of stats.pool_counts.",
        ),
    ]


def _praise(truth: tuple[float, float]) -> str:
    rows, found = antibodies(), _without()
    study = max(found, key=lambda name: abs(found[name] - pooled(rows)))
    name = data.table("studies").set_index("study_id").at[study, "short"]
    with_it, without_it = (
        stats.pool_counts(*(part[column] for column in COUNTS)) for part in (rows, rows.drop(study))
    )
    return (
        f"With one left out the ratio lies between {truth[0]:.2f} and {truth[1]:.2f}. {name} matters most: a "
        f"further group may lie from {with_it.prediction_low:.2f} to {with_it.prediction_high:.2f} with it, "
        f"from {without_it.prediction_low:.2f} to {without_it.prediction_high:.2f} without."
    )


EXERCISE = Exercise(
    "07-leave",
    Numbers(("lowest", "highest"), 0.005),
    _ends,
    _mistakes,
    "Not those. Inside the loop pool counts.drop(study); after it give the smallest and the largest estimate.",
    _praise,
)
