"""Live slides with jupyterlab-slideshow 0.3.4: pages open for reading, no slide is empty, text is large.

What the extension does by itself, and what is done about it here:

- It keeps "presenting" in the user's settings, so a window closed during a talk opens as slides ever after.
  ``quiet_start`` takes that out of the settings; as a server extension (``jupyter_config/``) this module does
  so whenever a page is opened.
- The screen is blank, and no key leads on, while the active cell is a speaker note; a skipped cell jumps on;
  each further cell of a slide costs a key press that shows nothing new. A cell that names a layer is left out
  of the walk and shows the slide before it, so ``mark_layers`` puts hidden cells on a layer that is shown
  nowhere and further cells on the layer of their slide. ``faults`` says what a notebook still lacks.
- It does not enlarge text, and its keys work only while a cell has the focus. The settings in
  ``jupyter_config/labconfig`` give 24 px text on a 1280 x 720 slide, the same layout enlarged on a larger
  screen, and Page Up / Page Down (a presenter's clicker) wherever the focus is.

The same folder leaves out what nbgrader and the notebook it brings add to JupyterLab: a student's lab needs no grading menu,
and an instructor who grades starts her own.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

CONFIG_DIR = Path(__file__).with_name("jupyter_config")
"""Folder of Jupyter configuration that ``lab_environment`` lays under the user's own."""

HIDDEN = ("skip", "notes")
SLIDE_TYPES = ("slide", "subslide", "fragment", *HIDDEN)
EXTENSION = "jupyterlab-slideshow"
NOWHERE, WITH_ITS_SLIDE = "none", "slide"
"""Layers: one that the slide show does not know and so shows nowhere, one that lasts until the next slide."""

_PRESENTING = re.compile(r"""(?P<key>(["']?)\bactive\b\2\s*:\s*)true\b""")


def settings_file(settings_dir: Path) -> Path:
    """Return the file in which JupyterLab keeps the slide show's settings of one user."""
    return Path(settings_dir) / EXTENSION / "plugin.jupyterlab-settings"


def quiet_start(settings_dir: Path) -> bool:
    """Make the next page open for reading; True where a slide show was remembered and now is not.

    ``settings_dir`` is JupyterLab's folder of user settings. Everything else in the file stays, comments too.
    A file that cannot be read or written is left alone: slides at the start are a nuisance, no lab is worse.
    """
    path = settings_file(settings_dir)
    try:
        text = path.read_text(encoding="utf-8")
        quiet = _PRESENTING.sub(r"\g<key>false", text)
        if quiet == text:
            return False
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(quiet)
        Path(name).replace(path)
    except (OSError, UnicodeDecodeError):
        return False
    return True


def lab_environment(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return ``environment`` (default: this process's) with our Jupyter configuration on its search path."""
    env = dict(os.environ if environment is None else environment)
    known = [path for path in env.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep) if path]
    env["JUPYTER_CONFIG_PATH"] = os.pathsep.join(dict.fromkeys([str(CONFIG_DIR), *known]))
    return env


def slide_type(cell: Mapping[str, Any]) -> str | None:
    """Return a cell's slide type; None where it continues the slide above it."""
    kind = cell.get("metadata", {}).get("slideshow", {}).get("slide_type")
    return None if kind is None else str(kind)


def layers(cells: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """Return for each cell the layer that keeps it out of the walk; None for one that is a stop of its own.

    On the last slide continuing cells remain stops: the slide show ends a layer only where another slide begins.
    """
    kinds = [slide_type(cell) for cell in cells]
    last = max((at for at, kind in enumerate(kinds) if kind in ("slide", "subslide")), default=-1)
    return [
        NOWHERE if kind in HIDDEN else WITH_ITS_SLIDE if kind in (None, "-") and at < last else None
        for at, kind in enumerate(kinds)
    ]


def mark_layers(notebook: MutableMapping[str, Any]) -> int:
    """Put hidden cells and continuing cells on their layers; return how many cells changed.

    A continuing cell loses the slide type "-", with which the slide show would never show it.
    """
    changed = 0
    for cell, wanted in zip(notebook["cells"], layers(notebook["cells"]), strict=True):
        metadata = cell["metadata"]
        if "slideshow" not in metadata:
            continue
        before = repr(metadata)
        if slide_type(cell) == "-":
            del metadata["slideshow"]["slide_type"]
        if wanted:
            metadata[EXTENSION] = {"layer": wanted}
        elif EXTENSION in metadata:
            del metadata[EXTENSION]
        changed += repr(metadata) != before
    return changed


def faults(notebook: Mapping[str, Any]) -> list[str]:
    """Return one sentence for every cell that would go wrong in a live slide show, cells counted from 0."""
    said = []
    cells = notebook["cells"]
    if not cells or slide_type(cells[0]) != "slide":
        said.append("Cell 0 is no slide: the show would begin with an empty screen.")
    for number, (cell, wanted) in enumerate(zip(cells, layers(cells), strict=True)):
        metadata, kind = cell.get("metadata", {}), slide_type(cell)
        found = metadata.get(EXTENSION, {}).get("layer")
        if "slideshow" not in metadata:
            said.append(f"Cell {number} has no slideshow metadata: say whether it is shown.")
        elif kind == "-":
            said.append(f'Cell {number}: slide type "-" is never shown; leave it out to continue a slide.')
        elif kind is not None and kind not in SLIDE_TYPES:
            said.append(f'Cell {number} has slide type "{kind}"; there are: {", ".join(SLIDE_TYPES)}.')
        elif found != wanted and (kind is not None or found is not None):
            said.append(
                f"Cell {number} ({kind or 'continues a slide'}) is on a wrong layer: use mark_layers."
            )
    return said


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell the Jupyter server which module to load."""
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Have the server forget a remembered slide show each time a page of JupyterLab is opened."""
    from jupyterlab.commands import get_user_settings_dir
    from tornado.routing import Matcher, Rule
    from tornado.web import RequestHandler

    page = re.compile(re.escape(server.base_url) + r"(?:lab|doc)(?:/(?:tree|workspaces)/.*|/?)$")

    class PageOpened(Matcher):
        """Sees every request before it is answered and answers none."""

        def match(self, request: Any) -> None:
            if request.method == "GET" and page.match(request.path):
                quiet_start(Path(get_user_settings_dir()))

    server.web_app.default_router.rules.insert(0, Rule(PageOpened(), RequestHandler))
