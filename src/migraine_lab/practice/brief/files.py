"""Briefs as files: one HTML page and one BibTeX file each, in a folder that the student sees; nothing is overwritten."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from migraine_lab import data

from .brief import Brief
from .page import whole_page

KINDS = {"html": "text/html", "bib": "application/x-bibtex"}
LONGEST = 80
"""Letters of a file's name: some systems refuse long paths."""


class NotSaved(Exception):
    """A brief that could not be written; the text is one sentence for the person."""


@dataclass(frozen=True)
class Step:
    """One brief of a long export is done: its number of how many, its title, the file or why there is none."""

    number: int
    of: int
    title: str
    path: Path | None
    trouble: str = ""


def text(brief: Brief, kind: str) -> str:
    """The brief as text: "html" the whole page, "bib" its sources in BibTeX."""
    if kind == "html":
        return whole_page(brief)
    if kind == "bib":
        return data.bibliography(brief.source_ids)
    raise ValueError(f"a brief is saved as {' or '.join(KINDS)}, not {kind!r}")


def stem(brief: Brief) -> str:
    """A file's name without its ending, in plain letters: 'brief-rimegepant-v-placebo-pain-freedom-2-h'."""
    row = brief.rows.iloc[0]
    versus = [f"v {row['comparator_words']}"] if brief.controlled else ["no comparator"]
    words = " ".join(["brief", row["treatment_name"], *versus, row["outcome_words"]])
    return re.sub(r"[^a-z0-9]+", "-", words.lower())[:LONGEST].strip("-")


def save(brief: Brief, kind: str, folder: str | Path = ".") -> Path:
    """Write the brief to a new file in ``folder`` and return its whole path.

    A name that is taken gets a number: nothing is overwritten. Raises NotSaved with one sentence where the folder
    does not exist or cannot be written.
    """
    place = Path(folder).expanduser()
    if not place.is_dir():
        raise NotSaved(f"There is no folder {place}; make it first, or save in the folder of your notebook.")
    written = text(brief, kind)
    number = 1
    while True:
        name = stem(brief) + (f"-{number}" if number > 1 else "")
        target = place.resolve() / f"{name}.{kind}"
        try:
            with target.open("x", encoding="utf-8", newline="\n") as file:
                try:
                    file.write(written)
                except OSError:
                    target.unlink(missing_ok=True)
                    raise
            return target
        except FileExistsError:
            number += 1
        except OSError as error:
            why = error.strerror or "it refuses"
            raise NotSaved(
                f"The folder {place.resolve()} cannot be written to ({why}); choose another folder or use the download link."
            ) from error


def save_all(briefs: Iterable[Brief], kind: str, folder: str | Path = ".") -> Iterator[Step]:
    """Write several briefs, a step each as it is done, so that progress can be shown; the first refusal ends it."""
    several = list(briefs)
    for number, brief in enumerate(several, start=1):
        try:
            yield Step(number, len(several), brief.title, save(brief, kind, folder))
        except NotSaved as trouble:
            yield Step(number, len(several), brief.title, None, str(trouble))
            return


def download_link(brief: Brief, kind: str) -> str:
    """A link that hands the file to the browser, for places where no folder can be written."""
    content = base64.b64encode(text(brief, kind).encode()).decode()
    return f'<a download="{stem(brief)}.{kind}" href="data:{KINDS[kind]};base64,{content}">Download {stem(brief)}.{kind}</a>'
