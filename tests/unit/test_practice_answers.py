"""The student's answers file: merged, never lost, never in the way."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from migraine_lab.practice import answers


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(answers, "_memory", {})
    answers.notice()
    return tmp_path / "home"


def put(key: str, value: object, section: str = "guesses") -> bool:
    return answers.keep(section, key, lambda old: {**(old or {}), "last": value})


def test_kept_answers_come_back() -> None:
    assert put("06-a", 40)
    assert put("06-b", "pain relief")
    assert answers.entry("guesses", "06-a") == {"last": 40}
    assert answers.read()["guesses"]["06-b"] == {"last": "pain relief"}
    assert answers.notice() == ""


def test_nothing_is_written_before_something_is_kept(home: Path) -> None:
    assert answers.read()["guesses"] == {}
    assert answers.entry("guesses", "06-a") is None
    assert not home.exists()


def test_change_gets_the_old_entry() -> None:
    put("06-a", 1)
    answers.keep("guesses", "06-a", lambda old: {**(old or {}), "more": 2})
    assert answers.entry("guesses", "06-a") == {"last": 1, "more": 2}


def test_unknown_section_is_refused() -> None:
    with pytest.raises(ValueError, match="no section 'marks'"):
        put("a", 1, section="marks")


def test_two_kernels_do_not_overwrite_each_other(home: Path) -> None:
    # Two processes, each 50 entries of its own and 50 turns on one that they share: 200 writes.
    code = (
        "import sys\n"
        "from migraine_lab.practice import answers\n"
        "for i in range(50):\n"
        "    assert answers.keep('guesses', f'{sys.argv[1]}-{i}', lambda old: {'last': 1})\n"
        "    add = lambda old: {'count': (old or {'count': 0})['count'] + 1}\n"
        "    assert answers.keep('quizzes', 'shared', add)\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, name], env=os.environ) for name in ("one", "two")
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    book = answers.read()
    assert len(book["guesses"]) == 100
    assert book["quizzes"]["shared"] == {"count": 100}
    assert sorted(file.name for file in home.iterdir()) == ["answers.json", "answers.lock"]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b'{"guesses": {}}',
        b'{"version": 1, "guesses": []}',
        b'{"version": 1, "guesses": {"a": 3}}',
        '{"version": 1}'.encode("utf-16"),
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_damaged_file_is_set_aside_and_kept(home: Path, damage: bytes) -> None:
    home.mkdir()
    answers.path().write_bytes(damage)
    assert answers.read()["guesses"] == {}
    aside = home / "answers-damaged-1.json"
    assert aside.read_bytes() == damage
    assert str(aside) in answers.notice()
    assert put("06-a", 40)
    assert aside.read_bytes() == damage
    assert answers.entry("guesses", "06-a") == {"last": 40}


def damages() -> list[bytes]:
    """100 ways in which a file of answers can come to grief, each another one."""
    answers.keep_score("06", {"a": True, "b": False})
    put("06-a", "“half”, or 50 %")
    whole = answers.path().read_bytes()
    chance = random.Random(7)
    cut = [whole[:at] for at in chance.sample(range(len(whole) - 2), 40)]
    torn = []
    while len(torn) < 40:  # a stretch overwritten with zero bytes, as after a crash of the disk
        at, length = chance.randrange(len(whole) - 3), chance.randrange(1, 60)
        torn.append(whole[:at] + b"\0" * length + whole[at + length :])
    wrong: list[object] = [None, 3, "text", [], [{}], {"a": 1}, {"a": [1]}, {"a": None}, {"a": "b"}, True]
    typed = [
        json.dumps({"version": 1, name: value}).encode() for value in wrong for name in ("guesses", "cards")
    ]
    return [*cut, *torn, *typed]


def test_each_of_100_damaged_files_is_set_aside_with_a_sentence(home: Path) -> None:
    files = damages()
    assert len(set(files)) == 100
    for number, damage in enumerate(files, start=1):
        answers.path().write_bytes(damage)
        assert answers.read()["guesses"] == {}
        aside = home / f"answers-damaged-{number}.json"
        assert aside.read_bytes() == damage
        said = answers.notice()
        assert str(aside) in said
        assert said.endswith("a new one was begun.")
        assert put("06-b", number)
    assert len(list(home.glob("answers-damaged-*.json"))) == 100


def test_a_section_of_another_version_stays_in_the_file() -> None:
    put("06-a", 1)
    book = json.loads(answers.path().read_text(encoding="utf-8"))
    answers.path().write_text(json.dumps({**book, "letters": {"a": {"text": "x"}}}), encoding="utf-8")
    assert put("06-b", 2)
    assert json.loads(answers.path().read_text(encoding="utf-8"))["letters"] == {"a": {"text": "x"}}


def test_second_damaged_file_does_not_replace_the_first(home: Path) -> None:
    home.mkdir()
    for text in (b"first", b"second"):
        answers.path().write_bytes(text)
        assert put("06-a", 1)
    assert (home / "answers-damaged-1.json").read_bytes() == b"first"
    assert (home / "answers-damaged-2.json").read_bytes() == b"second"


def test_file_of_a_later_version_is_left_alone(home: Path) -> None:
    home.mkdir()
    later = json.dumps({"version": answers.VERSION + 1, "guesses": {"old": {"last": 1}}})
    answers.path().write_text(later, encoding="utf-8")
    assert not put("06-a", 40)
    assert "later version" in answers.notice()
    assert answers.path().read_text(encoding="utf-8") == later
    assert answers.entry("guesses", "06-a") == {"last": 40}


def test_unwritable_place_keeps_answers_for_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(blocked))
    assert not put("06-a", 40)
    assert "only until you restart" in answers.notice()
    assert answers.entry("guesses", "06-a") == {"last": 40}
    assert not answers.keep("guesses", "06-a", lambda old: {**(old or {}), "tries": 2})
    assert answers.entry("guesses", "06-a") == {"last": 40, "tries": 2}


def test_answers_of_the_session_are_written_when_the_disk_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(blocked))
    put("06-a", 40)
    blocked.unlink()
    assert put("06-b", 50)
    stored = json.loads(answers.path().read_text(encoding="utf-8"))
    assert stored["guesses"] == {"06-a": {"last": 40}, "06-b": {"last": 50}}


def test_a_failed_write_leaves_the_old_file_and_no_litter(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("06-a", 40)
    before = answers.path().read_bytes()

    def full(_handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(answers.os, "fsync", full)
    assert not put("06-b", 50)
    assert answers.path().read_bytes() == before
    assert sorted(file.name for file in home.iterdir()) == ["answers.json", "answers.lock"]


def test_held_lock_means_not_kept_rather_than_waiting_for_ever(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LOCK_SECONDS", 0.1)
    with answers._locked():
        assert not put("06-a", 40)
    assert put("06-b", 50)


def test_forget_deletes_everything(home: Path) -> None:
    put("06-a", 40)
    assert answers.forget()
    assert answers.entry("guesses", "06-a") is None
    assert not answers.path().exists()
    assert answers.forget()
