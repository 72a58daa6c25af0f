"""Two trials pooled by hand: why not the mean, and why not the sum of the counts."""

from __future__ import annotations

import numpy as np
from statsmodels.stats.meta_analysis import combine_effects, effectsize_2proportions

from migraine_lab import stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.exercises.lesson_07.rows import COUNTS, pooled, two_trials


def _ratio() -> float:
    return pooled(two_trials(), measure="RR", model="fixed")


def _mistakes() -> list[Mistake]:
    rows = two_trials()
    counts = [rows[name] for name in COUNTS]
    effect, variance = (np.asarray(part) for part in effectsize_2proportions(*counts, statistic="risk-ratio"))
    added_up = stats.compare(*(int(part.sum()) for part in counts), measure="RR")
    return [
        Mistake(
            "plain mean",
            float(np.exp(effect).mean()),
            "That is the plain mean of the two ratios: the smaller trial counts as much as the larger one. "
            "combine_effects weighs each by what it knows.",
        ),
        Mistake(
            "plain mean",
            float(np.exp(effect.mean())),
            "That is the plain mean, taken on the log scale: the smaller trial counts as much as the larger "
            "one. combine_effects weighs each by what it knows.",
        ),
        Mistake(
            "counts added up",
            float(added_up.estimate),
            "You added the counts of both trials up, as if everyone had been in one trial. Then the placebo "
            "arm of one is set against the drug arm of the other. Compare inside each trial first.",
        ),
        Mistake(
            "standard errors for variances",
            float(np.exp(combine_effects(effect, np.sqrt(variance)).mean_effect_fe)),
            "combine_effects was given standard errors. It wants variances, as effectsize_2proportions "
            "returns them: no square root.",
        ),
        Mistake(
            "weights turned round",
            float(np.exp(np.average(effect, weights=variance))),
            "The less certain trial got the larger weight. The weight is 1 divided by the variance.",
        ),
        Mistake(
            "logarithm left",
            float(np.log(_ratio())),
            "That is the logarithm of the pooled ratio. Ratios are pooled as logarithms; bring it back with "
            "np.exp.",
        ),
        Mistake(
            "random effects",
            pooled(rows, measure="RR", tau2="DL"),
            "That is a sound pooled ratio, from random effects. Here the fixed effect is asked for: "
            "mean_effect_fe.",
        ),
        Mistake(
            "arms swapped",
            1 / _ratio(),
            "The ratio is below 1: the arms are swapped. Put events and n of the drug first.",
        ),
        Mistake(
            "odds for risk",
            pooled(rows, measure="OR", model="fixed"),
            "That is the pooled odds ratio. Asked is the ratio of the rates: statistic='risk-ratio'.",
        ),
        Mistake(
            "difference for ratio",
            pooled(rows, measure="RD", model="fixed"),
            "That is the pooled difference of the rates. Asked is their ratio: statistic='risk-ratio'.",
        ),
    ]


EXERCISE = Exercise(
    "07-pool",
    Numbers(("pooled ratio",), 0.005),
    _ratio,
    _mistakes,
    "Not that. combine_effects(effect, variance).mean_effect_fe is the pooled logarithm; np.exp brings it back.",
    lambda truth: (
        f"Pooled, {truth:.2f} times as many respond. It lies nearer to the trial that has more to say, and "
        "patients were compared only with patients of their own trial."
    ),
)
