"""Exercises of lesson 03, Aura in the cortex, one module each. Starters and solutions stand in the notebook only."""

from migraine_lab.practice.exercises.lesson_03 import crossing, finished, magnification, potassium

EXERCISES = tuple(module.EXERCISE for module in (magnification, crossing, potassium, finished))
