"""Exercises of lesson 08, How ketamine acts, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_08 import claims, hill, people, spray

EXERCISES = tuple(module.EXERCISE for module in (hill, spray, people, claims))
