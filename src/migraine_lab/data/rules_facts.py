"""Rules of the tables on migraine, on the drug and on words, that a column's own constraints cannot say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from migraine_lab.data.package import Package, Problem

Rule = Callable[[Package], list[Problem]]
CONVENTION = "definition by convention"
_LISTS = {"source_ids": ("sources", "source_id"), "article_ids": ("articles", "article_id")}
_LISTS |= {"claim_ids": ("claims", "claim_id"), "related": ("glossary", "term")}
_FIGURES = ("timing", "kinetics", "receptor", "spreading_depression", "epidemiology")
_NEEDS_THRESHOLD = ("count_at_least", "days_per_month", "duration_range")


def fits(events: str, n: str, percent: str) -> bool:
    """Whether a printed percentage is events / n, rounded to its own last digit."""
    digits = len(percent.partition(".")[2])
    return abs(100 * int(events) / int(n) - float(percent)) <= 0.5 * 10.0**-digits + 1e-9


def rules() -> list[tuple[tuple[str, ...], Rule]]:
    """Each rule with the tables that it needs."""
    found: list[tuple[tuple[str, ...], Rule]] = [
        (("phases",), _phases),
        (("criteria",), _thresholds),
        (("criteria",), _groups),
        (("routes",), _routes),
        (("mechanisms",), _mechanisms),
        (("claim_conflicts",), _conflicts),
        (("glossary",), _glossary),
        (("timing",), _bands),
        (("sources",), _not_seen),
        (("studies", "results"), _counted_once),
        ((), _lists),
    ]
    found += [((name,), _counted(name)) for name in ("symptoms", "epidemiology")]
    found += [((name,), _figures(name)) for name in _FIGURES]
    return found


def _phases(package: Package) -> list[Problem]:
    """Times of phases run forwards, and the phases follow one another on the clock of the headache."""
    problems = []
    cells = sorted(
        package["phases"].cells("order", "phase_id", "start_h", "end_h", "duration_min_h", "duration_max_h"),
        key=lambda found: int(found[1][0]),
    )
    before = ""
    for line, (_, name, start, end, shortest, longest) in cells:
        problems += _pair("phases", line, "end_h", start, end, "start_h")
        problems += _pair("phases", line, "duration_max_h", shortest, longest, "duration_min_h")
        if start and before and float(start) < float(before):
            rule = f"must not be before the start of the phase before it, which is {before} h"
            problems.append(Problem("phases", line, "start_h", start, rule))
        if name == "headache" and start != "0":
            rule = "must be 0: the clock of an attack starts with the headache"
            problems.append(Problem("phases", line, "start_h", start, rule))
        before = start or before
    for line, (low, high) in package["phases"].cells("percent_low", "percent_high"):
        problems += _pair("phases", line, "percent_high", low, high, "percent_low")
    return problems


def _pair(table: str, line: int, column: str, low: str, high: str, other: str) -> list[Problem]:
    if low and high and float(high) < float(low):
        return [Problem(table, line, column, high, f"must not be below {other}, which is {low}")]
    return []


def _counted(table: str) -> Rule:
    """Events need n and do not exceed it; a percentage fits them unless mismatch_note says what is wrong."""
    figure = "percent" if table == "symptoms" else "value"

    def rule(package: Package) -> list[Problem]:
        problems = []
        columns = ("n", "events", figure, "mismatch_note")
        for line, (n, events, percent, mismatch) in package[table].cells(*columns):
            if events and not n:
                problems.append(Problem(table, line, "events", events, "events are given without n"))
            elif events and int(events) > int(n):
                said = f"events must not exceed n, which is {n}"
                problems.append(Problem(table, line, "events", events, said))
            elif events and percent and not mismatch and not fits(events, n, percent):
                share = 100 * int(events) / int(n)
                said = f"{events} of {n} is {share:.2f} %, and mismatch_note says nothing"
                problems.append(Problem(table, line, figure, percent, said))
        if table == "symptoms":
            cells = package[table].cells("percent", "low", "high", "interval_kind")
            for line, (percent, low, high, kind) in cells:
                problems += list(_ends(table, line, percent, low, high, kind))
        else:
            for line, (first, last) in package[table].cells("year_from", "year_to"):
                problems += _pair(table, line, "year_to", first, last, "year_from")
        return problems

    return rule


def _figures(table: str) -> Rule:
    """A row has a figure, its interval holds it and says what it is, and so does a spread."""
    columns = ("value", "low", "high", "interval_kind")
    words = {"receptor": ("note",), "spreading_depression": ("equation", "note")}.get(table, ())
    spread = () if table == "epidemiology" else ("spread", "spread_kind")

    def rule(package: Package) -> list[Problem]:
        problems: list[Problem] = []
        held = package[table]
        for line, (value, low, high, kind, *said) in held.cells(*columns, *words):
            problems += _ends(table, line, value, low, high, kind)
            if not (value or low or high or any(said)):
                problems.append(
                    Problem(table, line, "value", "", "a row needs a figure or a finding in words")
                )
        for line, cells in held.cells(*spread) if spread else ():
            if bool(cells[0]) != bool(cells[1]):
                said_by = "a spread must say its kind, and a kind needs a spread"
                problems.append(Problem(table, line, "spread_kind", cells[1], said_by))
        return problems

    return rule


def _ends(table: str, line: int, value: str, low: str, high: str, kind: str) -> Iterator[Problem]:
    if bool(kind) != bool(low or high):
        yield Problem(
            table, line, "interval_kind", kind, "must say what low and high are, and be empty without them"
        )
    if low and high and float(low) > float(high):
        yield Problem(table, line, "low", low, f"must not exceed high, which is {high}")
    elif value and low and float(value) < float(low):
        yield Problem(table, line, "low", low, f"must not exceed the figure itself, which is {value}")
    elif value and high and float(value) > float(high):
        yield Problem(table, line, "high", high, f"must not be below the figure itself, which is {value}")


def _bands(package: Package) -> list[Problem]:
    problems = []
    for line, (low, high, unit) in package["timing"].cells("band_low", "band_high", "band_unit"):
        problems += _pair("timing", line, "band_high", low, high, "band_low")
        if bool(unit) != bool(low or high):
            problems.append(
                Problem("timing", line, "band_unit", unit, "must be filled with a band and empty without")
            )
    for line, (unit, of) in package["timing"].cells("unit", "percent_of"):
        if of and unit != "%":
            problems.append(Problem("timing", line, "percent_of", of, "belongs to percentages only"))
    return problems


def threshold(said: str) -> tuple[str, str, bool]:
    """Lower end, upper end and whether the end itself is shut out, of `5`, `4-72`, `>72` or `<1`."""
    if said.startswith("<"):
        return "", said[1:], True
    if said.startswith(">"):
        return said[1:], "", True
    low, _, high = said.partition("-")
    return low, high, False


def _thresholds(package: Package) -> list[Problem]:
    problems = []
    columns = ("kind", "threshold", "at_least", "at_most", "strict", "unit")
    for line, (kind, said, low, high, strict, unit) in package["criteria"].cells(*columns):
        if kind in _NEEDS_THRESHOLD and not said:
            problems.append(Problem("criteria", line, "threshold", "", f"a {kind} needs a threshold"))
        if bool(said) != bool(unit):
            problems.append(
                Problem("criteria", line, "unit", unit, "must be filled with a threshold and empty without")
            )
        wanted = (*threshold(said)[:2], "true" if threshold(said)[2] else "false")
        for column, cell, meant in zip(
            ("at_least", "at_most", "strict"), (low, high, strict), wanted, strict=True
        ):
            if cell != meant:
                rule = f"threshold {said!r} means {meant or 'an empty cell'} here"
                problems.append(Problem("criteria", line, column, cell, rule))
        problems += _pair("criteria", line, "at_most", low, high, "at_least")
    return problems


def _groups(package: Package) -> list[Problem]:
    """A group of conditions has as many rows as it says, and asks for no more than it has."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    problems = []
    for line, (code, letter, size, low) in package["criteria"].cells(
        "code", "criterion", "group_size", "at_least"
    ):
        if size:
            groups[code, letter, size].append(line)
            if low and float(low) > int(size):
                rule = f"cannot ask for more than the {size} conditions of the group"
                problems.append(Problem("criteria", line, "at_least", low, rule))
    for (code, letter, size), lines in groups.items():
        if len(lines) != int(size):
            rule = f"criterion {letter} of {code} has {len(lines)} rows with this size"
            problems.append(Problem("criteria", lines[0], "group_size", size, rule))
    return problems


def _routes(package: Package) -> list[Problem]:
    problems = []
    for name in ("bioavailability", "onset", "duration"):
        for line, (low, high) in package["routes"].cells(f"{name}_low", f"{name}_high"):
            problems += _pair("routes", line, f"{name}_high", low, high, f"{name}_low")
    return problems


def _mechanisms(package: Package) -> list[Problem]:
    return [
        Problem("mechanisms", line, "source_ids", "", f"a judgement of {judgement} needs a source")
        for line, (judgement, named) in package["mechanisms"].cells("judgement", "source_ids")
        if not named and judgement != "not verified"
    ]


def _conflicts(package: Package) -> list[Problem]:
    problems = []
    first: dict[frozenset[str], int] = {}
    for line, (one, other) in package["claim_conflicts"].cells("claim_a", "claim_b"):
        if one == other:
            problems.append(Problem("claim_conflicts", line, "claim_b", other, "a conflict needs two claims"))
        elif first.setdefault(frozenset((one, other)), line) != line:
            rule = f"the same pair stands in line {first[frozenset((one, other))]}"
            problems.append(Problem("claim_conflicts", line, "claim_b", other, rule))
    return problems


def _glossary(package: Package) -> list[Problem]:
    problems = []
    for line, (definition, basis, source) in package["glossary"].cells("definition", "basis", "source_id"):
        words = len(definition.split())
        if words > 40:
            problems.append(
                Problem("glossary", line, "definition", definition, f"has {words} words, at most 40")
            )
        if (basis == CONVENTION) == bool(source):
            rule = f"must be empty where basis is {CONVENTION!r}, and only there"
            problems.append(Problem("glossary", line, "source_id", source, rule))
    return problems


def _not_seen(package: Package) -> list[Problem]:
    problems = []
    names = ("authors", "year", "title")
    for line, (said, *cells) in package["sources"].cells("not_seen", *names):
        blank = [name for name, cell in zip(names, cells, strict=True) if not cell or cell.startswith("[")]
        if said != ";".join(blank):
            rule = f"must be {';'.join(blank) or 'empty'}: that is what the cells of this source show"
            problems.append(Problem("sources", line, "not_seen", said, rule))
    return problems


def _counted_once(package: Package) -> list[Problem]:
    """Of two studies that share patients, at most one is countable for an outcome."""
    shared: dict[str, set[str]] = {}
    for _, (name, others) in package["studies"].cells("study_id", "overlaps"):
        if others:
            shared[name] = set(others.split(";"))
    counted: dict[tuple[str, str], int] = {}
    problems = []
    for line, (study, outcome, countable) in package["results"].cells("study_id", "outcome_id", "countable"):
        if countable != "true" or study not in shared:
            continue
        for other in sorted(shared[study]):
            if (other, outcome) in counted:
                rule = (
                    f"line {counted[other, outcome]} counts patients of {other} for {outcome}, "
                    f"who are or may be in {study} too"
                )
                problems.append(Problem("results", line, "countable", countable, rule))
                break
        counted.setdefault((study, outcome), line)
    return problems


def _lists(package: Package) -> list[Problem]:
    """Every name in a list of names leads to a row."""
    problems = []
    known: dict[str, set[str]] = {}
    for table in package.values():
        for field in table.fields:
            ending = next((end for end in _LISTS if re.search(rf"(^|_){end}$", field.name)), "")
            # the sources of claims have a rule of their own, with their verdicts
            if not ending or _LISTS[ending][0] not in package or field.name == "evidence_source_ids":
                continue
            other, column = _LISTS[ending]
            if ending not in known:
                known[ending] = {cell for _, (cell,) in package[other].cells(column)}
            for line, (cell,) in table.cells(field.name):
                problems += [
                    Problem(table.name, line, field.name, name, f"not found in table {other}")
                    for name in (cell.split(";") if cell else ())
                    if name not in known[ending]
                ]
    return problems
