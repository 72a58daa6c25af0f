"""The house keeps its own rules: one set of requirements, one place a fact, no trace of one machine."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
REQUIREMENTS = [
    Requirement(text)
    for text in [*PROJECT["dependencies"], *EXTRAS["grading"], *EXTRAS["test"]]
    if text != "migraine-lab[grading]"  # the extra "test" holds the other one
]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

# On conda-forge Playwright has another name and its own browsers; pip brings it with the project.
ONLY_BY_PIP = {"playwright"}

posix = pytest.mark.skipif(
    os.name != "posix", reason="shell scripts; elsewhere the conda way is the one to use"
)


def tracked_files():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: which files belong to the project is not known")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def tracked_texts():
    for path in tracked_files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            assert path.suffix in {".png", ".svgz", ".ico"}, f"{path} is neither UTF-8 text nor a picture"


def test_conda_asks_for_what_pyproject_asks_for():
    *named, last = CONDA["dependencies"]
    assert last == {"pip": ["-e .[test]"]}
    conda = {canonicalize_name(r.name): r.specifier for r in map(Requirement, named)}
    assert str(conda.pop("python")) == PROJECT["requires-python"]
    assert not str(conda.pop("pip"))
    wanted = {canonicalize_name(r.name): r.specifier for r in REQUIREMENTS}
    assert conda == {name: spec for name, spec in wanted.items() if name not in ONLY_BY_PIP}
    assert CONDA["channels"] == ["conda-forge", "nodefaults"]


def test_constraints_pin_every_requirement_within_its_range():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {}
    for line in lines:
        if line and not line.startswith("#"):
            assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.+]*", line), line
            name, version = line.split("==")
            pins[canonicalize_name(name)] = Version(version)
    for requirement in REQUIREMENTS:
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{name} has no pin"
        assert pins[name] in requirement.specifier, f"{name} is pinned outside its range"
    assert not [name for name, version in pins.items() if version.is_prerelease]


def test_no_registry_host_and_no_path_of_one_machine():
    # Written in pieces, or this file would be the first to break the rule.
    hosts = ["files.python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian", "pypi.org/" + "simple"]
    paths = ["/ho" + r"me/\w+/", "/Us" + r"ers/\w+/", "/ro" + r"ot/\w", "/wo" + r"rk/\w", "C:" + r"\\+Users"]
    forbidden = re.compile("|".join([*map(re.escape, hosts), *(rf"(?<![\w.:]){path}" for path in paths)]))
    found = [
        f"{p.relative_to(ROOT)}: {m.group()}" for p, text in tracked_texts() for m in forbidden.finditer(text)
    ]
    assert not found


def test_modules_stay_short():
    long = {
        p.name: n
        for p in ROOT.glob("src/**/*.py")
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 350
    }
    assert not long


def test_readme_shows_commands_that_exist():
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    shown = set(
        re.findall(r"make ([a-z]+)\b", "\n".join(re.findall(r"^    .*$|`[^`]+`", README, re.MULTILINE)))
    )
    assert {"lab", "test"} <= shown <= targets
    for command in ("conda env create -f environment.yml", "conda activate migraine-lab", "migraine-lab lab"):
        assert command in README
    assert "not medical advice" in README


def test_conda_users_are_shown_the_test_command_that_make_runs():
    made = re.search(r"-m (pytest .*?) \$\(ARGS\)", MAKEFILE).group(1).replace("$(LESSONS)", "notebooks")
    assert made in README


@posix
def test_continuous_checks_run_the_readmes_test_command():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in script
    assert "set -euo pipefail" in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@posix
@pytest.mark.parametrize("browser", [None, "chromium", "google-chrome"])
def test_continuous_checks_bring_a_browser_where_there_is_none(tmp_path, browser):
    """Run the script with stand-ins for everything that it calls; each writes down how it was called."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "id"):
        (tools / name).symlink_to(shutil.which(name))
    for name in {"apt-get", "sudo", "make", browser} - {None}:
        said = f'echo "{name} $*"' if name != "sudo" else '"$@"'
        (tools / name).write_text(f"#!/bin/sh\n{said}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    script = ["/bin/sh", "-c", 'exec bash "$0"', str(ROOT / ".ci" / "run")]
    done = subprocess.run(script, env={"PATH": str(tools)}, capture_output=True, text=True, check=True)
    *installing, last = done.stdout.splitlines()
    assert last == "make test"
    packages = "chromium fonts-dejavu-core"
    wanted = ["apt-get update -qq", f"apt-get install -y -qq --no-install-recommends {packages}"]
    assert installing == ([] if browser else wanted)


def test_citation_names_this_version_and_both_licences():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["version"]
    assert citation["title"] == PROJECT["name"]
    assert citation["license"] == ["MIT", "CC-BY-4.0"]
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert "creativecommons.org/licenses/by/4.0/legalcode" in (ROOT / "LICENSE-CONTENT").read_text(
        encoding="utf-8"
    )


@pytest.fixture
def bare_house(tmp_path):
    """A folder with the Makefile alone, where `make setup` can fail without harm."""
    if os.name != "posix" or shutil.which("make") is None:
        pytest.skip("no make here: the conda way is the one to use")
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def fake_python(folder, refuses, version="Python 3.9.18"):
    """A stand-in interpreter that fails the one question which holds the word in `refuses`."""
    script = folder / "fake-python"
    script.write_text(
        f'#!/bin/sh\ncase "$*" in -V) echo "{version}";; *"{refuses}"*) exit 1;; *) exit 0;; esac\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    return script


def make_setup(folder, *options):
    command = ["make", "setup", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("refuses", "says"),
    [
        ("version_info", "is Python 3.9.18, but migraine-lab needs Python 3.11 or newer"),
        ("ensurepip", "has no venv module. On Debian and Ubuntu install it with: apt install python3-venv"),
    ],
)
def test_make_says_what_the_python_lacks(bare_house, refuses, says):
    python = fake_python(bare_house, refuses)
    done = make_setup(bare_house, f"PYTHON={python}")
    assert done.returncode != 0
    assert says in done.stdout
    assert not (bare_house / ".venv").exists()


def test_make_says_when_there_is_no_such_python(bare_house):
    done = subprocess.run(
        ["make", "setup", "PYTHON=no-such-python"],
        cwd=bare_house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "No no-such-python found. Install Python 3.11 or newer" in done.stdout


def test_make_keeps_an_environment_that_is_ready_and_mends_one_that_moved(bare_house):
    """Ready is: the same requirements in the same folder. Anything else is built again."""
    key = subprocess.run(
        'echo "$(pwd) $(cat pyproject.toml constraints.txt | cksum) Python 3.11.0"',
        cwd=bare_house, shell=True, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    (bare_house / ".venv").mkdir()
    ready = bare_house / ".venv" / ".ready"
    refusing = fake_python(bare_house, "version_info")
    text = MAKEFILE.replace("PYTHON ?= python3", f"PYTHON := {refusing}")
    (bare_house / "Makefile").write_text(text, encoding="utf-8")

    def setup():
        return make_setup(bare_house).returncode

    ready.write_text(key, encoding="utf-8")
    assert setup() == 0
    ready.write_text("/somewhere/else " + key, encoding="utf-8")
    assert setup() != 0
    ready.write_text(key, encoding="utf-8")
    (bare_house / "constraints.txt").write_text("numpy==1.0\n", encoding="utf-8")
    assert setup() != 0
