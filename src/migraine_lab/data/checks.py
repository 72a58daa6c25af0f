"""Check a data package: descriptor, keys, rules between tables, and Frictionless as a second reader."""

from __future__ import annotations

from pathlib import Path

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


def _frictionless(folder: Path) -> list[Problem]:
    # imported here because it takes longer to import than the whole package takes to read
    from frictionless import FrictionlessException, Package, system

    try:
        with system.use_context(trusted=True):
            report = Package(str(folder / package.DESCRIPTOR)).validate()
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
