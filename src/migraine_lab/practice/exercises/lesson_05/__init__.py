"""Exercises of lesson 05, Treatment categories, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_05 import both_ways, costs, kinds, left_out, places, visit

EXERCISES = tuple(module.EXERCISE for module in (kinds, places, both_ways, costs, visit, left_out))
