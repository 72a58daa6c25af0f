"""Read the raw fact sheets: plain CSV files, UTF-8, one header row, an empty cell meaning unknown."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

SCOPES = ("acute", "preventive", "ketamine")


@dataclass
class Row:
    """One record of a raw sheet, which remembers where it stood."""

    sheet: str
    line: int
    cells: dict[str, str]
    added: list[dict[str, str]] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def __setitem__(self, column: str, value: str) -> None:
        self.cells[column] = value


@dataclass
class Book:
    """All raw sheets, and the list of rows that the package leaves out."""

    folder: Path
    left_out: list[tuple[str, int, str, str, str]] = field(default_factory=list)

    def read(self, name: str) -> list[Row]:
        """Rows of `<name>.csv`; an empty list when the folder has no such sheet."""
        path = self.folder / f"{name}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            return [
                Row(
                    name,
                    reader.line_num,
                    {key: (value or "").strip() for key, value in record.items() if key},
                )
                for record in reader
            ]

    def leave_out(self, row: Row, what: str, reason: str) -> None:
        """Note a row that is not carried over: sheet, line, study, outcome, reason."""
        self.left_out.append((row.sheet, row.line, row["study_id"] or row["source_id"], what, reason))
