"""Exercises of lesson 04, A month of headache, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.checks import Exercise

EXERCISES: tuple[Exercise, ...] = ()
