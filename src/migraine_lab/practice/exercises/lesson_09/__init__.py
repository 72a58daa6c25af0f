"""Exercises of lesson 09, Ketamine in studies, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_09 import enrolled, lines, of_whom, rare, spread

EXERCISES = tuple(module.EXERCISE for module in (enrolled, spread, lines, of_whom, rare))
