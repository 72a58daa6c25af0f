"""Exercises of lesson 06, Reading a response rate, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_06 import (
    adding_up,
    definition,
    interval,
    number_needed,
    placebo_arms,
)

EXERCISES = tuple(
    module.EXERCISE for module in (interval, definition, placebo_arms, number_needed, adding_up)
)
