"""Check a data package: descriptor, keys, rules between tables, and Frictionless as a second reader."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from migraine_lab.data import package
from migraine_lab.data.package import Problem


def check(path: str | Path | None = None) -> list[Problem]:
    """Everything that is wrong with a package, one :class:`Problem` each; an empty list when all is well.

    Never raises for damaged data. ``row`` of a problem is the line in the CSV file. The package is first held
    to its descriptor and to the rules between tables; when that finds nothing, Frictionless reads it as well.
    """
    folder = Path(path) if path is not None else package.root()
    _, problems = package.examine(folder)
    return problems or _frictionless(folder)


def _as_written(folder: Path) -> dict[str, Any]:
    """The descriptor with the columns of each table in the order of its file, where a byte order mark is allowed."""
    descriptor = json.loads((folder / package.DESCRIPTOR).read_text(encoding="utf-8-sig"))
    for resource in descriptor["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8-sig", newline="") as handle:
            header = next(csv.reader(handle))
        resource["schema"]["fields"].sort(key=lambda field: header.index(field["name"]))
        resource["encoding"] = "utf-8-sig"
    return descriptor


def _frictionless(folder: Path) -> list[Problem]:
    # imported here because it takes longer to import than the whole package takes to read
    from frictionless import FrictionlessException, Package, system

    try:
        with system.use_context(trusted=True):
            report = Package(_as_written(folder), basepath=str(folder)).validate()
    except FrictionlessException as error:
        return [Problem(package.DESCRIPTOR, None, "", "", error.error.note.rstrip("."))]
    problems = [Problem(package.DESCRIPTOR, None, "", "", error.note.rstrip(".")) for error in report.errors]
    for task in report.tasks:
        for fault in task.errors:
            row = getattr(fault, "row_number", None)
            problems.append(
                Problem(
                    task.name,
                    row,
                    getattr(fault, "field_name", ""),
                    str(getattr(fault, "cell", "")),
                    fault.note.rstrip("."),
                )
            )
    return problems
