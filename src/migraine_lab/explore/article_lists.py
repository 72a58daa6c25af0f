"""Symptoms that the lay articles name, phase by phase, beside the rows that count them.

The words of an item stand in the claim as it is recorded; the pattern says which symptoms of the table it means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from migraine_lab import data

ITEMS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    (
        "c131",
        "prodrome",
        {
            "cravings": r"craving|appetite|hunger",
            "stiff neck": r"stiff neck|neck stiffness|^neck pain",
            "constipation": r"constipation",
            "mood swings": r"mood|irritab",
            "thirst": r"thirst",
            "urination": r"urinat",
            "yawning": r"yawn",
        },
    ),
    ("c129", "prodrome", {"nausea": r"nausea", "vomiting": r"vomit"}),
    ("c132", "prodrome", {}),
    (
        "c128",
        "aura",
        {
            "blind spots": r"scotoma|hemianopia",
            "flashing lights": r"flash|flicker|scintillat",
            "speech trouble": r"language|aphasi|dysphasi",
            "one-sided tingling": r"tingling|somatosensory",
        },
    ),
    ("c133", "aura", {}),
    ("c134", "aura", {"weakness": r"motor|weakness"}),
    ("c135", "aura", {"hearing music or noises": r"hearing|music", "jerking": r"jerk"}),
    ("c136", "headache", {}),
    (
        "c137",
        "postdrome",
        {
            "feel drained": r"fatigue|tired",
            "muddled": r"cognit|concentrat",
            "sudden head movement": r"head movement",
        },
    ),
    (
        "c024",
        "headache",
        {
            "nausea": r"nausea",
            "vomiting": r"vomit",
            "dislike of light": r"photophobia",
            "sound": r"phonophobia",
        },
    ),
    ("c073", "aura", {"visual disturbance": r"^visual aura"}),
    ("c074", "headache", {"dizziness": r"dizz", "clouded thinking": r"cognit|concentrat"}),
    ("c057", "prodrome", {"symptoms": r"^any pre"}),
    ("c057", "postdrome", {"symptoms": r"^any post"}),
)
"""Claim, phase, and the symptoms named there (none where the claim is about the phase itself)."""
ANSWERS: Mapping[str, str] = {
    "supported": "agrees",
    "partly_supported": "agrees in part",
    "contradicted": "corrects this",
    "unsupported": "corrects this",
    "not_checkable": "cannot say",
}
"""What the evidence does to a claim with this verdict."""


class Item(NamedTuple):
    """One symptom that an article names in a phase."""

    words: str
    pattern: str
    claim_id: str


def articles() -> dict[str, str]:
    """Return title by article_id of the articles that name symptoms of a phase."""
    claims = data.table("claims").set_index("claim_id")
    titles = data.table("articles").set_index("article_id")["title"]
    chosen = dict.fromkeys(claims.loc[[one for one, _, _ in ITEMS], "article_id"])
    return {article: titles[article] for article in chosen}


def items(article: str, phase: str) -> list[Item]:
    """Return what an article names in a phase ("all" for every phase)."""
    claims = data.table("claims").set_index("claim_id")
    return [
        Item(words, pattern, claim_id)
        for claim_id, place, listed in ITEMS
        if claims.at[claim_id, "article_id"] == article and phase in (place, "all")
        for words, pattern in listed.items()
    ]


def named(symptoms: pd.DataFrame, article: str) -> pd.Series:
    """Return for each row of symptoms the words by which the article names it in its phase, "" where it does not."""
    found = pd.Series("", index=symptoms.index)
    for phase in symptoms["phase_id"].unique():
        here = symptoms["phase_id"] == phase
        for item in reversed(items(article, phase)):
            hits = here & symptoms["symptom"].str.contains(item.pattern, flags=re.IGNORECASE, regex=True)
            found[hits] = item.words
    return found


def verdicts(article: str, phase: str) -> pd.DataFrame:
    """Return the claims about symptoms of a phase with verdict, why and ``answer``: agrees, agrees in part, corrects."""
    claims = data.table("claims")
    ids = [one for one, place, _ in ITEMS if phase in (place, "all")]
    rows = claims[(claims["article_id"] == article) & claims["claim_id"].isin(ids)]
    return rows.assign(answer=rows["verdict"].map(ANSWERS))
