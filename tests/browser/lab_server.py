"""A JupyterLab of its own for tests and benchmarks: free port, own home, a copy of the notebooks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from migraine_lab.publish import slideshow

START_SECONDS = 60.0


def free_port() -> int:
    """A TCP port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LabServer:
    """JupyterLab in a process of its own, with nothing of the user's: no settings, no kept answers.

    Parameters: ``root`` the folder that JupyterLab shows (tests save into it, so give a copy), ``home`` an
    empty folder for settings, workspaces and answers. Use as a context manager.
    Raises RuntimeError with the end of JupyterLab's log when it does not answer within a minute.
    """

    def __init__(self, root: Path, home: Path) -> None:
        self.root = root
        self.home = home
        self.settings_dir = home / "user-settings"
        self.log = home / "jupyterlab.log"
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address without a trailing slash."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """The environment of the server: every folder that Jupyter or the package writes to is ours."""
        folders = {
            "HOME": self.home,
            "USERPROFILE": self.home,
            "JUPYTER_CONFIG_DIR": self.home / "config",
            "JUPYTER_DATA_DIR": self.home / "data",
            "JUPYTER_RUNTIME_DIR": self.home / "runtime",
            "JUPYTERLAB_SETTINGS_DIR": self.settings_dir,
            "JUPYTERLAB_WORKSPACES_DIR": self.home / "workspaces",
            "IPYTHONDIR": self.home / "ipython",
            "MIGRAINE_LAB_HOME": self.home / "migraine-lab",
        }
        # matplotlib's font list takes seconds to make: it may be kept where it is already.
        cache = {"MPLCONFIGDIR": os.environ.get("MPLCONFIGDIR", str(Path.home() / ".config" / "matplotlib"))}
        own = {name: str(folder) for name, folder in folders.items()}
        return slideshow.lab_environment({**os.environ, **cache, **own})

    def start(self) -> LabServer:
        """Start, wait until it answers, return itself."""
        self.home.mkdir(parents=True, exist_ok=True)
        slideshow.quiet_start(self.settings_dir)
        command = [
            sys.executable,
            "-m",
            "jupyter",
            "lab",
            "--no-browser",
            "--allow-root",
            "--expose-app-in-browser",
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            "--ServerApp.ip=127.0.0.1",
            "--IdentityProvider.token=",
            f"--ServerApp.root_dir={self.root}",
            "--LabApp.news_url=",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, env=self.environment(), stdout=log, stderr=subprocess.STDOUT, cwd=self.root
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/api/status", timeout=5):
                    return self
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        tail = self.log.read_text(errors="replace")[-2000:]
        self.stop()
        raise RuntimeError(f"JupyterLab did not answer at {self.url}:\n{tail}")

    def stop(self) -> None:
        """End the server and, with it, its kernels."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=5)
        self.process = None

    def __enter__(self) -> LabServer:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()
