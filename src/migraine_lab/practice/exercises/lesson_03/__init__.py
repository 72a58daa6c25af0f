"""Exercises of lesson 03, Aura in the cortex, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.checks import Exercise

EXERCISES: tuple[Exercise, ...] = ()
