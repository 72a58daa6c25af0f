"""Exercises of lesson 01, Migraine or headache, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.checks import Exercise

EXERCISES: tuple[Exercise, ...] = ()
