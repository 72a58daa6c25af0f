"""Simulating 10 000 people-months and a lab of trials, each beside the bare numpy draws that it needs."""

from __future__ import annotations

import numpy as np

from migraine_lab.models import diary, trial
from tests.benchmarks.lines import Line, Timing
from tests.benchmarks.python_steps import seconds

PEOPLE, MONTHS, FROM = 1000, 10, 4
REPEATS = 40
BUDGET = 3.0
TRIALS, PER_ARM, RATES = 100_000, 80, (0.45, 0.3)
TRIAL_BUDGET = 2.0


def bare(seed: int) -> None:
    """Draw a band, a usual month, a day's chance, a count and the prevented days for each, and nothing else."""
    random = np.random.default_rng(seed)
    random.random(PEOPLE)
    random.beta(1.4, 1.6, PEOPLE)
    random.binomial(diary.DAYS, random.beta(8.0, 32.0, (PEOPLE, MONTHS)))
    random.binomial(np.full((PEOPLE, MONTHS - FROM), 5), 0.7)


def bare_trials(seed: int) -> None:
    """Draw the responders of both arms of every trial, and nothing else."""
    random = np.random.default_rng(seed)
    for rate in RATES:
        random.binomial(PER_ARM, rate, TRIALS)


def trials() -> Line:
    """Measure a hundred thousand two-arm trials beside their draws."""
    effect = RATES[0] - RATES[1]
    lab, draws = [], []
    for seed in range(REPEATS):
        lab.append(seconds(lambda seed=seed: trial.run(TRIALS, PER_ARM, RATES[1], effect, seed)))
        draws.append(seconds(lambda seed=seed: bare_trials(seed)))
    return Line(Timing.of("100 000 two-arm trials", lab), Timing.of("bare numpy draws", draws), TRIAL_BUDGET)


def lines() -> list[Line]:
    """Measure each model and its draws in turn."""
    model, draws = [], []
    for turn in range(REPEATS + 3):
        took = seconds(lambda seed=turn: diary.months(PEOPLE, MONTHS, seed, effect=0.3, from_month=FROM))
        least = seconds(lambda seed=turn: bare(seed))
        if turn >= 3:  # the first turns read the tables
            model.append(took)
            draws.append(least)
    months = Line(Timing.of("10 000 people-months", model), Timing.of("bare numpy draws", draws), BUDGET)
    return [months, trials()]
