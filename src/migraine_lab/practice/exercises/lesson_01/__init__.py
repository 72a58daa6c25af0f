"""Exercises of lesson 01, Migraine or headache, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_01 import boundary, lengths, patterns, unknown, women

EXERCISES = tuple(module.EXERCISE for module in (patterns, unknown, lengths, boundary, women))
