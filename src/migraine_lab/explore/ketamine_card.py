"""One ketamine study, opened: every result with its definition, harms, what was watched, bias, overlaps, contradictions."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from migraine_lab import data
from migraine_lab.data.tables import time_text
from migraine_lab.explore.parts import source_cards

DOMAINS = {
    "randomisation": "allocation", "deviations": "departures from the plan", "missing_outcome": "missing results",
    "measurement": "measurement", "selection_of_report": "choice of what is reported", "overall": "overall",
}  # fmt: skip
NOT_READ = "not read in the pages behind this package"
MOST = 230
"""Letters of one fact on a slide, where the card has to fit without scrolling."""


@lru_cache(maxsize=128)
def card(study_id: str, presenting: bool) -> str:
    """HTML of one study; a slide shows design, results, harms and the note, and leaves the rest to the page."""
    study = data.fact("studies", study_id)
    benefits, harms = printed(study_id)
    if presenting:
        between, worse = _contrasts(study_id, benefit=True), _contrasts(study_id, benefit=False)
        awaited = _awaited(study_id)
        facts = {"In whom": study["population"]}
        facts |= {"Awaited": awaited} if awaited else {
            "Results": _short(between or benefits), "Unwanted effects": _short(harms or worse),
            "Risk of bias": _bias(study_id, brief=True),
        }  # fmt: skip
        cut = {
            name: textwrap.shorten(words, MOST, placeholder=" … (on the page)")
            for name, words in facts.items()
        }
        return _list(study["short"], cut)
    facts = {
        "In whom": f"{study['population']} ({_size(study)})",
        "Design": f"{study['design'].replace('_', ' ')}, blinding: {study['blinding'] or 'not stated'}, {study['setting']}",
        "Arms": "; ".join(_arms(study_id)) or NOT_READ,
        "Benefit": benefits or ["no figure printed in what was read"],
        "Unwanted effects": harms or [NOT_READ],
        "Watched during treatment": watched(study_id),
        "Between the arms": _contrasts(study_id, benefit=True) + _contrasts(study_id, benefit=False),
        "Risk of bias": _bias(study_id),
        "Patients also counted in": _overlaps(study["overlaps"]),
        "Awaited": _awaited(study_id),
        "Notes and contradictions": study["note"],
        "Paid by": study["funding"],
    }
    return _list(study["short"], facts) + source_cards([study["source_id"]])


def printed(study_id: str) -> tuple[list[str], list[str]]:
    """Return a study's results in words, benefits and harms apart, each with its denominator, time and contradiction."""
    rows = data.table("results")
    rows = rows[rows["study_id"] == study_id].assign(time=lambda frame: time_text(frame))
    outcomes = data.table("outcomes").set_index("outcome_id")
    arms = data.table("arms").set_index(["study_id", "arm_id"])["label"]
    alone = len(set(rows["arm_id"])) == 1
    found: tuple[list[str], list[str]] = ([], [])
    for row in rows.to_dict("records"):
        outcome = outcomes.loc[row["outcome_id"]]
        when = f" at {row['time']}" if row["time"] else ""
        who = "" if alone else f"{arms[study_id, row['arm_id']]}: "
        words = f"{who}{row['definition']}{when}: {_figure(row)}"
        words += f" (contradiction: {row['mismatch_note']})" if row["mismatch_note"] else ""
        found[0 if outcome["is_benefit"] else 1].append(words)
    return found


def watched(study_id: str) -> str:
    """Say what this package holds on how the study's patients were watched; setting at least."""
    setting = {"ed": "an emergency department", "inpatient": "a hospital ward", "outpatient": "a clinic",
               "home": "home: nobody watched"}.get(data.fact("studies", study_id)["setting"], "")  # fmt: skip
    return f"treated in {setting}; what was measured meanwhile was {NOT_READ}" if setting else NOT_READ


def _figure(row: dict[str, object]) -> str:
    counted = {"patients": "", "": ""}.get(str(row["unit_counted"]), f" {row['unit_counted']}")
    if row["stat"] == "proportion":
        if pd.notna(row["events"]) and pd.notna(row["n"]):
            share = f"{row['events']} of {row['n']}{counted}"
            share += f", printed {row['percent']:g} %" if pd.notna(row["percent"]) else ""
            return share + (" (count worked out)" if row["derived"] == "percent" else "")
        of = f" of {row['n']}{counted}" if pd.notna(row["n"]) else f"{counted}, of how many is not printed"
        return f"{row['percent']:g} %{of}"
    words = f"{row['value']:g}"
    words += f" ({row['spread_kind']} {row['spread']:g})" if pd.notna(row["spread"]) else ""
    words += f" ({row['interval_kind']} {row['low']:g} to {row['high']:g})" if pd.notna(row["low"]) else ""
    n = f", n {row['n']}" if pd.notna(row["n"]) else ""
    return f"{words} [{row['unit']}]{n}" + (f", p {row['p_value']}" if row["p_value"] else "")


def _arms(study_id: str) -> list[str]:
    rows = data.table("arms")
    return [
        row.label + (f" ({row.dose}, {row.route})" if row.dose else f" ({row.route})")
        for row in rows[rows["study_id"] == study_id].itertuples()
    ]


def _contrasts(study_id: str, *, benefit: bool) -> list[str]:
    """Differences between the arms in words, of benefits or of harms."""
    rows = data.table("contrasts")
    helps = data.table("outcomes").set_index("outcome_id")["is_benefit"]
    rows = rows[rows["outcome_id"].map(helps) == benefit]
    rows = rows[rows["study_id"] == study_id].assign(time=lambda frame: time_text(frame))
    names = data.table("outcomes").set_index("outcome_id")["name"]
    found = []
    for row in rows.to_dict("records"):
        size = f"{row['estimate']:g}" if pd.notna(row["estimate"]) else "size not printed"
        size += f" ({row['interval_kind']} {row['low']:g} to {row['high']:g})" if pd.notna(row["low"]) else ""
        p = f", p {row['p_value']}" if row["p_value"] else ""
        when = f" at {row['time']}" if row["time"] else ""
        found.append(f"{names[row['outcome_id']]}{when}: {size}{p}; {row['direction']}")
    return found


def _bias(study_id: str, brief: bool = False) -> str:
    rows = data.table("quality")
    rows = rows[rows["study_id"] == study_id]
    if rows.empty:
        return "not judged"
    said = []
    for row in rows.to_dict("records"):
        names = ["overall"] if brief else DOMAINS
        marks = ", ".join(f"{DOMAINS[name]}: {row[name]}" for name in names if row[name] != "na")
        said.append(f"{marks}. {row['note']}")
    return said[0] if brief else " / ".join(said)


def _awaited(study_id: str) -> str:
    """Say what a registered trial plans, and when its entry was last seen; "" for others."""
    rows = data.table("awaited_trials")
    rows = rows[rows["study_id"] == study_id]
    if rows.empty:
        return ""
    row = rows.iloc[0]
    first = f"; first to be measured: {row['primary_outcome']}" if row["primary_outcome"] else ""
    plan = f"{row['planned_n']} people planned, ketamine ({row['ketamine']}) against {row['against']}{first}"
    return f"{plan}. Status {row['status']}, as last seen {row['last_seen']}"


def _overlaps(overlaps: str) -> str:
    short = data.table("studies").set_index("study_id")["short"]
    return ", ".join(short.get(one, one) for one in overlaps.split(";") if one) or "no other study here"


def _size(study: pd.Series) -> str:
    return f"{study['n_enrolled']} enrolled" if pd.notna(study["n_enrolled"]) else "number not printed"


def _short(lines: list[str]) -> str:
    return "; ".join(lines) or "no figure printed in what was read"


def _list(heading: str, facts: Mapping[str, object]) -> str:
    lines = "".join(
        f"<li><b>{html.escape(name)}:</b> {_words(words)}</li>" for name, words in facts.items() if words
    )
    return f"<p><b>{html.escape(heading)}</b></p><ul>{lines}</ul>"


def _words(words: object) -> str:
    if isinstance(words, list):
        return "<ul>" + "".join(f"<li>{html.escape(one)}</li>" for one in words) + "</ul>"
    return html.escape(str(words))
