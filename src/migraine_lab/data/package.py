"""Find the data package, read it whole and hold it to its descriptor.

``datapackage.json`` is the one place for names, types, units, constraints and keys; this module reads them
from there. A package is read whole or not at all: a fault in any table raises :class:`DataError` with one
sentence that names table, row, column, value and rule.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

DESCRIPTOR = "datapackage.json"
# bytes; fifty times the largest table, so that a wrong file is refused before it fills the memory
LARGEST = 20_000_000
_HERE = Path(__file__).resolve()


class DataError(ValueError):
    """The data package cannot be used as it is."""


LONGEST_CELL = 5000
"""Characters a cell may have. The csv module has a limit of its own, but other libraries change it."""


class NotInPackage(KeyError):
    """The package has no such table, source or result; the text says what it has."""

    def __str__(self) -> str:
        """The sentence itself: a plain KeyError would show it in quotation marks."""
        return str(self.args[0]) if self.args else ""


@dataclass(frozen=True)
class Problem:
    """One fault: where it is and which rule it breaks. ``row`` is the line in the CSV file (header: 1)."""

    table: str
    row: int | None
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        """One clear sentence."""
        where = [f"table {self.table}"]
        if self.row is not None:
            where.append(f"line {self.row}")
        if self.column:
            where.append(f"column {self.column}")
        if self.value:
            shown = self.value if len(self.value) <= 60 else self.value[:57] + "..."
            where.append(f"value {shown!r}")
        said = ", ".join(where)
        return f"{said[:1].upper()}{said[1:]}: {self.rule}."


class MissingColumn(LookupError):
    """A key or a rule needs a column that the descriptor does not give its table: table, column."""


@dataclass(frozen=True)
class Field:
    """One column as the descriptor describes it."""

    name: str
    kind: str
    description: str
    required: bool
    unique: bool
    enum: frozenset[str]
    pattern: re.Pattern[str] | None
    minimum: float | None
    maximum: float | None


@dataclass(frozen=True)
class Table:
    """A table as text: header, rows of cells and the line of the file at which each row ends."""

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]
    rows: list[list[str]]
    lines: list[int]

    def position(self, column: str) -> int:
        """Place of a column in a row."""
        for place, field in enumerate(self.fields):
            if field.name == column:
                return place
        raise MissingColumn(self.name, column)

    def cells(self, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Line and the cells of the named columns, row by row."""
        pick = itemgetter(*(self.position(column) for column in columns))
        for line, row in zip(self.lines, self.rows, strict=True):
            found = pick(row)
            yield line, found if len(columns) > 1 else (found,)


Package = dict[str, Table]


def root() -> Path:
    """Folder of the data package: inside an installed wheel, else the repository's ``data/``."""
    installed = _HERE.parents[1] / "_data"
    return installed if (installed / DESCRIPTOR).exists() else _HERE.parents[3] / "data"


def load(path: str | Path | None = None) -> Package:
    """All tables as text, checked. Raises :class:`DataError` with one sentence when anything is wrong."""
    return _load(Path(path) if path is not None else root())


@lru_cache(maxsize=4)
def _load(path: Path) -> Package:
    package, problems = examine(path)
    if problems:
        more = f" ({len(problems) - 1} more; migraine-lab check lists them)" if len(problems) > 1 else ""
        raise DataError(f"{problems[0]}{more}")
    return package


def examine(path: Path) -> tuple[Package, list[Problem]]:
    """Read a package and list all that breaks its descriptor or the rules between columns and tables."""
    # imported here, because the rules are written in terms of the tables of this module
    from migraine_lab.data import rules

    resources, problems = _resources(path)
    package: Package = {}
    for resource in resources:
        table, found = _read(path, resource)
        problems += found
        if table is not None:
            package[table.name] = table
    if not problems:
        # rules between tables look rows up by their keys, so they wait until every key leads somewhere
        problems = rules.keys(package) or rules.between(package)
    return package, problems


def examine_table(package: Package, path: Path, name: str) -> list[Problem]:
    """What is wrong with one table of the package in a folder, held against the other tables of `package`."""
    from migraine_lab.data import rules

    resources, problems = _resources(path)
    resource = next((entry for entry in resources if entry["name"] == name), None)
    if resource is None:
        return problems or [Problem(DESCRIPTOR, None, "", name, "there is no such table")]
    table, problems = _read(path, resource)
    if problems or table is None:
        return problems
    changed = {**package, name: table}
    return rules.keys(changed) or rules.between(changed)


def _resources(path: Path) -> tuple[list[dict[str, Any]], list[Problem]]:
    name = DESCRIPTOR
    if not path.is_dir():
        return [], [Problem(name, None, "", str(path), "there is no such folder")]
    try:
        text = (path / name).read_bytes().decode("utf-8-sig")
        resources = json.loads(text)["resources"]
        for resource in resources:
            assert resource["name"] and resource["path"] and resource["schema"]["fields"]
    except FileNotFoundError:
        return [], [Problem(name, None, "", "", f"the file is missing from {path}")]
    except UnicodeDecodeError:
        return [], [Problem(name, None, "", "", "the file is not UTF-8 text")]
    except json.JSONDecodeError as error:
        return [], [Problem(name, error.lineno, "", "", f"the file is not JSON ({error.msg})")]
    except (KeyError, TypeError, AssertionError):
        return [], [
            Problem(name, None, "", "", "the file does not describe tables with a name, a path and a schema")
        ]
    return resources, []


def _read(path: Path, resource: dict[str, Any]) -> tuple[Table | None, list[Problem]]:
    name, schema = resource["name"], resource["schema"]
    fields = tuple(_field(entry) for entry in schema["fields"])
    records, problem = _records(path / resource["path"], name)
    if problem:
        return None, [problem]
    (_, header), *body = records
    problems = _header_problems(name, header, [field.name for field in fields])
    if problems:
        return None, problems
    order = [header.index(field.name) for field in fields]
    links = tuple(
        (_names(link["fields"]), link["reference"]["resource"], _names(link["reference"]["fields"]))
        for link in schema.get("foreignKeys", [])
    )
    if not body:
        return None, [Problem(name, None, "", "", "the table has a header and no rows")]
    rows: list[list[str]] = []
    lines: list[int] = []
    in_order = order == list(range(len(fields)))
    for line, cells in body:
        if len(cells) != len(fields):
            problems.append(
                Problem(name, line, "", "", f"the row has {len(cells)} cells, the header has {len(fields)}")
            )
            continue
        rows.append(cells if in_order else [cells[place] for place in order])
        lines.append(line)
    for field, column in zip(fields, zip(*rows, strict=True), strict=False):
        problems += _column_problems(name, field, column, lines)
    return Table(name, fields, _names(schema.get("primaryKey", [])), links, rows, lines), problems


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _field(entry: dict[str, Any]) -> Field:
    rules = entry.get("constraints", {})
    return Field(
        entry["name"],
        entry["type"],
        entry.get("description", ""),
        bool(rules.get("required")),
        bool(rules.get("unique")),
        frozenset(rules.get("enum", ())),
        re.compile(rules["pattern"]) if "pattern" in rules else None,
        rules.get("minimum"),
        rules.get("maximum"),
    )


def _records(path: Path, name: str) -> tuple[list[tuple[int, list[str]]], Problem | None]:
    """Rows of a CSV file with the line each ends at, or what is wrong with the file as a whole."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            said = f"the file {path.name} has {size / 1e6:.0f} MB, more than the {LARGEST / 1e6:.0f} MB that are read"
            return [], Problem(name, None, "", "", said)
        raw = path.read_bytes()
    except FileNotFoundError:
        return [], Problem(name, None, "", "", f"the file {path.name} is missing")
    except OSError as error:
        return [], Problem(name, None, "", "", f"the file {path.name} cannot be read ({error.strerror})")
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        return [], Problem(name, None, "", "", f"the file {path.name} is empty")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw[:200]:
        return [], Problem(
            name,
            None,
            "",
            "",
            f"the file {path.name} is not UTF-8 but looks like UTF-16; save it as CSV UTF-8",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return [], Problem(
            name, line, "", "", f"the file {path.name} is not UTF-8 text; save it as CSV UTF-8"
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            if cells:
                records.append((reader.line_num, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        # a stray quotation mark is where the row starts, not where the reader gives up
        return [], Problem(name, start, "", "", f"the file {path.name} is not well-formed CSV ({error})")
    return records, None


def _header_problems(name: str, header: list[str], wanted: list[str]) -> list[Problem]:
    problems = [
        Problem(name, 1, column, "", "the column is missing") for column in wanted if column not in header
    ]
    problems += [
        Problem(name, 1, column, "", "the column is not in the descriptor")
        for column in header
        if column not in wanted
    ]
    problems += [
        Problem(name, 1, column, "", "the column is there more than once")
        for column in wanted
        if header.count(column) > 1
    ]
    return problems


def _column_problems(name: str, field: Field, cells: Sequence[str], lines: list[int]) -> list[Problem]:
    # each distinct value is looked at once: most columns repeat a few
    broken = {cell: rule for cell in set(cells) if (rule := _broken(field, cell))}
    problems = []
    if broken:
        found = [(line, cell) for line, cell in zip(lines, cells, strict=True) if cell in broken]
        problems = [Problem(name, line, field.name, cell, broken[cell]) for line, cell in found]
    if field.unique:
        first: dict[str, int] = {}
        problems += [
            Problem(name, line, field.name, cell, f"the same value stands in line {first[cell]}")
            for line, cell in zip(lines, cells, strict=True)
            if cell and first.setdefault(cell, line) != line
        ]
    return problems


def _broken(field: Field, cell: str) -> str:
    """The rule that a cell breaks, or an empty text."""
    if not cell:
        return "a value is required" if field.required else ""
    if len(cell) > LONGEST_CELL:
        return f"has {len(cell)} characters, more than the {LONGEST_CELL} that are read"
    if field.enum and cell not in field.enum:
        return "must be one of " + ", ".join(sorted(field.enum))
    if field.pattern is not None and not field.pattern.match(cell):
        return f"does not have the form {field.pattern.pattern}"
    if field.kind == "boolean" and cell not in ("true", "false"):
        return "must be true or false"
    if field.kind in ("integer", "number"):
        return _number_broken(field, cell)
    return ""


_INTEGER = re.compile(r"^[+-]?\d+$")
_NUMBER = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$")


def _number_broken(field: Field, cell: str) -> str:
    if field.kind == "integer" and not _INTEGER.match(cell):
        return "must be a whole number"
    if not _NUMBER.match(cell):
        return "must be a number"
    if field.minimum is not None and float(cell) < field.minimum:
        return f"must be at least {field.minimum:g}"
    if field.maximum is not None and float(cell) > field.maximum:
        return f"must be at most {field.maximum:g}"
    return ""
