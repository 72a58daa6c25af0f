"""Which headache disorder a set of features meets, by the classification's criteria, and what the nearest ones lack.

A teaching model of ICHD-3: it shows how a diagnosis is built and diagnoses nobody. All thresholds come from the table
``criteria``; a feature that is not known never counts as absent (:mod:`migraine_lab.models.criteria`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from migraine_lab.models import criteria_words as words
from migraine_lab.models.conditions import Reading
from migraine_lab.models.criteria import (
    ANY_OF,
    EARLIER_AGE,
    FAILED,
    FLAGS,
    MET,
    UNKNOWN,
    Condition,
    Criterion,
    book,
    word,
)
from migraine_lab.models.features import BY_NAME, FEATURES, Feature, check

__all__ = [
    "FAILED",
    "MET",
    "PART_OF",
    "PROBABLE",
    "RED_FLAG",
    "UNKNOWN",
    "Diagnosis",
    "Finding",
    "Named",
    "Near",
    "classify",
    "codes",
    "feature",
    "features",
    "number_met",
]  # fmt: skip
RED_FLAG = "red flag"
"""Code of an exercise that ends because a warning sign is there."""
NONE_YET = "no diagnosis yet"
ORDER = (
    "1.4.1", "1.3", "8.2", "1.2.1.2", "1.2.1", "1.2", "1.1", "3.1.1", "3.1.2", "3.1", "2.2", "2.1", "1.5.1", "1.5",
)  # fmt: skip
"""Codes in the order in which they answer: what says most comes first, a probable diagnosis last."""
SAID_BY = {
    "1.2": ("1.2.1", "1.2.1.2"), "1.2.1": ("1.2.1.2",), "3.1": ("3.1.1", "3.1.2"), "1.5": ("1.5.1",),
}  # fmt: skip
"""A disorder is not named beside a kind of its own."""
CHRONIC = "1.3"
SWALLOWED = ("1.1", "1.2", "1.2.1", "1.2.1.2", "2.1", "2.2")
"""Chronic migraine takes the place of these: the table's note for tension-type headache, and its own criterion B."""
PROBABLE = ("1.5", "1.5.1")
PART_OF = {"1.2.1": "1.2", "1.2.1.2": "1.2.1", "3.1.1": "3.1", "3.1.2": "3.1", "1.5.1": "1.5"}
NEAREST = 3
FARTHEST = 3
"""A disorder that lacks more criteria than this, or more than it has, is not near."""


class Finding(NamedTuple):
    """A criterion's state for one person.

    ``parts`` are its conditions in a few words, each with its state; ``needed`` of them must be met. ``criterion_ids`` are
    their rows of ``criteria``, ``source_ids`` where these were read.
    """

    code: str
    disorder: str
    criterion: str
    label: str
    state: str
    needed: int
    parts: tuple[tuple[str, str], ...]
    criterion_ids: tuple[str, ...]
    source_ids: tuple[str, ...]

    @property
    def have(self) -> int:
        """How many of its conditions are met."""
        return sum(state == MET for _, state in self.parts)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Conditions that are not known."""
        return tuple(words for words, state in self.parts if state == UNKNOWN)

    @property
    def missing(self) -> tuple[str, ...]:
        """Conditions that failed."""
        return tuple(words for words, state in self.parts if state == FAILED)


@dataclass(frozen=True, slots=True)
class Named:
    """A disorder whose criteria are all met."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Near:
    """A disorder that is not met, and what separates it: sentences in ``missing``, one a criterion."""

    code: str
    name: str
    missing: tuple[str, ...]
    failed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the criteria say of one set of features.

    ``code`` and ``name`` are the best answer ("" and "no diagnosis yet" without one; "red flag" where a warning sign ends
    the exercise), ``all_met`` every disorder that holds together with it, ``subtypes`` the kinds of medication overuse.
    ``red_flags`` are the warning signs that are there, ``flags_not_asked`` those not known; ``notes`` what else to know.
    """

    code: str
    name: str
    all_met: tuple[Named, ...]
    subtypes: tuple[str, ...]
    findings: tuple[Finding, ...]
    nearest: tuple[Near, ...]
    red_flags: tuple[Finding, ...]
    flags_not_asked: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of all that is met, subtypes included; "red flag" alone where a warning sign ends the exercise."""
        if self.red_flags:
            return (RED_FLAG,)
        return (*(one.code for one in self.all_met), *self.subtypes)

    def of(self, code: str) -> tuple[Finding, ...]:
        """Findings of one disorder."""
        return tuple(one for one in self.findings if one.code == code)


def features() -> tuple[Feature, ...]:
    """Every feature that can be asked for, in the order of its groups."""
    return FEATURES


def feature(name: str) -> Feature:
    """One feature by its name. Raises ValueError for a name that does not exist."""
    if name not in BY_NAME:
        check({name: None})
    return BY_NAME[name]


def codes() -> tuple[tuple[str, str], ...]:
    """Code and name of every disorder, the likeliest answers first (see ORDER)."""
    return tuple((code, book().names[code]) for code in ORDER)


def number_met(features: Mapping[str, Any], code: str) -> int:
    """How many criteria (letters) of disorder ``code`` these features meet.

    Raises ValueError for an unknown code or feature and for impossible values.
    """
    if code not in book().criteria:
        raise ValueError(
            f"There is no disorder {code!r} in the criteria; there are: {', '.join(book().criteria)}."
        )
    reading = Reading(check(features))
    return sum(reading.criterion(code, letter) is True for letter in book().criteria[code])


def classify(features: Mapping[str, Any]) -> Diagnosis:
    """Read the criteria for these features (name -> True, False, a number, or None where it is not known).

    Raises ValueError, naming the feature, for an unknown name or a value that no person can have.
    """
    reading = Reading(check(features))
    findings = tuple(
        _finding(reading, criterion)
        for code in (*ORDER, FLAGS)
        for criterion in book().criteria[code].values()
    )
    flags = [one for one in findings if one.code == FLAGS and one.criterion != EARLIER_AGE]
    present = tuple(one for one in flags if one.state == MET)
    not_asked = tuple(one.label for one in flags if one.state == UNKNOWN)
    met = () if present else _all_met(reading)
    subtypes = _subtypes(reading) if any(one.code == "8.2" for one in met) else ()
    best = met[0] if met else Named("", NONE_YET)
    if present:
        best = Named(RED_FLAG, "stop: a warning sign comes first")
    near = _nearest(reading, findings, {one.code for one in met}) if not present else ()
    return Diagnosis(
        best.code, best.name, met, subtypes, findings, near, present, not_asked, _notes(findings)
    )


def _finding(reading: Reading, one: Criterion) -> Finding:
    rows = reading.conditions(one)
    heading, labels, ids, sources = _said(one.code, one.letter, rows is one.instead)
    return Finding(
        one.code,
        one.disorder,
        one.letter,
        heading,
        word(reading.criterion(one.code, one.letter)),
        one.needed if len(rows) == len(one.conditions) else len(rows),
        tuple((said, word(reading.condition(row))) for said, row in zip(labels, rows, strict=True)),
        ids,
        sources,
    )


@lru_cache(maxsize=256)
def _said(
    code: str, letter: str, instead: bool
) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What of a finding is the same for everybody: its words, its conditions' words, their rows, their sources."""
    one = book().criteria[code][letter]
    rows = one.instead if instead else one.conditions
    return (
        words.heading(one, rows),
        tuple(words.label(row) for row in rows),
        tuple(row.criterion_id for row in rows),
        tuple(dict.fromkeys(row.source_id for row in rows)),
    )


def _all_met(reading: Reading) -> tuple[Named, ...]:
    met = [code for code in ORDER if reading.disorder(code) is True]
    if CHRONIC in met:
        met = [code for code in met if code not in SWALLOWED]
    if any(code not in (*PROBABLE, "8.2") for code in met):
        met = [code for code in met if code not in PROBABLE]
    met = [code for code in met if not set(SAID_BY.get(code, ())) & set(met)]
    return tuple(Named(code, book().names[code]) for code in met)


def _subtypes(reading: Reading) -> tuple[str, ...]:
    rows = book().criteria["8.2"]["B_drug"].conditions
    found = [row.item.split("_")[0] for row in rows if reading.condition(row) is True]
    # a single painkiller says more than its class
    return tuple(sorted(code for code in found if not any(other.startswith(f"{code}.") for other in found)))


def _nearest(reading: Reading, findings: tuple[Finding, ...], met: set[str]) -> tuple[Near, ...]:
    """The disorders that lack the fewest criteria, without those that a met one says already."""
    near = []
    by_code: dict[str, list[Finding]] = {}
    for one in findings:
        by_code.setdefault(one.code, []).append(one)
    for place, code in enumerate(ORDER):
        if reading.disorder(code) is True or (CHRONIC in met and code in SWALLOWED):
            continue
        if (code in PROBABLE and met) or (code in PART_OF and reading.disorder(PART_OF[code]) is not True):
            continue
        mine = by_code[code]
        lacking = [one for one in mine if one.state != MET]
        failed = sum(one.state == FAILED for one in lacking)
        if len(lacking) <= min(FARTHEST, len(mine) - len(lacking)) or len(mine) == 1 or code in PROBABLE:
            near.append((len(lacking), failed, place, code, lacking))
    return tuple(
        Near(code, book().names[code], tuple(_lacks(reading, one) for one in lacking), failed, count - failed)
        for count, failed, _place, code, lacking in sorted(near, key=lambda one: one[:3])[:NEAREST]
    )


def _lacks(reading: Reading, one: Finding) -> str:
    """What a criterion lacks, in words: the number still needed, or what is not known yet."""
    short = one.needed - one.have
    if one.criterion in ANY_OF:
        rows = book().criteria[one.code][one.criterion].conditions
        fewest, most = min(row.low for row in rows), max(row.low for row in rows)
        start = "not known yet" if one.state == UNKNOWN else "needs"
        return f"{start}: a medicine on {fewest:g} or {most:g} days a month, by its class"
    if one.state == UNKNOWN:
        what = " and ".join(one.unknown) if len(one.unknown) <= short else ", ".join(one.unknown)
        asked = f"{short} more of: " if len(one.unknown) > short else ""
        return f"not known yet: {asked}{what}"
    if one.needed == one.have + len(one.missing) + len(one.unknown):  # all of them are needed
        return f"needs: {' and '.join(one.missing)}{_has(reading, one)}"
    return f"needs {short} more of: {', '.join((*one.missing, *one.unknown))}"


ANSWERED_BY = {
    "attacks_meeting_B_to_D": "attacks", "episodes_meeting_B_to_D": "attacks", "attacks_meeting_B_and_C": "aura_attacks",
    "headache_duration_untreated": "hours", "headache_duration_untreated_under_18": "hours", "headache_duration": "hours",
    "headache_days_per_month": "headache_days", "months_at_this_frequency": "months",
    "migraine_days_per_month": "migraine_days", "attack_duration": "this_attack_hours",
    "attack_frequency": "attacks_per_day", "bouts": "bouts", "bout_duration": "bout_days",
    "remission_between_bouts": "months_free", "remission_max": "months_free",
    "duration_without_remission": "years_like_this", "months_of_overuse": "months_of_overuse",
}  # fmt: skip
"""The number that a condition is read from, for saying how many there are now."""


def _has(reading: Reading, one: Finding) -> str:
    rows: dict[str, Condition] = {
        words.label(row): row
        for letter in book().criteria[one.code].values()
        for row in (*letter.conditions, *letter.instead)
    }
    values = [
        f"{reading.answers[name]:g}"
        for said in one.missing
        if (name := ANSWERED_BY.get(rows[said].item)) and reading.answers[name] is not None
    ]
    return f" (now {' and '.join(values)})" if values else ""


def _notes(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    notes = []
    ages = {one.criterion: one for one in findings if one.code == FLAGS and one.criterion.startswith("O5")}
    if ages[EARLIER_AGE].state == MET and ages["O5"].state == FAILED:
        notes.append(
            "An earlier version of the list of warning signs would stop here, for the age at which it began: sources disagree."
        )
    return tuple(notes)
