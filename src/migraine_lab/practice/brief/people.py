"""Whom a study treated, as a group that a brief can name; studies of one group may stand side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class People:
    """A group of study populations: ``words`` stand in a title, ``words_in`` finds the group in a study's own words.

    ``scope``, ``setting`` and ``pain`` (pain at dosing) must be among those named where any are named. The first
    group of GROUPS that fits a row is its group.
    """

    key: str
    words: str
    scope: str
    words_in: str = ""
    setting: tuple[str, ...] = ()
    pain: tuple[str, ...] = ()

    def fits(self, row: Mapping[str, Any], setting: str) -> bool:
        """Whether a row of ``data.comparisons()`` whose study has this setting belongs here."""
        return (
            row["scope"] == self.scope
            and (not self.setting or setting in self.setting)
            and (not self.pain or row["pain_at_dosing"] in self.pain)
            and bool(re.search(self.words_in, row["population"], re.IGNORECASE))
        )


_YOUNG = r"\b12-17\b|\b10-17\b|\b8-17\b|\b5-21\b|young people|\bchildren\b|adolescents"
_FAILED = r"earlier preventives failed|earlier failed preventives|failed preventives|failed (?:oral )?preventive classes"

GROUPS = (
    People("attack_young", "adolescents who treated a migraine attack", "acute", _YOUNG),
    People("attack_again", "people already given a drug in the same attack", "acute",
           r"pain persisting|already had drug|prevent return of headache"),
    People("attack_before", "people who treated before the headache began", "acute", r"prodrome|during the aura"),
    People("attack_probable", "people who treated a probable migraine attack", "acute", r"probable migraine"),
    People("emergency", "people who came to an emergency department with an attack", "acute", setting=("ed",)),
    People("attack_mild", "people who treated an attack while the pain was mild", "acute", pain=("mild",)),
    People("attack_any", "people who treated an attack early or at any strength of pain", "acute", pain=("any",)),
    People("attack", "people who treated a migraine attack", "acute"),
    People("prevention_young", "children and adolescents with migraine, on prevention", "preventive", _YOUNG),
    People("prevention_failed", "people with migraine in whom earlier preventives had failed", "preventive", _FAILED),
    People("prevention_both", "people with episodic or chronic migraine, on prevention", "preventive",
           r"episodic (?:\(.*\) )?(?:or|and) chronic|HER-MES"),  # HER-MES had no upper limit of days
    People("prevention_chronic", "people with chronic migraine, on prevention", "preventive", r"chronic migraine"),
    People("prevention_episodic", "people with episodic migraine, on prevention", "preventive",
           r"episodic|(?:attacks|migraines|migraine days|migraine headaches)(?: a month| per 4 weeks| in 4 weeks)"),
    People("prevention", "people with migraine, kind not stated, on prevention", "preventive"),
    People("ketamine_cluster", "people with cluster headache", "ketamine", r"^(?!.*migraine).*cluster headache"),
    People("ketamine_hemiplegic", "people with familial hemiplegic migraine", "ketamine", r"hemiplegic"),
    People("ketamine_young", "young people with refractory headache or chronic pain", "ketamine", _YOUNG),
    People("ketamine_emergency", "people with headache in an emergency department", "ketamine", setting=("ed",)),
    People("ketamine_inpatients", "people admitted to hospital with refractory headache", "ketamine",
           setting=("inpatient",)),
    People("ketamine_home", "people with refractory headache who used a nasal spray at home", "ketamine",
           setting=("home",)),
    People("ketamine_clinic", "people with refractory headache seen in a clinic", "ketamine"),
)  # fmt: skip
NAMES = {group.key: group.words for group in GROUPS}
PURPOSE_ORDER = {group.key: ("acute", "preventive", "ketamine").index(group.scope) for group in GROUPS}


def group_of(row: Mapping[str, Any], setting: str) -> str:
    """Key of the group of a row of ``data.comparisons()``. Raises LookupError for a scope that no group knows."""
    for group in GROUPS:
        if group.fits(row, setting):
            return group.key
    raise LookupError(f"no group of people fits {row['study_id']} ({row['scope']}, {row['population']})")
