"""Exercises of lesson 10, Claims on trial, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_10 import article, figure, gap, missed, sentences

EXERCISES = tuple(module.EXERCISE for module in (missed, gap, sentences, article, figure))
