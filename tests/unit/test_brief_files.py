"""Briefs as files: nothing is overwritten, a place that refuses says so, long exports tell how far they are."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from pybtex.database import parse_string

from migraine_lab.practice.brief import files
from migraine_lab.practice.brief.brief import Brief
from migraine_lab.practice.brief.files import NotSaved
from migraine_lab.practice.brief.questions import every_question, find


@pytest.fixture(scope="module")
def brief() -> Brief:
    return Brief(find(people="attack", treatment="rimegepant", outcome="pain_free", dose="75 mg"))


def test_a_taken_name_gets_a_number(brief: Brief, tmp_path: Path) -> None:
    first = files.save(brief, "html", tmp_path)
    before = first.read_bytes()
    second, third = (
        files.save(Brief(brief.question, notes={"conclusion": "New."}), "html", tmp_path) for _ in range(2)
    )
    assert first.name == "brief-rimegepant-v-placebo-pain-freedom-2-h.html"
    assert [second.name, third.name] == [first.stem + "-2.html", first.stem + "-3.html"]
    assert first.read_bytes() == before
    assert "New." in second.read_text(encoding="utf-8")
    assert first.is_absolute()


def test_names_are_plain_and_short() -> None:
    for question in every_question():
        name = files.stem(Brief(question))
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*[a-z0-9]", name)
        assert len(name) <= files.LONGEST


def test_bibtex_is_read_by_a_strict_parser(brief: Brief, tmp_path: Path) -> None:
    saved = files.save(brief, "bib", tmp_path)
    entries = parse_string(saved.read_text(encoding="utf-8"), "bibtex").entries
    assert list(entries) == brief.source_ids
    assert all(re.fullmatch(r"[A-Za-z][\w:.-]*", key) for key in entries)


def test_every_briefs_sources_are_valid_bibtex() -> None:
    wanted = {source for question in every_question() for source in Brief(question).source_ids}
    text = "".join(files.data.bibliography(sorted(wanted)))
    assert set(parse_string(text, "bibtex").entries) == wanted


def test_a_missing_folder_and_a_wrong_kind_are_named(brief: Brief, tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match=r"There is no folder .*nowhere; make it first") as told:
        files.save(brief, "html", tmp_path / "nowhere")
    assert str(told.value).count(". ") == 0
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(NotSaved, match="There is no folder"):
        files.save(brief, "html", tmp_path / "file")
    with pytest.raises(ValueError, match="html or bib"):
        files.save(brief, "docx", tmp_path)


def test_a_read_only_folder_gives_one_sentence(
    brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refuse(self: Path, mode: str = "r", *rest: object, **more: object):
        if "x" in mode:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(
        NotSaved, match=r"cannot be written to \(Permission denied\); choose another folder"
    ) as told:
        files.save(brief, "html", tmp_path)
    assert str(told.value).count(". ") == 0
    steps = list(files.save_all([brief, brief, brief], "html", tmp_path))
    assert len(steps) == 1, "the first refusal ends it"
    assert steps[0].path is None
    assert "cannot be written" in steps[0].trouble


def test_a_full_disk_leaves_no_half_file(
    brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def full(self: Path, mode: str = "r", *rest: object, **more: object):
        file = real(self, mode, *rest, **more)
        if "x" in mode:

            def no_room(_text: str) -> int:
                raise OSError(28, "No space left on device")

            monkeypatch.setattr(file, "write", no_room, raising=False)
        return file

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(NotSaved, match="No space left"):
        files.save(brief, "html", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_several_briefs_tell_their_progress(tmp_path: Path) -> None:
    briefs = [Brief(one) for one in every_question()[:4]]
    steps = list(files.save_all(briefs, "bib", tmp_path))
    assert [(step.number, step.of) for step in steps] == [(number, 4) for number in range(1, 5)]
    assert [step.title for step in steps] == [brief.title for brief in briefs]
    assert len({step.path for step in steps}) == 4
    assert all(step.path and step.path.is_file() for step in steps)


def test_the_download_link_holds_the_same_file(brief: Brief) -> None:
    link = files.download_link(brief, "bib")
    content = re.search(r'href="data:application/x-bibtex;base64,([^"]+)"', link)
    assert content is not None
    assert base64.b64decode(content[1]).decode() == files.text(brief, "bib")
    assert 'download="brief-rimegepant-v-placebo-pain-freedom-2-h.bib"' in link
