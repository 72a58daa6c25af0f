"""The exercises of all lessons, one folder a lesson; ``EXERCISES`` finds each by its id."""

from migraine_lab.practice.checks import Exercise
from migraine_lab.practice.exercises import (
    lesson_01,
    lesson_02,
    lesson_03,
    lesson_04,
    lesson_05,
    lesson_06,
    lesson_07,
    lesson_08,
    lesson_09,
    lesson_10,
    lesson_11,
)

LESSONS = (
    lesson_01,
    lesson_02,
    lesson_03,
    lesson_04,
    lesson_05,
    lesson_06,
    lesson_07,
    lesson_08,
    lesson_09,
    lesson_10,
    lesson_11,
)
EXERCISES: dict[str, Exercise] = {
    exercise.exercise_id: exercise for lesson in LESSONS for exercise in lesson.EXERCISES
}
