"""Keys pressed in a list, box or button stay there: JupyterLab's command mode would add and delete cells with them."""

from __future__ import annotations

from pathlib import Path

import anywidget


class Keys(anywidget.AnyWidget):
    """An invisible widget; one on a page guards every control on it, the students' own widgets too."""

    _esm = Path(__file__).with_name("keys.js")
