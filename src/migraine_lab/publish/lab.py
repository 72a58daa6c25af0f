"""Start JupyterLab on the first lesson: on this machine only, quietly, never in slide mode.

The port: where the student named one, that one or a clear refusal, because a named port is one that a tunnel
or a bookmark expects; where not, 8888 or the next free one, because two open labs are no mistake.
"""

import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path

from migraine_lab.publish import slideshow

HOST = "127.0.0.1"
FIRST_LESSON = "notebooks/00_start_here.ipynb"
USUAL_PORT = 8888
PORTS_TRIED = 50


class LabError(RuntimeError):
    """The lab cannot start; the text is one sentence or two for the student: what, where, what to do."""


def start(*, port: int | None = None, browser: bool = True) -> None:
    """Open the lessons and serve them until Ctrl+C. Raises LabError where that cannot be done."""
    root = project_root()
    chosen = choose_port(port)
    if port is None and chosen != USUAL_PORT:
        print(f"Port {USUAL_PORT} is in use by another program, so the lessons open on port {chosen}.")
    opens = browser and browser_can_open()
    token = secrets.token_hex(16)
    ask = "If no browser opens, open" if opens else "Open"
    print(f"JupyterLab starts in a few seconds; Ctrl+C in this window stops it. {ask} this address:")
    print(f"  {address(chosen, token)}", flush=True)

    # The token goes through the environment: arguments can be read by everyone on the machine.
    os.environ.update(slideshow.lab_environment(os.environ), JUPYTER_TOKEN=token)
    from jupyter_core.paths import jupyter_config_dir
    from jupyterlab.labapp import LabApp

    usual_settings = Path(jupyter_config_dir(), "lab", "user-settings")
    slideshow.quiet_start(Path(os.environ.get("JUPYTERLAB_SETTINGS_DIR", usual_settings)))
    LabApp.launch_instance(argv=arguments(root, chosen, opens=opens))


def arguments(root: Path, port: int, *, opens: bool) -> list[str]:
    """Options for JupyterLab: this machine only, first lesson, no news, quiet, no question at Ctrl+C."""
    options = [
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={root}",
        f"--ServerApp.open_browser={opens}",
        f"--LabApp.default_url=/lab/tree/{FIRST_LESSON}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--ServerApp.answer_yes=True",
        "--Application.log_level=ERROR",
    ]
    # JupyterLab refuses to run as root unless told to; in a container root is the only user there is.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    return options


def address(port: int, token: str) -> str:
    """Where the first lesson opens, with the token that lets the student in."""
    return f"http://{HOST}:{port}/lab/tree/{FIRST_LESSON}?token={token}"


def choose_port(wanted: int | None) -> int:
    """Return the wanted port, or the first free one from 8888 on; LabError where there is none."""
    if wanted is not None:
        if not port_is_free(wanted):
            raise LabError(
                f"Port {wanted} on this machine is in use by another program: "
                "leave --port out to get the next free one, or name another."
            )
        return wanted
    for port in range(USUAL_PORT, USUAL_PORT + PORTS_TRIED):
        if port_is_free(port):
            return port
    raise LabError(
        f"Ports {USUAL_PORT} to {USUAL_PORT + PORTS_TRIED - 1} on this machine are all in use: "
        "close a JupyterLab that still runs, or name a free port with --port."
    )


def port_is_free(port: int) -> bool:
    """Try to listen on the port of this machine for a moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            # Without it a port just closed would look taken for a minute.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def browser_can_open(environment: Mapping[str, str] | None = None) -> bool:
    """Tell whether a window can open: on Linux only with a display, and where a browser is known."""
    env = os.environ if environment is None else environment
    if sys.platform.startswith("linux") and not (env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def project_root() -> Path:
    """Find the folder with the lessons: where the command runs or above, else the checkout it came from."""
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[3]):
        if (folder / FIRST_LESSON).is_file():
            return folder
    raise LabError(
        f"{FIRST_LESSON} was not found in {here} or above: run migraine-lab lab in the project's folder."
    )
