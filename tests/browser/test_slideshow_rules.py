"""Rules of the live slide show that need no browser: settings, search path, marks on hidden cells."""

import copy
import json
import os

import json5
import nbformat.v4 as nbf
import pytest
from jupyterlab_server.config import get_page_config

from migraine_lab.publish import slideshow

REMEMBERED = """{
    // Decks
    // Whether presentation mode is currently active.
    "active": true,
    "showCodeCellPrompt": true
}"""


def remembered(folder, text=REMEMBERED):
    path = slideshow.settings_file(folder)
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_quiet_start_forgets_the_show_and_nothing_else(tmp_path):
    path = remembered(tmp_path)
    assert slideshow.quiet_start(tmp_path)
    assert json5.loads(path.read_text()) == {"active": False, "showCodeCellPrompt": True}
    assert "// Decks" in path.read_text()
    assert not slideshow.quiet_start(tmp_path)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("text", ["{'active':true}", "{active : true}", '{"active":\n true}'])
def test_quiet_start_reads_settings_written_by_hand(tmp_path, text):
    path = remembered(tmp_path, text)
    assert slideshow.quiet_start(tmp_path)
    assert json5.loads(path.read_text()) == {"active": False}


@pytest.mark.parametrize("text", ["{}", '{"showCodeCellPrompt": true}', '{"inactive": true}'])
def test_quiet_start_leaves_other_settings_alone(tmp_path, text):
    path = remembered(tmp_path, text)
    assert not slideshow.quiet_start(tmp_path)
    assert path.read_text() == text


def test_quiet_start_survives_what_it_cannot_read(tmp_path):
    assert not slideshow.quiet_start(tmp_path / "never made")
    slideshow.settings_file(tmp_path).mkdir(parents=True)
    assert not slideshow.quiet_start(tmp_path)
    other = tmp_path / "other"
    remembered(other).write_bytes(b"\xff\xfe\x00")
    assert not slideshow.quiet_start(other)


def test_lab_environment_keeps_the_users_own_path():
    env = slideshow.lab_environment({"JUPYTER_CONFIG_PATH": f"/a{os.pathsep}/b", "LANG": "C"})
    assert env["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [str(slideshow.CONFIG_DIR), "/a", "/b"]
    assert env["LANG"] == "C"
    assert slideshow.lab_environment(env) == env


def test_shipped_configuration_is_valid_json():
    files = sorted(slideshow.CONFIG_DIR.rglob("*.json"))
    assert len(files) == 3
    for file in files:
        assert json.loads(file.read_text(encoding="utf-8"))


def test_the_lab_leaves_out_what_nbgrader_adds_to_it(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", slideshow.lab_environment({})["JUPYTER_CONFIG_PATH"])
    disabled = get_page_config([])["disabledExtensions"]
    assert {"@jupyter/nbgrader", "@jupyter-notebook/lab-extension"} <= set(disabled)


NOWHERE = {slideshow.EXTENSION: {"layer": "none"}}
WITH_ITS_SLIDE = {slideshow.EXTENSION: {"layer": "slide"}}


def cell(kind, **metadata):
    slide = {} if kind is None else {"slide_type": kind}
    return nbf.new_markdown_cell("words", metadata={"slideshow": slide, **metadata})


def test_mark_layers_marks_what_is_no_stop_of_its_own():
    kinds = ["slide", "-", "notes", "skip", None, "fragment", "subslide", None]
    notebook = nbf.new_notebook(cells=[cell(kind) for kind in kinds])
    assert slideshow.mark_layers(notebook) == 4
    assert slideshow.faults(notebook) == []
    assert [slideshow.slide_type(one) for one in notebook.cells] == [None if k == "-" else k for k in kinds]
    layers = [one.metadata.get(slideshow.EXTENSION, {}).get("layer") for one in notebook.cells]
    assert layers == [None, "slide", "none", "none", "slide", None, None, None]
    marked = copy.deepcopy(notebook)
    assert slideshow.mark_layers(notebook) == 0
    assert notebook == marked
    notebook.cells[3].metadata.slideshow.slide_type = "slide"
    assert slideshow.mark_layers(notebook) == 1
    assert slideshow.faults(notebook) == []


def test_mark_layers_leaves_silence_to_be_named():
    notebook = nbf.new_notebook(cells=[cell("slide"), nbf.new_markdown_cell("x")])
    assert slideshow.mark_layers(notebook) == 0
    assert "Cell 1 has no slideshow metadata" in slideshow.faults(notebook)[0]


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ([], "Cell 0 is no slide"),
        ([cell("notes", **NOWHERE)], "Cell 0 is no slide"),
        ([cell("slide"), cell("notes")], "Cell 1 (notes)"),
        ([cell("slide"), cell("skip")], "Cell 1 (skip)"),
        ([cell("slide"), cell("skip", **WITH_ITS_SLIDE)], "Cell 1 (skip)"),
        ([cell("slide"), cell("-")], 'Cell 1: slide type "-"'),
        ([cell("slide"), cell("slides")], 'slide type "slides"'),
        ([cell("slide"), cell("slide", **NOWHERE)], "Cell 1 (slide)"),
        ([cell("slide"), cell(None, **NOWHERE)], "Cell 1 (continues a slide)"),
        ([cell("slide"), cell(None, **WITH_ITS_SLIDE)], "Cell 1 (continues a slide)"),
    ],
)
def test_faults_names_the_cell_and_what_is_wrong(cells, word):
    said = slideshow.faults({"cells": cells})
    assert len(said) == 1
    assert word in said[0]
