"""Drafts of briefs in the student's answers file: the question and the notes, under the question's key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from migraine_lab.practice import answers

from .brief import Brief
from .facts_for_notes import NOTES
from .questions import NoQuestion, Question, rows_of
from .together import why_not_beside

SECTION = "briefs"


def keep(question: Question, notes: Mapping[str, str], second: Question | None = None) -> bool:
    """Keep a draft (empty notes are kept empty). Returns whether it reached the disk."""
    entry = {
        "question": asdict(question),
        "second": asdict(second) if second else None,
        "notes": {note.key: str(notes.get(note.key, "")) for note in NOTES},
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return answers.keep(SECTION, question.key, lambda _old: entry)


def notes_of(question: Question) -> dict[str, str]:
    """The kept notes of a question by key, empty texts where nothing was kept or what was kept makes no sense."""
    kept = (answers.entry(SECTION, question.key) or {}).get("notes")
    kept = kept if isinstance(kept, dict) else {}
    return {note.key: _text(kept.get(note.key)) for note in NOTES}


def second_of(question: Question) -> Question | None:
    """The kept second question of a draft, None where there is none that the data can still answer beside the first."""
    second = _question((answers.entry(SECTION, question.key) or {}).get("second"))
    return None if second is None or why_not_beside(rows_of(question), rows_of(second)) else second


def kept_briefs(author: str = "") -> list[Brief]:
    """All kept drafts with a note in them that the data can still answer, oldest first; ``author`` goes on each page."""
    entries = sorted(answers.read()[SECTION].values(), key=lambda entry: str(entry.get("at", "")))
    found = []
    for entry in entries:
        question = _question(entry.get("question"))
        if question is not None:
            found.append(Brief(question, second_of(question), notes_of(question), author))
    return [brief for brief in found if brief.written()]


def _question(kept: Any) -> Question | None:
    if not isinstance(kept, dict):
        return None
    try:
        question = Question(**{name: str(value) for name, value in kept.items()})
        rows_of(question)
    except (TypeError, NoQuestion):  # written by another version of the data, or by hand
        return None
    return question


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
