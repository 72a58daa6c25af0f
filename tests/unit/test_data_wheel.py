"""The wheel carries the data: installed into a clean folder, without the repository, a table can be read."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from migraine_lab import data

ROOT = Path(__file__).resolve().parents[2]
READ = """
import migraine_lab, pathlib, sys
from migraine_lab import data
from migraine_lab.data import package
assert pathlib.Path(migraine_lab.__file__).is_relative_to(sys.argv[1]), migraine_lab.__file__
assert package.root().is_relative_to(sys.argv[1]), package.root()
print(len(data.tables()), len(data.table("symptoms")), data.cite("ichd3"))
"""


def run(*command: str, **more: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | more
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # hatchling belongs to the test extra: where it is missing, that is the fault to report
    assert importlib.util.find_spec("hatchling"), "pip install hatchling, or make setup"
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-index")
    run(*pip, "--no-build-isolation", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (made,) = folder.glob("migraine_lab-*.whl")
    return made


def test_the_wheel_holds_every_file_of_the_data_package(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if "/_data/" in name}
    for path in sorted((ROOT / "data").rglob("*")):
        if path.is_file():
            name = f"migraine_lab/_data/{path.relative_to(ROOT / 'data').as_posix()}"
            assert held.get(name) == path.read_bytes(), name


def test_an_installed_wheel_reads_its_own_tables(wheel, tmp_path):
    target = tmp_path / "clean"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index")
    run(*pip, "--no-deps", "--target", str(target), str(wheel))
    said = run(sys.executable, "-P", "-c", READ, str(target), PYTHONPATH=str(target)).strip()
    assert said == f"{len(data.tables())} {len(data.table('symptoms'))} {data.cite('ichd3')}"
