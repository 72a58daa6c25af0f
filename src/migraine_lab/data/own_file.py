"""Open a student's own CSV file: any usual encoding and delimiter, or one sentence that says why not.

Only reads. The file stays where it is, and nothing of it is kept or sent.
"""

from __future__ import annotations

import csv
import io
import stat
from dataclasses import dataclass
from pathlib import Path

from migraine_lab.data.package import Problem

LIMIT = 2_000_000
"""Largest file that is read, in bytes (2 MB)."""

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
_NOT_CSV = {
    b"PK\x03\x04": "a spreadsheet or a zip file",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet file",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
}
_SAVE = "open it in a spreadsheet and save it as CSV"


@dataclass(frozen=True)
class Sheet:
    """A CSV file as text: its columns as written, rows of cells, the line at which each row ends."""

    name: str
    columns: list[str]
    rows: list[list[str]]
    lines: list[int]
    encoding: str
    delimiter: str


class Refused(Exception):
    """A file that cannot be read at all; carries the one problem."""

    def __init__(self, name: str, rule: str, row: int | None = None, column: str = "", value: str = ""):
        self.problem = Problem(name, row, column, value, rule)
        super().__init__(str(self.problem))


def plain(column: str) -> str:
    """Name of a column as we compare it: lower case, words joined by underscores."""
    return "_".join(column.strip().lower().replace("-", " ").replace("_", " ").split())


def open_sheet(path: str | Path, wanted: frozenset[str]) -> Sheet:
    """Read a CSV file whose columns should be among ``wanted``.

    UTF-8 with or without a byte order mark, UTF-16 with one, and Windows-1252 are read; the delimiter is the
    comma, semicolon or tab that gives the most wanted columns. Rows without any text are passed over.

    Raises :class:`Refused` for a file that is missing, empty, larger than 2 MB, no text or no CSV.
    """
    place = Path(path)
    text, encoding = _text(place)
    start = 0
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        # a line that some spreadsheets put first to name the delimiter
        delimiter = first[4]
        text, start = text.partition("\n")[2], 1
    else:
        delimiter = _delimiter(text, wanted)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        records = [
            (reader.line_num + start, [cell.strip() for cell in cells]) for cells in reader if any(cells)
        ]
    except csv.Error as error:
        raise Refused(
            place.name, f"the file is not well-formed CSV ({error})", reader.line_num + start
        ) from None
    records = [(line, cells) for line, cells in records if any(cells)]
    if not records:
        raise Refused(place.name, "the file is empty")
    (_, header), *body = records
    return Sheet(
        place.name,
        header,
        [cells for _, cells in body],
        [line for line, _ in body],
        encoding,
        DELIMITERS.get(delimiter, delimiter),
    )


def _delimiter(text: str, wanted: frozenset[str]) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            cells = header.split(delimiter)
        return sum(plain(cell) in wanted for cell in cells), len(cells)

    return max(DELIMITERS, key=fit)


def _text(place: Path) -> tuple[str, str]:
    raw = _bytes(place)
    if not raw.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise Refused(place.name, "the file is empty")
    for start, kind in _NOT_CSV.items():
        if raw.startswith(start):
            raise Refused(place.name, f"this is {kind}, not a CSV file; {_SAVE}")
    if raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise Refused(place.name, f"this is a web page or XML, not a CSV file; {_SAVE}")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") and raw[2:4] != b"\x00\x00":
        try:
            return raw.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise Refused(
                place.name, "the file begins as UTF-16 text but is cut off or damaged; save it as CSV UTF-8"
            ) from None
    if b"\x00" in raw:
        place_of = raw.count(b"\n", 0, raw.index(b"\x00")) + 1
        raise Refused(
            place.name,
            "the file holds zero bytes, so it is no plain text (or UTF-16 without its mark); save it as CSV UTF-8",
            place_of,
        )
    try:
        return raw.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as error:
        raise Refused(
            place.name,
            "the text is neither UTF-8 nor Windows-1252; save it as CSV UTF-8",
            raw.count(b"\n", 0, error.start) + 1,
        ) from None


def _bytes(place: Path) -> bytes:
    try:
        status = place.stat()
    except FileNotFoundError:
        raise Refused(
            place.name, f"there is no such file in {place.parent}; check the name and the folder"
        ) from None
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise Refused(place.name, f"the file cannot be read ({said})") from None
    if stat.S_ISDIR(status.st_mode):
        raise Refused(place.name or str(place), "this is a folder; name the CSV file in it")
    if not stat.S_ISREG(status.st_mode):
        raise Refused(place.name, "this is not an ordinary file")
    if status.st_size > LIMIT:
        size = status.st_size / 1e6
        raise Refused(
            place.name,
            f"the file has {size:.1f} MB, and at most 2 MB are read; keep only the rows and columns you need",
        )
    try:
        return place.read_bytes()
    except OSError as error:
        raise Refused(place.name, f"the file cannot be read ({error.strerror})") from None
