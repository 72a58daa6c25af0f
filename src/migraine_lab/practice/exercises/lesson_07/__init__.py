"""Exercises of lesson 07, From trials to evidence, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_07 import (
    denominator,
    judged,
    leave_one_out,
    other_patients,
    two_trials,
    winner,
)

EXERCISES = tuple(
    module.EXERCISE for module in (winner, two_trials, leave_one_out, other_patients, denominator, judged)
)
