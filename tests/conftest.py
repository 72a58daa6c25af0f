"""What every test shares: a scratch home for answers, no window, examples that do not depend on the clock."""

import os
import tempfile

import pytest
from hypothesis import settings

# Before anything imports matplotlib or starts a kernel, which inherits both.
os.environ["MPLBACKEND"] = "agg"
os.environ["MIGRAINE_LAB_HOME"] = tempfile.mkdtemp(prefix="migraine-lab-test-")

# A busy machine is no failure: speed is measured by `make bench`, never by a test.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Give each test an empty place for kept answers."""
    monkeypatch.setenv("MIGRAINE_LAB_HOME", str(tmp_path / "home"))
