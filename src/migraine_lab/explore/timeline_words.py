"""What the timeline says: the hour, what people notice in a phase, and treatment early or late. Rows are named by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from migraine_lab import data

NOTICED: Mapping[str, tuple[str, ...]] = {
    "prodrome": (
        "prodrome_schoonman2006_fatigue",
        "prodrome_schoonman2006_phonophobia",
        "prodrome_schoonman2006_yawning",
    ),
    "aura": (
        "aura_viana2017_visual_aura",
        "aura_viana2017_sensory_tingling_numbness_aura",
        "aura_viana2017_dysphasic_language_aura",
    ),
    "headache": (
        "headache_kossowsky2021_photophobia",
        "headache_kossowsky2021_unilateral_pain",
        "headache_kossowsky2021_pulsating_pain",
    ),
    "postdrome": ("postdrome_giffin2016_any_postdrome_symptom", "postdrome_christensen2023_fatigue"),
    "interictal": ("interictal_mmv_paper_fear_of_the_next_attack",),
}
"""Rows of ``symptoms`` that are read out in each phase: one survey a phase where one counts several symptoms."""

WHO: Mapping[str, str] = {
    "schoonman2006": "Dutch clinic patients, asked with a list",
    "viana2017": "auras in a diary",
    "kossowsky2021": "middle-aged women with migraine",
    "giffin2016": "people chosen for such symptoms, in a diary",
    "christensen2023": "studies pooled by a review",
    "mmv_paper": "people with at least four migraine days a month",
}
IN_PHASE = {
    "prodrome": "in the prodrome",
    "aura": "in the aura",
    "headache": "in pain",
    "postdrome": "in the postdrome",
    "interictal": "in no phase",
}
REPORT = {
    "prodrome": "What people report in it",
    "aura": "What auras hold",
    "headache": "What comes with the pain",
    "postdrome": "What people report after the pain",
    "interictal": "Even between attacks",
}


class Treated(NamedTuple):
    """Two rows of ``timing``: pain-free at two hours when treated early and late, and how the two groups came about."""

    words: str
    early: str
    late: str
    design: str


_WITHIN, _EARLY, _AWM = "almotriptan_within2002", "almotriptan_early2003", "awm_review2008"
TREATED: Mapping[str, Treated] = {
    "allocated": Treated(
        "randomised trial, as told to",
        f"{_AWM}_told_to_treat_while_pain_mild_within_1_h",
        f"{_AWM}_told_to_treat_when_pain_moderate_or_severe",
        "chance decided who was told to treat early",
    ),
    "did": Treated(
        "the same trial, by what people did",
        f"{_AWM}_treated_while_pain_mild_within_1_h_pain_free",
        f"{_AWM}_treated_when_pain_moderate_or_severe_pain",
        "sorted by what people did, so no longer by chance",
    ),
    "placebo": Treated(
        "placebo in the same trial",
        f"{_AWM}_placebo_while_pain_mild_within_1_h_pain_free",
        f"{_AWM}_placebo_when_pain_moderate_or_severe_pain",
        "placebo, sorted by what people did",
    ),
    "within": Treated(
        "same people, not randomised",
        f"{_WITHIN}_triptan_taken_while_pain_mild_pain_2",
        f"{_WITHIN}_triptan_taken_when_pain_moderate_or_2",
        "open label; the attacks were not sorted by chance",
    ),
    "later": Treated(
        "open label, sorted afterwards",
        f"{_EARLY}_triptan_taken_while_pain_mild_pain_2",
        f"{_EARLY}_triptan_taken_when_pain_moderate_or_2",
        "open label, sorted afterwards; the attacks may differ in more than the hour",
    ),
}


def hour_words(hour: float) -> str:
    """'onset of pain', '15 min before', '3 h after'."""
    if hour == 0:
        return "onset of pain"
    size, side = abs(hour), "before" if hour < 0 else "after"
    if size < 1:
        return f"{60 * size:.0f} min {side}"
    return f"{int(size)} h {side}" if size == int(size) else f"{int(size)} h {60 * (size % 1):.0f} min {side}"


def noticed(phase: str) -> str:
    """Return the leading symptoms of a phase with percentage and denominator, in one sentence."""
    rows = [data.fact("symptoms", row_id) for row_id in NOTICED[phase]]
    parts: list[str] = []
    for place, row in enumerate(rows):
        last = place == len(rows) - 1 or rows[place + 1]["source_id"] != row["source_id"]
        size = f"{row['percent']:.0f} %"
        parts.append(f"{row['symptom']} {size}" + (f" ({_of(row)})" if last else ""))
    return ", ".join(parts)


def _of(row: pd.Series) -> str:
    who = WHO[row["source_id"]]
    return f"of {int(row['n'])} {who}" if pd.notna(row["n"]) else f"{who}, no count printed"


def counted(counts: Mapping[str, int]) -> str:
    """'at this hour 12 in the prodrome, ... and 60 in no phase'."""
    parts = [f"{count} {IN_PHASE[phase]}" for phase, count in counts.items()]
    return f"at this hour {', '.join(parts[:-1])} and {parts[-1]}"


def treated(name: str, *, brief: bool = False) -> tuple[str, str, str]:
    """Return the words for early and late treatment, and the sentence that says how the groups came about."""
    chosen = TREATED[name]
    early, late = (data.fact("timing", row_id) for row_id in (chosen.early, chosen.late))
    first, mild = (
        ("Pain-free at two hours", "")
        if brief
        else ("Pain-free two hours after the tablet", ", while pain was mild,")
    )
    how = chosen.design if brief else f"{chosen.words}: {chosen.design}"
    return (
        f"early: {early['value']:g} % pain-free at 2 h",
        f"late: {late['value']:g} %",
        f"{first}: {early['value']:g} % of {early['percent_of']} treated early{mild} and {late['value']:g} % of those "
        f"treated late ({how}).",
    )


def phases_now(names: Sequence[str]) -> str:
    """'in the aura and in pain'; 'in no phase'."""
    return " and ".join(IN_PHASE[name] for name in names) if names else IN_PHASE["interictal"]
