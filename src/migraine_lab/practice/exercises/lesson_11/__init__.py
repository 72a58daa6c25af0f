"""Exercises of lesson 11, Your evidence brief, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_11 import more, pooled, sources, together

EXERCISES = tuple(module.EXERCISE for module in (together, more, pooled, sources))
