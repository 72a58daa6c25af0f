"""The brief's figure as SVG that stands in the page itself: it follows the page's colours, light, dark and printed."""

from __future__ import annotations

import html
import io
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

from migraine_lab.explore.rate_rows import brief_name
from migraine_lab.explore.rate_words import inside, plural

from .questions import NOBODY

if TYPE_CHECKING:
    import pandas as pd

    from migraine_lab.figures.brief_rows import BriefRows

    from .brief import Brief

WIDTH = 720
"""CSS pixels: an A4 page between its margins, so that printed text keeps its size."""
LONG = 70
"""Letters of a heading that leave room to say more on its line."""


def variables(dark: bool) -> str:
    """The palette as CSS variables: ``--mb-ink:#33373b;...``."""
    from migraine_lab.figures.style import DARK, LIGHT  # matplotlib comes with it

    return "".join(f"--mb-{name}:{colour};" for name, colour in asdict(DARK if dark else LIGHT).items())


def svg(brief: Brief) -> str:
    """The figure as an ``<svg role="img">`` with its text alternative; its colours are the page's CSS variables."""
    import matplotlib as mpl

    from migraine_lab.figures.style import LIGHT

    drawing = _drawing(brief)
    out = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "brief"}):
        drawing.figure.savefig(
            out, format="svg", metadata={"Date": None, "Creator": None, "Type": None, "Format": None}
        )
    picture = out.getvalue()
    picture = picture[picture.index("<svg") :]
    picture = re.sub(r"<metadata>.*?</metadata>", "", picture, flags=re.DOTALL)
    picture = re.sub(r' xmlns:xlink="[^"]*"', "", picture).replace("xlink:href", "href")
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)
    label = html.escape(brief.alt, quote=True)
    picture = (
        re.sub(
            r"<svg [^>]*>",
            f'<svg class="mb-figure" role="img" aria-label="{label}" viewBox="{size[0][9:-1]}">',
            picture,
            count=1,
        )
        if size
        else picture
    )
    picture = picture.replace(
        "*{stroke", ".mb-figure *{stroke"
    )  # its style must not reach the page around it
    for name, colour in asdict(LIGHT).items():
        picture = re.sub(re.escape(colour), f"var(--mb-{name})", picture, flags=re.IGNORECASE)
    return picture


def _drawing(brief: Brief) -> BriefRows:
    from migraine_lab.figures.brief_rows import BriefRows, Panel
    from migraine_lab.figures.style import Look

    panels = []
    for (question, rows), found in zip(brief.parts, brief.together, strict=True):
        treatment, versus = (
            inside(rows["treatment_words"].iloc[0].replace(", ", " ")),
            rows["comparator_words"].iloc[0],
        )
        alone = question.comparator == NOBODY
        heading = f"{treatment}: no comparator beside it" if alone else f"{treatment} v {versus}"
        if not alone and len(heading) <= LONG:
            heading += ", in the same study"
        together = None if found is None else (found.more, found.more_low, found.more_high)
        label = "" if found is None else f"{plural(found.studies, 'trial')} together, random effects"
        panels.append(Panel(heading, rows.assign(label=_labels(rows)), not alone, together, label))
    names = list(dict.fromkeys(str(rows["comparator_words"].iloc[0]) for _question, rows in brief.parts))
    return BriefRows(Look(width=WIDTH), panels, " or ".join(names))


def _labels(rows: pd.DataFrame) -> list[str]:
    """Study, and the dose or arm where a study has several arms here; brackets that repeat the drug are left out."""
    several = rows["study_id"].duplicated(keep=False)
    doses = rows.groupby("study_id")["dose"].transform("nunique") == rows.groupby("study_id")[
        "dose"
    ].transform("size")
    labels = []
    for many, by_dose, study, arm, dose in zip(
        several, doses, rows["study"], rows["arm"], rows["dose"], strict=True
    ):
        name = brief_name(study, arm)
        labels.append(f"{name}, {dose if by_dose else arm}" if many else name)
    return labels
