"""The command that lists the sources and what their citations lack."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from migraine_lab import data
from migraine_lab.publish.cli import app


@pytest.fixture
def run():
    # wide enough for an id to stay in one piece
    return lambda *arguments: CliRunner().invoke(app, list(arguments), env={"COLUMNS": "240"})


def complete(row) -> bool:
    seen = not {"title", "authors"} & set(row["not_seen"].split(";"))
    return bool(seen and row["title"] and row["authors"] and (row["doi"] or row["pmid"]))


def test_all_sources_are_listed_with_where_to_find_them(run):
    outcome = run("sources")
    assert outcome.exit_code == 0
    sources = data.table("sources")
    assert outcome.output.splitlines()[-1] == f"{len(sources)} of {len(sources)} sources"
    for source_id in sources["source_id"]:
        assert f" {source_id} " in outcome.output
    assert "doi 10.1097/AAP.0000000000000827" in outcome.output
    assert " lacks " not in outcome.output


def test_missing_lists_those_and_only_those_whose_citation_is_not_complete(run):
    outcome = run("sources", "--missing")
    assert outcome.exit_code == 0
    sources = data.table("sources")
    lacking = [row["source_id"] for row in sources.to_dict("records") if not complete(row)]
    assert 0 < len(lacking) < len(sources)
    assert outcome.output.splitlines()[-1] == f"{len(lacking)} of {len(sources)} sources lack something"
    rows = {line.split("│")[1].strip(): line for line in outcome.output.splitlines() if line.startswith("│")}
    assert set(filter(None, rows)) == set(lacking)


def test_what_is_lacking_is_named(run, monkeypatch):
    sources = data.table("sources").head(4).copy()
    sources["title"] = ["[Translated]", "", "[A description]", "No way to find it"]
    sources["not_seen"] = ["", "title", "authors;title", ""]
    sources["authors"] = ["A B", "A B", "", "A B"]
    sources["doi"], sources["pmid"] = ["10.1/a", "10.1/b", "", ""], ["", "", "1", ""]
    monkeypatch.setattr(data, "table", lambda _name: sources)
    lines = [line for line in run("sources", "--missing").output.splitlines() if line.startswith("│")]
    assert [line.split("│")[-2].strip() for line in lines] == [
        "title",
        "title, authors",
        "DOI and PubMed number",
    ]
    assert "[A description]" in lines[1], "square brackets are no markup"


def test_the_science_is_loaded_only_when_the_command_runs():
    code = (
        "import sys; from migraine_lab.publish.cli import app; "
        "print(sorted({'pandas', 'rich.table', 'migraine_lab.data'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
