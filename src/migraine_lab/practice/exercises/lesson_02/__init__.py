"""Exercises of lesson 02, Phases of an attack, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.checks import Exercise

EXERCISES: tuple[Exercise, ...] = ()
