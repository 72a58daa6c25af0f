"""The command line: checking data, and starting the lab or saying in a sentence why not."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from migraine_lab import data
from migraine_lab.publish import lab
from migraine_lab.publish.cli import app

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def package(tmp_path):
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind((lab.HOST, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_check_counts_the_tables_when_all_is_well(run, package):
    count = len(json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"])
    for result in (run("check"), run("check", package)):
        assert result.output == f"no problems in {count} tables\n"
        assert result.exit_code == 0


def test_check_says_each_problem_in_a_sentence_and_exits_1(run, package):
    results = package / "results.csv"
    lines = results.read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("study_id")
    first, *rest = lines[1].split(",")
    cells = [first, *rest]
    cells[place] = "no_such_study"
    results.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    outcome = run("check", package)
    assert outcome.exit_code == 1
    assert [str(problem) for problem in data.check(package)] == outcome.output.splitlines()[:-1]
    assert "no_such_study" in outcome.output
    assert outcome.output.splitlines()[-1].endswith(("problem", "problems"))


def test_check_of_a_folder_that_is_not_there(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = run("check", "nowhere")
    assert outcome.exit_code == 1
    assert "nowhere" in outcome.output
    assert "Traceback" not in outcome.output


def test_help_names_both_commands_without_loading_the_science():
    code = (
        "import sys; from migraine_lab.publish.cli import app; "
        "print(sorted({'numpy', 'pandas', 'matplotlib', 'jupyterlab'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    text = CliRunner().invoke(app, ["--help"]).output
    assert "lab" in text
    assert "check" in text


def test_a_named_port_that_is_taken_is_refused(taken):
    with pytest.raises(lab.LabError, match=f"Port {taken} on this machine is in use"):
        lab.choose_port(taken)


def test_the_command_refuses_a_taken_port_in_one_sentence(run, taken, tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / lab.FIRST_LESSON).write_text("{}")
    monkeypatch.chdir(tmp_path)
    outcome = run("lab", "--no-browser", "--port", taken)
    assert outcome.exit_code == 1
    assert len(outcome.output.splitlines()) == 1
    assert str(taken) in outcome.output


def test_without_a_named_port_the_next_free_one_is_taken(taken, monkeypatch):
    monkeypatch.setattr(lab, "USUAL_PORT", taken)
    assert lab.choose_port(None) > taken


def test_when_every_port_is_taken_it_says_what_to_do(taken, monkeypatch):
    monkeypatch.setattr(lab, "USUAL_PORT", taken)
    monkeypatch.setattr(lab, "PORTS_TRIED", 1)
    with pytest.raises(lab.LabError, match="are all in use: close"):
        lab.choose_port(None)


def test_no_window_is_expected_without_a_display(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    assert lab.browser_can_open({}) is False


def test_lessons_are_found_from_a_folder_inside(tmp_path, monkeypatch):
    (tmp_path / "notebooks" / "deeper").mkdir(parents=True)
    (tmp_path / lab.FIRST_LESSON).write_text("{}")
    monkeypatch.chdir(tmp_path / "notebooks" / "deeper")
    assert lab.project_root() == tmp_path


def test_missing_lessons_are_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lab, "__file__", str(tmp_path / "a" / "b" / "c" / "lab.py"))
    with pytest.raises(lab.LabError, match="00_start_here"):
        lab.project_root()


def test_root_is_allowed_and_others_are_not_told_so(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    assert "--allow-root" in lab.arguments(ROOT, 8888, opens=False)
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    assert "--allow-root" not in lab.arguments(ROOT, 8888, opens=False)


def test_the_lab_starts_and_serves_the_first_lesson_to_this_machine_only(tmp_path):
    port = next(p for p in range(18_888, 19_888) if lab.port_is_free(p))
    command = [sys.executable, "-m", "migraine_lab.publish.cli", "lab", "--no-browser", "--port", str(port)]
    with (tmp_path / "log").open("w+") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            page = _wait_for_page(server, tmp_path / "log", f"http://{lab.HOST}:{port}/lab")
            log_text = (tmp_path / "log").read_text()
            token = log_text.split("token=")[1].split()[0]
            contents = f"http://{lab.HOST}:{port}/api/contents/{lab.FIRST_LESSON}?content=0&token={token}"
            with urllib.request.urlopen(contents, timeout=10) as answer:
                assert json.load(answer)["type"] == "notebook"
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(contents.split("&token")[0], timeout=10)
        finally:
            server.terminate()
            server.wait(20)
    assert "JupyterLab" in page
    assert lab.address(port, token) in log_text
    assert "Traceback" not in log_text


def _wait_for_page(server, log, address, seconds=60):
    for _ in range(seconds * 4):
        assert server.poll() is None, log.read_text()
        try:
            token = log.read_text().split("token=")[1].split()[0]
            with urllib.request.urlopen(f"{address}?token={token}", timeout=10) as answer:
                return answer.read().decode()
        except (IndexError, urllib.error.URLError):
            time.sleep(0.25)
    raise AssertionError(f"no answer within {seconds} s:\n{log.read_text()}")
