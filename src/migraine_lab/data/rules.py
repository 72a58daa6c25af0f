"""Rules between rows, columns and tables that a column's own constraints cannot say."""

from __future__ import annotations

from collections.abc import Callable

from migraine_lab.data import rules_facts
from migraine_lab.data.package import DESCRIPTOR, MissingColumn, Package, Problem
from migraine_lab.data.rules_facts import fits as fits

REASON_WORDS = 30
_ALIKE = (
    "study_id",
    "outcome_id",
    "basis",
    "definition",
    "pain_at_dosing",
    "unit_counted",
    "time_value",
    "time_unit",
    "stat",
)


def keys(package: Package) -> list[Problem]:
    """Primary keys are there once; foreign keys lead somewhere."""
    return _or_missing(_keys, package)


def _keys(package: Package) -> list[Problem]:
    problems = []
    held: dict[tuple[str, tuple[str, ...]], set[tuple[str, ...]]] = {}
    for table in package.values():
        if not table.key:
            continue
        first: dict[tuple[str, ...], int] = {}
        for line, cells in table.cells(*table.key):
            if first.setdefault(cells, line) != line:
                problems.append(
                    Problem(
                        table.name,
                        line,
                        ", ".join(table.key),
                        ", ".join(cells),
                        f"the same key stands in line {first[cells]}",
                    )
                )
    for table in package.values():
        unknown: set[tuple[int, str]] = set()
        for columns, other, targets in table.links:
            if other not in package:
                problems.append(
                    Problem(table.name, None, ", ".join(columns), "", f"there is no table {other}")
                )
                continue
            if (other, targets) not in held:
                held[other, targets] = {cells for _, cells in package[other].cells(*targets)}
            for line, cells in table.cells(*columns):
                # an unknown study is said once, not again for the arm of that study
                if not any(cells) or cells in held[other, targets] or (line, columns[0]) in unknown:
                    continue
                if len(columns) == 1:
                    unknown.add((line, columns[0]))
                names, values = ", ".join(columns), ", ".join(cells)
                problems.append(Problem(table.name, line, names, values, f"not found in table {other}"))
    return problems


def between(package: Package) -> list[Problem]:
    """Rules of the evidence tables; a table that the package does not have is passed over."""
    checks: list[tuple[tuple[str, ...], Callable[[Package], list[Problem]]]] = [
        (("results",), _counts),
        (("results",), _intervals),
        (("results",), _alike),
        (("results", "outcomes", "studies"), _scopes),
        (("contrasts",), _contrasts),
        (("sources",), _addresses),
        (("studies",), _overlaps),
        (("claims", "sources"), _verdicts),
        (("claims",), _impressions),
        *rules_facts.rules(),
    ]
    problems: list[Problem] = []
    for needed, rule in checks:
        if all(name in package for name in needed):
            problems += _or_missing(rule, package)
    return problems


def _or_missing(rule: Callable[[Package], list[Problem]], package: Package) -> list[Problem]:
    """Problems of a rule, or the column that it needs and the descriptor lacks."""
    try:
        return rule(package)
    except MissingColumn as lack:
        table, column = lack.args
        return [Problem(DESCRIPTOR, None, column, "", f"table {table} lacks this column")]


def _counts(package: Package) -> list[Problem]:
    problems = []
    for line, (stat, n, events, percent, value, mismatch) in package["results"].cells(
        "stat", "n", "events", "percent", "value", "mismatch_note"
    ):
        if events and not n:
            problems.append(Problem("results", line, "events", events, "events are given without n"))
        elif events and int(events) > int(n):
            problems.append(
                Problem("results", line, "events", events, f"events must not exceed n, which is {n}")
            )
        elif events and percent and not mismatch and not fits(events, n, percent):
            share = 100 * int(events) / int(n)
            problems.append(
                Problem(
                    "results",
                    line,
                    "percent",
                    percent,
                    f"{events} of {n} is {share:.2f} %, and mismatch_note says nothing",
                )
            )
        if stat == "proportion" and not (events or percent):
            problems.append(Problem("results", line, "percent", "", "a proportion needs events or percent"))
        if stat != "proportion" and not value:
            problems.append(Problem("results", line, "value", "", f"a {stat} needs a value"))
    return problems


def _intervals(package: Package) -> list[Problem]:
    problems = []
    for line, (stat, percent, value, low, high) in package["results"].cells(
        "stat", "percent", "value", "low", "high"
    ):
        problems += _within("results", line, percent if stat == "proportion" else value, low, high)
    return problems


def _contrasts(package: Package) -> list[Problem]:
    problems = []
    for line, (arm_a, arm_b, estimate, low, high, p_value) in package["contrasts"].cells(
        "arm_a", "arm_b", "estimate", "low", "high", "p_value"
    ):
        problems += _within("contrasts", line, estimate, low, high)
        if arm_a == arm_b:
            problems.append(Problem("contrasts", line, "arm_b", arm_b, "a contrast needs two different arms"))
        if not (estimate or p_value):
            problems.append(
                Problem("contrasts", line, "estimate", "", "a contrast needs an estimate or a p value")
            )
    return problems


def _within(table: str, line: int, middle: str, low: str, high: str) -> list[Problem]:
    if low and high and float(low) > float(high):
        return [Problem(table, line, "low", low, f"must not exceed high, which is {high}")]
    if middle and low and float(middle) < float(low):
        return [Problem(table, line, "low", low, f"must not exceed the figure itself, which is {middle}")]
    if middle and high and float(middle) > float(high):
        return [Problem(table, line, "high", high, f"must not be below the figure itself, which is {middle}")]
    return []


def _alike(package: Package) -> list[Problem]:
    problems = []
    first: dict[str, tuple[int, tuple[str, ...]]] = {}
    for line, (name, *cells) in package["results"].cells("comparison_id", *_ALIKE):
        start, wanted = first.setdefault(name, (line, tuple(cells)))
        for column, cell, expected in zip(_ALIKE, cells, wanted, strict=True):
            if cell != expected:
                problems.append(
                    Problem(
                        "results",
                        line,
                        column,
                        cell,
                        f"line {start} of the same comparison_id {name} has {expected!r}",
                    )
                )
    return problems


def _scopes(package: Package) -> list[Problem]:
    outcome = {name: scope for _, (name, scope) in package["outcomes"].cells("outcome_id", "scope")}
    study = {name: scope for _, (name, scope) in package["studies"].cells("study_id", "scope")}
    problems = []
    for line, (study_id, outcome_id, basis, pain) in package["results"].cells(
        "study_id", "outcome_id", "basis", "pain_at_dosing"
    ):
        scope = study[study_id]
        if outcome[outcome_id] != scope:
            problems.append(
                Problem(
                    "results",
                    line,
                    "outcome_id",
                    outcome_id,
                    f"a {outcome[outcome_id]} outcome in a study of scope {scope}",
                )
            )
        if bool(pain) != (scope == "acute"):
            problems.append(
                Problem(
                    "results",
                    line,
                    "pain_at_dosing",
                    pain,
                    "must be filled for acute studies and for no others",
                )
            )
        if basis and scope != "preventive":
            problems.append(Problem("results", line, "basis", basis, "must be empty outside prevention"))
    return problems


def _addresses(package: Package) -> list[Problem]:
    return [
        Problem(
            "sources",
            line,
            "url",
            "",
            f"source {name} needs a DOI, a PubMed number, a registry number or a public address",
        )
        for line, (name, *ways) in package["sources"].cells("source_id", "doi", "pmid", "registry_id", "url")
        if not any(ways)
    ]


def _overlaps(package: Package) -> list[Problem]:
    known = {name for _, (name,) in package["studies"].cells("study_id")}
    problems = []
    for line, (name, others) in package["studies"].cells("study_id", "overlaps"):
        for other in filter(None, others.split(";")):
            if other not in known:
                problems.append(Problem("studies", line, "overlaps", other, "no such study"))
            elif other == name:
                problems.append(Problem("studies", line, "overlaps", other, "a study cannot overlap itself"))
    return problems


def _verdicts(package: Package) -> list[Problem]:
    known = {name for _, (name,) in package["sources"].cells("source_id")}
    problems = []
    for line, (verdict, evidence) in package["claims"].cells("verdict", "evidence_source_ids"):
        named = [name for name in evidence.split(";") if name]
        if not named and verdict != "not_checkable":
            problems.append(
                Problem("claims", line, "evidence_source_ids", "", f"a verdict of {verdict} needs a source")
            )
        problems += [
            Problem("claims", line, "evidence_source_ids", name, "no such source")
            for name in named
            if name not in known
        ]
    return problems


def _impressions(package: Package) -> list[Problem]:
    """A claim that the evidence contradicts leaves no fair impression; reasons are short; rates start at an outcome."""
    problems = []
    for line, (verdict, impression, reason, treatment, outcome) in package["claims"].cells(
        "verdict", "impression", "impression_reason", "see_treatment", "see_outcome"
    ):
        if verdict == "contradicted" and impression == "fair":
            rule = "a contradicted claim leaves no fair impression"
            problems.append(Problem("claims", line, "impression", impression, rule))
        if len(reason.split()) > REASON_WORDS:
            rule = f"has {len(reason.split())} words, at most {REASON_WORDS}"
            problems.append(Problem("claims", line, "impression_reason", reason, rule))
        if bool(treatment) != bool(outcome):
            rule = "see_treatment and see_outcome are given together or not at all"
            problems.append(Problem("claims", line, "see_outcome", outcome, rule))
    return problems
