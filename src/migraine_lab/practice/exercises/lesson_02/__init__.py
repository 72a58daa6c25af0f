"""Exercises of lesson 02, Phases of an attack, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_02 import early, everyone, overlap, tail, textbook

EXERCISES = tuple(module.EXERCISE for module in (textbook, everyone, overlap, early, tail))
