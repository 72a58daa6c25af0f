"""Hundreds of generated damages over all tables: each is reported in the right place, none crashes; harmless changes pass."""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from migraine_lab import data
from migraine_lab.data import package

SEED = 20261122
LISTS = ("source_ids", "article_ids", "claim_ids", "related")
Rows = list[list[str]]


@dataclass(frozen=True)
class Damage:
    """Bytes of a damaged file (None: no file) and where the damage has to be reported."""

    kind: str
    table: str
    raw: bytes | None
    row: int | None = None
    column: str = ""


@cache
def whole() -> package.Package:
    return package.load()


@cache
def rows_of(name: str) -> tuple[tuple[str, ...], ...]:
    with (package.root() / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(tuple(row) for row in csv.reader(handle))


def fresh(name: str) -> Rows:
    return [list(row) for row in rows_of(name)]


def written(rows: Rows, end: str = "\n") -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue().encode()


def fields(name: str, *kinds: str) -> list[package.Field]:
    return [field for field in whole()[name].fields if field.kind in kinds]


def cell(name: str, chance: random.Random, kind: str, column: str, value: str) -> Damage:
    """One cell of a row that chance picks holds another value."""
    rows = fresh(name)
    line = chance.randrange(1, len(rows))
    rows[line][rows[0].index(column)] = value
    return Damage(kind, name, written(rows), line + 1, column)


def drop_column(name: str, chance: random.Random) -> Damage:
    rows = fresh(name)
    place = chance.randrange(len(rows[0]))
    column = rows[0][place]
    return Damage("drop column", name, written([row[:place] + row[place + 1 :] for row in rows]), 1, column)


def rename_column(name: str, chance: random.Random) -> Damage:
    rows = fresh(name)
    place = chance.randrange(len(rows[0]))
    column, rows[0][place] = rows[0][place], f"{rows[0][place]}_old"
    return Damage("rename column", name, written(rows), 1, column)


def double_column(name: str, chance: random.Random) -> Damage:
    rows = fresh(name)
    place = chance.randrange(len(rows[0]))
    return Damage("double column", name, written([[*row, row[place]] for row in rows]), 1, rows[0][place])


def wrong_type(name: str, chance: random.Random) -> Damage | None:
    typed = fields(name, "integer", "number", "boolean")
    if not typed:
        return None
    return cell(
        name, chance, "wrong type", chance.choice(typed).name, chance.choice(["about 5", "5,0", "n/a", "?"])
    )


def out_of_range(name: str, chance: random.Random) -> Damage | None:
    choices = [
        (field.name, "-1e9")
        for field in whole()[name].fields
        if field.kind == "number" and field.minimum is not None
    ]
    choices += [
        (field.name, "-7")
        for field in whole()[name].fields
        if field.kind == "integer" and (field.minimum or -1) >= 0
    ]
    choices += [(field.name, "nonsense") for field in whole()[name].fields if field.enum]
    choices += [(field.name, "not this form!") for field in whole()[name].fields if field.pattern]
    column, value = chance.choice(choices)
    return cell(name, chance, "out of range", column, value)


def missing_value(name: str, chance: random.Random) -> Damage:
    needed = [field.name for field in whole()[name].fields if field.required]
    return cell(name, chance, "missing value", chance.choice(needed), "")


def duplicate_key(name: str, chance: random.Random) -> Damage:
    rows = fresh(name)
    one, other = sorted(chance.sample(range(1, len(rows)), 2))
    for column in whole()[name].key:
        place = rows[0].index(column)
        rows[other][place] = rows[one][place]
    return Damage("duplicate key", name, written(rows), other + 1, whole()[name].key[0])


def dangling_id(name: str, chance: random.Random) -> Damage | None:
    linked = [columns[-1] for columns, _, _ in whole()[name].links]
    linked += [field.name for field in whole()[name].fields if field.name.endswith(LISTS)]
    return cell(name, chance, "dangling id", chance.choice(linked), "nobody1900") if linked else None


def truncated(name: str, chance: random.Random) -> Damage:
    lines = written(fresh(name)).split(b"\n")
    line = chance.randrange(1, len(lines) - 1)
    kept = lines[line][: max(1, len(lines[line].split(b",")[0]))]
    return Damage("truncated file", name, b"\n".join([*lines[:line], kept]), line + 1)


def latin_1(name: str, chance: random.Random) -> Damage:
    lines = written(fresh(name)).split(b"\n")
    line = chance.randrange(1, len(lines) - 1)
    lines[line] = "Müller".encode("latin-1") + lines[line]
    return Damage("wrong encoding", name, b"\n".join(lines), line + 1)


def utf_16(name: str, chance: random.Random) -> Damage:
    return Damage("wrong encoding", name, written(fresh(name)).decode().encode("utf-16"))


def stray_quote(name: str, chance: random.Random) -> Damage:
    lines = written(fresh(name)).split(b"\n")
    line = chance.randrange(1, len(lines) - 1)
    lines[line] = b'"' + lines[line]
    return Damage("stray quote", name, b"\n".join(lines), line + 1)


def one_cell_more(name: str, chance: random.Random) -> Damage:
    rows = fresh(name)
    line = chance.randrange(1, len(rows))
    rows[line].insert(chance.randrange(len(rows[line])), "a comma too many")
    return Damage("one cell more", name, written(rows), line + 1)


def empty_file(name: str, chance: random.Random) -> Damage:
    return Damage("empty file", name, chance.choice([b"", b"\n\n", b"\xef\xbb\xbf"]))


def no_rows(name: str, chance: random.Random) -> Damage:
    return Damage("no rows", name, written(fresh(name)[:1]))


def no_file(name: str, chance: random.Random) -> Damage:
    return Damage("no file", name, None)


def huge_cell(name: str, chance: random.Random) -> Damage:
    rows = fresh(name)
    line = chance.randrange(1, len(rows))
    rows[line][0] = "x" * 200_000
    return Damage("huge cell", name, written(rows), line + 1)


ON_CELLS: tuple[Callable[[str, random.Random], Damage | None], ...] = (
    wrong_type, out_of_range, missing_value, duplicate_key, dangling_id,
)  # fmt: skip
ON_FILES: tuple[Callable[[str, random.Random], Damage | None], ...] = (
    drop_column, rename_column, double_column, truncated, latin_1, utf_16, stray_quote, one_cell_more, empty_file, no_rows,
    no_file, huge_cell,
)  # fmt: skip


def damages(name: str) -> Iterator[Damage]:
    """Every kind of damage for a table, those of cells three times."""
    chance = random.Random(f"{SEED} {name}")
    for make in ON_CELLS * 3 + ON_FILES:
        damage = make(name, chance)
        if damage is not None:
            yield damage


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("damaged")
    for path in package.root().glob("*.*"):
        if path.is_file():
            shutil.copy(path, place / path.name)
    return place


def put(folder: Path, damage: Damage) -> None:
    path = folder / f"{damage.table}.csv"
    if damage.raw is None:
        path.unlink()
    else:
        path.write_bytes(damage.raw)


def restore(folder: Path, name: str) -> None:
    shutil.copy(package.root() / f"{name}.csv", folder / f"{name}.csv")


def is_there(damage: Damage, problem: data.Problem) -> bool:
    return (
        problem.table == damage.table
        and (damage.row is None or problem.row == damage.row)
        and (not damage.column or damage.column in problem.column.split(", "))
    )


@pytest.mark.parametrize("name", data.tables())
def test_each_damage_is_reported_in_its_place(name, folder):
    for damage in damages(name):
        put(folder, damage)
        problems = package.examine_table(whole(), folder, name)
        assert any(is_there(damage, problem) for problem in problems), (
            damage.kind, damage.row, damage.column, [str(problem) for problem in problems[:3]],
        )  # fmt: skip
        assert all("\n" not in str(problem) and str(problem).endswith(".") for problem in problems)
    restore(folder, name)
    assert package.examine_table(whole(), folder, name) == []


def test_there_are_enough_damages_and_every_kind():
    made = [damage for name in data.tables() for damage in damages(name)]
    assert len(made) >= 300
    kinds = {damage.kind for damage in made}
    for kind in ("drop column", "rename column", "wrong type", "duplicate key", "dangling id", "out of range",
                 "truncated file", "wrong encoding", "stray quote", "empty file", "huge cell"):  # fmt: skip
        assert kind in kinds
    assert {damage.table for damage in made} == set(data.tables())
    assert sum(damage.row is not None for damage in made) >= 300


@pytest.mark.parametrize("name", data.tables())
def test_harmless_changes_are_accepted(name, folder):
    rows = fresh(name)
    backwards = [row[::-1] for row in rows]
    changes = {
        "CRLF": written(rows, "\r\n"),
        "byte order mark": b"\xef\xbb\xbf" + written(rows),
        "column order": written(backwards),
        "all three": b"\xef\xbb\xbf" + written(backwards, "\r\n"),
        "no last line end": written(rows).rstrip(b"\n"),
    }
    for said, raw in changes.items():
        (folder / f"{name}.csv").write_bytes(raw)
        assert package.examine_table(whole(), folder, name) == [], said
    restore(folder, name)


def test_a_huge_file_is_refused_before_it_is_read(folder):
    with (folder / "timing.csv").open("r+b") as handle:
        handle.truncate(25_000_000)
    problems = package.examine_table(whole(), folder, "timing")
    assert [str(problem) for problem in problems] == [
        "Table timing: the file timing.csv has 25 MB, more than the 20 MB that are read."
    ]
    restore(folder, "timing")


@pytest.mark.parametrize("make", [*ON_CELLS, *ON_FILES], ids=lambda make: make.__name__)
def test_a_damaged_package_gives_no_table_at_all(make, tmp_path):
    """One damage of each kind by the whole way: check() reports it, table() refuses every table."""
    for path in package.root().glob("*.*"):
        if path.is_file():
            shutil.copy(path, tmp_path / path.name)
    damage = make("timing", random.Random(SEED))
    put(tmp_path, damage)
    problems = data.check(tmp_path)
    assert any(is_there(damage, problem) for problem in problems)
    with pytest.raises(data.DataError) as error:
        data.table("claims", tmp_path)
    assert str(error.value).startswith(str(problems[0]))


def test_harmless_changes_pass_the_second_reader_too(tmp_path):
    for path in package.root().glob("*.*"):
        if path.is_file():
            shutil.copy(path, tmp_path / path.name)
    rows = [row[::-1] for row in fresh("phases")]
    (tmp_path / "phases.csv").write_bytes(b"\xef\xbb\xbf" + written(rows, "\r\n"))
    assert data.check(tmp_path) == []
    assert data.table("phases", tmp_path).equals(data.table("phases"))
