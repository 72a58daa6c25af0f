"""The exercises of all lessons, one folder a lesson; ``EXERCISES`` finds each by its id."""

from migraine_lab.practice.checks import Exercise
from migraine_lab.practice.exercises import lesson_06

LESSONS = (lesson_06,)
EXERCISES: dict[str, Exercise] = {
    exercise.exercise_id: exercise for lesson in LESSONS for exercise in lesson.EXERCISES
}
