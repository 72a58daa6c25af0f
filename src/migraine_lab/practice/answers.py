"""The student's own answers: one small JSON file, hers to read, copy or delete.

No lesson needs the file. Where it cannot be written, answers live as long as the kernel does and
nothing is raised. Several notebooks may be open at once, so every change is read, merged and written
under a lock, and the file is replaced in one step: a crash leaves the old file or the new one, never a half.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import platformdirs

Entry = dict[str, Any]
Book = dict[str, dict[str, Entry]]

VERSION = 1
SECTIONS = ("guesses", "quizzes", "questions", "exercises", "beliefs", "cards", "briefs")
LOCK_SECONDS = 2.0

_memory: Book = {}
_notices: list[str] = []


class _DamagedError(ValueError):
    """The file is there but is not an answers file."""


class _TooNewError(ValueError):
    """The file was written by a later version of the course."""


def folder() -> Path:
    """Return the folder of the answers: ``MIGRAINE_LAB_HOME``, or the system's place for data of programs."""
    home = os.environ.get("MIGRAINE_LAB_HOME")
    return Path(home).expanduser() if home else platformdirs.user_data_path("migraine-lab", appauthor=False)


def path() -> Path:
    """Return the answers file (it need not exist)."""
    return folder() / "answers.json"


def notice() -> str:
    """Return what went wrong with the file since the last call, as one sentence, or an empty text."""
    said = " ".join(_notices)
    _notices.clear()
    return said


def read() -> Book:
    """All kept answers by section; what could not be written to disk is included. Never raises."""
    book = _empty()
    try:
        book = _load()
    except _DamagedError:
        _rescue()
    except (_TooNewError, OSError):
        pass
    for section, entries in _memory.items():
        book[section].update(entries)
    return book


def entry(section: str, key: str) -> Entry | None:
    """One kept answer, or None."""
    return read()[section].get(key)


def keep(section: str, key: str, change: Callable[[Entry | None], Entry]) -> bool:
    """Keep ``change(old entry or None)`` under section and key. Returns whether it reached the disk."""
    if section not in SECTIONS:
        raise ValueError(f"there is no section {section!r} of answers; there are {', '.join(SECTIONS)}")
    try:
        with _locked():
            try:
                book = _load()
            except _DamagedError:
                _set_aside()
                book = _empty()
            waiting = {name: entries for name, entries in _memory.items() if entries}
            for name, entries in waiting.items():
                book[name].update(entries)
            book[section][key] = change(book[section].get(key))
            _write(book)
    except (_TooNewError, OSError) as trouble:
        old = _memory.get(section, {}).get(key) or entry(section, key)
        _memory.setdefault(section, {})[key] = change(old)
        if isinstance(trouble, _TooNewError):
            _tell(
                f"Your answers file {path()} was written by a later version of the course and left alone; "
                "answers are kept only until you restart."
            )
        else:
            _tell("Answers cannot be saved here, so they are kept only until you restart.")
        return False
    _memory.clear()
    return True


def keep_score(key: str, first_tries: Mapping[str, bool]) -> bool:
    """Keep how many of a round's first tries were right; the first round's score stays beside the last one's."""

    def change(old: Entry | None) -> Entry:
        result = {
            "right": sum(first_tries.values()),
            "of": len(first_tries),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        return {"first": (old or {}).get("first", result), "last": result}

    return keep("quizzes", key, change)


def keep_question(question_id: str, right: bool) -> bool:
    """Keep that a question was answered: whether the first try was right, and whether any ever was."""
    return keep(
        "questions",
        question_id,
        lambda old: {
            "first": (old or {}).get("first", right),
            "right": right or bool((old or {}).get("right")),
        },
    )


def keep_solved(exercise_id: str) -> bool:
    """Keep that an exercise was solved, and when for the first time. A wrong answer is nobody's business."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return keep("exercises", exercise_id, lambda old: {"solved_at": (old or {}).get("solved_at", now)})


def save_copy(place: Path | None = None) -> Path:
    """Write everything that is kept into a new file in ``place`` (the working folder) and return its path.

    A file that is there already is never replaced: the copy gets the next free number. OSError where nothing can be written.
    """
    name = f"migraine-lab-answers-{datetime.now(UTC).date().isoformat()}"
    number = 1
    while True:
        copy = (place or Path.cwd()) / f"{name}{f'-{number}' if number > 1 else ''}.json"
        try:
            with copy.open("x", encoding="utf-8") as file:
                file.write(as_text(read()))
        except FileExistsError:
            number += 1
        else:
            return copy


def forget() -> bool:
    """Delete the answers file. Returns whether nothing is kept any more."""
    _memory.clear()
    try:
        if path().exists():
            with _locked():
                path().unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _empty() -> Book:
    return {section: {} for section in SECTIONS}


def _load() -> Book:
    """Return the file as it stands on disk; an absent file is an empty book."""
    try:
        raw = path().read_bytes()
    except FileNotFoundError:
        return _empty()
    try:
        found = json.loads(raw.decode("utf-8"))
    except ValueError as error:  # UnicodeDecodeError and JSONDecodeError are both ValueErrors
        raise _DamagedError(str(error)) from None
    except RecursionError as error:
        raise _DamagedError("nested too deeply") from error
    if not isinstance(found, dict) or not isinstance(found.get("version"), int):
        raise _DamagedError("no version")
    if found["version"] > VERSION:
        raise _TooNewError(str(found["version"]))
    found.pop("version")
    # A section that this version does not know is another's work and stays in the file.
    book = {**_empty(), **found}
    for section, entries in book.items():
        if not isinstance(entries, dict) or not all(isinstance(one, dict) for one in entries.values()):
            raise _DamagedError(section)
    return book


def as_text(book: Book) -> str:
    """Return the text of the answers file that holds this book."""
    return json.dumps({"version": VERSION, **book}, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _write(book: Book) -> None:
    handle, name = tempfile.mkstemp(prefix=".answers-", suffix=".json", dir=folder())
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(as_text(book))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _rescue() -> None:
    """Set a damaged file aside when a reader meets it; a disk that cannot be written is left alone."""
    try:
        with _locked():
            try:
                _load()
            except _DamagedError:
                _set_aside()
    except (_TooNewError, OSError):
        _tell(f"Your answers file {path()} cannot be read; it was left as it is.")


def _set_aside() -> None:
    """Move the damaged file to a name that is still free (the lock is held)."""
    number = 1
    while (aside := path().with_name(f"answers-damaged-{number}.json")).exists():
        number += 1
    path().rename(aside)
    _tell(f"Your answers file could not be read. It was set aside as {aside} and a new one was begun.")


def _tell(sentence: str) -> None:
    if sentence not in _notices:
        _notices.append(sentence)


@contextmanager
def _locked() -> Iterator[None]:
    """Hold the lock of the answers folder (it dies with the process); OSError after two seconds."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "answers.lock").open("a+b") as file:
        _acquire(file.fileno())
        try:
            yield
        finally:
            _release(file.fileno())


def _acquire(handle: int) -> None:
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            _lock_now(handle)
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


if sys.platform == "win32":
    import msvcrt

    def _lock_now(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _release(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock_now(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
