"""What the data hold for each note on certainty: facts to think from, no verdict; the judgement is the student's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from migraine_lab import data
from migraine_lab.explore.rate_words import plural

from .questions import NOBODY
from .reading import between, span
from .together import COUNTS, put_together


@dataclass(frozen=True)
class Note:
    """One note that the student writes: its name, what to ask oneself, and its key in the answers file."""

    key: str
    name: str
    ask: str


NOTES = (
    Note("risk_of_bias", "Risk of bias", "How could these studies have come out wrong by the way they were done?"),
    Note("inconsistency", "Inconsistency", "Do the studies agree, and if not, what could be the reason?"),
    Note("indirectness", "Indirectness", "Are people, dose, comparator and outcome those that the question means?"),
    Note("imprecision", "Imprecision", "What else do the intervals still allow?"),
    Note("unknown", "What I do not know", "What did nobody measure, print or show you?"),
    Note("conclusion", "My conclusion", "One or two sentences about the evidence; they advise nobody."),
)  # fmt: skip


def facts(rows: pd.DataFrame) -> dict[str, str]:
    """One or two sentences of fact a note, made from the rows, by the note's key; none for the conclusion."""
    once = rows.drop_duplicates("study_id")
    return {
        "risk_of_bias": _bias(once),
        "inconsistency": _spread(rows),
        "indirectness": _people(once),
        "imprecision": _size(rows),
        "unknown": _gaps(rows, once),
    }


@lru_cache(maxsize=1)
def _judgements() -> pd.DataFrame:
    return data.table("quality")[["study_id", "overall"]]


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    studies = data.table("studies")
    return dict(zip(studies["study_id"], studies["short"], strict=True))


@lru_cache(maxsize=1)
def _funding() -> dict[str, str]:
    studies = data.table("studies")
    return dict(zip(studies["study_id"], studies["funding"], strict=True))


def _bias(once: pd.DataFrame) -> str:
    chance, blind = int(once["randomised"].sum()), int((once["blinding"] == "double").sum())
    said = f"Groups formed by chance in {chance} of {plural(len(once), 'study', 'studies')}, double blind in {blind}."
    judged = _judgements()
    judged = judged[judged["study_id"].isin(once["study_id"])]
    names = dict(zip(once["study_id"], once["study"], strict=True))
    told = dict.fromkeys(
        f"{names[study]}: {overall}"
        for study, overall in zip(judged["study_id"], judged["overall"], strict=True)
    )
    whose = "its" if len(once) == 1 else "their"
    return (
        f"{said} Risk of bias in the data: {'; '.join(told)}."
        if told
        else f"{said} The data hold no judgement of {whose} risk."
    )


def _spread(rows: pd.DataFrame) -> str:
    if len(rows) == 1:
        return "There is one row only, so nothing can agree or disagree with it."
    what = "Rates" if rows["comparator"].iloc[0] == NOBODY else "Rates in the treated arms"
    said = f"{what}: {span(rows['percent'])} of 100."
    found = put_together(rows)
    if found:
        return f"{said} {found.i2:.0f} % of the variation of the effects is between trials (I2)."
    if rows["comparator"].iloc[0] == NOBODY:
        return said
    gaps = rows["percent"] - rows["comparator_percent"]
    return f"{said} The differences lie {between(gaps.min(), gaps.max())} of 100."


def _people(once: pd.DataFrame) -> str:
    whom = "; ".join(dict.fromkeys(str(one) for one in once["population"]))
    return f"Who was in them: {_with_names(whom)}."


def _with_names(text: str) -> str:
    """The tables name other studies by their keys; a reader knows them by their names."""
    names = _names()
    return re.sub(r"\b[a-z]+\d{4}[a-z]*\b", lambda found: names.get(found[0], found[0]), text)


def _size(rows: pd.DataFrame) -> str:
    columns = _counts(rows)
    counted = rows[rows[columns].notna().all(axis=1)]
    if counted.empty:
        return "No row prints its counts, so no interval is known."
    treated = counted.drop_duplicates("result_id")["n"].sum()
    beside = counted.drop_duplicates("comparator_result_id")["comparator_n"].sum()
    lacking = len(rows) - len(counted)
    gap = f" {plural(lacking, 'row')} without counts." if lacking else ""
    compared = f" and {beside:.0f} on the comparator" if len(columns) > 2 else ", nobody on a comparator"
    return f"{treated:.0f} treated{compared}, where counts are printed.{gap}"


def _gaps(rows: pd.DataFrame, once: pd.DataFrame) -> str:
    said = []
    second_hand = int((~rows["provenance"].isin(["primary", "registry", "label"])).sum())
    if second_hand:
        said.append(
            f"{plural(second_hand, 'row was', 'rows were')} read in a copy or in a text about the study."
        )
    worked_out = int(((rows["derived"] == "percent") | (rows["comparator_derived"] == "percent")).sum())
    if worked_out:
        said.append(f"In {plural(worked_out, 'row')} counts were worked out from a printed percentage.")
    unknown = sum(_funding()[study] == "unknown" for study in once["study_id"])
    if unknown:
        said.append(f"Who paid is not known for {unknown} of {plural(len(once), 'study', 'studies')}.")
    lacking = rows[_counts(rows)].isna().any(axis=1).sum()
    if lacking:
        said.append(f"{plural(int(lacking), 'row prints', 'rows print')} a percentage without its count.")
    odd = rows[rows["mismatch_note"] != ""]
    if not odd.empty:
        first = odd.iloc[0]
        more = f"; and {len(odd) - 1} more" if len(odd) > 1 else ""
        said.append(f"Figures that do not fit: {first['study']}, {first['mismatch_note']}{more}.")
    return " ".join(said) or "The rows come from their own sources, with their counts."


def _counts(rows: pd.DataFrame) -> list[str]:
    """Columns of counts that the rows can have: both arms', or one arm's where there is no comparator."""
    return COUNTS[:2] if rows["comparator"].iloc[0] == NOBODY else COUNTS
