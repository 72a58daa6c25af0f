"""Exercises of lesson 04, A month of headache, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_04 import (
    crossing_the_line,
    difference_of_arms,
    medication_days,
    noted_days,
    worst_month,
)

EXERCISES = tuple(
    module.EXERCISE
    for module in (noted_days, crossing_the_line, worst_month, difference_of_arms, medication_days)
)
